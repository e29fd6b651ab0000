// Pictures of the whole collection, each with the same as a table.

const WIDE = 960;

function picture(title, words, ...nodes) {
  return el(
    "section",
    { className: "picture" },
    el("h2", { textContent: title }),
    el("p", { className: "soft", textContent: words }),
    ...nodes,
  );
}

const asTable = (make) => folding("The same as a table", make);
const disc = ([x, y], r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

const drawing = (height, label, ...children) =>
  wide(
    label,
    svg("svg", { viewBox: `0 0 ${WIDE} ${height}`, role: "img", "aria-label": label, class: "drawing" }, ...children),
  );
const label = (x, y, text, more = {}) => {
  const node = svg("text", { x, y, ...more });
  node.append(...written(text).map((part) => (part instanceof Node ? part.textContent : part)));
  return node;
};

// --- findings by rule and folder ---

function most(values, counts, many) {
  const order = values.map((_, n) => n).filter((n) => counts[n]);
  return order.sort((a, b) => counts[b] - counts[a]).slice(0, many);
}

function rulesByFolder() {
  const { counts } = filtered({ ...NO_FILTER });
  const folders = most(VALUES.folder, counts.folder, 10);
  const rules = byWorst(most(codes, counts.rule, 10), (n) => [codes[n], counts.rule[n]]);
  const found = folders.map(() => rules.map(() => 0));
  for (let i = 0; i < SIZE; i += 1) {
    const row = folders.indexOf(OWN.folder[i]);
    const column = rules.indexOf(OWN.rule[i]);
    if (row >= 0 && column >= 0) found[row][column] += 1;
  }
  const largest = Math.max(1, ...found.flat());
  const square = (count, row, column) => {
    if (!count) return el("td");
    const both = { both: "", folder: VALUES.folder[folders[row]], rule: codes[rules[column]] };
    const cell = el("td", { data: both, textContent: number(count) });
    cell.style.setProperty("--share", `${Math.round(8 + 40 * Math.sqrt(count / largest))}%`);
    return cell;
  };
  const head = (scope, filter, value, text, more) =>
    el(
      "th",
      { scope },
      el(
        "button",
        { type: "button", data: { filter, value }, className: `link ${more}`, title: names.get(value) || text },
        ...written(text),
      ),
    );
  const heads = rules.map((n) => head("col", "rule", codes[n], codes[n], ""));
  const rows = found.map((row, y) =>
    el(
      "tr",
      {},
      head("row", "folder", VALUES.folder[folders[y]], below(VALUES.folder[folders[y]]), "path"),
      ...row.map((count, x) => square(count, y, x)),
    ),
  );
  const left = VALUES.folder.filter((_, n) => counts.folder[n]).length - folders.length;
  const words = "The rules with most findings, properties of the collection left out. All lead to their findings.";
  return picture(
    "Findings by rule and folder",
    left ? `The ${folders.length} folders of ${number(left + folders.length)} and the ${words.slice(4)}` : words,
    wide(
      "Findings by rule and folder",
      el(
        "table",
        { className: "heat" },
        el("caption", { className: "hidden", textContent: "Findings by folder and rule" }),
        el("thead", {}, el("tr", {}, el("td"), ...heads)),
        el("tbody", {}, ...rows),
      ),
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
  const [step, floor] = [WIDE / bins.length, 170];
  const heights = counts.map((count) => (count ? Math.max(2, (140 * count) / largest) : 0));
  const bars = heights.map((height, n) => `M${n * step + 8} ${floor}v${-height}h${step - 16}v${height}z`).join("");
  const middle = (n, y, text, more = {}) => label((n + 0.5) * step, y, text, { "text-anchor": "middle", ...more });
  const figures = counts.flatMap((count, n) => [
    ...(count ? [middle(n, floor - 6 - heights[n], number(count), { class: "figure" })] : []),
    middle(n, floor + 20, bins[n]),
  ]);
  const rows = order
    .slice(0, 20)
    .map((d) => [
      placeButton(pathOf(d), below(pathOf(d))),
      `${(100 * removedShare(d)).toFixed(1)} %`,
      D.removed[d],
      D.words[d],
    ]);
  const tables = () => [
    table(
      "Documents by share",
      ["Share of words", "Documents"],
      bins.map((bin, n) => [bin, counts[n]]),
    ),
    ...(rows.length ? [table("The largest shares", ["Document", "Share", "Words removed", "Words"], rows)] : []),
  ];
  const words =
    "How many documents have how much text around them that is not their own: menus, advertisements, teasers, text pasted twice.";
  if (!order.length) return picture("Share of boilerplate per document", `${words} None has any.`);
  return picture(
    "Share of boilerplate per document",
    words,
    drawing(200, "Documents by their share of boilerplate", svg("path", { d: bars, class: "bar" }), ...figures),
    asTable(tables),
  );
}

// --- documents that are nearly one ---

function cluster({ members, edges, size }, n) {
  const [cx, cy] = [WIDE / 12 + (n % 6) * (WIDE / 6), 90 + Math.floor(n / 6) * 190];
  const at = members.map((_, m) => {
    const angle = (2 * Math.PI * m) / Math.max(1, members.length) - Math.PI / 2;
    return [cx + 52 * Math.cos(angle), cy + 52 * Math.sin(angle)];
  });
  const between = (nearly) =>
    edges.filter(([, , alike]) => alike < 1 === nearly).map(([one, other]) => `M${at[one]}L${at[other]}`);
  return {
    near: between(true).join(""),
    same: between(false).join(""),
    dot: at.map((each) => disc(each, 5)).join(""),
    name: label(cx, cy + 82, `${n + 1}: ${plural(size, "document", "documents")}`, { "text-anchor": "middle" }),
  };
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
  const drawn = data.clusters.map(cluster);
  const marks = ["near", "same", "dot"].map((key) =>
    svg("path", { d: drawn.map((each) => each[key]).join(""), class: key }),
  );
  const words =
    "The largest lots of documents with the same text (an unbroken line) or nearly the same (a broken one).";
  return [
    picture(
      "Documents that are nearly one",
      words,
      drawing(height, "Lots of nearly equal documents", ...marks, ...drawn.map((each) => each.name)),
      asTable(() => [table("Documents that are alike", ["Lot", "Document", "is like", "Alike"], rows)]),
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
      label(x(history.length - 1) + 8, at + 4, plural(history.at(-1)[`${key}s`], key, `${key}s`)),
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
    rows.length - named > 1
      ? `the last ${number(rows.length - named)} reports written to this folder`
      : "the one written to this folder",
  ].join(", ");
  return [
    picture(
      "Over time",
      `${which[0].toUpperCase()}${which.slice(1)}: errors (an unbroken line), warnings (a broken one), infos (a dotted one).`,
      drawing(190, "Errors, warnings and infos over time", ...trendLines(data.history)),
      asTable(() => [
        table("Reports", [named ? "Report" : "Time (UTC)", "Documents", "Errors", "Warnings", "Infos"], rows),
      ]),
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
            folding("What was fixed", () => [
              table("Fixed, by rule", ["Rule", "Findings"], rules),
              table(`Fixed, the first ${number(rows.length)}`, ["Rule", "Document"], rows),
            ]),
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
