/* Events that are on a road or in a zone: the line or the area itself is lit up. */
import { drawText, strokePath, toPixel, usePixels, useWorld } from "../shared/canvas.js";
import { mercator } from "../shared/mercator.js";
import { POSSIBLE, SHOWN } from "../shared/vocabulary.js";
import { hatch, useNumberFont } from "./marks.js";

function trace(path, points, isClosed) {
  points.forEach((point, index) => path[index ? "lineTo" : "moveTo"](...mercator(...point)));
  if (isClosed) path.closePath();
}

/** One path for each geometry of the header, with the rows that lie on it. */
export function shapesOf({ header }) {
  const shapes = (header.geometries ?? []).map(({ lines = [], rings = [], approximate }) => {
    const path = new Path2D();
    for (const line of lines) trace(path, line, false);
    for (const ring of rings) trace(path, ring, true);
    const outline = lines[0] ?? rings[0] ?? [[0, 0]];
    const label = mercator(...outline[outline.length >> 1]);
    return { path, isArea: rings.length > 0, label, approximate, rows: [] };
  });
  for (const [row, index] of header.on ?? []) shapes[index].rows.push(row);
  return shapes;
}

/** The rows of a shape that window and filters keep. */
function rowsOn(shape, { data, from, to }) {
  const verdicts = shape.rows.map((row) => [row, data.verdictOf(row, from, to)]);
  const rowsThatAre = (wanted) => verdicts.filter(([, verdict]) => verdict === wanted).map(([row]) => row);
  return { certain: rowsThatAre(SHOWN), possible: rowsThatAre(POSSIBLE) };
}

/** `colourOf(rows)`: the colour of a shape on which these rows lie. */
export function drawShapes(ctx, view, layer, colourOf) {
  const unit = view.dpr / view.scale;
  for (const shape of layer.shapes) {
    const { certain, possible } = rowsOn(shape, layer);
    const rows = [...certain, ...possible];
    if (!rows.length) continue;
    const isCertain = certain.length > 0;
    const colour = colourOf(rows);
    useWorld(ctx, view);
    ctx.lineJoin = ctx.lineCap = "round";
    if (shape.isArea) hatchArea(ctx, view, shape, colour, isCertain);
    ctx.globalAlpha = isCertain ? 0.95 : 0.6;
    if (!shape.isArea) strokePath(ctx, shape.path, "#ffffff", 7 * unit);
    if (shape.rows.includes(layer.selectedRow)) strokePath(ctx, shape.path, "#111111", 8 * unit);
    const isDashed = shape.isArea || shape.approximate || !isCertain;
    strokePath(ctx, shape.path, colour, 4 * unit, isDashed ? [9 * unit, 7 * unit] : []);
    ctx.globalAlpha = 1;
    if (rows.length > 1) drawNumber(ctx, view, shape, rows.length, colour);
  }
  usePixels(ctx);
}

/** Hatching keeps its width on the screen, so it is laid over the outline as a clip. */
function hatchArea(ctx, view, shape, colour, isCertain) {
  ctx.save();
  ctx.clip(shape.path, "evenodd");
  usePixels(ctx);
  ctx.globalAlpha = isCertain ? 0.4 : 0.16;
  ctx.fillStyle = hatch(ctx, colour, view.dpr);
  ctx.fillRect(0, 0, view.width, view.height);
  ctx.restore();
}

/** How many events lie on a road or in a zone, at a point of its line or outline. */
function drawNumber(ctx, view, shape, number, colour) {
  usePixels(ctx);
  useNumberFont(ctx, view, 10);
  drawText(ctx, view, String(number), ...toPixel(view, shape.label), colour);
  ctx.textAlign = "start";
}

/** The rows of all shapes under a pixel. */
export function rowsOfShapesAt(ctx, view, layer, x, y) {
  useWorld(ctx, view);
  ctx.lineWidth = (12 * view.dpr) / view.scale;
  const touched = layer.shapes.filter(({ path, isArea }) =>
    isArea ? ctx.isPointInPath(path, x, y, "evenodd") : ctx.isPointInStroke(path, x, y),
  );
  usePixels(ctx);
  return touched.flatMap((shape) => Object.values(rowsOn(shape, layer)).flat());
}
