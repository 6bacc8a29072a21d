/* Built by `make js` from these modules of src/geomap; do not edit.
   maps/js/shared/channel.js
   maps/js/shared/days.js
   maps/js/shared/elements.js
   maps/js/shared/mount.js
   maps/js/shared/owner.js
   maps/js/shared/vocabulary.js
   maps/js/shared/words.js
   maps/js/time/axis.js
   maps/js/time/bars.js
   maps/js/time/bars_image.js
   maps/js/time/component.js
   maps/js/time/fields.js
   maps/js/time/labels.js
   maps/js/time/painting.js
   maps/js/time/player.js
   maps/js/time/strip.js
   maps/js/time/timeline.js
   maps/js/time/timeline_channel.js
   sha256 781dc050e8bb4db278c11a0aa949ff5c84e483a9d986a4fa98980fcc0ef4aa8d */
// maps/js/shared/mount.js
function mount(selector, Control) {
  return ({ data, parentElement, setStateValue }) => {
    const root = parentElement.querySelector(selector);
    root.geomap ??= new Control(root, setStateValue);
    root.geomap.update({ ...data, send: setStateValue });
    return () => {
      root.geomap?.destroy();
      delete root.geomap;
    };
  };
}

// maps/js/shared/days.js
var DAY_MS = 864e5;
function dayOf(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(text ?? "").trim());
  if (!parts) return null;
  const day = Date.UTC(+parts[1], parts[2] - 1, +parts[3]) / DAY_MS;
  return isoOf(day) === parts[0] ? day : null;
}
function isoOf(day) {
  if (day === null || !Number.isFinite(day)) return null;
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
function addMonths(day, months) {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = Date.UTC(year, month + 1, 0);
  return Math.min(Date.UTC(year, month, date.getUTCDate()), last) / DAY_MS;
}
function monthFrom(day) {
  const next = addMonths(day, 1);
  const shorter = new Date(next * DAY_MS).getUTCDate() < new Date(day * DAY_MS).getUTCDate();
  return shorter ? next : next - 1;
}
function unitStart(day, unit) {
  if (unit === "day") return day;
  if (unit === "week") return day - ((day + 3) % 7 + 7) % 7;
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), unit === "year" ? 0 : date.getUTCMonth(), 1) / DAY_MS;
}
function unitAfter(start, unit) {
  if (unit === "day") return start + 1;
  if (unit === "week") return start + 7;
  return addMonths(start, unit === "year" ? 12 : 1);
}

// maps/js/shared/owner.js
var Owner = class {
  #parts = /* @__PURE__ */ new Map();
  // by name, as JSON: values that were sent, the one that is known, the one last heard
  /** `send(name, value)` hands a value over. */
  constructor(send) {
    this.send = send;
  }
  #part(name) {
    if (!this.#parts.has(name)) this.#parts.set(name, { sent: [] });
    return this.#parts.get(name);
  }
  /** Report a value, unless the owner has it already. */
  report(name, value) {
    const [part, words] = [this.#part(name), JSON.stringify(value)];
    if (words === part.known) return;
    part.sent.push(words);
    part.known = words;
    this.send(name, value);
  }
  /** Whether a value of the owner is a change of its own, to be applied. */
  isNews(name, value) {
    const [part, words] = [this.#part(name), JSON.stringify(value)];
    const at = part.sent.lastIndexOf(words);
    if (at >= 0) part.sent.splice(0, at + 1);
    const isStale = at >= 0 || part.sent.length > 0 && words === part.heard;
    part.heard = words;
    if (isStale) return false;
    const isNew = words !== part.known;
    Object.assign(part, { sent: [], known: words });
    return isNew;
  }
};

// maps/js/shared/vocabulary.js
var MODES = { "window": "window", "cumulative": "cumulative" };
var COUNTS = [["shown", "", " shown"], ["possible", " + ", " possible"], ["total", " of ", ""], ["outside_dates", " · ", " outside the dates"], ["filtered", " · ", " filtered"], ["unplaced", " · ", " unplaced"], ["undated", " · ", " undated"], ["hidden", " · ", " hidden"]];
var ONLY_IF_ANY = ["hidden"];

// maps/js/time/axis.js
var LEAST_DAYS = 5;
var Axis = class {
  constructor() {
    this.first = this.start = 0;
    this.end = this.stop = 1;
  }
  /** Take the first and last day of all; an axis that showed everything goes on doing so. */
  span(first, last) {
    const whole = this.whole;
    this.first = first;
    this.end = last + 1;
    this.#look(whole ? first : this.start, whole ? this.end : this.stop);
  }
  get whole() {
    return this.start <= this.first && this.stop >= this.end;
  }
  get days() {
    return this.stop - this.start;
  }
  x(day, width) {
    return (day - this.start) / this.days * width;
  }
  day(x, width) {
    return this.start + x / width * this.days;
  }
  /** Show `factor` times as many days, with `about` staying where it is. */
  zoom(factor, about) {
    const all = this.end - this.first;
    const days = Math.min(all, Math.max(Math.min(LEAST_DAYS, all), this.days * factor));
    const start = about - (about - this.start) / this.days * days;
    return this.#look(start, start + days);
  }
  pan(days) {
    return this.#look(this.start + days, this.stop + days);
  }
  reset() {
    return this.#look(this.first, this.end);
  }
  /** Jump so that the days from `from` to `to` are in sight, or some of them if all do not fit. */
  follow(from, to) {
    const fits = to + 1 - from <= this.days;
    const seen = fits ? from >= this.start && to + 1 <= this.stop : from < this.stop && to + 1 > this.start;
    if (seen) return false;
    const ahead = to + 1 > this.stop;
    const start = ahead || !fits ? from - this.days * 0.05 : to + 1 - this.days * 0.95;
    const low = fits ? Math.min(from, Math.max(start, to + 1 - this.days)) : start;
    return this.#look(low, low + this.days);
  }
  /** Returns whether anything changed. */
  #look(start, stop) {
    const days = Math.min(stop - start, this.end - this.first);
    const low = Math.max(this.first, Math.min(start, this.end - days));
    if (low === this.start && low + days === this.stop) return false;
    this.start = low;
    this.stop = low + days;
    return true;
  }
};

// maps/js/time/bars.js
var NARROWEST = [["day", 1, 3], ["week", 7, 3], ["month", 30.4, 2.5]];
function unitFor(days, width) {
  const fits = NARROWEST.find(([, length, least]) => width / Math.max(1, days) * length >= least);
  return fits ? fits[0] : "year";
}
function barsOf(histogram, unit, from, to) {
  const edges = [unitStart(from, unit)];
  while (edges.at(-1) <= to) edges.push(unitAfter(edges.at(-1), unit));
  const sumsOf = (days) => {
    const sums = new Float64Array(edges.length - 1);
    for (let bar = 0; bar < sums.length; bar++) {
      const low = Math.max(0, edges[bar] - histogram.first);
      const high = Math.min(days.length, edges[bar + 1] - histogram.first);
      for (let day = low; day < high; day++) sums[bar] += days[day];
    }
    return sums;
  };
  const series = histogram.series.map(({ colour, shown }) => ({ colour, sums: sumsOf(shown) }));
  const possible = sumsOf(histogram.possible ?? []);
  let most = 0;
  possible.forEach((number, bar) => {
    most = Math.max(most, series.reduce((all, one) => all + one.sums[bar], number));
  });
  return { unit, edges, series, possible, most };
}

// maps/js/time/bars_image.js
var STRIP = { band: 12, axis: 20 };
var ALPHA = { inside: { bar: 0.95, possible: 0.34 }, outside: { bar: 0.36, possible: 0.14 } };
var BarsImage = class {
  inside = document.createElement("canvas");
  outside = document.createElement("canvas");
  bars = null;
  #key;
  #histogram;
  render(histogram, axis, size, style) {
    const key = [axis.start, axis.stop, size.width, size.height, size.dpr, style.key].join();
    if (key === this.#key && histogram === this.#histogram) return;
    this.#key = key;
    this.#histogram = histogram;
    const unit = unitFor(axis.days, size.width);
    this.bars = barsOf(histogram, unit, Math.floor(axis.start), Math.ceil(axis.stop) - 1);
    for (const [part, alpha] of Object.entries(ALPHA)) {
      const ctx = blank(this[part], size);
      drawBars(ctx, this.bars, axis, size, style, alpha);
      drawAxis(ctx, axis, size, style);
    }
  }
};
function blank(canvas, size) {
  canvas.width = Math.round(size.width * size.dpr);
  canvas.height = Math.round(size.height * size.dpr);
  const ctx = canvas.getContext("2d");
  ctx.scale(size.dpr, size.dpr);
  return ctx;
}
function drawBars(ctx, bars, axis, size, style, alpha) {
  const floor = size.height - STRIP.axis;
  const unit = bars.most ? (floor - STRIP.band - 2) / bars.most : 0;
  const tops = new Float64Array(bars.possible.length).fill(floor);
  const stack = (sums, colour, opacity) => {
    ctx.fillStyle = colour;
    ctx.globalAlpha = opacity;
    for (let bar = 0; bar < sums.length; bar++) {
      if (!sums[bar]) continue;
      const left = axis.x(bars.edges[bar], size.width);
      const wide = axis.x(bars.edges[bar + 1], size.width) - left;
      const high = sums[bar] * unit;
      tops[bar] -= high;
      ctx.fillRect(left, tops[bar], Math.max(1, wide - (wide > 3 ? 1 : 0)), high);
    }
  };
  for (const one of bars.series) stack(one.sums, one.colour ?? style.accent, alpha.bar);
  stack(bars.possible, style.text, alpha.possible);
  ctx.globalAlpha = 0.3;
  ctx.fillStyle = style.text;
  ctx.fillRect(0, floor, size.width, 1);
}
function drawAxis(ctx, axis, size, style) {
  const floor = size.height - STRIP.axis;
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
function drawExtent(ctx, axis, size, style) {
  const at = (day) => (day - axis.first) / (axis.end - axis.first) * size.width;
  const left = at(axis.start);
  ctx.globalAlpha = 0.2;
  ctx.fillRect(0, size.height - 3, size.width, 3);
  ctx.globalAlpha = 1;
  ctx.fillStyle = style.accent;
  ctx.fillRect(left, size.height - 3, Math.max(3, at(axis.stop) - left), 3);
}
function* ticks(axis, width) {
  const labels = Math.max(2, width / 80);
  const from = new Date(Math.floor(axis.start) * DAY_MS);
  if (axis.days / labels > 20) {
    const lengths = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
    const months = lengths.find((n) => axis.days / 30 / n <= labels) ?? 1200;
    const startMonth = months >= 12 ? 0 : from.getUTCMonth() - from.getUTCMonth() % months;
    for (let month = startMonth; ; month += months) {
      const day = Date.UTC(from.getUTCFullYear(), month, 1) / DAY_MS;
      if (day > axis.stop) return;
      if (day >= axis.start) yield [day, isoOf(day).slice(0, months >= 12 ? 4 : 7)];
    }
  }
  const step = Math.max(1, Math.ceil(axis.days / labels));
  for (let day = Math.ceil(axis.start); day < axis.stop; day += step) yield [day, isoOf(day)];
}

// maps/js/shared/elements.js
function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// maps/js/shared/words.js
var thousands = (number) => (number ?? 0).toLocaleString("en");
var countWords = (counts) => COUNTS.filter(([name]) => counts[name] || !ONLY_IF_ANY.includes(name)).map(([name, before, after]) => [name, before, thousands(counts[name]) + after]);

// maps/js/time/labels.js
function setSlider(element, low, high, now, text) {
  setAttributes(element, {
    "aria-valuemin": low,
    "aria-valuemax": high,
    "aria-valuenow": now,
    "aria-valuetext": text
  });
}
function showDates(timeline) {
  const { first, last, isEmpty, isCumulative } = timeline;
  const [from, to] = timeline.shownWindow();
  const days = isEmpty ? ["", ""] : [isoOf(from), isoOf(to)];
  ["from", "to"].forEach((part, index) => {
    const field = timeline.find(part);
    const isTyping = field.dataset.typing && field.getRootNode().activeElement === field;
    const isWrong = field.getAttribute("aria-invalid") === "true";
    if (!isTyping && !isWrong && field.value !== days[index]) field.value = days[index];
  });
  if (timeline.isBusy) return;
  const [start, end, both] = isEmpty ? Array(3).fill("No dates yet") : [...days, days.join(" to ")];
  setSlider(timeline.find("slider"), first, last, from, both);
  setSlider(timeline.find("start"), first, to, from, start);
  setSlider(timeline.find("end"), isCumulative ? first : from, Math.max(last, to), to, end);
}
function showScale({ axis, image, isEmpty, find }) {
  if (!image.bars) return;
  const { unit, most } = image.bars;
  const summed = unit === "day" ? "" : ", summed by day";
  const bars = isEmpty ? "" : `A bar is a ${unit}, the highest ${thousands(most)}${summed}`;
  const days = [axis.start, axis.stop - 1e-3].map((day) => isoOf(Math.floor(day)));
  put(find("scale"), axis.whole ? bars : `${bars} · axis ${days.join(" to ")}`);
  find("whole").disabled = find("wider").disabled = axis.whole;
}
function showCounts({ data, channel: channel2, find }) {
  const counts = { ...data?.counts, ...channel2.painted };
  if (counts.total === void 0) return;
  put(find("counts"), countWords(counts).map(([, before, words]) => before + words).join(""));
}
function showProblem({ problems, find }, about, sentence) {
  problems[about] = sentence;
  if (about === "date" && !sentence) {
    for (const part of ["from", "to"]) find(part).setAttribute("aria-invalid", "false");
  }
  put(find("problem"), Object.values(problems).filter(Boolean).join(" "));
}
function announceWindow(timeline) {
  const { painted } = timeline.channel;
  const [from, to] = timeline.range();
  const isPainted = painted && painted.from === from && painted.to === to;
  const counts = isPainted ? `: ${thousands(painted.shown)} shown, ${thousands(painted.possible)} possible` : "";
  put(timeline.find("said"), `${timeline.shownWindow().map(isoOf).join(" to ")}${counts}.`);
}

// maps/js/time/fields.js
var NAMES = { from: "From", to: "To" };
var LENGTHS = { day: (from) => from, week: (from) => from + 6, month: monthFrom };
function takeDate(timeline, part, field) {
  delete field.dataset.typing;
  const text = field.value.trim();
  const day = dayOf(text);
  showProblem(timeline, "date", "");
  if (text !== "" && day === null) {
    field.setAttribute("aria-invalid", "true");
    showProblem(timeline, "date", `${NAMES[part]} is not a date: “${text}”. Write a day as 2022-12-31.`);
    return;
  }
  timeline.pause();
  const [from, to] = timeline.shownWindow();
  if (text === "") timeline.set(part === "from" ? null : timeline.from, part === "to" ? null : timeline.to);
  else if (part === "from" && day !== from) timeline.set(day, Math.max(day, to));
  else if (part === "to" && day !== to) timeline.set(Math.min(day, from), day);
  timeline.follow();
  showDates(timeline);
  timeline.commit();
}
function wireDates(timeline) {
  for (const part of ["from", "to"]) {
    const field = timeline.find(part);
    field.addEventListener("input", () => field.dataset.typing = "yes");
    field.addEventListener("change", () => takeDate(timeline, part, field));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") takeDate(timeline, part, field);
      event.stopPropagation();
    });
  }
}
function wireLengths(timeline) {
  for (const [part, endOf] of Object.entries(LENGTHS)) {
    timeline.find(part).addEventListener("click", () => {
      if (timeline.isEmpty) return;
      timeline.pause();
      timeline.setMode(MODES.window);
      const [from] = timeline.shownWindow();
      timeline.set(from, endOf(from));
      timeline.follow();
      timeline.commit();
    });
  }
  timeline.find("all").addEventListener("click", () => {
    timeline.pause();
    timeline.set(null, null);
    timeline.commit();
  });
}
function wirePlay(timeline) {
  const { player } = timeline;
  timeline.find("play").addEventListener("click", () => timeline.togglePlay());
  const wire = (part, take) => {
    const field = timeline.find(part);
    field.addEventListener("change", () => take(field));
    field.addEventListener("keydown", (event) => event.stopPropagation());
  };
  wire("speed", ({ value }) => player.chosenSpeed = Number(value));
  wire("loop", ({ checked }) => player.isLoop = checked);
  wire("step", ({ value }) => {
    player.step = value;
    timeline.showSpeed();
  });
}
function wireView(timeline) {
  for (const mode of Object.values(MODES)) {
    timeline.find(mode).addEventListener("change", () => {
      timeline.setMode(mode);
      timeline.commit();
    });
  }
  timeline.find("closer").addEventListener("click", () => timeline.zoom(0.5));
  timeline.find("wider").addEventListener("click", () => timeline.zoom(2));
  timeline.find("whole").addEventListener("click", () => timeline.look((axis) => axis.reset()));
}
function wireFields(timeline) {
  wireDates(timeline);
  wireLengths(timeline);
  wirePlay(timeline);
  wireView(timeline);
}

// maps/js/time/painting.js
var HANDLE = 28;
var INNER = HANDLE / 2;
var FALLBACK = { accent: "#0b6e8a", text: "#262b30" };
function styleOf(root) {
  const look = getComputedStyle(root);
  const accent = look.getPropertyValue("--st-primary-color").trim() || FALLBACK.accent;
  const text = look.color || FALLBACK.text;
  return { accent, text, font: look.fontFamily, key: accent + text + look.fontFamily };
}
function windowEdges(timeline, width) {
  const [from, to] = timeline.shownWindow();
  const onStrip = (x) => Math.max(0, Math.min(width, x));
  return [onStrip(timeline.axis.x(from, width)), onStrip(timeline.axis.x(to + 1, width))];
}
function paintStrip(timeline) {
  const { canvas, image, size, style } = timeline;
  if (!size.width || !size.height) return;
  image.render(timeline.histogram, timeline.axis, size, style);
  const ctx = canvas.getContext("2d");
  const { width, height } = canvas;
  const [left, right] = windowEdges(timeline, size.width);
  const band = Math.round(STRIP.band * size.dpr);
  const floor = Math.round((size.height - STRIP.axis) * size.dpr);
  const x = Math.min(width - 2, Math.round(left * size.dpr));
  const wide = Math.max(2, Math.round(right * size.dpr) - x);
  ctx.globalAlpha = 1;
  ctx.clearRect(0, 0, width, height);
  ctx.drawImage(image.outside, 0, 0);
  if (!timeline.isEmpty) {
    const box = { x, wide, band, floor, dpr: size.dpr };
    ctx.clearRect(x, band, wide, floor - band);
    drawWindow(ctx, style, box);
    ctx.globalAlpha = 1;
    ctx.drawImage(image.inside, x, band, wide, floor - band, x, band, wide, floor - band);
    drawEdges(ctx, style, box, timeline.isCumulative);
  }
  placeHandles(timeline, left, right);
}
function drawWindow(ctx, style, { x, wide, band, floor, dpr }) {
  ctx.fillStyle = style.accent;
  ctx.globalAlpha = 0.12;
  ctx.fillRect(x, band, wide, floor - band);
  ctx.globalAlpha = 0.55;
  const least = Math.max(wide, 18 * dpr);
  ctx.fillRect(x + (wide - least) / 2, 2 * dpr, least, band - 4 * dpr);
}
function drawEdges(ctx, style, { x, wide, band, floor, dpr }, isCumulative) {
  const line = Math.max(1, Math.round(1.5 * dpr));
  const grip = { wide: 7 * dpr, high: 22 * dpr, y: (band + floor) / 2 - 11 * dpr };
  ctx.fillStyle = style.accent;
  for (const edge of isCumulative ? [x + wide] : [x, x + wide]) {
    ctx.globalAlpha = 1;
    ctx.fillRect(edge - line / 2, band, line, floor - band);
    ctx.beginPath();
    const at = Math.max(0, Math.min(ctx.canvas.width - grip.wide, edge - grip.wide / 2));
    ctx.roundRect(at, grip.y, grip.wide, grip.high, 3 * dpr);
    ctx.fill();
  }
}
function placeHandles(timeline, left, right) {
  const inner = Math.min(INNER, (right - left) / 3);
  const most = timeline.size.width - INNER;
  const start = Math.max(-INNER, left - HANDLE + inner);
  const end = Math.min(most, right - inner);
  timeline.find("start").style.transform = `translateX(${start.toFixed(1)}px)`;
  timeline.find("end").style.transform = `translateX(${end.toFixed(1)}px)`;
}

// maps/js/time/player.js
var STEPS_A_SECOND = 8;
var CALM = 2;
var SPEEDS = [0.5, 1, 2, 4, 8];
var WHOLE_IN_SECONDS = 15;
var LENGTHS2 = { day: 1, week: 7, month: 30.4 };
var Player = class {
  step = "day";
  isLoop = false;
  chosenSpeed = null;
  #timeline;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #frame = null;
  #owed = 0;
  // steps
  #before = null;
  constructor(timeline) {
    this.#timeline = timeline;
  }
  get isPlaying() {
    return this.#frame !== null;
  }
  /** The chosen speed, or the one that plays the whole span in about a quarter of a minute. */
  get speed() {
    if (this.chosenSpeed) return this.chosenSpeed;
    const { first, last } = this.#timeline;
    const steps = (last - first + 1) / LENGTHS2[this.step];
    const wanted = steps / WHOLE_IN_SECONDS / STEPS_A_SECOND;
    const apart = (speed) => Math.abs(Math.log(speed / wanted));
    return SPEEDS.reduce((best, speed) => apart(speed) < apart(best) ? speed : best);
  }
  start() {
    const timeline = this.#timeline;
    let [from, to] = timeline.shownWindow();
    const { first, last } = timeline;
    if (timeline.isCumulative) {
      if (to >= last) timeline.set(timeline.from, first);
    } else {
      if (from <= first && to >= last) to = Math.min(last, monthFrom(from = first));
      if (to >= last) to -= from - (from = first);
      timeline.set(from, to);
    }
    this.#owed = 0;
    this.#before = null;
    this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }
  stop() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }
  #tick(now) {
    const rate = STEPS_A_SECOND * this.speed;
    this.#owed += (now - (this.#before ?? now)) / 1e3 * (this.#calm.matches ? Math.min(CALM, rate) : rate);
    this.#before = now;
    this.#frame = requestAnimationFrame((next) => this.#tick(next));
    if (this.#owed < 1) return;
    this.#owed = Math.min(1, this.#owed - 1);
    this.#move();
  }
  #move() {
    const timeline = this.#timeline;
    const { first, last } = timeline;
    const [from, to] = timeline.shownWindow();
    if (to < last) timeline.set(...this.#after(from, to));
    else if (!this.isLoop) timeline.togglePlay();
    else if (timeline.isCumulative) timeline.set(timeline.from, first);
    else timeline.set(first, Math.min(last, first + to - from));
  }
  /** The window one step on; it ends on the last day at the latest and keeps its length. */
  #after(from, to) {
    const { isCumulative, from: start, last } = this.#timeline;
    const days = { day: 1, week: 7 }[this.step];
    if (isCumulative) return [start, Math.min(last, days ? to + days : monthEnd(to))];
    const [low, high] = days ? [from + days, to + days] : monthOn(from, to);
    const beyond = Math.max(0, high - last);
    return [low - beyond, high - beyond];
  }
};
var isMonthEnd = (day) => unitStart(day + 1, "month") === day + 1;
function monthEnd(day) {
  return isMonthEnd(day) ? addMonths(day + 1, 1) - 1 : addMonths(day, 1);
}
function monthOn(from, to) {
  const next = addMonths(from, 1);
  const isWhole = unitStart(from, "month") === from && isMonthEnd(to);
  return [next, isWhole ? monthEnd(to) : to + next - from];
}

// maps/js/time/strip.js
var STILL = 3;
var CURSORS = { start: "ew-resize", end: "ew-resize", move: "grab", new: "crosshair" };
var clamp = (value, low, high) => Math.max(low, Math.min(high, value));
function shift(timeline, from, to, by) {
  const { first, last } = timeline;
  if (timeline.isCumulative) return timeline.set(timeline.from, clamp(to + by, first, last));
  const days = clamp(by, Math.min(0, first - from), Math.max(0, last - to));
  return timeline.set(from + days, to + days);
}
function partUnder(timeline, event, box) {
  const part = event.target.dataset?.part;
  if (part === "start" || part === "end") return part;
  const [from, to] = timeline.shownWindow();
  const isWhole = from <= timeline.first && to >= timeline.last;
  if (timeline.isCumulative || isWhole) return "new";
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const [left, right] = windowEdges(timeline, box.width);
  const room = y < STRIP.band + 2 ? Math.max(0, 14 - (right - left) / 2) : 0;
  return x > left - room && x < right + room ? "move" : "new";
}
function drag(timeline, grip, day) {
  const { first, last, isCumulative } = timeline;
  const by = Math.round(day - grip.day);
  const inside = (value) => clamp(Math.floor(value), first, last);
  if (grip.part === "start") timeline.set(clamp(grip.from + by, first, grip.to), timeline.to);
  else if (grip.part === "end") timeline.set(timeline.from, clamp(grip.to + by, isCumulative ? first : grip.from, last));
  else if (grip.part === "move") shift(timeline, grip.from, grip.to, by);
  else if (isCumulative) timeline.set(timeline.from, inside(day));
  else timeline.set(inside(Math.min(day, grip.day)), inside(Math.max(day, grip.day)));
}
function wirePointer(timeline, strip) {
  const fingers = /* @__PURE__ */ new Map();
  let grip = null;
  let pinch = null;
  const dayAt = (event) => {
    const x = clamp(event.clientX - grip.box.left, 0, grip.box.width);
    return timeline.axis.day(x, grip.box.width);
  };
  const letGo = () => {
    if (!grip) return;
    grip = null;
    timeline.rest();
  };
  strip.addEventListener("pointerdown", (event) => {
    if (event.button || timeline.isEmpty) return;
    strip.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event.clientX);
    if (fingers.size === 2) {
      letGo();
      pinch = startPinch(timeline, fingers, strip);
    }
    if (fingers.size >= 2) return;
    timeline.pause();
    const box = timeline.find("slider").getBoundingClientRect();
    const [from, to] = timeline.shownWindow();
    grip = { part: partUnder(timeline, event, box), x: event.clientX, box, from, to };
    grip.day = dayAt(event);
  });
  strip.addEventListener("pointermove", (event) => {
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, event.clientX);
    if (pinch) movePinch(timeline, fingers, pinch);
    else if (!grip) showCursor(timeline, strip, event);
    else if (timeline.isDragging || Math.abs(event.clientX - grip.x) >= STILL) {
      timeline.isDragging = true;
      drag(timeline, grip, dayAt(event));
    }
  });
  const lift = (event) => {
    fingers.delete(event.pointerId);
    if (fingers.size < 2) pinch = null;
    if (fingers.size === 0) letGo();
  };
  strip.addEventListener("pointerup", lift);
  strip.addEventListener("pointercancel", lift);
  strip.addEventListener("dblclick", () => timeline.look((axis) => axis.reset()));
}
function startPinch(timeline, fingers, strip) {
  const { left, width } = strip.getBoundingClientRect();
  return { left, width, days: [...fingers.values()].map((x) => timeline.axis.day(x - left, width)) };
}
function movePinch(timeline, fingers, { left, width, days }) {
  const [a, b] = [...fingers.values()].map((x) => x - left);
  if (Math.abs(a - b) < 8 || days[0] === days[1]) return;
  const wanted = Math.abs((days[1] - days[0]) / (b - a)) * width;
  timeline.look((axis) => {
    const isZoomed = axis.zoom(wanted / axis.days, days[0]);
    return axis.pan((days[0] + days[1]) / 2 - axis.day((a + b) / 2, width)) || isZoomed;
  });
}
function showCursor(timeline, strip, event) {
  const part = timeline.isEmpty ? "" : partUnder(timeline, event, strip.getBoundingClientRect());
  const cursor = CURSORS[part] ?? "";
  if (strip.style.cursor !== cursor) strip.style.cursor = cursor;
}
function wireWheel(timeline, strip) {
  strip.addEventListener("wheel", (event) => {
    if (timeline.isEmpty) return;
    const { left, width } = strip.getBoundingClientRect();
    const pixels = event.deltaMode === 1 ? 16 : 1;
    const across = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const isChanged = timeline.look((axis) => {
      if (isSideways) return axis.pan(across * pixels / width * axis.days);
      return axis.zoom(Math.exp(event.deltaY * pixels * 2e-3), axis.day(event.clientX - left, width));
    });
    if (isChanged) event.preventDefault();
  }, { passive: false });
}
var STEPS = {
  ArrowRight: (day, by) => day + by,
  ArrowUp: (day, by) => day + by,
  ArrowLeft: (day, by) => day - by,
  ArrowDown: (day, by) => day - by,
  PageUp: (day) => addMonths(day, 1),
  PageDown: (day) => addMonths(day, -1),
  Home: () => -Infinity,
  End: () => Infinity
};
function moveHandle(timeline, part, key, days) {
  const [from, to] = timeline.shownWindow();
  const { first, last, isCumulative } = timeline;
  const day = STEPS[key](part === "start" ? from : to, days);
  if (part === "start") timeline.set(clamp(day, Math.min(first, from), to), timeline.to);
  else timeline.set(timeline.from, clamp(day, isCumulative ? first : from, Math.max(last, to)));
}
function moveWindow(timeline, key, days) {
  const [from, to] = timeline.shownWindow();
  const { first, last, isCumulative } = timeline;
  const isWhole = from <= first && to >= last && !isCumulative;
  if (key === "ArrowUp") timeline.set(timeline.from, Math.min(Math.max(last, to), to + days));
  else if (key === "ArrowDown") timeline.set(timeline.from, Math.max(isCumulative ? first : from, to - days));
  else if (isWhole && key === "ArrowRight") timeline.set(Math.min(from + days, to), to);
  else if (isWhole && key === "ArrowLeft") timeline.set(from, Math.max(from, to - days));
  else if (isCumulative) moveHandle(timeline, "end", key, days);
  else shift(timeline, from, to, STEPS[key](from, days) - from);
}
function wireKeys(timeline, strip) {
  strip.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || timeline.isEmpty) return;
    const { part } = event.target.dataset;
    const factor = { "+": 0.5, "-": 2 }[event.key];
    if (event.key === " ") timeline.togglePlay();
    else if (factor) timeline.zoom(factor);
    else if (STEPS[event.key]) {
      timeline.pause();
      const days = event.shiftKey ? 7 : 1;
      if (part === "slider") moveWindow(timeline, event.key, days);
      else moveHandle(timeline, part, event.key, days);
      timeline.follow();
      timeline.commitSoon();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
function wireStrip(timeline) {
  const strip = timeline.find("strip");
  wirePointer(timeline, strip);
  wireWheel(timeline, strip);
  wireKeys(timeline, strip);
}

// maps/js/shared/channel.js
var REMEMBERED = ["header", "histogram", "facets", "painted"];
var channels = /* @__PURE__ */ new Map();
function channel(name) {
  if (!channels.has(name)) channels.set(name, new Channel(name));
  return channels.get(name);
}
var Channel = class {
  #listeners = new EventTarget();
  #others;
  /** The latest message of each kind about the map's data, for a control that joins later. */
  latest = {};
  constructor(name) {
    this.#others = new BroadcastChannel("geomap:" + name);
    this.#others.addEventListener("message", ({ data }) => this.#receive(data));
    this.#others.postMessage({ joined: true });
  }
  /** Send a message to all listeners, in this frame and others. */
  post(message) {
    this.#others.postMessage(message);
    this.#receive(message);
  }
  /** Send the latest of the map's data once more: a script that joined came after it. */
  repeat() {
    this.#others.postMessage(this.latest);
  }
  /** Call `handler` with each message; returns how to stop it. */
  listen(handler) {
    const listener = ({ detail }) => handler(detail);
    this.#listeners.addEventListener("message", listener);
    return () => this.#listeners.removeEventListener("message", listener);
  }
  #receive(message) {
    if (!message) return;
    for (const part of REMEMBERED) if (message[part]) this.latest[part] = message[part];
    this.#listeners.dispatchEvent(new CustomEvent("message", { detail: message }));
  }
};

// maps/js/time/timeline_channel.js
var VIEW_AFTER = 700;
var CARRIED = { load: "src", bits: "bits", grid: "grid", furniture: "furniture", select: "selected" };
var NEVER_NULL = ["load", "furniture"];
var TimelineChannel = class {
  histogram;
  painted;
  #timeline;
  #name;
  #channel;
  #leave;
  #viewTimer;
  #choices = 0;
  #fitted;
  constructor(timeline) {
    this.#timeline = timeline;
  }
  join(name) {
    if (name === this.#name) return;
    this.leave();
    this.#name = name;
    this.#channel = channel(name);
    ({ histogram: this.histogram, painted: this.painted } = this.#channel.latest);
    this.#leave = this.#channel.listen((message) => this.receive(message));
  }
  leave() {
    clearTimeout(this.#viewTimer);
    this.#leave?.();
  }
  postWindow(more = {}) {
    this.#channel?.post({ window: this.#timeline.range(), moving: this.#timeline.isBusy, ...more });
  }
  /** Post what is new since `before`, or everything. */
  send(before) {
    const { data } = this.#timeline;
    if (!data) return;
    const message = {};
    for (const [name, part] of Object.entries(CARRIED)) {
      const value = data[part] ?? null;
      const isSame = before && JSON.stringify(before[part] ?? null) === JSON.stringify(value);
      if (!isSame && (value !== null || !NEVER_NULL.includes(name))) message[name] = value;
    }
    this.postWindow(message);
    if (!data.fit || data.fit.n === this.#fitted) return;
    this.#fitted = data.fit.n;
    this.#channel.post({ fit: data.fit.bbox ?? true });
  }
  receive(message) {
    const timeline = this.#timeline;
    if (message.ready) this.send(null);
    if (message.histogram) {
      this.histogram = message.histogram;
      timeline.measure();
      if (!timeline.isBusy) showDates(timeline);
      timeline.paintSoon();
    }
    if (message.painted) {
      this.painted = message.painted;
      showCounts(timeline);
    }
    if (message.painted || message.failed) showProblem(timeline, "map", message.failed ?? "");
    this.#report(message);
  }
  /** Report actions of the user on the map, except those that another part of the page receives itself. */
  #report({ pick, here, place, drawn, view }) {
    const { data, owner } = this.#timeline;
    const isOurs = (name) => !data?.elsewhere?.includes(name);
    if (pick !== void 0 && isOurs("picked")) owner.send("picked", { row: pick, here, n: ++this.#choices });
    if (place && isOurs("place")) owner.send("place", { id: place, n: ++this.#choices });
    if (drawn !== void 0) owner.send("drawn", drawn);
    if (!view) return;
    clearTimeout(this.#viewTimer);
    this.#viewTimer = setTimeout(() => owner.send("view", view), VIEW_AFTER);
  }
};

// maps/js/time/timeline.js
var COMMIT_AFTER_KEYS = 350;
var REPORT_WHILE_MOVING = 250;
var ANNOUNCE_AFTER = 600;
var MOST_MARKS = 5e3;
var NOTHING = { first: 0, series: [], possible: [] };
var Timeline = class {
  axis = new Axis();
  image = new BarsImage();
  player = new Player(this);
  channel = new TimelineChannel(this);
  histogram = NOTHING;
  size = { width: 0, height: 0, dpr: 1 };
  first = 0;
  // first and last day of all
  last = 0;
  from = null;
  // first and last day of the window; null for an open end
  to = null;
  mode = MODES.window;
  isEmpty = true;
  isDragging = false;
  problems = {};
  #marks = 0;
  #painting = null;
  #reportedAt = -Infinity;
  #commitTimer;
  #announceTimer;
  #watcher;
  /** `send(name, value)` is called with "range", "mode", "picked", "place", "view" and "drawn". */
  constructor(root, send) {
    this.root = root;
    this.owner = new Owner(send);
    const parts = new Map([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    this.find = (name) => parts.get(name);
    this.canvas = this.find("canvas");
    wireStrip(this);
    wireFields(this);
    this.#watcher = new ResizeObserver(([entry]) => this.#resize(entry.contentRect));
    this.#watcher.observe(this.canvas);
    root.addEventListener("transitionend", () => this.#restyle());
    this.#restyle();
  }
  #resize({ width, height }) {
    const dpr = Math.min(2, window.devicePixelRatio || 1);
    this.size = { width, height, dpr };
    Object.assign(this.canvas, { width: Math.round(width * dpr), height: Math.round(height * dpr) });
    this.paint();
  }
  #restyle() {
    this.style = styleOf(this.root);
    this.paintSoon();
  }
  /** Take the owner's data (`geomap.maps.time_component`); an echoed value does not undo a change by the user. */
  update(data) {
    this.owner.send = data.send ?? this.owner.send;
    const before = this.data;
    this.data = data;
    this.channel.join(data.channel);
    this.measure();
    if (this.owner.isNews("mode", data.mode)) this.#showMode(data.mode);
    if (this.owner.isNews("range", data.window) && !this.isBusy) {
      [this.from, this.to] = data.window.map((day) => dayOf(day));
      this.#mark();
    }
    this.channel.send(before);
    this.#restyle();
    showDates(this);
    showCounts(this);
  }
  destroy() {
    this.player.stop();
    clearTimeout(this.#commitTimer);
    clearTimeout(this.#announceTimer);
    cancelAnimationFrame(this.#painting);
    this.#watcher.disconnect();
    this.channel.leave();
  }
  /** Find the histogram to draw and the first and last day of all. */
  measure() {
    const given = this.data.histogram ?? null;
    this.histogram = (this.isServed ? given : this.channel.histogram ?? given) ?? NOTHING;
    const { first, series, possible } = this.histogram;
    const length = Math.max(possible?.length ?? 0, ...series.map((one) => one.shown.length), 0);
    const days = [dayOf(this.data.first), dayOf(this.data.last)];
    if (length) days.push(first, first + length - 1);
    const known = days.filter((day) => day !== null);
    this.isEmpty = known.length === 0;
    [this.first, this.last] = this.isEmpty ? [0, 0] : [Math.min(...known), Math.max(...known)];
    this.axis.span(this.first, this.last);
    this.showSpeed();
  }
  showSpeed() {
    this.find("speed").value = String(this.player.speed);
  }
  get isCumulative() {
    return this.mode === MODES.cumulative;
  }
  /** Whether the server answers each window, because the map does not hold all events. */
  get isServed() {
    return Boolean(this.data?.served || this.data?.grid);
  }
  get isBusy() {
    return this.isDragging || this.player.isPlaying;
  }
  /** The window with its open ends closed by the first and last day of the data. */
  shownWindow() {
    const open = this.isCumulative ? null : this.from;
    const from = open ?? Math.min(this.first, this.to ?? this.first);
    return [from, this.to ?? Math.max(this.last, from)];
  }
  /** The window for the map: ISO dates, null for an open end. */
  range() {
    return [this.isCumulative ? null : isoOf(this.from), isoOf(this.to)];
  }
  /** Move the window; null is an open end. The map follows at once. */
  set(from, to) {
    if (from !== null && to !== null && from > to && !this.isCumulative) [from, to] = [to, from];
    if (from === this.from && to === this.to) return;
    [this.from, this.to] = [from, to];
    this.#moved();
  }
  setMode(mode) {
    if (mode === this.mode) return;
    this.#showMode(mode);
    if (!this.isCumulative && this.from !== null && this.to !== null && this.from > this.to) this.from = this.to;
    this.#moved();
  }
  #moved() {
    this.#mark();
    showProblem(this, "date", "");
    this.channel.postWindow();
    if (this.player.isPlaying) this.follow();
    if (this.isBusy) this.#reportNowAndThen();
    else showDates(this);
    this.paintSoon();
  }
  #mark() {
    const [from, to] = this.range();
    if (++this.#marks % MOST_MARKS === 0) performance.clearMarks("geomap:window");
    performance.mark("geomap:window", { detail: { from, to } });
  }
  #showMode(mode) {
    this.mode = mode;
    this.find(mode).checked = true;
    this.find("start").hidden = this.find("from").disabled = this.isCumulative;
    this.paintSoon();
  }
  /** Report where the window came to rest, to the owner and a moment later to a screen reader. */
  commit() {
    clearTimeout(this.#commitTimer);
    clearTimeout(this.#announceTimer);
    this.owner.report("mode", this.mode);
    this.owner.report("range", this.range());
    this.#announceTimer = setTimeout(() => {
      if (!this.isBusy) announceWindow(this);
    }, ANNOUNCE_AFTER);
  }
  commitSoon() {
    clearTimeout(this.#commitTimer);
    this.#commitTimer = setTimeout(() => this.commit(), COMMIT_AFTER_KEYS);
    this.#reportNowAndThen();
  }
  /** While the window moves, where the server counts: it has to follow. */
  #reportNowAndThen() {
    const now = performance.now();
    if (!this.isServed || now - this.#reportedAt < REPORT_WHILE_MOVING) return;
    this.#reportedAt = now;
    this.owner.report("range", this.range());
  }
  /** The pointer let go, or play came to its end: the map may draw at its best. */
  rest() {
    this.isDragging = false;
    this.channel.postWindow();
    showDates(this);
    this.commit();
  }
  togglePlay() {
    if (this.isEmpty) return;
    if (this.player.isPlaying) {
      this.pause();
      this.rest();
    } else {
      clearTimeout(this.#announceTimer);
      this.player.start();
      this.#showPlaying();
    }
  }
  pause() {
    this.player.stop();
    this.#showPlaying();
  }
  #showPlaying() {
    this.find("play").setAttribute("aria-pressed", String(this.player.isPlaying));
  }
  /** Change the axis; returns whether anything changed. */
  look(change) {
    const isChanged = change(this.axis);
    if (isChanged) this.paintSoon();
    return isChanged;
  }
  zoom(factor) {
    const [from, to] = this.shownWindow();
    const { start, stop } = this.axis;
    const isSeen = from < stop && to >= start;
    const about = isSeen ? (Math.max(from, start) + Math.min(to + 1, stop)) / 2 : (start + stop) / 2;
    this.look((axis) => axis.zoom(factor, about));
  }
  follow() {
    if (!this.axis.whole) this.look((axis) => axis.follow(...this.shownWindow()));
  }
  paintSoon() {
    this.#painting ??= requestAnimationFrame(() => this.paint());
  }
  paint() {
    cancelAnimationFrame(this.#painting);
    this.#painting = null;
    paintStrip(this);
    if (this.isBusy) showDates(this);
    showScale(this);
  }
};

// maps/js/time/component.js
var component_default = mount(".geomap-timeline", Timeline);
export {
  component_default as default
};
