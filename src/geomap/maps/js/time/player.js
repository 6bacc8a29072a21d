/* Play: moves the window step by step, at most one step a frame of the display. */
import { addMonths, monthFrom, unitStart } from "../shared/days.js";

const STEPS_A_SECOND = 8; // at speed 1
const CALM = 2; // steps a second for people who asked for less motion
const SPEEDS = [0.5, 1, 2, 4, 8];
const WHOLE_IN_SECONDS = 15;
const LENGTHS = { day: 1, week: 7, month: 30.4 };

export class Player {
  step = "day";
  isLoop = false;
  chosenSpeed = null;
  #timeline;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #frame = null;
  #owed = 0; // steps
  #before = null;

  constructor(timeline) { this.#timeline = timeline; }
  get isPlaying() { return this.#frame !== null; }

  /** The chosen speed, or the one that plays the whole span in about a quarter of a minute. */
  get speed() {
    if (this.chosenSpeed) return this.chosenSpeed;
    const { first, last } = this.#timeline;
    const steps = (last - first + 1) / LENGTHS[this.step];
    const wanted = steps / WHOLE_IN_SECONDS / STEPS_A_SECOND;
    const apart = (speed) => Math.abs(Math.log(speed / wanted));
    return SPEEDS.reduce((best, speed) => (apart(speed) < apart(best) ? speed : best));
  }

  start() {
    const timeline = this.#timeline;
    let [from, to] = timeline.shownWindow();
    const { first, last } = timeline;
    if (timeline.isCumulative) {
      if (to >= last) timeline.set(timeline.from, first);
    } else {
      if (from <= first && to >= last) to = Math.min(last, monthFrom((from = first)));
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
    this.#owed += ((now - (this.#before ?? now)) / 1000) * (this.#calm.matches ? Math.min(CALM, rate) : rate);
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
}

const isMonthEnd = (day) => unitStart(day + 1, "month") === day + 1;

/** A month after `day`; the end of a month leads to the end of the next. */
function monthEnd(day) {
  return isMonthEnd(day) ? addMonths(day + 1, 1) - 1 : addMonths(day, 1);
}

/** Whole calendar months stay whole; any other window keeps its number of days. */
function monthOn(from, to) {
  const next = addMonths(from, 1);
  const isWhole = unitStart(from, "month") === from && isMonthEnd(to);
  return [next, isWhole ? monthEnd(to) : to + next - from];
}
