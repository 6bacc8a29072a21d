import assert from "node:assert/strict";
import { test } from "node:test";
import { latLng, mercator } from "#maps/shared/mercator.js";

globalThis.L = { Layer: class {} }; // the module's layer is a class of Leaflet's
const { degreesInWords, graticuleStep } = await import("#maps/map/graticule.js");

test("lines of the graticule come closer as the map does", () => {
  const steps = [0, 2, 5, 8, 12, 16].map(graticuleStep);
  assert.deepEqual(steps, steps.toSorted((a, b) => b - a));
  for (const zoom of [3, 5, 8, 12]) assert.ok(((256 * 2 ** zoom) / 360) * graticuleStep(zoom) >= 90);
});

test("degrees are written as maps write them", () => {
  assert.equal(degreesInWords(46, "EW"), "46° E");
  assert.equal(degreesInWords(-46.5, "EW"), "46°30′ W");
  assert.equal(degreesInWords(39.7525, "NS"), "39°45′09″ N");
  assert.equal(degreesInWords(0, "NS"), "0°");
  assert.equal(degreesInWords(-180, "EW"), "180°");
});

test("a position on the map is the same position on the ground again", () => {
  for (const [longitude, latitude] of [[0, 0], [46.75, 39.82], [-179.5, -60], [180, 85]]) {
    const { lat, lng } = latLng(...mercator(longitude, latitude));
    assert.ok(Math.abs(lat - latitude) < 1e-9 && Math.abs(lng - longitude) < 1e-9);
  }
});
