/* Pointer, wheel, pinch and keys on the strip of the time control. */
(function (geomap) {
  "use strict";
  const STILL = 3; // pixels a pointer may shake before it drags
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  /** Move a window by days, kept inside the days of the data when it was inside. */
  function shift(timeline, from, to, by) {
    if (timeline.cumulative) {
      timeline.set(timeline.from, clamp(to + by, timeline.first, timeline.last));
      return;
    }
    const most = Math.max(0, timeline.last - to);
    const least = Math.min(0, timeline.first - from);
    const days = clamp(by, least, most);
    timeline.set(from + days, to + days);
  }

  /** What a pointer takes hold of. */
  function grab(timeline, event, box) {
    const part = event.target.dataset?.part;
    if (part === "start" || part === "end") return part;
    if (timeline.cumulative) return "new";
    const [from, to] = timeline.shownWindow();
    if (from <= timeline.first && to >= timeline.last) return "new";
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const [left, right] = geomap.windowEdges(timeline, box.width);
    const band = y < geomap.STRIP.band + 2;
    const room = band ? Math.max(0, 14 - (right - left) / 2) : 0;
    return x > left - room && x < right + room ? "move" : "new";
  }

  function drag(timeline, grip, day) {
    const { first, last } = timeline;
    const by = Math.round(day - grip.day);
    if (grip.kind === "start") timeline.set(clamp(grip.from + by, first, grip.to), timeline.to);
    else if (grip.kind === "end") {
      const least = timeline.cumulative ? first : grip.from;
      timeline.set(timeline.from, clamp(grip.to + by, least, last));
    } else if (grip.kind === "move") shift(timeline, grip.from, grip.to, by);
    else if (timeline.cumulative) timeline.set(timeline.from, clamp(Math.floor(day), first, last));
    else {
      const [a, b] = [Math.min(day, grip.day), Math.max(day, grip.day)].map(Math.floor);
      timeline.set(clamp(a, first, last), clamp(b, first, last));
    }
  }

  function wirePointer(timeline) {
    const strip = timeline.find("strip");
    const fingers = new Map();
    let grip = null;
    let pinch = null;

    const dayAt = (event) => {
      const x = clamp(event.clientX - grip.box.left, 0, grip.box.width);
      return timeline.axis.day(x, grip.box.width);
    };
    const letGo = () => {
      if (!grip) return;
      grip = null;
      timeline.rest();
    };
    strip.addEventListener("pointerdown", (event) => {
      if (event.button || timeline.empty) return;
      strip.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, event.clientX);
      if (fingers.size === 2) {
        letGo();
        pinch = startPinch(timeline, fingers, strip);
        return;
      }
      if (fingers.size > 2) return;
      timeline.pause();
      const box = timeline.find("slider").getBoundingClientRect();
      const [from, to] = timeline.shownWindow();
      grip = { kind: grab(timeline, event, box), x: event.clientX, box, from, to };
      grip.day = dayAt(event);
    });
    strip.addEventListener("pointermove", (event) => {
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, event.clientX);
      if (pinch) movePinch(timeline, fingers, pinch);
      else if (!grip) showCursor(timeline, strip, event);
      else if (timeline.dragging || Math.abs(event.clientX - grip.x) >= STILL) {
        timeline.dragging = true;
        drag(timeline, grip, dayAt(event));
      }
    });
    const up = (event) => {
      fingers.delete(event.pointerId);
      if (fingers.size < 2) pinch = null;
      if (fingers.size === 0) letGo();
    };
    strip.addEventListener("pointerup", up);
    strip.addEventListener("pointercancel", up);
    strip.addEventListener("dblclick", () => timeline.look((axis) => axis.reset()));
  }

  function startPinch(timeline, fingers, strip) {
    const { left, width } = strip.getBoundingClientRect();
    const [a, b] = [...fingers.values()];
    const days = [a, b].map((x) => timeline.axis.day(x - left, width));
    return { left, width, days };
  }

  /** The two days under the fingers stay under them. */
  function movePinch(timeline, fingers, { left, width, days }) {
    const [a, b] = [...fingers.values()].map((x) => x - left);
    if (Math.abs(a - b) < 8 || days[0] === days[1]) return;
    const wanted = Math.abs((days[1] - days[0]) / (b - a)) * width;
    timeline.look((axis) => {
      const zoomed = axis.zoom(wanted / axis.days, days[0]);
      return axis.pan((days[0] + days[1]) / 2 - axis.day((a + b) / 2, width)) || zoomed;
    });
  }

  function showCursor(timeline, strip, event) {
    const box = strip.getBoundingClientRect();
    const kind = timeline.empty ? "" : grab(timeline, event, box);
    const cursor = { start: "ew-resize", end: "ew-resize", move: "grab", new: "crosshair" }[kind] ?? "";
    if (strip.style.cursor !== cursor) strip.style.cursor = cursor;
  }

  function wireWheel(timeline) {
    const strip = timeline.find("strip");
    strip.addEventListener("wheel", (event) => {
      if (timeline.empty) return;
      const { left, width } = strip.getBoundingClientRect();
      const pixels = event.deltaMode === 1 ? 16 : 1;
      const across = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      const changed = timeline.look((axis) => {
        if (sideways) return axis.pan(((across * pixels) / width) * axis.days);
        const about = axis.day(event.clientX - left, width);
        return axis.zoom(Math.exp(event.deltaY * pixels * 0.002), about);
      });
      // With nothing left to zoom out of, the wheel scrolls the page as usual.
      if (changed) event.preventDefault();
    }, { passive: false });
  }

  const STEPS = {
    ArrowRight: (day, by) => day + by,
    ArrowUp: (day, by) => day + by,
    ArrowLeft: (day, by) => day - by,
    ArrowDown: (day, by) => day - by,
    PageUp: (day) => geomap.addMonths(day, 1),
    PageDown: (day) => geomap.addMonths(day, -1),
    Home: () => -Infinity,
    End: () => Infinity,
  };

  function moveHandle(timeline, part, key, days) {
    const [from, to] = timeline.shownWindow();
    const { first, last } = timeline;
    const day = STEPS[key](part === "start" ? from : to, days);
    if (part === "start") timeline.set(clamp(day, Math.min(first, from), to), timeline.to);
    else timeline.set(timeline.from, clamp(day, timeline.cumulative ? first : from, Math.max(last, to)));
  }

  /** On the window as a whole, up and down make it longer and shorter. */
  function moveWindow(timeline, key, days) {
    const [from, to] = timeline.shownWindow();
    const all = from <= timeline.first && to >= timeline.last && !timeline.cumulative;
    const least = timeline.cumulative ? timeline.first : from;
    if (key === "ArrowUp") timeline.set(timeline.from, Math.min(Math.max(timeline.last, to), to + days));
    else if (key === "ArrowDown") timeline.set(timeline.from, Math.max(least, to - days));
    else if (all && key === "ArrowRight") timeline.set(Math.min(from + days, to), to);
    else if (all && key === "ArrowLeft") timeline.set(from, Math.max(from, to - days));
    else if (timeline.cumulative) moveHandle(timeline, "end", key, days);
    else shift(timeline, from, to, STEPS[key](from, days) - from);
  }

  function wireKeys(timeline) {
    timeline.find("strip").addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || timeline.empty) return;
      const part = event.target.dataset.part;
      const axis = { "+": 0.5, "-": 2 }[event.key];
      if (event.key === " ") timeline.togglePlay();
      else if (axis) timeline.zoom(axis);
      else if (STEPS[event.key]) {
        timeline.pause();
        const days = event.shiftKey ? 7 : 1;
        if (part === "slider") moveWindow(timeline, event.key, days);
        else moveHandle(timeline, part, event.key, days);
        timeline.follow();
        timeline.commitSoon();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  geomap.wireStrip = function (timeline) {
    wirePointer(timeline);
    wireWheel(timeline);
    wireKeys(timeline);
  };
})((globalThis.geomap ??= {}));
