/* The marks of a view: events at one place with one precision are one mark with a number. */
import { groundUnits } from "../shared/mercator.js";
import { SHAPES, SHOWN, WORLD } from "../shared/vocabulary.js";
import { pixelOf } from "./cells.js";

/** Where and how large a row would be drawn; null when it does not touch the canvas. */
export function markAt(data, view, row) {
  const [x, y] = pixelOf(data, view, row);
  const metres = data.metresOf(row);
  const ground = metres ? groundUnits(metres, data.y[row] / WORLD) * view.scale : 0;
  const reach = 20 * view.dpr + ground;
  if (x < -reach || y < -reach || x > view.width + reach || y > view.height + reach) return null;
  return { x, y, shape: data.shapeOf(row), ground, size: 5 * view.dpr };
}

/** Groups the markers in view: [{x, y, shape, rows, number, certain, ground, size}]. */
export function placesInView(data, view, from, to) {
  const byX = new Map();
  const groups = [];
  data.eachRow(from, to, (row, verdict) => {
    if (data.hasGeometry(row)) return;
    const shape = data.shapeOf(row);
    const spread = shape === SHAPES.area || shape === SHAPES.near ? data.radius[row] : 0;
    const column = byX.get(data.x[row]) ?? [];
    let group = column.find((one) => one.at === data.y[row] && one.shape === shape && one.spread === spread);
    if (!group) {
      const mark = markAt(data, view, row);
      group = { ...mark, shape, at: data.y[row], spread, rows: [], certain: 0, isOut: !mark };
      column.push(group);
      byX.set(data.x[row], column);
      if (mark) groups.push(group);
    }
    if (group.isOut) return;
    group.rows.push(row);
    if (verdict === SHOWN) group.certain++;
  });
  for (const group of groups) {
    group.number = group.rows.length;
    group.size = discSize(group.number) * view.dpr;
  }
  return groups;
}

function discSize(number) {
  return number === 1 ? 5 : Math.min(15, 6.5 + 1.5 * Math.log2(number));
}
