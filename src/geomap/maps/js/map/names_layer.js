/* Names of towns, countries and places on a canvas, largest first, none over another. */
import { FONT, clear, drawText, isOutside, meets, toPixel } from "../shared/canvas.js";
import { mercator } from "../shared/mercator.js";
import { FORMS } from "../shared/vocabulary.js";
import { CanvasLayer } from "./canvas_layer.js";
import { stateOf } from "./state.js";

const TOWN_STEPS = [[3, Infinity], [4, 4e6], [5, 1.5e6], [6, 6e5], [7, 2e5], [8, 6e4], [9, 1.5e4], [10, 5e3]];
const LAST_COUNTRY_ZOOM = 7;

/** The smallest town that is named at a zoom. */
const smallestTown = (zoom) => TOWN_STEPS.find(([limit]) => zoom < limit)?.[1] ?? 0;

export class NamesLayer extends CanvasLayer {
  background = null;
  boxes = []; // [left, top, right, bottom, text] in pixels of the canvas

  constructor(colours) { super({ pane: "geomap-names", zIndex: 430, padding: 0.2, colours }); }

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
}
