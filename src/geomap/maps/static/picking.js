/* Choosing an event on the map by pointer or by keys; the channel is told its id. */
(function (geomap) {
  "use strict";
  const AREA = 2;
  const MOST = 200;

  /** The rows of markers under a pixel of the canvas, the nearest place first. */
  function markersAt(layer, x, y) {
    const { data, view } = layer;
    if (layer.crowded) return stampedAt(layer, x, y);
    const reach = (group) =>
      group.shape === AREA ? Math.max(group.ground, 12 * view.dpr) : group.size + 4 * view.dpr;
    const near = layer.groups
      .map((group) => ({ group, distance: Math.hypot(group.x - x, group.y - y) }))
      .filter(({ group, distance }) => distance <= reach(group))
      .sort((a, b) => (a.group.shape === AREA) - (b.group.shape === AREA) || a.distance - b.distance);
    const discs = near.filter(({ group }) => group.shape !== AREA);
    const chosen = discs.length ? discs : near;
    return { discs: discs.length > 0, rows: chosen.flatMap(({ group }) => byDay(data, group.rows)) };
  }

  function byDay(data, rows) {
    return [...rows].sort((a, b) => data.start[b] - data.start[a]);
  }

  function stampedAt(layer, x, y) {
    const { data, view } = layer;
    const scale = view.scale / 4294967296;
    const reach = 6 * view.dpr;
    const found = [];
    geomap.eachRow(data, layer.from, layer.to, (row) => {
      if (data.look[row] & geomap.LOOK.geometry) return;
      const dx = data.x[row] * scale - view.left - x;
      const dy = data.y[row] * scale - view.top - y;
      const distance = dx * dx + dy * dy;
      if (distance <= reach * reach) found.push([distance, row]);
    });
    found.sort((a, b) => a[0] - b[0]);
    return { discs: found.length > 0, rows: found.map(([, row]) => row) };
  }

  /** All rows at a point of the map's container: discs, else lit shapes, else areas. */
  geomap.rowsAt = function (layer, point) {
    if (!layer.data) return [];
    const { view } = layer;
    const x = (point.x + view.pad.x) * view.dpr;
    const y = (point.y + view.pad.y) * view.dpr;
    const markers = markersAt(layer, x, y);
    if (markers.discs) return markers.rows;
    return [...geomap.shapesAt(layer._ctx, view, layer, x, y), ...markers.rows];
  };

  /** Wires clicks, the pointer's form and the keys N, P and Enter; returns how to undo it. */
  geomap.picking = function (layer) {
    const map = layer._map;
    const container = map.getContainer();
    const voice = L.DomUtil.create("div", "geomap-voice", container);
    voice.setAttribute("role", "status");
    voice.style.cssText =
      "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
    container.setAttribute("role", "region");
    container.setAttribute(
      "aria-label",
      "Map of events. N and P go from event to event, Enter opens one, arrows move the map.",
    );

    function pick(rows) {
      if (!rows.length) return;
      const ids = [...new Set(rows.slice(0, MOST).map((row) => layer.data.label(row).id))];
      layer.select(ids[0]);
      geomap.channel(layer.options.channel).post({ pick: ids[0], here: ids }, { here: true });
    }

    function describe(row, place, all) {
      const { id, title } = layer.data.label(row);
      const type = layer.data.header.types[layer.data.type[row]].name;
      const day = geomap.isoOf(layer.data.start[row]);
      voice.textContent = `${place} of ${all}: ${title ?? id}, ${type}, ${day}`;
    }

    function step(by) {
      const rows = [...layer.groups, ...shapesNow()].flatMap((group) => group.rows);
      if (!rows.length) return;
      rows.sort((a, b) => layer.data.start[a] - layer.data.start[b] || a - b);
      const at = rows.indexOf(layer.selectedRow);
      const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
      layer.selectedRow = rows[next];
      layer._selectedId = layer.data.label(rows[next]).id;
      layer.redraw();
      describe(rows[next], next + 1, rows.length);
    }

    function shapesNow() {
      return layer.shapes.map((shape) => {
        const held = geomap.shapeRows(shape, layer.data, layer.from, layer.to);
        return { rows: [...held.certain, ...held.possible] };
      });
    }

    function onKey(event) {
      if (event.target !== container || !layer.data || event.ctrlKey || event.metaKey) return;
      if (event.key === "n" || event.key === "N") step(1);
      else if (event.key === "p" || event.key === "P") step(-1);
      else if (event.key === "Enter" && layer.selectedRow !== null) pick([layer.selectedRow]);
      else return;
      event.preventDefault();
    }

    let waiting = 0;
    function onMove(event) {
      if (waiting || layer.crowded) return;
      waiting = setTimeout(() => {
        waiting = 0;
        container.style.cursor = geomap.rowsAt(layer, event.containerPoint).length ? "pointer" : "";
      }, 40);
    }
    const onClick = (event) => pick(geomap.rowsAt(layer, event.containerPoint));
    map.on({ click: onClick, mousemove: onMove });
    container.addEventListener("keydown", onKey);
    return () => {
      map.off({ click: onClick, mousemove: onMove });
      container.removeEventListener("keydown", onKey);
      voice.remove();
    };
  };
})((globalThis.geomap ??= {}));
