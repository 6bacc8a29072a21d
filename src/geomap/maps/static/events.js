/* The layer of events: loads the packed bytes, follows window and filters, says what it painted.

   Few events in view are drawn one by one (groups.js, draw.js), many as hexagons of counts
   (density.js) or, where a person wants no hexagons, as small marks (stamp.js). */
(function (geomap) {
  "use strict";
  const DIRECT = 20000; // so many in the window are looked through without cells
  const CROWDED = 4000; // so many in view are no longer drawn one by one
  const SLOW = 30; // a frame of so many milliseconds is drawn at half resolution while moving

  geomap.EventLayer = geomap.CanvasLayer.extend({
    options: { pane: "geomap-events", zIndex: 450, padding: 0.1, channel: "page" },

    initialize(src, options) {
      L.setOptions(this, options);
      Object.assign(this, { from: -Infinity, to: Infinity, shapes: [], groups: [], filters: {} });
      Object.assign(this, { column: "type", density: "auto", mode: "marks", selectedRow: null });
      this._src = src;
    },

    onAdd(map) {
      geomap.CanvasLayer.prototype.onAdd.call(this, map);
      map.geomapEvents = this;
      this._channel = geomap.channel(this.options.channel);
      this._stop = [this._channel.listen((message) => this._hear(message)), geomap.picking(this)];
      map.on("moveend", this._sayView, this);
      if (this.options.legend) this._legend = new geomap.Legend(this).addTo(map);
      if (this._src) this.load(this._src);
      this._channel.post({ ready: true }, { here: true });
      return this;
    },

    onRemove(map) {
      map.off("moveend", this._sayView, this);
      clearTimeout(this._restTimer);
      for (const stop of this._stop) stop();
      this._legend?.remove();
      geomap.CanvasLayer.prototype.onRemove.call(this, map);
    },

    _hear(message) {
      if (message.filters) this._setFilters(message.filters);
      if (message.colourBy) this._setColumn(message.colourBy);
      if (message.density) this._setDensity(message.density);
      if (message.window) this._setWindow(message.window, message.moving);
      const loaded = message.load === undefined ? null : this.load(message.load);
      if (message.bits !== undefined) this.loadBits(message.bits);
      if (message.grid !== undefined) this._setGrid(message.grid, loaded);
      if (message.select !== undefined) this.select(message.select);
      if (message.fit !== undefined) this.fit(message.fit);
    },

    _setWindow(window, moving) {
      const from = geomap.dayOf(window[0]) ?? -Infinity;
      const to = geomap.dayOf(window[1]) ?? Infinity;
      const same = from === this.from && to === this.to && this._painted;
      this.from = from;
      this.to = to;
      this._setMoving(Boolean(moving));
      if (!same) this._drawSoon();
    },

    /** Draw at once, but not twice in a frame: what comes faster waits for the next. */
    _drawSoon() {
      if (this._drewThisFrame || !this._map) return this.redraw();
      this._drewThisFrame = true;
      requestAnimationFrame(() => (this._drewThisFrame = false));
      this._drawNow();
    },

    _setMoving(moving) {
      if (moving === this.moving) return;
      this.moving = moving;
      if (!moving && this.coarse) {
        this.coarse = false;
        this._reset();
      }
    },

    _setFilters(filters) {
      const words = JSON.stringify(filters);
      if (words === this._filterWords) return;
      this._filterWords = words;
      this.filters = filters;
      this._refilter();
    },

    _setColumn(column) {
      if (column === this.column) return;
      this.column = column;
      this._stamps = null;
      this._sayHistogram();
      this.redraw();
    },

    _setDensity(density) {
      if (density === this.density) return;
      this.density = density;
      this.redraw();
    },

    _refilter() {
      if (!this.data) return;
      this.data.filter(this.filters, this.bits);
      this._cells?.refilter();
      this._drawSoon();
      this._sayHistogram();
    },

    /** Fetch packed events (an address or an ArrayBuffer); the same address is fetched once. */
    load(source) {
      return this._fetchOnce("_loaded", source, (buffer) => this._take(new geomap.EventsData(buffer)));
    },

    /** Fetch the server's answer to a search: one bit for each row, or none. */
    loadBits(source) {
      return this._fetchOnce("_loadedBits", source, (buffer) => {
        this.bits = buffer ? geomap.readBits(buffer) : null;
        this._refilter();
      });
    },

    /** Fetch counts on a grid, which stand in for events when there are too many to send. */
    loadGrid(source) {
      return this._fetchOnce("_loadedGrid", source, (buffer) => {
        this.grid = buffer ? JSON.parse(new TextDecoder().decode(buffer)) : null;
        this.redraw();
        if (this.grid) this._sayFirstView();
      });
    },

    /** What replaces a grid is drawn when it is there: until then the grid stays. */
    async _setGrid(source, loaded) {
      this._wantedGrid = source;
      if (source === null) await loaded;
      if (this._wantedGrid === source) this.loadGrid(source);
    },

    async _fetchOnce(name, source, take) {
      if (source === this[name]) return;
      this[name] = source;
      try {
        const buffer = typeof source === "string" ? await (await geomap.fetched(source)).arrayBuffer() : source;
        if (source === this[name]) take(buffer);
      } catch (error) {
        console.warn("geomap: the events could not be loaded:", error.message);
        this[name] = undefined;
        this._channel.post({ failed: "The events could not be loaded." }, { here: true });
      }
    },

    _take(data) {
      this.data = data;
      this._cells = this._stamps = null;
      this.shapes = geomap.eventShapes(data);
      data.filter(this.filters, this.bits);
      this.select(this._asked ?? null);
      const header = { ...data.header, geometries: undefined, on: undefined };
      this._channel.post({ header }, { here: true });
      this.fire("data", { header });
      if (data.header.partial) this._sayFirstView();
      this._sayHistogram();
      this.redraw();
    },

    select(row) {
      this._asked = row;
      const known = this.data && Number.isInteger(row) && row >= 0 && row < this.data.count;
      this.selectedRow = known ? row : null;
      this.redraw();
    },

    /** Show a bbox [W, S, E, N], or with `true` every event of the window. */
    fit(what) {
      const box = Array.isArray(what) ? what : geomap.windowBox(this);
      if (box) this._map.fitBounds([[box[1], box[0]], [box[3], box[2]]], { maxZoom: 11 });
    },

    /** Whoever answers for a view has to know the one that the map began with. */
    _sayFirstView() {
      if (!this._saidFirst) this._sayView();
      this._saidFirst = true;
    },

    /** Whether the map still looks where it began: settling into its frame is no move. */
    _isAtFirst() {
      const { center, zoom } = this._map.geomapFirstView ?? {};
      if (this._hasMoved || !center || zoom !== this._map.getZoom()) return false;
      return this._map.latLngToContainerPoint(center).distanceTo(this._map.getSize().divideBy(2)) < 2;
    },

    _sayView() {
      const first = this._isAtFirst();
      this._hasMoved = !first;
      const b = this._map.getBounds();
      const round = (value) => Math.round(value * 1e4) / 1e4;
      const bbox = [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map(round);
      this._channel.post({ view: { bbox, zoom: this._map.getZoom(), first } }, { here: true });
    },

    draw(ctx, view) {
      const started = performance.now();
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, view.width, view.height);
      if (this.grid) this._drawGrid(ctx, view);
      else if (this.data) this._drawData(ctx, view);
      else return;
      this._drawSelected(ctx, view);
      this._sayPainted();
      if (this.moving && !this.coarse && view.dpr > 1 && performance.now() - started > SLOW) {
        this.coarse = true; // sharp again when the hand rests
        this._reset();
      }
    },

    _drawGrid(ctx, view) {
      this.mode = "grid";
      this.groups = [];
      geomap.drawGrid(ctx, view, this.grid);
    },

    _drawData(ctx, view) {
      const { data, from, to } = this;
      const [first, beyond] = data.singleRows(from, to);
      const window = beyond - first + data.count - data.singles;
      const inView = window > DIRECT || this.density === "on" ? this._density(view).inView(from, to) : window;
      const many = inView > CROWDED;
      this.mode = this.density === "on" || (many && this.density === "auto") ? "hexagons" : many ? "stamps" : "marks";
      this[`_draw_${this.mode}`](ctx, view, inView);
    },

    _draw_marks(ctx, view) {
      geomap.drawShapes(ctx, view, this);
      this.groups = geomap.placesInView(this.data, view, this.from, this.to);
      geomap.drawPlaces(ctx, view, this.data, this.groups, (group) => this.colourOf(group.rows));
    },

    _draw_hexagons(ctx, view) {
      this.groups = [];
      this._density(view).draw(ctx, () => "#444444");
      geomap.drawShapes(ctx, view, this);
    },

    _draw_stamps(ctx, view, inView) {
      this.groups = [];
      const density = this._density(view);
      density.inView(this.from, this.to);
      this._stamps ??= new geomap.Stamps(this.data, view, density.cells, this.column);
      this._stamps.draw(ctx, this.from, this.to, inView);
      geomap.drawShapes(ctx, view, this);
      density.drawAreas(ctx, () => "#444444");
    },

    _density(view) {
      if (this._cells?.view !== view) {
        this._cells = new geomap.Density(this.data, view);
        this._stamps = null;
      }
      return this._cells;
    },

    /** The colour most of these rows have. */
    colourOf(rows) {
      return this.data.header.colours[this.column][geomap.mainCode(this.data, this.column, rows)];
    },

    _drawSelected(ctx, view) {
      const row = this.selectedRow;
      if (row === null || !this.data || this.data.facts[row] & geomap.FACTS.geometry) return;
      const [x, y] = geomap.pixelOf(this.data, view, row);
      const group = this.groups.find((one) => one.rows.includes(row));
      geomap.drawSelection(ctx, view, x, y, (group?.size ?? 5 * view.dpr) + 4 * view.dpr);
    },

    /** The seven numbers of what is on the screen. */
    counts() {
      const partial = this.data?.header.partial;
      return this.grid?.counts ?? partial?.counts ?? this.data.countIn(this.from, this.to);
    },

    _sayPainted() {
      this._painted = true;
      const window = this.grid?.window ?? this.data?.header.partial?.window;
      const [from, to] = window ?? [geomap.isoOf(this.from), geomap.isoOf(this.to)];
      const detail = { ...this.counts(), from, to };
      performance.mark("geomap:painted", { detail });
      this._channel.post({ painted: detail }, { here: true });
      this.fire("painted", detail);
      clearTimeout(this._restTimer);
      this._restTimer = setTimeout(() => this._rest(), 180);
    },

    /** What may come a moment later: numbers of the legend and beside the filters. */
    _rest() {
      if (this.moving) return (this._restTimer = setTimeout(() => this._rest(), 180));
      if (!this.data || this.grid) return this.fire("rest", { legend: null });
      const { facets, legend } = this.data.facets(this.from, this.to, this.column);
      // Of a part of the events the numbers beside the filters would be too small.
      if (!this.data.header.partial) this._channel.post({ facets }, { here: true });
      this.fire("rest", { legend });
    },

    _sayHistogram() {
      if (!this.data || this.data.header.partial) return;
      this._channel.post({ histogram: this.data.histogram(this.column) }, { here: true });
    },
  });
  geomap.eventLayer = (src, options) => new geomap.EventLayer(src, options);
})((globalThis.geomap ??= {}));
