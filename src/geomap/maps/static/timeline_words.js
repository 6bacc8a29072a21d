/* What the time control says: dates in fields and for screen readers, counts, problems. */
(function (geomap) {
  "use strict";
  const number = (value) => (value ?? 0).toLocaleString("en");

  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function slider(element, low, high, now, text) {
    const values = { min: low, max: high, now, text };
    for (const [name, value] of Object.entries(values)) {
      element.setAttribute(`aria-value${name}`, value);
    }
  }

  /** Dates in the fields and on the sliders. */
  geomap.showWords = function (timeline) {
    const { first, last, empty } = timeline;
    const [from, to] = timeline.shownWindow();
    const words = empty ? ["", ""] : [geomap.isoOf(from), geomap.isoOf(to)];
    ["from", "to"].forEach((part, n) => {
      const field = timeline.find(part);
      const typing = field.dataset.typing && field.getRootNode().activeElement === field;
      if (!typing && field.getAttribute("aria-invalid") !== "true" && field.value !== words[n]) field.value = words[n];
    });
    // A screen reader hears where a handle came to rest, not each day on the way.
    if (timeline.busy) return;
    const none = "No dates yet";
    slider(timeline.find("slider"), first, last, from, empty ? none : words.join(" to "));
    slider(timeline.find("start"), first, to, from, empty ? none : words[0]);
    slider(timeline.find("end"), timeline.cumulative ? first : from, Math.max(last, to), to, empty ? none : words[1]);
  };

  /** What a bar is, and which part of the span the axis shows. */
  geomap.showScale = function (timeline) {
    const { axis, image, empty } = timeline;
    if (!image.bars) return;
    const { unit, most } = image.bars;
    const summed = unit === "day" ? "" : ", summed by day";
    const bars = empty ? "" : `A bar is a ${unit}, the highest ${number(most)}${summed}`;
    const days = [axis.start, axis.stop - 0.001].map((day) => geomap.isoOf(Math.floor(day)));
    put(timeline.find("scale"), axis.whole ? bars : `${bars} · axis ${days.join(" to ")}`);
    timeline.find("whole").disabled = timeline.find("wider").disabled = axis.whole;
  };

  /** The seven numbers: of what is on the screen, or before the first paint of the server. */
  geomap.showCounts = function (timeline) {
    const c = { ...timeline.data?.counts, ...timeline.talk.painted };
    if (c.total === undefined) return;
    put(
      timeline.find("counts"),
      `${number(c.shown)} shown + ${number(c.possible)} possible of ${number(c.total)} · ` +
        `${number(c.outside_dates)} outside the dates · ${number(c.filtered)} filtered · ` +
        `${number(c.unplaced)} unplaced · ${number(c.undated)} undated`,
    );
  };

  /** A sentence about a typed date stays until the date is mended, one of the map until it paints. */
  geomap.complain = function (timeline, sentence, about) {
    timeline.problems = { ...timeline.problems, [about]: sentence };
    if (about === "date" && !sentence) {
      for (const part of ["from", "to"]) timeline.find(part).setAttribute("aria-invalid", "false");
    }
    put(timeline.find("problem"), Object.values(timeline.problems).filter(Boolean).join(" "));
  };

  /** For the live region: the window and its counts. */
  geomap.sayWindow = function (timeline) {
    const { painted } = timeline.talk;
    const [from, to] = timeline.range();
    const days = timeline.shownWindow().map((day) => geomap.isoOf(day));
    const live = painted && painted.from === from && painted.to === to ? painted : null;
    const counts = live ? `: ${number(live.shown)} shown, ${number(live.possible)} possible` : "";
    put(timeline.find("said"), `${days.join(" to ")}${counts}.`);
  };
})((globalThis.geomap ??= {}));
