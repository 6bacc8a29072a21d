/* The packed events: reading the bytes, the rule of time, filters, and counting.

   Layout (little endian): "GME2", header length, header (JSON, padded), then columns, each
   padded to four bytes: x, y (Uint32, Mercator), first day (days since header.dayFirst in
   header.dayBytes), last day (the same, spanning rows only), radius (Uint8, place in
   header.radii), facts (Uint8: status, date precision << 3, geometry, extra marker), geo
   (Uint8: place precision), and one column for each of header.columns that has bytes. Rows of
   one certain day come first, sorted by day; spanning rows follow. */
(function (geomap) {
  "use strict";
  const MAGIC = 0x32454d47;
  geomap.OUT = 0;
  geomap.POSSIBLE = 1;
  geomap.SHOWN = 2;
  geomap.FACTS = { status: 7, date: 3, geometry: 64, extra: 128 };
  /** Bits of `state`: which criterion a row fails; the highest says possible at best. */
  geomap.FAILS = { type: 1, source: 2, status: 4, geo: 8, date: 16, batch: 32, bits: 64 };
  geomap.UNSURE = 128;
  const CERTAIN = 0;
  const VAGUE = 1;
  const OPEN = 2;

  function firstAtLeast(days, value, count) {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (days[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What the window makes of a span: out, possible or shown. Open ends are +-Infinity. */
  geomap.verdict = function (start, end, timeClass, from, to) {
    if (start > to) return geomap.OUT;
    if (end < from) return timeClass === OPEN ? geomap.POSSIBLE : geomap.OUT;
    if (timeClass === VAGUE && (start < from || end > to)) return geomap.POSSIBLE;
    return geomap.SHOWN;
  };

  geomap.EventsData = class {
    constructor(buffer) {
      const head = new DataView(buffer);
      if (head.getUint32(0, true) !== MAGIC) throw new Error("not packed events");
      const headerBytes = head.getUint32(4, true);
      const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headerBytes)));
      this.header = header;
      this.count = header.rows;
      this.singles = header.singles;
      this.dayFirst = header.dayFirst;
      this._read(buffer, 8 + headerBytes);
      this.notHappened = header.statuses.map((word) => header.notHappened.includes(word));
      this.timeClasses = header.datePrecisions.map((word) =>
        word === "open" ? OPEN : header.vague.includes(word) ? VAGUE : CERTAIN,
      );
      this.state = new Uint8Array(this.count);
      this.spanClass = new Uint8Array(this.count - this.singles);
      for (let i = 0; i < this.spanClass.length; i++) {
        this.spanClass[i] = this.timeClasses[(this.facts[this.singles + i] >> geomap.FACTS.date) & 7];
      }
    }

    _read(buffer, start) {
      let at = start;
      const take = (Type, length) => {
        const array = new Type(buffer, at, length);
        at += Math.ceil((length * Type.BYTES_PER_ELEMENT) / 4) * 4;
        return array;
      };
      const { header, count: n } = this;
      const Days = header.dayBytes === 2 ? Uint16Array : Uint32Array;
      this.x = take(Uint32Array, n);
      this.y = take(Uint32Array, n);
      this.start = take(Days, n);
      this.end = take(Days, n - this.singles);
      this.radius = take(Uint8Array, n);
      this.facts = take(Uint8Array, n);
      this.geo = take(Uint8Array, n);
      this.codes = {};
      for (const [name, { bytes }] of Object.entries(header.columns)) {
        this.codes[name] = bytes ? take(bytes === 1 ? Uint8Array : Uint16Array, n) : null;
      }
    }

    /** Where the codes of a column are; no codes when every row has the same word. */
    columnOf(name) {
      if (name === "status") return { codes: this.facts, shift: 0, mask: geomap.FACTS.status };
      if (name === "date") return { codes: this.facts, shift: geomap.FACTS.date, mask: 7 };
      if (name === "geo") return { codes: this.geo, shift: 0, mask: 15 };
      return { codes: this.codes[name], shift: 0, mask: 0xffff };
    }

    /** The word of a row in a column. */
    wordOf(name, row) {
      const { codes, shift, mask } = this.columnOf(name);
      return this.wordsOf(name)[codes ? (codes[row] >> shift) & mask : 0] ?? null;
    }

    wordsOf(name) {
      const { header } = this;
      const fixed = { status: header.statuses, geo: header.geoPrecisions, date: header.datePrecisions };
      return fixed[name] ?? header.columns[name].words;
    }

    dayOf(row) {
      return this.start[row] + this.dayFirst;
    }

    lastDayOf(row) {
      return (row < this.singles ? this.start[row] : this.end[row - this.singles]) + this.dayFirst;
    }

    metresOf(row) {
      return this.header.radii[this.radius[row]] ?? 0;
    }

    timeClassOf(row) {
      return row < this.singles ? CERTAIN : this.spanClass[row - this.singles];
    }

    /** The rows of one certain day inside the window: [first, beyond the last]. */
    singleRows(from, to) {
      const first = firstAtLeast(this.start, from - this.dayFirst, this.singles);
      const beyond = firstAtLeast(this.start, to + 1 - this.dayFirst, this.singles);
      return [first, Math.max(first, beyond)];
    }

    /** What the window and the filters make of a row. */
    verdictOf(row, from, to) {
      const state = this.state[row];
      if (state & 127) return geomap.OUT;
      const verdict = geomap.verdict(this.dayOf(row), this.lastDayOf(row), this.timeClassOf(row), from, to);
      return state ? Math.min(verdict, geomap.POSSIBLE) : verdict;
    }

    /** Calls visit(row, verdict) for every marker of the window that passes the filters. */
    eachRow(from, to, visit) {
      const [first, beyond] = this.singleRows(from, to);
      const { state } = this;
      for (let row = first; row < beyond; row++) {
        if (!state[row]) visit(row, geomap.SHOWN);
        else if (state[row] === geomap.UNSURE) visit(row, geomap.POSSIBLE);
      }
      this.eachSpan(from, to, visit);
    }

    /** The same for the rows that are not one certain day; they are in order of first day. */
    eachSpan(from, to, visit) {
      const { start, end, state, spanClass, singles, count } = this;
      const [low, high] = [from - this.dayFirst, to - this.dayFirst];
      for (let row = singles; row < count && start[row] <= high; row++) {
        if (state[row] & 127) continue;
        const verdict = geomap.verdict(start[row], end[row - singles], spanClass[row - singles], low, high);
        if (verdict) visit(row, state[row] ? geomap.POSSIBLE : verdict);
      }
    }

    /** The seven numbers for a window. */
    countIn(from, to) {
      const low = Math.min(this.days, Math.max(0, from - this.dayFirst));
      const high = Math.max(low, Math.min(this.days, to + 1 - this.dayFirst));
      let shown = this._sure[high] - this._sure[low];
      let possible = this._maybe[high] - this._maybe[low];
      this.eachSpan(from, to, (row, verdict) => {
        if (this.facts[row] & geomap.FACTS.extra) return;
        if (verdict === geomap.SHOWN) shown++;
        else possible++;
      });
      const { total, unplaced, undated, beyond, events } = this.header;
      const filtered = beyond.filtered + events - this.passing;
      const outside_dates = beyond.outside_dates + this.passing - shown - possible;
      return { total, shown, possible, outside_dates, filtered, unplaced, undated };
    }

    /** Sums over the days of single rows, so that a window is counted by two look-ups. */
    _sum() {
      this.days = this.count ? this.header.lastDay - this.dayFirst + 1 : 0;
      const sure = (this._sure = new Uint32Array(this.days + 1));
      const maybe = (this._maybe = new Uint32Array(this.days + 1));
      const { state, start, facts } = this;
      let passing = 0;
      for (let row = 0; row < this.count; row++) {
        if (state[row] & 127 || facts[row] & geomap.FACTS.extra) continue;
        passing++;
        if (row >= this.singles) continue;
        if (state[row]) maybe[start[row] + 1]++;
        else sure[start[row] + 1]++;
      }
      this.passing = passing;
      for (let day = 1; day <= this.days; day++) {
        sure[day] += sure[day - 1];
        maybe[day] += maybe[day - 1];
      }
    }
  };
})((globalThis.geomap ??= {}));
