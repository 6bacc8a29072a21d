/* The events of the map as a table that draws only the lines in sight; in step with the map. */
(function (geomap) {
  "use strict";
  const LINE = 30; // pixels, as in page.css
  const SPARE = 6;

  geomap.EventTable = class {
    /** `columns`: [name, heading, wordsOf(row), keyOf(row) to sort by]; `onPick(row)` when a line is opened. */
    constructor(root, layer, columns, onPick) {
      Object.assign(this, { root, layer, columns, onPick, rows: [], at: 0 });
      this.sort = { column: 0, up: false };
      this._build();
      layer.on("rest", this.refresh, this);
    }

    _build() {
      this.summary = make("p", "summary");
      this.grid = make("div", "grid");
      this.grid.setAttribute("role", "grid");
      this.grid.setAttribute("aria-label", "Events on the map");
      this.grid.tabIndex = 0;
      this.head = make("div", "line head");
      this.head.setAttribute("role", "row");
      this.columns.forEach(([, heading], index) => this.head.append(this._heading(heading, index)));
      this.body = make("div", "body");
      this.body.setAttribute("role", "rowgroup");
      this.grid.append(this.head, this.body);
      this.root.replaceChildren(this.summary, this.grid);
      this.grid.addEventListener("scroll", () => this._draw());
      this.grid.addEventListener("keydown", (event) => this._key(event));
    }

    _heading(text, index) {
      const cell = make("div", "cell");
      cell.setAttribute("role", "columnheader");
      const button = make("button", "");
      button.type = "button";
      button.textContent = text;
      button.addEventListener("click", () => this.sortBy(index));
      cell.append(button);
      return cell;
    }

    sortBy(column) {
      this.sort = { column, up: this.sort.column === column ? !this.sort.up : true };
      this.refresh();
    }

    /** Take the rows of window and filters anew; the line that was active stays active. */
    refresh() {
      const { data, from, to } = this.layer;
      if (!data) return;
      const active = this.rows[this.at];
      this.rows = [];
      data.eachRow(from, to, (row) => {
        if (!(data.facts[row] & geomap.FACTS.extra)) this.rows.push(row);
      });
      this._sort();
      this.at = Math.max(0, this.rows.indexOf(active));
      const places = this.rows.length.toLocaleString("en");
      this.summary.textContent = this.rows.length === 1 ? "1 event on the map" : `${places} events on the map`;
      this.grid.setAttribute("aria-rowcount", String(this.rows.length + 1));
      this.body.style.height = `${this.rows.length * LINE}px`;
      this._draw();
    }

    _sort() {
      const { column, up } = this.sort;
      const [, , wordsOf, keyOf = wordsOf] = this.columns[column];
      const keys = new Map(this.rows.map((row) => [row, keyOf(row)]));
      const words = new Intl.Collator("en", { numeric: true }).compare;
      const compare = (a, b) => (typeof a === "number" ? a - b : words(a, b));
      this.rows.sort((a, b) => (up ? 1 : -1) * compare(keys.get(a), keys.get(b)) || a - b);
      [...this.head.children].forEach((cell, index) => {
        cell.setAttribute("aria-sort", index !== column ? "none" : up ? "ascending" : "descending");
      });
    }

    _draw() {
      const first = Math.max(0, Math.floor(this.grid.scrollTop / LINE) - SPARE);
      const last = Math.min(this.rows.length, first + Math.ceil(this.grid.clientHeight / LINE) + 2 * SPARE);
      const lines = [];
      for (let index = first; index < last; index++) lines.push(this._line(index));
      this.body.replaceChildren(...lines);
      const shown = this.body.querySelector(".active");
      if (shown) this.grid.setAttribute("aria-activedescendant", shown.id);
    }

    _line(index) {
      const row = this.rows[index];
      const line = make("div", "line");
      line.id = `geomap-line-${index}`;
      line.style.top = `${index * LINE}px`;
      line.setAttribute("role", "row");
      line.setAttribute("aria-rowindex", String(index + 2));
      line.setAttribute("aria-selected", String(row === this.layer.selectedRow));
      if (index === this.at) line.classList.add("active");
      for (const [, , wordsOf] of this.columns) {
        const cell = make("div", "cell");
        cell.setAttribute("role", "gridcell");
        cell.textContent = cell.title = wordsOf(row);
        line.append(cell);
      }
      line.addEventListener("click", () => this._open(index));
      return line;
    }

    _open(index) {
      this.at = index;
      this.onPick(this.rows[index]);
      this._draw();
    }

    _key(event) {
      const page = Math.max(1, Math.floor(this.grid.clientHeight / LINE) - 1);
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 };
      if (event.target !== this.grid || !this.rows.length) return;
      if (event.key === "Enter") this._open(this.at);
      else if (steps[event.key]) this._moveTo(this.at + steps[event.key]);
      else return;
      event.preventDefault();
    }

    _moveTo(index) {
      this.at = Math.max(0, Math.min(this.rows.length - 1, index));
      const top = this.at * LINE;
      const room = this.grid.clientHeight - LINE * 2;
      if (top < this.grid.scrollTop) this.grid.scrollTop = top;
      else if (top > this.grid.scrollTop + room) this.grid.scrollTop = top - room;
      this._draw();
    }
  };

  function make(tag, className) {
    const element = document.createElement(tag);
    element.className = className;
    return element;
  }
})((globalThis.geomap ??= {}));
