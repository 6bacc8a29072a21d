/* Counts on a grid that the server made, and where all events of a window are. */
(function (geomap) {
  "use strict";
  const WORLD = 4294967296;

  /** Squares of counts in the classes of the legend; hollow where all is only possible. */
  geomap.drawGrid = function (ctx, view, grid) {
    const most = grid.cells.reduce((m, [, , shown, possible]) => Math.max(m, shown + possible), 1);
    grid.ends = geomap.classesFor(most);
    const side = grid.size * view.scale;
    ctx.lineWidth = 1.5 * view.dpr;
    ctx.strokeStyle = geomap.RAMP[3];
    ctx.globalAlpha = 0.86;
    for (const [x, y, shown, possible] of grid.cells) {
      const left = geomap.wrappedX(x * view.scale - view.left, view);
      const top = y * view.scale - view.top;
      const index = geomap.classOf(grid.ends, shown + possible);
      ctx.fillStyle = geomap.RAMP[geomap.rampAt(index, grid.ends.length)];
      if (shown) ctx.fillRect(left, top, side * 0.96, side * 0.96);
      else ctx.strokeRect(left + 1, top + 1, side * 0.9, side * 0.9);
    }
    ctx.globalAlpha = 1;
  };

  /** West, south, east, north of the events that window and filters keep, or null. */
  geomap.windowBox = function (layer) {
    if (!layer.data) return null;
    const { data } = layer;
    let [west, north, east, south] = [1, 1, 0, 0];
    data.eachRow(layer.from, layer.to, (row) => {
      const x = data.x[row] / WORLD;
      const y = data.y[row] / WORLD;
      west = Math.min(west, x);
      east = Math.max(east, x);
      north = Math.min(north, y);
      south = Math.max(south, y);
    });
    if (east < west) return null;
    const [low, high] = [geomap.latLng(west, south), geomap.latLng(east, north)];
    return [low.lng, low.lat, high.lng, high.lat];
  };
})((globalThis.geomap ??= {}));
