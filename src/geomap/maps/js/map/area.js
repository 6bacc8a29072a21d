/* Drawing an area to filter by: a polygon of corners, or a rectangle.

   By pointer: click the corners, or drag a rectangle. By keys: the arrows move the map
   under a cross, Space sets a corner there; a rectangle starts as the middle of the view.
   The channel gets {drawn: [[longitude, latitude], ...]}, or null when it is removed. */
import { channel } from "../shared/channel.js";
import { toolBar, toolButton } from "./buttons.js";
import { stateOf } from "./state.js";

const REMOVE = "M4 4l12 12M16 4L4 16";
const CLOSE_PIXELS = 10;
const HINTS = {
  polygon: "Click the corners, or move the map and press Space at the cross. Enter or a double click ends, Backspace takes a corner back, Escape cancels.",
  rectangle: "Drag from corner to corner, or move the map and press Enter for the rectangle shown. Escape cancels.",
  few: "An area needs three corners at least.",
};
const TOOLS = {
  polygon: ["Draw an area", "M4 6l7-3l6 6l-4 8l-8-2z"],
  rectangle: ["Draw a rectangle", "M3 5h14v10H3z"],
};

export class AreaTool {
  #map; #state; #channel; #shape; #sketch;
  #buttons = {};
  #remove; #hint; #cross;
  #mode = null; // or "polygon", "rectangle": what is being drawn
  #corners = [];
  #from = null; // where the drag of a rectangle began
  #isMiddle = false; // whether the rectangle is the middle of the view

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
    const stop = this.#channel.listen(({ area }) => area !== undefined && this.#show(area));
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
      move: () => this.#isMiddle && this.#takeRectangle(this.#map.getBounds().pad(-0.25)),
    });
    const wire = (name, handler) => container.addEventListener(name, handler, true);
    wire("keydown", (event) => this.#onKey(event));
    wire("pointerdown", (event) => this.#press(event));
    wire("pointermove", (event) => this.#drag(event));
    wire("pointerup", (event) => this.#release(event));
    wire("pointercancel", () => (this.#from = null));
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
    // The click that ends a drawing is still on its way: it must not pick an event.
    setTimeout(() => (this.#state.isDrawing = Boolean(this.#mode)), 60);
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

  #addCorner(latLng) {
    const corners = this.#corners;
    const at = this.#map.latLngToLayerPoint(latLng);
    const isNear = (other) => other && this.#map.latLngToLayerPoint(other).distanceTo(at) < CLOSE_PIXELS;
    if (corners.length >= 3 && isNear(corners[0])) this.#finish();
    else if (!isNear(corners.at(-1))) { // else the second click of a double click
      corners.push(latLng);
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
      " ": () => isPolygon && ((this.#cross.hidden = false), this.#addCorner(this.#map.getCenter())),
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
}
