/* Roads, zones and points of the gazetteer. A click or Enter tells the channel the place. */
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

  function nameTag(place) {
    const tag = document.createElement("span");
    tag.textContent = place.note ? `${place.name} (${place.note})` : place.name;
    return tag;
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
    const style = { ...STYLES[place.form], pane: "geomap-places" };
    if (place.approximate || place.unsure) style.dashArray = "3 7";
    if (place.unsure) style.opacity = 0.6;
    const latLngs = place.parts.map((part) => part.map(([x, y]) => [y, x]));
    return place.form === "area" ? L.polygon(latLngs, style) : L.polyline(latLngs, style);
  }

  geomap.PlaceLayer = L.LayerGroup.extend({
    initialize(places, options) {
      L.LayerGroup.prototype.initialize.call(this, []);
      this.options = options;
      this._places = places;
    },

    onAdd(map) {
      panes(map);
      if (!this.getLayers().length) for (const place of this._places) this._add(place, map);
      L.LayerGroup.prototype.onAdd.call(this, map);
      map.geomapPlaceNames = this._places.map(({ name, at, form, town }) => ({ name, at, form, town }));
      map.fire("geomap:names");
    },

    onRemove(map) {
      map.geomapPlaceNames = [];
      map.fire("geomap:names");
      L.LayerGroup.prototype.onRemove.call(this, map);
    },

    _add(place, map) {
      const layer = drawn(place);
      const choose = (event) => {
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
      layer.on("add", () => this._makeReachable(layer, place));
      layer.bindTooltip(nameTag(place), { sticky: place.form !== "point", className: "geomap-tag" });
      this.addLayer(layer);
    },

    /** Roads and zones take the keyboard's focus as markers do. */
    _makeReachable(layer, place) {
      const element = layer.getElement?.();
      if (!element) return;
      element.setAttribute("tabindex", "0");
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", nameTag(place).textContent);
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
  geomap.placeLayer = (places, options) => new geomap.PlaceLayer(places, options);
})((globalThis.geomap ??= {}));
