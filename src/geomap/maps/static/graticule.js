/* Lines of longitude and latitude on demand, with their degrees at the edges of the map. */
(function (geomap) {
  "use strict";
  const STEPS = [30, 20, 10, 5, 2, 1, 1 / 2, 1 / 3, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120, 1 / 360];
  const FEWEST_PIXELS = 90;
  const UNDER_BUTTONS = 46;
  const FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";

  /** Degrees between two lines at a zoom: never closer than FEWEST_PIXELS at the equator. */
  geomap.graticuleStep = function (zoom) {
    const pixels = (256 * Math.pow(2, zoom)) / 360;
    return STEPS.findLast((step) => step * pixels >= FEWEST_PIXELS) ?? STEPS[0];
  };

  /** A coordinate in words of a map: 46° E, 39°30′ N, 0°. */
  geomap.degreesInWords = function (value, letters) {
    const seconds = Math.round(Math.abs(value) * 3600);
    const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
    const two = (number) => String(number).padStart(2, "0");
    let text = parts[0] + "°";
    if (parts[1] || parts[2]) text += two(parts[1]) + "′";
    if (parts[2]) text += two(parts[2]) + "″";
    const isPlain = seconds === 0 || (letters === "EW" && seconds === 180 * 3600);
    return isPlain ? text : text + " " + letters[value < 0 ? 1 : 0];
  };

  geomap.Graticule = geomap.CanvasLayer.extend({
    options: { pane: "geomap-graticule", zIndex: 420, padding: 0.1 },

    draw(ctx, view) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, view.width, view.height);
      const step = geomap.graticuleStep(view.zoom);
      this.labels = [];
      ctx.lineWidth = view.dpr * 0.8;
      ctx.font = `${10 * view.dpr}px ${FONT}`;
      ctx.textBaseline = "middle";
      const low = geomap.latLng(view.left / view.scale, (view.top + view.height) / view.scale);
      const high = geomap.latLng((view.left + view.width) / view.scale, view.top / view.scale);
      const between = (from, to, least, most) => {
        const first = Math.ceil(Math.max(from, least) / step - 1e-9);
        const last = Math.floor(Math.min(to, most) / step + 1e-9);
        return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
      };
      for (const x of between(low.lng, high.lng, -180, 180)) this._meridian(ctx, view, x);
      for (const y of between(low.lat, high.lat, -85, 85)) this._parallel(ctx, view, y);
    },

    _meridian(ctx, view, longitude) {
      const x = Math.round(geomap.mercator(longitude, 0)[0] * view.scale - view.left) + 0.5;
      const top = Math.max(0, -view.top);
      this._line(ctx, x, top, x, Math.min(view.height, view.scale - view.top));
      const text = geomap.degreesInWords(longitude, "EW");
      const width = ctx.measureText(text).width;
      const edge = Math.max(top, view.pad.y * view.dpr);
      const left = x - width / 2;
      if (left < (view.pad.x + UNDER_BUTTONS) * view.dpr) return;
      this._label(ctx, view, text, left, edge + 9 * view.dpr, width);
    },

    _parallel(ctx, view, latitude) {
      const y = Math.round(geomap.mercator(0, latitude)[1] * view.scale - view.top) + 0.5;
      const right = Math.min(view.width, view.scale - view.left);
      this._line(ctx, Math.max(0, -view.left), y, right, y);
      const text = geomap.degreesInWords(latitude, "NS");
      const width = ctx.measureText(text).width;
      const edge = Math.min(right, view.width - view.pad.x * view.dpr);
      this._label(ctx, view, text, edge - width - 5 * view.dpr, y, width);
    },

    _line(ctx, x0, y0, x1, y1) {
      ctx.strokeStyle = this.options.colours.country;
      ctx.globalAlpha = 0.45;
      ctx.beginPath();
      ctx.moveTo(x0, y0);
      ctx.lineTo(x1, y1);
      ctx.stroke();
      ctx.globalAlpha = 1;
    },

    _label(ctx, view, text, left, y, width) {
      const half = 7 * view.dpr;
      const box = [left - 2, y - half, left + width + 2, y + half];
      if (this.labels.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1])) return;
      this.labels.push([...box, text]);
      ctx.lineWidth = 3 * view.dpr;
      ctx.strokeStyle = this.options.colours.land;
      ctx.strokeText(text, left, y);
      ctx.fillStyle = this.options.colours.country;
      ctx.fillText(text, left, y);
      ctx.lineWidth = view.dpr * 0.8;
    },
  });
})((globalThis.geomap ??= {}));
