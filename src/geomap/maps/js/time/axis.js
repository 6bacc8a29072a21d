/* The time axis: which part of the whole span is drawn, and where a day is on it. */
const LEAST_DAYS = 5;

export class Axis {
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

  get whole() { return this.start <= this.first && this.stop >= this.end; }
  get days() { return this.stop - this.start; }
  x(day, width) { return ((day - this.start) / this.days) * width; }
  day(x, width) { return this.start + (x / width) * this.days; }

  /** Show `factor` times as many days, with `about` staying where it is. */
  zoom(factor, about) {
    const all = this.end - this.first;
    const days = Math.min(all, Math.max(Math.min(LEAST_DAYS, all), this.days * factor));
    const start = about - ((about - this.start) / this.days) * days;
    return this.#look(start, start + days);
  }

  pan(days) { return this.#look(this.start + days, this.stop + days); }
  reset() { return this.#look(this.first, this.end); }

  /** Jump so that the days from `from` to `to` are in sight, or some of them if all do not fit. */
  follow(from, to) {
    const fits = to + 1 - from <= this.days;
    const seen = fits
      ? from >= this.start && to + 1 <= this.stop
      : from < this.stop && to + 1 > this.start;
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
}
