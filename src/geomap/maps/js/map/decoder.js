/* The background's file: the world in cells (tools/build_basemap.py writes it), as paths to draw.

   From NEAR_ZOOM on only the cells in view are decoded; below it the whole world is drawn from
   fewer points. */
import { mercator } from "../shared/mercator.js";

const NEAR_ZOOM = 5;
const DETAIL_ZOOM = 6;
const FAR_PIXELS = 0.4; // points closer than this are left out below NEAR_ZOOM
const FILLS = [["land", "coasts"], ["lakes", "shores"]];
const LINES = ["rivers", "borders", "disputed", "divisions", "small_divisions"];
const NAMES = [...FILLS.flat(), ...LINES];

/** Reads whole numbers written in `digits` as sums: `axes` of them side by side, in units of `scale`. */
function decoderOf(digits) {
  const values = new Uint8Array(128);
  for (let i = 0; i < digits.length; i++) values[digits.charCodeAt(i)] = i;
  return (text, scale, axes = 2) => {
    const numbers = [];
    const sums = Array.from({ length: axes }, () => 0);
    let number = 0;
    let shift = 0;
    for (let i = 0; i < text.length; i++) {
      const value = values[text.charCodeAt(i)];
      number += (value & 31) << shift;
      shift += 5;
      if (value & 32) continue;
      const axis = numbers.length % axes;
      sums[axis] += number & 1 ? -(number >> 1) : number >> 1;
      numbers.push(sums[axis] / scale);
      number = shift = 0;
    }
    return numbers;
  };
}

/** The edges of a box (W, S, E, N) that a point lies on or beyond, as bits. */
function edgesAt(box, x, y) {
  return (x <= box[0]) | ((x >= box[2]) << 1) | ((y <= box[1]) << 2) | ((y >= box[3]) << 3);
}

/** Adds a line to a path, and to `edge` those parts that are not on the edge of its cell. */
function trace(points, step, path, edge, box) {
  let [lastX, lastY, before, isDrawing] = [NaN, NaN, 0, false];
  let from = null;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i];
    const y = points[i + 1];
    const isLast = i + 2 >= points.length;
    if (i && !isLast && Math.abs(x - lastX) < step && Math.abs(y - lastY) < step) continue;
    lastX = x; // not by a pair: there are a million points, and this runs before it is compiled
    lastY = y;
    const at = mercator(x, y);
    if (i) path.lineTo(at[0], at[1]);
    else path.moveTo(at[0], at[1]);
    if (!edge) continue;
    const here = edgesAt(box, x, y);
    if (!i || here & before) isDrawing = false;
    else {
      if (!isDrawing) edge.moveTo(from[0], from[1]);
      edge.lineTo(at[0], at[1]);
      isDrawing = true;
    }
    before = here;
    from = at;
  }
  if (edge) path.closePath();
}

const emptyPaths = () => Object.fromEntries(NAMES.map((name) => [name, new Path2D()]));

function addCell(paths, cell, step, decode) {
  for (const [fill, edge] of FILLS) {
    for (const ring of (cell[fill] ?? []).flat()) {
      if (step > 0.05 && ring.length < 12) continue; // an islet of less than a pixel
      trace(decode(ring, cell.scale), step, paths[fill], paths[edge], cell.box);
    }
  }
  for (const name of LINES) {
    for (const line of cell[name] ?? []) trace(decode(line, cell.scale), step, paths[name]);
  }
  return paths;
}

const boxOf = ([west, south, east, north]) => [...mercator(west, north), ...mercator(east, south)];

export class Background {
  #decode; #cells; #detailed;
  #far = {};
  #near = {};

  constructor({ digits, cells, detailed, towns, countries }) {
    const placed = (cell) => ({ cell, box: boxOf(cell.box) });
    this.#decode = decoderOf(digits);
    this.#cells = cells.map(placed);
    this.#detailed = detailed.map(placed);
    this.towns = this.#townsOf(towns);
    this.countries = countries.map(([name, x, y, zoom]) => [name, ...mercator(x, y), zoom]);
  }

  /** [name, x, y, population] of towns, largest first. */
  #townsOf({ names, at, scale, hundreds }) {
    const points = this.#decode(at, scale);
    const people = this.#decode(hundreds, 0.01, 1);
    return names.split("\n").map((name, i) => {
      const [x, y] = mercator(points[2 * i], points[2 * i + 1]);
      return [name, x, y, people[i]];
    });
  }

  /** The paths to draw a view with, in Mercator units. */
  paths(view) {
    if (view.zoom < NEAR_ZOOM) return this.#wholeWorld(Math.ceil(view.zoom));
    const sides = [view.left, view.top, view.left + view.width, view.top + view.height];
    const [west, north, east, south] = sides.map((side) => side / view.scale);
    const seen = this.#cells.filter(({ box: [a, b, c, d] }) => a < east && c > west && b < south && d > north);
    const isFine = view.zoom >= DETAIL_ZOOM;
    const key = seen.map((one) => this.#cells.indexOf(one)).join() + isFine;
    if (this.#near.key !== key) {
      const paths = emptyPaths();
      for (const one of seen) {
        const cell = this.#cellPaths(isFine ? this.#finest(one) : one);
        for (const name of NAMES) paths[name].addPath(cell[name]);
      }
      this.#near = { key, paths };
    }
    return this.#near.paths;
  }

  #finest(one) { return this.#detailed.find(({ box }) => String(box) === String(one.box)) ?? one; }

  #cellPaths(one) { return (one.paths ??= addCell(emptyPaths(), one.cell, 0, this.#decode)); }

  #wholeWorld(zoom) {
    if (this.#far.zoom === zoom) return this.#far.paths;
    const step = (FAR_PIXELS * 360) / (256 * Math.pow(2, zoom));
    const paths = emptyPaths();
    for (const { cell } of this.#cells) addCell(paths, cell, step, this.#decode);
    this.#far = { zoom, paths };
    return paths;
  }
}
