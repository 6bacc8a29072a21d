/* Names of towns and countries on a canvas, largest first, none over another. */
(function (geomap) {
  "use strict";
  const FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";

  /** The smallest town that is named at a zoom. */
  function smallestTown(zoom) {
    const steps = [[4, 3e6], [5, 1e6], [6, 4e5], [7, 1e5], [8, 4e4], [9, 1.5e4], [10, 5e3]];
    for (const [limit, size] of steps) if (zoom < limit) return size;
    return 0;
  }

  geomap.NamesLayer = geomap.CanvasLayer.extend({
    options: { pane: "geomap-names", zIndex: 430, padding: 0.2 },

    _mapEvents() {
      const own = { "geomap:names": this.redraw };
      return { ...geomap.CanvasLayer.prototype._mapEvents.call(this), ...own };
    },

    draw(ctx, view) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, view.width, view.height);
      if (!this.background) return;
      this._taken = [];
      ctx.lineJoin = "round";
      ctx.textBaseline = "middle";
      if (view.zoom < 7) this._countries(ctx, view);
      const places = this._map.geomapPlaceNames ?? [];
      this._places(ctx, view, places.filter((place) => !place.town), 8);
      this._towns(ctx, view);
      this._places(ctx, view, places.filter((place) => place.town), 9);
    },

    /** Names of the gazetteer's own places; roads and zones are named in the middle. */
    _places(ctx, view, places, fromZoom) {
      if (view.zoom < fromZoom) return;
      const size = 11 * view.dpr;
      for (const { name, at, form } of places) {
        const [x, y] = this._pixel(view, at[0], at[1]);
        if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
        ctx.font = `${form === "point" ? "" : "italic "}${size}px ${FONT}`;
        const width = ctx.measureText(name).width;
        const left = form === "point" ? x + 8 * view.dpr : x - width / 2;
        if (!this._free(left - 2, y - size * 0.7, width + 4, size * 1.4)) continue;
        this._text(ctx, view, name, left, y);
      }
    },

    _towns(ctx, view) {
      const smallest = smallestTown(view.zoom);
      const size = 11 * view.dpr;
      for (const [name, longitude, latitude, population] of this.background.towns) {
        if (population < smallest) break;
        const [x, y] = this._pixel(view, longitude, latitude);
        if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
        ctx.font = `${population > 3e5 ? "600 " : ""}${size}px ${FONT}`;
        const width = ctx.measureText(name).width;
        const gap = 5 * view.dpr;
        const left = [x + gap, x - gap - width].find((at) =>
          this._free(at - 2, y - size * 0.7, width + 4, size * 1.4),
        );
        if (left === undefined) continue;
        this._dot(ctx, view, x, y);
        this._text(ctx, view, name, left, y);
      }
    },

    _countries(ctx, view) {
      const size = 12 * view.dpr;
      for (const [name, longitude, latitude, area] of this.background.countries) {
        if (area * Math.pow(4, view.zoom) < 1500) break;
        const [x, y] = this._pixel(view, longitude, latitude);
        if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
        ctx.font = `${size}px ${FONT}`;
        const text = name.toUpperCase();
        const width = ctx.measureText(text).width;
        if (!this._free(x - width / 2, y - size * 0.7, width, size * 1.4)) continue;
        ctx.globalAlpha = 0.75;
        this._text(ctx, view, text, x - width / 2, y);
        ctx.globalAlpha = 1;
      }
    },

    _pixel(view, longitude, latitude) {
      const [x, y] = geomap.mercator(longitude, latitude);
      return [x * view.scale - view.left, y * view.scale - view.top];
    },

    _free(left, top, width, height) {
      const right = left + width;
      const bottom = top + height;
      const meets = (box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1];
      if (this._taken.some(meets)) return false;
      this._taken.push([left, top, right, bottom]);
      return true;
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

    _text(ctx, view, text, left, y) {
      const { colours } = this.options;
      ctx.lineWidth = 3 * view.dpr;
      ctx.strokeStyle = colours.land;
      ctx.strokeText(text, left, y);
      ctx.fillStyle = colours.town;
      ctx.fillText(text, left, y);
    },
  });
})((globalThis.geomap ??= {}));
