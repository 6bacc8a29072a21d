/* Drawing marks with care: their form says how exactly place and date are known.

   Exact: a disc. Near: the same with a faint disc of the stated radius. Area: a hatched
   outline with the number on it, never a pin. Square: the source does not say how exact.
   Hollow: possible by date. Slash: planned, prevented or denied. Ring: goes on. */
import { drawText, meets } from "../shared/canvas.js";
import { OPEN, SHAPES } from "../shared/vocabulary.js";

export const PAPER = "#ffffff";
export const INK = "#222222";
const SELECTED = "#111111";
const LEAST_AREA = 12; // a pixel's area must still be seen as an area
const ORDER = { area: 0, near: 1, exact: 2, unknown: 2 };

export const isArea = (group) => group.shape === SHAPES.area;

export const areaRadius = (group, view) => Math.max(group.ground, LEAST_AREA * view.dpr);

export function drawPlaces(ctx, view, data, groups, colourOf) {
  const labels = [];
  for (const group of [...groups].sort((a, b) => ORDER[a.shape] - ORDER[b.shape] || a.certain - b.certain)) {
    const colour = colourOf(group);
    if (isArea(group)) drawArea(ctx, view, group, colour);
    else drawDisc(ctx, view, group, colour);
    // Where only one row stands for many, nothing is said of the others.
    if (group.rows.length === group.number) decorate(ctx, view, data, group, colour);
    if (group.number > 1) drawNumber(ctx, view, group, colour, labels);
  }
}

function decorate(ctx, view, data, group, colour) {
  if (group.rows.every((row) => data.isNotHappened(row))) drawSlash(ctx, view, group);
  else if (group.rows.some((row) => data.timeClassOf(row) === OPEN)) drawRing(ctx, view, group, colour);
}

function circle(ctx, x, y, radius) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
}

function stroke(ctx, colour, width) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

/** Stroke what is traced with a rim of paper, so that it is seen on everything. */
function strokeWithRim(ctx, view, colour, width, rim) {
  stroke(ctx, PAPER, rim * view.dpr);
  stroke(ctx, colour, width * view.dpr);
}

const hatches = new Map();
/** Diagonal lines of a colour, made once. */
export function hatch(ctx, colour, dpr) {
  const key = colour + dpr;
  if (!hatches.has(key)) {
    const size = Math.round(8 * dpr);
    const tile = document.createElement("canvas");
    tile.width = tile.height = size;
    const pen = tile.getContext("2d");
    pen.beginPath();
    for (const at of [-size, 0, size]) {
      pen.moveTo(at, size);
      pen.lineTo(at + size, 0);
    }
    stroke(pen, colour, dpr);
    hatches.set(key, ctx.createPattern(tile, "repeat"));
  }
  return hatches.get(key);
}

function drawArea(ctx, view, group, colour) {
  const radius = areaRadius(group, view);
  circle(ctx, group.x, group.y, radius);
  // A country must not tint the whole map: the wider the area, the thinner its hatching.
  const thin = Math.min(1, (0.12 * ctx.canvas.width) / radius);
  ctx.globalAlpha = (group.certain ? 0.4 : 0.16) * thin;
  ctx.fillStyle = hatch(ctx, colour, view.dpr);
  ctx.fill();
  ctx.globalAlpha = group.certain ? 0.9 : 0.55;
  ctx.setLineDash([6 * view.dpr, 4 * view.dpr]);
  stroke(ctx, colour, 1.6 * view.dpr);
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function drawDisc(ctx, view, group, colour) {
  const isNear = group.shape === SHAPES.near;
  if (isNear && group.ground > group.size) {
    circle(ctx, group.x, group.y, group.ground);
    ctx.fillStyle = colour + "1f";
    ctx.fill();
    stroke(ctx, colour + "8c", view.dpr);
  }
  if (group.shape === SHAPES.unknown) {
    const side = group.size * 0.9;
    ctx.beginPath();
    ctx.rect(group.x - side, group.y - side, side * 2, side * 2);
  } else {
    circle(ctx, group.x, group.y, group.size);
  }
  ctx.fillStyle = group.certain ? colour : PAPER;
  ctx.fill();
  if (isNear) ctx.setLineDash([2 * view.dpr, 2 * view.dpr]);
  stroke(ctx, group.certain ? PAPER : colour, (group.certain ? 1.2 : 2) * view.dpr);
  ctx.setLineDash([]);
}

/** Planned, prevented or denied: the report is there, the deed is not. */
function drawSlash(ctx, view, group) {
  const reach = group.size + 2 * view.dpr;
  const [x, y] = onRim(view, group);
  ctx.beginPath();
  ctx.moveTo(x - reach, y + reach);
  ctx.lineTo(x + reach, y - reach);
  strokeWithRim(ctx, view, INK, 1.8, 4);
}

/** An event that goes on has an open ring about its mark. */
function drawRing(ctx, view, group, colour) {
  const [x, y] = onRim(view, group);
  ctx.beginPath();
  ctx.arc(x, y, group.size + 4 * view.dpr, -Math.PI / 4, Math.PI * 1.25);
  strokeWithRim(ctx, view, colour, 1.8, 4);
}

/** The middle of an area is not a place: what is said of it stands on its rim. */
const onRim = (view, group) => [group.x + (isArea(group) ? areaRadius(group, view) : 0), group.y];

/** Set the type of a number on a mark. */
export function useNumberFont(ctx, view, size) {
  ctx.font = `600 ${size * view.dpr}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
}

/** The number of a mark; that of an area is left out where it would lie on one of `labels`. */
function drawNumber(ctx, view, group, colour, labels) {
  const y = isArea(group) ? group.y - areaRadius(group, view) : group.y;
  const text = group.number > 9999 ? `${Math.round(group.number / 1000)}k` : String(group.number);
  useNumberFont(ctx, view, text.length > 2 ? 8.5 : 10);
  if (isArea(group)) {
    const half = ctx.measureText(text).width / 2;
    const box = [group.x - half, y - 6 * view.dpr, group.x + half, y + 6 * view.dpr];
    if (labels.some((label) => meets(box, label))) return;
    labels.push(box);
  }
  if (isArea(group) || !group.certain) {
    drawText(ctx, view, text, group.x, y, colour, PAPER);
  } else {
    ctx.fillStyle = PAPER;
    ctx.fillText(text, group.x, y);
  }
  ctx.textAlign = "start";
}

export function drawSelection(ctx, view, x, y, radius) {
  circle(ctx, x, y, radius);
  strokeWithRim(ctx, view, SELECTED, 2.5, 5);
}
