import assert from "node:assert/strict";
import { test } from "node:test";
import { CellCounts, hexAt, hexCells, hexMiddle, pixelOf } from "#maps/events/cells.js";
import { EventsData } from "#maps/events/data.js";
import { classOf, classWords, classesFor } from "#maps/events/ramp.js";
import { dice, eachWindow, manyEvents, packed } from "./packed.js";

/** A view of 800 by 600 pixels whose corner is the middle of the world. */
const VIEW = { zoom: 8, dpr: 1, scale: 256 * 2 ** 8, left: 256 * 2 ** 7, top: 256 * 2 ** 7, width: 800, height: 600 };
const data = new EventsData(packed(manyEvents(800)));

test("a pixel is in the hexagon whose middle is nearest", () => {
  const cells = hexCells(data, VIEW, 11);
  const roll = dice(3);
  for (let n = 0; n < 400; n++) {
    const [x, y] = [roll() * VIEW.width, roll() * VIEW.height];
    const away = (index) => Math.hypot(hexMiddle(cells, index)[0] - x, hexMiddle(cells, index)[1] - y);
    const nearest = Math.min(...Array.from({ length: cells.hexes }, (_, index) => away(index)));
    assert.ok(away(hexAt(cells, x, y)) - nearest < 1e-6);
  }
});

test("every marker in view is in one cell: a hexagon, a site, or a hexagon of what did not happen", () => {
  const { cell, hexes, crossed, size } = hexCells(data, VIEW, 11);
  for (let row = 0; row < data.count; row++) {
    const [x, y] = pixelOf(data, VIEW, row);
    const isInView = x >= 0 && y >= 0 && x <= VIEW.width && y <= VIEW.height;
    const isArea = data.shapeOf(row) === "area" || (data.shapeOf(row) === "near" && data.metresOf(row) > 6000);
    if (data.hasGeometry(row)) assert.equal(cell[row], -1);
    else if (isArea) assert.ok(cell[row] >= hexes && cell[row] < crossed);
    else if (!isInView) assert.equal(cell[row], -1);
    else if (data.isNotHappened(row)) assert.ok(cell[row] >= crossed && cell[row] < size);
    else assert.ok(cell[row] >= 0 && cell[row] < hexes);
  }
});

test("areas with the same middle and radius are one site", () => {
  const one = { geo: "admin1", radius: 2, x: 2 ** 31, y: 2 ** 31 };
  const events = [one, { ...one, first: 3 }, { ...one, radius: 1, first: 4 }, { ...one, x: 2 ** 31 + 900, first: 5 }];
  const { cell, sites } = hexCells(new EventsData(packed(events)), VIEW, 11);
  assert.equal(sites.length, 3);
  assert.equal(cell[0], cell[1]);
  assert.equal(new Set(cell).size, 3);
});

test("a marker east of the date line is on the copy of the world that is in view", () => {
  const events = new EventsData(packed([{ x: 1, y: 2 ** 31 }]));
  const [x] = pixelOf(events, { ...VIEW, left: VIEW.scale - 100 }, 0);
  assert.ok(Math.abs(x - 100) < 1);
});

test("counts that follow a window by its difference are the counts anew", () => {
  const cells = hexCells(data, VIEW, 11);
  const kept = new CellCounts(data, cells);
  eachWindow(120, (from, to) => {
    kept.move(from, to);
    const anew = new CellCounts(data, cells);
    anew.move(from, to);
    assert.deepEqual(kept.sure, anew.sure);
    assert.deepEqual(kept.unsure, anew.unsure);
  });
});

test("classes of a density begin at one, grow, and hold every count", () => {
  for (const most of [1, 2, 3, 7, 40, 999, 1e6]) {
    const ends = classesFor(most);
    assert.equal(ends[0], 1);
    assert.ok(ends.length <= 6 && ends.every((end, i) => !i || end > ends[i - 1]));
    assert.ok(ends.at(-1) <= Math.max(1, most));
    ends.forEach((end, index) => assert.equal(classOf(ends, end), index));
    assert.equal(classOf(ends, most), ends.length - 1);
  }
  assert.deepEqual(classWords([1, 2, 5]), ["1", "2 to 4", "5 or more"]);
});
