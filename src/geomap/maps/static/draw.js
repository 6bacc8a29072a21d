/* Drawing a handful of events with care: one mark for each place, with its number.

   Looks (see looks.py): 0 exact, 1 near, 2 area, 3 unknown precision. */
(function (geomap) {
  "use strict";
  const WORLD = 4294967296;
  const FULL = Math.PI * 2;
  const [EXACT, NEAR, AREA] = [0, 1, 2];
  const PAPER = "#ffffff";

  /** Calls visit(row, verdict) for every marker of the window, earliest of the day first. */
  geomap.eachRow = function (data, from, to, visit) {
    const [first, beyond] = data.singleRows(from, to);
    for (let row = first; row < beyond; row++) visit(row, geomap.SHOWN);
    for (let row = data.singles; row < data.count; row++) {
      const verdict = data.verdictOf(row, from, to);
      if (verdict) visit(row, verdict);
    }
  };

  /** Groups the markers in view by place and look: [{x, y, look, rows, certain, radius}]. */
  geomap.placesInView = function (data, view, from, to) {
    const groups = new Map();
    const scale = view.scale / WORLD;
    geomap.eachRow(data, from, to, (row, verdict) => {
      const look = data.look[row];
      if (look & geomap.LOOK.geometry) return;
      const shape = look & geomap.LOOK.shape;
      const x = data.x[row] * scale - view.left;
      const y = data.y[row] * scale - view.top;
      const radius = data.radius[row];
      const reach = 20 * view.dpr + radiusPixels(data, row, view);
      if (x < -reach || y < -reach || x > view.width + reach || y > view.height + reach) return;
      const key = `${data.x[row]} ${data.y[row]} ${shape} ${shape === AREA || shape === NEAR ? radius : 0}`;
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { x, y, shape, rows: [], certain: 0, ground: 0 }));
      group.rows.push(row);
      if (verdict === geomap.SHOWN) group.certain++;
    });
    for (const group of groups.values()) {
      group.ground = radiusPixels(data, group.rows[0], view);
      group.size = discSize(group, view);
    }
    return [...groups.values()];
  };

  function radiusPixels(data, row, view) {
    const metres = data.radius[row] * 100;
    return metres ? geomap.groundUnits(metres, data.y[row] / WORLD) * view.scale : 0;
  }

  function discSize(group, view) {
    const many = group.rows.length;
    return (many === 1 ? 5 : Math.min(15, 6.5 + 1.5 * Math.log2(many))) * view.dpr;
  }

  /** The type most of a group's rows have. */
  function mainType(data, rows) {
    const counts = new Map();
    for (const row of rows) counts.set(data.type[row], (counts.get(data.type[row]) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1])[0][0];
  }

  geomap.drawPlaces = function (ctx, view, data, groups, colours) {
    const rank = (group) => (group.shape === AREA ? 0 : group.shape === NEAR ? 1 : 2);
    const ordered = [...groups].sort((a, b) => rank(a) - rank(b) || a.certain - b.certain);
    for (const group of ordered) {
      const colour = colours[mainType(data, group.rows)];
      if (group.shape === AREA) drawArea(ctx, view, group, colour);
      else drawDisc(ctx, view, group, colour);
      const crossed = group.rows.every((row) => data.look[row] & geomap.LOOK.notHappened);
      if (crossed) drawSlash(ctx, view, group);
      if (group.rows.length > 1) drawNumber(ctx, view, group, colour);
    }
  };

  function circle(ctx, x, y, radius) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, FULL);
  }

  function drawArea(ctx, view, group, colour) {
    const radius = Math.max(group.ground, 12 * view.dpr);
    circle(ctx, group.x, group.y, radius);
    // A country must not tint the whole map: the wider the area, the thinner its colour.
    const thin = Math.min(1, (0.12 * ctx.canvas.width) / radius) ** 2;
    ctx.globalAlpha = (group.certain ? 0.1 : 0.04) * thin;
    ctx.fillStyle = colour;
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
    if (group.shape === NEAR && group.ground > group.size) {
      circle(ctx, group.x, group.y, group.ground);
      const soft = ctx.createRadialGradient(group.x, group.y, 0, group.x, group.y, group.ground);
      soft.addColorStop(0, colour + "40");
      soft.addColorStop(1, colour + "00");
      ctx.fillStyle = soft;
      ctx.fill();
    }
    if (group.shape === EXACT || group.shape === NEAR) {
      circle(ctx, group.x, group.y, group.size);
    } else {
      const side = group.size * 0.9;
      ctx.beginPath();
      ctx.rect(group.x - side, group.y - side, side * 2, side * 2);
    }
    ctx.fillStyle = group.certain ? colour : PAPER;
    ctx.fill();
    ctx.lineWidth = (group.certain ? 1.2 : 2) * view.dpr;
    ctx.strokeStyle = group.certain ? PAPER : colour;
    if (group.shape === NEAR) ctx.setLineDash([2 * view.dpr, 2 * view.dpr]);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** Planned, prevented or denied: the report is there, the deed is not. */
  function drawSlash(ctx, view, group) {
    const reach = group.size + 2 * view.dpr;
    const aside = group.shape === AREA ? Math.max(group.ground, 12 * view.dpr) : 0;
    const x = group.x + aside; // on the rim of an area: its middle is not a place
    for (const [width, colour] of [[4, PAPER], [1.8, "#222222"]]) {
      ctx.beginPath();
      ctx.moveTo(x - reach, group.y + reach);
      ctx.lineTo(x + reach, group.y - reach);
      ctx.lineWidth = width * view.dpr;
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
  }

  function drawNumber(ctx, view, group, colour) {
    const area = group.shape === AREA;
    const y = area ? group.y - Math.max(group.ground, 12 * view.dpr) : group.y;
    const text = group.rows.length > 999 ? "999+" : String(group.rows.length);
    ctx.font = `600 ${(text.length > 2 ? 8.5 : 10) * view.dpr}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
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

  geomap.drawRing = function (ctx, view, x, y, radius) {
    for (const [width, colour] of [[5, PAPER], [2.5, "#111111"]]) {
      circle(ctx, x, y, radius);
      ctx.lineWidth = width * view.dpr;
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
  };
})((globalThis.geomap ??= {}));
