/* The time control: drives the map over the channel and tells its owner on release. */
(function (geomap) {
  "use strict";
  const COMMIT_AFTER_KEYS = 350;
  const SAY_AFTER = 600;
  const TELL_WHILE_MOVING = 250; // in grid mode the server has to follow
  const MOST_MARKS = 5000;
  const NOTHING = { first: 0, series: [], possible: [] };

  geomap.Timeline = class {
    /** `tell(name, value)` hears "range", "mode", "picked", "place", "view" and "drawn". */
    constructor(root, tell) {
      this.root = root;
      this.tell = tell;
      const parts = new Map();
      for (const part of root.querySelectorAll("[data-part]")) parts.set(part.dataset.part, part);
      this.find = (name) => parts.get(name);
      this.canvas = this.find("canvas");
      this.axis = new geomap.Axis();
      this.image = new geomap.BarsImage();
      this.player = new geomap.Player(this);
      this.talk = new geomap.Talk(this);
      this.histogram = NOTHING;
      this.size = { width: 0, height: 0, dpr: 1 };
      this.first = this.last = 0;
      this.from = this.to = null;
      this.mode = "window";
      this.empty = true;
      this._echoes = { range: new geomap.Echo(), mode: new geomap.Echo() };
      this._marks = 0;
      this._stop = [];
      geomap.wireStrip(this);
      geomap.wireFields(this);
      this._watch();
    }

    _watch() {
      const watcher = new ResizeObserver(([entry]) => this._resize(entry.contentRect));
      watcher.observe(this.canvas);
      const restyle = () => this._restyle();
      this.root.addEventListener("transitionend", restyle);
      this._restyle();
      this._stop.push(() => watcher.disconnect());
    }

    _resize({ width, height }) {
      const dpr = Math.min(2, window.devicePixelRatio || 1);
      this.size = { width, height, dpr };
      this.canvas.width = Math.round(width * dpr);
      this.canvas.height = Math.round(height * dpr);
      this._frame();
    }

    _restyle() {
      this.style = geomap.timelineStyle(this.root);
      this.paintSoon();
    }

    /** Take what the owner says; what it repeats does not undo what a person did meanwhile. */
    update(data) {
      this.tell = data.tell ?? this.tell;
      const before = this.data;
      this.data = data;
      this.talk.join(data.channel);
      this.measure();
      if (this._echoes.mode.isNews(data.mode ?? "window")) this._showMode(data.mode ?? "window");
      if (this._echoes.range.isNews(JSON.stringify(data.window)) && !this.busy) {
        [this.from, this.to] = data.window.map((day) => geomap.dayOf(day));
        this._mark();
      }
      this.talk.send(before);
      this._restyle();
      this.showWords();
      this.showCounts();
    }

    destroy() {
      this.player.stop();
      for (const timer of [this._commitTimer, this._sayTimer]) clearTimeout(timer);
      cancelAnimationFrame(this._painting);
      for (const stop of this._stop) stop();
      this.talk.leave();
    }

    /** Find the histogram to draw and the first and last day of all. */
    measure() {
      const given = this.data.histogram ?? null;
      this.histogram = (this.data.served ? given : (this.talk.histogram ?? given)) ?? NOTHING;
      const { first, series, possible } = this.histogram;
      const long = Math.max(possible?.length ?? 0, ...series.map((one) => one.shown.length), 0);
      const days = [geomap.dayOf(this.data.first), geomap.dayOf(this.data.last)];
      if (long) days.push(first, first + long - 1);
      const known = days.filter((day) => day !== null);
      this.empty = known.length === 0;
      this.first = this.empty ? 0 : Math.min(...known);
      this.last = this.empty ? 0 : Math.max(...known);
      this.axis.span(this.first, this.last);
      this.showSpeed();
    }

    showSpeed() {
      this.find("speed").value = String(this.player.speed);
    }

    get cumulative() {
      return this.mode === "cumulative";
    }

    get busy() {
      return Boolean(this.dragging || this.player.playing);
    }

    /** The window with its open ends closed by the first and last day of the data. */
    shownWindow() {
      const open = this.cumulative ? null : this.from;
      const from = open ?? Math.min(this.first, this.to ?? this.first);
      return [from, this.to ?? Math.max(this.last, from)];
    }

    /** What the map is to show: ISO dates, null for an open end. */
    range() {
      return [this.cumulative ? null : geomap.isoOf(this.from), geomap.isoOf(this.to)];
    }

    /** Move the window; null is an open end. The map follows at once. */
    set(from, to) {
      if (from !== null && to !== null && from > to && !this.cumulative) [from, to] = [to, from];
      if (from === this.from && to === this.to) return;
      this.from = from;
      this.to = to;
      this._moved();
    }

    setMode(mode) {
      if (mode === this.mode) return;
      this._showMode(mode);
      if (!this.cumulative && this.from !== null && this.to !== null && this.from > this.to) this.from = this.to;
      this._moved();
    }

    _moved() {
      this._mark();
      this.complain("");
      this.talk.post({ window: this.range(), moving: this.busy });
      if (this.player.playing) this.follow();
      if (this.busy && this.data?.served) this._tellNowAndThen();
      if (!this.busy) this.showWords();
      this.paintSoon();
    }

    _mark() {
      const [from, to] = this.range();
      if (++this._marks % MOST_MARKS === 0) performance.clearMarks("geomap:window");
      performance.mark("geomap:window", { detail: { from, to } });
    }

    _showMode(mode) {
      this.mode = mode;
      this.find(mode).checked = true;
      this.find("start").hidden = this.find("from").disabled = this.cumulative;
      this.paintSoon();
    }

    /** Tell the owner where the window came to rest. */
    commit() {
      clearTimeout(this._commitTimer);
      this._tellIfNew("mode", this.mode, this.mode);
      this._tellIfNew("range", this.range(), JSON.stringify(this.range()));
      this._sayLater();
    }

    commitSoon() {
      clearTimeout(this._commitTimer);
      this._commitTimer = setTimeout(() => this.commit(), COMMIT_AFTER_KEYS);
    }

    _tellIfNew(name, value, words) {
      if (this._echoes[name].tell(words)) this.tell(name, value);
    }

    _tellNowAndThen() {
      const now = performance.now();
      if (now - (this._toldAt ?? -Infinity) < TELL_WHILE_MOVING) return;
      this._toldAt = now;
      this._tellIfNew("range", this.range(), JSON.stringify(this.range()));
    }

    /** The pointer let go, or play came to its end: the map may draw at its best. */
    rest() {
      this.dragging = false;
      this.talk.post({ window: this.range(), moving: false });
      this.showWords();
      this.commit();
    }

    togglePlay() {
      if (this.empty) return;
      if (this.player.playing) {
        this.pause();
        this.rest();
        return;
      }
      clearTimeout(this._sayTimer);
      this.player.start();
      this._showPlaying();
    }

    pause() {
      this.player.stop();
      this._showPlaying();
    }

    _showPlaying() {
      this.find("play").setAttribute("aria-pressed", String(this.player.playing));
    }

    /** Change the axis; returns whether anything changed. */
    look(change) {
      const changed = change(this.axis);
      if (changed) this.paintSoon();
      return changed;
    }

    zoom(factor) {
      const [from, to] = this.shownWindow();
      const { start, stop } = this.axis;
      const seen = from < stop && to >= start;
      const about = seen ? (Math.max(from, start) + Math.min(to + 1, stop)) / 2 : (start + stop) / 2;
      this.look((axis) => axis.zoom(factor, about));
    }

    follow() {
      if (!this.axis.whole) this.look((axis) => axis.follow(...this.shownWindow()));
    }

    paintSoon() {
      this._painting ??= requestAnimationFrame(() => this._frame());
    }

    _frame() {
      cancelAnimationFrame(this._painting);
      this._painting = null;
      geomap.paintTimeline(this);
      if (this.busy) this.showWords();
      geomap.showScale(this);
    }

    showWords() {
      geomap.showWords(this);
    }

    showCounts() {
      geomap.showCounts(this);
    }

    complain(sentence, about = "date") {
      geomap.complain(this, sentence, about);
    }

    /** At a pause, not at each frame: the dates and how many events they show. */
    _sayLater() {
      clearTimeout(this._sayTimer);
      this._sayTimer = setTimeout(() => {
        if (!this.busy) geomap.sayWindow(this);
      }, SAY_AFTER);
    }
  };
})((globalThis.geomap ??= {}));
