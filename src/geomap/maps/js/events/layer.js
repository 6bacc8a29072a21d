/* The layer of events: loads the packed bytes and follows the messages of its channel. */
import { CanvasLayer } from "../map/canvas_layer.js";
import { stateOf } from "../map/state.js";
import { clear } from "../shared/canvas.js";
import { channel } from "../shared/channel.js";
import { daysOf } from "../shared/days.js";
import { latLng } from "../shared/mercator.js";
import { WORLD } from "../shared/vocabulary.js";
import { EventsData } from "./data.js";
import { readBits } from "./filter.js";
import { readGrid } from "./grid.js";
import { Legend } from "./legend.js";
import { loader } from "./loader.js";
import { wirePicking } from "./picking.js";
import { Picture } from "./picture.js";
import { Reports } from "./reports.js";
import { shapesOf } from "./shapes.js";
import { boxOf } from "./tallies.js";

const SLOW = 30; // a frame of so many milliseconds is drawn at half resolution while moving

export class EventLayer extends CanvasLayer {
  data = null;
  grid = null; // counts that stand in for events when there are too many to send
  from = -Infinity;
  to = Infinity;
  column = "type"; // of the colours
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
  #source; #channel; #reports; #stops; #filterWords; #wantedGrid;

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
      () => legend?.remove(),
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
    const loaded = message.load === undefined ? null : this.load(message.load);
    if (message.bits !== undefined) this.loadBits(message.bits);
    if (message.grid !== undefined) this.#setGrid(message.grid, loaded);
    if (message.select !== undefined) this.select(message.select);
    if (message.fit !== undefined) this.#fit(message.fit);
  }

  #setWindow(window, isMoving) {
    const [from, to] = daysOf(window);
    const isSame = from === this.from && to === this.to && this.isPainted;
    Object.assign(this, { from, to, isMoving });
    if (!isMoving && this.isCoarse) this.#setCoarse(false);
    if (!isSame) this.#drawSoon();
  }

  /** Draw at once, but not twice in a frame: what comes faster waits for the next. */
  #drawSoon() {
    if (this.#hasDrawnThisFrame || !this._map) return this.redraw();
    this.#hasDrawnThisFrame = true;
    requestAnimationFrame(() => (this.#hasDrawnThisFrame = false));
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
    if (isSlow && this.isMoving && !this.isCoarse && view.dpr > 1) this.#setCoarse(true); // sharp again at rest
  }

  /** The eight counts of what is on the screen. */
  counts() {
    return this.grid?.counts ?? this.data?.header.partial?.counts ?? this.data.countIn(this.from, this.to);
  }
}
