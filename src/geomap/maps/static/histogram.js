/* The histogram under the time control: bars for days, and the brush over them. */
(function (geomap) {
  "use strict";
  const AXIS = 15;

  /** Days summed into as many bars as there is room for. */
  geomap.barsOf = function (histogram, room) {
    const days = histogram.shown.length;
    const perBar = Math.max(1, Math.ceil(days / Math.max(1, room)));
    const count = Math.ceil(days / perBar);
    const shown = new Float64Array(count);
    const possible = new Float64Array(count);
    for (let day = 0; day < days; day++) {
      const bar = Math.floor(day / perBar);
      shown[bar] += histogram.shown[day];
      possible[bar] += histogram.possible[day] ?? 0;
    }
    let most = 1;
    for (let bar = 0; bar < count; bar++) most = Math.max(most, shown[bar] + possible[bar]);
    return { perBar, count, shown, possible, most };
  };

  geomap.drawHistogram = function (canvas, histogram, from, to, style) {
    const dpr = Math.min(2, window.devicePixelRatio || 1);
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (!width || !height) return;
    canvas.width = width * dpr;
    canvas.height = height * dpr;
    const ctx = canvas.getContext("2d");
    ctx.scale(dpr, dpr);
    const days = histogram.shown.length;
    const floor = height - AXIS;
    const at = (day) => ((day - histogram.first) / days) * width;
    const [left, right] = [at(from), at(to + 1)].map((x) => Math.max(0, Math.min(width, x)));
    ctx.fillStyle = style.accent;
    ctx.globalAlpha = 0.12;
    ctx.fillRect(left, 0, Math.max(1, right - left), floor);
    const bars = geomap.barsOf(histogram, width / 3);
    const step = (bars.perBar / days) * width;
    for (let bar = 0; bar < bars.count; bar++) {
      const x = bar * step;
      const inside = x + step > left + 0.01 && x < right - 0.01;
      ctx.fillStyle = inside ? style.accent : style.text;
      const sure = (bars.shown[bar] / bars.most) * (floor - 3);
      const maybe = (bars.possible[bar] / bars.most) * (floor - 3);
      const wide = Math.max(1, step - (step > 3 ? 1 : 0));
      ctx.globalAlpha = inside ? 0.95 : 0.3;
      ctx.fillRect(x, floor - sure, wide, sure);
      ctx.globalAlpha = inside ? 0.4 : 0.15;
      ctx.fillRect(x, floor - sure - maybe, wide, maybe);
    }
    ctx.globalAlpha = 1;
    ctx.fillStyle = style.text;
    for (const x of [left, right]) ctx.fillRect(Math.min(width - 2, Math.max(0, x - 1)), 0, 2, floor);
    drawAxis(ctx, histogram, width, height, style, at);
  };

  function drawAxis(ctx, histogram, width, height, style, at) {
    const last = histogram.first + histogram.shown.length - 1;
    ctx.fillStyle = style.text;
    ctx.font = `11px ${style.font}`;
    ctx.textBaseline = "bottom";
    let free = 0;
    for (const [day, label] of ticks(histogram.first, last, width)) {
      const x = at(day);
      const wide = ctx.measureText(label).width;
      if (x < free || x + wide > width) continue;
      ctx.globalAlpha = 0.35;
      ctx.fillRect(x, height - AXIS, 1, 4);
      ctx.globalAlpha = 0.8;
      ctx.fillText(label, x + 2, height);
      free = x + wide + 12;
    }
    ctx.globalAlpha = 1;
  }

  /** Days to label: years, months or days, whichever fits the length. */
  function* ticks(first, last, width) {
    const days = last - first + 1;
    const labels = Math.max(2, width / 80);
    const from = new Date(first * 86400000);
    if (days / labels > 20) {
      const months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600].find((n) => days / 30 / n <= labels) ?? 1200;
      const startMonth = months >= 12 ? 0 : from.getUTCMonth();
      for (let month = startMonth; ; month += months) {
        const day = Date.UTC(from.getUTCFullYear(), month, 1) / 86400000;
        if (day > last) return;
        if (day >= first) yield [day, geomap.isoOf(day).slice(0, months >= 12 ? 4 : 7)];
      }
    }
    const step = Math.max(1, Math.ceil(days / labels));
    for (let day = first; day <= last; day += step) yield [day, geomap.isoOf(day)];
  }
})((globalThis.geomap ??= {}));
