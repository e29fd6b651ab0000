// What was found, in columns, and which of it the filters leave.

const SEVERITIES = ["error", "warning", "info"];
const FIXES = ["safe", "unsafe", "none"];
const STATUS = ["new", "unchanged"];
const FACETS = ["severity", "fix", "status", "rule", "folder", "subject", "document"];

const NO_SUBJECT = "(none)"; // an empty value would be no filter

const data = JSON.parse($("data").textContent);
const F = data.findings;
const D = data.documents;
const SIZE = F.rule.length;
const described = new Set(data.properties.map((each) => each.code));

const folderOf = (d) => D.folders[D.folder[d]] || ".";
const pathOf = (d) => (D.folders[D.folder[d]] ? `${folderOf(d)}/` : "") + D.name[d];
const subjectOf = (d) => D.subjects[D.subject[d]];
const below = (path) => (path.startsWith(`${data.folder}/`) ? path.slice(data.folder.length + 1) : path);
const placeOf = (i) => `${pathOf(F.document[i])}:${F.line[i]}:${F.column[i]}`;
const byPath = new Map(D.name.map((_, d) => [pathOf(d), d]));

// --- what each facet's values are, and which one each finding has ---

const codes = [...new Set(data.rules.map(([code]) => code))];
const names = new Map(data.rules.map(([code, name]) => [code, name]));
const VALUES = {
  severity: SEVERITIES,
  fix: FIXES,
  status: F.status ? STATUS : [],
  rule: codes,
  folder: D.folders.map((folder) => folder || "."),
  subject: D.subjects.map((subject) => subject || NO_SUBJECT),
  document: [...byPath.keys()],
};
const OWN = Object.fromEntries(FACETS.map((facet) => [facet, new Int32Array(SIZE)]));
const hiddenRule = new Uint8Array(codes.length);
codes.forEach((code, n) => (hiddenRule[n] = described.has(code) ? 1 : 0));
const ruleOf = data.rules.map(([code, , severity]) => [codes.indexOf(code), SEVERITIES.indexOf(severity)]);
for (let i = 0; i < SIZE; i += 1) {
  [OWN.rule[i], OWN.severity[i]] = ruleOf[F.rule[i]];
  OWN.fix[i] = F.fix.charCodeAt(i) - 48;
  OWN.document[i] = F.document[i];
  OWN.folder[i] = D.folder[F.document[i]];
  OWN.subject[i] = D.subject[F.document[i]];
  if (F.status) OWN.status[i] = F.status.charCodeAt(i) - 48;
}

// --- search: every word in the message, the rule or the document ---

const lower = (texts) => {
  let made;
  return () => (made ??= texts().map((text) => text.toLowerCase()));
};
const messages = lower(() => F.message);
const ruleTexts = lower(() => data.rules.map(([code, name]) => `${code} ${name}`));
const documentTexts = lower(() => D.name.map((_, d) => `${pathOf(d)} ${D.title[d]} ${subjectOf(d)}`));
const wordsOf = (query) => query.toLowerCase().split(/\s+/).filter(Boolean);

function finder(query) {
  const tests = wordsOf(query).map((word) => {
    const inRule = ruleTexts().map((text) => text.includes(word));
    const inDocument = documentTexts().map((text) => text.includes(word));
    const texts = messages();
    return (i) => inRule[F.rule[i]] || inDocument[F.document[i]] || texts[i].includes(word);
  });
  return tests.length ? (i) => tests.every((test) => test(i)) : null;
}

// --- filters: the findings left, and what choosing a value of a facet would leave ---

function chosen(state) {
  return FACETS.filter((facet) => state[facet]).map((facet) => [facet, VALUES[facet].indexOf(state[facet])]);
}

function filtered(state) {
  const wanted = chosen(state);
  const found = finder(state.q);
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Int32Array(VALUES[facet].length)]));
  const left = [];
  for (let i = 0; i < SIZE; i += 1) {
    if (!state.rule && hiddenRule[OWN.rule[i]]) continue;
    let failing = "";
    let fails = 0;
    for (const [facet, value] of wanted) {
      if (OWN[facet][i] !== value) {
        fails += 1;
        failing = facet;
      }
    }
    if (fails > 1 || (found && !found(i))) continue;
    if (fails === 1) counts[failing][OWN[failing][i]] += 1;
    else {
      left.push(i);
      for (const facet of FACETS) counts[facet][OWN[facet][i]] += 1;
    }
  }
  return { left, counts };
}

// --- order: without one, the worst first, as the findings arrive ---

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
let pathRanks;

function pathRank() {
  if (!pathRanks) {
    const order = VALUES.document.map((_, d) => d).sort((a, b) => compare(VALUES.document[a], VALUES.document[b]));
    pathRanks = new Int32Array(order.length);
    order.forEach((d, rank) => (pathRanks[d] = rank));
  }
  return pathRanks;
}

const ORDERS = {
  severity: () => (a, b) => OWN.severity[a] - OWN.severity[b],
  rule: () => (a, b) => compare(codes[OWN.rule[a]], codes[OWN.rule[b]]),
  message: () => (a, b) => compare(F.message[a], F.message[b]),
  fix: () => (a, b) => OWN.fix[a] - OWN.fix[b],
  place: () => {
    const rank = pathRank();
    return (a, b) => rank[F.document[a]] - rank[F.document[b]] || F.line[a] - F.line[b] || F.column[a] - F.column[b];
  },
};

function sorted(items, sort, orders) {
  const key = sort.replace("-", "");
  if (!Object.hasOwn(orders, key)) return items;
  const order = orders[key]();
  const sign = sort.startsWith("-") ? -1 : 1;
  return [...items].sort((a, b) => sign * order(a, b) || a - b);
}

// --- what is kept apart until it is asked for ---

const blocks = new Map();

function detailOf(i) {
  const n = data.detail[i];
  if (n < 0) return null;
  const block = Math.floor(n / data.block);
  if (!blocks.has(block)) blocks.set(block, JSON.parse($(`details-${block}`).textContent));
  return blocks.get(block)[n % data.block];
}

let prints;
const byPrint = (print) => (prints ??= new Map(F.print.map((each, i) => [each, i]))).get(print) ?? -1;
