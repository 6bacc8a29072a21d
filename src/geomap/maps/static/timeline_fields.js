/* Typed dates, lengths, mode, zoom and the settings of play. */
(function (geomap) {
  "use strict";
  const NAMES = { from: "From", to: "To" };

  function takeDate(timeline, part, field) {
    delete field.dataset.typing;
    const text = field.value.trim();
    const day = geomap.dayOf(text);
    const wrong = text !== "" && day === null;
    timeline.complain("");
    if (wrong) {
      field.setAttribute("aria-invalid", "true");
      timeline.complain(`${NAMES[part]} is not a date: \u201c${text}\u201d. Write a day as 2022-12-31.`);
      return;
    }
    timeline.pause();
    const [from, to] = timeline.shownWindow();
    if (text === "") timeline.set(part === "from" ? null : timeline.from, part === "to" ? null : timeline.to);
    else if (part === "from" && day !== from) timeline.set(day, Math.max(day, to));
    else if (part === "to" && day !== to) timeline.set(Math.min(day, from), day);
    timeline.follow();
    timeline.showWords();
    timeline.commit();
  }

  function wireDates(timeline) {
    for (const part of ["from", "to"]) {
      const field = timeline.find(part);
      field.addEventListener("input", () => (field.dataset.typing = "yes"));
      field.addEventListener("change", () => takeDate(timeline, part, field));
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") takeDate(timeline, part, field);
        event.stopPropagation();
      });
    }
  }

  /** Day, week and month begin where the window does; cumulative, they begin at the end. */
  function wireLengths(timeline) {
    const lengths = {
      day: (from) => from,
      week: (from) => from + 6,
      month: (from) => geomap.monthFrom(from),
    };
    for (const [part, endOf] of Object.entries(lengths)) {
      timeline.find(part).addEventListener("click", () => {
        if (timeline.empty) return;
        timeline.pause();
        timeline.setMode("window");
        const [from] = timeline.shownWindow();
        timeline.set(from, endOf(from));
        timeline.follow();
        timeline.commit();
      });
    }
    timeline.find("all").addEventListener("click", () => {
      timeline.pause();
      timeline.set(null, null);
      timeline.commit();
    });
  }

  function wirePlay(timeline) {
    const { player } = timeline;
    timeline.find("play").addEventListener("click", () => timeline.togglePlay());
    const choose = (part, take) => {
      const field = timeline.find(part);
      field.addEventListener("change", () => take(field));
      field.addEventListener("keydown", (event) => event.stopPropagation());
    };
    choose("speed", (field) => (player.chosenSpeed = Number(field.value)));
    choose("step", (field) => {
      player.step = field.value;
      timeline.showSpeed();
    });
    choose("loop", (field) => (player.loop = field.checked));
  }

  function wireView(timeline) {
    for (const mode of ["window", "cumulative"]) {
      timeline.find(mode).addEventListener("change", () => {
        timeline.setMode(mode);
        timeline.commit();
      });
    }
    timeline.find("closer").addEventListener("click", () => timeline.zoom(0.5));
    timeline.find("wider").addEventListener("click", () => timeline.zoom(2));
    timeline.find("whole").addEventListener("click", () => timeline.look((axis) => axis.reset()));
  }

  geomap.wireFields = function (timeline) {
    wireDates(timeline);
    wireLengths(timeline);
    wirePlay(timeline);
    wireView(timeline);
  };
})((globalThis.geomap ??= {}));
