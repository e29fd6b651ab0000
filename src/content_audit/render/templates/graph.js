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

// Lines of one kind and width are one element, as are all crosses and all arrows.
function linesOf(rows) {
  const found = new Map();
  const add = (className, width, d) => {
    const key = `${className}|${width}`;
    found.set(key, (found.get(key) || "") + d);
  };
  for (const [[x1, y1], [x2, y2], kind, width] of rows) {
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    const [mx, my] = [x1 + ux * length * 0.6 - uy * 4, y1 + uy * length * 0.6 + ux * 4];
    const [tx, ty] = [x2 - ux * 12, y2 - uy * 12];
    add(`link-line ${kind}`, Math.round(width), `M${x1} ${y1}L${x2} ${y2}`);
    if (kind === "off-topic") add("cross", 2, `M${mx - 4} ${my - 4}l8 8m0 -8l-8 8`);
    if (kind === "one-way")
      add(
        "arrow",
        0,
        `M${tx} ${ty}L${tx - ux * 8 - uy * 4} ${ty - uy * 8 + ux * 4}L${tx - ux * 8 + uy * 4} ${ty - uy * 8 - ux * 4}z`,
      );
  }
  return [...found].map(([key, d]) => {
    const [className, width] = key.split("|");
    return svg("path", { d, class: className, "stroke-width": width });
  });
}

const legend = () =>
  el(
    "ul",
    { className: "legend" },
    ...Object.entries(KINDS).map(([kind, words]) => {
      const sample = svg(
        "svg",
        { viewBox: "0 0 60 16", "aria-hidden": "true" },
        ...linesOf([[[4, 8], [56, 8], kind, kind === "mutual" ? 4 : 2]]),
      );
      return el("li", {}, sample, ` ${words}`);
    }),
  );

const around = (many, [cx, cy], [rx, ry]) =>
  Array.from({ length: many }, (_, n) => {
    const angle = (2 * Math.PI * n) / many - Math.PI / 2;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });

// The name of what is drawn there: outside of the circle that all are on.
function beside([x, y], middle, text, radius = 7, most = 34) {
  const words = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  const from = x - WIDE / 2;
  if (Math.abs(from) < 1)
    return label(x, y < middle ? y - radius - 6 : y + radius + 15, words, { "text-anchor": "middle" });
  return label(x + Math.sign(from) * (radius + 5), y + 4, words, { "text-anchor": from < 0 ? "end" : "start" });
}

const discs = (className, found) => svg("path", { class: className, d: found.map((each) => disc(...each)).join("") });

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
  const places = around(shownGroups.length, [WIDE / 2, 270], [210, 215]);
  const at = new Map(shownGroups.map((n, m) => [n, places[m]]));
  const rows = [...found.between].sort((a, b) => b[2] - a[2]);
  const between = rows.filter(([from, to]) => from !== to).slice(0, DRAWN);
  const largest = Math.max(1, ...rows.map((row) => row[2]));
  const width = (links) => 1.5 + 5 * Math.sqrt(links / Math.max(largest, MANY));
  const within = new Map(rows.filter(([from, to]) => from === to).map((row) => [row[0], row[2]]));
  const lines = linesOf(between.map((row) => [at.get(row[0]), at.get(row[1]), groupKind(row, absent), width(row[2])]));
  const radius = (n) => 6 + 10 * Math.sqrt((within.get(n) || 0) / largest);
  const there = shownGroups.filter((n) => n !== absent).map((n) => [at.get(n), radius(n)]);
  const nodes = [
    discs("node", there),
    ...(at.has(absent) ? [discs("node absent", [[at.get(absent), radius(absent)]])] : []),
    ...shownGroups.map((n) => beside(at.get(n), 270, groups[n], radius(n))),
  ];
  const image = el("div", {}, drawing(540, "Links of the collection", ...lines, ...nodes), legend());
  const words = `How ${number(rows.reduce((sum, row) => sum + row[2], 0))} links lead: the busiest ways are lines, ${number(between.length)} of them. A circle grows with the links inside of it; a line is off topic where a quarter of its links are, one way where nine in ten are.`;
  const asRows = () => [
    table(
      "Links from one to another",
      ["From", "To", "Links", "Off topic", "Not found", "One way"],
      rows.map(([from, to, ...counts]) => [groups[from], groups[to], ...counts]),
    ),
  ];
  return [picture("Links of the collection", words, image, asTable(asRows))];
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
  const lines = linesOf(
    drawn.map(([, { out, back }], n) =>
      out >= 0
        ? [centre, places[n], kindOf(back >= 0 ? out & ~ONE_WAY : out), back >= 0 ? 4 : 2]
        : [places[n], centre, kindOf(back), 2],
    ),
  );
  const nodes = [
    ...[false, true].map((absent) =>
      discs(
        absent ? "node absent" : "node",
        places.filter((_, n) => drawn[n][0] < 0 === absent).map((place) => [place, 7]),
      ),
    ),
    ...drawn.map(([key], n) => beside(places[n], centre[1], nameOf(key))),
  ];
  const says = ({ out, back }) =>
    [
      out >= 0 && back >= 0 ? "both ways" : out >= 0 ? "from here" : "to here",
      out & UNRESOLVED && out >= 0 ? "not found" : "",
      (out >= 0 && out & OFF_TOPIC) || (back >= 0 && back & OFF_TOPIC) ? "off topic" : "",
    ]
      .filter(Boolean)
      .join(", ");
  const rows = () =>
    near.map(([key, marks]) => [key < 0 ? nameOf(key) : placeButton(pathOf(key), nameOf(key)), says(marks)]);
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
      asTable(() => [table("Links", ["Document", "Link"], rows())]),
    ),
  ];
}
