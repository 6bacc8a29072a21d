/* Choosing events on the map by pointer or by keys; the channel is told their rows. */
(function (geomap) {
  "use strict";
  const MOST = 5000;
  const REST = 250;

  /** Rows of the marks under a pixel of the canvas, the nearest place first. */
  function markersAt(layer, x, y) {
    const { view, from, to } = layer;
    if (layer.mode === "hexagons") return wrap(layer._density(view).rowsAt(x, y, from, to, MOST));
    if (layer.mode === "stamps" && layer._stamps) return wrap(layer._stamps.rowsAt(x, y, from, to, MOST));
    if (layer.mode !== "marks") return wrap([]);
    const isArea = (group) => group.shape === "area";
    const reach = (group) => (isArea(group) ? geomap.areaRadius(group, view) : group.size + 4 * view.dpr);
    const near = layer.groups
      .map((group) => ({ group, distance: Math.hypot(group.x - x, group.y - y) }))
      .filter(({ group, distance }) => distance <= reach(group))
      .sort((a, b) => isArea(a.group) - isArea(b.group) || a.distance - b.distance);
    const discs = near.filter(({ group }) => !isArea(group));
    const chosen = (discs.length ? discs : near).flatMap(({ group }) => byDay(layer.data, group.rows));
    return { discs: discs.length > 0, rows: chosen.slice(0, MOST) };
  }

  const wrap = (rows) => ({ discs: rows.length > 0, rows });

  function byDay(data, rows) {
    return [...rows].sort((a, b) => data.start[b] - data.start[a]);
  }

  /** All rows at a point of the map's container: discs, else lit shapes, else areas. */
  geomap.rowsAt = function (layer, point) {
    if (!layer.data || !layer._painted) return [];
    const { view } = layer;
    const x = (point.x + view.pad.x) * view.dpr;
    const y = (point.y + view.pad.y) * view.dpr;
    const markers = markersAt(layer, x, y);
    if (markers.discs) return markers.rows;
    return [...geomap.shapesAt(layer._ctx, view, layer, x, y), ...markers.rows];
  };

  /** The days of a row in words. */
  geomap.dayWords = function (data, row) {
    const first = geomap.isoOf(data.dayOf(row));
    const last = geomap.isoOf(data.lastDayOf(row));
    const timeClass = data.timeClassOf(row);
    if (timeClass === 2) return `since ${first}`;
    if (first === last) return first;
    return timeClass === 1 ? `between ${first} and ${last}` : `${first} to ${last}`;
  };

  /** What the packed columns say of a row, in words. */
  geomap.rowWords = function ({ data }, row) {
    const plain = (name) => (data.wordOf(name, row) ?? "not stated").replaceAll("_", " ");
    const days = geomap.dayWords(data, row);
    return [plain("type"), days, plain("status"), `place: ${plain("geo")}`].join(" · ");
  };

  /** A line beside the pointer, and for a screen reader, about what is under it. */
  function makeTip(layer, container) {
    const tip = L.DomUtil.create("div", "geomap-tip", container);
    tip.setAttribute("aria-hidden", "true");
    tip.hidden = true;
    return {
      show(rows, point) {
        const more = rows.length > 1 ? ` (and ${(rows.length - 1).toLocaleString("en")} more)` : "";
        tip.textContent = geomap.rowWords(layer, rows[0]) + more;
        tip.hidden = false;
        const left = Math.min(point.x + 14, container.clientWidth - tip.offsetWidth - 6);
        tip.style.left = `${Math.max(4, left)}px`;
        tip.style.top = `${Math.max(4, point.y - tip.offsetHeight - 10)}px`;
      },
      hide: () => (tip.hidden = true),
      remove: () => tip.remove(),
    };
  }

  function makeVoice(container) {
    const voice = L.DomUtil.create("div", "geomap-voice", container);
    voice.setAttribute("role", "status");
    voice.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
    container.setAttribute("role", "region");
    container.setAttribute(
      "aria-label",
      "Map of events. N and P go from event to event, Enter opens one, arrows move the map.",
    );
    return voice;
  }

  /** Rows in the order of the days, as the keys N and P go through them. */
  function inOrder(layer) {
    const rows = [];
    layer.data.eachRow(layer.from, layer.to, (row) => {
      if (!(layer.data.facts[row] & geomap.FACTS.extra)) rows.push(row);
    });
    return rows.sort((a, b) => layer.data.dayOf(a) - layer.data.dayOf(b) || a - b);
  }

  /** Wires clicks, the pointer and the keys N, P and Enter; returns how to undo it. */
  geomap.picking = function (layer) {
    const map = layer._map;
    const container = map.getContainer();
    const voice = makeVoice(container);
    const tip = makeTip(layer, container);

    function pick(rows) {
      if (!rows.length) return;
      layer.select(rows[0]);
      geomap.channel(layer.options.channel).post({ pick: rows[0], here: rows }, { here: true });
    }

    function step(by) {
      const rows = inOrder(layer);
      if (!rows.length) return;
      const at = rows.indexOf(layer.selectedRow);
      const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
      layer.select(rows[next]);
      geomap.bringIntoView(layer, rows[next]);
      voice.textContent = `${next + 1} of ${rows.length}: ${geomap.rowWords(layer, rows[next])}`;
    }

    function onKey(event) {
      if (event.target !== container || !layer.data || event.ctrlKey || event.metaKey) return;
      if (event.key === "n" || event.key === "N") step(1);
      else if (event.key === "p" || event.key === "P") step(-1);
      else if (event.key === "Enter" && layer.selectedRow !== null) pick([layer.selectedRow]);
      else return;
      event.preventDefault();
    }

    let timer = 0;
    function onMove(event) {
      tip.hide();
      clearTimeout(timer);
      if (map.geomapDrawing || !layer.data) return;
      timer = setTimeout(() => {
        const rows = geomap.rowsAt(layer, event.containerPoint);
        container.style.cursor = rows.length ? "pointer" : "";
        if (rows.length) tip.show(rows, event.containerPoint);
      }, layer.mode === "marks" ? 40 : REST);
    }
    const onClick = (event) => map.geomapDrawing || pick(geomap.rowsAt(layer, event.containerPoint));
    const onLeave = () => (clearTimeout(timer), tip.hide());
    map.on({ click: onClick, mousemove: onMove, mouseout: onLeave, movestart: onLeave });
    container.addEventListener("keydown", onKey);
    return () => {
      clearTimeout(timer);
      map.off({ click: onClick, mousemove: onMove, mouseout: onLeave, movestart: onLeave });
      container.removeEventListener("keydown", onKey);
      voice.remove();
      tip.remove();
    };
  };

  /** Move the map when a chosen event is out of sight. */
  geomap.bringIntoView = function (layer, row) {
    const { data } = layer;
    const at = geomap.latLng(data.x[row] / 4294967296, data.y[row] / 4294967296);
    if (!layer._map.getBounds().contains(at)) layer._map.panTo(at);
  };
})((globalThis.geomap ??= {}));
