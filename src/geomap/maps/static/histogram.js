/* The histogram: days summed into bars, drawn once for inside and once for outside the window. */
(function (geomap) {
  "use strict";
  const NARROWEST = [["day", 1, 3], ["week", 7, 3], ["month", 30.4, 2.5]];
  const LOOKS = { inside: { bar: 0.95, possible: 0.34 }, outside: { bar: 0.36, possible: 0.14 } };

  geomap.STRIP = { band: 12, axis: 20 };

  /** The finest unit whose bars are wide enough to be told apart. */
  geomap.unitFor = function (days, width) {
    const fits = NARROWEST.find(([, long, least]) => (width / Math.max(1, days)) * long >= least);
    return fits ? fits[0] : "year";
  };

  /** Sums for each whole unit that touches the days from `from` to `to`. */
  geomap.barsOf = function (histogram, unit, from, to) {
    const edges = [geomap.unitStart(from, unit)];
    while (edges.at(-1) <= to) edges.push(geomap.unitAfter(edges.at(-1), unit));
    const sum = (days) => {
      const sums = new Float64Array(edges.length - 1);
      for (let bar = 0; bar < sums.length; bar++) {
        const low = Math.max(0, edges[bar] - histogram.first);
        const high = Math.min(days.length, edges[bar + 1] - histogram.first);
        for (let day = low; day < high; day++) sums[bar] += days[day];
      }
      return sums;
    };
    const series = histogram.series.map((one) => ({ colour: one.colour, sums: sum(one.shown) }));
    const possible = sum(histogram.possible ?? []);
    let most = 0;
    possible.forEach((n, bar) => {
      most = Math.max(most, series.reduce((all, one) => all + one.sums[bar], n));
    });
    return { unit, edges, series, possible, most };
  };

  /** The picture of the bars, kept until the data, the axis, the size or the colours change. */
  geomap.BarsImage = class {
    constructor() {
      this.inside = document.createElement("canvas");
      this.outside = document.createElement("canvas");
      this.bars = null;
    }

    render(histogram, axis, size, style) {
      const key = [axis.start, axis.stop, size.width, size.height, size.dpr, style.key].join();
      if (key === this._key && histogram === this._histogram) return;
      this._key = key;
      this._histogram = histogram;
      const unit = geomap.unitFor(axis.days, size.width);
      const [from, to] = [Math.floor(axis.start), Math.ceil(axis.stop) - 1];
      this.bars = geomap.barsOf(histogram, unit, from, to);
      for (const look of ["inside", "outside"]) {
        const ctx = this._context(this[look], size);
        drawBars(ctx, this.bars, axis, size, style, LOOKS[look]);
        drawAxis(ctx, axis, size, style);
      }
    }

    _context(canvas, size) {
      canvas.width = Math.round(size.width * size.dpr);
      canvas.height = Math.round(size.height * size.dpr);
      const ctx = canvas.getContext("2d");
      ctx.scale(size.dpr, size.dpr);
      return ctx;
    }
  };

  function drawBars(ctx, bars, axis, size, style, look) {
    const floor = size.height - geomap.STRIP.axis;
    const unit = bars.most ? (floor - geomap.STRIP.band - 2) / bars.most : 0;
    const tops = new Float64Array(bars.possible.length).fill(floor);
    const stack = (sums, colour, alpha) => {
      ctx.fillStyle = colour;
      ctx.globalAlpha = alpha;
      for (let bar = 0; bar < sums.length; bar++) {
        if (!sums[bar]) continue;
        const left = axis.x(bars.edges[bar], size.width);
        const wide = axis.x(bars.edges[bar + 1], size.width) - left;
        const high = sums[bar] * unit;
        tops[bar] -= high;
        ctx.fillRect(left, tops[bar], Math.max(1, wide - (wide > 3 ? 1 : 0)), high);
      }
    };
    for (const one of bars.series) stack(one.sums, one.colour ?? style.accent, look.bar);
    stack(bars.possible, style.text, look.possible);
    ctx.globalAlpha = 0.3;
    ctx.fillStyle = style.text;
    ctx.fillRect(0, floor, size.width, 1);
  }

  function drawAxis(ctx, axis, size, style) {
    const floor = size.height - geomap.STRIP.axis;
    ctx.fillStyle = style.text;
    ctx.font = `11px ${style.font}`;
    ctx.textBaseline = "top";
    let free = 0;
    for (const [day, label] of ticks(axis, size.width)) {
      const x = axis.x(day, size.width);
      const wide = ctx.measureText(label).width;
      if (x < free || x + wide > size.width) continue;
      ctx.globalAlpha = 0.45;
      ctx.fillRect(x, floor, 1, 4);
      ctx.globalAlpha = 0.85;
      ctx.fillText(label, x + 2, floor + 4);
      free = x + wide + 12;
    }
    if (!axis.whole) drawExtent(ctx, axis, size, style);
    ctx.globalAlpha = 1;
  }

  /** Under a zoomed axis: which part of the whole span it is. */
  function drawExtent(ctx, axis, size, style) {
    const at = (day) => ((day - axis.first) / (axis.end - axis.first)) * size.width;
    ctx.globalAlpha = 0.2;
    ctx.fillRect(0, size.height - 3, size.width, 3);
    ctx.globalAlpha = 1;
    ctx.fillStyle = style.accent;
    const left = at(axis.start);
    ctx.fillRect(left, size.height - 3, Math.max(3, at(axis.stop) - left), 3);
  }

  /** Days to label: years, months or days, whichever fits the length. */
  function* ticks(axis, width) {
    const labels = Math.max(2, width / 80);
    const from = new Date(Math.floor(axis.start) * 86400000);
    if (axis.days / labels > 20) {
      const lengths = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
      const months = lengths.find((n) => axis.days / 30 / n <= labels) ?? 1200;
      const startMonth = months >= 12 ? 0 : from.getUTCMonth() - (from.getUTCMonth() % months);
      for (let month = startMonth; ; month += months) {
        const day = Date.UTC(from.getUTCFullYear(), month, 1) / 86400000;
        if (day > axis.stop) return;
        if (day >= axis.start) yield [day, geomap.isoOf(day).slice(0, months >= 12 ? 4 : 7)];
      }
    }
    const step = Math.max(1, Math.ceil(axis.days / labels));
    for (let day = Math.ceil(axis.start); day < axis.stop; day += step) {
      yield [day, geomap.isoOf(day)];
    }
  }
})((globalThis.geomap ??= {}));
