/* Lines of longitude and latitude on demand, with their degrees at the edges of the map. */
import { FONT, clear, drawText, meets } from "../shared/canvas.js";
import { latLng, mercator } from "../shared/mercator.js";
import { CanvasLayer } from "./canvas_layer.js";

const STEPS = [30, 20, 10, 5, 2, 1, 1 / 2, 1 / 3, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120, 1 / 360];
const FEWEST_PIXELS = 90;
const UNDER_BUTTONS = 46;

/** Degrees between two lines at a zoom: never closer than FEWEST_PIXELS at the equator. */
export function graticuleStep(zoom) {
  const pixels = (256 * Math.pow(2, zoom)) / 360;
  return STEPS.findLast((step) => step * pixels >= FEWEST_PIXELS) ?? STEPS[0];
}

/** A coordinate in words of a map: 46° E, 39°30′ N, 0°. */
export function degreesInWords(value, letters) {
  const seconds = Math.round(Math.abs(value) * 3600);
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  let text = parts[0] + "°";
  if (parts[1] || parts[2]) text += two(parts[1]) + "′";
  if (parts[2]) text += two(parts[2]) + "″";
  const isPlain = seconds === 0 || (letters === "EW" && seconds === 180 * 3600);
  return isPlain ? text : text + " " + letters[value < 0 ? 1 : 0];
}

/** Multiples of `step` between two values, inside `least` and `most`. */
function multiples(step, from, to, least, most) {
  const first = Math.ceil(Math.max(from, least) / step - 1e-9);
  const last = Math.floor(Math.min(to, most) / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

export class Graticule extends CanvasLayer {
  labels = []; // [left, top, right, bottom, text]

  constructor(colours) { super({ pane: "geomap-graticule", zIndex: 420, colours }); }

  draw(ctx, view) {
    clear(ctx, view);
    const step = graticuleStep(view.zoom);
    this.labels = [];
    ctx.font = `${10 * view.dpr}px ${FONT}`;
    ctx.textBaseline = "middle";
    const low = latLng(view.left / view.scale, (view.top + view.height) / view.scale);
    const high = latLng((view.left + view.width) / view.scale, view.top / view.scale);
    for (const x of multiples(step, low.lng, high.lng, -180, 180)) this.#drawMeridian(ctx, view, x);
    for (const y of multiples(step, low.lat, high.lat, -85, 85)) this.#drawParallel(ctx, view, y);
  }

  #drawMeridian(ctx, view, longitude) {
    const x = Math.round(mercator(longitude, 0)[0] * view.scale - view.left) + 0.5;
    const top = Math.max(0, -view.top);
    this.#drawLine(ctx, view, x, top, x, Math.min(view.height, view.scale - view.top));
    const text = degreesInWords(longitude, "EW");
    const width = ctx.measureText(text).width;
    const left = x - width / 2;
    const edge = Math.max(top, view.pad.y * view.dpr);
    const isFree = left >= (view.pad.x + UNDER_BUTTONS) * view.dpr;
    if (isFree) this.#drawLabel(ctx, view, text, left, edge + 9 * view.dpr, width);
  }

  #drawParallel(ctx, view, latitude) {
    const y = Math.round(mercator(0, latitude)[1] * view.scale - view.top) + 0.5;
    const right = Math.min(view.width, view.scale - view.left);
    this.#drawLine(ctx, view, Math.max(0, -view.left), y, right, y);
    const text = degreesInWords(latitude, "NS");
    const width = ctx.measureText(text).width;
    const edge = Math.min(right, view.width - view.pad.x * view.dpr);
    this.#drawLabel(ctx, view, text, edge - width - 5 * view.dpr, y, width);
  }

  #drawLine(ctx, view, x0, y0, x1, y1) {
    ctx.lineWidth = view.dpr * 0.8;
    ctx.strokeStyle = this.options.colours.country;
    ctx.globalAlpha = 0.45;
    ctx.beginPath();
    ctx.moveTo(x0, y0);
    ctx.lineTo(x1, y1);
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  #drawLabel(ctx, view, text, left, y, width) {
    const half = 7 * view.dpr;
    const box = [left - 2, y - half, left + width + 2, y + half];
    if (this.labels.some((label) => meets(box, label))) return;
    this.labels.push([...box, text]);
    const { country, land } = this.options.colours;
    drawText(ctx, view, text, left, y, country, land);
  }
}
