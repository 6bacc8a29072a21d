/* Play: moves the window step by step, at most one step a frame of the display. */
(function (geomap) {
  "use strict";
  const STEPS_A_SECOND = 8; // at speed 1
  const CALM = 2; // steps a second for people who asked for less motion
  const SPEEDS = [0.5, 1, 2, 4, 8];
  const WHOLE_IN_SECONDS = 15;
  const LENGTHS = { day: 1, week: 7, month: 30.4 };

  geomap.Player = class {
    constructor(timeline) {
      this.timeline = timeline;
      this.calm = matchMedia("(prefers-reduced-motion: reduce)");
      this.step = "day";
      this.loop = false;
      this.chosenSpeed = null;
      this._frame = null;
    }

    get playing() {
      return this._frame !== null;
    }

    /** What a person chose, or the speed that plays the whole span in about a quarter of a minute. */
    get speed() {
      if (this.chosenSpeed) return this.chosenSpeed;
      const { first, last } = this.timeline;
      const steps = (last - first + 1) / LENGTHS[this.step];
      const wanted = steps / WHOLE_IN_SECONDS / STEPS_A_SECOND;
      const apart = (speed) => Math.abs(Math.log(speed / wanted));
      return SPEEDS.reduce((best, speed) => (apart(speed) < apart(best) ? speed : best));
    }

    start() {
      const { timeline } = this;
      let [from, to] = timeline.shownWindow();
      const { first, last } = timeline;
      if (timeline.cumulative) {
        if (to >= last) timeline.set(timeline.from, first);
      } else {
        if (from <= first && to >= last) to = Math.min(last, geomap.monthFrom((from = first)));
        if (to >= last) to -= from - (from = first);
        timeline.set(from, to);
      }
      this._owed = 0;
      this._before = null;
      this._frame = requestAnimationFrame((now) => this._tick(now));
    }

    stop() {
      if (this._frame !== null) cancelAnimationFrame(this._frame);
      this._frame = null;
    }

    _tick(now) {
      const rate = STEPS_A_SECOND * this.speed;
      this._owed += ((now - (this._before ?? now)) / 1000) * (this.calm.matches ? Math.min(CALM, rate) : rate);
      this._before = now;
      this._frame = requestAnimationFrame((next) => this._tick(next));
      if (this._owed < 1) return;
      this._owed = Math.min(1, this._owed - 1);
      this._move();
    }

    _move() {
      const { timeline } = this;
      const [from, to] = timeline.shownWindow();
      if (to < timeline.last) timeline.set(...this.after(from, to));
      else if (this.loop) this._again(from, to);
      else timeline.togglePlay();
    }

    _again(from, to) {
      const { timeline } = this;
      if (timeline.cumulative) timeline.set(timeline.from, timeline.first);
      else timeline.set(timeline.first, Math.min(timeline.last, timeline.first + to - from));
    }

    /** The window one step on; it ends on the last day at the latest and keeps its length. */
    after(from, to) {
      const { timeline } = this;
      const days = { day: 1, week: 7 }[this.step];
      if (timeline.cumulative) {
        return [timeline.from, Math.min(timeline.last, days ? to + days : monthEnd(to))];
      }
      const [low, high] = days ? [from + days, to + days] : monthOn(from, to);
      const beyond = Math.max(0, high - timeline.last);
      return [low - beyond, high - beyond];
    }
  };

  const isMonthEnd = (day) => geomap.unitStart(day + 1, "month") === day + 1;

  /** A month after `day`; the end of a month leads to the end of the next. */
  function monthEnd(day) {
    return isMonthEnd(day) ? geomap.addMonths(day + 1, 1) - 1 : geomap.addMonths(day, 1);
  }

  /** Whole calendar months stay whole; any other window keeps its number of days. */
  function monthOn(from, to) {
    const next = geomap.addMonths(from, 1);
    const whole = geomap.unitStart(from, "month") === from && isMonthEnd(to);
    return [next, whole ? monthEnd(to) : to + next - from];
  }
})((globalThis.geomap ??= {}));
