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
      const outline = geometry.lines?.[0] ?? geometry.rings?.[0] ?? [[0, 0]];
      const [longitude, latitude] = outline[outline.length >> 1];
      const label = geomap.mercator(longitude, latitude);
      return { path, area, label, approximate: geometry.approximate, rows: [] };
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
      const colour = layer.colourOf([...certain, ...possible]);
      const selected = shape.rows.includes(layer.selectedRow);
      ctx.setTransform(view.scale, 0, 0, view.scale, -view.left, -view.top);
      ctx.lineJoin = ctx.lineCap = "round";
      if (shape.area) hatchArea(ctx, view, shape, colour, certain.length > 0);
      ctx.globalAlpha = certain.length ? 0.95 : 0.6;
      if (!shape.area) stroke(ctx, shape.path, "#ffffff", 7 * unit, []);
      if (selected) stroke(ctx, shape.path, "#111111", 8 * unit, []);
      const dashed = shape.area || shape.approximate || !certain.length;
      stroke(ctx, shape.path, colour, 4 * unit, dashed ? [9 * unit, 7 * unit] : []);
      ctx.globalAlpha = 1;
      drawNumber(ctx, view, shape, certain.length + possible.length, colour);
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0);
  };

  /** Hatching keeps its width on the screen, so it is laid over the outline as a clip. */
  function hatchArea(ctx, view, shape, colour, certain) {
    ctx.save();
    ctx.clip(shape.path, "evenodd");
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = certain ? 0.4 : 0.16;
    ctx.fillStyle = geomap.hatch(ctx, colour, view.dpr);
    ctx.fillRect(0, 0, view.width, view.height);
    ctx.restore();
  }

  /** How many events lie on a road or in a zone, at a point of its line or outline. */
  function drawNumber(ctx, view, shape, number, colour) {
    if (number < 2) return;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    const [x, y] = [shape.label[0] * view.scale - view.left, shape.label[1] * view.scale - view.top];
    ctx.font = `600 ${10 * view.dpr}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3 * view.dpr;
    ctx.strokeStyle = "#ffffff";
    ctx.strokeText(String(number), x, y);
    ctx.fillStyle = colour;
    ctx.fillText(String(number), x, y);
    ctx.textAlign = "start";
  }

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
