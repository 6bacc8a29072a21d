/* Words and numbers for display. */
import { COUNTS, NOT_STATED, ONLY_IF_ANY } from "./vocabulary.js";

export const readable = (word) => (word ?? NOT_STATED).replaceAll("_", " ");

/** A whole number with commas between the thousands. */
export const thousands = (number) => (number ?? 0).toLocaleString("en");

/** The words of the eight counts, each with its number: [name, words before, number with words]. */
export const countWords = (counts) =>
  COUNTS.filter(([name]) => counts[name] || !ONLY_IF_ANY.includes(name))
    .map(([name, before, after]) => [name, before, thousands(counts[name]) + after]);
