// A list of any length of which only the rows in sight are elements; a row stays the same element while it is in sight.

const AROUND = 3; // rows beyond either end of the window
const PRINTED = 500;

const barBottom = () => $("bar").getBoundingClientRect().bottom;

class VirtualList {
  constructor(box, rowOf, height) {
    Object.assign(this, { box, rowOf, height, items: [], rows: new Map(), at: -1, resting: true });
    addEventListener("scroll", () => this.draw(), { passive: true });
    addEventListener("resize", () => this.draw());
  }

  // Another takes its place.
  leave() {
    this.resting = true;
    this.box.replaceChildren();
    this.rows.clear();
  }

  show(items) {
    this.resting = false;
    this.items = items;
    this.at = -1;
    this.box.style.height = `${items.length * this.height}px`;
    this.draw();
  }

  draw() {
    if (this.resting || !this.box.isConnected) return;
    const top = this.box.getBoundingClientRect().top;
    const last = Math.min(this.items.length, Math.ceil((innerHeight - top) / this.height) + AROUND);
    const first = Math.max(0, Math.min(last, Math.floor((barBottom() - top) / this.height) - AROUND));
    const focused = this.rows.get(this.key(document.activeElement));
    const kept = new Map();
    for (let n = first; n < last; n += 1) kept.set(this.items[n], n);
    for (const [item, row] of this.rows) {
      if (!kept.has(item) && (row !== focused || !this.items.includes(item))) {
        row.remove();
        this.rows.delete(item);
      }
    }
    for (const [item, n] of kept) this.place(item, n);
  }

  renew() {
    if (this.resting) return;
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    this.draw();
  }

  place(item, n) {
    let row = this.rows.get(item);
    if (!row) {
      row = this.rowOf(item);
      row.dataset.item = item;
      this.rows.set(item, row);
    }
    row.setAttribute("aria-rowindex", n + 2);
    row.style.top = `${n * this.height}px`;
    const before = this.rows.get(this.items[n - 1]);
    if (before?.isConnected && before.nextSibling !== row) before.after(row);
    else if (!row.isConnected) this.box.append(row);
  }

  key(node) {
    const row = node?.closest?.("[data-item]");
    return row && this.box.contains(row) ? Number(row.dataset.item) : -1;
  }

  // To the row that is so many further than the last one gone to, or than the one with the focus.
  step(by) {
    const focused = this.items.indexOf(this.key(document.activeElement));
    const from = focused >= 0 ? focused : this.at;
    return this.go(Math.max(0, Math.min(this.items.length - 1, from + by)));
  }

  go(n, focus = true) {
    if (!this.items.length) return -1;
    this.at = n;
    const top = this.box.getBoundingClientRect().top + n * this.height;
    const head = barBottom() + this.height;
    if (top < head) scrollBy({ top: top - head, behavior: "instant" });
    else if (top + 2 * this.height > innerHeight) {
      scrollBy({ top: top + 2 * this.height - innerHeight, behavior: "instant" });
    }
    this.draw();
    if (focus) this.rows.get(this.items[n])?.querySelector("button")?.focus({ preventScroll: true });
    return this.items[n];
  }

  print() {
    this.resting = true;
    const items = this.items.slice(0, PRINTED);
    this.box.replaceChildren(...items.map((item) => this.rowOf(item)));
    this.rows.clear();
    return this.items.length - items.length;
  }

  printed() {
    this.resting = false;
    this.box.replaceChildren();
    this.draw();
  }
}
