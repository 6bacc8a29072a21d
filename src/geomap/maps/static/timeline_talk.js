/* What the time control says to the map, and what it hears from it. */
(function (geomap) {
  "use strict";
  const VIEW_AFTER = 700;
  /** Words of a message to the map, and the part of the owner's data that they carry. */
  const CARRIED = { load: "src", bits: "bits", grid: "grid", furniture: "furniture", select: "selected" };
  const NEVER_NULL = ["load", "furniture"];

  geomap.Talk = class {
    constructor(timeline) {
      this.timeline = timeline;
      this._picks = 0;
    }

    join(name) {
      if (name === this._name) return;
      this.leave();
      this._name = name;
      this._bus = geomap.channel(name);
      this._stop = this._bus.listen((message) => this._hear(message));
      ({ histogram: this.histogram, painted: this.painted } = this._bus.kept);
    }

    leave() {
      clearTimeout(this._viewTimer);
      this._stop?.();
    }

    post(message) {
      this._bus?.post(message, { here: true });
    }

    /** Say what is new since `before`, or everything. */
    send(before) {
      const { data } = this.timeline;
      if (!data) return;
      const message = { window: this.timeline.range(), moving: this.timeline.busy };
      for (const [name, part] of Object.entries(CARRIED)) {
        const value = data[part] ?? null;
        const same = before && JSON.stringify(before[part] ?? null) === JSON.stringify(value);
        if (!same && (value !== null || !NEVER_NULL.includes(name))) message[name] = value;
      }
      this.post(message);
      if (data.fit && data.fit.n !== this._fitted) {
        this._fitted = data.fit.n;
        this.post({ fit: data.fit.bbox ?? true });
      }
    }

    _hear(message) {
      const { timeline } = this;
      if (message.ready) this.send(null);
      if (message.histogram) {
        this.histogram = message.histogram;
        timeline.measure();
        if (!timeline.busy) timeline.showWords();
        timeline.paintSoon();
      }
      if (message.painted) {
        this.painted = message.painted;
        timeline.showCounts();
      }
      if (message.painted || message.failed) timeline.complain(message.failed ?? "", "map");
      this._tell(message);
    }

    /** Hand on what a person did on the map, but for what another part of the page hears itself. */
    _tell({ pick, here, place, drawn, view }) {
      const { timeline } = this;
      const elsewhere = timeline.data?.elsewhere ?? [];
      if (pick !== undefined && !elsewhere.includes("picked")) timeline.tell("picked", { row: pick, here, n: ++this._picks });
      if (place && !elsewhere.includes("place")) timeline.tell("place", { id: place, n: ++this._picks });
      if (drawn !== undefined) timeline.tell("drawn", drawn);
      if (view) {
        clearTimeout(this._viewTimer);
        this._viewTimer = setTimeout(() => timeline.tell("view", view), VIEW_AFTER);
      }
    }
  };
})((globalThis.geomap ??= {}));
