/* One frame of the time control: two clips of a kept picture, the window and its handles. */
import { STRIP } from "./bars_image.js";

const HANDLE = 28;
const INNER = HANDLE / 2;
const FALLBACK = { accent: "#0b6e8a", text: "#262b30" };

/** Colours and typeface of the page; read when they may have changed, not at each frame. */
export function styleOf(root) {
  const look = getComputedStyle(root);
  const accent = look.getPropertyValue("--st-primary-color").trim() || FALLBACK.accent;
  const text = look.color || FALLBACK.text;
  return { accent, text, font: look.fontFamily, key: accent + text + look.fontFamily };
}

/** Left and right edge of the window in pixels, kept on the strip. */
export function windowEdges(timeline, width) {
  const [from, to] = timeline.shownWindow();
  const onStrip = (x) => Math.max(0, Math.min(width, x));
  return [onStrip(timeline.axis.x(from, width)), onStrip(timeline.axis.x(to + 1, width))];
}

export function paintStrip(timeline) {
  const { canvas, image, size, style } = timeline;
  if (!size.width || !size.height) return;
  image.render(timeline.histogram, timeline.axis, size, style);
  const ctx = canvas.getContext("2d");
  const { width, height } = canvas;
  const [left, right] = windowEdges(timeline, size.width);
  const band = Math.round(STRIP.band * size.dpr);
  const floor = Math.round((size.height - STRIP.axis) * size.dpr);
  const x = Math.min(width - 2, Math.round(left * size.dpr));
  const wide = Math.max(2, Math.round(right * size.dpr) - x);
  ctx.globalAlpha = 1;
  ctx.clearRect(0, 0, width, height);
  ctx.drawImage(image.outside, 0, 0);
  if (!timeline.isEmpty) {
    const box = { x, wide, band, floor, dpr: size.dpr };
    ctx.clearRect(x, band, wide, floor - band);
    drawWindow(ctx, style, box);
    ctx.globalAlpha = 1;
    ctx.drawImage(image.inside, x, band, wide, floor - band, x, band, wide, floor - band);
    drawEdges(ctx, style, box, timeline.isCumulative);
  }
  placeHandles(timeline, left, right);
}

function drawWindow(ctx, style, { x, wide, band, floor, dpr }) {
  ctx.fillStyle = style.accent;
  ctx.globalAlpha = 0.12;
  ctx.fillRect(x, band, wide, floor - band);
  ctx.globalAlpha = 0.55;
  const least = Math.max(wide, 18 * dpr);
  ctx.fillRect(x + (wide - least) / 2, 2 * dpr, least, band - 4 * dpr);
}

function drawEdges(ctx, style, { x, wide, band, floor, dpr }, isCumulative) {
  const line = Math.max(1, Math.round(1.5 * dpr));
  const grip = { wide: 7 * dpr, high: 22 * dpr, y: (band + floor) / 2 - 11 * dpr };
  ctx.fillStyle = style.accent;
  for (const edge of isCumulative ? [x + wide] : [x, x + wide]) {
    ctx.globalAlpha = 1;
    ctx.fillRect(edge - line / 2, band, line, floor - band);
    ctx.beginPath();
    const at = Math.max(0, Math.min(ctx.canvas.width - grip.wide, edge - grip.wide / 2));
    ctx.roundRect(at, grip.y, grip.wide, grip.high, 3 * dpr);
    ctx.fill();
  }
}

/** Targets for fingers lean outwards where the window is narrow, and stay on the page. */
function placeHandles(timeline, left, right) {
  const inner = Math.min(INNER, (right - left) / 3);
  const most = timeline.size.width - INNER;
  const start = Math.max(-INNER, left - HANDLE + inner);
  const end = Math.min(most, right - inner);
  timeline.find("start").style.transform = `translateX(${start.toFixed(1)}px)`;
  timeline.find("end").style.transform = `translateX(${end.toFixed(1)}px)`;
}
