/* Events that are on a road or in a zone: the line or the area itself is lit up. */
(function (geomap) {
  "use strict";

  function trace(path, points, closed) {
    points.forEach(([longitude, latitude], index) => {
      const [x, y] = geomap.mercator(longitude, latitude);
      if (index) path.lineTo(x, y);
      else path.moveTo(x, y);
    });
    if (closed) path.closePath();
  }

  /** One path for each geometry of the header, with the rows that lie on it. */
  geomap.eventShapes = function (data) {
    const shapes = (data.header.geometries ?? []).map((geometry) => {
      const path = new Path2D();
      for (const line of geometry.lines ?? []) trace(path, line, false);
      for (const ring of geometry.rings ?? []) trace(path, ring, true);
      const area = Boolean(geometry.rings?.length);
      return { path, area, approximate: geometry.approximate, rows: [] };
    });
    for (const [row, index] of data.header.on ?? []) shapes[index].rows.push(row);
    return shapes;
  };

  /** The rows of a shape that the window holds, the certain ones first. */
  geomap.shapeRows = function (shape, data, from, to) {
    const held = { certain: [], possible: [] };
    for (const row of shape.rows) {
      const verdict = data.verdictOf(row, from, to);
      if (verdict === geomap.SHOWN) held.certain.push(row);
      else if (verdict === geomap.POSSIBLE) held.possible.push(row);
    }
    return held;
  };

  geomap.drawShapes = function (ctx, view, layer) {
    const unit = view.dpr / view.scale;
    for (const shape of layer.shapes) {
      const { certain, possible } = geomap.shapeRows(shape, layer.data, layer.from, layer.to);
      const row = certain[0] ?? possible[0];
      if (row === undefined) continue;
      const colour = layer.colours[layer.data.type[row]];
      const selected = shape.rows.includes(layer.selectedRow);
      ctx.setTransform(view.scale, 0, 0, view.scale, -view.left, -view.top);
      ctx.lineJoin = ctx.lineCap = "round";
      if (shape.area) {
        ctx.globalAlpha = certain.length ? 0.18 : 0.07;
        ctx.fillStyle = colour;
        ctx.fill(shape.path, "evenodd");
      }
      ctx.globalAlpha = certain.length ? 0.95 : 0.6;
      if (!shape.area) stroke(ctx, shape.path, "#ffffff", 7 * unit, []);
      if (selected) stroke(ctx, shape.path, "#111111", 8 * unit, []);
      const dashed = shape.area || shape.approximate || !certain.length;
      stroke(ctx, shape.path, colour, 4 * unit, dashed ? [9 * unit, 7 * unit] : []);
      ctx.globalAlpha = 1;
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0);
  };

  function stroke(ctx, path, colour, width, dash) {
    ctx.setLineDash(dash);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke(path);
    ctx.setLineDash([]);
  }

  /** The rows of all shapes under a pixel. */
  geomap.shapesAt = function (ctx, view, layer, x, y) {
    const found = [];
    ctx.setTransform(view.scale, 0, 0, view.scale, -view.left, -view.top);
    ctx.lineWidth = (12 * view.dpr) / view.scale;
    for (const shape of layer.shapes) {
      const hit = shape.area
        ? ctx.isPointInPath(shape.path, x, y, "evenodd")
        : ctx.isPointInStroke(shape.path, x, y);
      if (!hit) continue;
      const { certain, possible } = geomap.shapeRows(shape, layer.data, layer.from, layer.to);
      found.push(...certain, ...possible);
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    return found;
  };
})((globalThis.geomap ??= {}));
