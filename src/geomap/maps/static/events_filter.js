/* Filters by words on the packed columns, bits from the server, and what the pages count. */
(function (geomap) {
  "use strict";
  const { prototype } = geomap.EventsData;
  const { FAILS } = geomap;
  const CRITERIA = ["type", "source", "status", "geo", "date", "batch"];
  const MOST_SERIES = 10;

  /** Which codes of a column pass: null when all do. */
  function allowed(words, chosen) {
    if (!chosen?.length) return null;
    const wanted = new Set(chosen);
    return Uint8Array.from(words, (word) => (wanted.has(word) ? 1 : 0));
  }

  /** The chosen words by criterion: of precision, words for dates and for places are two. */
  function criteria(data, filters) {
    const { precision = [], ...others } = filters ?? {};
    const within = (name) => precision.filter((word) => data.wordsOf(name).includes(word));
    return { ...others, geo: within("geo"), date: within("date") };
  }

  function failColumn(data, name, allow) {
    const { state, count } = data;
    const { codes, shift, mask } = data.columnOf(name);
    const fail = FAILS[name];
    if (codes) for (let row = 0; row < count; row++) if (!allow[(codes[row] >> shift) & mask]) state[row] |= fail;
    if (!codes && !allow[0]) for (let row = 0; row < count; row++) state[row] |= fail;
  }

  /** Bits of a file of the server: one plane that passes, perhaps one that surely does. */
  geomap.readBits = function (buffer) {
    const head = new DataView(buffer);
    const rows = head.getUint32(0, true);
    const size = Math.ceil(rows / 8);
    const passes = new Uint8Array(buffer, 8, size);
    const surely = head.getUint8(4) > 1 ? new Uint8Array(buffer, 8 + size, size) : null;
    return { rows, passes, surely };
  };

  /** Take other filters: each row then knows which criteria it fails. */
  prototype.filter = function (filters, bits) {
    const chosen = criteria(this, filters);
    this.state.fill(0);
    for (const name of CRITERIA) {
      const allow = allowed(this.wordsOf(name), chosen[name]);
      if (allow) failColumn(this, name, allow);
    }
    // Precision that neither list holds passes nothing, as in the query.
    const strange = (filters?.precision ?? []).length && !chosen.geo.length && !chosen.date.length;
    if (strange) for (let row = 0; row < this.count; row++) this.state[row] |= FAILS.geo;
    if (bits && bits.rows === this.count) this._useBits(bits);
    this._sum();
  };

  prototype._useBits = function ({ passes, surely }) {
    const { state, count } = this;
    for (let row = 0; row < count; row++) {
      const bit = 1 << (row & 7);
      if (!(passes[row >> 3] & bit)) state[row] |= FAILS.bits;
      else if (surely && !(surely[row >> 3] & bit)) state[row] |= geomap.UNSURE;
    }
  };

  /** The categories of a column: at most nine and "other", with the code of each word. */
  prototype.categories = function (column) {
    const words = this.wordsOf(column);
    const colours = this.header.colours[column];
    const series = [];
    const of = new Uint8Array(words.length);
    const byColour = new Map();
    words.forEach((word, code) => {
      const colour = colours[code];
      let index = byColour.get(colour);
      if (index === undefined && series.length < MOST_SERIES) {
        index = series.push({ name: word ?? "not stated", colour, words: 0 }) - 1;
        byColour.set(colour, index);
      }
      of[code] = index ?? MOST_SERIES - 1;
      if (++series[of[code]].words > 1) series[of[code]].name = "other";
    });
    return { series, of };
  };

  /** Events for each day by category and, apart, those that are only possible on it. */
  prototype.histogram = function (column) {
    const { series, of } = this.categories(column);
    const { days, state, start, end, facts, count, singles } = this;
    const shown = series.map(() => new Int32Array(days + 1));
    const possible = new Int32Array(days + 1);
    const { codes, shift, mask } = this.columnOf(column);
    for (let row = 0; row < count; row++) {
      if (state[row] & 127 || facts[row] & geomap.FACTS.extra) continue;
      const code = codes ? (codes[row] >> shift) & mask : 0;
      const first = start[row];
      const last = row < singles ? first : end[row - singles];
      const timeClass = this.timeClassOf(row);
      const unsure = state[row] || (timeClass === 1 && first !== last);
      const into = unsure ? possible : shown[of[code]];
      into[first]++;
      into[last + 1]--;
      if (timeClass === 2 && last + 1 < days) possible[last + 1]++; // from there on it may go on
    }
    const covered = (steps) => {
      // Each day has what it had the day before, what began and less what ended.
      for (let day = 1; day < days; day++) steps[day] += steps[day - 1];
      return Uint32Array.from(steps.subarray(0, days));
    };
    return {
      first: this.dayFirst,
      unit: "day",
      series: series.map(({ name, colour }, i) => ({ name, colour, shown: covered(shown[i]) })),
      possible: covered(possible),
    };
  };

  /** How many events of the window have each word, every criterion without itself. */
  prototype.facets = function (from, to, column) {
    const spans = this._spansIn(from, to);
    const facets = {};
    for (const name of CRITERIA) facets[name] = this._tally(name, FAILS[name], from, to, spans);
    return { facets, legend: this._tally(column, 0, from, to, spans) };
  };

  prototype._spansIn = function (from, to) {
    const rows = [];
    for (let row = this.singles; row < this.count; row++) {
      const when = geomap.verdict(this.dayOf(row), this.lastDayOf(row), this.timeClassOf(row), from, to);
      if (when) rows.push(row);
    }
    return rows;
  };

  /** Rows of the window by word of a column: those that pass, or fail only `pardoned`. */
  prototype._tally = function (name, pardoned, from, to, spans) {
    const { state, facts } = this;
    const { codes, shift, mask } = this.columnOf(name);
    const counts = new Uint32Array(this.wordsOf(name).length);
    const forgiven = 127 & ~pardoned;
    const { extra } = geomap.FACTS;
    const [first, beyond] = this.singleRows(from, to);
    for (let row = first; row < beyond; row++) {
      if (state[row] & forgiven || facts[row] & extra) continue;
      counts[codes ? (codes[row] >> shift) & mask : 0]++;
    }
    for (const row of spans) {
      if (state[row] & forgiven || facts[row] & extra) continue;
      counts[codes ? (codes[row] >> shift) & mask : 0]++;
    }
    return counts;
  };
})((globalThis.geomap ??= {}));
