// The counts beside the list: each is a filter, and says what choosing it would leave.

const TITLES = {
  severity: "Severity",
  fix: "Fix",
  status: "Since the earlier report",
  rule: "Rules",
  folder: "Folders",
  subject: "Subjects",
};
const LABELS = {
  safe: "Safe",
  unsafe: "To be reviewed",
  none: "By hand",
  error: "Errors",
  warning: "Warnings",
  info: "Infos",
  new: "New",
  unchanged: "Unchanged",
};
const FEW = { rule: 14, folder: 6, subject: 6 };
const MORE = 40;
const opened = new Map(); // how many values more than the few are shown of a facet
const folded = new Set(); // facets that the reader folded up

// Rules in order of what they are at their worst, then of their number.
function byWorst(items, codeAndCount) {
  const worst = new Map(codes.map((code) => [code, 9]));
  for (const [code, , severity] of data.rules) {
    worst.set(code, Math.min(worst.get(code), SEVERITIES.indexOf(severity)));
  }
  return items.sort((one, other) => {
    const [[a, m], [b, n]] = [codeAndCount(one), codeAndCount(other)];
    return worst.get(a) - worst.get(b) || n - m || compare(a, b);
  });
}

function facetValues(facet, counts, wanted) {
  const values = VALUES[facet].map((value, n) => [value, counts[n]]);
  const there = values.filter(([value, count]) => count || value === wanted);
  if (facet === "rule") return byWorst(there, (each) => each);
  return facet in FEW ? there.sort(([a, m], [b, n]) => n - m || compare(a, b)) : there;
}

function filterButton(facet, value, count, wanted) {
  const severity = facet === "rule" ? data.rules.find(([code]) => code === value)[2] : "";
  const label = facet === "rule" ? names.get(value) : LABELS[value] || below(value);
  return el(
    "button",
    {
      type: "button",
      data: { filter: facet, value },
      "aria-pressed": String(wanted === value),
      className: severity,
      title: facet === "rule" ? `${value} ${label}, ${severity}` : label,
    },
    ...(facet === "rule" ? [el("code", { textContent: value })] : []),
    el("span", { className: "label" }, ...written(label)),
    el("span", { className: "count", textContent: number(count) }),
  );
}

function facet(name, counts, state) {
  const all = facetValues(name, counts[name], state[name]);
  if (all.length < 2 && !state[name] && name !== "rule") return [];
  const many = (FEW[name] || 99) + (opened.get(name) || 0);
  const few = all.filter(([value], n) => n < many || value === state[name]);
  const more =
    few.length < all.length
      ? [button(`${number(all.length - few.length)} more`, { more: name }, { className: "plain" })]
      : [];
  const box = el(
    "details",
    { open: !folded.has(name) },
    el("summary", { textContent: TITLES[name] }),
    el(
      "div",
      { className: `filters by-${name}` },
      ...few.map(([value, count]) => filterButton(name, value, count, state[name])),
      ...more,
    ),
  );
  box.addEventListener("toggle", () => folded[box.open ? "delete" : "add"](name));
  return [box];
}

function drawFacets(counts, state) {
  const focused = document.activeElement?.dataset;
  const [key, value] = focused?.filter ? [focused.filter, focused.value] : [];
  $("facets").replaceChildren(...Object.keys(TITLES).flatMap((name) => facet(name, counts, state)));
  if (key) {
    const again = [...$("facets").querySelectorAll("[data-filter]")];
    again.find(({ dataset }) => dataset.filter === key && dataset.value === value)?.focus();
  }
}
