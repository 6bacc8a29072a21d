/* The packed events: reading the bytes, the rule of time, and counting.

   Layout (little endian): "GME2", header length, header (JSON, padded), then columns, each
   padded to four bytes: x, y (Uint32, Mercator), first day (days since header.dayFirst in
   header.dayBytes), last day (the same, spanning rows only), radius (Uint8, place in
   header.radii), facts (Uint8: status, date precision << 3, geometry, extra marker), geo
   (Uint8: place precision), and one column for each of header.columns that has bytes. Rows of
   one certain day come first, sorted by day; spanning rows follow. */
import {
  CERTAIN, FACTS, FAILS_ANY, GEO_MASK, MAGIC, OPEN, OPEN_PRECISION, OUT, POSSIBLE, SHOWN, UNSURE, VAGUE,
} from "../shared/vocabulary.js";
import { markFailures } from "./filter.js";

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
export function verdict(start, end, timeClass, from, to) {
  if (start > to) return OUT;
  if (end < from) return timeClass === OPEN ? POSSIBLE : OUT;
  if (timeClass === VAGUE && (start < from || end > to)) return POSSIBLE;
  return SHOWN;
}

/** The code of a row in a column; 0 where every row has the same word. */
export const codeAt = ({ codes, shift, mask }, row) => (codes ? (codes[row] >> shift) & mask : 0);

export class EventsData {
  /** The columns of words: {words, codes, shift, mask}; no codes when every row has the first word. */
  columns = {};
  #timeClasses; // of the rows that are not one certain day
  #sureBefore; // sums over the days of single rows, so that a window is counted by two look-ups
  #unsureBefore;

  /** Read packed events; `filters` and `bits` as for `filter`. */
  constructor(buffer, filters = {}, bits = null) {
    const head = new DataView(buffer);
    if (head.getUint32(0, true) !== MAGIC) throw new Error("not packed events");
    const headerBytes = head.getUint32(4, true);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headerBytes)));
    const { rows, singles, dayFirst, lastDay, statuses, datePrecisions } = header;
    Object.assign(this, { header, count: rows, singles, dayFirst, days: rows ? lastDay - dayFirst + 1 : 0 });
    this.#read(buffer, 8 + headerBytes);
    this.notHappened = statuses.map((word) => header.notHappened.includes(word));
    const classes = datePrecisions.map((word) =>
      word === OPEN_PRECISION ? OPEN : header.vague.includes(word) ? VAGUE : CERTAIN,
    );
    const spans = this.facts.subarray(singles);
    this.#timeClasses = spans.map((facts) => classes[(facts >> FACTS.dateShift) & FACTS.date]);
    this.state = new Uint8Array(rows);
    this.filter(filters, bits);
  }

  #read(buffer, start) {
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
    const { statuses, datePrecisions, geoPrecisions } = header;
    this.columns.status = { words: statuses, codes: this.facts, shift: 0, mask: FACTS.status };
    this.columns.date = { words: datePrecisions, codes: this.facts, shift: FACTS.dateShift, mask: FACTS.date };
    this.columns.geo = { words: geoPrecisions, codes: this.geo, shift: 0, mask: GEO_MASK };
    for (const [name, { bytes, words }] of Object.entries(header.columns)) {
      const codes = bytes ? take(bytes === 1 ? Uint8Array : Uint16Array, n) : null;
      this.columns[name] = { words, codes, shift: 0, mask: 0xffff };
    }
  }

  /** Take other filters; `bits` is the server's answer to a search, or null. */
  filter(filters, bits) {
    markFailures(this, filters, bits);
    this.#sum();
  }

  /** The word of a row in a column. */
  wordOf(name, row) { return this.columns[name].words[codeAt(this.columns[name], row)] ?? null; }
  dayOf(row) { return this.start[row] + this.dayFirst; }

  lastDayOf(row) {
    return (row < this.singles ? this.start[row] : this.end[row - this.singles]) + this.dayFirst;
  }

  metresOf(row) { return this.header.radii[this.radius[row]] ?? 0; }
  shapeOf(row) { return this.header.shapes[this.geo[row] & GEO_MASK]; }
  timeClassOf(row) { return row < this.singles ? CERTAIN : this.#timeClasses[row - this.singles]; }

  /** Whether a row is on a road or in a zone of the header, which is drawn instead of a mark. */
  hasGeometry(row) { return (this.facts[row] & FACTS.geometry) !== 0; }

  /** Whether a row is one more marker of an event that has a row already. */
  isExtra(row) { return (this.facts[row] & FACTS.extra) !== 0; }

  /** Whether a row was planned, prevented or denied. */
  isNotHappened(row) { return this.notHappened[this.facts[row] & FACTS.status]; }

  /** The rows of one certain day inside the window: [first, beyond the last]. */
  singleRows(from, to) {
    const first = firstAtLeast(this.start, from - this.dayFirst, this.singles);
    const beyond = firstAtLeast(this.start, to + 1 - this.dayFirst, this.singles);
    return [first, Math.max(first, beyond)];
  }

  /** What the window makes of a row, whatever the filters. */
  windowVerdictOf(row, from, to) {
    return verdict(this.dayOf(row), this.lastDayOf(row), this.timeClassOf(row), from, to);
  }

  /** What the window and the filters make of a row. */
  verdictOf(row, from, to) {
    const state = this.state[row];
    if (state & FAILS_ANY) return OUT;
    const byDates = this.windowVerdictOf(row, from, to);
    return state ? Math.min(byDates, POSSIBLE) : byDates;
  }

  /** Calls visit(row, verdict) for every marker of the window that passes the filters. */
  eachRow(from, to, visit) {
    const [first, beyond] = this.singleRows(from, to);
    const { state } = this;
    for (let row = first; row < beyond; row++) {
      if (!state[row]) visit(row, SHOWN);
      else if (state[row] === UNSURE) visit(row, POSSIBLE);
    }
    this.eachSpan(from, to, visit);
  }

  /** The same for the rows that are not one certain day; they are in order of first day. */
  eachSpan(from, to, visit) {
    const { start, end, state, singles, count } = this;
    const timeClasses = this.#timeClasses;
    const [low, high] = [from - this.dayFirst, to - this.dayFirst];
    for (let row = singles; row < count && start[row] <= high; row++) {
      if (state[row] & FAILS_ANY) continue;
      const byDates = verdict(start[row], end[row - singles], timeClasses[row - singles], low, high);
      if (byDates) visit(row, state[row] ? POSSIBLE : byDates);
    }
  }

  /** The rows of the events, one each, that window and filters keep. */
  rowsIn(from, to) {
    const rows = [];
    this.eachRow(from, to, (row) => {
      if (!this.isExtra(row)) rows.push(row);
    });
    return rows;
  }

  /** The eight counts of a window. */
  countIn(from, to) {
    const low = Math.min(this.days, Math.max(0, from - this.dayFirst));
    const high = Math.max(low, Math.min(this.days, to + 1 - this.dayFirst));
    let shown = this.#sureBefore[high] - this.#sureBefore[low];
    let possible = this.#unsureBefore[high] - this.#unsureBefore[low];
    this.eachSpan(from, to, (row, byDates) => {
      if (this.isExtra(row)) return;
      if (byDates === SHOWN) shown++;
      else possible++;
    });
    const { total, unplaced, undated, hidden, beyond, events } = this.header;
    const filtered = beyond.filtered + events - this.passing;
    const outside_dates = beyond.outside_dates + this.passing - shown - possible;
    return { total, shown, possible, outside_dates, filtered, unplaced, undated, hidden };
  }

  #sum() {
    const { state, start, facts, days, count, singles } = this;
    const sure = (this.#sureBefore = new Uint32Array(days + 1));
    const unsure = (this.#unsureBefore = new Uint32Array(days + 1));
    let passing = 0;
    for (let row = 0; row < count; row++) {
      if (state[row] & FAILS_ANY || facts[row] & FACTS.extra) continue;
      passing++;
      if (row >= singles) continue;
      if (state[row]) unsure[start[row] + 1]++;
      else sure[start[row] + 1]++;
    }
    this.passing = passing;
    for (let day = 1; day <= days; day++) {
      sure[day] += sure[day - 1];
      unsure[day] += unsure[day - 1];
    }
  }
}
