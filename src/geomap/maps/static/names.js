/* Names of towns, countries and places on a canvas, largest first, none over another. */
(function (geomap) {
  "use strict";
  const FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";
  const TOWN_STEPS = [[3, Infinity], [4, 4e6], [5, 1.5e6], [6, 6e5], [7, 2e5], [8, 6e4], [9, 1.5e4], [10, 5e3]];
  const LAST_COUNTRY_ZOOM = 7;

  /** The smallest town that is named at a zoom. */
  function smallestTown(zoom) {
    for (const [limit, size] of TOWN_STEPS) if (zoom < limit) return size;
    return 0;
  }

  geomap.NamesLayer = geomap.CanvasLayer.extend({
    options: { pane: "geomap-names", zIndex: 430, padding: 0.2 },

    _mapEvents() {
      const own = { "geomap:names": this.redraw, "geomap:furniture": this.redraw };
      return { ...geomap.CanvasLayer.prototype._mapEvents.call(this), ...own };
    },

    draw(ctx, view) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, view.width, view.height);
      this.boxes = []; // [left, top, right, bottom, text] in pixels of the canvas
      ctx.lineJoin = "round";
      ctx.textBaseline = "middle";
      if (this._map.geomapFurniture?.graticule) this._keepEdgesFree(view);
      const places = (this._map.geomapPlaceNames ?? []).map((place) => {
        const [x, y] = geomap.mercator(place.at[0], place.at[1]);
        return { ...place, x: x * view.scale - view.left, y: y * view.scale - view.top };
      });
      if (view.zoom >= 8) this._places(ctx, view, places.filter((place) => !place.town));
      const towns = view.zoom >= 7 ? places.filter((place) => place.town) : [];
      this._places(ctx, view, towns);
      if (!this.background || this._map.geomapFurniture?.tiles) return;
      if (view.zoom <= LAST_COUNTRY_ZOOM) this._countries(ctx, view);
      this._towns(ctx, view, towns);
    },

    /** The degrees of the graticule stand along the upper and the right edge. */
    _keepEdgesFree({ pad, dpr, width }) {
      const [top, right] = [(pad.y + 19) * dpr, width - (pad.x + 58) * dpr];
      this.boxes.push([0, pad.y * dpr, width, top, ""], [right, 0, width - pad.x * dpr, 1e6, ""]);
    },

    /** Names of the gazetteer's own places; roads and zones are named in the middle. */
    _places(ctx, view, places) {
      const size = 11 * view.dpr;
      for (const { name, x, y, form } of places) {
        if (this._isOut(view, x, y)) continue;
        ctx.font = `${form === "point" ? "" : "italic "}${size}px ${FONT}`;
        const width = ctx.measureText(name).width;
        const beside = [x + 8 * view.dpr, x - 8 * view.dpr - width];
        this._place(ctx, view, name, form === "point" ? beside : [x - width / 2], y, width, size, 0);
      }
    },

    /** Towns; one that the gazetteer names itself keeps that name. */
    _towns(ctx, view, own) {
      const smallest = smallestTown(view.zoom);
      const size = 11 * view.dpr;
      const near = 9 * view.dpr;
      const pad = (view.zoom < 10 ? 7 : 2) * view.dpr;
      for (const [name, mx, my, population] of this.background.towns) {
        if (population < smallest) break;
        const x = mx * view.scale - view.left;
        const y = my * view.scale - view.top;
        if (this._isOut(view, x, y)) continue;
        if (own.some((one) => Math.abs(one.x - x) < near && Math.abs(one.y - y) < near)) continue;
        ctx.font = `${population > 3e5 ? "600 " : ""}${size}px ${FONT}`;
        const width = ctx.measureText(name).width;
        const gap = 5 * view.dpr;
        const lefts = [x + gap, x - gap - width];
        if (this._place(ctx, view, name, lefts, y, width, size, pad, [x, y])) this._dot(ctx, view, x, y);
      }
    },

    _countries(ctx, view) {
      const size = (view.zoom < 4 ? 10.5 : 12) * view.dpr;
      for (const [name, mx, my, zoom] of this.background.countries) {
        if (zoom > view.zoom + 0.6) break;
        const x = mx * view.scale - view.left;
        const y = my * view.scale - view.top;
        if (this._isOut(view, x, y)) continue;
        ctx.font = `500 ${size}px ${FONT}`;
        const text = name.toUpperCase();
        const width = ctx.measureText(text).width;
        this._place(ctx, view, text, [x - width / 2], y, width, size, 3 * view.dpr, null, "country");
      }
    },

    _isOut: (view, x, y) => x < 0 || y < 0 || x > view.width || y > view.height,

    /** Write a text at the first of `lefts` where it meets no other; true when there is one. */
    _place(ctx, view, text, lefts, y, width, size, pad, dot = null, colour = "town") {
      const [top, bottom] = [y - size * 0.7, y + size * 0.7];
      for (const left of lefts) {
        const box = [left - 2, top, left + width + 2, bottom];
        if (dot) {
          box[0] = Math.min(box[0], dot[0] - 3 * view.dpr);
          box[2] = Math.max(box[2], dot[0] + 3 * view.dpr);
        }
        if (!this._isFree(box, pad)) continue;
        this.boxes.push([...box, text]);
        this._text(ctx, view, text, left, y, this.options.colours[colour]);
        return true;
      }
      return false;
    },

    _isFree([left, top, right, bottom], pad) {
      const meets = (box) =>
        left - pad < box[2] && right + pad > box[0] && top - pad / 2 < box[3] && bottom + pad / 2 > box[1];
      return !this.boxes.some(meets);
    },

    _dot(ctx, view, x, y) {
      const { colours } = this.options;
      ctx.beginPath();
      ctx.arc(x, y, 2.2 * view.dpr, 0, Math.PI * 2);
      ctx.fillStyle = colours.land;
      ctx.fill();
      ctx.lineWidth = view.dpr;
      ctx.strokeStyle = colours.town;
      ctx.stroke();
    },

    _text(ctx, view, text, left, y, colour) {
      ctx.lineWidth = 3 * view.dpr;
      ctx.strokeStyle = this.options.colours.land;
      ctx.globalAlpha = 0.85;
      ctx.strokeText(text, left, y);
      ctx.globalAlpha = 1;
      ctx.fillStyle = colour;
      ctx.fillText(text, left, y);
    },
  });
})((globalThis.geomap ??= {}));
