/* Where each row falls on the screen, kept until the map moves: hexagons, pixels or sites.

   While the dates are dragged only counts change, not places: with the cell of each row known,
   a window is counted by adding the days that came in and taking off those that went out. */
import { EQUATOR_METRES, FACTS, SHAPES, SHOWN, UNSURE, WORLD } from "../shared/vocabulary.js";

/** The pixel of x on the copy of the world that the canvas shows. */
export function wrappedX(x, view) {
  return x - Math.floor((x + 40 * view.dpr) / view.scale) * view.scale;
}

export function pixelOf(data, view, row) {
  const scale = view.scale / WORLD;
  return [wrappedX(data.x[row] * scale - view.left, view), data.y[row] * scale - view.top];
}

const sitesByData = new WeakMap();

/** Places of areas and of discs at least `wide` metres: rows that share one are counted together. */
function sitesOf(data, wide) {
  const known = sitesByData.get(data);
  if (known?.wide === wide) return known;
  const site = new Int32Array(data.count).fill(-1);
  const rows = []; // the first of each site
  const indexes = new Map();
  for (let row = 0; row < data.count; row++) {
    if (data.hasGeometry(row)) continue;
    const shape = data.shapeOf(row);
    if (shape !== SHAPES.area && (shape !== SHAPES.near || data.metresOf(row) < wide)) continue;
    const code = data.radius[row] * 2 + (shape === SHAPES.area ? 1 : 0);
    let byPlace = indexes.get(code);
    if (!byPlace) indexes.set(code, (byPlace = new Map()));
    // 21 bits of y are 20 m: nearer centres with the same x and radius are one site.
    const key = data.x[row] * 2097152 + (data.y[row] >>> 11);
    let index = byPlace.get(key);
    if (index === undefined) byPlace.set(key, (index = rows.push(row) - 1));
    site[row] = index;
  }
  const sites = { site, rows, wide };
  sitesByData.set(data, sites);
  return sites;
}

/** The cell of each row, -1 outside the view. Hexagons come first, then sites, then the
    hexagons of what did not happen (from `crossed` on). */
export function hexCells(data, view, side) {
  const [dx, dy] = [side * Math.sqrt(3), side * 1.5];
  const columns = Math.ceil(view.width / dx) + 2;
  const hexes = columns * (Math.ceil(view.height / dy) + 2);
  const wide = 2 ** Math.round(Math.log2((side / view.scale) * EQUATOR_METRES)); // metres of a cell
  const { site, rows: sites } = sitesOf(data, wide);
  const crossed = hexes + sites.length;
  const cell = new Int32Array(data.count);
  const { x, y, facts, count } = data;
  const { scale: world, left, top, width, height } = view;
  const scale = world / WORLD;
  const margin = 40 * view.dpr;
  const not = Uint8Array.from(data.notHappened);
  for (let row = 0; row < count; row++) {
    cell[row] = site[row] < 0 ? -1 : hexes + site[row];
    if (site[row] >= 0) continue;
    const py = y[row] * scale - top;
    if (py < 0 || py > height || facts[row] & FACTS.geometry) continue;
    let px = x[row] * scale - left;
    if (px < -margin || px >= world - margin) px = wrappedX(px, view);
    if (px < 0 || px > width) continue;
    const index = nearestHex(px, py, dx, dy, columns);
    cell[row] = not[facts[row] & FACTS.status] ? crossed + index : index;
  }
  return { cell, hexes, sites, crossed, columns, dx, dy, side, size: crossed + hexes };
}

/** The hexagon (pointed at the top) whose middle is nearest to a pixel. */
function nearestHex(px, py, dx, dy, columns) {
  // Both are at or above 0 here, where adding a half and cutting is rounding.
  let row = (py / dy + 0.5) | 0;
  let column = Math.max(0, (px / dx - (row & 1) / 2 + 0.5) | 0);
  const off = (py - row * dy) / dy;
  if (off * 3 > 1 || off * 3 < -1) {
    const away = (px - (column + (row & 1) / 2) * dx) / dx;
    const other = row + (off < 0 ? -1 : 1);
    const near = Math.round(px / dx - (other & 1) / 2);
    const offOther = (py - other * dy) / dy;
    const awayOther = (px - (near + (other & 1) / 2) * dx) / dx;
    // In units of dx and dy a hexagon is not round: compare true distances.
    const here = (away * dx) ** 2 + (off * dy) ** 2;
    if ((awayOther * dx) ** 2 + (offOther * dy) ** 2 < here) [row, column] = [other, near];
  }
  return Math.max(0, row) * columns + Math.max(0, column);
}

export const hexAt = ({ dx, dy, columns }, px, py) => nearestHex(px, py, dx, dy, columns);

export function hexMiddle({ columns, dx, dy }, index) {
  const row = Math.floor(index / columns);
  return [((index % columns) + (row & 1) / 2) * dx, row * dy];
}

/** Counts by cell that follow a window: single days by difference, spans each time. */
export class CellCounts {
  #data; #cell; #singles; #unsureSingles;
  #first = 0;
  #beyond = 0;

  constructor(data, { cell, size }) {
    this.#data = data;
    this.#cell = cell;
    this.#singles = new Int32Array(size);
    this.#unsureSingles = new Int32Array(size);
    this.sure = new Int32Array(size);
    this.unsure = new Int32Array(size);
  }

  of(index) { return this.sure[index] + this.unsure[index]; }

  /** All cells together. */
  total() {
    let sum = 0;
    for (let index = 0; index < this.sure.length; index++) sum += this.of(index);
    return sum;
  }

  move(from, to) {
    const [first, beyond] = this.#data.singleRows(from, to);
    if (first >= this.#beyond || beyond <= this.#first) {
      this.#add(this.#first, this.#beyond, -1);
      this.#add(first, beyond, 1);
    } else {
      this.#add(first, this.#first, 1);
      this.#add(this.#first, first, -1);
      this.#add(this.#beyond, beyond, 1);
      this.#add(beyond, this.#beyond, -1);
    }
    this.#first = first;
    this.#beyond = beyond;
    this.#addSpans(from, to);
  }

  #add(first, beyond, by) {
    const { state } = this.#data;
    const [cell, singles, unsureSingles] = [this.#cell, this.#singles, this.#unsureSingles];
    for (let row = first; row < beyond; row++) {
      if (cell[row] < 0) continue;
      if (!state[row]) singles[cell[row]] += by;
      else if (state[row] === UNSURE) unsureSingles[cell[row]] += by;
    }
  }

  #addSpans(from, to) {
    const { sure, unsure } = this;
    const cell = this.#cell;
    sure.set(this.#singles);
    unsure.set(this.#unsureSingles);
    this.#data.eachSpan(from, to, (row, verdict) => {
      if (cell[row] < 0) return;
      if (verdict === SHOWN) sure[cell[row]]++;
      else unsure[cell[row]]++;
    });
  }
}
