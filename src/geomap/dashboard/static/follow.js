/* Lets a part of the page follow the map, so that only this part is drawn anew.

   What it follows is {channel, open, row, window, days, after}: what is open in this part (an
   id), its row on the map, whether what the part says depends on the window, the window it was
   drawn for, and how many milliseconds after the window rests it is drawn anew. Parts need
   different ones: of two that speak at the same moment Streamlit would draw the first alone. It tells Python "picked", "place", "window" and "changed" when they differ.
   Parts tell each other what they opened: {opened: id}. */
(function (geomap) {
  "use strict";
  geomap.Follower = class {
    /** Take what Python says; `tell(name, value)` answers it. */
    update(follows, tell) {
      if (!follows) return;
      const before = this.follows;
      Object.assign(this, { follows, tell });
      if (this.name !== follows.channel) this.join(follows.channel);
      const open = follows.open ?? null;
      if (before && (before.open ?? null) === open) return;
      if (before || open) this.bus.postMessage({ select: follows.row ?? null });
      if (before) this.bus.postMessage({ opened: open });
    }

    stop() {
      clearTimeout(this.later);
      this.bus?.close();
      this.name = null;
    }

    join(name) {
      this.bus?.close();
      this.name = name;
      this.bus = new BroadcastChannel(`geomap:${name}`);
      this.bus.addEventListener("message", ({ data }) => data && this.hear(data));
    }

    hear({ pick, here, place, opened, ready, window, moving }) {
      const open = this.follows.open ?? null;
      if (typeof pick === "number") this.tell("picked", { row: pick, here, n: Date.now() });
      if (place) this.tell("place", { id: place, n: Date.now() });
      if (opened !== undefined && opened !== open) this.tell("changed", Date.now());
      if (ready) this.bus.postMessage({ select: this.follows.row ?? null });
      if (window && this.follows.window) this.followWindow(window, moving);
    }

    /** Wait until the window rests: a list that changes at each step can be read by nobody. */
    followWindow(days, moving) {
      clearTimeout(this.later);
      if (moving) return;
      this.later = setTimeout(() => {
        if (String(days) !== String(this.follows.days)) this.tell("window", { days, n: Date.now() });
      }, this.follows.after);
    }
  };
})((globalThis.geomap ??= {}));
