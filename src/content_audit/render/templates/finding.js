// One finding: what it says, its evidence, its place, its fix, its rule.

const OPERATION = { "-": ["removed", "−"], "+": ["added", "+"], " ": ["kept", " "] };
const SCHEMES = ["http:", "https:"];
const isScalar = (value) => value === null || typeof value !== "object";

function findingRow(i) {
  const [code, name, severity] = data.rules[F.rule[i]];
  const fix = FIXES[OWN.fix[i]];
  const part = (className, ...children) => el("span", { role: "cell", className }, ...children);
  return el(
    "div",
    { role: "row", className: "row", ...(state.finding === F.print[i] ? { "aria-current": "true" } : {}) },
    part(`severity ${severity}`, severity),
    el("code", { role: "cell", textContent: code, title: name }),
    part(
      "message",
      el("button", { type: "button", data: { finding: F.print[i] }, title: F.message[i] }, ...written(F.message[i])),
    ),
    ...(reading()
      ? [] // there is no room, and the finding beside the list says both
      : [
          el("span", { role: "cell", className: "location", title: placeOf(i) }, ...written(below(placeOf(i)))),
          part(`fixable ${fix}`, fix === "none" ? "" : fix),
        ]),
  );
}

function findingPanel(i) {
  const [code, name, severity] = data.rules[F.rule[i]];
  const detail = detailOf(i);
  const box = el(
    "div",
    { className: "detail" },
    el(
      "p",
      { className: "kind" },
      el("span", { className: `severity ${severity}`, textContent: severity }),
      ` ${code} `,
      name,
    ),
    el("h2", { id: "panel-title", tabIndex: -1 }, ...written(detail ? detail.message : F.message[i])),
    el("p", {}, placeButton(pathOf(F.document[i]), placeOf(i))),
  );
  const part = (title, ...nodes) => box.append(el("section", {}, el("h3", { textContent: title }), ...nodes));
  part(...fixPart(i, detail));
  if (detail?.diff.length) part("Before and after", scrolled("source diff", detail.diff.map(diffRow)));
  if (detail?.source.length) part("Source", scrolled("source", detail.source.map(sourceRow)));
  if (detail && Object.keys(detail.evidence).length) part("Evidence", entries(detail.evidence));
  if (detail?.related.length) part("Related places", places(detail));
  if (!detail)
    part(
      "Evidence",
      el("p", { textContent: "Not on this page, which has that of fewer findings; audit.json has it." }),
    );
  if (Object.hasOwn(data.pages, code)) part("The rule", rulePart(code));
  return box;
}

function fixPart(i, detail) {
  const [code] = data.rules[F.rule[i]];
  const fix = FIXES[OWN.fix[i]];
  const where = data.pages[code]?.alone ? pathOf(F.document[i]) : data.folder;
  const title = detail?.fix ? [el("p", {}, ...written(`${detail.fix[0].toUpperCase()}${detail.fix.slice(1)}.`))] : [];
  const heading = { safe: "Fix, safe", unsafe: "Fix, to be reviewed", none: "No fix: by hand" }[fix];
  const words = { safe: "fix", unsafe: "fix --unsafe", none: "check" }[fix];
  if (!where || /⟨U\+/.test(where)) return [heading, ...title];
  const scope = data.pages[code]?.alone ? "in this document" : "in all documents";
  return [
    heading,
    ...title,
    el("p", {}, copyable(`content-audit ${words} --select ${code} ${quoted(where)}`)),
    el("p", {
      className: "soft",
      textContent:
        fix === "none"
          ? `Shows this rule's findings ${scope}.`
          : `Fixes this rule's findings ${scope}; with --diff it shows what would change.`,
    }),
  ];
}

function quoted(path) {
  const safe = path.startsWith("-") ? `./${path}` : path;
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'"'"'`)}'`;
}

function rulePart(code) {
  const { summary, sections } = data.pages[code];
  return folding(`${summary[0].toUpperCase()}${summary.slice(1)}.`, () => [
    ...sections.flatMap(([title, text]) => [
      el("h4", { textContent: title }),
      ...text.split(/\n\n+/).map((each) => el("p", {}, ...prose(each.replaceAll("\n", " ")))),
    ]),
    el("p", {}, copyable(`content-audit explain ${code}`)),
  ]);
}

const scrolled = (className, rows) =>
  el(
    "div",
    {
      className: "scroll",
      tabIndex: 0,
      role: "group",
      "aria-label": className.includes("diff") ? "Difference" : "Source",
    },
    el("table", { className }, el("tbody", {}, ...rows)),
  );

// By turns plain and marked. A mark with nothing after it in a row of two stands where something is missing.
function marked([, ...parts]) {
  const marks = parts.length > 3 || parts[1] || parts[2];
  return parts.flatMap((part, n) =>
    n % 2 && (part || (marks && parts.length === 3)) ? [el("mark", {}, ...written(part))] : written(part),
  );
}

const gapRow = (row) =>
  el("tr", { className: "gap" }, el("td", { textContent: "⋯" }), el("td", { textContent: row[1] }));

function sourceRow(row) {
  return row[0] === "…" ? gapRow(row) : el("tr", {}, el("td", { textContent: row[0] }), el("td", {}, ...marked(row)));
}

function diffRow(row) {
  if (row[0] === "…") return gapRow(row);
  const [className, sign] = OPERATION[row[0]];
  const ended = row.at(-1).endsWith("↵");
  const parts = ended ? [...row.slice(0, -1), row.at(-1).slice(0, -1)] : row;
  return el(
    "tr",
    { className },
    el("td", { "aria-label": className, textContent: sign }),
    el("td", { className: ended ? "ended" : "" }, ...marked(parts)),
  );
}

function places(detail) {
  const list = detail.related.map((each) =>
    el("li", {}, placeButton(each.path, `${each.path}:${each.line}:${each.column}`), el("br"), ...written(each.message)),
  );
  if (detail.more_related)
    list.push(el("li", { className: "none", textContent: `and ${number(detail.more_related)} more` }));
  return el("ul", { className: "places" }, ...list);
}

function placeButton(path, label) {
  if (!byPath.has(path)) return el("span", { className: "path" }, ...written(label));
  return el("button", { type: "button", className: "link path", data: { open: path } }, ...written(label));
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
    el(
      "tbody",
      {},
      el("tr", {}, ...keys.map((key) => el("th", { scope: "col" }, ...written(key.replaceAll("_", " "))))),
      ...records.map((record) => el("tr", {}, ...keys.map((key) => el("td", {}, scalar(record[key]))))),
    ),
  );
}

function scalar(value) {
  if (value === null || value === "") return el("span", { className: "none", textContent: "none" });
  if (typeof value === "boolean") return document.createTextNode(value ? "yes" : "no");
  const text = new DocumentFragment();
  text.append(...written(String(value)));
  const address = /^[a-z]+:\/\/\S+$/i.test(value) && URL.canParse(value) ? new URL(value) : null;
  if (!SCHEMES.includes(address?.protocol)) return text;
  return el("a", { href: address.href, rel: "noopener noreferrer nofollow", target: "_blank" }, text);
}
