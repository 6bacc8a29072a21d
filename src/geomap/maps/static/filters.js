/* The filters: the map hears of a change at once, the owner when a person has stopped. */
(function (geomap) {
  "use strict";
  const TELL_AFTER = 250;
  const CRITERIA = [
    ["type", "Type"],
    ["source", "Source"],
    ["status", "Status"],
    ["precision", "Precision"],
    ["batch", "Batch"],
  ];
  const CHOICES = {
    colourBy: ["Colour by", { type: "Type", source: "Source", status: "Status", actor: "Actor" }],
    density: ["Density", { auto: "Automatic", on: "On", off: "Off" }],
  };
  const DATE_WORDS = new Set(["day", "week", "month", "year", "range", "open"]);
  let groups = 0;

  geomap.Filters = class {
    /** `tell(name, value)` hears "filters", "colourBy", "density" and "cleared". */
    constructor(root, tell) {
      this.root = root;
      this.tell = tell;
      this.look = { colourBy: "type", density: "auto" };
      this._codes = {};
      this._clears = 0;
      this._echoes = {};
      this.lists = {};
      this.radios = { colourBy: {}, density: {} };
      for (const name of ["filters", ...Object.keys(CHOICES)]) this._echoes[name] = new geomap.Echo();
      const find = (part) => root.querySelector(`[data-part="${part}"]`);
      find("criteria").replaceChildren();
      find("looks").replaceChildren();
      for (const [name, legend] of CRITERIA) {
        const list = new geomap.WordList(legend, () => this._changed("filters"));
        list.countOf = (word) => this._count(name, word);
        list.colourOf = (word) => this._colour(name, word);
        list.element.hidden = true;
        this.lists[name] = list;
        find("criteria").append(list.element);
      }
      for (const name of Object.keys(CHOICES)) find("looks").append(this._choice(name));
      find("clear").addEventListener("click", () => this.clear());
    }

    /** Take what the owner says; what it repeats does not undo what a person did meanwhile. */
    update(data) {
      this.tell = data.tell ?? this.tell;
      this.data = data;
      const fresh = this._join(data.channel);
      const told = { filters: wordsOf(data.chosen), colourBy: data.colourBy ?? "type", density: data.density ?? "auto" };
      let news = fresh;
      for (const [name, value] of Object.entries(told)) {
        if (!this._echoes[name].isNews(JSON.stringify(value)) || this._waiting?.has(name)) continue;
        news = true;
        if (name === "filters") this._owned = value;
        else this._show(name, value);
      }
      this._list(this._owned);
      this._owned = null;
      if (news) this._post();
    }

    destroy() {
      clearTimeout(this._timer);
      this._leave?.();
    }

    /** The words that are chosen, by criterion; an empty list keeps everything. */
    chosen() {
      const lists = Object.entries(this.lists);
      return Object.fromEntries(lists.map(([name, list]) => [name, [...list.chosen].sort()]));
    }

    clear() {
      for (const list of Object.values(this.lists)) list.chosen.clear();
      this._list(null);
      this._changed("filters");
      this.tell("cleared", ++this._clears);
    }

    _join(name) {
      if (name === this._name) return false;
      this._leave?.();
      this._name = name;
      this.bus = geomap.channel(name);
      this._leave = this.bus.listen((message) => this._hear(message));
      this._hear({ ...this.bus.kept });
      return true;
    }

    _hear({ ready, header, facets }) {
      if (ready && this.data) this._post();
      if (header) {
        this.header = header;
        this._codes = codesOf(header);
      }
      if (facets) this.facets = facets;
      if (header || facets) for (const list of Object.values(this.lists)) list.refresh();
    }

    _post(parts = ["filters", ...Object.keys(CHOICES)]) {
      const all = { filters: this.chosen(), ...this.look };
      this.bus?.post(Object.fromEntries(parts.map((name) => [name, all[name]])), { here: true });
    }

    /** The map now, the owner a moment after the last change. */
    _changed(name) {
      this._post([name]);
      (this._waiting ??= new Set()).add(name);
      clearTimeout(this._timer);
      this._timer = setTimeout(() => this._tell(), TELL_AFTER);
    }

    _tell() {
      const values = { filters: this.chosen(), ...this.look };
      for (const name of this._waiting) {
        if (this._echoes[name].tell(JSON.stringify(values[name]))) this.tell(name, values[name]);
      }
      this._waiting = null;
    }

    /** Draw the lists; with `chosen` of the owner, take that choice over. */
    _list(chosen) {
      for (const [name, list] of Object.entries(this.lists)) {
        const words = this.data?.words?.[name] ?? [];
        list.set(name === "precision" ? byKind(words) : [{ label: "", words }], chosen?.[name] ?? list.chosen);
        list.refresh();
      }
    }

    _count(name, word) {
      const code = this._codes[name]?.get(word);
      if (this.facets && code) return this.facets[code.facet]?.[code.at] ?? 0;
      const { words, totals } = this.data ?? {};
      const place = words?.[name]?.indexOf(word) ?? -1;
      if (place < 0) return 0;
      return this.facets && this._codes[name] ? 0 : (totals?.[name]?.[place] ?? null);
    }

    _colour(name, word) {
      if (name !== this.look.colourBy) return null;
      const code = this._codes[name]?.get(word);
      return (code && this.header.colours?.[name]?.[code.at]) ?? null;
    }

    _choice(name) {
      const [legend, options] = CHOICES[name];
      const group = document.createElement("fieldset");
      group.setAttribute("role", "radiogroup");
      group.setAttribute("aria-label", legend);
      const title = document.createElement("legend");
      title.textContent = legend;
      const row = document.createElement("div");
      row.className = "choices";
      const radios = `geomap-${name}-${++groups}`;
      for (const [value, words] of Object.entries(options)) {
        const label = document.createElement("label");
        const input = document.createElement("input");
        Object.assign(input, { type: "radio", name: radios, value, checked: value === this.look[name] });
        input.addEventListener("change", () => {
          this._show(name, value);
          this._changed(name);
        });
        this.radios[name][value] = input;
        label.append(input, words);
        row.append(label);
      }
      group.append(title, row);
      return group;
    }

    _show(name, value) {
      this.look[name] = value;
      if (this.radios[name][value]) this.radios[name][value].checked = true;
      for (const list of Object.values(this.lists)) list.refresh();
    }
  };

  function wordsOf(chosen) {
    return Object.fromEntries(CRITERIA.map(([name]) => [name, [...(chosen?.[name] ?? [])].sort()]));
  }

  /** Words for dates and words for places are two questions under one heading. */
  function byKind(words) {
    const [dates, places] = [[], []];
    for (const word of words) (DATE_WORDS.has(word) ? dates : places).push(word);
    return [{ label: "of the place", words: places }, { label: "of the date", words: dates }];
  }

  /** For each criterion where a word stands in the map's own lists. */
  function codesOf(header) {
    const { columns = {} } = header;
    const index = (words, facet) => (words ?? []).map((word, at) => [word, { facet, at }]);
    const codes = { status: index(header.statuses, "status") };
    for (const name of ["type", "source", "batch"]) codes[name] = index(columns[name]?.words, name);
    codes.precision = [...index(header.geoPrecisions, "geo"), ...index(header.datePrecisions, "date")];
    return Object.fromEntries(Object.entries(codes).map(([name, list]) => [name, new Map(list)]));
  }
})((globalThis.geomap ??= {}));
