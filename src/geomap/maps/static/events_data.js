/* The packed events: reading the bytes, the rule of time, and counting.

   Layout (little endian): "GME1", header length, labels length; header (JSON); x, y
   (Uint32, Mercator), first day (Int32), last day (Int32, spanning rows only), radius
   (Uint16, 100 m), type, look (Uint8), time class (Uint8, spanning rows only); labels
   (JSON). Rows of one certain day come first, sorted by day; spanning rows follow. */
(function (geomap) {
  "use strict";
  const MAGIC = 0x31454d47;
  geomap.OUT = 0;
  geomap.POSSIBLE = 1;
  geomap.SHOWN = 2;
  geomap.LOOK = { shape: 7, notHappened: 8, unsure: 16, geometry: 64, extra: 128 };
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
      const labelBytes = head.getUint32(8, true);
      const text = new TextDecoder();
      this.header = JSON.parse(text.decode(new Uint8Array(buffer, 12, headerBytes)));
      const n = (this.count = this.header.rows);
      this.singles = this.header.singles;
      const spans = n - this.singles;
      let at = 12 + headerBytes;
      const take = (Type, length) => {
        const array = new Type(buffer, at, length);
        at += length * Type.BYTES_PER_ELEMENT;
        return array;
      };
      this.x = take(Uint32Array, n);
      this.y = take(Uint32Array, n);
      this.start = take(Int32Array, n);
      this.end = take(Int32Array, spans);
      this.radius = take(Uint16Array, n);
      this.type = take(Uint8Array, n);
      this.look = take(Uint8Array, n);
      this.timeClass = take(Uint8Array, spans);
      this._labels = () => JSON.parse(text.decode(new Uint8Array(buffer, at, labelBytes)));
      this._countExtras();
    }

    /** Ids and titles are read only when somebody asks for one. */
    label(row) {
      this._read ??= this._labels();
      return { id: this._read.ids[row], title: this._read.titles?.[row] ?? null };
    }

    rowOf(id) {
      this._read ??= this._labels();
      return this._read.ids.indexOf(id);
    }

    endOf(row) {
      return row < this.singles ? this.start[row] : this.end[row - this.singles];
    }

    /** The rows of one certain day inside the window: [first, beyond the last]. */
    singleRows(from, to) {
      const first = firstAtLeast(this.start, from, this.singles);
      return [first, Math.max(first, firstAtLeast(this.start, to + 1, this.singles))];
    }

    verdictOf(row, from, to) {
      const timeClass = row < this.singles ? 0 : this.timeClass[row - this.singles];
      const verdict = geomap.verdict(this.start[row], this.endOf(row), timeClass, from, to);
      return this.look[row] & geomap.LOOK.unsure ? Math.min(verdict, geomap.POSSIBLE) : verdict;
    }

    /** The events (not their markers) that the window shows, and those it may show. */
    countIn(from, to) {
      const [first, beyond] = this.singleRows(from, to);
      let shown = beyond - first;
      if (this._extras) shown -= this._extras[beyond] - this._extras[first];
      let possible = 0;
      for (let row = this.singles; row < this.count; row++) {
        if (this.look[row] & geomap.LOOK.extra) continue;
        const verdict = this.verdictOf(row, from, to);
        if (verdict === geomap.SHOWN) shown++;
        else if (verdict === geomap.POSSIBLE) possible++;
      }
      return { shown, possible };
    }

    _countExtras() {
      const sums = new Uint32Array(this.singles + 1);
      for (let row = 0; row < this.singles; row++) {
        sums[row + 1] = sums[row] + (this.look[row] & geomap.LOOK.extra ? 1 : 0);
      }
      this._extras = sums[this.singles] ? sums : null;
    }
  };
})((globalThis.geomap ??= {}));
