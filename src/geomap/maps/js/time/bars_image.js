/* The picture of the bars and their axis, kept until the data, the axis, the size or the colours
   change: once for the days inside the window and once, paler, for those outside. */
import { DAY_MS, isoOf } from "../shared/days.js";
import { barsOf, unitFor } from "./bars.js";

/** Pixels above the bars, for the band of the window, and below them, for the dates. */
export const STRIP = { band: 12, axis: 20 };
const ALPHA = { inside: { bar: 0.95, possible: 0.34 }, outside: { bar: 0.36, possible: 0.14 } };

export class BarsImage {
  inside = document.createElement("canvas");
  outside = document.createElement("canvas");
  bars = null;
  #key; #histogram;

  render(histogram, axis, size, style) {
    const key = [axis.start, axis.stop, size.width, size.height, size.dpr, style.key].join();
    if (key === this.#key && histogram === this.#histogram) return;
    this.#key = key;
    this.#histogram = histogram;
    const unit = unitFor(axis.days, size.width);
    this.bars = barsOf(histogram, unit, Math.floor(axis.start), Math.ceil(axis.stop) - 1);
    for (const [part, alpha] of Object.entries(ALPHA)) {
      const ctx = blank(this[part], size);
      drawBars(ctx, this.bars, axis, size, style, alpha);
      drawAxis(ctx, axis, size, style);
    }
  }
}

function blank(canvas, size) {
  canvas.width = Math.round(size.width * size.dpr);
  canvas.height = Math.round(size.height * size.dpr);
  const ctx = canvas.getContext("2d");
  ctx.scale(size.dpr, size.dpr);
  return ctx;
}

function drawBars(ctx, bars, axis, size, style, alpha) {
  const floor = size.height - STRIP.axis;
  const unit = bars.most ? (floor - STRIP.band - 2) / bars.most : 0;
  const tops = new Float64Array(bars.possible.length).fill(floor);
  const stack = (sums, colour, opacity) => {
    ctx.fillStyle = colour;
    ctx.globalAlpha = opacity;
    for (let bar = 0; bar < sums.length; bar++) {
      if (!sums[bar]) continue;
      const left = axis.x(bars.edges[bar], size.width);
      const wide = axis.x(bars.edges[bar + 1], size.width) - left;
      const high = sums[bar] * unit;
      tops[bar] -= high;
      ctx.fillRect(left, tops[bar], Math.max(1, wide - (wide > 3 ? 1 : 0)), high);
    }
  };
  for (const one of bars.series) stack(one.sums, one.colour ?? style.accent, alpha.bar);
  stack(bars.possible, style.text, alpha.possible);
  ctx.globalAlpha = 0.3;
  ctx.fillStyle = style.text;
  ctx.fillRect(0, floor, size.width, 1);
}

function drawAxis(ctx, axis, size, style) {
  const floor = size.height - STRIP.axis;
  ctx.fillStyle = style.text;
  ctx.font = `11px ${style.font}`;
  ctx.textBaseline = "top";
  let free = 0;
  for (const [day, label] of ticks(axis, size.width)) {
    const x = axis.x(day, size.width);
    const wide = ctx.measureText(label).width;
    if (x < free || x + wide > size.width) continue;
    ctx.globalAlpha = 0.45;
    ctx.fillRect(x, floor, 1, 4);
    ctx.globalAlpha = 0.85;
    ctx.fillText(label, x + 2, floor + 4);
    free = x + wide + 12;
  }
  if (!axis.whole) drawExtent(ctx, axis, size, style);
  ctx.globalAlpha = 1;
}

/** Under a zoomed axis: which part of the whole span it is. */
function drawExtent(ctx, axis, size, style) {
  const at = (day) => ((day - axis.first) / (axis.end - axis.first)) * size.width;
  const left = at(axis.start);
  ctx.globalAlpha = 0.2;
  ctx.fillRect(0, size.height - 3, size.width, 3);
  ctx.globalAlpha = 1;
  ctx.fillStyle = style.accent;
  ctx.fillRect(left, size.height - 3, Math.max(3, at(axis.stop) - left), 3);
}

/** Days to label: years, months or days, whichever fits the length. */
function* ticks(axis, width) {
  const labels = Math.max(2, width / 80);
  const from = new Date(Math.floor(axis.start) * DAY_MS);
  if (axis.days / labels > 20) {
    const lengths = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
    const months = lengths.find((n) => axis.days / 30 / n <= labels) ?? 1200;
    const startMonth = months >= 12 ? 0 : from.getUTCMonth() - (from.getUTCMonth() % months);
    for (let month = startMonth; ; month += months) {
      const day = Date.UTC(from.getUTCFullYear(), month, 1) / DAY_MS;
      if (day > axis.stop) return;
      if (day >= axis.start) yield [day, isoOf(day).slice(0, months >= 12 ? 4 : 7)];
    }
  }
  const step = Math.max(1, Math.ceil(axis.days / labels));
  for (let day = Math.ceil(axis.start); day < axis.stop; day += step) yield [day, isoOf(day)];
}
