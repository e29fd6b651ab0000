// One document: its findings in its text, what is not its own shaded, and what cleaning leaves beside it.

let textsRead;
const textsData = () => (textsRead ??= $("texts") ? JSON.parse($("texts").textContent) : {});
const textOf = (path) => (path && Object.hasOwn(textsData(), path) ? textsData()[path] : null);

function spot(print, n) {
  const i = byPrint(print);
  if (i < 0) return [];
  const severity = SEVERITIES[OWN.severity[i]];
  const words = `${n + 1}: ${severity} ${codes[OWN.rule[i]]} ${F.message[i]}`;
  return [
    button(
      String(n + 1),
      { finding: print },
      { className: `spot severity ${severity}`, title: words, "aria-label": words },
    ),
  ];
}

function textPart([text, foreign, begins, rank], spots) {
  const marks = begins.flatMap((n) => spot(spots[n], n));
  const className = ["part", foreign ? "foreign" : "", rank >= 0 ? `in-${SEVERITIES[rank]}` : ""]
    .filter(Boolean)
    .join(" ");
  if (className === "part") return [...marks, ...written(text)];
  return [...marks, el(foreign ? "del" : "span", { className }, ...written(text))];
}

function documentPart(path) {
  const d = byPath.get(path);
  if (d === undefined) return [el("p", { textContent: "No such document." })];
  const found = textOf(path);
  const head = el(
    "div",
    { className: "document-head" },
    el("h2", {}, ...written(D.title[d] || D.name[d])),
    el(
      "p",
      { className: "soft" },
      ...written(
        `${path}: ${plural(findingsOf(d), "finding", "findings")}, ${number(D.words[d])} words, ${number(D.removed[d])} of them not its own`,
      ),
    ),
    el("p", {}, button("Its findings as a list", { open: path })),
  );
  if (!found)
    return [head, el("p", { textContent: "This page has the text of the worst documents alone." }), ...linksAround(d)];
  const cut = found.cut
    ? [el("p", { className: "soft", textContent: `… and ${number(found.cut)} characters more` })]
    : [];
  const side = (title, ...nodes) => el("section", { className: "side" }, el("h3", { textContent: title }), ...nodes);
  const before = el("div", { className: "text" }, ...found.parts.flatMap((part) => textPart(part, found.spots)));
  const after =
    found.after === null
      ? el("p", { className: "soft", textContent: "Cleaning leaves it as it is." })
      : el("div", { className: "text" }, ...written(found.after));
  const words = "As it is: numbers are findings, what is struck through is not the document’s own.";
  return [
    head,
    el("div", { className: "sides" }, side(words, before, ...cut), side("Cleaned", after)),
    ...linksAround(d),
  ];
}
