/* Very many events as single marks: each place is a pixel first, and a small disc at the end. */
import { POSSIBLE, SHOWN } from "../shared/vocabulary.js";
import { pixelOf } from "./cells.js";
import { INK } from "./marks.js";
import { categoriesOf } from "./tallies.js";

// A mark is the number of its category from 1 on, and whether it is crossed or hollow.
const CATEGORY = 63;
const CROSSED = 64;
const HOLLOW = 128;
const PAPER = 0xe0ffffff;

function rgba(colour) {
  const value = parseInt(colour.slice(1), 16);
  return (0xff000000 | ((value & 255) << 16) | (value & 0xff00) | (value >> 16)) >>> 0;
}

/** Offsets, from the middle pixel, of a disc, of its rim and of a cross. */
function stampOf(radius, width) {
  const reach = Math.ceil(radius + 1);
  const [disc, rim, cross] = [[], [], []];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const distance = Math.hypot(dx, dy);
      if (distance <= radius - 0.5) disc.push(dy * width + dx);
      else if (distance <= radius + 0.6) rim.push(dy * width + dx);
      if (Math.abs(dx) === Math.abs(dy) && distance <= radius + 1) cross.push(dy * width + dx);
    }
  }
  return { disc: Int32Array.from(disc), rim: Int32Array.from(rim), cross: Int32Array.from(cross) };
}

/** Marks of a view, one pixel a place; areas and wide discs are left to the sites. */
export class Stamps {
  #data; #view; #categories; #column; #palette;
  #ink = rgba(INK);
  #pixel; #marks;

  constructor(data, view, cells, column) {
    const { series, of } = categoriesOf(data, column);
    this.#data = data;
    this.#view = view;
    this.#categories = of;
    this.#column = data.columns[column];
    this.#palette = Uint32Array.from(series.map((one) => one.colour), rgba);
    this.#pixel = pixelsOf(data, view, cells);
    this.#marks = new Uint8Array(view.width * view.height);
  }

  draw(ctx, from, to, count) {
    const data = this.#data;
    const [marks, pixel, categories] = [this.#marks, this.#pixel, this.#categories];
    const { codes, shift, mask } = this.#column;
    marks.fill(0);
    const set = (row, hollow) => {
      if (pixel[row] < 0) return;
      const crossed = data.isNotHappened(row) ? CROSSED : 0;
      marks[pixel[row]] = (categories[codes ? (codes[row] >> shift) & mask : 0] + 1) | crossed | hollow;
    };
    data.eachRow(from, to, (row, verdict) => verdict === POSSIBLE && set(row, HOLLOW));
    data.eachRow(from, to, (row, verdict) => verdict === SHOWN && set(row, 0));
    this.#spread(ctx, Math.max(1, this.#view.dpr * (count > 200000 ? 1.6 : count > 50000 ? 2.4 : 3.4)));
  }

  #spread(ctx, radius) {
    const { width, height } = this.#view;
    const [marks, palette, ink] = [this.#marks, this.#palette, this.#ink];
    const image = ctx.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const { disc, rim, cross } = stampOf(radius, width);
    for (let at = 0; at < marks.length; at++) {
      const mark = marks[at];
      if (!mark) continue;
      const colour = palette[(mark & CATEGORY) - 1];
      const edge = mark & HOLLOW ? colour : PAPER;
      for (let i = 0; i < rim.length; i++) pixels[at + rim[i]] = edge;
      if (!(mark & HOLLOW)) for (let i = 0; i < disc.length; i++) pixels[at + disc[i]] = colour;
      if (mark & CROSSED) for (let i = 0; i < cross.length; i++) pixels[at + cross[i]] = ink;
    }
    ctx.putImageData(image, 0, 0);
  }

  /** The rows of the window whose marks are under a pixel, the nearest first. */
  rowsAt(x, y, from, to, most) {
    const { width, dpr } = this.#view;
    const pixel = this.#pixel;
    const reach = (6 * dpr) ** 2;
    const near = [];
    this.#data.eachRow(from, to, (row) => {
      const at = pixel[row];
      if (at < 0) return;
      const distance = ((at % width) - x) ** 2 + (Math.floor(at / width) - y) ** 2;
      if (distance <= reach) near.push([distance, row]);
    });
    near.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return near.slice(0, most).map(([, row]) => row);
  }
}

/** The pixel of each row, -1 where its mark would not be whole or a site stands for it. */
function pixelsOf(data, view, cells) {
  const pixel = new Int32Array(data.count).fill(-1);
  const margin = Math.ceil(6 * view.dpr);
  for (let row = 0; row < data.count; row++) {
    const cell = cells.cell[row];
    if (cell < 0 || (cell >= cells.hexes && cell < cells.crossed)) continue;
    const [x, y] = pixelOf(data, view, row);
    if (x < margin || y < margin || x > view.width - margin || y > view.height - margin) continue;
    pixel[row] = (y | 0) * view.width + (x | 0);
  }
  return pixel;
}
