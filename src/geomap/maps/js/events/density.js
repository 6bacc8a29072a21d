/* Very many events as hexagons of counts, and the areas among them as outlines with a number. */
import { CellCounts, hexAt, hexCells, hexMiddle } from "./cells.js";
import { markAt } from "./groups.js";
import { INK, drawPlaces } from "./marks.js";
import { RIM, classColour, classOf, classesFor } from "./ramp.js";

const SIDE = 11;
const MOST_AREAS = 150; // more outlines than that hide each other: the legend says how many
const AREA_COLOUR = "#444444";

/** The cells of a view with their counts; built anew when the map moves. */
export class Density {
  #sites;

  constructor(data, view) {
    this.data = data;
    this.view = view;
    this.cells = hexCells(data, view, SIDE * view.dpr);
    this.#sites = this.#sitesInView();
    this.refilter();
  }

  /** Areas and wide discs that touch the view, with the cell that counts them. */
  #sitesInView() {
    const { hexes, sites } = this.cells;
    return sites.flatMap((row, index) => {
      const mark = markAt(this.data, this.view, row);
      return mark ? [{ ...mark, rows: [row], cell: hexes + index, number: 0, certain: 0 }] : [];
    });
  }

  /** Other events pass now: they are counted anew, where they are stays. */
  refilter() {
    this.counts = new CellCounts(this.data, this.cells);
    this.counts.move(-Infinity, Infinity);
    // The classes are those of all days, so that a colour means the same while one drags.
    let most = 1;
    for (let index = 0; index < this.cells.hexes; index++) most = Math.max(most, this.counts.of(index));
    this.ends = classesFor(most);
  }

  /** Events in view and window, all cells together. */
  inView(from, to) {
    this.counts.move(from, to);
    return this.counts.total();
  }

  draw(ctx) {
    this.#drawHexagons(ctx);
    this.#drawSlashes(ctx);
    this.drawAreas(ctx);
  }

  #drawHexagons(ctx) {
    const { counts, cells, ends } = this;
    const paths = ends.map(() => new Path2D());
    const hollow = new Path2D();
    for (let index = 0; index < cells.hexes; index++) {
      const count = counts.of(index);
      if (!count) continue;
      const path = counts.sure[index] ? paths[classOf(ends, count)] : hollow;
      trace(path, hexMiddle(cells, index), cells.side * 0.96);
    }
    ctx.globalAlpha = 0.86;
    paths.forEach((path, index) => {
      ctx.fillStyle = classColour(ends, index);
      ctx.fill(path);
    });
    ctx.lineWidth = 1.5 * this.view.dpr;
    ctx.strokeStyle = RIM;
    ctx.stroke(hollow);
    ctx.globalAlpha = 1;
  }

  /** Where everything was planned, prevented or denied: a stroke, no fill. */
  #drawSlashes(ctx) {
    const { counts, cells } = this;
    const reach = cells.side * 0.45;
    this.notHappened = 0;
    ctx.beginPath();
    for (let index = 0; index < cells.hexes; index++) {
      const number = counts.of(cells.crossed + index);
      this.notHappened += number;
      if (!number || counts.of(index)) continue;
      const [x, y] = hexMiddle(cells, index);
      ctx.moveTo(x - reach, y + reach);
      ctx.lineTo(x + reach, y - reach);
    }
    ctx.lineWidth = 1.4 * this.view.dpr;
    ctx.strokeStyle = INK;
    ctx.stroke();
  }

  drawAreas(ctx) {
    const groups = this.#areaGroups();
    this.undrawn = Math.max(0, groups.length - MOST_AREAS);
    if (this.undrawn) groups.sort((a, b) => b.number - a.number);
    drawPlaces(ctx, this.view, this.data, groups.slice(0, MOST_AREAS), () => AREA_COLOUR);
  }

  /** The areas and wide discs of the window that touch the view, as groups to be drawn. */
  #areaGroups() {
    for (const group of this.#sites) {
      group.certain = this.counts.sure[group.cell];
      group.number = this.counts.of(group.cell);
    }
    return this.#sites.filter((group) => group.number);
  }

  /** The rows of the window under a pixel, newest first, at most `most`. */
  rowsAt(x, y, from, to, most) {
    const { cell, crossed } = this.cells;
    const index = hexAt(this.cells, x, y);
    let wanted = [index, crossed + index];
    if (!wanted.some((one) => this.counts.of(one))) {
      const near = this.#areaGroups().filter((group) => Math.hypot(group.x - x, group.y - y) <= group.ground);
      near.sort((a, b) => a.ground - b.ground);
      wanted = near.slice(0, 1).map((group) => group.cell);
    }
    const rows = [];
    const [one, other = one] = wanted;
    this.data.eachRow(from, to, (row) => {
      if (cell[row] === one || cell[row] === other) rows.push(row);
    });
    return rows.reverse().slice(0, most);
  }
}

function trace(path, [x, y], side) {
  for (let corner = 0; corner < 6; corner++) {
    const angle = (Math.PI / 3) * corner + Math.PI / 6;
    path[corner ? "lineTo" : "moveTo"](x + side * Math.cos(angle), y + side * Math.sin(angle));
  }
  path.closePath();
}
