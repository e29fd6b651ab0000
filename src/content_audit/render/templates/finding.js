"use strict";

// One finding, with its evidence, as elements of the page.

const OPERATION = { "-": ["removed", "−"], "+": ["added", "+"], " ": ["kept", " "] };
const SCHEMES = ["http:", "https:"];

const number = (value) => value.toLocaleString("en");
const isScalar = (value) => value === null || typeof value !== "object";

// Text becomes text nodes and nothing else.
function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "data") Object.assign(node.dataset, value);
    else if (name.startsWith("aria-") || name === "scope") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

// Characters that nobody sees arrive by name, and are set off from the text around them.
function written(text) {
  return text.split(/(⟨U\+[0-9A-F]{4,6}⟩|↵)/).map((part, i) => {
    if (i % 2 === 0) return part;
    if (part === "↵") return el("span", { className: "line-end", textContent: part });
    return el("span", { className: "unseen", textContent: part.slice(1, -1) });
  });
}

function findingRow(finding) {
  const fixable = finding.fix
    ? [el("span", { className: `fixable ${finding.fix.safety}`, textContent: `${finding.fix.safety} fix` })]
    : [];
  const row = el(
    "details",
    { className: "finding" },
    el(
      "summary",
      {},
      el("span", { className: `severity ${finding.severity}`, textContent: finding.severity }),
      el("span", { className: "message" }, ...written(finding.message)),
      ...fixable,
      el(
        "span",
        { className: "origin" },
        el("code", { textContent: finding.code }),
        ` ${finding.name}`,
        el("span", { className: "location" }, ...written(`${finding.path}:${finding.line}:${finding.column}`)),
      ),
    ),
  );
  row.addEventListener("toggle", () => open(row, finding));
  return row;
}

function open(row, finding) {
  if (row.open && row.childElementCount === 1) row.append(detail(finding));
}

function detail(finding) {
  const { source, diff, evidence, fix, related } = finding;
  const box = el("div", { className: "detail" });
  const part = (title, node) => box.append(el("section", {}, el("h4", { textContent: title }), node));
  if (source.length)
    part("Source", el("div", { className: "scroll" }, el("table", { className: "source" }, ...source.map(sourceRow))));
  if (Object.keys(evidence).length) part("Evidence", entries(evidence));
  if (related.length) part("Related places", places(finding));
  if (fix) part(`Fix, ${fix.safety === "safe" ? "safe" : "to be reviewed"}`, el("p", {}, ...written(fix.title)));
  if (diff.length)
    part(
      "Before and after",
      el("div", { className: "scroll" }, el("table", { className: "source diff" }, ...diff.map(diffRow))),
    );
  box.append(
    el(
      "p",
      {},
      placeButton(finding.path, "All findings in this document"),
      " · ",
      el("code", { className: "copy", textContent: `content-audit explain ${finding.code}` }),
    ),
  );
  return box;
}

function marked([, before, middle, after]) {
  return [...written(before), ...(middle || after ? [el("mark", {}, ...written(middle))] : []), ...written(after)];
}

const gapRow = (row) =>
  el("tr", { className: "gap" }, el("td", { textContent: "⋯" }), el("td", { textContent: row[1] }));

function sourceRow(row) {
  return row[0] === "…" ? gapRow(row) : el("tr", {}, el("td", { textContent: row[0] }), el("td", {}, ...marked(row)));
}

function diffRow(row) {
  if (row[0] === "…") return gapRow(row);
  const [className, sign] = OPERATION[row[0]];
  return el(
    "tr",
    { className },
    el("td", { textContent: sign, "aria-label": className }),
    el("td", {}, ...marked(row)),
  );
}

function places(finding) {
  const list = finding.related.map((each) =>
    el("li", {}, placeButton(each.path, `${each.path}:${each.line}:${each.column}`), " ", ...written(each.message)),
  );
  if (finding.more_related)
    list.push(el("li", { className: "none", textContent: `and ${number(finding.more_related)} more` }));
  return el("ul", { className: "places" }, ...list);
}

function placeButton(path, label) {
  if (!known.has(path)) return el("span", { className: "path" }, ...written(label));
  const className = label.startsWith(path) ? "link path" : "link";
  return el("button", { type: "button", className, data: { document: path } }, ...written(label));
}

function entries(object) {
  const rows = Object.entries(object).flatMap(([key, value]) => [
    el("dt", {}, ...written(key.replaceAll("_", " "))),
    el("dd", {}, shown(value)),
  ]);
  return el("dl", { className: "evidence" }, ...rows);
}

function shown(value) {
  if (isScalar(value)) return scalar(value);
  if (!Array.isArray(value)) return Object.keys(value).length ? entries(value) : scalar(null);
  if (!value.length) return scalar(null);
  if (value.every((each) => isScalar(each) && String(each).length <= 40)) {
    return el("div", { className: "words" }, ...value.map((each) => el("span", {}, scalar(each))));
  }
  return value.every((each) => isRecord(each) && String(Object.keys(each)) === String(Object.keys(value[0])))
    ? grid(value)
    : el("ul", {}, ...value.map((each) => el("li", {}, shown(each))));
}

const isRecord = (value) => !isScalar(value) && !Array.isArray(value) && Object.values(value).every(isScalar);

function grid(records) {
  const keys = Object.keys(records[0]);
  return el(
    "table",
    { className: "data" },
    el("tr", {}, ...keys.map((key) => el("th", { scope: "col" }, ...written(key.replaceAll("_", " "))))),
    ...records.map((record) => el("tr", {}, ...keys.map((key) => el("td", {}, scalar(record[key]))))),
  );
}

function scalar(value) {
  if (value === null || value === "") return el("span", { className: "none", textContent: "none" });
  if (typeof value === "boolean") return document.createTextNode(value ? "yes" : "no");
  const text = el("span", {}, ...written(String(value)));
  const address = /^[a-z]+:\/\/\S+$/i.test(value) && URL.canParse(value) ? new URL(value) : null;
  if (!SCHEMES.includes(address?.protocol)) return text;
  return el("a", { href: address.href, rel: "noopener noreferrer nofollow", target: "_blank" }, text);
}
