// Elements of the page: text becomes text nodes and nothing else.

const number = (value) => value.toLocaleString("en");
const plural = (value, one, many) => `${number(value)} ${value === 1 ? one : many}`;
const $ = (id) => document.getElementById(id);

function set(node, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === "data") Object.assign(node.dataset, value);
    else if (name.startsWith("aria-") || name === "scope" || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  return node;
}

function el(tag, properties = {}, ...children) {
  const node = set(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const MARKED = 40;

// Characters that nobody sees arrive by name, and are set off from the text around them, the first of them.
function written(text) {
  return text.split(/(⟨U\+[0-9A-F]{4,6}⟩|↵)/).map((part, i) => {
    if (i % 2 === 0 || i > 2 * MARKED) return part;
    if (part === "↵") return el("span", { className: "line-end", textContent: part });
    return el("span", { className: "unseen", textContent: part.slice(1, -1) });
  });
}

// What stands between backticks in a rule's words is code.
const prose = (text) => text.split(/`([^`]+)`/).map((part, i) => (i % 2 ? el("code", { textContent: part }) : part));

const button = (text, data, properties = {}) =>
  el("button", { type: "button", data, textContent: text, ...properties });

// A command with what copies it.
function copyable(text) {
  return el(
    "span",
    { className: "command" },
    el("code", { className: "copy", textContent: text }),
    button("Copy", { copy: text }, { "aria-label": `Copy: ${text}` }),
  );
}

async function copy(from) {
  try {
    await navigator.clipboard.writeText(from.dataset.copy);
  } catch {
    const field = el("textarea", { value: from.dataset.copy, className: "hidden" });
    from.after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    from.focus();
  }
  from.textContent = "Copied";
  setTimeout(() => (from.textContent = "Copy"), 1500);
}

// What is there only while it is open: pictures have their tables without the page having their elements.
function folding(summary, make) {
  const box = el("details", { className: "folding" }, el("summary", {}, ...prose(summary)));
  box.addEventListener("toggle", () => {
    while (box.children.length > 1) box.lastChild.remove();
    if (box.open) box.append(wide(summary, ...make()));
  });
  return box;
}

// What may be wider than the window is moved by keys as well.
const wide = (label, ...children) =>
  el("div", { className: "wide", tabIndex: 0, role: "group", "aria-label": label }, ...children);

const SHOWN_ROWS = 15;

// A table of any length, so many rows at a time.
function table(caption, heads, rows) {
  const body = el("tbody");
  const whole = el(
    "table",
    { className: "data" },
    el("caption", { textContent: caption }),
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, ...written(String(head)))))),
    body,
  );
  if (rows.length <= SHOWN_ROWS) {
    body.append(...rows.map(tableRow));
    return whole;
  }
  const says = el("span", { role: "status" });
  let first = 0;
  const to = (next) => {
    first = next;
    const last = Math.min(rows.length, first + SHOWN_ROWS);
    body.replaceChildren(...rows.slice(first, last).map(tableRow));
    says.textContent = `${number(first + 1)}–${number(last)} of ${number(rows.length)}`;
    back.disabled = first === 0;
    on.disabled = last === rows.length;
  };
  const back = el("button", { type: "button", textContent: "Back", onclick: () => to(first - SHOWN_ROWS) });
  const on = el("button", { type: "button", textContent: "Next", onclick: () => to(first + SHOWN_ROWS) });
  to(0);
  return el("div", {}, whole, el("p", { className: "pager" }, back, says, on));
}

const tableRow = (row) => el("tr", {}, ...row.map(cell));

function cell(value) {
  if (value instanceof Node) return el("td", {}, value);
  const numeric = typeof value === "number";
  return el("td", { className: numeric ? "number" : "" }, ...written(numeric ? number(value) : value));
}
