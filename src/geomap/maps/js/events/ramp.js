/* The classes of a density and their colours. */
import { thousands } from "../shared/words.js";

export const RAMP = ["#fbe3a7", "#f6b65f", "#ea7d4a", "#cb4a5f", "#8b2c70", "#43195c"];
/** The rim where all that is counted is only possible. */
export const RIM = RAMP[3];

/** Lower ends of the classes up to `most`: 1, then round numbers that grow evenly in size. */
export function classesFor(most) {
  const ends = [1];
  const factor = Math.max(2, Math.pow(Math.max(2, most), 1 / RAMP.length));
  while (ends.length < RAMP.length) {
    const next = rounded(ends.at(-1) * factor);
    if (next > most) break;
    ends.push(next <= ends.at(-1) ? ends.at(-1) + 1 : next);
  }
  return ends;
}

function rounded(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = value / power;
  return (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10) * power;
}

export function classOf(ends, count) {
  let index = 0;
  while (index + 1 < ends.length && count >= ends[index + 1]) index++;
  return index;
}

/** The colour of a class: two classes are the ends of the ramp, not its first two colours. */
export function classColour(ends, index) {
  const last = ends.length - 1;
  return RAMP[last < 1 ? 1 : Math.round((index * (RAMP.length - 1)) / last)];
}

/** The classes in words: "1", "2 to 4", "5 or more". */
export function classWords(ends) {
  return ends.map((low, index) => {
    const next = ends[index + 1];
    if (next === undefined) return `${thousands(low)} or more`;
    return next - 1 === low ? thousands(low) : `${thousands(low)} to ${thousands(next - 1)}`;
  });
}
