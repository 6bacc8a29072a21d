/* Calendar days as whole numbers since 1970-01-01, and the channel between frames. */
(function (geomap) {
  "use strict";
  const MS = 86400000;

  /** The day number of an ISO date, or null when the text is not a date. */
  geomap.dayOf = function (text) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(text ?? "").trim());
    if (!parts) return null;
    const ms = Date.UTC(+parts[1], parts[2] - 1, +parts[3]);
    const day = ms / MS;
    return geomap.isoOf(day) === parts[0] ? day : null;
  };

  /** The ISO date of a day number; null for an open end. */
  geomap.isoOf = function (day) {
    if (day === null || !Number.isFinite(day)) return null;
    return new Date(day * MS).toISOString().slice(0, 10);
  };

  /** The day one calendar month after `day`, less one: a month that starts on `day`. */
  geomap.monthFrom = function (day) {
    const date = new Date(day * MS);
    const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
    const last = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 2, 0);
    return Math.min(next, last + MS) / MS - 1;
  };

  /** One channel a frame for each name: messages between the map and the time control. */
  geomap.channel = function (name) {
    const open = (geomap.channels ??= new Map());
    if (!open.has(name)) {
      const bus = new EventTarget();
      const remote = new BroadcastChannel("geomap:" + name);
      const tell = (data) => bus.dispatchEvent(new CustomEvent("message", { detail: data }));
      remote.addEventListener("message", (event) => tell(event.data));
      open.set(name, {
        post(data, { here = false } = {}) {
          remote.postMessage(data);
          if (here) tell(data);
        },
        listen(handler) {
          const wrapped = (event) => handler(event.detail);
          bus.addEventListener("message", wrapped);
          return () => bus.removeEventListener("message", wrapped);
        },
      });
    }
    return open.get(name);
  };
})((globalThis.geomap ??= {}));
