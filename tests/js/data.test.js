import assert from "node:assert/strict";
import { test } from "node:test";
import { EventsData, verdict } from "#maps/events/data.js";
import { CERTAIN, OPEN, OUT, POSSIBLE, SHOWN, VAGUE } from "#maps/shared/vocabulary.js";
import { eachWindow, manyEvents, packed } from "./packed.js";

const EVENTS = manyEvents(600);

test("a span is shown, possible or out by its days and its precision", () => {
  const cases = [
    [CERTAIN, 10, 12, 12, 20, SHOWN], // a stretch of days that only touches the window
    [CERTAIN, 10, 12, 13, 20, OUT],
    [VAGUE, 10, 12, 10, 12, SHOWN], // some day of the span is surely inside
    [VAGUE, 10, 12, 11, 20, POSSIBLE],
    [VAGUE, 10, 12, 1, 9, OUT],
    [OPEN, 10, 12, 12, 20, SHOWN],
    [OPEN, 10, 12, 13, 20, POSSIBLE], // nobody said that it had ended
    [OPEN, 10, 12, 1, 9, OUT],
  ];
  for (const [kind, start, end, from, to, wanted] of cases) assert.equal(verdict(start, end, kind, from, to), wanted);
  assert.equal(verdict(10, 12, VAGUE, -Infinity, Infinity), SHOWN);
});

test("bytes that are not packed events are refused", () => {
  assert.throws(() => new EventsData(new ArrayBuffer(64)), /not packed events/);
});

for (const dayBytes of [2, 4]) {
  test(`every row comes out as it went in, with days of ${dayBytes} bytes`, () => {
    const data = new EventsData(packed(EVENTS, { dayBytes }));
    const read = Array.from({ length: data.count }, (_, row) =>
      [data.wordOf("type", row), data.wordOf("source", row), data.wordOf("status", row), data.wordOf("geo", row),
        data.wordOf("date", row), data.dayOf(row), data.lastDayOf(row), data.x[row], data.y[row], data.isExtra(row),
        data.hasGeometry(row)].join());
    const written = EVENTS.map(({ type, source, status, geo, date, first, last, x, y, extra, geometry }) =>
      [type, source, status, geo, date, first, last, x, y, extra, geometry].join());
    assert.deepEqual(read.sort(), written.sort());
  });
}

test("a column whose rows share one word has no bytes and still its word", () => {
  const data = new EventsData(packed([{ source: "only" }, { first: 3, source: "only" }]));
  assert.equal(data.wordOf("source", 1), "only");
  assert.equal(data.wordOf("batch", 0), "one");
});

test("the rows of a window are those whose verdict is not out", () => {
  const data = new EventsData(packed(EVENTS));
  eachWindow(80, (from, to) => {
    const visited = new Map();
    data.eachRow(from, to, (row, is) => visited.set(row, is));
    for (let row = 0; row < data.count; row++) assert.equal(visited.get(row) ?? OUT, data.verdictOf(row, from, to));
    const rows = data.rowsIn(from, to);
    assert.deepEqual(rows, [...visited.keys()].filter((row) => !data.isExtra(row)));
  });
});

test("the eight counts are those of the rows one by one, and add up to all", () => {
  const beyond = { filtered: 3, outside_dates: 5 };
  const total = EVENTS.filter((event) => !event.extra).length + 3 + 5 + 7 + 11 + 3;
  const data = new EventsData(packed(EVENTS, { beyond, unplaced: 7, undated: 11, hidden: 3, total }));
  for (const filters of [{}, { type: ["a"] }, { status: ["denied"], precision: ["exact", "day"] }]) {
    data.filter(filters, null);
    eachWindow(60, (from, to) => {
      const counts = data.countIn(from, to);
      const number = (wanted) =>
        data.rowsIn(from, to).filter((row) => data.verdictOf(row, from, to) === wanted).length;
      assert.equal(counts.shown, number(SHOWN));
      assert.equal(counts.possible, number(POSSIBLE));
      const { total: all, ...parts } = counts;
      assert.equal(Object.values(parts).reduce((a, b) => a + b), all);
    });
  }
});

test("no events have eight counts of nothing", () => {
  const data = new EventsData(packed([], { dayFirst: 0, lastDay: 0 }));
  assert.equal(Object.values(data.countIn(-Infinity, Infinity)).every((number) => number === 0), true);
});
