/* Drawing marks with care: their form says how exactly place and date are known.

   Exact: a disc. Near: the same with a faint disc of the stated radius. Area: a hatched
   outline with the number on it, never a pin. Square: the source does not say how exact.
   Hollow: possible by date. Slash: planned, prevented or denied. Ring: goes on. */
(function (geomap) {
  "use strict";
  const FULL = Math.PI * 2;
  const PAPER = "#ffffff";
  const INK = "#222222";
  const LEAST_AREA = 12; // a pixel's area must still be seen as an area

  geomap.areaRadius = (group, view) => Math.max(group.ground, LEAST_AREA * view.dpr);

  geomap.drawPlaces = function (ctx, view, data, groups, colourOf) {
    const rank = { area: 0, near: 1, exact: 2, unknown: 2 };
    const ordered = [...groups].sort((a, b) => rank[a.shape] - rank[b.shape] || a.certain - b.certain);
    const labels = [];
    for (const group of ordered) {
      const colour = colourOf(group);
      if (group.shape === "area") drawArea(ctx, view, group, colour);
      else drawDisc(ctx, view, group, colour);
      // Where only one row stands for many, nothing is said of the others.
      if (group.rows.length < group.number) drawNumber(ctx, view, group, colour, labels);
      else decorate(ctx, view, data, group, colour, labels);
    }
  };

  function decorate(ctx, view, data, group, colour, labels) {
    if (group.rows.every((row) => data.notHappened[data.facts[row] & 7])) drawSlash(ctx, view, group);
    else if (group.rows.some((row) => data.timeClassOf(row) === 2)) drawRing(ctx, view, group, colour);
    if (group.number > 1) drawNumber(ctx, view, group, colour, labels);
  }

  function circle(ctx, x, y, radius) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, FULL);
  }

  const hatches = new Map();
  /** Diagonal lines of a colour, made once. */
  geomap.hatch = function (ctx, colour, dpr) {
    const key = colour + dpr;
    if (!hatches.has(key)) {
      const size = Math.round(8 * dpr);
      const tile = document.createElement("canvas");
      tile.width = tile.height = size;
      const pen = tile.getContext("2d");
      pen.strokeStyle = colour;
      pen.lineWidth = dpr;
      pen.beginPath();
      for (const at of [-size, 0, size]) {
        pen.moveTo(at, size);
        pen.lineTo(at + size, 0);
      }
      pen.stroke();
      hatches.set(key, ctx.createPattern(tile, "repeat"));
    }
    return hatches.get(key);
  };

  function drawArea(ctx, view, group, colour) {
    const radius = geomap.areaRadius(group, view);
    circle(ctx, group.x, group.y, radius);
    // A country must not tint the whole map: the wider the area, the thinner its hatching.
    const thin = Math.min(1, (0.12 * ctx.canvas.width) / radius);
    ctx.globalAlpha = (group.certain ? 0.4 : 0.16) * thin;
    ctx.fillStyle = geomap.hatch(ctx, colour, view.dpr);
    ctx.fill();
    ctx.globalAlpha = group.certain ? 0.9 : 0.55;
    ctx.setLineDash([6 * view.dpr, 4 * view.dpr]);
    ctx.lineWidth = 1.6 * view.dpr;
    ctx.strokeStyle = colour;
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  function drawDisc(ctx, view, group, colour) {
    if (group.shape === "near" && group.ground > group.size) {
      circle(ctx, group.x, group.y, group.ground);
      ctx.fillStyle = colour + "1f";
      ctx.fill();
      ctx.lineWidth = view.dpr;
      ctx.strokeStyle = colour + "8c";
      ctx.stroke();
    }
    if (group.shape === "unknown") {
      const side = group.size * 0.9;
      ctx.beginPath();
      ctx.rect(group.x - side, group.y - side, side * 2, side * 2);
    } else {
      circle(ctx, group.x, group.y, group.size);
    }
    ctx.fillStyle = group.certain ? colour : PAPER;
    ctx.fill();
    ctx.lineWidth = (group.certain ? 1.2 : 2) * view.dpr;
    ctx.strokeStyle = group.certain ? PAPER : colour;
    if (group.shape === "near") ctx.setLineDash([2 * view.dpr, 2 * view.dpr]);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** Planned, prevented or denied: the report is there, the deed is not. */
  function drawSlash(ctx, view, group) {
    const reach = group.size + 2 * view.dpr;
    const [x, y] = onRim(view, group);
    for (const [width, colour] of [[4, PAPER], [1.8, INK]]) {
      ctx.beginPath();
      ctx.moveTo(x - reach, y + reach);
      ctx.lineTo(x + reach, y - reach);
      ctx.lineWidth = width * view.dpr;
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
  }

  /** An event that goes on has an open ring about its mark. */
  function drawRing(ctx, view, group, colour) {
    const [x, y] = onRim(view, group);
    for (const [width, paint] of [[4, PAPER], [1.8, colour]]) {
      ctx.beginPath();
      ctx.arc(x, y, group.size + 4 * view.dpr, -Math.PI / 4, Math.PI * 1.25);
      ctx.lineWidth = width * view.dpr;
      ctx.strokeStyle = paint;
      ctx.stroke();
    }
  }

  /** The middle of an area is not a place: what is said of it stands on its rim. */
  function onRim(view, group) {
    return [group.x + (group.shape === "area" ? geomap.areaRadius(group, view) : 0), group.y];
  }

  function drawNumber(ctx, view, group, colour, labels) {
    const area = group.shape === "area";
    const y = area ? group.y - geomap.areaRadius(group, view) : group.y;
    const text = group.number > 9999 ? `${Math.round(group.number / 1000)}k` : String(group.number);
    ctx.font = `600 ${(text.length > 2 ? 8.5 : 10) * view.dpr}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    if (area) {
      const half = ctx.measureText(text).width / 2;
      const box = [group.x - half, y - 6 * view.dpr, group.x + half, y + 6 * view.dpr];
      const meets = (one) => box[0] < one[2] && box[2] > one[0] && box[1] < one[3] && box[3] > one[1];
      if (labels.some(meets)) return;
      labels.push(box);
    }
    if (area || !group.certain) {
      ctx.lineWidth = 3 * view.dpr;
      ctx.strokeStyle = PAPER;
      ctx.strokeText(text, group.x, y);
      ctx.fillStyle = colour;
    } else {
      ctx.fillStyle = PAPER;
    }
    ctx.fillText(text, group.x, y);
    ctx.textAlign = "start";
  }

  geomap.drawSelection = function (ctx, view, x, y, radius) {
    for (const [width, colour] of [[5, PAPER], [2.5, "#111111"]]) {
      circle(ctx, x, y, radius);
      ctx.lineWidth = width * view.dpr;
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
  };
})((globalThis.geomap ??= {}));
