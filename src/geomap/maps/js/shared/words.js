/* Words and numbers for display. */
import { COUNTS, NOT_STATED } from "./vocabulary.js";

export const readable = (word) => (word ?? NOT_STATED).replaceAll("_", " ");

/** A whole number with commas between the thousands. */
export const thousands = (number) => (number ?? 0).toLocaleString("en");

/** The words of the seven counts, each with its number: [name, words before, number with words]. */
export const countWords = (counts) =>
  COUNTS.map(([name, before, after]) => [name, before, thousands(counts[name]) + after]);
