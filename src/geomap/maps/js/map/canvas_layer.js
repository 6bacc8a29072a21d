/* A Leaflet layer that is one canvas: follows pans and zooms, and has itself drawn.

   A subclass gives `draw(ctx, view)`; shared/canvas.js says what `view` is. */
export class CanvasLayer extends L.Layer {
  #canvas; #corner;
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
  mapEvents() { return { moveend: this.reset, resize: this.reset, zoomanim: this.#animateZoom }; }

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
}
