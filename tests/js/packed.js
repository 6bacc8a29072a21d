/* Packed events for tests, written from the layout that events/data.js states. */
const STATUSES = ["reported", "claimed", "planned", "prevented", "denied"];
const DATES = ["day", "week", "month", "year", "range", "open"];
const PLACES = ["exact", "near", "admin1", "unknown"];
const SHAPES = ["exact", "near", "area", "unknown"];
const DEFAULTS = {
  x: 2 ** 31, y: 2 ** 31, first: 0, last: 0, date: "day", status: "reported", geo: "exact", type: "a", source: "s",
  radius: 0, geometry: false, extra: false,
};

/** Bytes of events, each an object of what differs from DEFAULTS; days are numbers. */
export function packed(events, { dayBytes = 4, ...header } = {}) {
  const all = events.map((event) => ({ ...DEFAULTS, ...event, last: event.last ?? event.first ?? 0 }));
  const isSingle = (event) => event.first === event.last && event.date === "day";
  const byDay = (some) => some.toSorted((a, b) => a.first - b.first);
  const rows = [...byDay(all.filter(isSingle)), ...byDay(all.filter((event) => !isSingle(event)))];
  const singles = all.filter(isSingle).length;
  const [dayFirst, lastDay] = [Math.min(...rows.map((one) => one.first)), Math.max(...rows.map((one) => one.last))];
  const types = [...new Set(rows.map((one) => one.type))];
  const sources = [...new Set(rows.map((one) => one.source))];
  const counted = rows.filter((one) => !one.extra).length;
  const head = {
    rows: rows.length, singles, dayBytes, dayFirst, lastDay, events: counted, total: counted, unplaced: 0, undated: 0, hidden: 0,
    statuses: STATUSES, notHappened: STATUSES.slice(2), datePrecisions: DATES, vague: DATES.slice(1, 5),
    geoPrecisions: PLACES, shapes: SHAPES, radii: [0, 5000, 20000],
    beyond: { filtered: 0, outside_dates: 0 },
    columns: { type: { words: types, bytes: 1 }, source: { words: sources, bytes: sources.length > 1 ? 2 : 0 },
      batch: { words: ["one"], bytes: 0 } },
    colours: { type: types.map((_, n) => `#00000${n}`) },
    ...header,
  };
  const Days = dayBytes === 2 ? Uint16Array : Uint32Array;
  const columns = [
    Uint32Array.from(rows, (one) => one.x),
    Uint32Array.from(rows, (one) => one.y),
    Days.from(rows, (one) => one.first - dayFirst),
    Days.from(rows.slice(singles), (one) => one.last - dayFirst),
    Uint8Array.from(rows, (one) => one.radius),
    Uint8Array.from(rows, (one) =>
      STATUSES.indexOf(one.status) | (DATES.indexOf(one.date) << 3) | (one.geometry ? 64 : 0) | (one.extra ? 128 : 0)),
    Uint8Array.from(rows, (one) => PLACES.indexOf(one.geo)),
    Uint8Array.from(rows, (one) => types.indexOf(one.type)),
    ...(sources.length > 1 ? [Uint16Array.from(rows, (one) => sources.indexOf(one.source))] : []),
  ];
  const words = new TextEncoder().encode(JSON.stringify(head));
  const padded = (length) => Math.ceil(length / 4) * 4;
  const size = columns.reduce((sum, column) => sum + padded(column.byteLength), 8 + padded(words.length));
  const bytes = new Uint8Array(size).fill(32);
  new DataView(bytes.buffer).setUint32(0, 0x32454d47, true);
  new DataView(bytes.buffer).setUint32(4, padded(words.length), true);
  bytes.set(words, 8);
  let at = 8 + padded(words.length);
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer), at);
    at += padded(column.byteLength);
  }
  return bytes.buffer;
}

/** Numbers from 0 to 1 that are the same at each run. */
export function dice(seed = 7) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Many events of all kinds. */
export function manyEvents(number) {
  const roll = dice();
  const one = (words) => words[Math.floor(roll() * words.length)];
  return Array.from({ length: number }, () => {
    const date = one([...DATES, "day", "day", "day"]);
    const first = 19000 + Math.floor(roll() * 200);
    return {
      x: Math.floor(2 ** 31 + roll() * 2 ** 24), y: Math.floor(2 ** 31 + roll() * 2 ** 24),
      first, last: roll() < 0.5 && date === "day" ? first : first + Math.floor(roll() * 40),
      date, status: one(STATUSES), geo: one(PLACES), type: one(["a", "b", "c", null]), source: one(["s", "t"]),
      radius: one([1, 2]), extra: roll() < 0.05, geometry: roll() < 0.03,
    };
  });
}

/** Calls visit(from, to) with windows of days, some of them open. */
export function eachWindow(number, visit) {
  const roll = dice(20);
  for (let n = 0; n < number; n++) {
    const [from, to] = [18990 + Math.floor(roll() * 260), 18990 + Math.floor(roll() * 260)];
    visit(roll() < 0.2 ? -Infinity : Math.min(from, to), roll() < 0.2 ? Infinity : Math.max(from, to));
  }
}
