/* Pointer, wheel, pinch and keys on the strip of the time control. */
import { addMonths } from "../shared/days.js";
import { STRIP } from "./bars_image.js";
import { windowEdges } from "./painting.js";

const STILL = 3; // pixels a pointer may shake before it drags
const CURSORS = { start: "ew-resize", end: "ew-resize", move: "grab", new: "crosshair" };
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** Move a window by days, kept inside the days of the data when it was inside. */
function shift(timeline, from, to, by) {
  const { first, last } = timeline;
  if (timeline.isCumulative) return timeline.set(timeline.from, clamp(to + by, first, last));
  const days = clamp(by, Math.min(0, first - from), Math.max(0, last - to));
  return timeline.set(from + days, to + days);
}

/** The part of the window that a pointer grabs. */
function partUnder(timeline, event, box) {
  const part = event.target.dataset?.part;
  if (part === "start" || part === "end") return part;
  const [from, to] = timeline.shownWindow();
  const isWhole = from <= timeline.first && to >= timeline.last;
  if (timeline.isCumulative || isWhole) return "new";
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const [left, right] = windowEdges(timeline, box.width);
  const room = y < STRIP.band + 2 ? Math.max(0, 14 - (right - left) / 2) : 0;
  return x > left - room && x < right + room ? "move" : "new";
}

/** Move what a pointer holds to a day of the axis. */
function drag(timeline, grip, day) {
  const { first, last, isCumulative } = timeline;
  const by = Math.round(day - grip.day);
  const inside = (value) => clamp(Math.floor(value), first, last);
  if (grip.part === "start") timeline.set(clamp(grip.from + by, first, grip.to), timeline.to);
  else if (grip.part === "end") timeline.set(timeline.from, clamp(grip.to + by, isCumulative ? first : grip.from, last));
  else if (grip.part === "move") shift(timeline, grip.from, grip.to, by);
  else if (isCumulative) timeline.set(timeline.from, inside(day));
  else timeline.set(inside(Math.min(day, grip.day)), inside(Math.max(day, grip.day)));
}

function wirePointer(timeline, strip) {
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
    if (event.button || timeline.isEmpty) return;
    strip.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event.clientX);
    if (fingers.size === 2) {
      letGo();
      pinch = startPinch(timeline, fingers, strip);
    }
    if (fingers.size >= 2) return;
    timeline.pause();
    const box = timeline.find("slider").getBoundingClientRect();
    const [from, to] = timeline.shownWindow();
    grip = { part: partUnder(timeline, event, box), x: event.clientX, box, from, to };
    grip.day = dayAt(event);
  });
  strip.addEventListener("pointermove", (event) => {
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, event.clientX);
    if (pinch) movePinch(timeline, fingers, pinch);
    else if (!grip) showCursor(timeline, strip, event);
    else if (timeline.isDragging || Math.abs(event.clientX - grip.x) >= STILL) {
      timeline.isDragging = true;
      drag(timeline, grip, dayAt(event));
    }
  });
  const lift = (event) => {
    fingers.delete(event.pointerId);
    if (fingers.size < 2) pinch = null;
    if (fingers.size === 0) letGo();
  };
  strip.addEventListener("pointerup", lift);
  strip.addEventListener("pointercancel", lift);
  strip.addEventListener("dblclick", () => timeline.look((axis) => axis.reset()));
}

function startPinch(timeline, fingers, strip) {
  const { left, width } = strip.getBoundingClientRect();
  return { left, width, days: [...fingers.values()].map((x) => timeline.axis.day(x - left, width)) };
}

/** The two days under the fingers stay under them. */
function movePinch(timeline, fingers, { left, width, days }) {
  const [a, b] = [...fingers.values()].map((x) => x - left);
  if (Math.abs(a - b) < 8 || days[0] === days[1]) return;
  const wanted = Math.abs((days[1] - days[0]) / (b - a)) * width;
  timeline.look((axis) => {
    const isZoomed = axis.zoom(wanted / axis.days, days[0]);
    return axis.pan((days[0] + days[1]) / 2 - axis.day((a + b) / 2, width)) || isZoomed;
  });
}

function showCursor(timeline, strip, event) {
  const part = timeline.isEmpty ? "" : partUnder(timeline, event, strip.getBoundingClientRect());
  const cursor = CURSORS[part] ?? "";
  if (strip.style.cursor !== cursor) strip.style.cursor = cursor;
}

function wireWheel(timeline, strip) {
  strip.addEventListener("wheel", (event) => {
    if (timeline.isEmpty) return;
    const { left, width } = strip.getBoundingClientRect();
    const pixels = event.deltaMode === 1 ? 16 : 1;
    const across = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const isChanged = timeline.look((axis) => {
      if (isSideways) return axis.pan(((across * pixels) / width) * axis.days);
      return axis.zoom(Math.exp(event.deltaY * pixels * 0.002), axis.day(event.clientX - left, width));
    });
    // With nothing left to zoom out of, the wheel scrolls the page as usual.
    if (isChanged) event.preventDefault();
  }, { passive: false });
}

const STEPS = {
  ArrowRight: (day, by) => day + by,
  ArrowUp: (day, by) => day + by,
  ArrowLeft: (day, by) => day - by,
  ArrowDown: (day, by) => day - by,
  PageUp: (day) => addMonths(day, 1),
  PageDown: (day) => addMonths(day, -1),
  Home: () => -Infinity,
  End: () => Infinity,
};

function moveHandle(timeline, part, key, days) {
  const [from, to] = timeline.shownWindow();
  const { first, last, isCumulative } = timeline;
  const day = STEPS[key](part === "start" ? from : to, days);
  if (part === "start") timeline.set(clamp(day, Math.min(first, from), to), timeline.to);
  else timeline.set(timeline.from, clamp(day, isCumulative ? first : from, Math.max(last, to)));
}

/** On the window as a whole, up and down make it longer and shorter. */
function moveWindow(timeline, key, days) {
  const [from, to] = timeline.shownWindow();
  const { first, last, isCumulative } = timeline;
  const isWhole = from <= first && to >= last && !isCumulative;
  if (key === "ArrowUp") timeline.set(timeline.from, Math.min(Math.max(last, to), to + days));
  else if (key === "ArrowDown") timeline.set(timeline.from, Math.max(isCumulative ? first : from, to - days));
  else if (isWhole && key === "ArrowRight") timeline.set(Math.min(from + days, to), to);
  else if (isWhole && key === "ArrowLeft") timeline.set(from, Math.max(from, to - days));
  else if (isCumulative) moveHandle(timeline, "end", key, days);
  else shift(timeline, from, to, STEPS[key](from, days) - from);
}

function wireKeys(timeline, strip) {
  strip.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || timeline.isEmpty) return;
    const { part } = event.target.dataset;
    const factor = { "+": 0.5, "-": 2 }[event.key];
    if (event.key === " ") timeline.togglePlay();
    else if (factor) timeline.zoom(factor);
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

export function wireStrip(timeline) {
  const strip = timeline.find("strip");
  wirePointer(timeline, strip);
  wireWheel(timeline, strip);
  wireKeys(timeline, strip);
}
