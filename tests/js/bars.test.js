import assert from "node:assert/strict";
import { test } from "node:test";
import { isoOf, unitStart } from "#maps/shared/days.js";
import { Axis } from "#maps/time/axis.js";
import { barsOf, unitFor } from "#maps/time/bars.js";

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const FIRST = 19236; // 2022-09-01
const histogram = {
  first: FIRST,
  series: [{ colour: "#111111", shown: Array.from({ length: 120 }, (_, day) => day % 9) }],
  possible: Array.from({ length: 120 }, (_, day) => (day % 30 < 4 ? 3 : 0)),
};

for (const unit of ["week", "month", "year"]) {
  test(`bars of a ${unit} hold the days that those of a day hold`, () => {
    const { edges, series, possible, most } = barsOf(histogram, unit, FIRST, FIRST + 119);
    assert.equal(sum(series[0].sums), sum(histogram.series[0].shown));
    assert.equal(sum(possible), sum(histogram.possible));
    for (const edge of edges) assert.equal(unitStart(edge, unit), edge, isoOf(edge));
    assert.ok(edges[0] <= FIRST && edges.at(-1) > FIRST + 119);
    assert.equal(most, Math.max(...possible.map((number, bar) => number + series[0].sums[bar])));
  });
}

test("bars are as fine as the width allows", () => {
  const units = [60, 1000, 4000, 40000].map((days) => unitFor(days, 600));
  assert.deepEqual(units, ["day", "week", "month", "year"]);
});

test("an axis that is zoomed keeps its middle and stays within the days", () => {
  const axis = new Axis();
  axis.span(0, 999);
  const about = 300;
  const x = axis.x(about, 800);
  axis.zoom(0.5, about);
  assert.equal(axis.days, 500);
  assert.ok(Math.abs(axis.x(about, 800) - x) < 1e-9);
  axis.pan(1e6);
  assert.deepEqual([axis.start, axis.stop], [500, 1000]);
  assert.equal(axis.pan(1), false);
  axis.zoom(1000, 700);
  assert.ok(axis.whole);
});

test("an axis follows a window that leaves it", () => {
  const axis = new Axis();
  axis.span(0, 999);
  axis.zoom(0.1, 50);
  assert.equal(axis.follow(50, 60), false);
  assert.equal(axis.follow(700, 720), true);
  assert.ok(axis.start <= 700 && axis.stop >= 721);
});
