// Links: between folders, and around one document. What is wrong with a link is drawn, not only coloured.

const OFF_TOPIC = 1;
const UNRESOLVED = 2;
const ONE_WAY = 4;
const KINDS = {
  "off-topic": "off topic: long dashes and a cross",
  unresolved: "not found: dots",
  "one-way": "one way: a thin line with an arrow",
  mutual: "both ways: a thick line",
};
const NEIGHBOURS = 24;
const DRAWN = 70;
const MANY = 40; // links from where on a line is as wide as it gets

let linksRead;
const linksData = () => (linksRead ??= $("links") ? JSON.parse($("links").textContent) : null);

const kindOf = (marks) =>
  marks & OFF_TOPIC ? "off-topic" : marks & UNRESOLVED ? "unresolved" : marks & ONE_WAY ? "one-way" : "mutual";

function line([x1, y1], [x2, y2], kind, width, title) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [mx, my] = [x1 + ux * length * 0.6 - uy * 4, y1 + uy * length * 0.6 + ux * 4];
  const parts = [
    svg("line", { x1, y1, x2, y2, class: `link-line ${kind}`, "stroke-width": width }, svg("title", {}, title)),
  ];
  if (kind === "off-topic") parts.push(svg("path", { d: `M${mx - 4} ${my - 4}l8 8m0 -8l-8 8`, class: "cross" }));
  if (kind === "one-way") {
    const tip = [x2 - ux * 12, y2 - uy * 12];
    parts.push(
      svg("path", {
        d: `M${tip}L${tip[0] - ux * 8 - uy * 4} ${tip[1] - uy * 8 + ux * 4}L${tip[0] - ux * 8 + uy * 4} ${tip[1] - uy * 8 - ux * 4}z`,
        class: "arrow",
      }),
    );
  }
  return parts;
}

const legend = () =>
  el(
    "ul",
    { className: "legend" },
    ...Object.entries(KINDS).map(([kind, words]) => {
      const sample = svg(
        "svg",
        { viewBox: "0 0 60 16", "aria-hidden": "true" },
        ...line([4, 8], [56, 8], kind, kind === "mutual" ? 4 : 2, words),
      );
      return el("li", {}, sample, ` ${words}`);
    }),
  );

const around = (many, [cx, cy], [rx, ry]) =>
  Array.from({ length: many }, (_, n) => {
    const angle = (2 * Math.PI * n) / many - Math.PI / 2;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });

function beside([x, y], text, radius = 7, most = 34) {
  const left = x < WIDE / 2 - 1;
  return label(
    x + (left ? -radius - 5 : radius + 5),
    y + 4,
    text.length > most ? `${text.slice(0, most - 1)}…` : text,
    {
      "text-anchor": left ? "end" : "start",
    },
  );
}

// --- between the groups of the whole collection ---

const groupKind = ([, to, links, off, missing, oneWay], absent) =>
  off * 4 > links
    ? "off-topic"
    : to === absent || missing * 2 > links
      ? "unresolved"
      : oneWay * 10 > links * 9
        ? "one-way"
        : "mutual";

function linksPart() {
  const found = linksData();
  if (!found?.between.length) return [];
  const absent = found.groups.length + 1;
  const groups = [...found.groups.map((name) => name || "none"), "all others", "not found"];
  const used = new Set(found.between.flatMap(([from, to]) => [from, to]));
  const shownGroups = groups.map((_, n) => n).filter((n) => used.has(n));
  const places = around(shownGroups.length, [WIDE / 2, 260], [210, 215]);
  const at = new Map(shownGroups.map((n, m) => [n, places[m]]));
  const rows = [...found.between].sort((a, b) => b[2] - a[2]);
  const between = rows.filter(([from, to]) => from !== to).slice(0, DRAWN);
  const largest = Math.max(1, ...rows.map((row) => row[2]));
  const width = (links) => 1.5 + 5 * Math.sqrt(links / Math.max(largest, MANY));
  const within = new Map(rows.filter(([from, to]) => from === to).map((row) => [row[0], row[2]]));
  const lines = between.flatMap((row) =>
    line(
      at.get(row[0]),
      at.get(row[1]),
      groupKind(row, absent),
      width(row[2]),
      `${groups[row[0]]} to ${groups[row[1]]}: ${number(row[2])}`,
    ),
  );
  const radius = (n) => 6 + 10 * Math.sqrt((within.get(n) || 0) / largest);
  const nodes = shownGroups.flatMap((n) => [
    svg("circle", {
      cx: at.get(n)[0],
      cy: at.get(n)[1],
      r: radius(n),
      class: n === absent ? "node absent" : "node",
    }),
    beside(at.get(n), groups[n], radius(n)),
  ]);
  const image = el("div", {}, drawing(530, "Links of the collection", ...lines, ...nodes), legend());
  const words = `How ${number(rows.reduce((sum, row) => sum + row[2], 0))} links lead: the busiest ways are lines, ${number(between.length)} of them. A circle grows with the links inside of it; a line is off topic where a quarter of its links are, one way where nine in ten are.`;
  const asTable = table(
    "Links from one to another",
    ["From", "To", "Links", "Off topic", "Not found", "One way"],
    rows.slice(0, 200).map(([from, to, ...counts]) => [groups[from], groups[to], ...counts]),
  );
  return [picture("Links of the collection", words, image, asTable)];
}

// --- around one document ---

function neighbours(d) {
  const found = linksData();
  const near = new Map();
  if (!found) return near;
  const other = (key) => {
    if (!near.has(key)) near.set(key, { out: -1, back: -1 });
    return near.get(key);
  };
  for (let n = 0; n < found.source.length; n += 1) {
    const marks = found.marks.charCodeAt(n) - 48;
    if (found.source[n] === d) other(found.target[n]).out = marks;
    else if (found.target[n] === d) other(found.source[n]).back = marks;
  }
  return near;
}

function linksAround(d) {
  const near = [...neighbours(d)].sort(([, a], [, b]) => (b.out >= 0) - (a.out >= 0));
  if (!near.length) return [];
  const nameOf = (key) => (key < 0 ? linksData().absent[-1 - key] : D.title[key] || below(pathOf(key)));
  const drawn = near.slice(0, NEIGHBOURS);
  const centre = [WIDE / 2, 200];
  const places = around(drawn.length, centre, [200, 165]);
  const lines = drawn.flatMap(([key, { out, back }], n) =>
    out >= 0
      ? line(centre, places[n], kindOf(back >= 0 ? out & ~ONE_WAY : out), out >= 0 && back >= 0 ? 4 : 2, nameOf(key))
      : line(places[n], centre, kindOf(back), 2, nameOf(key)),
  );
  const nodes = drawn.flatMap(([key], n) => [
    svg("circle", { cx: places[n][0], cy: places[n][1], r: 7, class: key < 0 ? "node absent" : "node" }),
    beside(places[n], nameOf(key)),
  ]);
  const says = ({ out, back }) =>
    [
      out >= 0 && back >= 0 ? "both ways" : out >= 0 ? "from here" : "to here",
      out & UNRESOLVED && out >= 0 ? "not found" : "",
      (out >= 0 && out & OFF_TOPIC) || (back >= 0 && back & OFF_TOPIC) ? "off topic" : "",
    ]
      .filter(Boolean)
      .join(", ");
  const rows = near.map(([key, marks]) => [key < 0 ? nameOf(key) : placeButton(pathOf(key), nameOf(key)), says(marks)]);
  const image = el(
    "div",
    {},
    drawing(
      400,
      "Links around this document",
      ...lines,
      svg("circle", { cx: centre[0], cy: centre[1], r: 10, class: "node centre" }),
      ...nodes,
    ),
    legend(),
  );
  const more = near.length > drawn.length ? ` ${number(drawn.length)} of ${number(near.length)} are drawn.` : "";
  return [
    picture(
      "Links around this document",
      `What it links to and what links to it.${more}`,
      image,
      table("Links", ["Document", "Link"], rows),
    ),
  ];
}
