/* Drawing on a canvas that shows a part of the world.

   `view` maps Mercator units to pixels: x * scale - left, y * scale - top; `dpr` is how many
   pixels of the canvas are one of the page. */
export const FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";

/** Take pixels as units. */
export const usePixels = (ctx) => ctx.setTransform(1, 0, 0, 1, 0, 0);

/** Take Mercator units. */
export const useWorld = (ctx, view) => ctx.setTransform(view.scale, 0, 0, view.scale, -view.left, -view.top);

export function clear(ctx, view) {
  usePixels(ctx);
  ctx.clearRect(0, 0, view.width, view.height);
}

export const toPixel = (view, [x, y]) => [x * view.scale - view.left, y * view.scale - view.top];

export const isOutside = (view, x, y) => x < 0 || y < 0 || x > view.width || y > view.height;

/** Whether two boxes, [left, top, right, bottom], meet. */
export const meets = (one, other) =>
  one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];

export function strokePath(ctx, path, colour, width, dash = []) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.stroke(path);
  ctx.setLineDash([]);
}

/** Text with a rim in the colour of the ground, so that it is read on everything. */
export function drawText(ctx, view, text, x, y, colour, ground = "#ffffff", rimAlpha = 1) {
  ctx.lineWidth = 3 * view.dpr;
  ctx.strokeStyle = ground;
  ctx.globalAlpha = rimAlpha;
  ctx.strokeText(text, x, y);
  ctx.globalAlpha = 1;
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}
