/* Drawing an area to filter by: a polygon of corners, or a rectangle.

   By pointer: click the corners, or drag a rectangle. By keys: the arrows move the map
   under a cross, Space sets a corner there; a rectangle starts as the middle of the view.
   The channel is told {drawn: [[longitude, latitude], ...]}, or null when it is removed. */
(function (geomap) {
  "use strict";
  const POLYGON = "M4 6l7-3l6 6l-4 8l-8-2z";
  const RECTANGLE = "M3 5h14v10H3z";
  const REMOVE = "M4 4l12 12M16 4L4 16";
  const CLOSE_PIXELS = 10;
  const HINTS = {
    polygon: "Click the corners, or move the map and press Space at the cross. Enter or a double click ends, Backspace takes a corner back, Escape cancels.",
    rectangle: "Drag from corner to corner, or move the map and press Enter for the rectangle shown. Escape cancels.",
    few: "An area needs three corners at least.",
  };
  const ICONS = { polygon: ["Draw an area", POLYGON], rectangle: ["Draw a rectangle", RECTANGLE] };

  class DrawArea {
    constructor(map, options) {
      this.map = map;
      this.channel = geomap.channel(options.channel ?? "page");
      this.area = null;
      map.createPane("geomap-area").style.zIndex = 445;
      map.getPane("geomap-area").style.pointerEvents = "none";
      const style = { pane: "geomap-area", interactive: false, className: "geomap-area" };
      this.shape = L.polygon([], style);
      this.sketch = L.polygon([], { ...style, className: "geomap-area geomap-sketch" });
      this.buttons = {};
      geomap.toolBar(map, "Area", (bar) => this._fill(bar));
      this._hint = L.DomUtil.create("div", "geomap-hint", map.getContainer());
      this._hint.setAttribute("role", "status");
      this._cross = L.DomUtil.create("div", "geomap-cross", map.getContainer());
      this._cross.hidden = true;
      const stop = this.channel.listen((message) => {
        if (message.area !== undefined) this.show(message.area);
      });
      map.on("unload", stop);
      this._wire();
      this.show(null);
    }

    _fill(bar) {
      for (const [mode, [name, path]] of Object.entries(ICONS)) {
        this.buttons[mode] = geomap.toolButton(bar, name, path, (event) => {
          if (this.mode === mode) this.cancel();
          else this.start(mode, event.detail === 0);
        });
        this.buttons[mode].setAttribute("aria-pressed", "false");
      }
      this.remove = geomap.toolButton(bar, "Remove the area", REMOVE, () => {
        this.cancel();
        this.show(null);
        this.channel.post({ drawn: null }, { here: true });
        this.map.getContainer().focus();
      });
    }

    _wire() {
      const container = this.map.getContainer();
      this.map.on({
        click: (event) => this.mode === "polygon" && this._addCorner(event.latlng),
        dblclick: () => this.mode === "polygon" && this.finish(),
        mousemove: (event) => this.mode === "polygon" && this._draw(event.latlng),
        move: () => this.mode === "rectangle" && this._middle && this._takeMiddle(),
      });
      container.addEventListener("keydown", (event) => this._onKey(event), true);
      container.addEventListener("pointerdown", (event) => this._press(event), true);
      container.addEventListener("pointermove", (event) => this._drag(event), true);
      container.addEventListener("pointerup", (event) => this._release(event), true);
      container.addEventListener("pointercancel", () => (this._from = null), true);
    }

    /** Show an area that was drawn before; null shows none. */
    show(area) {
      this.area = area?.length >= 3 ? area : null;
      const corners = (this.area ?? []).map(([x, y]) => [y, x]);
      this.shape.setLatLngs(corners);
      if (this.area) this.shape.addTo(this.map);
      else this.shape.remove();
      this.remove.hidden = !this.area;
    }

    start(mode, byKeys) {
      this.cancel();
      const { map } = this;
      this.mode = mode;
      this.corners = [];
      map.geomapDrawing = true;
      map.getContainer().classList.add("geomap-drawing");
      map.doubleClickZoom.disable();
      if (mode === "rectangle") map.dragging.disable();
      this._cross.hidden = !byKeys || mode !== "polygon";
      this._hint.textContent = HINTS[mode];
      this.buttons[mode].setAttribute("aria-pressed", "true");
      this.sketch.setLatLngs([]).addTo(map);
      this._middle = byKeys && mode === "rectangle";
      if (this._middle) this._takeMiddle();
      map.getContainer().focus();
    }

    cancel() {
      if (!this.mode) return;
      const { map } = this;
      this.buttons[this.mode].setAttribute("aria-pressed", "false");
      this.mode = null;
      this._from = null;
      this._middle = false;
      this._hint.textContent = "";
      this._cross.hidden = true;
      this.sketch.remove();
      map.dragging.enable();
      map.doubleClickZoom.enable();
      map.getContainer().classList.remove("geomap-drawing");
      // The click that ends a drawing is still on its way: it must not pick an event.
      setTimeout(() => (map.geomapDrawing = Boolean(this.mode)), 60);
    }

    finish() {
      if (this.corners.length < 3) {
        this._hint.textContent = HINTS.few;
        return;
      }
      const round = (value, most) => Math.max(-most, Math.min(most, Math.round(value * 1e5) / 1e5));
      const area = this.corners.map(({ lat, lng }) => [round(lng, 180), round(lat, 90)]);
      this.cancel();
      this.show(area);
      this.channel.post({ drawn: area }, { here: true });
    }

    _addCorner(latLng) {
      const { map, corners } = this;
      const near = (other) =>
        other && map.latLngToLayerPoint(other).distanceTo(map.latLngToLayerPoint(latLng)) < CLOSE_PIXELS;
      if (corners.length >= 3 && near(corners[0])) return this.finish();
      if (near(corners.at(-1))) return undefined; // the second click of a double click
      corners.push(latLng);
      return this._draw();
    }

    _draw(pointer) {
      this.sketch.setLatLngs(pointer && this.corners.length ? [...this.corners, pointer] : this.corners);
    }

    _takeMiddle() {
      const bounds = this.map.getBounds().pad(-0.25);
      this._rectangle(bounds);
    }

    _rectangle(bounds) {
      this.corners = [bounds.getSouthWest(), bounds.getSouthEast(), bounds.getNorthEast(), bounds.getNorthWest()];
      this._draw();
    }

    _onKey(event) {
      if (!this.mode || event.target !== this.map.getContainer()) return;
      const does = {
        Enter: () => this.finish(),
        Escape: () => this.cancel(),
        Backspace: () => this.mode === "polygon" && (this.corners.pop(), this._draw()),
        " ": () => this.mode === "polygon" && this._setAtCross(),
      }[event.key];
      if (!does) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      does();
    }

    _setAtCross() {
      this._cross.hidden = false;
      this._addCorner(this.map.getCenter());
    }

    _press(event) {
      if (this.mode !== "rectangle" || event.button || event.target.closest(".leaflet-control")) return;
      event.preventDefault();
      this._middle = false;
      this._from = this.map.mouseEventToLatLng(event);
      this.map.getContainer().setPointerCapture?.(event.pointerId);
    }

    _drag(event) {
      if (this._from) this._rectangle(L.latLngBounds(this._from, this.map.mouseEventToLatLng(event)));
    }

    _release(event) {
      if (!this._from) return;
      const from = this.map.latLngToContainerPoint(this._from);
      this._drag(event);
      this._from = null;
      if (from.distanceTo(this.map.mouseEventToContainerPoint(event)) >= CLOSE_PIXELS) this.finish();
      else this.corners = [];
    }
  }
  geomap.DrawArea = DrawArea;
  geomap.drawArea = (map, options) => (map.geomapArea = new DrawArea(map, options));
})((globalThis.geomap ??= {}));
