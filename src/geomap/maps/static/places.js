/* Roads, zones and points of the gazetteer. A click or Enter tells the channel the place.

   The layer fetches every dated version once and hides those that hold on no day of the
   window: while dates are played nothing is built anew. */
(function (geomap) {
  "use strict";
  const STYLES = {
    line: { color: "#5a4a3f", weight: 3, opacity: 0.85 },
    area: { color: "#5a4a3f", weight: 1.5, fillColor: "#c9a66b", fillOpacity: 0.16, dashArray: "6 5" },
  };

  function panes(map) {
    if (map.getPane("geomap-places")) return;
    map.createPane("geomap-places").style.zIndex = 410;
    map.createPane("geomap-marks").style.zIndex = 440;
  }

  function diamond(place) {
    const shape = document.createElement("span");
    shape.className = place.town ? "geomap-town" : "geomap-diamond";
    if (place.unsure) shape.className = "geomap-unsure";
    const icon = L.divIcon({ html: shape, className: "geomap-mark", iconSize: [16, 16] });
    return L.marker([place.at[1], place.at[0]], { icon, pane: "geomap-marks", keyboard: true });
  }

  function drawn(place) {
    if (place.form === "point") return diamond(place);
    const className = `geomap-place-${place.form}`;
    const style = { ...STYLES[place.form], pane: "geomap-places", className };
    if (place.approximate || place.unsure) style.dashArray = "3 7";
    if (place.unsure) style.opacity = 0.6;
    const latLngs = place.parts.map((part) => part.map(([x, y]) => [y, x]));
    return place.form === "area" ? L.polygon(latLngs, style) : L.polyline(latLngs, style);
  }

  geomap.PlaceLayer = L.LayerGroup.extend({
    /** `source` is an address of places, or the places themselves. */
    initialize(source, options) {
      L.LayerGroup.prototype.initialize.call(this, []);
      this.options = options;
      this._source = source;
      this._places = [];
      this._window = options.window ?? [null, null];
    },

    onAdd(map) {
      panes(map);
      L.LayerGroup.prototype.onAdd.call(this, map);
      const hear = (message) => message.window && this.follow(message.window);
      this._stop = geomap.channel(this.options.channel).listen(hear);
      map.on("geomap:furniture", this._rename, this);
      this._rename();
      if (this._isLoaded) this.follow(this._window, true);
      else if (Array.isArray(this._source)) this._take(this._source);
      else this._load(map);
    },

    onRemove(map) {
      this._stop();
      this._complaint?.remove();
      map.off("geomap:furniture", this._rename, this);
      map.geomapPlaceNames = [];
      map.fire("geomap:names");
      L.LayerGroup.prototype.onRemove.call(this, map);
    },

    async _load(map) {
      try {
        const places = await (await geomap.fetched(this._source)).json();
        if (this._map === map) this._take(places);
      } catch (error) {
        console.warn("geomap: the places could not be loaded:", error.message);
        if (this._map === map) this._complain();
      }
    },

    _take(places) {
      if (this._isLoaded) return; // taken off the map and put back meanwhile
      this._isLoaded = true;
      this._places = places.map((place) => ({
        place,
        from: geomap.dayOf(place.from) ?? -Infinity,
        to: geomap.dayOf(place.to) ?? Infinity,
        isShown: true,
      }));
      for (const held of this._places) this._add(held, this._map);
      this.follow(this._window, true);
      performance.mark("geomap:places");
    },

    _complain() {
      const Note = L.Control.extend({
        options: { position: "topright" },
        onAdd() {
          const note = L.DomUtil.create("div", "geomap-complaint");
          note.setAttribute("role", "alert");
          note.textContent = "The places could not be loaded. Reload the page to try again.";
          return note;
        },
      });
      this._complaint = new Note().addTo(this._map);
    },

    /** Show what holds on some day of a window of ISO dates, both included. */
    follow(window, isNew) {
      this._window = window;
      const from = geomap.dayOf(window[0]) ?? -Infinity;
      const to = geomap.dayOf(window[1]) ?? Infinity;
      let changed = Boolean(isNew);
      for (const held of this._places) {
        const isShown = held.from <= to && held.to >= from;
        if (isShown === held.isShown) continue;
        held.isShown = isShown;
        changed = true;
        this._display(held);
      }
      if (changed && this._map) this._sayNames();
    },

    _display({ layer, isShown }) {
      const element = layer.getElement?.();
      if (element) element.style.display = isShown ? "" : "none";
      if (!isShown) layer.closeTooltip();
    },

    _nameOf(place) {
      return place.names?.[this._policy] ?? place.name;
    },

    /** Names follow the chosen policy: on the map, in tooltips, and as they are read out. */
    _rename() {
      const policy = this._map.geomapFurniture?.names ?? "source";
      if (policy === this._policy) return;
      this._policy = policy;
      for (const { layer, place } of this._places) {
        layer.setTooltipContent(this._tag(place));
        layer.getElement?.()?.setAttribute("aria-label", this._words(place));
      }
      this._sayNames();
    },

    _sayNames() {
      const names = new Map(); // two versions of one place under one name bear it once
      for (const { place, isShown } of this._places) {
        const { id, at, form, town } = place;
        const name = this._nameOf(place);
        if (isShown) names.set(`${id} ${name}`, { name, at, form, town });
      }
      this._map.geomapPlaceNames = [...names.values()];
      this._map.fire("geomap:names");
    },

    _words(place) {
      return place.note ? `${this._nameOf(place)} (${place.note})` : this._nameOf(place);
    },

    _tag(place) {
      const tag = document.createElement("span");
      tag.textContent = this._words(place);
      return tag;
    },

    _add(held, map) {
      const { place } = held;
      const layer = (held.layer = drawn(place));
      const choose = (event) => {
        if (map.geomapDrawing) return;
        const events = map.geomapEvents;
        const point = event.containerPoint;
        const taken = events && point ? geomap.rowsAt(events, point) : [];
        if (taken.length) {
          if (place.form === "point") map.fire("click", { latlng: event.latlng, containerPoint: point });
          return;
        }
        this._tell(place);
      };
      layer.on("click", choose);
      layer.on("add", () => {
        this._makeReachable(layer, place);
        this._display(held);
      });
      layer.bindTooltip(this._tag(place), { sticky: place.form !== "point", className: "geomap-tag" });
      this.addLayer(layer);
    },

    /** Roads and zones take the keyboard's focus as markers do. */
    _makeReachable(layer, place) {
      const element = layer.getElement?.();
      if (!element) return;
      element.setAttribute("tabindex", "0");
      element.setAttribute("role", "button");
      element.setAttribute("data-place", place.id);
      element.setAttribute("aria-label", this._words(place));
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        this._tell(place);
      });
    },

    _tell(place) {
      geomap.channel(this.options.channel).post({ place: place.id }, { here: true });
    },
  });
  geomap.placeLayer = (source, options) => new geomap.PlaceLayer(source, options);
})((globalThis.geomap ??= {}));
