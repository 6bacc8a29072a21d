/* The filters: the map receives a change at once, the owner when a person has stopped. */
import { channel } from "../shared/channel.js";
import { Owner } from "../shared/owner.js";
import { COLOUR_BY, CRITERIA, DATE_PRECISIONS, DENSITIES } from "../shared/vocabulary.js";
import { Choice } from "./choice.js";
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
    for (const [name, legend] of Object.entries(CRITERIA)) {
      this.#lists[name] = new WordList(legend, {
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
      const groups = name === "precision" ? byKind(all) : [{ label: "", words: all }];
      list.set(groups, chosen?.[name] ?? list.chosen, labels[name]);
    }
  }

  #refresh() {
    for (const list of Object.values(this.#lists)) list.refresh();
  }

  #countOf(name, word) {
    const code = this.#codes[name]?.get(word);
    if (this.facets && code) return this.facets[code.facet]?.[code.at] ?? 0;
    const { words, totals } = this.#data;
    const place = words?.[name]?.indexOf(word) ?? -1;
    if (place < 0) return 0;
    return this.facets && this.#codes[name] ? 0 : (totals?.[name]?.[place] ?? null);
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

/** Words for dates and words for places are two questions under one heading. */
function byKind(words) {
  const isDate = (word) => DATE_PRECISIONS.includes(word);
  return [
    { label: "of the place", words: words.filter((word) => !isDate(word)) },
    { label: "of the date", words: words.filter(isDate) },
  ];
}

/** For each criterion where a word stands in the map's own lists. */
function codesOf({ columns = {}, statuses, geoPrecisions, datePrecisions }) {
  const index = (words, facet) => (words ?? []).map((word, at) => [word, { facet, at }]);
  const codes = { status: index(statuses, "status") };
  for (const name of ["type", "source", "batch"]) codes[name] = index(columns[name]?.words, name);
  codes.precision = [...index(geoPrecisions, "geo"), ...index(datePrecisions, "date")];
  return Object.fromEntries(Object.entries(codes).map(([name, list]) => [name, new Map(list)]));
}
