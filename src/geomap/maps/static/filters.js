/* Built by `make js` from these modules of src/geomap; do not edit.
   maps/js/filters/choice.js
   maps/js/filters/component.js
   maps/js/filters/filters.js
   maps/js/filters/range_fields.js
   maps/js/filters/word_list.js
   maps/js/shared/channel.js
   maps/js/shared/elements.js
   maps/js/shared/mount.js
   maps/js/shared/owner.js
   maps/js/shared/vocabulary.js
   maps/js/shared/words.js
   sha256 5e5339d1d5df9630fecb4e36ac101e3e49abe53c0e83d2c5857a4d81e15ff3c9 */
// maps/js/shared/mount.js
function mount(selector, Control) {
  return ({ data, parentElement, setStateValue }) => {
    const root = parentElement.querySelector(selector);
    root.geomap ??= new Control(root, setStateValue);
    root.geomap.update({ ...data, send: setStateValue });
    return () => {
      root.geomap?.destroy();
      delete root.geomap;
    };
  };
}

// maps/js/shared/channel.js
var REMEMBERED = ["header", "histogram", "facets", "painted"];
var channels = /* @__PURE__ */ new Map();
function channel(name) {
  if (!channels.has(name)) channels.set(name, new Channel(name));
  return channels.get(name);
}
var Channel = class {
  #listeners = new EventTarget();
  #others;
  /** The latest message of each kind about the map's data, for a control that joins later. */
  latest = {};
  constructor(name) {
    this.#others = new BroadcastChannel("geomap:" + name);
    this.#others.addEventListener("message", ({ data }) => this.#receive(data));
    this.#others.postMessage({ joined: true });
  }
  /** Send a message to all listeners, in this frame and others. */
  post(message) {
    this.#others.postMessage(message);
    this.#receive(message);
  }
  /** Send the latest of the map's data once more: a script that joined came after it. */
  repeat() {
    this.#others.postMessage(this.latest);
  }
  /** Call `handler` with each message; returns how to stop it. */
  listen(handler) {
    const listener = ({ detail }) => handler(detail);
    this.#listeners.addEventListener("message", listener);
    return () => this.#listeners.removeEventListener("message", listener);
  }
  #receive(message) {
    if (!message) return;
    for (const part of REMEMBERED) if (message[part]) this.latest[part] = message[part];
    this.#listeners.dispatchEvent(new CustomEvent("message", { detail: message }));
  }
};

// maps/js/shared/owner.js
var Owner = class {
  #parts = /* @__PURE__ */ new Map();
  // by name, as JSON: values that were sent, the one that is known, the one last heard
  /** `send(name, value)` hands a value over. */
  constructor(send) {
    this.send = send;
  }
  #part(name) {
    if (!this.#parts.has(name)) this.#parts.set(name, { sent: [] });
    return this.#parts.get(name);
  }
  /** Report a value, unless the owner has it already. */
  report(name, value) {
    const [part, words] = [this.#part(name), JSON.stringify(value)];
    if (words === part.known) return;
    part.sent.push(words);
    part.known = words;
    this.send(name, value);
  }
  /** Whether a value of the owner is a change of its own, to be applied. */
  isNews(name, value) {
    const [part, words] = [this.#part(name), JSON.stringify(value)];
    const at = part.sent.lastIndexOf(words);
    if (at >= 0) part.sent.splice(0, at + 1);
    const isStale = at >= 0 || part.sent.length > 0 && words === part.heard;
    part.heard = words;
    if (isStale) return false;
    const isNew = words !== part.known;
    Object.assign(part, { sent: [], known: words });
    return isNew;
  }
};

// maps/js/shared/vocabulary.js
var FAILS = { "type": 1, "source": 2, "status": 4, "geo": 8, "date": 16, "batch": 32 };
var KINDS = { "words": "words", "range": "range" };
var CRITERIA = {
  "type": { "label": "Type", "kind": "words", "columns": { "type": {} } },
  "source": { "label": "Source", "kind": "words", "columns": { "source": {} } },
  "status": { "label": "Status", "kind": "words", "columns": { "status": {} } },
  "precision": { "label": "Precision", "kind": "words", "columns": { "geo": { "label": "of the place", "words": ["exact", "near", "admin2", "admin1", "region", "country", "line", "approximate_line", "zone", "unknown"] }, "date": { "label": "of the date", "words": ["day", "week", "month", "year", "range", "open"] } } },
  "actor": { "label": "Actor", "kind": "words", "columns": {} },
  "country": { "label": "Country", "kind": "words", "columns": {} },
  "fatalities": { "label": "Fatalities", "kind": "range", "columns": {} },
  "batch": { "label": "Batch", "kind": "words", "columns": { "batch": {} } }
};
var COLOUR_BY = { "type": "Type", "source": "Source", "status": "Status", "actor": "Actor" };
var DENSITIES = { "auto": "Automatic", "on": "On", "off": "Off" };
var NOT_STATED = "not stated";

// maps/js/shared/elements.js
function make(tag, className = "", ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content.flat().filter((part) => part !== null && part !== void 0));
  return element;
}
function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// maps/js/filters/choice.js
var groups = 0;
var Choice = class {
  #radios = {};
  /** `options` are labels by word, the first of which is chosen; `changed()` as a person chooses. */
  constructor(legend, options, changed) {
    [this.value] = Object.keys(options);
    const name = `geomap-choice-${++groups}`;
    const labels = Object.entries(options).map(([value, words]) => {
      const input = Object.assign(make("input"), { type: "radio", name, value, checked: value === this.value });
      input.addEventListener("change", () => {
        this.value = value;
        changed();
      });
      this.#radios[value] = input;
      return make("label", "", input, words);
    });
    this.element = make("fieldset", "", make("legend", "", legend), make("div", "choices", labels));
    setAttributes(this.element, { role: "radiogroup", "aria-label": legend });
  }
  set(value) {
    this.value = value;
    if (this.#radios[value]) this.#radios[value].checked = true;
  }
};

// maps/js/shared/words.js
var readable = (word) => (word ?? NOT_STATED).replaceAll("_", " ");
var thousands = (number) => (number ?? 0).toLocaleString("en");

// maps/js/filters/range_fields.js
var ENDS = ["at least", "at most"];
var RangeFields = class {
  /** One word such as "1..5", or none: what is asked for. */
  chosen = /* @__PURE__ */ new Set();
  element = make("fieldset");
  #source;
  #words = [];
  #inputs;
  #note = make("p", "note");
  /** `source` has `countOf(word)`, and `changed()` that is called when a person wrote a number. */
  constructor(legend, source) {
    this.#source = source;
    this.#inputs = ENDS.map((end) => {
      const input = make("input");
      setAttributes(input, { type: "number", min: 0, step: 1, inputmode: "numeric", "aria-label": `${legend} ${end}` });
      input.addEventListener("input", () => this.#read());
      input.addEventListener("keydown", (event) => event.stopPropagation());
      return input;
    });
    this.#note.setAttribute("role", "status");
    const fields = this.#inputs.map((input, n) => make("label", "", ENDS[n], input));
    this.element.hidden = true;
    this.element.append(make("legend", "", legend), make("div", "range", fields), this.#note);
  }
  /** Take the extent of the data, as one group with one word or none, and what is asked for. */
  set(groups2, chosen) {
    this.#words = groups2.flatMap((group) => group.words);
    const [range] = chosen;
    if (range !== [...this.chosen][0]) {
      const ends = (range ?? "..").split("..");
      this.#inputs.forEach((input, n) => input.value = ends[n] ?? "");
    }
    this.chosen = new Set(chosen);
    this.element.hidden = this.#words.length === 0 && this.chosen.size === 0;
    this.refresh();
  }
  refresh() {
    const problem = this.#problem();
    for (const input of this.#inputs) input.setAttribute("aria-invalid", problem !== "");
    put(this.#note, problem || this.#extent());
  }
  #problem() {
    const isWhole = ({ value, validity }) => !validity.badInput && /^[0-9]{0,9}$/.test(value);
    if (!this.#inputs.every(isWhole)) return "Write whole numbers.";
    const [low, high] = this.#inputs.map(({ value }) => value);
    return low && high && Number(low) > Number(high) ? "The first number is greater than the second." : "";
  }
  #extent() {
    const [extent] = this.#words;
    if (!extent) return "No event has a number.";
    const events = `${thousands(this.#source.countOf(extent))} events have a number`;
    return `${events}, ${extent.split("..").map(Number).map(thousands).join(" to ")}; the others match no range.`;
  }
  #read() {
    this.refresh();
    if (this.#problem()) return;
    const [low, high] = this.#inputs.map(({ value }) => value && Number(value));
    this.chosen = new Set(low === "" && high === "" ? [] : [`${low}..${high}`]);
    this.#source.changed();
  }
};

// maps/js/filters/word_list.js
var SEARCH_ABOVE = 8;
var MOST_ROWS = 200;
var ids = 0;
var WordList = class {
  chosen = /* @__PURE__ */ new Set();
  element = make("fieldset");
  #source;
  #groups = [];
  #labels = {};
  #words;
  #rows = /* @__PURE__ */ new Map();
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
  set(groups2, chosen, labels = {}) {
    this.chosen = new Set(chosen);
    const listed = new Set(groups2.flatMap((group) => group.words));
    const others = [...this.chosen].filter((word) => !listed.has(word));
    const all = others.length ? [...groups2, { label: "", words: others }] : groups2;
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
    const drawn = /* @__PURE__ */ new Set([...first, ...rest.slice(0, Math.max(0, MOST_ROWS - first.length))]);
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
};

// maps/js/filters/filters.js
var REPORT_AFTER = 250;
var PARTS = ["filters", "colourBy", "density"];
var Filters = class {
  header = null;
  // of the map's events
  facets = null;
  #data;
  #lists = {};
  #choices;
  #codes = {};
  #waiting = /* @__PURE__ */ new Set();
  // parts that a person changed and the owner has not heard of
  #clears = 0;
  #owner;
  #timer;
  #name;
  #channel;
  #leave;
  /** `send(name, value)` is called with "filters", "colourBy", "density" and "cleared". */
  constructor(root, send) {
    this.#owner = new Owner(send);
    for (const [name, { label, kind }] of Object.entries(CRITERIA)) {
      const List = kind === KINDS.range ? RangeFields : WordList;
      this.#lists[name] = new List(label, {
        countOf: (word) => this.#countOf(name, word),
        colourOf: (word) => this.#colourOf(name, word),
        changed: () => this.#changed("filters")
      });
    }
    const choice = (part, legend, options) => new Choice(legend, options, () => {
      this.#refresh();
      this.#changed(part);
    });
    this.#choices = {
      colourBy: choice("colourBy", "Colour by", COLOUR_BY),
      density: choice("density", "Density", DENSITIES)
    };
    const fill = (part, controls) => root.querySelector(`[data-part="${part}"]`).replaceChildren(...Object.values(controls).map((one) => one.element));
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
    return this.facets && isPacked(name) ? 0 : totals?.[name]?.[place] ?? null;
  }
  #colourOf(name, word) {
    if (name !== this.#choices.colourBy.value) return null;
    const code = this.#codes[name]?.get(word);
    return (code && this.header.colours?.[name]?.[code.at]) ?? null;
  }
};
function wordsOf(chosen) {
  return Object.fromEntries(Object.keys(CRITERIA).map((name) => [name, [...chosen?.[name] ?? []].sort()]));
}
var columnsOf = (name) => Object.entries(CRITERIA[name].columns);
var isPacked = (name) => columnsOf(name).length > 0;
function groupsOf(name, words) {
  const columns = columnsOf(name);
  if (columns.length < 2) return [{ label: isPacked(name) ? "" : "counts of all dates", words }];
  return columns.map(([, { label, words: own }]) => ({ label, words: words.filter((word) => own.includes(word)) }));
}
function codesOf({ columns = {}, statuses, geoPrecisions, datePrecisions }) {
  const fixed = { status: statuses, geo: geoPrecisions, date: datePrecisions };
  const codes = Object.keys(CRITERIA).map((name) => {
    const names = isPacked(name) ? Object.keys(CRITERIA[name].columns) : [name];
    const words = names.flatMap(
      (column) => (fixed[column] ?? columns[column]?.words ?? []).map((word, at) => [word, { column, at }])
    );
    return [name, new Map(words)];
  });
  return Object.fromEntries(codes);
}

// maps/js/filters/component.js
var component_default = mount(".geomap-filters", Filters);
export {
  component_default as default
};
