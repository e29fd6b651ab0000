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

// Characters that nobody sees arrive by name, and are set off from the text around them.
function written(text) {
  return text.split(/(⟨U\+[0-9A-F]{4,6}⟩|↵)/).map((part, i) => {
    if (i % 2 === 0) return part;
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

function table(caption, heads, rows) {
  return el(
    "table",
    { className: "data" },
    el("caption", { textContent: caption }),
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, ...written(String(head)))))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map(cell)))),
  );
}

function cell(value) {
  if (value instanceof Node) return el("td", {}, value);
  const numeric = typeof value === "number";
  return el("td", { className: numeric ? "number" : "" }, ...written(numeric ? number(value) : value));
}
