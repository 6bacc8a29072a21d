/* The filters: the map receives a change at once, the owner when a person has stopped. */
import { channel } from "../shared/channel.js";
import { Owner } from "../shared/owner.js";
import { COLOUR_BY, CRITERIA, DENSITIES, FAILS, KINDS } from "../shared/vocabulary.js";
import { Choice } from "./choice.js";
import { RangeFields } from "./range_fields.js";
import { WordList } from "./word_list.js";

const REPORT_AFTER = 250;
const PARTS = ["filters", "colourBy", "density"];

export class Filters {
  header = null; // of the map's events
  facets = null;
  #data;
  #lists = {};
  #choices;
  #codes = {};
  #waiting = new Set(); // parts that a person changed and the owner has not heard of
  #clears = 0;
  #owner; #timer; #name; #channel; #leave;

  /** `send(name, value)` is called with "filters", "colourBy", "density" and "cleared". */
  constructor(root, send) {
    this.#owner = new Owner(send);
    for (const [name, { label, kind }] of Object.entries(CRITERIA)) {
      const List = kind === KINDS.range ? RangeFields : WordList;
      this.#lists[name] = new List(label, {
        countOf: (word) => this.#countOf(name, word),
        colourOf: (word) => this.#colourOf(name, word),
        changed: () => this.#changed("filters"),
      });
    }
    const choice = (part, legend, options) =>
      new Choice(legend, options, () => {
        this.#refresh();
        this.#changed(part);
      });
    this.#choices = {
      colourBy: choice("colourBy", "Colour by", COLOUR_BY),
      density: choice("density", "Density", DENSITIES),
    };
    const fill = (part, controls) =>
      root.querySelector(`[data-part="${part}"]`).replaceChildren(...Object.values(controls).map((one) => one.element));
    fill("criteria", this.#lists);
    fill("looks", this.#choices);
    root.querySelector('[data-part="clear"]').addEventListener("click", () => this.clear());
  }

  /** Take the owner's data (`geomap.maps.filter_component`); what it repeats does not undo what a person did. */
  update(data) {
    this.#owner.send = data.send ?? this.#owner.send;
    this.#data = data;
    let isNew = this.#join(data.channel);
    let chosen = null;
    const owned = { colourBy: data.colourBy, density: data.density, filters: wordsOf(data.chosen) };
    for (const [part, value] of Object.entries(owned)) {
      if (!this.#owner.isNews(part, value) || this.#waiting.has(part)) continue;
      isNew = true;
      if (part === "filters") chosen = value;
      else this.#choices[part].set(value);
    }
    this.#fill(chosen);
    if (isNew) this.#post(PARTS);
  }

  destroy() {
    clearTimeout(this.#timer);
    this.#leave?.();
  }

  /** The words that are chosen, by criterion; an empty list keeps everything. */
  chosen() {
    return wordsOf(Object.fromEntries(Object.entries(this.#lists).map(([name, list]) => [name, list.chosen])));
  }

  clear() {
    this.#fill(wordsOf({}));
    this.#changed("filters");
    this.#owner.send("cleared", ++this.#clears);
  }

  #join(name) {
    if (name === this.#name) return false;
    this.#leave?.();
    this.#name = name;
    this.#channel = channel(name);
    this.#receive(this.#channel.latest);
    this.#leave = this.#channel.listen((message) => this.#receive(message));
    return true;
  }

  #receive({ ready, header, facets }) {
    if (ready && this.#data) this.#post(PARTS);
    if (header) {
      this.header = header;
      this.#codes = codesOf(header);
    }
    if (facets) this.facets = facets;
    if (header || facets) this.#refresh();
  }

  #values() {
    return { filters: this.chosen(), colourBy: this.#choices.colourBy.value, density: this.#choices.density.value };
  }

  #post(parts) {
    const values = this.#values();
    this.#channel?.post(Object.fromEntries(parts.map((part) => [part, values[part]])));
  }

  /** The map now, the owner a moment after the last change. */
  #changed(part) {
    this.#post([part]);
    this.#waiting.add(part);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#reportChanges(), REPORT_AFTER);
  }

  #reportChanges() {
    const values = this.#values();
    for (const part of this.#waiting) this.#owner.report(part, values[part]);
    this.#waiting.clear();
  }

  /** Draw the lists; with `chosen` of the owner, take that choice over. */
  #fill(chosen) {
    const { words = {}, labels = {} } = this.#data ?? {};
    for (const [name, list] of Object.entries(this.#lists)) {
      const all = words[name] ?? [];
      list.set(groupsOf(name, all), chosen?.[name] ?? list.chosen, labels[name]);
    }
  }

  #refresh() {
    for (const list of Object.values(this.#lists)) list.refresh();
  }

  #countOf(name, word) {
    const code = this.#codes[name]?.get(word);
    if (this.facets && code?.column in FAILS) return this.facets[code.column]?.[code.at] ?? 0;
    const { words, totals } = this.#data;
    const place = words?.[name]?.indexOf(word) ?? -1;
    if (place < 0) return 0;
    return this.facets && isPacked(name) ? 0 : (totals?.[name]?.[place] ?? null);
  }

  #colourOf(name, word) {
    if (name !== this.#choices.colourBy.value) return null;
    const code = this.#codes[name]?.get(word);
    return (code && this.header.colours?.[name]?.[code.at]) ?? null;
  }
}

function wordsOf(chosen) {
  return Object.fromEntries(Object.keys(CRITERIA).map((name) => [name, [...(chosen?.[name] ?? [])].sort()]));
}

const columnsOf = (name) => Object.entries(CRITERIA[name].columns);
const isPacked = (name) => columnsOf(name).length > 0;

/** The words under headings: by column where there are several; the map does not count every criterion. */
function groupsOf(name, words) {
  const columns = columnsOf(name);
  if (columns.length < 2) return [{ label: isPacked(name) ? "" : "counts of all dates", words }];
  return columns.map(([, { label, words: own }]) => ({ label, words: words.filter((word) => own.includes(word)) }));
}

/** For each criterion where a word stands in the map's own lists. */
function codesOf({ columns = {}, statuses, geoPrecisions, datePrecisions }) {
  const fixed = { status: statuses, geo: geoPrecisions, date: datePrecisions };
  const codes = Object.keys(CRITERIA).map((name) => {
    const names = isPacked(name) ? Object.keys(CRITERIA[name].columns) : [name]; // of actors the map has colours
    const words = names.flatMap((column) =>
      (fixed[column] ?? columns[column]?.words ?? []).map((word, at) => [word, { column, at }]),
    );
    return [name, new Map(words)];
  });
  return Object.fromEntries(codes);
}
