/* Typed dates, lengths, mode, zoom and the settings of play. */
import { dayOf, monthFrom } from "../shared/days.js";
import { MODES } from "../shared/vocabulary.js";
import { showDates, showProblem } from "./labels.js";

const NAMES = { from: "From", to: "To" };
/** The last day of a length that begins on a day. */
const LENGTHS = { day: (from) => from, week: (from) => from + 6, month: monthFrom };

function takeDate(timeline, part, field) {
  delete field.dataset.typing;
  const text = field.value.trim();
  const day = dayOf(text);
  showProblem(timeline, "date", "");
  if (text !== "" && day === null) {
    field.setAttribute("aria-invalid", "true");
    showProblem(timeline, "date", `${NAMES[part]} is not a date: “${text}”. Write a day as 2022-12-31.`);
    return;
  }
  timeline.pause();
  const [from, to] = timeline.shownWindow();
  if (text === "") timeline.set(part === "from" ? null : timeline.from, part === "to" ? null : timeline.to);
  else if (part === "from" && day !== from) timeline.set(day, Math.max(day, to));
  else if (part === "to" && day !== to) timeline.set(Math.min(day, from), day);
  timeline.follow();
  showDates(timeline);
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
  for (const [part, endOf] of Object.entries(LENGTHS)) {
    timeline.find(part).addEventListener("click", () => {
      if (timeline.isEmpty) return;
      timeline.pause();
      timeline.setMode(MODES.window);
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
  const wire = (part, take) => {
    const field = timeline.find(part);
    field.addEventListener("change", () => take(field));
    field.addEventListener("keydown", (event) => event.stopPropagation());
  };
  wire("speed", ({ value }) => (player.chosenSpeed = Number(value)));
  wire("loop", ({ checked }) => (player.isLoop = checked));
  wire("step", ({ value }) => {
    player.step = value;
    timeline.showSpeed();
  });
}

function wireView(timeline) {
  for (const mode of Object.values(MODES)) {
    timeline.find(mode).addEventListener("change", () => {
      timeline.setMode(mode);
      timeline.commit();
    });
  }
  timeline.find("closer").addEventListener("click", () => timeline.zoom(0.5));
  timeline.find("wider").addEventListener("click", () => timeline.zoom(2));
  timeline.find("whole").addEventListener("click", () => timeline.look((axis) => axis.reset()));
}

export function wireFields(timeline) {
  wireDates(timeline);
  wireLengths(timeline);
  wirePlay(timeline);
  wireView(timeline);
}
