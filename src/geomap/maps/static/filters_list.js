/* The words of one criterion: check boxes with counts, and a search field over a long list. */
(function (geomap) {
  "use strict";
  const SEARCH_ABOVE = 8;
  const MOST_ROWS = 200;
  let ids = 0;

  /** A word as a person reads it. */
  geomap.wordShown = (word) => (word === null ? "not stated" : word.replaceAll("_", " "));

  function make(tag, className, text = "") {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  }

  geomap.WordList = class {
    /** `changed()` is called when a person chose or left out a word. */
    constructor(legend, changed) {
      this.chosen = new Set();
      this.groups = [];
      this.countOf = () => null;
      this.colourOf = () => null;
      this._changed = changed;
      this._rows = new Map();
      this.element = make("fieldset", "");
      this.search = make("input", "");
      this.search.type = "search";
      this.search.placeholder = "Find";
      this.search.setAttribute("aria-label", `Find in ${legend}`);
      this.search.addEventListener("input", () => this.draw());
      this.search.addEventListener("keydown", (event) => event.stopPropagation());
      this.box = make("div", "words");
      this.box.addEventListener("keydown", (event) => this._step(event));
      this.note = make("p", "note");
      this.note.setAttribute("role", "status");
      this.element.append(make("legend", "", legend), this.search, this.box, this.note);
    }

    /** Take the words, in groups of {label, words}, and which are chosen. */
    set(groups, chosen) {
      this.chosen = new Set(chosen);
      const known = new Set(groups.flatMap((group) => group.words));
      const strange = [...this.chosen].filter((word) => !known.has(word));
      // A link may name a word that no event has: it stays in sight, and finds nothing.
      const all = strange.length ? [...groups, { label: "", words: strange }] : groups;
      if (JSON.stringify(all) !== this._words) {
        this._words = JSON.stringify(all);
        this.groups = all.filter((group) => group.words.length);
        this.total = this.groups.reduce((n, group) => n + group.words.length, 0);
        this.element.hidden = this.total === 0;
        this.search.hidden = this.total <= SEARCH_ABOVE;
        if (this.search.hidden) this.search.value = "";
        this.draw();
      }
      for (const [word, row] of this._rows) row.input.checked = this.chosen.has(word);
    }

    /** Draw the rows that the search finds; where not all have room, those chosen come before. */
    draw() {
      const sought = this.search.value.trim().toLowerCase();
      const found = (word) => geomap.wordShown(word).toLowerCase().includes(sought);
      const hits = this.groups.map(({ label, words }) => ({ label, words: words.filter(found) }));
      const all = hits.flatMap((group) => group.words);
      const first = all.filter((word) => this.chosen.has(word));
      const rest = all.filter((word) => !this.chosen.has(word));
      const drawn = new Set([...first, ...rest.slice(0, Math.max(0, MOST_ROWS - first.length))]);
      this._rows.clear();
      this.box.replaceChildren();
      for (const { label, words } of hits) {
        const here = words.filter((word) => drawn.has(word));
        if (here.length && label) this.box.append(make("p", "kind", label));
        this.box.append(...here.map((word) => this._row(word)));
      }
      const beyond = all.length - drawn.size;
      this.box.hidden = this._rows.size === 0;
      const more = beyond ? `${beyond.toLocaleString("en")} more: write a part of the name to find them.` : "";
      this.note.textContent = this._rows.size ? more : "Nothing with these letters.";
      this.refresh();
    }

    _row(word) {
      const label = make("label", "");
      const input = make("input", "");
      const [swatch, text, count] = [make("i", "swatch"), make("span", "word"), make("span", "count")];
      const id = `geomap-word-${++ids}`;
      input.type = "checkbox";
      input.checked = this.chosen.has(word);
      text.textContent = geomap.wordShown(word);
      text.id = id;
      count.id = `${id}-n`;
      input.setAttribute("aria-labelledby", id);
      input.setAttribute("aria-describedby", count.id);
      input.addEventListener("change", () => {
        if (input.checked) this.chosen.add(word);
        else this.chosen.delete(word);
        this._changed();
      });
      label.append(input, swatch, text, count);
      this._rows.set(word, { label, input, swatch, count });
      return label;
    }

    /** Counts and colours anew; the rows stay as they are. */
    refresh() {
      for (const [word, { label, swatch, count }] of this._rows) {
        const n = this.countOf(word);
        const words = n === null ? "" : n.toLocaleString("en");
        if (count.textContent !== words) count.textContent = words;
        label.classList.toggle("none", n === 0);
        const colour = this.colourOf(word);
        swatch.hidden = !colour;
        if (colour) swatch.style.background = colour;
      }
    }

    /** Up and down go from word to word. */
    _step(event) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      const inputs = [...this._rows.values()].map((row) => row.input);
      const next = inputs[inputs.indexOf(event.target) + by];
      event.preventDefault();
      next?.focus();
    }
  };
})((globalThis.geomap ??= {}));
