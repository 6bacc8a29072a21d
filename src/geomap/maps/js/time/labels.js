/* The words of the time control: dates in fields and for screen readers, counts, problems. */
import { isoOf } from "../shared/days.js";
import { put, setAttributes } from "../shared/elements.js";
import { countWords, thousands } from "../shared/words.js";

function setSlider(element, low, high, now, text) {
  setAttributes(element, {
    "aria-valuemin": low, "aria-valuemax": high, "aria-valuenow": now, "aria-valuetext": text,
  });
}

/** Dates in the fields and on the sliders. */
export function showDates(timeline) {
  const { first, last, isEmpty, isCumulative } = timeline;
  const [from, to] = timeline.shownWindow();
  const days = isEmpty ? ["", ""] : [isoOf(from), isoOf(to)];
  ["from", "to"].forEach((part, index) => {
    const field = timeline.find(part);
    const isTyping = field.dataset.typing && field.getRootNode().activeElement === field;
    const isWrong = field.getAttribute("aria-invalid") === "true";
    if (!isTyping && !isWrong && field.value !== days[index]) field.value = days[index];
  });
  // Screen readers announce the final position of a handle, not each day on the way.
  if (timeline.isBusy) return;
  const [start, end, both] = isEmpty ? Array(3).fill("No dates yet") : [...days, days.join(" to ")];
  setSlider(timeline.find("slider"), first, last, from, both);
  setSlider(timeline.find("start"), first, to, from, start);
  setSlider(timeline.find("end"), isCumulative ? first : from, Math.max(last, to), to, end);
}

/** The unit of a bar, and the part of the span that the axis shows. */
export function showScale({ axis, image, isEmpty, find }) {
  if (!image.bars) return;
  const { unit, most } = image.bars;
  const summed = unit === "day" ? "" : ", summed by day";
  const bars = isEmpty ? "" : `A bar is a ${unit}, the highest ${thousands(most)}${summed}`;
  const days = [axis.start, axis.stop - 0.001].map((day) => isoOf(Math.floor(day)));
  put(find("scale"), axis.whole ? bars : `${bars} · axis ${days.join(" to ")}`);
  find("whole").disabled = find("wider").disabled = axis.whole;
}

/** The eight counts: of what is on the screen, or before the first paint those of the server. */
export function showCounts({ data, channel, find }) {
  const counts = { ...data?.counts, ...channel.painted };
  if (counts.total === undefined) return;
  put(find("counts"), countWords(counts).map(([, before, words]) => before + words).join(""));
}

/**
 * A sentence about a typed "date", which stays until the date is corrected, or about the "map",
 * which stays until it paints; an empty one takes it away.
 */
export function showProblem({ problems, find }, about, sentence) {
  problems[about] = sentence;
  if (about === "date" && !sentence) {
    for (const part of ["from", "to"]) find(part).setAttribute("aria-invalid", "false");
  }
  put(find("problem"), Object.values(problems).filter(Boolean).join(" "));
}

/** For the live region: the window and its counts. */
export function announceWindow(timeline) {
  const { painted } = timeline.channel;
  const [from, to] = timeline.range();
  const isPainted = painted && painted.from === from && painted.to === to;
  const counts = isPainted ? `: ${thousands(painted.shown)} shown, ${thousands(painted.possible)} possible` : "";
  put(timeline.find("said"), `${timeline.shownWindow().map(isoOf).join(" to ")}${counts}.`);
}
