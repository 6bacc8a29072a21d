/* The words of one criterion: check boxes with counts, and a search field over a long list. */
import { make, put, setAttributes } from "../shared/elements.js";
import { readable, thousands } from "../shared/words.js";

const SEARCH_ABOVE = 8;
const MOST_ROWS = 200;
let ids = 0;

export class WordList {
  chosen = new Set();
  element = make("fieldset");
  #source;
  #groups = [];
  #labels = {};
  #words;
  #rows = new Map();
  #search = make("input");
  #box = make("div", "words");
  #note = make("p", "note");

  /**
   * `source` has `countOf(word)` and `colourOf(word)`, null where there is none, and `changed()`
   * that is called when a person chose or left out a word.
   */
  constructor(legend, source) {
    this.#source = source;
    const search = this.#search;
    Object.assign(search, { type: "search", placeholder: "Find" });
    search.setAttribute("aria-label", `Find in ${legend}`);
    search.addEventListener("input", () => this.#draw());
    search.addEventListener("keydown", (event) => event.stopPropagation());
    this.#box.addEventListener("keydown", (event) => this.#step(event));
    this.#note.setAttribute("role", "status");
    this.element.hidden = true;
    this.element.append(make("legend", "", legend), search, this.#box, this.#note);
  }

  /** Take the words, in groups of {label, words}, which are chosen, and what is read for them. */
  set(groups, chosen, labels = {}) {
    this.chosen = new Set(chosen);
    const listed = new Set(groups.flatMap((group) => group.words));
    const others = [...this.chosen].filter((word) => !listed.has(word));
    // A link may name a word that no event has: it stays in sight, and finds nothing.
    const all = others.length ? [...groups, { label: "", words: others }] : groups;
    const words = JSON.stringify([all, labels]);
    if (words !== this.#words) {
      this.#words = words;
      this.#labels = labels;
      this.#groups = all.filter((group) => group.words.length);
      const total = this.#groups.reduce((sum, group) => sum + group.words.length, 0);
      this.element.hidden = total === 0;
      this.#search.hidden = total <= SEARCH_ABOVE;
      if (this.#search.hidden) this.#search.value = "";
      this.#draw();
    }
    for (const [word, { input }] of this.#rows) input.checked = this.chosen.has(word);
    this.refresh();
  }

  /** Draw the rows that the search finds; where not all have room, those chosen come before. */
  #draw() {
    const sought = this.#search.value.trim().toLowerCase();
    const isFound = (word) => this.#shown(word).toLowerCase().includes(sought);
    const hits = this.#groups.map(({ label, words }) => ({ label, words: words.filter(isFound) }));
    const all = hits.flatMap((group) => group.words);
    const first = all.filter((word) => this.chosen.has(word));
    const rest = all.filter((word) => !this.chosen.has(word));
    const drawn = new Set([...first, ...rest.slice(0, Math.max(0, MOST_ROWS - first.length))]);
    this.#rows.clear();
    this.#box.replaceChildren();
    for (const { label, words } of hits) {
      const here = words.filter((word) => drawn.has(word));
      if (here.length && label) this.#box.append(make("p", "kind", label));
      this.#box.append(...here.map((word) => this.#makeRow(word)));
    }
    const beyond = all.length - drawn.size;
    const more = beyond ? `${thousands(beyond)} more: write a part of the name to find them.` : "";
    this.#box.hidden = drawn.size === 0;
    this.#note.textContent = drawn.size ? more : "Nothing with these letters.";
    this.refresh();
  }

  /** What a person reads for a word; the word itself is what is chosen. */
  #shown(word) {
    return word !== null && Object.hasOwn(this.#labels, word) ? this.#labels[word] : readable(word);
  }

  #makeRow(word) {
    const title = this.#shown(word);
    const id = `geomap-word-${++ids}`;
    const text = Object.assign(make("span", "word", title), { id, title });
    const count = Object.assign(make("span", "count"), { id: `${id}-n` });
    const input = Object.assign(make("input"), { type: "checkbox", checked: this.chosen.has(word) });
    setAttributes(input, { "aria-labelledby": id, "aria-describedby": count.id });
    input.addEventListener("change", () => {
      if (input.checked) this.chosen.add(word);
      else this.chosen.delete(word);
      this.#source.changed();
    });
    const swatch = make("i", "swatch");
    const label = make("label", "", input, swatch, text, count);
    this.#rows.set(word, { label, input, swatch, count });
    return label;
  }

  /** Counts and colours anew; the rows stay as they are. */
  refresh() {
    for (const [word, { label, swatch, count }] of this.#rows) {
      const number = this.#source.countOf(word);
      put(count, number === null ? "" : thousands(number));
      label.classList.toggle("none", number === 0);
      const colour = this.#source.colourOf(word);
      swatch.hidden = !colour;
      if (colour) swatch.style.background = colour;
    }
  }

  /** Up and down go from word to word. */
  #step(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    const inputs = [...this.#rows.values()].map((row) => row.input);
    event.preventDefault();
    inputs[inputs.indexOf(event.target) + by]?.focus();
  }
}
