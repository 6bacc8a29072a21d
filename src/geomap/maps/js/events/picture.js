/* What is drawn of the events: marks, small marks, hexagons, or squares of counts.

   Few events in view are drawn one by one (groups.js, marks.js), many as hexagons of counts
   (density.js) or, where a person wants no hexagons, as small marks (stamps.js). */
import { pixelOf } from "./cells.js";
import { Density } from "./density.js";
import { drawGrid } from "./grid.js";
import { placesInView } from "./groups.js";
import { areaRadius, drawPlaces, drawSelection, isArea } from "./marks.js";
import { drawShapes, rowsOfShapesAt } from "./shapes.js";
import { Stamps } from "./stamps.js";
import { mainCode } from "./tallies.js";

const DIRECT = 20000; // so many in the window are looked through without cells
const CROWDED = 4000; // so many in view are no longer drawn one by one
const MOST_ROWS = 5000; // under one pixel

export class Picture {
  mode = "marks"; // or "hexagons", "stamps", "grid"
  groups = []; // the marks that are drawn one by one
  #cells = null;
  #stamps = null;
  #layer;

  /** `layer` has the `data`, `shapes`, window, `column` of the colours and `density` to draw. */
  constructor(layer) { this.#layer = layer; }

  /** Other data: nothing that was worked out holds any more. */
  clear() { this.#cells = this.#stamps = null; }

  /** The same rows in the colours of another column. */
  recolour() { this.#stamps = null; }

  /** The same rows, of which others pass the filters. */
  refilter() { this.#cells?.refilter(); }

  draw(ctx, view) {
    const { grid } = this.#layer;
    this.groups = [];
    if (grid) {
      this.mode = "grid";
      drawGrid(ctx, view, grid);
    } else {
      this.#drawData(ctx, view);
    }
    this.#drawSelected(ctx, view);
  }

  #drawData(ctx, view) {
    const { data, from, to, density } = this.#layer;
    const [first, beyond] = data.singleRows(from, to);
    const inWindow = beyond - first + data.count - data.singles;
    const isExact = inWindow > DIRECT || density === "on";
    const inView = isExact ? this.cellsOf(view).inView(from, to) : inWindow;
    const isCrowded = inView > CROWDED;
    this.mode = density === "on" || (isCrowded && density === "auto") ? "hexagons" : isCrowded ? "stamps" : "marks";
    if (this.mode === "marks") this.#drawMarks(ctx, view);
    else if (this.mode === "stamps") this.#drawStamps(ctx, view, inView);
    else {
      this.cellsOf(view).draw(ctx);
      this.#drawShapes(ctx, view);
    }
  }

  #drawMarks(ctx, view) {
    const { data, from, to } = this.#layer;
    this.#drawShapes(ctx, view);
    this.groups = placesInView(data, view, from, to);
    drawPlaces(ctx, view, data, this.groups, (group) => this.#colourOf(group.rows));
  }

  #drawStamps(ctx, view, count) {
    const { data, from, to, column } = this.#layer;
    const cells = this.cellsOf(view);
    cells.inView(from, to);
    this.#stamps ??= new Stamps(data, view, cells.cells, column);
    this.#stamps.draw(ctx, from, to, count);
    this.#drawShapes(ctx, view);
    cells.drawAreas(ctx);
  }

  #drawShapes(ctx, view) { drawShapes(ctx, view, this.#layer, (rows) => this.#colourOf(rows)); }

  /** The colour most of these rows have. */
  #colourOf(rows) {
    const { data, column } = this.#layer;
    return data.header.colours[column][mainCode(data, column, rows)];
  }

  #drawSelected(ctx, view) {
    const { data, selectedRow: row } = this.#layer;
    if (row === null || data.hasGeometry(row)) return;
    const [x, y] = pixelOf(data, view, row);
    const group = this.groups.find((one) => one.rows.includes(row));
    drawSelection(ctx, view, x, y, (group?.size ?? 5 * view.dpr) + 4 * view.dpr);
  }

  /** The cells of a view with their counts. */
  cellsOf(view) {
    if (this.#cells?.view !== view) {
      this.#cells = new Density(this.#layer.data, view);
      this.#stamps = null;
    }
    return this.#cells;
  }

  /** All rows at a pixel of the canvas: on discs, else on lit shapes, else in areas. */
  rowsAt(ctx, view, x, y) {
    const { isOnDisc, rows } = this.mode === "marks" ? this.#marksAt(view, x, y) : this.#crowdAt(x, y);
    return isOnDisc ? rows : [...rowsOfShapesAt(ctx, view, this.#layer, x, y), ...rows];
  }

  #crowdAt(x, y) {
    const { from, to } = this.#layer;
    const crowd = { hexagons: this.#cells, stamps: this.#stamps }[this.mode];
    const rows = crowd?.rowsAt(x, y, from, to, MOST_ROWS) ?? [];
    return { isOnDisc: rows.length > 0, rows };
  }

  /** Rows of the marks under a pixel, the nearest place first. */
  #marksAt(view, x, y) {
    const { start } = this.#layer.data;
    const reach = (group) => (isArea(group) ? areaRadius(group, view) : group.size + 4 * view.dpr);
    const away = (group) => Math.hypot(group.x - x, group.y - y);
    const near = this.groups.filter((group) => away(group) <= reach(group)).sort((a, b) => away(a) - away(b));
    const discs = near.filter((group) => !isArea(group));
    const newestFirst = (rows) => [...rows].sort((a, b) => start[b] - start[a]);
    const rows = (discs.length ? discs : near).flatMap((group) => newestFirst(group.rows));
    return { isOnDisc: discs.length > 0, rows: rows.slice(0, MOST_ROWS) };
  }

  /** What the legend says of squares or hexagons; null where there are none. */
  classes() {
    const counted = { grid: this.#layer.grid, hexagons: this.#cells }[this.mode];
    if (!counted) return null;
    const { ends, areas = 0, notHappened, undrawn = 0 } = counted;
    return { isGrid: this.mode === "grid", ends, areas, notHappened, undrawn };
  }
}
