// The other views: documents, and what the whole collection has in common.

const removedShare = (d) => (D.words[d] ? Math.min(1, D.removed[d] / D.words[d]) : 0);
const findingsOf = (d) => D.count[d][0] + D.count[d][1] + D.count[d][2];
const DOCUMENT_COLUMNS = [
  ["path", "Document", "left"],
  ["subject", "Subject", "left"],
  ["findings", "Findings", "number"],
  ["words", "Words", "number"],
  ["removed", "Removed", "number"],
];
const DOCUMENT_ORDERS = {
  path: () => (a, b) => pathRank()[a] - pathRank()[b],
  subject: () => (a, b) => compare(subjectOf(a), subjectOf(b)),
  findings: () => (a, b) => findingsOf(a) - findingsOf(b),
  words: () => (a, b) => D.words[a] - D.words[b],
  removed: () => (a, b) => removedShare(a) - removedShare(b),
};
const FINDING_COLUMNS = [
  ["severity", "Severity", "left"],
  ["rule", "Rule", "left"],
  ["message", "Finding", "left"],
  ["place", "Place", "left"],
  ["fix", "Fix", "left"],
];

function headings(columns, sort) {
  return columns.map(([key, label, className]) => {
    const current = sort.replace("-", "") === key;
    const descending = sort.startsWith("-");
    const first = className === "number" ? `-${key}` : key;
    const other = className === "number" ? key : `-${key}`;
    const order = !current ? "none" : descending ? "descending" : "ascending";
    const arrow = { none: "", descending: " ↓", ascending: " ↑" }[order];
    return el(
      "span",
      { role: "columnheader", className, "aria-sort": order },
      button(label + arrow, { sort: current && sort === first ? other : first }),
    );
  });
}

function documentRow(d) {
  const tallies = SEVERITIES.filter((_, n) => D.count[d][n]).map((key, n) => {
    const at = SEVERITIES.indexOf(key);
    const words = plural(D.count[d][at], key, `${key}s`);
    return el("span", { className: `tally ${key}`, title: words, data: { letter: key[0] }, textContent: number(D.count[d][at]) });
  });
  const share = `${number(D.removed[d])} words, ${(100 * removedShare(d)).toFixed(1)} %`;
  const part = (className, ...children) => el("span", { role: "cell", className }, ...children);
  return el(
    "div",
    { role: "row", className: "row" },
    part("path", placeButton(pathOf(d), below(pathOf(d)))),
    part("left", ...written(subjectOf(d))),
    part("number", number(findingsOf(d)), ...tallies),
    part("number", number(D.words[d])),
    part("number", D.removed[d] ? share : "–"),
  );
}

function filteredDocuments(state, left) {
  const narrowed = ["severity", "fix", "status", "rule"].some((key) => state[key]);
  const having = new Set(narrowed ? left.map((i) => F.document[i]) : []);
  const words = wordsOf(state.q);
  const texts = words.length ? documentTexts() : [];
  const folder = state.folder ? VALUES.folder.indexOf(state.folder) : -1;
  const subject = state.subject ? VALUES.subject.indexOf(state.subject) : -1;
  const items = [];
  for (let d = 0; d < D.name.length; d += 1) {
    if (narrowed && !having.has(d)) continue;
    if (folder >= 0 && D.folder[d] !== folder) continue;
    if (subject >= 0 && D.subject[d] !== subject) continue;
    if (words.every((word) => texts[d].includes(word))) items.push(d);
  }
  return sorted(items, state.sort, DOCUMENT_ORDERS);
}

// --- what nearly every document has, once ---

const CARDS = 4;

function propertyCard(each) {
  return el(
    "article",
    {},
    el(
      "h3",
      {},
      el("span", { className: `severity ${each.severity}`, textContent: each.severity }),
      ` ${each.code} ${each.name}`,
    ),
    el("p", {
      textContent: `${number(each.findings)} findings in ${number(each.documents)} documents, ${(100 * each.share).toFixed(1)} % of all.`,
    }),
    el(
      "ul",
      {},
      ...each.examples.map((one) =>
        el("li", {}, placeButton(one.path, `${below(one.path)}:${one.line}`), el("br"), ...written(one.message)),
      ),
    ),
    el("p", {}, "To silence it, in ", el("code", { textContent: "content-audit.toml" }), ": ", copyable(each.silence)),
    button("Show the examples", { filter: "rule", value: each.code }),
  );
}

function propertiesPart() {
  if (!data.properties.length) return [];
  const [first, others] = [data.properties.slice(0, CARDS), data.properties.slice(CARDS)];
  return [
    el(
      "section",
      { className: "properties" },
      el("h2", { textContent: "Properties of the collection" }),
      el("p", {
        className: "soft",
        textContent:
          "These rules fire on nearly every document. They describe the collection and are shown once, not finding by finding.",
      }),
      el("div", { className: "cards" }, ...first.map(propertyCard)),
      ...(others.length
        ? [folding(`${number(others.length)} more`, () => [el("div", { className: "cards" }, ...others.map(propertyCard))])]
        : []),
      ...(data.properties.length > 1 ? [el("p", {}, "To silence all of them: ", copyable(data.silence))] : []),
    ),
  ];
}
