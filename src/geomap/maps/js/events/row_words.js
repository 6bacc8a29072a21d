/* What the packed columns say of a row, in words. */
import { isoOf } from "../shared/days.js";
import { OPEN, VAGUE } from "../shared/vocabulary.js";
import { readable } from "../shared/words.js";

/** The days of a row. */
export function dayWords(data, row) {
  const first = isoOf(data.dayOf(row));
  const last = isoOf(data.lastDayOf(row));
  const timeClass = data.timeClassOf(row);
  if (timeClass === OPEN) return `since ${first}`;
  if (first === last) return first;
  return timeClass === VAGUE ? `between ${first} and ${last}` : `${first} to ${last}`;
}

/** Type, days, status and how the place is known. */
export function rowWords(data, row) {
  const word = (name) => readable(data.wordOf(name, row));
  return [word("type"), dayWords(data, row), word("status"), `place: ${word("geo")}`].join(" · ");
}
