/* Counts on a grid that the server made. */
import { wrappedX } from "./cells.js";
import { RIM, classColour, classOf, classesFor } from "./ramp.js";

/** A grid of the server, {cells: [[x, y, shown, possible]], size, ...}, with its classes. */
export function readGrid(buffer) {
  const grid = JSON.parse(new TextDecoder().decode(buffer));
  const largest = (most, [, , shown, possible]) => Math.max(most, shown + possible);
  return { ...grid, ends: classesFor(grid.cells.reduce(largest, 1)) };
}

/** Squares of counts in the classes of the legend; hollow where all is only possible. */
export function drawGrid(ctx, view, { cells, size, ends }) {
  const side = size * view.scale;
  ctx.lineWidth = 1.5 * view.dpr;
  ctx.strokeStyle = RIM;
  ctx.globalAlpha = 0.86;
  for (const [x, y, shown, possible] of cells) {
    const left = wrappedX(x * view.scale - view.left, view);
    const top = y * view.scale - view.top;
    ctx.fillStyle = classColour(ends, classOf(ends, shown + possible));
    if (shown) ctx.fillRect(left, top, side * 0.96, side * 0.96);
    else ctx.strokeRect(left + 1, top + 1, side * 0.9, side * 0.9);
  }
  ctx.globalAlpha = 1;
}
