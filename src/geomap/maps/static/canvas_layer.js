/* A Leaflet layer that is one canvas: follows pans and zooms, and asks to be drawn.

   A subclass gives `draw(ctx, view)`. `view` maps Mercator units (0..1 from the north-west
   corner of the world) to pixels: x * scale - left, y * scale - top. */
(function (geomap) {
  "use strict";

  geomap.mercator = function (longitude, latitude) {
    const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, latitude)) * Math.PI) / 180);
    return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  };

  geomap.latLng = function (x, y) {
    return L.latLng((Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, x * 360 - 180);
  };

  /** Units of Mercator for a length on the ground, at the height y on the map. */
  geomap.groundUnits = (metres, y) => (metres * Math.cosh(Math.PI * (1 - 2 * y))) / 40075016.7;

  geomap.CanvasLayer = L.Layer.extend({
    options: { padding: 0.1, zIndex: 450 },

    initialize(options) {
      L.setOptions(this, options);
    },

    onAdd(map) {
      const name = this.options.pane;
      if (!map.getPane(name)) {
        const pane = map.createPane(name);
        pane.style.zIndex = this.options.zIndex;
        pane.style.pointerEvents = "none";
      }
      const canvas = (this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated"));
      canvas.style.position = "absolute";
      canvas.style.pointerEvents = "none";
      canvas.style.transformOrigin = "0 0";
      canvas.setAttribute("aria-hidden", "true");
      map.getPane(name).appendChild(canvas);
      this._ctx = canvas.getContext("2d");
      map.on(this._mapEvents(), this);
      this._reset();
      return this;
    },

    onRemove(map) {
      map.off(this._mapEvents(), this);
      cancelAnimationFrame(this._frame);
      this._frame = 0;
      L.DomUtil.remove(this._canvas);
    },

    _mapEvents() {
      return { moveend: this._reset, resize: this._reset, zoomanim: this._zoomAnimation };
    },

    _zoomAnimation(event) {
      const scale = this._map.getZoomScale(event.zoom, this.view.zoom);
      const corner = this._map._latLngBoundsToNewLayerBounds(
        this._bounds,
        event.zoom,
        event.center,
      ).min;
      L.DomUtil.setTransform(this._canvas, corner, scale);
    },

    _reset() {
      const map = this._map;
      const size = map.getSize();
      const pad = size.multiplyBy(this.options.padding).round();
      const corner = map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
      const full = size.add(pad.multiplyBy(2));
      const dpr = this.coarse ? 1 : Math.min(2, window.devicePixelRatio || 1);
      const origin = map.getPixelOrigin().add(corner);
      const zoom = map.getZoom();
      this._bounds = L.latLngBounds(
        map.layerPointToLatLng(corner),
        map.layerPointToLatLng(corner.add(full)),
      );
      this.view = {
        zoom,
        dpr,
        pad,
        scale: 256 * Math.pow(2, zoom) * dpr,
        left: origin.x * dpr,
        top: origin.y * dpr,
        width: Math.round(full.x * dpr),
        height: Math.round(full.y * dpr),
      };
      this._canvas.width = this.view.width;
      this._canvas.height = this.view.height;
      this._canvas.style.width = full.x + "px";
      this._canvas.style.height = full.y + "px";
      L.DomUtil.setPosition(this._canvas, corner);
      this._drawNow();
    },

    /** Draw at the next frame; several calls before it are one. */
    redraw() {
      if (this._map && !this._frame) {
        this._frame = requestAnimationFrame(() => this._drawNow());
      }
      return this;
    },

    _drawNow() {
      cancelAnimationFrame(this._frame);
      this._frame = 0;
      if (this.view.width && this.view.height) this.draw(this._ctx, this.view);
    },
  });
})((globalThis.geomap ??= {}));
