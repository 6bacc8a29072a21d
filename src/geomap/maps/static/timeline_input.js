/* Pointer, keys, typed dates and buttons of the time control. */
(function (geomap) {
  "use strict";
  const NEAR = 7;
  const NEAR_FINGER = 18;

  function wirePointer(timeline) {
    const { canvas } = timeline;
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      const days = timeline.last - timeline.first + 1;
      return timeline.first + ((event.clientX - box.left) / box.width) * days;
    };
    let grip = null;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button || timeline.empty) return;
      canvas.setPointerCapture(event.pointerId);
      timeline.pause();
      timeline.dragging = true;
      const day = place(event);
      const [from, to] = timeline.shownWindow();
      const pixels = event.pointerType === "touch" ? NEAR_FINGER : NEAR;
      const near = (pixels / canvas.clientWidth) * (timeline.last - timeline.first + 1);
      const all = from <= timeline.first && to >= timeline.last;
      const kind =
        Math.abs(day - from) < near ? "from"
        : Math.abs(day - to - 1) < near ? "to"
        : !all && day > from && day < to + 1 ? "move"
        : "new";
      grip = { kind, day, from, to };
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const day = place(event);
      const low = Math.floor(day);
      if (grip.kind === "from") timeline.set(Math.min(low, grip.to), grip.to);
      else if (grip.kind === "to") timeline.set(grip.from, Math.max(grip.from, Math.ceil(day) - 1));
      else if (grip.kind === "move") shift(timeline, grip.from, grip.to, Math.round(day - grip.day));
      else {
        const [a, b] = [Math.min(day, grip.day), Math.max(day, grip.day)].map(Math.floor);
        timeline.set(Math.max(a, timeline.first), Math.min(b, timeline.last));
      }
    });
    const end = () => {
      if (!grip) return;
      grip = null;
      timeline.dragging = false;
      timeline.commit();
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
  }

  /** Move a window by days, kept inside the days of the data when it was inside. */
  function shift(timeline, from, to, by) {
    const most = Math.max(0, timeline.last - to);
    const least = Math.min(0, timeline.first - from);
    const days = Math.max(least, Math.min(most, by));
    timeline.set(from + days, to + days);
  }

  function wireKeys(timeline) {
    timeline.canvas.addEventListener("keydown", (event) => {
      const [from, to] = timeline.shownWindow();
      const days = event.shiftKey ? 7 : 1;
      const all = from <= timeline.first && to >= timeline.last;
      const moves = {
        ArrowRight: () => (all ? timeline.set(from + days, to) : shift(timeline, from, to, days)),
        ArrowLeft: () => (all ? timeline.set(from, to - days) : shift(timeline, from, to, -days)),
        ArrowUp: () => timeline.set(from, to + days),
        ArrowDown: () => timeline.set(from, Math.max(from, to - days)),
        PageUp: () => shift(timeline, from, to, 30),
        PageDown: () => shift(timeline, from, to, -30),
        Home: () => shift(timeline, from, to, timeline.first - from),
        End: () => shift(timeline, from, to, timeline.last - to),
      };
      if (!moves[event.key] || event.ctrlKey || event.metaKey || timeline.empty) return;
      event.preventDefault();
      timeline.pause();
      moves[event.key]();
      timeline.commitSoon();
    });
  }

  function wireDates(timeline) {
    const fields = { from: timeline.find("from"), to: timeline.find("to") };
    const problem = timeline.find("problem");
    for (const [part, field] of Object.entries(fields)) {
      const take = () => {
        delete field.dataset.typing;
        const day = geomap.dayOf(field.value);
        field.setAttribute("aria-invalid", String(day === null));
        if (day === null) {
          const name = part === "from" ? "From" : "To";
          problem.textContent = `${name} is not a date of the form 2022-12-31.`;
          return;
        }
        problem.textContent = "";
        timeline.pause();
        const [from, to] = timeline.shownWindow();
        if (part === "from" && day !== from) timeline.set(day, Math.max(day, to));
        if (part === "to" && day !== to) timeline.set(Math.min(day, from), day);
        timeline.paint();
        timeline.commit();
      };
      field.addEventListener("input", () => (field.dataset.typing = "yes"));
      field.addEventListener("change", take);
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") take();
        event.stopPropagation();
      });
    }
  }

  function wireButtons(timeline) {
    const lengths = {
      day: (from) => from,
      week: (from) => from + 6,
      month: (from) => geomap.monthFrom(from),
    };
    const press = (part, action) => timeline.find(part).addEventListener("click", action);
    for (const [part, endOf] of Object.entries(lengths)) {
      press(part, () => {
        if (timeline.empty) return;
        timeline.pause();
        const [from] = timeline.shownWindow();
        timeline.set(from, endOf(from));
        timeline.commit();
      });
    }
    press("all", () => {
      timeline.pause();
      timeline.set(null, null);
      timeline.commit();
    });
    press("play", () => timeline.togglePlay());
  }

  geomap.wireTimeline = function (timeline) {
    wirePointer(timeline);
    wireKeys(timeline);
    wireDates(timeline);
    wireButtons(timeline);
  };
})((globalThis.geomap ??= {}));
