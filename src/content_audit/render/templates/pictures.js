// Pictures of the whole collection, each with the same as a table.

const WIDE = 960;

function picture(title, words, image, asTable) {
  return el(
    "section",
    { className: "picture" },
    el("h2", { textContent: title }),
    el("p", { className: "soft", textContent: words }),
    ...(image ? [image] : []),
    el("details", {}, el("summary", { textContent: "The same as a table" }), el("div", { className: "wide" }, asTable)),
  );
}

const drawing = (height, label, ...children) =>
  svg("svg", { viewBox: `0 0 ${WIDE} ${height}`, role: "img", "aria-label": label, class: "drawing" }, ...children);
const label = (x, y, text, more = {}) => {
  const node = svg("text", { x, y, ...more });
  node.append(...written(text).map((part) => (part instanceof Node ? part.textContent : part)));
  return node;
};
const short = (text, most) => (text.length > most ? `…${text.slice(1 - most)}` : text);

// --- findings by rule and folder ---

function most(values, counts, many) {
  const order = values.map((_, n) => n).filter((n) => counts[n]);
  return order.sort((a, b) => counts[b] - counts[a]).slice(0, many);
}

function rulesByFolder() {
  const { counts } = filtered({ ...NO_FILTER });
  const folders = most(VALUES.folder, counts.folder, 10);
  const inThem = new Int32Array(codes.length);
  for (let i = 0; i < SIZE; i += 1) if (folders.includes(OWN.folder[i])) inThem[OWN.rule[i]] += 1;
  const rules = most(
    codes,
    counts.rule.map((count, n) => (inThem[n] ? count : 0)),
    14,
  );
  const found = rules.map(() => folders.map(() => 0));
  for (let i = 0; i < SIZE; i += 1) {
    const row = rules.indexOf(OWN.rule[i]);
    const column = folders.indexOf(OWN.folder[i]);
    if (row >= 0 && column >= 0) found[row][column] += 1;
  }
  const largest = Math.max(1, ...found.flat());
  const step = Math.min(160, (WIDE - 300) / Math.max(1, folders.length));
  const top = folders.length > 4 ? 132 : 52; // many names are slanted
  const dots = found.flatMap((row, y) =>
    row.flatMap((count, x) => {
      if (!count) return [];
      const at = { cx: 240 + step * (x + 0.5), cy: top + 34 * y };
      const size = Math.max(2, 15 * Math.sqrt(count / largest));
      return [
        svg("circle", { ...at, r: size, class: "dot" }),
        label(at.cx + size + 4, at.cy + 4, number(count), { class: "figure" }),
      ];
    }),
  );
  const heads = folders.map((n, x) => {
    const at = [240 + step * (x + 0.5), top - 28];
    return label(
      ...at,
      short(below(VALUES.folder[n]), 20),
      folders.length > 4 ? { transform: `rotate(-28 ${at})` } : { "text-anchor": "middle" },
    );
  });
  const sides = rules.map((n, y) => label(0, top + 4 + 34 * y, short(`${codes[n]} ${names.get(codes[n])}`, 32)));
  return picture(
    "Findings by rule and folder",
    "The size of a dot is the number of findings. Rules and folders with most findings; properties of the collection are left out.",
    drawing(top + 34 * rules.length, "Findings by rule and folder", ...heads, ...sides, ...dots),
    table(
      "Findings by rule and folder",
      ["Rule", ...folders.map((n) => below(VALUES.folder[n]))],
      rules.map((n, y) => [`${codes[n]} ${names.get(codes[n])}`, ...found[y]]),
    ),
  );
}

// --- how much of each document is not its own ---

function foreignShares() {
  const bins = ["none", ...Array.from({ length: 10 }, (_, n) => `${10 * n}–${10 * n + 10} %`)];
  const counts = bins.map(() => 0);
  const order = [];
  for (let d = 0; d < D.name.length; d += 1) {
    const share = removedShare(d);
    counts[share ? 1 + Math.min(9, Math.floor(10 * share)) : 0] += 1;
    if (share) order.push(d);
  }
  order.sort((a, b) => removedShare(b) - removedShare(a));
  const largest = Math.max(...counts);
  const bars = counts.flatMap((count, n) => {
    const height = count ? Math.max(2, (140 * count) / largest) : 0;
    const x = n * (WIDE / bins.length);
    return [
      svg("rect", { x: x + 8, y: 170 - height, width: WIDE / bins.length - 16, height, class: "bar" }),
      label(x + 44, 164 - height, number(count), { class: "figure", "text-anchor": "middle" }),
      label(x + 44, 190, bins[n], { "text-anchor": "middle" }),
    ];
  });
  const rows = order
    .slice(0, 20)
    .map((d) => [
      placeButton(pathOf(d), below(pathOf(d))),
      `${(100 * removedShare(d)).toFixed(1)} %`,
      D.removed[d],
      D.words[d],
    ]);
  const asTable = el(
    "div",
    {},
    table(
      "Documents by share",
      ["Share of words", "Documents"],
      bins.map((bin, n) => [bin, counts[n]]),
    ),
    ...(rows.length ? [table("The largest shares", ["Document", "Share", "Words removed", "Words"], rows)] : []),
  );
  const words =
    "How many documents have how much text around them that is not their own: menus, advertisements, teasers, text pasted twice.";
  return picture(
    "Share of boilerplate per document",
    words,
    drawing(200, "Documents by their share of boilerplate", ...bars),
    asTable,
  );
}

// --- documents that are nearly one ---

function cluster({ members, edges, size }, n) {
  const [cx, cy] = [WIDE / 12 + (n % 6) * (WIDE / 6), 90 + Math.floor(n / 6) * 190];
  const at = members.map((_, m) => {
    const angle = (2 * Math.PI * m) / Math.max(1, members.length) - Math.PI / 2;
    return [cx + 52 * Math.cos(angle), cy + 52 * Math.sin(angle)];
  });
  return [
    ...edges.map(([one, other, alike]) =>
      svg("line", {
        x1: at[one][0],
        y1: at[one][1],
        x2: at[other][0],
        y2: at[other][1],
        class: alike < 1 ? "near" : "same",
      }),
    ),
    ...at.map(([x, y], m) => svg("circle", { cx: x, cy: y, r: 5, class: "dot" }, svg("title", {}, members[m]))),
    label(cx, cy + 82, `${n + 1}: ${plural(size, "document", "documents")}`, { "text-anchor": "middle" }),
  ];
}

function clustersPart() {
  if (!data.clusters.length) return [];
  const rows = data.clusters.flatMap(({ members, edges }, n) =>
    edges.map(([one, other, alike]) => [
      n + 1,
      placeButton(members[one], below(members[one])),
      placeButton(members[other], below(members[other])),
      `${Math.round(100 * alike)} %`,
    ]),
  );
  const height = 190 * Math.ceil(data.clusters.length / 6);
  const words =
    "The largest lots of documents with the same text (an unbroken line) or nearly the same (a broken one).";
  return [
    picture(
      "Documents that are nearly one",
      words,
      drawing(height, "Lots of nearly equal documents", ...data.clusters.flatMap(cluster)),
      table("Documents that are alike", ["Lot", "Document", "is like", "Alike"], rows),
    ),
  ];
}

// --- what became of it ---

function trendLines(history) {
  const largest = Math.max(1, ...history.flatMap((run) => SEVERITIES.map((key) => run[`${key}s`])));
  const x = (n) => 40 + ((WIDE - 180) * n) / Math.max(1, history.length - 1);
  const y = (count) => 170 - (150 * count) / largest;
  const ends = SEVERITIES.map((key) => [key, y(history.at(-1)[`${key}s`])]).sort((a, b) => a[1] - b[1]);
  ends.forEach((end, n) => (end[1] = Math.max(end[1], n ? ends[n - 1][1] + 16 : 12)));
  return [
    ...SEVERITIES.map((key) =>
      svg("polyline", {
        class: `trend ${key}`,
        points: history.map((run, n) => `${x(n)},${y(run[`${key}s`])}`).join(" "),
      }),
    ),
    ...ends.map(([key, at]) =>
      label(x(history.length - 1) + 8, at + 4, `${number(history.at(-1)[`${key}s`])} ${key}s`),
    ),
  ];
}

function trendPart() {
  if (data.history.length < 2) return [];
  const rows = data.history.map((run) => [
    run.name ?? run.time.slice(0, 16).replace("T", " "),
    run.documents,
    run.errors,
    run.warnings,
    run.infos,
  ]);
  const named = data.history.filter((run) => run.name !== undefined).length;
  const which = [
    ...(named ? [plural(named, "earlier report", "earlier reports")] : []),
    `the last ${plural(rows.length - named, "report", "reports")} written to this folder`,
  ].join(", ");
  return [
    picture(
      "Over time",
      `${which[0].toUpperCase()}${which.slice(1)}: errors (an unbroken line), warnings (a broken one), infos (a dotted one).`,
      drawing(190, "Errors, warnings and infos over time", ...trendLines(data.history)),
      table("Reports", [named ? "Report" : "Time (UTC)", "Documents", "Errors", "Warnings", "Infos"], rows),
    ),
  ];
}

function sincePart() {
  if (!data.since) return [];
  const { fresh, fixed, unchanged, rules, rows } = data.since;
  return [
    el(
      "section",
      { className: "picture since" },
      el("h2", { textContent: "Since the earlier report" }),
      el(
        "p",
        {},
        `${number(fresh)} new, ${number(fixed)} fixed, ${number(unchanged)} unchanged. `,
        ...(fresh ? [button("Show the new ones", { filter: "status", value: "new" })] : []),
      ),
      ...(rules.length
        ? [
            el(
              "details",
              {},
              el("summary", { textContent: "What was fixed" }),
              table(
                "Fixed, by rule",
                ["Rule", "Findings"],
                rules.map(([code, count]) => [code, count]),
              ),
              table(`Fixed, the first ${number(rows.length)}`, ["Rule", "Document"], rows),
            ),
          ]
        : []),
    ),
  ];
}

const collectionParts = () => [
  ...sincePart(),
  ...trendPart(),
  ...propertiesPart(),
  ...(SIZE ? [rulesByFolder()] : []),
  ...(D.name.length ? [foreignShares()] : []),
  ...linksPart(),
  ...clustersPart(),
];
