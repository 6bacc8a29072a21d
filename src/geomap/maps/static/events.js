/* The layer of events: loads the packed bytes, follows the window, says what it painted. */
(function (geomap) {
  "use strict";
  const STAMP_ABOVE = 20000;

  geomap.EventLayer = geomap.CanvasLayer.extend({
    options: { pane: "geomap-events", zIndex: 450, padding: 0.1, channel: "page" },

    initialize(src, options) {
      L.setOptions(this, options);
      this.from = -Infinity;
      this.to = Infinity;
      this.shapes = [];
      this.groups = [];
      this._keep = {};
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
      for (const stop of this._stop) stop();
      this._legend?.remove();
      geomap.CanvasLayer.prototype.onRemove.call(this, map);
    },

    _hear(message) {
      if (message.window) {
        this.from = geomap.dayOf(message.window[0]) ?? -Infinity;
        this.to = geomap.dayOf(message.window[1]) ?? Infinity;
        this.redraw();
      }
      if (message.load !== undefined) this.load(message.load);
      if (message.select !== undefined) this.select(message.select);
      if (message.fit !== undefined) this.fit(message.fit);
    },

    /** Fetch packed events (an address or an ArrayBuffer); the same address is fetched once. */
    async load(source) {
      if (source === this._loaded) return;
      this._loaded = source;
      try {
        const buffer = typeof source === "string" ? await this._fetch(source) : source;
        if (source === this._loaded) this._take(new geomap.EventsData(buffer));
      } catch (error) {
        console.warn("geomap: the events could not be loaded:", error.message);
        this._loaded = null;
        this._channel.post({ failed: "The events could not be loaded." }, { here: true });
      }
    },

    async _fetch(address) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`answer ${answer.status}`);
      return answer.arrayBuffer();
    },

    _take(data) {
      this.data = data;
      this.colours = data.header.types.map((type) => type.colour);
      this.shapes = geomap.eventShapes(data);
      this.select(this._selectedId ?? null);
      this.fire("data", { header: data.header });
      this.redraw();
    },

    select(id) {
      this._selectedId = id;
      const row = id === null || !this.data ? -1 : this.data.rowOf(id);
      this.selectedRow = row < 0 ? null : row;
      this.redraw();
    },

    /** Show a bbox [W, S, E, N], or with `true` every event of the window. */
    fit(what) {
      const box = Array.isArray(what) ? what : this._windowBox();
      if (box) this._map.fitBounds([[box[1], box[0]], [box[3], box[2]]], { maxZoom: 11 });
    },

    _windowBox() {
      if (!this.data) return null;
      let [west, north, east, south] = [1, 1, 0, 0];
      geomap.eachRow(this.data, this.from, this.to, (row) => {
        const x = this.data.x[row] / 4294967296;
        const y = this.data.y[row] / 4294967296;
        west = Math.min(west, x);
        east = Math.max(east, x);
        north = Math.min(north, y);
        south = Math.max(south, y);
      });
      if (east < west) return null;
      const [low, high] = [geomap.latLng(west, south), geomap.latLng(east, north)];
      return [low.lng, low.lat, high.lng, high.lat];
    },

    _sayView() {
      const b = this._map.getBounds();
      const round = (value) => Math.round(value * 1e4) / 1e4;
      const bbox = [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map(round);
      this._channel.post({ view: { bbox, zoom: this._map.getZoom() } }, { here: true });
    },

    draw(ctx, view) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, view.width, view.height);
      if (!this.data) return;
      const { data, from, to, colours } = this;
      const [first, beyond] = data.singleRows(from, to);
      this.crowded = beyond - first + data.count - data.singles > STAMP_ABOVE;
      if (this.crowded) {
        this.groups = [];
        geomap.stampEvents(ctx, view, data, from, to, colours, this._keep);
        geomap.drawShapes(ctx, view, this);
      } else {
        geomap.drawShapes(ctx, view, this);
        this.groups = geomap.placesInView(data, view, from, to);
        geomap.drawPlaces(ctx, view, data, this.groups, colours);
      }
      this._drawSelected(ctx, view);
      this._sayPainted();
    },

    _drawSelected(ctx, view) {
      const row = this.selectedRow;
      if (row === null || row === undefined) return;
      if (this.data.look[row] & geomap.LOOK.geometry) return;
      const x = (this.data.x[row] / 4294967296) * view.scale - view.left;
      const y = (this.data.y[row] / 4294967296) * view.scale - view.top;
      const group = this.groups.find((one) => one.rows.includes(row));
      geomap.drawRing(ctx, view, x, y, (group?.size ?? 5 * view.dpr) + 4 * view.dpr);
    },

    _sayPainted() {
      const counts = this.data.countIn(this.from, this.to);
      const detail = { ...counts, from: geomap.isoOf(this.from), to: geomap.isoOf(this.to) };
      performance.mark("geomap:painted", { detail });
      this._channel.post({ painted: detail }, { here: true });
      this.fire("painted", detail);
    },
  });
  geomap.eventLayer = (src, options) => new geomap.EventLayer(src, options);
})((globalThis.geomap ??= {}));
