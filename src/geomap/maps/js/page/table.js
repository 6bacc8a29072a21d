/* The events of the map as a table that draws only the visible lines, in step with the map. */
import { make, makeButton, setAttributes } from "../shared/elements.js";
import { thousands } from "../shared/words.js";

const LINE = 30; // pixels, as in page.css
const SPARE = 6;

const makeRole = (role, className, ...content) => setAttributes(make("div", className, ...content), { role });

export class EventTable {
  #layer; #columns; #onPick;
  #rows = [];
  #at = 0; // the line that is active
  #sorting = { column: 0, isUp: false };
  #summary = make("p", "summary");
  #grid = makeRole("grid", "grid");
  #head = makeRole("row", "line head");
  #body = makeRole("rowgroup", "body");

  /** `columns`: [heading, wordsOf(row), keyOf(row) to sort by]; `onPick(row)` when a line is opened. */
  constructor(root, layer, columns, onPick) {
    this.#layer = layer;
    this.#columns = columns;
    this.#onPick = onPick;
    const grid = this.#grid;
    setAttributes(grid, { "aria-label": "Events on the map", tabindex: 0 });
    const headings = columns.map(([heading], index) => makeButton("", () => this.#sortBy(index), heading));
    this.#head.append(...headings.map((button) => makeRole("columnheader", "cell", button)));
    grid.append(this.#head, this.#body);
    grid.addEventListener("scroll", () => this.#draw());
    grid.addEventListener("keydown", (event) => this.#onKey(event));
    root.replaceChildren(this.#summary, grid);
    layer.on("rest", this.refresh, this);
  }

  #sortBy(column) {
    this.#sorting = { column, isUp: this.#sorting.column === column ? !this.#sorting.isUp : true };
    this.refresh();
  }

  /** Update the rows of window and filters; the line that was active stays active. */
  refresh() {
    const { data, from, to } = this.#layer;
    if (!data) return;
    const active = this.#rows[this.#at];
    this.#rows = data.rowsIn(from, to);
    this.#sort();
    this.#at = Math.max(0, this.#rows.indexOf(active));
    const { length } = this.#rows;
    this.#summary.textContent = length === 1 ? "1 event on the map" : `${thousands(length)} events on the map`;
    this.#grid.setAttribute("aria-rowcount", String(length + 1));
    this.#body.style.height = `${length * LINE}px`;
    this.#draw();
  }

  #sort() {
    const { column, isUp } = this.#sorting;
    const [, wordsOf, keyOf = wordsOf] = this.#columns[column];
    const keys = new Map(this.#rows.map((row) => [row, keyOf(row)]));
    const words = new Intl.Collator("en", { numeric: true }).compare;
    const compare = (a, b) => (typeof a === "number" ? a - b : words(a, b));
    this.#rows.sort((a, b) => (isUp ? 1 : -1) * compare(keys.get(a), keys.get(b)) || a - b);
    [...this.#head.children].forEach((cell, index) => {
      cell.setAttribute("aria-sort", index !== column ? "none" : isUp ? "ascending" : "descending");
    });
  }

  #draw() {
    const { scrollTop, clientHeight } = this.#grid;
    const first = Math.max(0, Math.floor(scrollTop / LINE) - SPARE);
    const last = first + Math.ceil(clientHeight / LINE) + 2 * SPARE;
    const rows = this.#rows.slice(first, last);
    this.#body.replaceChildren(...rows.map((row, index) => this.#makeLine(row, first + index)));
    const active = this.#body.querySelector(".active");
    if (active) this.#grid.setAttribute("aria-activedescendant", active.id);
  }

  #makeLine(row, index) {
    const words = this.#columns.map(([, wordsOf]) => wordsOf(row));
    const cells = words.map((title) => Object.assign(makeRole("gridcell", "cell", title), { title }));
    const line = makeRole("row", index === this.#at ? "line active" : "line", cells);
    line.id = `geomap-line-${index}`;
    line.style.top = `${index * LINE}px`;
    line.addEventListener("click", () => this.#open(index));
    return setAttributes(line, { "aria-rowindex": index + 2, "aria-selected": row === this.#layer.selectedRow });
  }

  #open(index) {
    this.#at = index;
    this.#onPick(this.#rows[index]);
    this.#draw();
  }

  #onKey(event) {
    const page = Math.max(1, Math.floor(this.#grid.clientHeight / LINE) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 };
    if (event.target !== this.#grid || !this.#rows.length) return;
    if (event.key === "Enter") this.#open(this.#at);
    else if (steps[event.key]) this.#moveTo(this.#at + steps[event.key]);
    else return;
    event.preventDefault();
  }

  #moveTo(index) {
    const grid = this.#grid;
    this.#at = Math.max(0, Math.min(this.#rows.length - 1, index));
    const top = this.#at * LINE;
    const room = grid.clientHeight - LINE * 2;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top > grid.scrollTop + room) grid.scrollTop = top - room;
    this.#draw();
  }
}
