import assert from "node:assert/strict";
import { test } from "node:test";
import { EventsData } from "#maps/events/data.js";
import { readBits } from "#maps/events/filter.js";
import { categoriesOf, facetsOf, histogramOf } from "#maps/events/tallies.js";
import { FAILS, FAILS_ANY, FAILS_SERVER, POSSIBLE, SHOWN, UNSURE } from "#maps/shared/vocabulary.js";
import { eachWindow, manyEvents, packed } from "./packed.js";

const EVENTS = manyEvents(500);
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

function bitsOf(rows, planes) {
  const size = Math.ceil(rows / 8);
  const bytes = new Uint8Array(8 + size * planes.length);
  new DataView(bytes.buffer).setUint32(0, rows, true);
  bytes[4] = planes.length;
  planes.forEach((passes, plane) => {
    for (let row = 0; row < rows; row++) if (passes(row)) bytes[8 + plane * size + (row >> 3)] |= 1 << (row & 7);
  });
  return readBits(bytes.buffer);
}

test("each row has the bits of exactly the criteria that it fails", () => {
  const data = new EventsData(packed(EVENTS));
  data.filter({ type: ["a", null], source: [], status: ["reported"], precision: ["day", "month", "near"] }, null);
  for (let row = 0; row < data.count; row++) {
    const fails =
      (["a", null].includes(data.wordOf("type", row)) ? 0 : FAILS.type) |
      (data.wordOf("status", row) === "reported" ? 0 : FAILS.status) |
      (["day", "month"].includes(data.wordOf("date", row)) ? 0 : FAILS.date) |
      (data.wordOf("geo", row) === "near" ? 0 : FAILS.geo);
    assert.equal(data.state[row], fails);
  }
});

test("a precision of dates alone asks nothing of places, and one of places nothing of dates", () => {
  const data = new EventsData(packed(EVENTS));
  const passing = (precision) => {
    data.filter({ precision }, null);
    return data.passing;
  };
  const having = (name, word) =>
    data.rowsIn(-Infinity, Infinity).filter((row) => data.wordOf(name, row) === word).length;
  const [days, near] = [having("date", "month"), having("geo", "near")];
  assert.deepEqual([passing(["month"]), passing(["near"])], [days, near]);
  assert.ok(days > 0 && near > 0);
});

test("a precision that nothing has passes nothing, and says which criterion did it", () => {
  const data = new EventsData(packed(EVENTS));
  data.filter({ type: ["a"], precision: ["unheard of"] }, null);
  assert.ok(data.state.every((state) => state & FAILS.geo));
  assert.ok(data.state.some((state) => state & FAILS.type));
  assert.equal(data.passing, 0);
});

test("bits of the server leave rows out or make them possible at best", () => {
  const data = new EventsData(packed(EVENTS));
  data.filter({}, bitsOf(data.count, [(row) => row % 3 > 0, (row) => row % 3 === 1]));
  for (let row = 0; row < data.count; row++) {
    assert.equal(data.state[row], [FAILS_SERVER, 0, UNSURE][row % 3]);
    if (row % 3 === 2) assert.ok(data.verdictOf(row, -Infinity, Infinity) <= POSSIBLE);
  }
  assert.equal(FAILS_ANY & UNSURE, 0);
});

test("bits of other events are not used", () => {
  const data = new EventsData(packed(EVENTS));
  data.filter({}, bitsOf(data.count + 1, [() => false]));
  assert.ok(data.state.every((state) => state === 0));
});

test("the number beside a word is what a reader would get by choosing it", () => {
  const data = new EventsData(packed(EVENTS));
  const filters = { type: ["a"], status: ["denied", "reported"], precision: ["exact"] };
  eachWindow(10, (from, to) => {
    data.filter(filters, null);
    const { facets } = facetsOf(data, from, to, "type");
    for (const name of ["type", "source", "status"]) {
      data.columns[name].words.forEach((word, code) => {
        data.filter({ ...filters, [name]: [word] }, null);
        const { shown, possible } = data.countIn(from, to);
        assert.equal(facets[name][code], shown + possible, `${name} ${word}`);
      });
    }
  });
});

test("a bar of the histogram is what a window of its day shows", () => {
  const data = new EventsData(packed(EVENTS));
  data.filter({ source: ["s"] }, null);
  const { first, series, possible } = histogramOf(data, "type");
  for (let day = 0; day < possible.length; day++) {
    const counts = data.countIn(first + day, first + day);
    assert.equal(sum(series.map(({ shown }) => shown[day])), counts.shown, `shown on day ${day}`);
    assert.equal(possible[day], counts.possible, `possible on day ${day}`);
  }
  assert.equal(SHOWN > POSSIBLE, true);
});

test("a column has ten categories at most, and the last is all other words", () => {
  const events = Array.from({ length: 30 }, (_, n) => ({ first: n, type: `t${n}` }));
  const colours = { type: events.map((_, n) => (n < 9 ? `#11111${n}` : "#999999")) };
  const { series, of } = categoriesOf(new EventsData(packed(events, { colours })), "type");
  assert.equal(series.length, 10);
  assert.equal(series[9].name, "other");
  assert.deepEqual([...of].slice(8, 12), [8, 9, 9, 9]);
});
