// The page: its state stands in the address, and every change goes through it.

const ROW = 36;
const VIEWS = ["findings", "documents", "collection", "document"];
const PARTS = { collection: collectionParts, document: () => documentPart(state.document) };
const NO_FILTER = Object.fromEntries(["q", ...FACETS].map((key) => [key, ""]));
const KEYS = ["q", ...FACETS, "sort", "view", "finding"];
const lists = {
  findings: new VirtualList($("rows"), findingRow, ROW),
  documents: new VirtualList($("rows"), documentRow, ROW),
};
let list = lists.findings;
let state = {};
let openedFrom = null;

function readAddress() {
  const hash = new URLSearchParams(location.hash.slice(1));
  state = Object.fromEntries(KEYS.map((key) => [key, hash.get(key) || ""]));
  if (!VIEWS.includes(state.view)) state.view = "findings";
  render();
}

function addressOf(shown) {
  const hash = new URLSearchParams();
  for (const key of KEYS) if (shown[key] && !(key === "view" && shown[key] === "findings")) hash.set(key, shown[key]);
  return `#${hash}`;
}

function go(changes, replace = false) {
  const [before, next] = [state, { ...state, ...changes }];
  if (addressOf(next) === addressOf(before)) return;
  state = next;
  try {
    history[replace ? "replaceState" : "pushState"](null, "", addressOf(state));
  } catch {
    // A browser may forbid it to a page in a frame, and to one that does it too often: then only the address is behind.
  }
  render();
}

// --- drawing ---

let drawn = {};
let counts;
const reading = () => state.finding !== "" && byPrint(state.finding) >= 0;
const changed = (keys) => keys.some((key) => drawn[key] !== state[key]);

function render() {
  if (changed([...Object.keys(NO_FILTER), "sort", "view"])) {
    const found = filtered({ ...state, finding: "" });
    counts = found.counts;
    drawFilters();
    drawView(found.left);
    drawControls();
    toTop();
  }
  drawn = { ...state };
  drawPanel();
  document.body.dataset.view = state.view;
}

// Where there is nothing to filter, and beside a finding, there are none.
function drawFilters() {
  if (Object.hasOwn(PARTS, state.view) || reading()) $("facets").replaceChildren();
  else drawFacets(counts, state);
}

// What is new begins at its beginning.
function toTop() {
  const top = document.querySelector("main").getBoundingClientRect().top + scrollY - $("bar").offsetHeight;
  if (scrollY > top) scrollTo({ top, behavior: "instant" });
}

function drawView(left) {
  const apart = Object.hasOwn(PARTS, state.view);
  $("collection").hidden = !apart;
  $("collection").replaceChildren(...(apart ? PARTS[state.view]() : []));
  if (apart) {
    for (const each of Object.values(lists)) each.leave();
    for (const id of ["table", "empty"]) $(id).hidden = true;
    $("status").textContent = "";
    return;
  }
  const documents = state.view === "documents";
  const items = documents ? filteredDocuments(state, left) : sorted(left, state.sort, ORDERS);
  if (list !== lists[state.view]) {
    list.leave();
    list = lists[state.view];
  }
  $("table").classList.toggle("documents", documents);
  $("table").setAttribute("aria-rowcount", items.length + 1);
  $("table").setAttribute("aria-label", documents ? "Documents" : "Findings");
  $("table").hidden = !items.length;
  $("heads").replaceChildren(...headings(documents ? DOCUMENT_COLUMNS : FINDING_COLUMNS, state.sort));
  list.show(items);
  drawEmpty(items.length);
  const of = documents ? D.name.length : listedIn(state.rule);
  const unit = documents ? ["document", "documents"] : ["finding", "findings"];
  const partial = of < (documents ? data.total_documents : data.total) ? " on this page" : "";
  $("status").textContent = (items.length < of ? `${number(items.length)} of ` : "") + plural(of, ...unit) + partial;
  if (state.finding && byPrint(state.finding) < 0) $("status").textContent += "; the finding of this address is not here";
}

function listedIn(rule) {
  let count = 0;
  const own = described.has(rule) ? codes.indexOf(rule) : -1;
  for (let i = 0; i < SIZE; i += 1) count += own >= 0 ? OWN.rule[i] === own : !hiddenRule[OWN.rule[i]];
  return count;
}

function drawEmpty(size) {
  const any = Object.keys(NO_FILTER).some((key) => state[key]);
  $("empty").hidden = size > 0;
  $("empty").replaceChildren(
    el("p", { textContent: any ? "Nothing on this page matches." : "Nothing was found." }),
    ...(any ? [button("Clear all filters", { clear: "" })] : []),
  );
}

function drawControls() {
  const chips = Object.keys(NO_FILTER).filter((key) => state[key]);
  const readable = state.document && state.view !== "document" && textOf(state.document);
  $("chips").replaceChildren(
    ...(readable ? [button("Read the document", { view: "document" }, { className: "read" })] : []),
    ...chips.map((key) =>
      button(`${state[key]} ×`, { drop: key }, { "aria-label": `Remove the filter ${state[key]}`, title: state[key] }),
    ),
  );
  for (const each of document.querySelectorAll("[data-view][aria-pressed]"))
    each.ariaPressed = String(each.dataset.view === state.view);
  if (document.activeElement !== $("search")) $("search").value = state.q;
}

function drawPanel() {
  const i = state.finding ? byPrint(state.finding) : -1;
  const wanted = i < 0 ? "" : state.finding;
  if ($("panel").dataset.shows === wanted) return;
  $("panel").dataset.shows = wanted;
  $("panel").hidden = i < 0;
  const was = document.body.classList.contains("reading");
  if (document.body.classList.toggle("reading", i >= 0) !== was) {
    drawFilters();
    list.renew();
  }
  $("panel-body").replaceChildren(...(i < 0 ? [] : [findingPanel(i)]));
  $("panel").scrollTop = 0;
  list.draw();
  if (i < 0) return;
  const n = state.view === "findings" ? list.items.indexOf(i) : -1;
  if (n >= 0) list.go(n, false);
  for (const row of $("rows").querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
  list.rows.get(i)?.setAttribute("aria-current", "true");
}

function close() {
  if (!state.finding) return;
  const back = state.finding;
  go({ finding: "" });
  for (const row of $("rows").querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
  const n = list.items.indexOf(byPrint(back));
  if (n >= 0) list.go(n);
}

// --- what the reader does ---

// The address holds the filters; following the link would replace them.
function skip(event) {
  event.preventDefault();
  $("results").focus();
}

const ACTIONS = {
  filter: ({ filter, value }) =>
    go({
      [filter]: state[filter] === value ? "" : value,
      ...(Object.hasOwn(PARTS, state.view) ? { view: "findings" } : {}),
    }),
  both: ({ folder, rule }) => go({ ...NO_FILTER, view: "findings", folder, rule }),
  step: ({ step, safety }) => go({ ...NO_FILTER, view: "findings", rule: step, fix: safety }),
  view: ({ view }) => go({ view, sort: "", finding: "", ...(state.view === "document" ? { document: "" } : {}) }),
  finding({ finding }) {
    go({ finding });
    $("panel-title")?.focus({ preventScroll: true });
  },
  open: ({ open }) => go({ ...NO_FILTER, view: "findings", sort: "place", document: open }),
  drop: ({ drop }) => go({ [drop]: "" }),
  clear: () => go(NO_FILTER),
  close,
  copy: (_, from) => copy(from),
  help: () => $("help").showModal(),
  done: () => $("help").close(),
  sort({ sort }) {
    go({ sort });
    $("heads").querySelector(":not([aria-sort=none]) > button")?.focus();
  },
  more({ more }) {
    opened.set(more, (opened.get(more) || 0) + MORE);
    drawFilters();
  },
};

function clicked(event) {
  if (event.target.closest(".skip")) return skip(event);
  const { target } = event;
  const from = target.closest("button, [data-both]") || target.closest(".row")?.querySelector("button");
  if (!from || String(getSelection())) return;
  const action = Object.keys(ACTIONS).find((key) => Object.hasOwn(from.dataset, key));
  if (!action) return;
  ACTIONS[action](from.dataset, from);
  if (!from.isConnected && document.activeElement === document.body) $("results").focus();
}

function move(by) {
  const item = list.step(by);
  if (item >= 0 && state.finding && list === lists.findings) go({ finding: F.print[item] }, true);
}

const SHORTCUTS = {
  "/": () => $("search").focus(),
  j: () => move(1),
  k: () => move(-1),
  "?": () => $("help").showModal(),
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  const typing = event.target.matches("input");
  if (event.key === "Escape" && typing) {
    $("search").value = "";
    go({ q: "" }, true);
    $("search").blur();
  } else if (event.key === "Escape") close();
  else if (!typing && Object.hasOwn(SHORTCUTS, event.key)) {
    event.preventDefault();
    SHORTCUTS[event.key]();
  }
}

// A finding that is open is printed alone, a list as far as anybody reads on.
const printsRows = () => !Object.hasOwn(PARTS, state.view) && $("panel").hidden;

function beforePrint() {
  if (!printsRows()) return;
  const left = list.print();
  if (left) $("status").textContent = `The first ${number(PRINTED)} of ${plural(list.items.length, "row", "rows")}`;
}

function afterPrint() {
  if (!printsRows()) return;
  list.printed();
  drawn = {};
  render();
}

function searchFor(q) {
  go({ q, ...(Object.hasOwn(PARTS, state.view) ? { view: "findings" } : {}) }, true);
}

let typing;
$("search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => searchFor($("search").value.trim()), 100);
});
document.addEventListener("click", clicked);
document.addEventListener("keydown", pressed);
addEventListener("hashchange", readAddress);
addEventListener("popstate", readAddress);
addEventListener("beforeprint", beforePrint);
addEventListener("afterprint", afterPrint);
readAddress();
