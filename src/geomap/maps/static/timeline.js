/* The time control: drives the map over the channel and tells its owner on release. */
(function (geomap) {
  "use strict";
  const COMMIT_AFTER_KEYS = 350;
  const PLAY_EVERY = 90;
  const number = (value) => (value ?? 0).toLocaleString("en");

  geomap.Timeline = class {
    /** `tell(name, value)` is called with "range", "picked", "place" and "view". */
    constructor(root, tell) {
      this.root = root;
      this.tell = tell;
      this.find = (name) => root.querySelector(`[data-part="${name}"]`);
      this.canvas = this.find("slider");
      this.histogram = { first: 0, shown: [], possible: [] };
      this.from = this.to = null;
      this.chosen = 0;
      this._stop = [];
      geomap.wireTimeline(this);
      const watcher = new ResizeObserver(() => this.paint());
      watcher.observe(this.canvas);
      this._stop.push(() => watcher.disconnect());
    }

    /** Take what the server says; a window it repeats does not undo what is being dragged. */
    update(data) {
      this.tell = data.tell ?? this.tell;
      this._join(data.channel);
      const first = geomap.dayOf(data.first) ?? 0;
      this.empty = data.first === null;
      this.histogram = { first, shown: data.shown, possible: data.possible };
      this.counts = data.counts;
      const told = JSON.stringify(data.window);
      if (told !== this._told && !this.busy) {
        [this.from, this.to] = data.window.map((day) => geomap.dayOf(day));
        this.changed();
      }
      this._told = told;
      this.data = data;
      this._send();
      if (data.fit && data.fit.n !== this._fitted) {
        this._fitted = data.fit.n;
        this.bus.post({ fit: data.fit.bbox ?? true }, { here: true });
      }
      this.paint();
      this.showCounts(this.painted);
    }

    destroy() {
      this.pause();
      for (const stop of this._stop) stop();
      this._leave?.();
    }

    _join(name) {
      if (name === this._name) return;
      this._leave?.();
      this._name = name;
      this.bus = geomap.channel(name);
      this._leave = this.bus.listen((message) => this._hear(message));
    }

    _hear(message) {
      if (message.ready) this._send({ afresh: true });
      if (message.painted) this.showCounts(message.painted);
      if (message.painted || message.failed) {
        this.find("problem").textContent = message.failed ?? "";
      }
      if (message.pick !== undefined) {
        this.tell("picked", { row: message.pick, here: message.here, n: ++this.chosen });
      }
      if (message.place) this.tell("place", { id: message.place, n: ++this.chosen });
      if (message.view) {
        clearTimeout(this._viewTimer);
        this._viewTimer = setTimeout(() => this.tell("view", message.view), 700);
      }
    }

    /** What the map has to know; a selection is repeated only to a map that is new. */
    _send({ afresh = false } = {}) {
      if (!this.data) return;
      const message = { window: this.range() };
      const selected = this.data.selected ?? null;
      if (afresh || selected !== this._selected) message.select = this._selected = selected;
      if (this.data.src) message.load = this.data.src;
      this.bus.post(message, { here: true });
    }

    get first() {
      return this.histogram.first;
    }

    get last() {
      return this.first + Math.max(0, this.histogram.shown.length - 1);
    }

    /** The window with its open ends closed by the first and last day of the data. */
    shownWindow() {
      const from = this.from ?? Math.min(this.first, this.to ?? this.first);
      return [from, this.to ?? Math.max(this.last, from)];
    }

    range() {
      return [geomap.isoOf(this.from), geomap.isoOf(this.to)];
    }

    /** Move the window; null is an open end. The map follows at once. */
    set(from, to) {
      if (from !== null && to !== null && from > to) [from, to] = [to, from];
      if (from === this.from && to === this.to) return;
      this.from = from;
      this.to = to;
      this.changed();
      this.bus?.post({ window: this.range() }, { here: true });
    }

    changed() {
      const [from, to] = this.range();
      performance.mark("geomap:window", { detail: { from, to } });
      this.paint();
    }

    /** Tell the owner where the window came to rest. */
    commit() {
      clearTimeout(this._commitTimer);
      const range = this.range();
      const words = JSON.stringify(range);
      if (words === this._told) return;
      this._told = words;
      this.tell("range", range);
    }

    commitSoon() {
      clearTimeout(this._commitTimer);
      this._commitTimer = setTimeout(() => this.commit(), COMMIT_AFTER_KEYS);
    }

    get busy() {
      return Boolean(this.dragging || this.playing);
    }

    togglePlay() {
      if (this.empty) return;
      if (this.playing) {
        this.pause();
        this.commit();
        return;
      }
      let [from, to] = this.shownWindow();
      if (from <= this.first && to >= this.last) to = geomap.monthFrom((from = this.first));
      if (to >= this.last) to -= from - (from = this.first);
      this.set(from, to);
      const step = Math.max(1, Math.round((this.last - this.first) / 400));
      this.playing = setInterval(() => this._playOn(step), PLAY_EVERY);
      this._showPlaying();
    }

    _playOn(step) {
      const by = Math.min(step, this.last - this.to);
      if (by > 0) this.set(this.from + by, this.to + by);
      else this.togglePlay();
    }

    pause() {
      clearInterval(this.playing);
      this.playing = null;
      this._showPlaying();
    }

    _showPlaying() {
      const button = this.find("play");
      button.setAttribute("aria-pressed", String(Boolean(this.playing)));
      button.querySelector("[data-part=sign]").textContent = this.playing ? "❚❚" : "▶";
    }

    paint() {
      const [from, to] = this.shownWindow();
      const look = getComputedStyle(this.root);
      const style = {
        accent: look.getPropertyValue("--st-primary-color").trim() || "#0b6e8a",
        text: look.color,
        font: look.fontFamily,
      };
      geomap.drawHistogram(this.canvas, this.histogram, from, to, style);
      const words = this.empty ? ["", ""] : [geomap.isoOf(from), geomap.isoOf(to)];
      for (const [part, word] of [["from", words[0]], ["to", words[1]]]) {
        const field = this.find(part);
        if (field.getRootNode().activeElement !== field || !field.dataset.typing) field.value = word;
      }
      this.canvas.setAttribute("aria-valuemin", this.first);
      this.canvas.setAttribute("aria-valuemax", this.last);
      this.canvas.setAttribute("aria-valuenow", from);
      this.canvas.setAttribute("aria-valuetext", this.empty ? "No dates yet" : words.join(" to "));
    }

    /** The seven numbers: two from the map, four from the server, one by subtraction. */
    showCounts(painted) {
      if (painted) this.painted = painted;
      if (!this.counts) return;
      const c = this.counts;
      const [from, to] = this.range();
      const live = painted && painted.from === from && painted.to === to;
      const { shown, possible } = live ? painted : c;
      const outside = c.total - c.filtered - c.unplaced - c.undated - shown - possible;
      this.find("counts").textContent =
        `${number(shown)} shown + ${number(possible)} possible of ${number(c.total)} · ` +
        `${number(outside)} outside the dates · ${number(c.filtered)} filtered · ` +
        `${number(c.unplaced)} unplaced · ${number(c.undated)} undated`;
    }
  };
})((globalThis.geomap ??= {}));
