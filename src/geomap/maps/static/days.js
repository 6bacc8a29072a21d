/* Calendar days as whole numbers since 1970-01-01, and the channel between frames. */
(function (geomap) {
  "use strict";
  const MS = 86400000;
  const KEPT = ["header", "histogram", "facets", "painted"];

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

  /** The same day of the month `months` later, or that month's last day where it is shorter. */
  geomap.addMonths = function (day, months) {
    const date = new Date(day * MS);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
    const last = Date.UTC(year, month + 1, 0);
    return Math.min(Date.UTC(year, month, date.getUTCDate()), last) / MS;
  };

  /** The day one calendar month after `day`, less one: a month that starts on `day`. */
  geomap.monthFrom = function (day) {
    const next = geomap.addMonths(day, 1);
    const shorter = new Date(next * MS).getUTCDate() < new Date(day * MS).getUTCDate();
    return shorter ? next : next - 1;
  };

  /** The first day of the day, week (Monday), month or year that holds `day`. */
  geomap.unitStart = function (day, unit) {
    if (unit === "day") return day;
    if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
    const date = new Date(day * MS);
    return Date.UTC(date.getUTCFullYear(), unit === "year" ? 0 : date.getUTCMonth(), 1) / MS;
  };

  /** The first day of the next unit after the one that starts on `start`. */
  geomap.unitAfter = function (start, unit) {
    if (unit === "day") return start + 1;
    if (unit === "week") return start + 7;
    return geomap.addMonths(start, unit === "year" ? 12 : 1);
  };

  /**
   * One channel a frame for each name: messages between the map and the controls. It keeps the
   * last of what the map says of its data, for a control that comes later.
   */
  geomap.channel = function (name) {
    const open = (geomap.channels ??= new Map());
    if (!open.has(name)) {
      const bus = new EventTarget();
      const kept = {};
      const remote = new BroadcastChannel("geomap:" + name);
      const tell = (data) => {
        for (const part of KEPT) if (data?.[part]) kept[part] = data[part];
        bus.dispatchEvent(new CustomEvent("message", { detail: data }));
      };
      remote.addEventListener("message", (event) => tell(event.data));
      open.set(name, {
        kept,
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
