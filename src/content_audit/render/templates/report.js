const PAGE = 50; // findings, or twice as many documents
const PRINTED = 200; // findings, opened
const KEYS = ["severity", "fix", "rule", "folder", "document"];
const UNFILTERED = Object.fromEntries(["q", ...KEYS].map((key) => [key, ""]));
const RANK = { error: 0, warning: 1, info: 2 };

const data = JSON.parse(document.getElementById("data").textContent);
const described = new Set(data.properties);
const known = new Set([...data.documents, ...data.findings].map((each) => each.path));
const $ = (id) => document.getElementById(id);
let state = {};

const plural = (value, one, many) => `${number(value)} ${value === 1 ? one : many}`;
const folderOf = (path) => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".");

// --- state ---

function readState() {
  const hash = new URLSearchParams(location.hash.slice(1));
  state = Object.fromEntries(["q", "sort", ...KEYS].map((key) => [key, hash.get(key) || ""]));
  state.view = hash.get("view") === "documents" ? "documents" : "findings";
  state.order = Object.hasOwn(ORDERS, hash.get("order")) ? hash.get("order") : "severity";
  state.page = Math.max(1, parseInt(hash.get("page"), 10) || 1);
}

function go(changes, replace = false) {
  const next = { ...state, page: 1, ...changes };
  const defaults = { view: "findings", order: "severity", page: 1 };
  const hash = new URLSearchParams();
  for (const [key, value] of Object.entries(next)) if (value && value !== defaults[key]) hash.set(key, value);
  const url = `#${hash}`;
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  render();
}

// --- what is shown ---

function haystack(item) {
  const { code, name, path, message, title, subject, evidence, fix } = item;
  item.hay ??= JSON.stringify([code, name, path, message, title, subject, evidence, fix?.title]).toLowerCase();
  return item.hay;
}

function searched(items) {
  const words = state.q
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => JSON.stringify(word).slice(1, -1));
  return words.length ? items.filter((item) => words.every((word) => haystack(item).includes(word))) : items;
}

function matches(finding) {
  return (
    (state.rule ? finding.code === state.rule : !described.has(finding.code)) &&
    (!state.severity || finding.severity === state.severity) &&
    (!state.fix || (finding.fix ? finding.fix.safety : "none") === state.fix) &&
    (!state.document || finding.path === state.document) &&
    (!state.folder || folderOf(finding.path) === state.folder)
  );
}

const byDocument = (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column);
const ORDERS = {
  severity: (a, b) => RANK[a.severity] - RANK[b.severity] || byDocument(a, b),
  document: byDocument,
  rule: (a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : byDocument(a, b)),
};

// A rule that describes the collection is listed only where it is asked for.
const listed = (rule) =>
  data.findings.filter(({ code }) => (described.has(rule) ? code === rule : !described.has(code))).length;

const visibleFindings = () => searched(data.findings.filter(matches)).sort(ORDERS[state.order]);

// --- documents ---

const share = (each) => (each.words ? Math.min(1, each.removed / each.words) : 0);
const COLUMNS = [
  ["path", "Document", (each) => each.path],
  ["subject", "Subject", (each) => each.subject],
  ["findings", "Findings", (each) => each.findings],
  ["words", "Words", (each) => each.words],
  ["removed", "Removed", share],
];

function visibleDocuments() {
  const items = searched(data.documents.filter((each) => !state.folder || folderOf(each.path) === state.folder));
  const column = COLUMNS.find(([key]) => key === state.sort.replace("-", ""));
  if (!column) return items;
  const sign = state.sort.startsWith("-") ? -1 : 1;
  const compare = (a, b) => (a < b ? -sign : a > b ? sign : 0);
  return [...items].sort((a, b) => compare(column[2](a), column[2](b)));
}

function heading([key, label], i) {
  const current = state.sort.replace("-", "") === key;
  const descending = state.sort.startsWith("-");
  const next = current ? (descending ? key : `-${key}`) : i < 2 ? key : `-${key}`;
  const order = !current ? "none" : descending ? "descending" : "ascending";
  const arrow = { none: "", descending: " ↓", ascending: " ↑" }[order];
  return el(
    "th",
    { scope: "col", className: i < 2 ? "" : "number", "aria-sort": order },
    el("button", { type: "button", data: { sort: next }, textContent: label + arrow }),
  );
}

function documentRow(each) {
  const tallies = Object.keys(RANK)
    .filter((key) => each[key])
    .map((key) => el("span", { className: `tally ${key}`, title: key, textContent: number(each[key]) }));
  const removed = each.removed
    ? [
        `${number(each.removed)} words, ${(100 * share(each)).toFixed(1)} %`,
        el("meter", { value: share(each), "aria-label": "share removed" }),
      ]
    : ["–"];
  return el(
    "tr",
    {},
    el("td", {}, placeButton(each.path, each.path), el("span", { className: "title" }, ...written(each.title))),
    el("td", {}, ...written(each.subject)),
    el("td", { className: "number" }, number(each.findings), ...tallies),
    el("td", { className: "number", textContent: number(each.words) }),
    el("td", { className: "number" }, ...removed),
  );
}

// --- the page ---

function render() {
  readState();
  const documents = state.view === "documents";
  const items = documents ? visibleDocuments() : visibleFindings();
  const size = documents ? 2 * PAGE : PAGE;
  const pages = Math.max(1, Math.ceil(items.length / size));
  state.page = Math.min(state.page, pages);
  const page = items.slice((state.page - 1) * size, state.page * size);
  const rows = documents ? [documentTable(page)] : page.map(findingRow);
  $("list").replaceChildren(...(items.length ? rows : [emptyState()]));
  pager(pages);
  controls(documents, items);
}

function documentTable(page) {
  const table = el(
    "table",
    { className: "data" },
    el("thead", {}, el("tr", {}, ...COLUMNS.map(heading))),
    el("tbody", {}, ...page.map(documentRow)),
  );
  return el("div", { className: "documents" }, table);
}

function emptyState() {
  const filtered = state.q || KEYS.some((key) => state[key]);
  const text = filtered ? "Nothing on this page matches." : "No findings.";
  return el(
    "div",
    { className: "empty" },
    el("p", { textContent: text }),
    ...(filtered ? [el("button", { type: "button", data: { clear: "" }, textContent: "Clear all filters" })] : []),
  );
}

function pager(pages) {
  const step = (label, to) =>
    el("button", { type: "button", textContent: label, disabled: to < 1 || to > pages, data: { page: to } });
  $("pager").replaceChildren(
    ...(pages > 1
      ? [
          step("Previous", state.page - 1),
          `Page ${number(state.page)} of ${number(pages)}`,
          step("Next", state.page + 1),
        ]
      : []),
  );
}

function controls(documents, items) {
  const of = documents ? data.documents.length : listed(state.rule);
  const unit = documents ? ["document", "documents"] : ["finding", "findings"];
  const partial = of < (documents ? data.total_documents : data.total);
  const some = items.length < of ? `${number(items.length)} of ` : "";
  $("status").textContent = some + plural(of, ...unit) + (partial ? " on this page" : "");
  const chips = ["q", ...KEYS].filter((key) => state[key] && !(documents && key !== "q" && key !== "folder"));
  $("chips").replaceChildren(
    ...chips.map((key) =>
      el(
        "button",
        { type: "button", data: { drop: key }, "aria-label": `Remove the filter ${state[key]}`, title: state[key] },
        `${state[key]} ×`,
      ),
    ),
  );
  for (const button of document.querySelectorAll("[data-filter], [data-view]")) {
    const { filter, value, view } = button.dataset;
    button.ariaPressed = String(filter ? state[filter] === value : state.view === view);
  }
  for (const id of ["toggle", "order-label"]) $(id).hidden = documents;
  if ($("truncated-documents")) $("truncated-documents").hidden = !documents;
  $("toggle").textContent = "Open all";
  $("order").value = state.order;
  if (document.activeElement !== $("search")) $("search").value = state.q;
}

const findingRows = () => [...document.querySelectorAll(".finding")];

function toggleAll() {
  const opening = $("toggle").textContent === "Open all";
  for (const row of findingRows()) row.open = opening;
  $("toggle").textContent = opening ? "Close all" : "Open all";
}

// The address holds the filters; following the link would replace them.
function skip(event) {
  event.preventDefault();
  $("findings").focus();
}

function clicked(event) {
  if (event.target.closest(".skip")) return skip(event);
  const button = event.target.closest("button");
  if (!button) return;
  const { filter, value, view, document: path, drop, page, sort, clear } = button.dataset;
  if (filter)
    go({ [filter]: state[filter] === value ? "" : value, view: filter === "folder" ? state.view : "findings" });
  else if (view) go({ view });
  else if (path) go({ ...UNFILTERED, view: "findings", document: path });
  else if (drop) go({ [drop]: "" });
  else if (sort) {
    go({ sort });
    document.querySelector("th:not([aria-sort=none]) button").focus();
  } else if (clear !== undefined) go(UNFILTERED);
  else if (page) go({ page: Number(page) });
  else if (button.id === "toggle") toggleAll();
  if (!button.isConnected && document.activeElement === document.body) $("findings").focus();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, select");
  if (event.key === "Escape" && event.target === $("search")) {
    $("search").value = "";
    go({ q: "" }, true);
    $("search").blur();
  } else if (event.key === "/" && !typing) {
    event.preventDefault();
    $("search").focus();
  } else if ((event.key === "j" || event.key === "k") && !typing) {
    const summaries = findingRows().map((row) => row.firstElementChild);
    const at = summaries.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1);
    summaries[Math.max(0, Math.min(at, summaries.length - 1))]?.focus();
  }
}

function printed() {
  if (state.view === "documents") return;
  const items = visibleFindings();
  $("list").replaceChildren(
    ...items.slice(0, PRINTED).map((finding) => {
      const row = findingRow(finding);
      row.open = true;
      open(row, finding);
      return row;
    }),
  );
  if (items.length > PRINTED)
    $("status").textContent = `The first ${PRINTED} of ${plural(items.length, "finding", "findings")}`;
}

let typing;
$("search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => go({ q: $("search").value.trim() }, true), 120);
});
$("order").addEventListener("change", () => go({ order: $("order").value }));
document.addEventListener("click", clicked);
document.addEventListener("keydown", pressed);
addEventListener("hashchange", render);
addEventListener("beforeprint", printed);
addEventListener("afterprint", render);
render();
