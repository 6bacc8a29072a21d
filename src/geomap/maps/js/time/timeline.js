/* The time control: drives the map over the channel and reports to its owner on release. */
import { dayOf, isoOf } from "../shared/days.js";
import { Owner } from "../shared/owner.js";
import { MODES } from "../shared/vocabulary.js";
import { Axis } from "./axis.js";
import { BarsImage } from "./bars_image.js";
import { wireFields } from "./fields.js";
import { announceWindow, showCounts, showDates, showProblem, showScale } from "./labels.js";
import { paintStrip, styleOf } from "./painting.js";
import { Player } from "./player.js";
import { wireStrip } from "./strip.js";
import { TimelineChannel } from "./timeline_channel.js";

const COMMIT_AFTER_KEYS = 350;
const REPORT_WHILE_MOVING = 250; // where the server counts it has to follow
const ANNOUNCE_AFTER = 600;
const MOST_MARKS = 5000;
const NOTHING = { first: 0, series: [], possible: [] };

export class Timeline {
  axis = new Axis();
  image = new BarsImage();
  player = new Player(this);
  channel = new TimelineChannel(this);
  histogram = NOTHING;
  size = { width: 0, height: 0, dpr: 1 };
  first = 0; // first and last day of all
  last = 0;
  from = null; // first and last day of the window; null for an open end
  to = null;
  mode = MODES.window;
  isEmpty = true;
  isDragging = false;
  problems = {};
  #marks = 0;
  #painting = null;
  #reportedAt = -Infinity;
  #commitTimer; #announceTimer; #watcher;

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
    this.histogram = (this.isServed ? given : (this.channel.histogram ?? given)) ?? NOTHING;
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

  showSpeed() { this.find("speed").value = String(this.player.speed); }
  get isCumulative() { return this.mode === MODES.cumulative; }

  /** Whether the server answers each window, because the map does not hold all events. */
  get isServed() { return Boolean(this.data?.served || this.data?.grid); }
  get isBusy() { return this.isDragging || this.player.isPlaying; }

  /** The window with its open ends closed by the first and last day of the data. */
  shownWindow() {
    const open = this.isCumulative ? null : this.from;
    const from = open ?? Math.min(this.first, this.to ?? this.first);
    return [from, this.to ?? Math.max(this.last, from)];
  }

  /** The window for the map: ISO dates, null for an open end. */
  range() { return [this.isCumulative ? null : isoOf(this.from), isoOf(this.to)]; }

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

  #showPlaying() { this.find("play").setAttribute("aria-pressed", String(this.player.isPlaying)); }

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

  paintSoon() { this.#painting ??= requestAnimationFrame(() => this.paint()); }

  paint() {
    cancelAnimationFrame(this.#painting);
    this.#painting = null;
    paintStrip(this);
    if (this.isBusy) showDates(this);
    showScale(this);
  }
}
