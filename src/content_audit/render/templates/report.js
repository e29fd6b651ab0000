const PAGE = 50; // findings, or twice as many documents
const PRINTED = 200; // findings, opened
const KEYS = ["severity", "fix", "rule", "folder", "document"];
const RANK = { error: 0, warning: 1, info: 2 };

const data = JSON.parse(document.getElementById("data").textContent);
const described = new Set(data.properties);
const known = new Set(data.documents.map((each) => each.path));
const $ = (id) => document.getElementById(id);
let state = {};

const plural = (value, one, many) => `${number(value)} ${value === 1 ? one : many}`;
const folderOf = (path) => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".");

// --- state ------------------------------------------------------------------------------------------------------------

function readState() {
  const hash = new URLSearchParams(location.hash.slice(1));
  state = { view: hash.get("view") === "documents" ? "documents" : "findings", q: hash.get("q") || "", order: Object.hasOwn(ORDERS, hash.get("order")) ? hash.get("order") : "severity" };
  for (const key of KEYS) state[key] = hash.get(key) || "";
  state.sort = hash.get("sort") || "";
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

// --- what is shown ----------------------------------------------------------------------------------------------------

function haystack(item) {
  item.hay ??= JSON.stringify([item.code, item.name, item.path, item.message, item.title, item.subject, item.evidence, item.fix && item.fix.title]).toLowerCase();
  return item.hay;
}

function searched(items) {
  const words = state.q.toLowerCase().split(/\s+/).filter(Boolean).map((word) => JSON.stringify(word).slice(1, -1));
  return words.length ? items.filter((item) => words.every((word) => haystack(item).includes(word))) : items;
}

function matches(finding) {
  return (state.rule ? finding.code === state.rule : !described.has(finding.code)) &&
    (!state.severity || finding.severity === state.severity) &&
    (!state.fix || (finding.fix ? finding.fix.safety : "none") === state.fix) &&
    (!state.document || finding.path === state.document) &&
    (!state.folder || folderOf(finding.path) === state.folder);
}

const byDocument = (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column);
const ORDERS = {
  severity: (a, b) => RANK[a.severity] - RANK[b.severity] || byDocument(a, b),
  document: byDocument,
  rule: (a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : byDocument(a, b)),
};

// A rule that describes the collection is listed only where it is asked for.
const listed = (rule) => data.findings.filter((each) => (described.has(rule) ? each.code === rule : !described.has(each.code))).length;

const visibleFindings = () => searched(data.findings.filter(matches)).sort(ORDERS[state.order]);

// --- documents --------------------------------------------------------------------------------------------------------

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
  return el("th", { scope: "col", className: i < 2 ? "" : "number", "aria-sort": !current ? "none" : descending ? "descending" : "ascending" },
    el("button", { type: "button", data: { sort: next }, textContent: `${label}${!current ? "" : descending ? " ↓" : " ↑"}` }));
}

function documentRow(each) {
  const tallies = Object.keys(RANK).filter((key) => each[key]).map((key) => el("span", { className: `tally ${key}`, title: key, textContent: number(each[key]) }));
  const removed = share(each);
  return el("tr", {},
    el("td", {}, placeButton(each.path, each.path), el("span", { className: "title" }, ...written(each.title))),
    el("td", {}, ...written(each.subject)),
    el("td", { className: "number" }, number(each.findings), ...tallies),
    el("td", { className: "number", textContent: number(each.words) }),
    el("td", { className: "number" }, each.removed ? `${number(each.removed)} words, ${(100 * removed).toFixed(1)} %` : "–", ...(each.removed ? [el("meter", { value: removed, "aria-label": "share removed" })] : [])));
}

// --- the page ---------------------------------------------------------------------------------------------------------

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
  const table = el("table", { className: "data" }, el("thead", {}, el("tr", {}, ...COLUMNS.map(heading))), el("tbody", {}, ...page.map(documentRow)));
  return el("div", { className: "documents" }, table);
}

function emptyState() {
  const filtered = state.q || KEYS.some((key) => state[key]);
  const text = filtered ? "Nothing on this page matches." : "No findings.";
  return el("div", { className: "empty" }, el("p", { textContent: text }), ...(filtered ? [el("button", { type: "button", data: { clear: "" }, textContent: "Clear all filters" })] : []));
}

function pager(pages) {
  const step = (label, to) => el("button", { type: "button", textContent: label, disabled: to < 1 || to > pages, data: { page: to } });
  $("pager").replaceChildren(...(pages > 1 ? [step("Previous", state.page - 1), `Page ${number(state.page)} of ${number(pages)}`, step("Next", state.page + 1)] : []));
}

function controls(documents, items) {
  const of = documents ? data.documents.length : listed(state.rule);
  const unit = documents ? ["document", "documents"] : ["finding", "findings"];
  const partial = of < (documents ? data.total_documents : data.total);
  $("status").textContent = `${items.length < of ? `${number(items.length)} of ` : ""}${plural(of, ...unit)}${partial ? " on this page" : ""}`;
  const chips = ["q", ...KEYS].filter((key) => state[key] && !(documents && key !== "q" && key !== "folder"));
  $("chips").replaceChildren(...chips.map((key) => el("button", { type: "button", data: { drop: key }, "aria-label": `Remove the filter ${state[key]}`, title: state[key] }, `${state[key]} ×`)));
  for (const button of document.querySelectorAll("[data-filter]")) button.setAttribute("aria-pressed", String(state[button.dataset.filter] === button.dataset.value));
  for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(state.view === button.dataset.view));
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
  if (filter) go({ [filter]: state[filter] === value ? "" : value, view: state.view === "documents" && filter === "folder" ? "documents" : "findings" });
  else if (view) go({ view });
  else if (path) go({ ...Object.fromEntries(KEYS.map((key) => [key, ""])), q: "", view: "findings", document: path });
  else if (drop) go({ [drop]: "" });
  else if (sort) {
    go({ sort });
    document.querySelector("th:not([aria-sort=none]) button").focus();
  }
  else if (clear !== undefined) go({ ...Object.fromEntries(KEYS.map((key) => [key, ""])), q: "" });
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
  $("list").replaceChildren(...items.slice(0, PRINTED).map((finding) => {
    const row = findingRow(finding);
    row.open = true;
    open(row, finding);
    return row;
  }));
  if (items.length > PRINTED) $("status").textContent = `The first ${PRINTED} of ${plural(items.length, "finding", "findings")}`;
}

let typing;
$("search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => go({ q: $("search").value.trim() }, true), 120);
});
$("order").addEventListener("change", () => go({ order: $("order").value }));
document.addEventListener("click", clicked);
document.addEventListener("keydown", pressed);
addEventListener("popstate", render);
addEventListener("hashchange", render);
addEventListener("beforeprint", printed);
addEventListener("afterprint", render);
render();
