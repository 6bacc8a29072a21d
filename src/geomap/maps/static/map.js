/* Built by `make js` from these modules of src/geomap; do not edit.
   maps/js/events/cells.js
   maps/js/events/data.js
   maps/js/events/density.js
   maps/js/events/filter.js
   maps/js/events/grid.js
   maps/js/events/groups.js
   maps/js/events/layer.js
   maps/js/events/legend.js
   maps/js/events/loader.js
   maps/js/events/marks.js
   maps/js/events/picking.js
   maps/js/events/picture.js
   maps/js/events/ramp.js
   maps/js/events/reports.js
   maps/js/events/row_words.js
   maps/js/events/shapes.js
   maps/js/events/stamps.js
   maps/js/events/tallies.js
   maps/js/map/area.js
   maps/js/map/basemap.js
   maps/js/map/buttons.js
   maps/js/map/canvas_layer.js
   maps/js/map/decoder.js
   maps/js/map/graticule.js
   maps/js/map/main.js
   maps/js/map/names_layer.js
   maps/js/map/places.js
   maps/js/map/setup.js
   maps/js/map/state.js
   maps/js/shared/canvas.js
   maps/js/shared/channel.js
   maps/js/shared/days.js
   maps/js/shared/elements.js
   maps/js/shared/fetched.js
   maps/js/shared/mercator.js
   maps/js/shared/vocabulary.js
   maps/js/shared/words.js
   sha256 b9fe0fbf7d54f8a3b3c02b4b15341950cf3366754adb9a4ec8a7330c35fff8ae */
var geomap = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  // maps/js/map/main.js
  var main_exports = {};
  __export(main_exports, {
    EventLayer: () => EventLayer,
    PlaceLayer: () => PlaceLayer,
    setUp: () => setUp
  });

  // maps/js/map/canvas_layer.js
  var CanvasLayer = class extends L.Layer {
    #canvas;
    #corner;
    #frame = 0;
    /** `options`: name of the `pane`, its `zIndex`, `padding` of the canvas around the map. */
    constructor(options) {
      super();
      L.setOptions(this, { padding: 0.1, ...options });
    }
    onAdd(map) {
      const { pane: name, zIndex } = this.options;
      if (!map.getPane(name)) Object.assign(map.createPane(name).style, { zIndex, pointerEvents: "none" });
      this.#canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", map.getPane(name));
      Object.assign(this.#canvas.style, { position: "absolute", pointerEvents: "none", transformOrigin: "0 0" });
      this.#canvas.setAttribute("aria-hidden", "true");
      this.ctx = this.#canvas.getContext("2d");
      map.on(this.mapEvents(), this);
      this.reset();
      return this;
    }
    onRemove(map) {
      map.off(this.mapEvents(), this);
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      this.#canvas.remove();
    }
    /** Handlers of the map's events. */
    mapEvents() {
      return { moveend: this.reset, resize: this.reset, zoomanim: this.#animateZoom };
    }
    #animateZoom({ zoom, center }) {
      const map = this._map;
      const moved = L.DomUtil.getPosition(map.getPane("mapPane"));
      const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(moved).round();
      const corner = map.project(this.#corner, zoom).subtract(origin);
      L.DomUtil.setTransform(this.#canvas, corner, map.getZoomScale(zoom, this.view.zoom));
    }
    /** Lay the canvas over the map's view anew and draw; with `isCoarse` at half resolution. */
    reset() {
      const map = this._map;
      const size = map.getSize();
      const pad = size.multiplyBy(this.options.padding).round();
      const corner = map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
      const full = size.add(pad.multiplyBy(2));
      const dpr = this.isCoarse ? 1 : Math.min(2, window.devicePixelRatio || 1);
      const origin = map.getPixelOrigin().add(corner);
      const zoom = map.getZoom();
      this.#corner = map.layerPointToLatLng(corner);
      const [width, height] = [Math.round(full.x * dpr), Math.round(full.y * dpr)];
      const [scale, left, top] = [256 * Math.pow(2, zoom) * dpr, origin.x * dpr, origin.y * dpr];
      this.view = { zoom, dpr, pad, scale, left, top, width, height };
      Object.assign(this.#canvas, { width, height });
      Object.assign(this.#canvas.style, { width: full.x + "px", height: full.y + "px" });
      L.DomUtil.setPosition(this.#canvas, corner);
      this.drawNow();
    }
    /** Draw at the next frame; several calls before it are one. */
    redraw() {
      if (this._map && !this.#frame) this.#frame = requestAnimationFrame(() => this.drawNow());
      return this;
    }
    drawNow() {
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      if (this.view.width && this.view.height) this.draw(this.ctx, this.view);
    }
  };

  // maps/js/map/state.js
  var states = /* @__PURE__ */ new WeakMap();
  function stateOf(map) {
    if (!states.has(map)) {
      states.set(map, { events: null, placeNames: [], furniture: {}, firstView: null, isDrawing: false });
    }
    return states.get(map);
  }

  // maps/js/shared/canvas.js
  var FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";
  var usePixels = (ctx) => ctx.setTransform(1, 0, 0, 1, 0, 0);
  var useWorld = (ctx, view) => ctx.setTransform(view.scale, 0, 0, view.scale, -view.left, -view.top);
  function clear(ctx, view) {
    usePixels(ctx);
    ctx.clearRect(0, 0, view.width, view.height);
  }
  var toPixel = (view, [x, y]) => [x * view.scale - view.left, y * view.scale - view.top];
  var isOutside = (view, x, y) => x < 0 || y < 0 || x > view.width || y > view.height;
  var meets = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
  function strokePath(ctx, path, colour, width, dash = []) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.stroke(path);
    ctx.setLineDash([]);
  }
  function drawText(ctx, view, text, x, y, colour, ground = "#ffffff", rimAlpha = 1) {
    ctx.lineWidth = 3 * view.dpr;
    ctx.strokeStyle = ground;
    ctx.globalAlpha = rimAlpha;
    ctx.strokeText(text, x, y);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  }

  // maps/js/shared/channel.js
  var REMEMBERED = ["header", "histogram", "facets", "painted"];
  var channels = /* @__PURE__ */ new Map();
  function channel(name) {
    if (!channels.has(name)) channels.set(name, new Channel(name));
    return channels.get(name);
  }
  var Channel = class {
    #listeners = new EventTarget();
    #others;
    /** The latest message of each kind about the map's data, for a control that joins later. */
    latest = {};
    constructor(name) {
      this.#others = new BroadcastChannel("geomap:" + name);
      this.#others.addEventListener("message", ({ data }) => this.#receive(data));
      this.#others.postMessage({ joined: true });
    }
    /** Send a message to all listeners, in this frame and others. */
    post(message) {
      this.#others.postMessage(message);
      this.#receive(message);
    }
    /** Send the latest of the map's data once more: a script that joined came after it. */
    repeat() {
      this.#others.postMessage(this.latest);
    }
    /** Call `handler` with each message; returns how to stop it. */
    listen(handler) {
      const listener = ({ detail }) => handler(detail);
      this.#listeners.addEventListener("message", listener);
      return () => this.#listeners.removeEventListener("message", listener);
    }
    #receive(message) {
      if (!message) return;
      for (const part of REMEMBERED) if (message[part]) this.latest[part] = message[part];
      this.#listeners.dispatchEvent(new CustomEvent("message", { detail: message }));
    }
  };

  // maps/js/shared/days.js
  var DAY_MS = 864e5;
  function dayOf(text) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(text ?? "").trim());
    if (!parts) return null;
    const day = Date.UTC(+parts[1], parts[2] - 1, +parts[3]) / DAY_MS;
    return isoOf(day) === parts[0] ? day : null;
  }
  function isoOf(day) {
    if (day === null || !Number.isFinite(day)) return null;
    return new Date(day * DAY_MS).toISOString().slice(0, 10);
  }
  function daysOf([from, to]) {
    return [dayOf(from) ?? -Infinity, dayOf(to) ?? Infinity];
  }

  // maps/js/shared/vocabulary.js
  var WORLD = 4294967296;
  var EQUATOR_METRES = 400750167e-1;
  var MAGIC = 843402567;
  var FACTS = { "status": 7, "date": 7, "dateShift": 3, "geometry": 64, "extra": 128 };
  var GEO_MASK = 15;
  var FAILS = { "type": 1, "source": 2, "status": 4, "geo": 8, "date": 16, "batch": 32 };
  var FAILS_SERVER = 64;
  var FAILS_ANY = 127;
  var UNSURE = 128;
  var OUT = 0;
  var POSSIBLE = 1;
  var SHOWN = 2;
  var CERTAIN = 0;
  var VAGUE = 1;
  var OPEN = 2;
  var OPEN_PRECISION = "open";
  var SHAPES = { "exact": "exact", "near": "near", "area": "area", "unknown": "unknown" };
  var FORMS = { "point": "point", "line": "line", "area": "area" };
  var CRITERIA = {
    "type": { "label": "Type", "kind": "words", "columns": { "type": {} } },
    "source": { "label": "Source", "kind": "words", "columns": { "source": {} } },
    "status": { "label": "Status", "kind": "words", "columns": { "status": {} } },
    "precision": { "label": "Precision", "kind": "words", "columns": { "geo": { "label": "of the place", "words": ["exact", "near", "admin2", "admin1", "region", "country", "line", "approximate_line", "zone", "unknown"] }, "date": { "label": "of the date", "words": ["day", "week", "month", "year", "range", "open"] } } },
    "actor": { "label": "Actor", "kind": "words", "columns": {} },
    "country": { "label": "Country", "kind": "words", "columns": {} },
    "fatalities": { "label": "Fatalities", "kind": "range", "columns": {} },
    "batch": { "label": "Batch", "kind": "words", "columns": { "batch": {} } }
  };
  var MOST_COLOURS = 10;
  var OTHER = "other";
  var NOT_STATED = "not stated";
  var BOUNDARIES = { "dashed": "disputed dashed", "alike": "all alike", "none": "none" };
  var SOURCE_NAMES = "source";

  // maps/js/shared/mercator.js
  function mercator(longitude, latitude) {
    const sine = Math.sin(Math.max(-85.0511, Math.min(85.0511, latitude)) * Math.PI / 180);
    return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  }
  function latLng(x, y) {
    const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI;
    return { lat, lng: x * 360 - 180 };
  }
  var groundUnits = (metres, y) => metres * Math.cosh(Math.PI * (1 - 2 * y)) / EQUATOR_METRES;

  // maps/js/events/filter.js
  function wordsByColumn(data, filters) {
    const chosen = {};
    for (const [name, { columns }] of Object.entries(CRITERIA)) {
      const words = filters[name] ?? [];
      const names = Object.keys(columns);
      const within = (column) => words.filter((word) => data.columns[column].words.includes(word));
      for (const column of names) chosen[column] = names.length > 1 ? within(column) : words;
      if (words.length && names.length && !names.some((column) => chosen[column].length)) chosen[names[0]] = words;
    }
    return chosen;
  }
  function failColumn(data, name, chosen) {
    const { state } = data;
    const wanted = new Set(chosen);
    const passes = Uint8Array.from(data.columns[name].words, (word) => wanted.has(word) ? 1 : 0);
    const { codes, shift, mask } = data.columns[name];
    const bit = FAILS[name];
    if (codes) {
      for (let row = 0; row < state.length; row++) if (!passes[codes[row] >> shift & mask]) state[row] |= bit;
    }
    if (!codes && !passes[0]) for (let row = 0; row < state.length; row++) state[row] |= bit;
  }
  function readBits(buffer) {
    const head = new DataView(buffer);
    const rows = head.getUint32(0, true);
    const size = Math.ceil(rows / 8);
    const passes = new Uint8Array(buffer, 8, size);
    const surely = head.getUint8(4) > 1 ? new Uint8Array(buffer, 8 + size, size) : null;
    return { rows, passes, surely };
  }
  function useBits({ state }, { passes, surely }) {
    for (let row = 0; row < state.length; row++) {
      const bit = 1 << (row & 7);
      if (!(passes[row >> 3] & bit)) state[row] |= FAILS_SERVER;
      else if (surely && !(surely[row >> 3] & bit)) state[row] |= UNSURE;
    }
  }
  function markFailures(data, filters, bits) {
    const { state } = data;
    const chosen = wordsByColumn(data, filters ?? {});
    state.fill(0);
    for (const name of Object.keys(FAILS)) if (chosen[name]?.length) failColumn(data, name, chosen[name]);
    if (bits?.rows === data.count) useBits(data, bits);
  }

  // maps/js/events/data.js
  function firstAtLeast(days, value, count) {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = low + high >> 1;
      if (days[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  function verdict(start, end, timeClass, from, to) {
    if (start > to) return OUT;
    if (end < from) return timeClass === OPEN ? POSSIBLE : OUT;
    if (timeClass === VAGUE && (start < from || end > to)) return POSSIBLE;
    return SHOWN;
  }
  var codeAt = ({ codes, shift, mask }, row) => codes ? codes[row] >> shift & mask : 0;
  var EventsData = class {
    /** The columns of words: {words, codes, shift, mask}; no codes when every row has the first word. */
    columns = {};
    #timeClasses;
    // of the rows that are not one certain day
    #sureBefore;
    // sums over the days of single rows, so that a window is counted by two look-ups
    #unsureBefore;
    /** Read packed events; `filters` and `bits` as for `filter`. */
    constructor(buffer, filters = {}, bits = null) {
      const head = new DataView(buffer);
      if (head.getUint32(0, true) !== MAGIC) throw new Error("not packed events");
      const headerBytes = head.getUint32(4, true);
      const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headerBytes)));
      const { rows, singles, dayFirst, lastDay, statuses, datePrecisions } = header;
      Object.assign(this, { header, count: rows, singles, dayFirst, days: rows ? lastDay - dayFirst + 1 : 0 });
      this.#read(buffer, 8 + headerBytes);
      this.notHappened = statuses.map((word) => header.notHappened.includes(word));
      const classes = datePrecisions.map(
        (word) => word === OPEN_PRECISION ? OPEN : header.vague.includes(word) ? VAGUE : CERTAIN
      );
      const spans = this.facts.subarray(singles);
      this.#timeClasses = spans.map((facts) => classes[facts >> FACTS.dateShift & FACTS.date]);
      this.state = new Uint8Array(rows);
      this.filter(filters, bits);
    }
    #read(buffer, start) {
      let at = start;
      const take = (Type, length) => {
        const array = new Type(buffer, at, length);
        at += Math.ceil(length * Type.BYTES_PER_ELEMENT / 4) * 4;
        return array;
      };
      const { header, count: n } = this;
      const Days = header.dayBytes === 2 ? Uint16Array : Uint32Array;
      this.x = take(Uint32Array, n);
      this.y = take(Uint32Array, n);
      this.start = take(Days, n);
      this.end = take(Days, n - this.singles);
      this.radius = take(Uint8Array, n);
      this.facts = take(Uint8Array, n);
      this.geo = take(Uint8Array, n);
      const { statuses, datePrecisions, geoPrecisions } = header;
      this.columns.status = { words: statuses, codes: this.facts, shift: 0, mask: FACTS.status };
      this.columns.date = { words: datePrecisions, codes: this.facts, shift: FACTS.dateShift, mask: FACTS.date };
      this.columns.geo = { words: geoPrecisions, codes: this.geo, shift: 0, mask: GEO_MASK };
      for (const [name, { bytes, words }] of Object.entries(header.columns)) {
        const codes = bytes ? take(bytes === 1 ? Uint8Array : Uint16Array, n) : null;
        this.columns[name] = { words, codes, shift: 0, mask: 65535 };
      }
    }
    /** Take other filters; `bits` is the server's answer to a search, or null. */
    filter(filters, bits) {
      markFailures(this, filters, bits);
      this.#sum();
    }
    /** The word of a row in a column. */
    wordOf(name, row) {
      return this.columns[name].words[codeAt(this.columns[name], row)] ?? null;
    }
    dayOf(row) {
      return this.start[row] + this.dayFirst;
    }
    lastDayOf(row) {
      return (row < this.singles ? this.start[row] : this.end[row - this.singles]) + this.dayFirst;
    }
    metresOf(row) {
      return this.header.radii[this.radius[row]] ?? 0;
    }
    shapeOf(row) {
      return this.header.shapes[this.geo[row] & GEO_MASK];
    }
    timeClassOf(row) {
      return row < this.singles ? CERTAIN : this.#timeClasses[row - this.singles];
    }
    /** Whether a row is on a road or in a zone of the header, which is drawn instead of a mark. */
    hasGeometry(row) {
      return (this.facts[row] & FACTS.geometry) !== 0;
    }
    /** Whether a row is one more marker of an event that has a row already. */
    isExtra(row) {
      return (this.facts[row] & FACTS.extra) !== 0;
    }
    /** Whether a row was planned, prevented or denied. */
    isNotHappened(row) {
      return this.notHappened[this.facts[row] & FACTS.status];
    }
    /** The rows of one certain day inside the window: [first, beyond the last]. */
    singleRows(from, to) {
      const first = firstAtLeast(this.start, from - this.dayFirst, this.singles);
      const beyond = firstAtLeast(this.start, to + 1 - this.dayFirst, this.singles);
      return [first, Math.max(first, beyond)];
    }
    /** What the window makes of a row, whatever the filters. */
    windowVerdictOf(row, from, to) {
      return verdict(this.dayOf(row), this.lastDayOf(row), this.timeClassOf(row), from, to);
    }
    /** What the window and the filters make of a row. */
    verdictOf(row, from, to) {
      const state = this.state[row];
      if (state & FAILS_ANY) return OUT;
      const byDates = this.windowVerdictOf(row, from, to);
      return state ? Math.min(byDates, POSSIBLE) : byDates;
    }
    /** Calls visit(row, verdict) for every marker of the window that passes the filters. */
    eachRow(from, to, visit) {
      const [first, beyond] = this.singleRows(from, to);
      const { state } = this;
      for (let row = first; row < beyond; row++) {
        if (!state[row]) visit(row, SHOWN);
        else if (state[row] === UNSURE) visit(row, POSSIBLE);
      }
      this.eachSpan(from, to, visit);
    }
    /** The same for the rows that are not one certain day; they are in order of first day. */
    eachSpan(from, to, visit) {
      const { start, end, state, singles, count } = this;
      const timeClasses = this.#timeClasses;
      const [low, high] = [from - this.dayFirst, to - this.dayFirst];
      for (let row = singles; row < count && start[row] <= high; row++) {
        if (state[row] & FAILS_ANY) continue;
        const byDates = verdict(start[row], end[row - singles], timeClasses[row - singles], low, high);
        if (byDates) visit(row, state[row] ? POSSIBLE : byDates);
      }
    }
    /** The rows of the events, one each, that window and filters keep. */
    rowsIn(from, to) {
      const rows = [];
      this.eachRow(from, to, (row) => {
        if (!this.isExtra(row)) rows.push(row);
      });
      return rows;
    }
    /** The eight counts of a window. */
    countIn(from, to) {
      const low = Math.min(this.days, Math.max(0, from - this.dayFirst));
      const high = Math.max(low, Math.min(this.days, to + 1 - this.dayFirst));
      let shown = this.#sureBefore[high] - this.#sureBefore[low];
      let possible = this.#unsureBefore[high] - this.#unsureBefore[low];
      this.eachSpan(from, to, (row, byDates) => {
        if (this.isExtra(row)) return;
        if (byDates === SHOWN) shown++;
        else possible++;
      });
      const { total, unplaced, undated, hidden, beyond, events } = this.header;
      const filtered = beyond.filtered + events - this.passing;
      const outside_dates = beyond.outside_dates + this.passing - shown - possible;
      return { total, shown, possible, outside_dates, filtered, unplaced, undated, hidden };
    }
    #sum() {
      const { state, start, facts, days, count, singles } = this;
      const sure = this.#sureBefore = new Uint32Array(days + 1);
      const unsure = this.#unsureBefore = new Uint32Array(days + 1);
      let passing = 0;
      for (let row = 0; row < count; row++) {
        if (state[row] & FAILS_ANY || facts[row] & FACTS.extra) continue;
        passing++;
        if (row >= singles) continue;
        if (state[row]) unsure[start[row] + 1]++;
        else sure[start[row] + 1]++;
      }
      this.passing = passing;
      for (let day = 1; day <= days; day++) {
        sure[day] += sure[day - 1];
        unsure[day] += unsure[day - 1];
      }
    }
  };

  // maps/js/events/cells.js
  function wrappedX(x, view) {
    return x - Math.floor((x + 40 * view.dpr) / view.scale) * view.scale;
  }
  function pixelOf(data, view, row) {
    const scale = view.scale / WORLD;
    return [wrappedX(data.x[row] * scale - view.left, view), data.y[row] * scale - view.top];
  }
  var sitesByData = /* @__PURE__ */ new WeakMap();
  function sitesOf(data, wide) {
    const known = sitesByData.get(data);
    if (known?.wide === wide) return known;
    const site = new Int32Array(data.count).fill(-1);
    const rows = [];
    const indexes = /* @__PURE__ */ new Map();
    for (let row = 0; row < data.count; row++) {
      if (data.hasGeometry(row)) continue;
      const shape = data.shapeOf(row);
      if (shape !== SHAPES.area && (shape !== SHAPES.near || data.metresOf(row) < wide)) continue;
      const code = data.radius[row] * 2 + (shape === SHAPES.area ? 1 : 0);
      let byPlace = indexes.get(code);
      if (!byPlace) indexes.set(code, byPlace = /* @__PURE__ */ new Map());
      const key = data.x[row] * 2097152 + (data.y[row] >>> 11);
      let index = byPlace.get(key);
      if (index === void 0) byPlace.set(key, index = rows.push(row) - 1);
      site[row] = index;
    }
    const sites = { site, rows, wide };
    sitesByData.set(data, sites);
    return sites;
  }
  function hexCells(data, view, side) {
    const [dx, dy] = [side * Math.sqrt(3), side * 1.5];
    const columns = Math.ceil(view.width / dx) + 2;
    const hexes = columns * (Math.ceil(view.height / dy) + 2);
    const wide = 2 ** Math.round(Math.log2(side / view.scale * EQUATOR_METRES));
    const { site, rows: sites } = sitesOf(data, wide);
    const crossed = hexes + sites.length;
    const cell = new Int32Array(data.count);
    const { x, y, facts, count } = data;
    const { scale: world, left, top, width, height } = view;
    const scale = world / WORLD;
    const margin = 40 * view.dpr;
    const not = Uint8Array.from(data.notHappened);
    for (let row = 0; row < count; row++) {
      cell[row] = site[row] < 0 ? -1 : hexes + site[row];
      if (site[row] >= 0) continue;
      const py = y[row] * scale - top;
      if (py < 0 || py > height || facts[row] & FACTS.geometry) continue;
      let px = x[row] * scale - left;
      if (px < -margin || px >= world - margin) px = wrappedX(px, view);
      if (px < 0 || px > width) continue;
      const index = nearestHex(px, py, dx, dy, columns);
      cell[row] = not[facts[row] & FACTS.status] ? crossed + index : index;
    }
    return { cell, hexes, sites, crossed, columns, dx, dy, side, size: crossed + hexes };
  }
  function nearestHex(px, py, dx, dy, columns) {
    let row = py / dy + 0.5 | 0;
    let column = Math.max(0, px / dx - (row & 1) / 2 + 0.5 | 0);
    const off = (py - row * dy) / dy;
    if (off * 3 > 1 || off * 3 < -1) {
      const away = (px - (column + (row & 1) / 2) * dx) / dx;
      const other = row + (off < 0 ? -1 : 1);
      const near = Math.round(px / dx - (other & 1) / 2);
      const offOther = (py - other * dy) / dy;
      const awayOther = (px - (near + (other & 1) / 2) * dx) / dx;
      const here = (away * dx) ** 2 + (off * dy) ** 2;
      if ((awayOther * dx) ** 2 + (offOther * dy) ** 2 < here) [row, column] = [other, near];
    }
    return Math.max(0, row) * columns + Math.max(0, column);
  }
  var hexAt = ({ dx, dy, columns }, px, py) => nearestHex(px, py, dx, dy, columns);
  function hexMiddle({ columns, dx, dy }, index) {
    const row = Math.floor(index / columns);
    return [(index % columns + (row & 1) / 2) * dx, row * dy];
  }
  var CellCounts = class {
    #data;
    #cell;
    #singles;
    #unsureSingles;
    #first = 0;
    #beyond = 0;
    constructor(data, { cell, size }) {
      this.#data = data;
      this.#cell = cell;
      this.#singles = new Int32Array(size);
      this.#unsureSingles = new Int32Array(size);
      this.sure = new Int32Array(size);
      this.unsure = new Int32Array(size);
    }
    of(index) {
      return this.sure[index] + this.unsure[index];
    }
    /** All cells together. */
    total() {
      let sum = 0;
      for (let index = 0; index < this.sure.length; index++) sum += this.of(index);
      return sum;
    }
    move(from, to) {
      const [first, beyond] = this.#data.singleRows(from, to);
      if (first >= this.#beyond || beyond <= this.#first) {
        this.#add(this.#first, this.#beyond, -1);
        this.#add(first, beyond, 1);
      } else {
        this.#add(first, this.#first, 1);
        this.#add(this.#first, first, -1);
        this.#add(this.#beyond, beyond, 1);
        this.#add(beyond, this.#beyond, -1);
      }
      this.#first = first;
      this.#beyond = beyond;
      this.#addSpans(from, to);
    }
    #add(first, beyond, by) {
      const { state } = this.#data;
      const [cell, singles, unsureSingles] = [this.#cell, this.#singles, this.#unsureSingles];
      for (let row = first; row < beyond; row++) {
        if (cell[row] < 0) continue;
        if (!state[row]) singles[cell[row]] += by;
        else if (state[row] === UNSURE) unsureSingles[cell[row]] += by;
      }
    }
    #addSpans(from, to) {
      const { sure, unsure } = this;
      const cell = this.#cell;
      sure.set(this.#singles);
      unsure.set(this.#unsureSingles);
      this.#data.eachSpan(from, to, (row, verdict2) => {
        if (cell[row] < 0) return;
        if (verdict2 === SHOWN) sure[cell[row]]++;
        else unsure[cell[row]]++;
      });
    }
  };

  // maps/js/shared/words.js
  var readable = (word) => (word ?? NOT_STATED).replaceAll("_", " ");
  var thousands = (number) => (number ?? 0).toLocaleString("en");

  // maps/js/events/ramp.js
  var RAMP = ["#fbe3a7", "#f6b65f", "#ea7d4a", "#cb4a5f", "#8b2c70", "#43195c"];
  var RIM = RAMP[3];
  function classesFor(most) {
    const ends = [1];
    const factor = Math.max(2, Math.pow(Math.max(2, most), 1 / RAMP.length));
    while (ends.length < RAMP.length) {
      const next = rounded(ends.at(-1) * factor);
      if (next > most) break;
      ends.push(next <= ends.at(-1) ? ends.at(-1) + 1 : next);
    }
    return ends;
  }
  function rounded(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    const lead = value / power;
    return (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10) * power;
  }
  function classOf(ends, count) {
    let index = 0;
    while (index + 1 < ends.length && count >= ends[index + 1]) index++;
    return index;
  }
  function classColour(ends, index) {
    const last = ends.length - 1;
    return RAMP[last < 1 ? 1 : Math.round(index * (RAMP.length - 1) / last)];
  }
  function classWords(ends) {
    return ends.map((low, index) => {
      const next = ends[index + 1];
      if (next === void 0) return `${thousands(low)} or more`;
      return next - 1 === low ? thousands(low) : `${thousands(low)} to ${thousands(next - 1)}`;
    });
  }

  // maps/js/events/grid.js
  function readGrid(buffer) {
    const grid = JSON.parse(new TextDecoder().decode(buffer));
    const largest = (most, [, , shown, possible]) => Math.max(most, shown + possible);
    return { ...grid, ends: classesFor(grid.cells.reduce(largest, 1)) };
  }
  function drawGrid(ctx, view, { cells, size, ends }) {
    const side = size * view.scale;
    ctx.lineWidth = 1.5 * view.dpr;
    ctx.strokeStyle = RIM;
    ctx.globalAlpha = 0.86;
    for (const [x, y, shown, possible] of cells) {
      const left = wrappedX(x * view.scale - view.left, view);
      const top = y * view.scale - view.top;
      ctx.fillStyle = classColour(ends, classOf(ends, shown + possible));
      if (shown) ctx.fillRect(left, top, side * 0.96, side * 0.96);
      else ctx.strokeRect(left + 1, top + 1, side * 0.9, side * 0.9);
    }
    ctx.globalAlpha = 1;
  }

  // maps/js/shared/elements.js
  function make(tag, className = "", ...content) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...content.flat().filter((part) => part !== null && part !== void 0));
    return element;
  }
  function makeButton(className, onClick, ...content) {
    const button = make("button", className, ...content);
    button.type = "button";
    button.addEventListener("click", onClick);
    return button;
  }
  function setAttributes(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  // maps/js/events/legend.js
  var SHAPES2 = [
    ["exact", "At the place named"],
    ["near", "Near it: the faint disc is how near"],
    ["area", "Somewhere in this hatched area (its circle may be nominal)"],
    ["unknown", "How exact is not stated"],
    ["possible", "Hollow: possible by its date"],
    ["ongoing", "Open ring: goes on"],
    ["crossed", "Slash: planned, prevented or denied"],
    ["number", "Events at one place; colour of most"],
    ["zone", "Zone; its edge may be off"],
    ["road", "Road; dashed where its course is a guess"],
    ["diamond", "Place of the gazetteer"]
  ];
  function line(mark, text, count) {
    const isColour = mark.startsWith("#");
    const icon = make("i", `geomap-key ${isColour ? "" : mark}`);
    if (isColour) icon.style.background = mark;
    return make("li", "", icon, make("span", "", text), count === void 0 ? null : make("b", "", thousands(count)));
  }
  var note = (text) => line("none", text);
  var Legend = class extends L.Control {
    #layer;
    #categories = make("ul");
    #classes = make("ul", "geomap-classes");
    constructor(layer) {
      super({ position: "topright" });
      this.#layer = layer;
    }
    onAdd(map) {
      const width = map.getSize().x;
      const lines = SHAPES2.map(([mark, text]) => line(mark, text));
      const shapes = make("details", "", make("summary", "", "Shapes"), make("ul", "", lines));
      const parts = [make("summary", "", "Legend"), this.#categories, this.#classes, shapes];
      const box = make("details", "geomap-legend leaflet-bar", parts);
      box.open = width > 560;
      shapes.open = width > 900;
      L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
      this.#layer.on("rest", this.#fill, this);
      return box;
    }
    onRemove() {
      this.#layer.off("rest", this.#fill, this);
    }
    /** Numbers follow when the dates rest, so that dragging them stays smooth. */
    #fill({ categories, classes }) {
      this.#categories.replaceChildren(...categories ? categoryLines(categories) : []);
      this.#classes.replaceChildren(...classes ? classLines(classes) : []);
    }
  };
  function categoryLines({ column, rows, isPartial }) {
    const shown = (name) => column === "status" ? readable(name) : name;
    const lines = rows.map(({ name, colour, count }) => line(colour, shown(name), count));
    return isPartial ? [note("Of this view:"), ...lines] : lines;
  }
  function classLines({ isGrid, ends, areas, notHappened, undrawn }) {
    return [
      note(isGrid ? "Events in a square" : "Events in a hexagon; areas apart, with their number"),
      ...classWords(ends).map((words, index) => line(classColour(ends, index), words)),
      areas && note(`${thousands(areas)} known to an area or a road only: move closer to see them`),
      notHappened && note(`${thousands(notHappened)} planned, prevented or denied are apart: a slash where there is nothing else`),
      undrawn && note(`${thousands(undrawn)} more areas than can be drawn: move closer`)
    ].filter(Boolean);
  }

  // maps/js/shared/fetched.js
  async function fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`answer ${answer.status}`);
    if (!address.endsWith(".gz")) return answer;
    return new Response(answer.body.pipeThrough(new DecompressionStream("gzip")));
  }

  // maps/js/events/loader.js
  function loader(take, fail) {
    let wanted;
    return async (source) => {
      if (source === wanted) return;
      wanted = source;
      try {
        const buffer = typeof source === "string" ? await (await fetched(source)).arrayBuffer() : source;
        if (source === wanted) take(buffer);
      } catch (error) {
        wanted = void 0;
        fail(error);
      }
    };
  }

  // maps/js/events/row_words.js
  function dayWords(data, row) {
    const first = isoOf(data.dayOf(row));
    const last = isoOf(data.lastDayOf(row));
    const timeClass = data.timeClassOf(row);
    if (timeClass === OPEN) return `since ${first}`;
    if (first === last) return first;
    return timeClass === VAGUE ? `between ${first} and ${last}` : `${first} to ${last}`;
  }
  function rowWords(data, row) {
    const word = (name) => readable(data.wordOf(name, row));
    return [word("type"), dayWords(data, row), word("status"), `place: ${word("geo")}`].join(" · ");
  }

  // maps/js/events/picking.js
  var TIP_AFTER = { marks: 40, crowd: 250 };
  function makeTip(container) {
    const tip = setAttributes(make("div", "geomap-tip"), { "aria-hidden": true, hidden: "" });
    container.append(tip);
    return tip;
  }
  function showTip(tip, words, point) {
    tip.textContent = words;
    tip.hidden = false;
    const left = Math.min(point.x + 14, tip.parentElement.clientWidth - tip.offsetWidth - 6);
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(4, point.y - tip.offsetHeight - 10)}px`;
  }
  function makeVoice(container) {
    const voice = setAttributes(make("div", "geomap-voice"), { role: "status" });
    voice.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
    container.append(voice);
    const label = "Map of events. N and P go from event to event, Enter opens one, arrows move the map.";
    setAttributes(container, { role: "region", "aria-label": label });
    return voice;
  }
  function rowsByDay({ data, from, to }) {
    return data.rowsIn(from, to).sort((a, b) => data.dayOf(a) - data.dayOf(b) || a - b);
  }
  function wirePicking(layer, map) {
    const container = map.getContainer();
    const voice = makeVoice(container);
    const tip = makeTip(container);
    let timer = 0;
    function pick(rows) {
      if (!rows.length) return;
      layer.select(rows[0]);
      channel(layer.options.channel).post({ pick: rows[0], here: rows });
    }
    function step(by) {
      const rows = rowsByDay(layer);
      if (!rows.length) return;
      const at = rows.indexOf(layer.selectedRow);
      const next = at < 0 ? by > 0 ? 0 : rows.length - 1 : (at + by + rows.length) % rows.length;
      layer.select(rows[next]);
      layer.bringIntoView(rows[next]);
      voice.textContent = `${next + 1} of ${rows.length}: ${rowWords(layer.data, rows[next])}`;
    }
    function onKey(event) {
      if (event.target !== container || !layer.data || event.ctrlKey || event.metaKey) return;
      const key = event.key.toLowerCase();
      if (key === "n") step(1);
      else if (key === "p") step(-1);
      else if (key === "enter" && layer.selectedRow !== null) pick([layer.selectedRow]);
      else return;
      event.preventDefault();
    }
    function onLeave() {
      clearTimeout(timer);
      tip.hidden = true;
    }
    function onMove({ containerPoint }) {
      onLeave();
      if (stateOf(map).isDrawing || !layer.data) return;
      timer = setTimeout(() => {
        const rows = layer.rowsAt(containerPoint);
        container.style.cursor = rows.length ? "pointer" : "";
        const more = rows.length > 1 ? ` (and ${thousands(rows.length - 1)} more)` : "";
        if (rows.length) showTip(tip, rowWords(layer.data, rows[0]) + more, containerPoint);
      }, TIP_AFTER[layer.picture.mode] ?? TIP_AFTER.crowd);
    }
    function onClick({ containerPoint }) {
      onLeave();
      if (!stateOf(map).isDrawing) pick(layer.rowsAt(containerPoint));
    }
    const handlers = { click: onClick, mousemove: onMove, mouseout: onLeave, movestart: onLeave };
    map.on(handlers);
    container.addEventListener("keydown", onKey);
    return () => {
      clearTimeout(timer);
      map.off(handlers);
      container.removeEventListener("keydown", onKey);
      voice.remove();
      tip.remove();
    };
  }

  // maps/js/events/groups.js
  function markAt(data, view, row) {
    const [x, y] = pixelOf(data, view, row);
    const metres = data.metresOf(row);
    const ground = metres ? groundUnits(metres, data.y[row] / WORLD) * view.scale : 0;
    const reach = 20 * view.dpr + ground;
    if (x < -reach || y < -reach || x > view.width + reach || y > view.height + reach) return null;
    return { x, y, shape: data.shapeOf(row), ground, size: 5 * view.dpr };
  }
  function placesInView(data, view, from, to) {
    const byX = /* @__PURE__ */ new Map();
    const groups = [];
    data.eachRow(from, to, (row, verdict2) => {
      if (data.hasGeometry(row)) return;
      const shape = data.shapeOf(row);
      const spread = shape === SHAPES.area || shape === SHAPES.near ? data.radius[row] : 0;
      const column = byX.get(data.x[row]) ?? [];
      let group = column.find((one) => one.at === data.y[row] && one.shape === shape && one.spread === spread);
      if (!group) {
        const mark = markAt(data, view, row);
        group = { ...mark, shape, at: data.y[row], spread, rows: [], certain: 0, isOut: !mark };
        column.push(group);
        byX.set(data.x[row], column);
        if (mark) groups.push(group);
      }
      if (group.isOut) return;
      group.rows.push(row);
      if (verdict2 === SHOWN) group.certain++;
    });
    for (const group of groups) {
      group.number = group.rows.length;
      group.size = discSize(group.number) * view.dpr;
    }
    return groups;
  }
  function discSize(number) {
    return number === 1 ? 5 : Math.min(15, 6.5 + 1.5 * Math.log2(number));
  }

  // maps/js/events/marks.js
  var PAPER = "#ffffff";
  var INK = "#222222";
  var SELECTED = "#111111";
  var LEAST_AREA = 12;
  var ORDER = { area: 0, near: 1, exact: 2, unknown: 2 };
  var isArea = (group) => group.shape === SHAPES.area;
  var areaRadius = (group, view) => Math.max(group.ground, LEAST_AREA * view.dpr);
  function drawPlaces(ctx, view, data, groups, colourOf) {
    const labels = [];
    for (const group of [...groups].sort((a, b) => ORDER[a.shape] - ORDER[b.shape] || a.certain - b.certain)) {
      const colour = colourOf(group);
      if (isArea(group)) drawArea(ctx, view, group, colour);
      else drawDisc(ctx, view, group, colour);
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
  function strokeWithRim(ctx, view, colour, width, rim) {
    stroke(ctx, PAPER, rim * view.dpr);
    stroke(ctx, colour, width * view.dpr);
  }
  var hatches = /* @__PURE__ */ new Map();
  function hatch(ctx, colour, dpr) {
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
    const thin = Math.min(1, 0.12 * ctx.canvas.width / radius);
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
  function drawSlash(ctx, view, group) {
    const reach = group.size + 2 * view.dpr;
    const [x, y] = onRim(view, group);
    ctx.beginPath();
    ctx.moveTo(x - reach, y + reach);
    ctx.lineTo(x + reach, y - reach);
    strokeWithRim(ctx, view, INK, 1.8, 4);
  }
  function drawRing(ctx, view, group, colour) {
    const [x, y] = onRim(view, group);
    ctx.beginPath();
    ctx.arc(x, y, group.size + 4 * view.dpr, -Math.PI / 4, Math.PI * 1.25);
    strokeWithRim(ctx, view, colour, 1.8, 4);
  }
  var onRim = (view, group) => [group.x + (isArea(group) ? areaRadius(group, view) : 0), group.y];
  function useNumberFont(ctx, view, size) {
    ctx.font = `600 ${size * view.dpr}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
  }
  function drawNumber(ctx, view, group, colour, labels) {
    const y = isArea(group) ? group.y - areaRadius(group, view) : group.y;
    const text = group.number > 9999 ? `${Math.round(group.number / 1e3)}k` : String(group.number);
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
  function drawSelection(ctx, view, x, y, radius) {
    circle(ctx, x, y, radius);
    strokeWithRim(ctx, view, SELECTED, 2.5, 5);
  }

  // maps/js/events/density.js
  var SIDE = 11;
  var MOST_AREAS = 150;
  var AREA_COLOUR = "#444444";
  var Density = class {
    #sites;
    constructor(data, view) {
      this.data = data;
      this.view = view;
      this.cells = hexCells(data, view, SIDE * view.dpr);
      this.#sites = this.#sitesInView();
      this.refilter();
    }
    /** Areas and wide discs that touch the view, with the cell that counts them. */
    #sitesInView() {
      const { hexes, sites } = this.cells;
      return sites.flatMap((row, index) => {
        const mark = markAt(this.data, this.view, row);
        return mark ? [{ ...mark, rows: [row], cell: hexes + index, number: 0, certain: 0 }] : [];
      });
    }
    /** Other events pass now: they are counted anew, where they are stays. */
    refilter() {
      this.counts = new CellCounts(this.data, this.cells);
      this.counts.move(-Infinity, Infinity);
      let most = 1;
      for (let index = 0; index < this.cells.hexes; index++) most = Math.max(most, this.counts.of(index));
      this.ends = classesFor(most);
    }
    /** Events in view and window, all cells together. */
    inView(from, to) {
      this.counts.move(from, to);
      return this.counts.total();
    }
    draw(ctx) {
      this.#drawHexagons(ctx);
      this.#drawSlashes(ctx);
      this.drawAreas(ctx);
    }
    #drawHexagons(ctx) {
      const { counts, cells, ends } = this;
      const paths = ends.map(() => new Path2D());
      const hollow = new Path2D();
      for (let index = 0; index < cells.hexes; index++) {
        const count = counts.of(index);
        if (!count) continue;
        const path = counts.sure[index] ? paths[classOf(ends, count)] : hollow;
        trace(path, hexMiddle(cells, index), cells.side * 0.96);
      }
      ctx.globalAlpha = 0.86;
      paths.forEach((path, index) => {
        ctx.fillStyle = classColour(ends, index);
        ctx.fill(path);
      });
      ctx.lineWidth = 1.5 * this.view.dpr;
      ctx.strokeStyle = RIM;
      ctx.stroke(hollow);
      ctx.globalAlpha = 1;
    }
    /** Where everything was planned, prevented or denied: a stroke, no fill. */
    #drawSlashes(ctx) {
      const { counts, cells } = this;
      const reach = cells.side * 0.45;
      this.notHappened = 0;
      ctx.beginPath();
      for (let index = 0; index < cells.hexes; index++) {
        const number = counts.of(cells.crossed + index);
        this.notHappened += number;
        if (!number || counts.of(index)) continue;
        const [x, y] = hexMiddle(cells, index);
        ctx.moveTo(x - reach, y + reach);
        ctx.lineTo(x + reach, y - reach);
      }
      ctx.lineWidth = 1.4 * this.view.dpr;
      ctx.strokeStyle = INK;
      ctx.stroke();
    }
    drawAreas(ctx) {
      const groups = this.#areaGroups();
      this.undrawn = Math.max(0, groups.length - MOST_AREAS);
      if (this.undrawn) groups.sort((a, b) => b.number - a.number);
      drawPlaces(ctx, this.view, this.data, groups.slice(0, MOST_AREAS), () => AREA_COLOUR);
    }
    /** The areas and wide discs of the window that touch the view, as groups to be drawn. */
    #areaGroups() {
      for (const group of this.#sites) {
        group.certain = this.counts.sure[group.cell];
        group.number = this.counts.of(group.cell);
      }
      return this.#sites.filter((group) => group.number);
    }
    /** The rows of the window under a pixel, newest first, at most `most`. */
    rowsAt(x, y, from, to, most) {
      const { cell, crossed } = this.cells;
      const index = hexAt(this.cells, x, y);
      let wanted = [index, crossed + index];
      if (!wanted.some((one2) => this.counts.of(one2))) {
        const near = this.#areaGroups().filter((group) => Math.hypot(group.x - x, group.y - y) <= group.ground);
        near.sort((a, b) => a.ground - b.ground);
        wanted = near.slice(0, 1).map((group) => group.cell);
      }
      const rows = [];
      const [one, other = one] = wanted;
      this.data.eachRow(from, to, (row) => {
        if (cell[row] === one || cell[row] === other) rows.push(row);
      });
      return rows.reverse().slice(0, most);
    }
  };
  function trace(path, [x, y], side) {
    for (let corner = 0; corner < 6; corner++) {
      const angle = Math.PI / 3 * corner + Math.PI / 6;
      path[corner ? "lineTo" : "moveTo"](x + side * Math.cos(angle), y + side * Math.sin(angle));
    }
    path.closePath();
  }

  // maps/js/events/shapes.js
  function trace2(path, points, isClosed) {
    points.forEach((point, index) => path[index ? "lineTo" : "moveTo"](...mercator(...point)));
    if (isClosed) path.closePath();
  }
  function shapesOf({ header }) {
    const shapes = (header.geometries ?? []).map(({ lines = [], rings = [], approximate }) => {
      const path = new Path2D();
      for (const line2 of lines) trace2(path, line2, false);
      for (const ring of rings) trace2(path, ring, true);
      const outline = lines[0] ?? rings[0] ?? [[0, 0]];
      const label = mercator(...outline[outline.length >> 1]);
      return { path, isArea: rings.length > 0, label, approximate, rows: [] };
    });
    for (const [row, index] of header.on ?? []) shapes[index].rows.push(row);
    return shapes;
  }
  function rowsOn(shape, { data, from, to }) {
    const verdicts = shape.rows.map((row) => [row, data.verdictOf(row, from, to)]);
    const rowsThatAre = (wanted) => verdicts.filter(([, verdict2]) => verdict2 === wanted).map(([row]) => row);
    return { certain: rowsThatAre(SHOWN), possible: rowsThatAre(POSSIBLE) };
  }
  function drawShapes(ctx, view, layer, colourOf) {
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
      if (rows.length > 1) drawNumber2(ctx, view, shape, rows.length, colour);
    }
    usePixels(ctx);
  }
  function hatchArea(ctx, view, shape, colour, isCertain) {
    ctx.save();
    ctx.clip(shape.path, "evenodd");
    usePixels(ctx);
    ctx.globalAlpha = isCertain ? 0.4 : 0.16;
    ctx.fillStyle = hatch(ctx, colour, view.dpr);
    ctx.fillRect(0, 0, view.width, view.height);
    ctx.restore();
  }
  function drawNumber2(ctx, view, shape, number, colour) {
    usePixels(ctx);
    useNumberFont(ctx, view, 10);
    drawText(ctx, view, String(number), ...toPixel(view, shape.label), colour);
    ctx.textAlign = "start";
  }
  function rowsOfShapesAt(ctx, view, layer, x, y) {
    useWorld(ctx, view);
    ctx.lineWidth = 12 * view.dpr / view.scale;
    const touched = layer.shapes.filter(
      ({ path, isArea: isArea2 }) => isArea2 ? ctx.isPointInPath(path, x, y, "evenodd") : ctx.isPointInStroke(path, x, y)
    );
    usePixels(ctx);
    return touched.flatMap((shape) => Object.values(rowsOn(shape, layer)).flat());
  }

  // maps/js/events/tallies.js
  function categoriesOf(data, column) {
    const words = data.columns[column].words;
    const colours = data.header.colours[column];
    const series = [];
    const of = new Uint8Array(words.length);
    const byColour = /* @__PURE__ */ new Map();
    words.forEach((word, code) => {
      const colour = colours[code];
      let index = byColour.get(colour);
      if (index === void 0 && series.length < MOST_COLOURS) {
        index = series.push({ name: word ?? NOT_STATED, colour, words: 0 }) - 1;
        byColour.set(colour, index);
      }
      of[code] = index ?? MOST_COLOURS - 1;
      if (++series[of[code]].words > 1) series[of[code]].name = OTHER;
    });
    return { series, of };
  }
  function mainCode(data, column, rows) {
    const codes = data.columns[column];
    const counts = /* @__PURE__ */ new Map();
    for (const row of rows) {
      const code = codeAt(codes, row);
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0][0];
  }
  function histogramOf(data, column) {
    const { series, of } = categoriesOf(data, column);
    const { days, state, start, end, facts, count, singles } = data;
    const shown = series.map(() => new Int32Array(days + 1));
    const possible = new Int32Array(days + 1);
    const { codes, shift, mask } = data.columns[column];
    for (let row = 0; row < count; row++) {
      if (state[row] & FAILS_ANY || facts[row] & FACTS.extra) continue;
      const code = codes ? codes[row] >> shift & mask : 0;
      const first = start[row];
      const last = row < singles ? first : end[row - singles];
      const timeClass = data.timeClassOf(row);
      const unsure = state[row] || timeClass === VAGUE && first !== last;
      const steps = unsure ? possible : shown[of[code]];
      steps[first]++;
      steps[last + 1]--;
      if (timeClass === OPEN && last + 1 < days) possible[last + 1]++;
    }
    const covered = (steps) => {
      for (let day = 1; day < days; day++) steps[day] += steps[day - 1];
      return Uint32Array.from(steps.subarray(0, days));
    };
    return {
      first: data.dayFirst,
      unit: "day",
      series: series.map(({ name, colour }, i) => ({ name, colour, shown: covered(shown[i]) })),
      possible: covered(possible)
    };
  }
  function facetsOf(data, from, to, column) {
    const spans = [];
    for (let row = data.singles; row < data.count; row++) if (data.windowVerdictOf(row, from, to)) spans.push(row);
    const facets = {};
    for (const [name, bit] of Object.entries(FAILS)) facets[name] = tally(data, name, bit, from, to, spans);
    return { facets, legend: tally(data, column, 0, from, to, spans) };
  }
  function tally(data, name, pardoned, from, to, spans) {
    const { state, facts } = data;
    const { words, codes, shift, mask } = data.columns[name];
    const counts = new Uint32Array(words.length);
    const forgiven = FAILS_ANY & ~pardoned;
    const [first, beyond] = data.singleRows(from, to);
    for (let row = first; row < beyond; row++) {
      if (state[row] & forgiven || facts[row] & FACTS.extra) continue;
      counts[codes ? codes[row] >> shift & mask : 0]++;
    }
    for (const row of spans) {
      if (state[row] & forgiven || facts[row] & FACTS.extra) continue;
      counts[codes ? codes[row] >> shift & mask : 0]++;
    }
    return counts;
  }
  function boxOf(data, from, to) {
    let [west, north, east, south] = [WORLD, WORLD, 0, 0];
    data.eachRow(from, to, (row) => {
      west = Math.min(west, data.x[row]);
      east = Math.max(east, data.x[row]);
      north = Math.min(north, data.y[row]);
      south = Math.max(south, data.y[row]);
    });
    if (east < west) return null;
    const [low, high] = [latLng(west / WORLD, south / WORLD), latLng(east / WORLD, north / WORLD)];
    return [low.lng, low.lat, high.lng, high.lat];
  }

  // maps/js/events/stamps.js
  var CATEGORY = 63;
  var CROSSED = 64;
  var HOLLOW = 128;
  var PAPER2 = 3774873599;
  function rgba(colour) {
    const value = parseInt(colour.slice(1), 16);
    return (4278190080 | (value & 255) << 16 | value & 65280 | value >> 16) >>> 0;
  }
  function stampOf(radius, width) {
    const reach = Math.ceil(radius + 1);
    const [disc, rim, cross] = [[], [], []];
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const distance = Math.hypot(dx, dy);
        if (distance <= radius - 0.5) disc.push(dy * width + dx);
        else if (distance <= radius + 0.6) rim.push(dy * width + dx);
        if (Math.abs(dx) === Math.abs(dy) && distance <= radius + 1) cross.push(dy * width + dx);
      }
    }
    return { disc: Int32Array.from(disc), rim: Int32Array.from(rim), cross: Int32Array.from(cross) };
  }
  var Stamps = class {
    #data;
    #view;
    #categories;
    #column;
    #palette;
    #ink = rgba(INK);
    #pixel;
    #marks;
    constructor(data, view, cells, column) {
      const { series, of } = categoriesOf(data, column);
      this.#data = data;
      this.#view = view;
      this.#categories = of;
      this.#column = data.columns[column];
      this.#palette = Uint32Array.from(series.map((one) => one.colour), rgba);
      this.#pixel = pixelsOf(data, view, cells);
      this.#marks = new Uint8Array(view.width * view.height);
    }
    draw(ctx, from, to, count) {
      const data = this.#data;
      const [marks, pixel, categories] = [this.#marks, this.#pixel, this.#categories];
      const { codes, shift, mask } = this.#column;
      marks.fill(0);
      const set = (row, hollow) => {
        if (pixel[row] < 0) return;
        const crossed = data.isNotHappened(row) ? CROSSED : 0;
        marks[pixel[row]] = categories[codes ? codes[row] >> shift & mask : 0] + 1 | crossed | hollow;
      };
      data.eachRow(from, to, (row, verdict2) => verdict2 === POSSIBLE && set(row, HOLLOW));
      data.eachRow(from, to, (row, verdict2) => verdict2 === SHOWN && set(row, 0));
      this.#spread(ctx, Math.max(1, this.#view.dpr * (count > 2e5 ? 1.6 : count > 5e4 ? 2.4 : 3.4)));
    }
    #spread(ctx, radius) {
      const { width, height } = this.#view;
      const [marks, palette, ink] = [this.#marks, this.#palette, this.#ink];
      const image = ctx.createImageData(width, height);
      const pixels = new Uint32Array(image.data.buffer);
      const { disc, rim, cross } = stampOf(radius, width);
      for (let at = 0; at < marks.length; at++) {
        const mark = marks[at];
        if (!mark) continue;
        const colour = palette[(mark & CATEGORY) - 1];
        const edge = mark & HOLLOW ? colour : PAPER2;
        for (let i = 0; i < rim.length; i++) pixels[at + rim[i]] = edge;
        if (!(mark & HOLLOW)) for (let i = 0; i < disc.length; i++) pixels[at + disc[i]] = colour;
        if (mark & CROSSED) for (let i = 0; i < cross.length; i++) pixels[at + cross[i]] = ink;
      }
      ctx.putImageData(image, 0, 0);
    }
    /** The rows of the window whose marks are under a pixel, the nearest first. */
    rowsAt(x, y, from, to, most) {
      const { width, dpr } = this.#view;
      const pixel = this.#pixel;
      const reach = (6 * dpr) ** 2;
      const near = [];
      this.#data.eachRow(from, to, (row) => {
        const at = pixel[row];
        if (at < 0) return;
        const distance = (at % width - x) ** 2 + (Math.floor(at / width) - y) ** 2;
        if (distance <= reach) near.push([distance, row]);
      });
      near.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
      return near.slice(0, most).map(([, row]) => row);
    }
  };
  function pixelsOf(data, view, cells) {
    const pixel = new Int32Array(data.count).fill(-1);
    const margin = Math.ceil(6 * view.dpr);
    for (let row = 0; row < data.count; row++) {
      const cell = cells.cell[row];
      if (cell < 0 || cell >= cells.hexes && cell < cells.crossed) continue;
      const [x, y] = pixelOf(data, view, row);
      if (x < margin || y < margin || x > view.width - margin || y > view.height - margin) continue;
      pixel[row] = (y | 0) * view.width + (x | 0);
    }
    return pixel;
  }

  // maps/js/events/picture.js
  var DIRECT = 2e4;
  var CROWDED = 4e3;
  var MOST_ROWS = 5e3;
  var Picture = class {
    mode = "marks";
    // or "hexagons", "stamps", "grid"
    groups = [];
    // the marks that are drawn one by one
    #cells = null;
    #stamps = null;
    #layer;
    /** `layer` has the `data`, `shapes`, window, `column` of the colours and `density` to draw. */
    constructor(layer) {
      this.#layer = layer;
    }
    /** Other data: nothing that was worked out holds any more. */
    clear() {
      this.#cells = this.#stamps = null;
    }
    /** The same rows in the colours of another column. */
    recolour() {
      this.#stamps = null;
    }
    /** The same rows, of which others pass the filters. */
    refilter() {
      this.#cells?.refilter();
    }
    draw(ctx, view) {
      const { grid } = this.#layer;
      this.groups = [];
      if (grid) {
        this.mode = "grid";
        drawGrid(ctx, view, grid);
      } else {
        this.#drawData(ctx, view);
      }
      this.#drawSelected(ctx, view);
    }
    #drawData(ctx, view) {
      const { data, from, to, density } = this.#layer;
      const [first, beyond] = data.singleRows(from, to);
      const inWindow = beyond - first + data.count - data.singles;
      const isExact = inWindow > DIRECT || density === "on";
      const inView = isExact ? this.cellsOf(view).inView(from, to) : inWindow;
      const isCrowded = inView > CROWDED;
      this.mode = density === "on" || isCrowded && density === "auto" ? "hexagons" : isCrowded ? "stamps" : "marks";
      if (this.mode === "marks") this.#drawMarks(ctx, view);
      else if (this.mode === "stamps") this.#drawStamps(ctx, view, inView);
      else {
        this.cellsOf(view).draw(ctx);
        this.#drawShapes(ctx, view);
      }
    }
    #drawMarks(ctx, view) {
      const { data, from, to } = this.#layer;
      this.#drawShapes(ctx, view);
      this.groups = placesInView(data, view, from, to);
      drawPlaces(ctx, view, data, this.groups, (group) => this.#colourOf(group.rows));
    }
    #drawStamps(ctx, view, count) {
      const { data, from, to, column } = this.#layer;
      const cells = this.cellsOf(view);
      cells.inView(from, to);
      this.#stamps ??= new Stamps(data, view, cells.cells, column);
      this.#stamps.draw(ctx, from, to, count);
      this.#drawShapes(ctx, view);
      cells.drawAreas(ctx);
    }
    #drawShapes(ctx, view) {
      drawShapes(ctx, view, this.#layer, (rows) => this.#colourOf(rows));
    }
    /** The colour most of these rows have. */
    #colourOf(rows) {
      const { data, column } = this.#layer;
      return data.header.colours[column][mainCode(data, column, rows)];
    }
    #drawSelected(ctx, view) {
      const { data, selectedRow: row } = this.#layer;
      if (row === null || data.hasGeometry(row)) return;
      const [x, y] = pixelOf(data, view, row);
      const group = this.groups.find((one) => one.rows.includes(row));
      drawSelection(ctx, view, x, y, (group?.size ?? 5 * view.dpr) + 4 * view.dpr);
    }
    /** The cells of a view with their counts. */
    cellsOf(view) {
      if (this.#cells?.view !== view) {
        this.#cells = new Density(this.#layer.data, view);
        this.#stamps = null;
      }
      return this.#cells;
    }
    /** All rows at a pixel of the canvas: on discs, else on lit shapes, else in areas. */
    rowsAt(ctx, view, x, y) {
      const { isOnDisc, rows } = this.mode === "marks" ? this.#marksAt(view, x, y) : this.#crowdAt(x, y);
      return isOnDisc ? rows : [...rowsOfShapesAt(ctx, view, this.#layer, x, y), ...rows];
    }
    #crowdAt(x, y) {
      const { from, to } = this.#layer;
      const crowd = { hexagons: this.#cells, stamps: this.#stamps }[this.mode];
      const rows = crowd?.rowsAt(x, y, from, to, MOST_ROWS) ?? [];
      return { isOnDisc: rows.length > 0, rows };
    }
    /** Rows of the marks under a pixel, the nearest place first. */
    #marksAt(view, x, y) {
      const { start } = this.#layer.data;
      const reach = (group) => isArea(group) ? areaRadius(group, view) : group.size + 4 * view.dpr;
      const away = (group) => Math.hypot(group.x - x, group.y - y);
      const near = this.groups.filter((group) => away(group) <= reach(group)).sort((a, b) => away(a) - away(b));
      const discs = near.filter((group) => !isArea(group));
      const newestFirst = (rows2) => [...rows2].sort((a, b) => start[b] - start[a]);
      const rows = (discs.length ? discs : near).flatMap((group) => newestFirst(group.rows));
      return { isOnDisc: discs.length > 0, rows: rows.slice(0, MOST_ROWS) };
    }
    /** What the legend says of squares or hexagons; null where there are none. */
    classes() {
      const counted = { grid: this.#layer.grid, hexagons: this.#cells }[this.mode];
      if (!counted) return null;
      const { ends, areas = 0, notHappened, undrawn = 0 } = counted;
      return { isGrid: this.mode === "grid", ends, areas, notHappened, undrawn };
    }
  };

  // maps/js/events/reports.js
  var REST = 180;
  var Reports = class {
    #layer;
    #map;
    #channel;
    #timer;
    #hasMoved = false;
    #hasReportedView = false;
    constructor(layer, map, channel2) {
      this.#layer = layer;
      this.#map = map;
      this.#channel = channel2;
    }
    stop() {
      clearTimeout(this.#timer);
    }
    /** The head of new data, without the geometries. */
    header() {
      this.#channel.post({ header: { ...this.#layer.data.header, geometries: void 0, on: void 0 } });
    }
    /** Whoever answers for a view needs the one that the map began with. */
    firstView() {
      if (!this.#hasReportedView) this.view();
      this.#hasReportedView = true;
    }
    view() {
      const map = this.#map;
      const isFirst = this.#isFirstView();
      this.#hasMoved = !isFirst;
      const box = map.getBounds().toBBoxString().split(",");
      const bbox = box.map((degrees) => Math.round(degrees * 1e4) / 1e4);
      this.#channel.post({ view: { bbox, zoom: map.getZoom(), first: isFirst } });
    }
    /** Whether the map still looks where it began: settling into its frame is no move. */
    #isFirstView() {
      const map = this.#map;
      const { center, zoom } = stateOf(map).firstView ?? {};
      if (this.#hasMoved || !center || zoom !== map.getZoom()) return false;
      return map.latLngToContainerPoint(center).distanceTo(map.getSize().divideBy(2)) < 2;
    }
    /** The window that was painted, and its eight counts. */
    painted() {
      const { grid, data, from, to } = this.#layer;
      const [first, last] = grid?.window ?? data?.header.partial?.window ?? [isoOf(from), isoOf(to)];
      const painted = { ...this.#layer.counts(), from: first, to: last };
      performance.mark("geomap:painted", { detail: painted });
      this.#channel.post({ painted });
      this.#restSoon();
    }
    #restSoon() {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#rest(), REST);
    }
    /** What may come a moment later: numbers of the legend and beside the filters. */
    #rest() {
      const { data, grid, from, to, column, isMoving } = this.#layer;
      if (isMoving) return this.#restSoon();
      const classes = this.#layer.picture.classes();
      if (!data || grid) return this.#layer.fire("rest", { categories: null, classes });
      const { facets, legend } = facetsOf(data, from, to, column);
      const isPartial = Boolean(data.header.partial);
      if (!isPartial) this.#channel.post({ facets });
      const { series, of } = categoriesOf(data, column);
      const counts = series.map(() => 0);
      legend.forEach((count, code) => counts[of[code]] += count);
      const rows = series.map(({ name, colour }, index) => ({ name, colour, count: counts[index] }));
      return this.#layer.fire("rest", { categories: { column, rows, isPartial }, classes });
    }
    histogram() {
      const { data, column } = this.#layer;
      if (data && !data.header.partial) this.#channel.post({ histogram: histogramOf(data, column) });
    }
  };

  // maps/js/events/layer.js
  var SLOW = 30;
  var EventLayer = class extends CanvasLayer {
    data = null;
    grid = null;
    // counts that stand in for events when there are too many to send
    from = -Infinity;
    to = Infinity;
    column = "type";
    // of the colours
    density = "auto";
    shapes = [];
    selectedRow = null;
    isMoving = false;
    isPainted = false;
    picture = new Picture(this);
    #filters = {};
    #bits = null;
    #wantedRow = null;
    #hasDrawnThisFrame = false;
    #source;
    #channel;
    #reports;
    #stops;
    #filterWords;
    #wantedGrid;
    #fail = (error) => {
      console.warn("geomap: the events could not be loaded:", error.message);
      this.#channel.post({ failed: "The events could not be loaded." });
    };
    /** Take packed events: an address or an ArrayBuffer. */
    load = loader((buffer) => this.#take(buffer), this.#fail);
    /** Take the server's answer to a search, in the same way: one bit for each row, or null. */
    loadBits = loader((buffer) => {
      this.#bits = buffer && readBits(buffer);
      this.#refilter();
    }, this.#fail);
    #loadGrid = loader((buffer) => {
      this.grid = buffer && readGrid(buffer);
      this.redraw();
      if (this.grid) this.#reports.firstView();
    }, this.#fail);
    /** `source`: address of packed events, or null when the channel says it. */
    constructor(source, options) {
      super({ pane: "geomap-events", zIndex: 450, channel: "page", ...options });
      this.#source = source;
    }
    onAdd(map) {
      super.onAdd(map);
      stateOf(map).events = this;
      this.#channel = channel(this.options.channel);
      this.#reports = new Reports(this, map, this.#channel);
      const onMove = () => this.#reports.view();
      map.on("moveend", onMove);
      const legend = this.options.legend && new Legend(this).addTo(map);
      this.#stops = [
        this.#channel.listen((message) => this.receive(message)),
        wirePicking(this, map),
        () => map.off("moveend", onMove),
        () => this.#reports.stop(),
        () => legend?.remove()
      ];
      if (this.#source) this.load(this.#source);
      this.#channel.post({ ready: true });
      return this;
    }
    onRemove(map) {
      for (const stop of this.#stops) stop();
      super.onRemove(map);
    }
    /** Do what a message of the channel says. */
    receive(message) {
      if (message.joined) this.#channel.repeat();
      if (message.filters) this.#setFilters(message.filters);
      if (message.colourBy) this.#setColumn(message.colourBy);
      if (message.density) this.#setDensity(message.density);
      if (message.window) this.#setWindow(message.window, Boolean(message.moving));
      const loaded = message.load === void 0 ? null : this.load(message.load);
      if (message.bits !== void 0) this.loadBits(message.bits);
      if (message.grid !== void 0) this.#setGrid(message.grid, loaded);
      if (message.select !== void 0) this.select(message.select);
      if (message.fit !== void 0) this.#fit(message.fit);
    }
    #setWindow(window2, isMoving) {
      const [from, to] = daysOf(window2);
      const isSame = from === this.from && to === this.to && this.isPainted;
      Object.assign(this, { from, to, isMoving });
      if (!isMoving && this.isCoarse) this.#setCoarse(false);
      if (!isSame) this.#drawSoon();
    }
    /** Draw at once, but not twice in a frame: what comes faster waits for the next. */
    #drawSoon() {
      if (this.#hasDrawnThisFrame || !this._map) return this.redraw();
      this.#hasDrawnThisFrame = true;
      requestAnimationFrame(() => this.#hasDrawnThisFrame = false);
      return this.drawNow();
    }
    #setCoarse(isCoarse) {
      this.isCoarse = isCoarse;
      this.reset();
    }
    #setFilters(filters) {
      const words = JSON.stringify(filters);
      if (words === this.#filterWords) return;
      this.#filterWords = words;
      this.#filters = filters;
      this.#refilter();
    }
    #refilter() {
      if (!this.data) return;
      this.data.filter(this.#filters, this.#bits);
      this.picture.refilter();
      this.#drawSoon();
      this.#reports.histogram();
    }
    #setColumn(column) {
      if (column === this.column) return;
      this.column = column;
      this.picture.recolour();
      this.#reports.histogram();
      this.redraw();
    }
    #setDensity(density) {
      if (density === this.density) return;
      this.density = density;
      this.redraw();
    }
    /** What replaces a grid is drawn when it is there: until then the grid stays. */
    async #setGrid(source, loaded) {
      this.#wantedGrid = source;
      if (source === null) await loaded;
      if (this.#wantedGrid === source) this.#loadGrid(source);
    }
    #take(buffer) {
      this.data = new EventsData(buffer, this.#filters, this.#bits);
      this.picture.clear();
      this.shapes = shapesOf(this.data);
      this.select(this.#wantedRow);
      this.#reports.header();
      if (this.data.header.partial) this.#reports.firstView();
      this.#reports.histogram();
      this.redraw();
    }
    /** Mark a row; null marks none. */
    select(row) {
      this.#wantedRow = row;
      const isThere = Number.isInteger(row) && row >= 0 && row < (this.data?.count ?? 0);
      this.selectedRow = isThere ? row : null;
      this.redraw();
    }
    /** Show a bbox [W, S, E, N], or with `true` every event of the window. */
    #fit(what) {
      const box = Array.isArray(what) ? what : this.data && boxOf(this.data, this.from, this.to);
      if (box) this._map.fitBounds([[box[1], box[0]], [box[3], box[2]]], { maxZoom: 11 });
    }
    /** Move the map when an event is out of sight. */
    bringIntoView(row) {
      const at = latLng(this.data.x[row] / WORLD, this.data.y[row] / WORLD);
      if (!this._map.getBounds().contains(at)) this._map.panTo(at);
    }
    /** All rows at a point of the map's container. */
    rowsAt(point) {
      if (!this.data || !this.isPainted) return [];
      const { pad, dpr } = this.view;
      return this.picture.rowsAt(this.ctx, this.view, (point.x + pad.x) * dpr, (point.y + pad.y) * dpr);
    }
    draw(ctx, view) {
      const started = performance.now();
      clear(ctx, view);
      if (!this.grid && !this.data) return;
      this.picture.draw(ctx, view);
      this.isPainted = true;
      this.#reports.painted();
      const isSlow = performance.now() - started > SLOW;
      if (isSlow && this.isMoving && !this.isCoarse && view.dpr > 1) this.#setCoarse(true);
    }
    /** The eight counts of what is on the screen. */
    counts() {
      return this.grid?.counts ?? this.data?.header.partial?.counts ?? this.data.countIn(this.from, this.to);
    }
  };

  // maps/js/map/buttons.js
  var SVG = "http://www.w3.org/2000/svg";
  var FIT = "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7 10a3 3 0 1 0 6 0a3 3 0 1 0-6 0";
  var LARGER = "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5";
  var SMALLER = "M8 3v5H3M17 8h-5V3M12 17v-5h5M3 12h5v5";
  function toolButton(parent, name, path, onClick) {
    const icon = document.createElementNS(SVG, "svg");
    const line2 = icon.appendChild(document.createElementNS(SVG, "path"));
    const element = makeButton("geomap-tool", onClick, setAttributes(icon, { viewBox: "0 0 20 20", "aria-hidden": true }));
    const rename = (words, d) => {
      setAttributes(element, { "aria-label": words, title: words });
      setAttributes(line2, { d });
    };
    rename(name, path);
    parent.append(element);
    return { element, rename };
  }
  function addCorner(map, position, element) {
    const Corner = L.Control.extend({ options: { position }, onAdd: () => element });
    L.DomEvent.disableClickPropagation(element);
    return new Corner().addTo(map);
  }
  function toolBar(map, label) {
    const bar = setAttributes(make("div", "leaflet-bar geomap-tools"), { role: "group", "aria-label": label });
    L.DomEvent.disableScrollPropagation(bar);
    addCorner(map, "topleft", bar);
    return bar;
  }
  function addViewButtons(map, channelName) {
    const bar = toolBar(map, "View");
    toolButton(bar, "Fit the map to the data", FIT, () => {
      const { events, firstView } = stateOf(map);
      if (events) channel(channelName).post({ fit: true });
      else map.setView(firstView.center, firstView.zoom);
    });
    addFullScreen(map, bar);
  }
  function addFullScreen(map, bar) {
    const isAllowed = document.fullscreenEnabled;
    if (!isAllowed && window.self !== window.top) return;
    const container = map.getContainer();
    const isEnlarged = () => container.classList.contains("geomap-large");
    const { rename } = toolButton(bar, "Full screen", LARGER, () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (isAllowed) container.requestFullscreen().catch(() => enlarge());
      else enlarge();
    });
    function enlarge() {
      container.classList.toggle("geomap-large");
      follow();
    }
    function follow() {
      const isLarge = document.fullscreenElement || isEnlarged();
      rename(isLarge ? "Leave full screen" : "Full screen", isLarge ? SMALLER : LARGER);
      map.invalidateSize();
    }
    document.addEventListener("fullscreenchange", follow);
    container.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !stateOf(map).isDrawing && isEnlarged()) enlarge();
    });
  }

  // maps/js/map/places.js
  var STYLES = {
    line: { color: "#5a4a3f", weight: 3, opacity: 0.85 },
    area: { color: "#5a4a3f", weight: 1.5, fillColor: "#c9a66b", fillOpacity: 0.16, dashArray: "6 5" }
  };
  function addPanes(map) {
    if (map.getPane("geomap-places")) return;
    map.createPane("geomap-places").style.zIndex = 410;
    map.createPane("geomap-marks").style.zIndex = 440;
  }
  function pointLayer({ at, town, unsure }) {
    const html = make("span", unsure ? "geomap-unsure" : town ? "geomap-town" : "geomap-diamond");
    const icon = L.divIcon({ html, className: "geomap-mark", iconSize: [16, 16] });
    return L.marker([at[1], at[0]], { icon, pane: "geomap-marks", keyboard: true });
  }
  function layerOf(place) {
    if (place.form === FORMS.point) return pointLayer(place);
    const className = `geomap-place-${place.form}`;
    const style = { ...STYLES[place.form], pane: "geomap-places", className };
    if (place.approximate || place.unsure) style.dashArray = "3 7";
    if (place.unsure) style.opacity = 0.6;
    const latLngs = place.parts.map((part) => part.map(([x, y]) => [y, x]));
    return place.form === FORMS.area ? L.polygon(latLngs, style) : L.polyline(latLngs, style);
  }
  var PlaceLayer = class extends L.LayerGroup {
    #versions = [];
    // {place, from, to, isShown, layer}
    #isLoaded = false;
    #window = [null, null];
    #source;
    #channel;
    #policy;
    #stop;
    #complaint;
    /** `source`: records of `geomap.maps.place_layer.place_records`, or the address of them as JSON. */
    constructor(source, options) {
      super([], options);
      this.#source = source;
      this.#channel = channel(options.channel);
    }
    onAdd(map) {
      addPanes(map);
      super.onAdd(map);
      this.#stop = this.#channel.listen((message) => message.window && this.#follow(message.window));
      map.on("geomap:furniture", this.#rename, this);
      this.#rename();
      if (this.#isLoaded) this.#follow(this.#window, true);
      else if (Array.isArray(this.#source)) this.#take(this.#source);
      else this.#load(map);
    }
    onRemove(map) {
      this.#stop();
      this.#complaint?.remove();
      map.off("geomap:furniture", this.#rename, this);
      stateOf(map).placeNames = [];
      map.fire("geomap:names");
      super.onRemove(map);
    }
    async #load(map) {
      try {
        const places = await (await fetched(this.#source)).json();
        if (this._map === map) this.#take(places);
      } catch (error) {
        console.warn("geomap: the places could not be loaded:", error.message);
        if (this._map === map) this.#complain(map);
      }
    }
    #take(places) {
      if (this.#isLoaded) return;
      this.#isLoaded = true;
      this.#versions = places.map((place) => {
        const [from, to] = daysOf([place.from, place.to]);
        return { place, from, to, isShown: true };
      });
      for (const version of this.#versions) this.#add(version, this._map);
      this.#follow(this.#window, true);
      performance.mark("geomap:places");
    }
    #complain(map) {
      const words = "The places could not be loaded. Reload the page to try again.";
      const note2 = setAttributes(make("div", "geomap-complaint", words), { role: "alert" });
      this.#complaint = addCorner(map, "topright", note2);
    }
    /** Show the versions that are valid on some day of a window of ISO dates, both included. */
    #follow(window2, isNew = false) {
      this.#window = window2;
      const [from, to] = daysOf(window2);
      const changed = this.#versions.filter((one) => one.isShown !== (one.from <= to && one.to >= from));
      for (const version of changed) {
        version.isShown = !version.isShown;
        display(version);
      }
      if (changed.length || isNew) this.#postNames();
    }
    #nameOf(place) {
      return place.names?.[this.#policy] ?? place.name;
    }
    #wordsOf(place) {
      return place.note ? `${this.#nameOf(place)} (${place.note})` : this.#nameOf(place);
    }
    /** Names follow the chosen policy: on the map, in tooltips, and for screen readers. */
    #rename() {
      const policy = stateOf(this._map).furniture.names ?? SOURCE_NAMES;
      if (policy === this.#policy) return;
      this.#policy = policy;
      for (const { layer, place } of this.#versions) {
        layer.setTooltipContent(make("span", "", this.#wordsOf(place)));
        layer.getElement?.()?.setAttribute("aria-label", this.#wordsOf(place));
      }
      this.#postNames();
    }
    /** Pass the names to the canvas that draws them. */
    #postNames() {
      const names = /* @__PURE__ */ new Map();
      for (const { place, isShown } of this.#versions) {
        const { id, at, form, town } = place;
        const name = this.#nameOf(place);
        if (isShown) names.set(`${id} ${name}`, { name, at, form, town });
      }
      stateOf(this._map).placeNames = [...names.values()];
      this._map.fire("geomap:names");
    }
    #add(version, map) {
      const { place } = version;
      const isPoint = place.form === FORMS.point;
      const layer = version.layer = layerOf(place);
      layer.on("click", ({ latlng, containerPoint }) => {
        const { isDrawing, events } = stateOf(map);
        if (isDrawing) return;
        const rows = (containerPoint && events?.rowsAt(containerPoint)) ?? [];
        if (!rows.length) this.#choose(place);
        else if (isPoint) map.fire("click", { latlng, containerPoint });
      });
      layer.on("add", () => {
        this.#makeReachable(layer, place);
        display(version);
      });
      const words = make("span", "", this.#wordsOf(place));
      layer.bindTooltip(words, { sticky: !isPoint, className: "geomap-tag" });
      this.addLayer(layer);
    }
    /** Roads and zones take the keyboard's focus as markers do. */
    #makeReachable(layer, place) {
      const element = layer.getElement?.();
      if (!element) return;
      const label = this.#wordsOf(place);
      setAttributes(element, { tabindex: 0, role: "button", "data-place": place.id, "aria-label": label });
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        this.#choose(place);
      });
    }
    #choose(place) {
      this.#channel.post({ place: place.id });
    }
  };
  function display({ layer, isShown }) {
    const element = layer.getElement?.();
    if (element) element.style.display = isShown ? "" : "none";
    if (!isShown) layer.closeTooltip();
  }

  // maps/js/map/area.js
  var REMOVE = "M4 4l12 12M16 4L4 16";
  var CLOSE_PIXELS = 10;
  var HINTS = {
    polygon: "Click the corners, or move the map and press Space at the cross. Enter or a double click ends, Backspace takes a corner back, Escape cancels.",
    rectangle: "Drag from corner to corner, or move the map and press Enter for the rectangle shown. Escape cancels.",
    few: "An area needs three corners at least."
  };
  var TOOLS = {
    polygon: ["Draw an area", "M4 6l7-3l6 6l-4 8l-8-2z"],
    rectangle: ["Draw a rectangle", "M3 5h14v10H3z"]
  };
  var AreaTool = class {
    #map;
    #state;
    #channel;
    #shape;
    #sketch;
    #buttons = {};
    #remove;
    #hint;
    #cross;
    #mode = null;
    // or "polygon", "rectangle": what is being drawn
    #corners = [];
    #from = null;
    // where the drag of a rectangle began
    #isMiddle = false;
    // whether the rectangle is the middle of the view
    constructor(map, channelName) {
      this.#map = map;
      this.#state = stateOf(map);
      this.#channel = channel(channelName);
      Object.assign(map.createPane("geomap-area").style, { zIndex: 445, pointerEvents: "none" });
      const style = { pane: "geomap-area", interactive: false, className: "geomap-area" };
      this.#shape = L.polygon([], style);
      this.#sketch = L.polygon([], { ...style, className: "geomap-area geomap-sketch" });
      this.#addButtons(toolBar(map, "Area"));
      this.#hint = L.DomUtil.create("div", "geomap-hint", map.getContainer());
      this.#hint.setAttribute("role", "status");
      this.#cross = L.DomUtil.create("div", "geomap-cross", map.getContainer());
      this.#cross.hidden = true;
      const stop = this.#channel.listen(({ area }) => area !== void 0 && this.#show(area));
      map.on("unload", stop);
      this.#wire();
      this.#show(null);
    }
    #addButtons(bar) {
      for (const [mode, [name, path]] of Object.entries(TOOLS)) {
        this.#buttons[mode] = toolButton(bar, name, path, (event) => {
          if (this.#mode === mode) this.#cancel();
          else this.#start(mode, event.detail === 0);
        }).element;
        this.#buttons[mode].setAttribute("aria-pressed", "false");
      }
      this.#remove = toolButton(bar, "Remove the area", REMOVE, () => {
        this.#cancel();
        this.#report(null);
        this.#map.getContainer().focus();
      }).element;
    }
    #wire() {
      const container = this.#map.getContainer();
      const isPolygon = () => this.#mode === "polygon";
      this.#map.on({
        click: ({ latlng }) => isPolygon() && this.#addCorner(latlng),
        dblclick: () => isPolygon() && this.#finish(),
        mousemove: ({ latlng }) => isPolygon() && this.#draw(latlng),
        move: () => this.#isMiddle && this.#takeRectangle(this.#map.getBounds().pad(-0.25))
      });
      const wire = (name, handler) => container.addEventListener(name, handler, true);
      wire("keydown", (event) => this.#onKey(event));
      wire("pointerdown", (event) => this.#press(event));
      wire("pointermove", (event) => this.#drag(event));
      wire("pointerup", (event) => this.#release(event));
      wire("pointercancel", () => this.#from = null);
    }
    /** Show an area, [[longitude, latitude], ...]; null shows none. */
    #show(area) {
      const corners = area?.length >= 3 ? area.map(([x, y]) => [y, x]) : [];
      this.#shape.setLatLngs(corners);
      if (corners.length) this.#shape.addTo(this.#map);
      else this.#shape.remove();
      this.#remove.hidden = !corners.length;
    }
    #report(area) {
      this.#show(area);
      this.#channel.post({ drawn: area });
    }
    #start(mode, byKeys) {
      this.#cancel();
      const map = this.#map;
      this.#mode = mode;
      this.#corners = [];
      this.#state.isDrawing = true;
      map.getContainer().classList.add("geomap-drawing");
      map.doubleClickZoom.disable();
      if (mode === "rectangle") map.dragging.disable();
      this.#cross.hidden = !byKeys || mode !== "polygon";
      this.#hint.textContent = HINTS[mode];
      this.#buttons[mode].setAttribute("aria-pressed", "true");
      this.#sketch.setLatLngs([]).addTo(map);
      this.#isMiddle = byKeys && mode === "rectangle";
      if (this.#isMiddle) this.#takeRectangle(map.getBounds().pad(-0.25));
      map.getContainer().focus();
    }
    #cancel() {
      if (!this.#mode) return;
      const map = this.#map;
      this.#buttons[this.#mode].setAttribute("aria-pressed", "false");
      this.#mode = null;
      this.#from = null;
      this.#isMiddle = false;
      this.#hint.textContent = "";
      this.#cross.hidden = true;
      this.#sketch.remove();
      map.dragging.enable();
      map.doubleClickZoom.enable();
      map.getContainer().classList.remove("geomap-drawing");
      setTimeout(() => this.#state.isDrawing = Boolean(this.#mode), 60);
    }
    #finish() {
      if (this.#corners.length < 3) {
        this.#hint.textContent = HINTS.few;
        return;
      }
      const round = (value, most) => Math.max(-most, Math.min(most, Math.round(value * 1e5) / 1e5));
      const area = this.#corners.map(({ lat, lng }) => [round(lng, 180), round(lat, 90)]);
      this.#cancel();
      this.#report(area);
    }
    #addCorner(latLng2) {
      const corners = this.#corners;
      const at = this.#map.latLngToLayerPoint(latLng2);
      const isNear = (other) => other && this.#map.latLngToLayerPoint(other).distanceTo(at) < CLOSE_PIXELS;
      if (corners.length >= 3 && isNear(corners[0])) this.#finish();
      else if (!isNear(corners.at(-1))) {
        corners.push(latLng2);
        this.#draw();
      }
    }
    #draw(pointer) {
      const corners = this.#corners;
      this.#sketch.setLatLngs(pointer && corners.length ? [...corners, pointer] : corners);
    }
    #takeRectangle(bounds) {
      this.#corners = [bounds.getSouthWest(), bounds.getSouthEast(), bounds.getNorthEast(), bounds.getNorthWest()];
      this.#draw();
    }
    #onKey(event) {
      if (!this.#mode || event.target !== this.#map.getContainer()) return;
      const isPolygon = this.#mode === "polygon";
      const action = {
        Enter: () => this.#finish(),
        Escape: () => this.#cancel(),
        Backspace: () => isPolygon && (this.#corners.pop(), this.#draw()),
        " ": () => isPolygon && (this.#cross.hidden = false, this.#addCorner(this.#map.getCenter()))
      }[event.key];
      if (!action) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      action();
    }
    #press(event) {
      if (this.#mode !== "rectangle" || event.button || event.target.closest(".leaflet-control")) return;
      event.preventDefault();
      this.#isMiddle = false;
      this.#from = this.#map.mouseEventToLatLng(event);
      this.#map.getContainer().setPointerCapture?.(event.pointerId);
    }
    #drag(event) {
      if (this.#from) this.#takeRectangle(L.latLngBounds(this.#from, this.#map.mouseEventToLatLng(event)));
    }
    #release(event) {
      if (!this.#from) return;
      const from = this.#map.latLngToContainerPoint(this.#from);
      this.#drag(event);
      this.#from = null;
      if (from.distanceTo(this.#map.mouseEventToContainerPoint(event)) >= CLOSE_PIXELS) this.#finish();
      else this.#corners = [];
    }
  };

  // maps/js/map/decoder.js
  var NEAR_ZOOM = 5;
  var DETAIL_ZOOM = 6;
  var FAR_PIXELS = 0.4;
  var FILLS = [["land", "coasts"], ["lakes", "shores"]];
  var LINES = ["rivers", "borders", "disputed", "divisions", "small_divisions"];
  var NAMES = [...FILLS.flat(), ...LINES];
  function decoderOf(digits) {
    const values = new Uint8Array(128);
    for (let i = 0; i < digits.length; i++) values[digits.charCodeAt(i)] = i;
    return (text, scale, axes = 2) => {
      const numbers = [];
      const sums = Array.from({ length: axes }, () => 0);
      let number = 0;
      let shift = 0;
      for (let i = 0; i < text.length; i++) {
        const value = values[text.charCodeAt(i)];
        number += (value & 31) << shift;
        shift += 5;
        if (value & 32) continue;
        const axis = numbers.length % axes;
        sums[axis] += number & 1 ? -(number >> 1) : number >> 1;
        numbers.push(sums[axis] / scale);
        number = shift = 0;
      }
      return numbers;
    };
  }
  function edgesAt(box, x, y) {
    return x <= box[0] | (x >= box[2]) << 1 | (y <= box[1]) << 2 | (y >= box[3]) << 3;
  }
  function trace3(points, step, path, edge, box) {
    let [lastX, lastY, before, isDrawing] = [NaN, NaN, 0, false];
    let from = null;
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i];
      const y = points[i + 1];
      const isLast = i + 2 >= points.length;
      if (i && !isLast && Math.abs(x - lastX) < step && Math.abs(y - lastY) < step) continue;
      lastX = x;
      lastY = y;
      const at = mercator(x, y);
      if (i) path.lineTo(at[0], at[1]);
      else path.moveTo(at[0], at[1]);
      if (!edge) continue;
      const here = edgesAt(box, x, y);
      if (!i || here & before) isDrawing = false;
      else {
        if (!isDrawing) edge.moveTo(from[0], from[1]);
        edge.lineTo(at[0], at[1]);
        isDrawing = true;
      }
      before = here;
      from = at;
    }
    if (edge) path.closePath();
  }
  var emptyPaths = () => Object.fromEntries(NAMES.map((name) => [name, new Path2D()]));
  function addCell(paths, cell, step, decode) {
    for (const [fill, edge] of FILLS) {
      for (const ring of (cell[fill] ?? []).flat()) {
        if (step > 0.05 && ring.length < 12) continue;
        trace3(decode(ring, cell.scale), step, paths[fill], paths[edge], cell.box);
      }
    }
    for (const name of LINES) {
      for (const line2 of cell[name] ?? []) trace3(decode(line2, cell.scale), step, paths[name]);
    }
    return paths;
  }
  var boxOf2 = ([west, south, east, north]) => [...mercator(west, north), ...mercator(east, south)];
  var Background = class {
    #decode;
    #cells;
    #detailed;
    #far = {};
    #near = {};
    constructor({ digits, cells, detailed, towns, countries }) {
      const placed = (cell) => ({ cell, box: boxOf2(cell.box) });
      this.#decode = decoderOf(digits);
      this.#cells = cells.map(placed);
      this.#detailed = detailed.map(placed);
      this.towns = this.#townsOf(towns);
      this.countries = countries.map(([name, x, y, zoom]) => [name, ...mercator(x, y), zoom]);
    }
    /** [name, x, y, population] of towns, largest first. */
    #townsOf({ names, at, scale, hundreds }) {
      const points = this.#decode(at, scale);
      const people = this.#decode(hundreds, 0.01, 1);
      return names.split("\n").map((name, i) => {
        const [x, y] = mercator(points[2 * i], points[2 * i + 1]);
        return [name, x, y, people[i]];
      });
    }
    /** The paths to draw a view with, in Mercator units. */
    paths(view) {
      if (view.zoom < NEAR_ZOOM) return this.#wholeWorld(Math.ceil(view.zoom));
      const sides = [view.left, view.top, view.left + view.width, view.top + view.height];
      const [west, north, east, south] = sides.map((side) => side / view.scale);
      const seen = this.#cells.filter(({ box: [a, b, c, d] }) => a < east && c > west && b < south && d > north);
      const isFine = view.zoom >= DETAIL_ZOOM;
      const key = seen.map((one) => this.#cells.indexOf(one)).join() + isFine;
      if (this.#near.key !== key) {
        const paths = emptyPaths();
        for (const one of seen) {
          const cell = this.#cellPaths(isFine ? this.#finest(one) : one);
          for (const name of NAMES) paths[name].addPath(cell[name]);
        }
        this.#near = { key, paths };
      }
      return this.#near.paths;
    }
    #finest(one) {
      return this.#detailed.find(({ box }) => String(box) === String(one.box)) ?? one;
    }
    #cellPaths(one) {
      return one.paths ??= addCell(emptyPaths(), one.cell, 0, this.#decode);
    }
    #wholeWorld(zoom) {
      if (this.#far.zoom === zoom) return this.#far.paths;
      const step = FAR_PIXELS * 360 / (256 * Math.pow(2, zoom));
      const paths = emptyPaths();
      for (const { cell } of this.#cells) addCell(paths, cell, step, this.#decode);
      this.#far = { zoom, paths };
      return paths;
    }
  };

  // maps/js/map/names_layer.js
  var TOWN_STEPS = [[3, Infinity], [4, 4e6], [5, 15e5], [6, 6e5], [7, 2e5], [8, 6e4], [9, 15e3], [10, 5e3]];
  var LAST_COUNTRY_ZOOM = 7;
  var smallestTown = (zoom) => TOWN_STEPS.find(([limit]) => zoom < limit)?.[1] ?? 0;
  var NamesLayer = class extends CanvasLayer {
    background = null;
    boxes = [];
    // [left, top, right, bottom, text] in pixels of the canvas
    constructor(colours) {
      super({ pane: "geomap-names", zIndex: 430, padding: 0.2, colours });
    }
    mapEvents() {
      return { ...super.mapEvents(), "geomap:names": this.redraw, "geomap:furniture": this.redraw };
    }
    draw(ctx, view) {
      clear(ctx, view);
      this.boxes = [];
      ctx.lineJoin = "round";
      ctx.textBaseline = "middle";
      const { furniture, placeNames } = stateOf(this._map);
      if (furniture.graticule) this.#keepEdgesFree(view);
      const places = placeNames.map((place) => {
        const [x, y] = toPixel(view, mercator(place.at[0], place.at[1]));
        return { ...place, x, y };
      });
      if (view.zoom >= 8) this.#drawPlaces(view, places.filter((place) => !place.town));
      const towns = view.zoom >= 7 ? places.filter((place) => place.town) : [];
      this.#drawPlaces(view, towns);
      if (!this.background || furniture.tiles) return;
      if (view.zoom <= LAST_COUNTRY_ZOOM) this.#drawCountries(view);
      this.#drawTowns(view, towns);
    }
    /** The degrees of the graticule stand along the upper and the right edge. */
    #keepEdgesFree({ pad, dpr, width }) {
      const [top, right] = [(pad.y + 19) * dpr, width - (pad.x + 58) * dpr];
      this.boxes.push([0, pad.y * dpr, width, top, ""], [right, 0, width - pad.x * dpr, 1e6, ""]);
    }
    /** Names of the gazetteer's own places; roads and zones are named in the middle. */
    #drawPlaces(view, places) {
      const size = 11 * view.dpr;
      for (const { name, x, y, form } of places) {
        if (isOutside(view, x, y)) continue;
        const isPoint = form === FORMS.point;
        const width = this.#widthOf(name, `${isPoint ? "" : "italic "}${size}px`);
        const lefts = isPoint ? [x + 8 * view.dpr, x - 8 * view.dpr - width] : [x - width / 2];
        this.#place(view, name, { lefts, y, width, size, pad: 0 });
      }
    }
    /** Towns; one that the gazetteer names itself keeps that name. */
    #drawTowns(view, own) {
      const smallest = smallestTown(view.zoom);
      const size = 11 * view.dpr;
      const gap = 5 * view.dpr;
      const near = 9 * view.dpr;
      const pad = (view.zoom < 10 ? 7 : 2) * view.dpr;
      for (const [name, mx, my, population] of this.background.towns) {
        if (population < smallest) break;
        const x = mx * view.scale - view.left;
        const y = my * view.scale - view.top;
        if (isOutside(view, x, y)) continue;
        if (own.some((one) => Math.abs(one.x - x) < near && Math.abs(one.y - y) < near)) continue;
        const width = this.#widthOf(name, `${population > 3e5 ? "600 " : ""}${size}px`);
        const lefts = [x + gap, x - gap - width];
        if (this.#place(view, name, { lefts, y, width, size, pad, dot: x })) this.#drawDot(view, x, y);
      }
    }
    #drawCountries(view) {
      const size = (view.zoom < 4 ? 10.5 : 12) * view.dpr;
      const colour = this.options.colours.country;
      for (const [name, mx, my, zoom] of this.background.countries) {
        if (zoom > view.zoom + 0.6) break;
        const x = mx * view.scale - view.left;
        const y = my * view.scale - view.top;
        if (isOutside(view, x, y)) continue;
        const text = name.toUpperCase();
        const width = this.#widthOf(text, `500 ${size}px`);
        this.#place(view, text, { lefts: [x - width / 2], y, width, size, pad: 3 * view.dpr, colour });
      }
    }
    #widthOf(text, type) {
      this.ctx.font = `${type} ${FONT}`;
      return this.ctx.measureText(text).width;
    }
    /** Write a text at the first of `lefts` where it meets no other; true when there is one. */
    #place(view, text, { lefts, y, width, size, pad, dot = null, colour = this.options.colours.town }) {
      for (const left of lefts) {
        const box = [left - 2, y - size * 0.7, left + width + 2, y + size * 0.7];
        if (dot !== null) {
          box[0] = Math.min(box[0], dot - 3 * view.dpr);
          box[2] = Math.max(box[2], dot + 3 * view.dpr);
        }
        const around = [box[0] - pad, box[1] - pad / 2, box[2] + pad, box[3] + pad / 2];
        if (this.boxes.some((other) => meets(around, other))) continue;
        this.boxes.push([...box, text]);
        drawText(this.ctx, view, text, left, y, colour, this.options.colours.land, 0.85);
        return true;
      }
      return false;
    }
    #drawDot(view, x, y) {
      const { ctx } = this;
      ctx.beginPath();
      ctx.arc(x, y, 2.2 * view.dpr, 0, Math.PI * 2);
      ctx.fillStyle = this.options.colours.land;
      ctx.fill();
      ctx.lineWidth = view.dpr;
      ctx.strokeStyle = this.options.colours.town;
      ctx.stroke();
    }
  };

  // maps/js/map/basemap.js
  var COLOURS = {
    light: {
      beyond: "#c7d8e2",
      water: "#d5e4ec",
      land: "#f6f4ee",
      line: "#a9c4d3",
      border: "#85799a",
      disputed: "#a1517f",
      division: "#cfc8d6",
      town: "#3f4347",
      country: "#5d5670"
    },
    dark: {
      beyond: "#172128",
      water: "#1d2a33",
      land: "#2b2f33",
      line: "#41616f",
      border: "#958da6",
      disputed: "#d488b4",
      division: "#474952",
      town: "#d7d7d7",
      country: "#b3adc2"
    }
  };
  var DIVISION_ZOOM = 4;
  var SMALL_DIVISION_ZOOM = 7;
  var coloursOf = (theme) => COLOURS[theme] ?? COLOURS.light;
  var Ground = class extends CanvasLayer {
    background = null;
    constructor(colours) {
      super({ pane: "geomap-ground", zIndex: 150, padding: 0.25, colours });
    }
    mapEvents() {
      return { ...super.mapEvents(), "geomap:furniture": this.redraw };
    }
    draw(ctx, view) {
      const { colours } = this.options;
      usePixels(ctx);
      ctx.fillStyle = colours.beyond;
      ctx.fillRect(0, 0, view.width, view.height);
      useWorld(ctx, view);
      ctx.fillStyle = colours.water;
      ctx.fillRect(0, 0, 1, 1);
      if (this.background) this.#drawWorld(ctx, view, this.background.paths(view));
      usePixels(ctx);
    }
    #drawWorld(ctx, view, paths) {
      const { land, water, line: line2 } = this.options.colours;
      const unit = view.dpr / view.scale;
      const thin = unit * (view.zoom < 4 ? 0.5 : 0.9);
      const fill = (path, colour) => {
        ctx.fillStyle = colour;
        ctx.fill(path, "nonzero");
      };
      ctx.lineJoin = "round";
      fill(paths.land, land);
      if (view.zoom >= 4) strokePath(ctx, paths.rivers, line2, thin);
      fill(paths.lakes, water);
      strokePath(ctx, paths.shores, line2, thin);
      strokePath(ctx, paths.coasts, line2, thin);
      this.#drawBoundaries(ctx, view, paths, unit);
    }
    #drawBoundaries(ctx, view, paths, unit) {
      const { border, disputed, division } = this.options.colours;
      const { boundaries } = stateOf(this._map).furniture;
      if (boundaries === BOUNDARIES.none) return;
      const isDashed = boundaries !== BOUNDARIES.alike;
      const width = unit * (view.zoom < 4 ? 0.7 : 1.1);
      const dash = view.zoom < 4 ? [unit * 2.5, unit * 2] : [unit * 5, unit * 4];
      if (view.zoom >= DIVISION_ZOOM) strokePath(ctx, paths.divisions, division, unit * 0.8);
      if (view.zoom >= SMALL_DIVISION_ZOOM) strokePath(ctx, paths.small_divisions, division, unit * 0.8);
      strokePath(ctx, paths.borders, border, width);
      strokePath(ctx, paths.disputed, isDashed ? disputed : border, width, isDashed ? dash : []);
    }
  };
  async function loadBackground(source) {
    return new Background(typeof source === "string" ? await (await fetched(source)).json() : source);
  }
  function basemap(source, theme) {
    const colours = coloursOf(theme);
    const layers = [new Ground(colours), new NamesLayer(colours)];
    loadBackground(source).then(
      (background) => {
        for (const layer of layers) {
          layer.background = background;
          layer.redraw();
        }
        performance.mark("geomap:basemap");
      },
      () => console.warn("geomap: the background could not be loaded")
    );
    return L.layerGroup(layers);
  }

  // maps/js/map/graticule.js
  var STEPS = [30, 20, 10, 5, 2, 1, 1 / 2, 1 / 3, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120, 1 / 360];
  var FEWEST_PIXELS = 90;
  var UNDER_BUTTONS = 46;
  function graticuleStep(zoom) {
    const pixels = 256 * Math.pow(2, zoom) / 360;
    return STEPS.findLast((step) => step * pixels >= FEWEST_PIXELS) ?? STEPS[0];
  }
  function degreesInWords(value, letters) {
    const seconds = Math.round(Math.abs(value) * 3600);
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds % 3600 / 60), seconds % 60];
    const two = (number) => String(number).padStart(2, "0");
    let text = parts[0] + "°";
    if (parts[1] || parts[2]) text += two(parts[1]) + "′";
    if (parts[2]) text += two(parts[2]) + "″";
    const isPlain = seconds === 0 || letters === "EW" && seconds === 180 * 3600;
    return isPlain ? text : text + " " + letters[value < 0 ? 1 : 0];
  }
  function multiples(step, from, to, least, most) {
    const first = Math.ceil(Math.max(from, least) / step - 1e-9);
    const last = Math.floor(Math.min(to, most) / step + 1e-9);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
  }
  var Graticule = class extends CanvasLayer {
    labels = [];
    // [left, top, right, bottom, text]
    constructor(colours) {
      super({ pane: "geomap-graticule", zIndex: 420, colours });
    }
    draw(ctx, view) {
      clear(ctx, view);
      const step = graticuleStep(view.zoom);
      this.labels = [];
      ctx.font = `${10 * view.dpr}px ${FONT}`;
      ctx.textBaseline = "middle";
      const low = latLng(view.left / view.scale, (view.top + view.height) / view.scale);
      const high = latLng((view.left + view.width) / view.scale, view.top / view.scale);
      for (const x of multiples(step, low.lng, high.lng, -180, 180)) this.#drawMeridian(ctx, view, x);
      for (const y of multiples(step, low.lat, high.lat, -85, 85)) this.#drawParallel(ctx, view, y);
    }
    #drawMeridian(ctx, view, longitude) {
      const x = Math.round(mercator(longitude, 0)[0] * view.scale - view.left) + 0.5;
      const top = Math.max(0, -view.top);
      this.#drawLine(ctx, view, x, top, x, Math.min(view.height, view.scale - view.top));
      const text = degreesInWords(longitude, "EW");
      const width = ctx.measureText(text).width;
      const left = x - width / 2;
      const edge = Math.max(top, view.pad.y * view.dpr);
      const isFree = left >= (view.pad.x + UNDER_BUTTONS) * view.dpr;
      if (isFree) this.#drawLabel(ctx, view, text, left, edge + 9 * view.dpr, width);
    }
    #drawParallel(ctx, view, latitude) {
      const y = Math.round(mercator(0, latitude)[1] * view.scale - view.top) + 0.5;
      const right = Math.min(view.width, view.scale - view.left);
      this.#drawLine(ctx, view, Math.max(0, -view.left), y, right, y);
      const text = degreesInWords(latitude, "NS");
      const width = ctx.measureText(text).width;
      const edge = Math.min(right, view.width - view.pad.x * view.dpr);
      this.#drawLabel(ctx, view, text, edge - width - 5 * view.dpr, y, width);
    }
    #drawLine(ctx, view, x0, y0, x1, y1) {
      ctx.lineWidth = view.dpr * 0.8;
      ctx.strokeStyle = this.options.colours.country;
      ctx.globalAlpha = 0.45;
      ctx.beginPath();
      ctx.moveTo(x0, y0);
      ctx.lineTo(x1, y1);
      ctx.stroke();
      ctx.globalAlpha = 1;
    }
    #drawLabel(ctx, view, text, left, y, width) {
      const half = 7 * view.dpr;
      const box = [left - 2, y - half, left + width + 2, y + half];
      if (this.labels.some((label) => meets(box, label))) return;
      this.labels.push([...box, text]);
      const { country, land } = this.options.colours;
      drawText(ctx, view, text, left, y, country, land);
    }
  };

  // maps/js/map/setup.js
  var EDGES = [[-87, -200], [87, 200]];
  var SMALL = 560;
  function setUp(map, options) {
    const { bounds, theme, channel: channelName = "page" } = options;
    map.setMaxBounds(EDGES);
    if (bounds) {
      const [west, south, east, north] = bounds;
      map.fitBounds([[south, west], [north, east]], { animate: false });
    }
    const state = stateOf(map);
    state.firstView = { center: map.getCenter(), zoom: map.getZoom() };
    state.furniture = { graticule: false, boundaries: BOUNDARIES.dashed, tiles: null, names: SOURCE_NAMES };
    const container = map.getContainer();
    container.setAttribute("tabindex", "0");
    container.classList.toggle("geomap-dark", theme === "dark");
    const fold = () => container.classList.toggle("geomap-small", map.getSize().x < SMALL);
    map.on("resize", fold);
    fold();
    addCredits(map, options);
    const scale = L.control.scale({ imperial: false, maxWidth: 110 }).addTo(map);
    scale.getContainer().title = "Scale, true along the middle of the map";
    if (options.basemap) basemap(options.basemap, theme).addTo(map);
    addViewButtons(map, channelName);
    if (options.area) new AreaTool(map, channelName);
    followSettings(map, options, channelName);
    return map;
  }
  function followSettings(map, { theme, tileServers }, channelName) {
    const { furniture } = stateOf(map);
    const graticule = new Graticule(coloursOf(theme));
    let tiles = null;
    function showTiles(name) {
      const server = tileServers?.[name];
      const attribution = server && escaped(server.attribution);
      tiles?.remove();
      tiles = server ? L.tileLayer(server.url, { attribution, maxZoom: 19, noWrap: true }).addTo(map) : null;
      return server ? name : null;
    }
    function furnish(changes) {
      const before = furniture.tiles;
      for (const key of Object.keys(furniture)) if (changes[key] !== void 0) furniture[key] = changes[key];
      if (furniture.tiles !== before) furniture.tiles = showTiles(furniture.tiles);
      if (furniture.graticule) graticule.addTo(map);
      else graticule.remove();
      map.fire("geomap:furniture");
    }
    furnish({});
    const stop = channel(channelName).listen((message) => message.furniture && furnish(message.furniture));
    map.on("unload", stop);
  }
  function addCredits(map, { disclaimer, credits }) {
    const control = map.attributionControl;
    control.setPrefix(false);
    const lines = [disclaimer, credits].filter(Boolean).map(escaped);
    control.addAttribution(lines.map((line2) => `<span class="geomap-credit">${line2}</span>`).join(""));
    const text = control.getContainer();
    text.id = "geomap-credits-" + L.stamp(map);
    const button = makeButton("geomap-credits-button", unfold, "Boundaries are no endorsement · i");
    const label = "Credits and disclaimer: boundaries are no endorsement";
    setAttributes(button, { "aria-label": label, "aria-controls": text.id, "aria-expanded": false });
    function unfold() {
      button.setAttribute("aria-expanded", text.classList.toggle("geomap-open"));
    }
    addCorner(map, "bottomright", button);
  }
  var escaped = (words) => make("span", "", words).innerHTML;
  return __toCommonJS(main_exports);
})();
