/* The criteria that packed events do not answer, from the values that a saved page has for each row. */
import { CRITERIA, KINDS } from "../shared/vocabulary.js";

const ENDLESS = 2 ** 62;

/** [may, surely]: whether a row has one of the words in any of its columns; null is "not stated". */
function wordTest(columns, words, chosen) {
  const wanted = new Set(chosen.map((word) => (word === null ? null : words.indexOf(word))));
  return (row) => {
    const entries = columns.map((column) => column[row] ?? null).filter((entry) => entry !== null);
    const passes = entries.length ? entries.some((entry) => wanted.has(entry)) : wanted.has(null);
    return [passes, passes];
  };
}

/** The same for numbers (best estimate, lowest, highest): the rule of `query.verdicts.in_range`. */
function rangeTest(columns, [range]) {
  const [from, to] = range.split("..");
  const [first, last] = [Number(from), to === "" ? ENDLESS : Number(to)];
  return (row) => {
    const [best, low, high] = columns.map((column) => column[row] ?? null);
    if (best === null && low === null && high === null) return [false, false];
    const [least, most] = [low ?? best ?? 0, high ?? best ?? ENDLESS];
    const surely = best === null ? least >= first && most <= last : best >= first && best <= last;
    return [surely || (least <= last && most >= first), surely];
  };
}

/** The bits of the page (two planes, see events/filter.js) less the rows that fail what is chosen. */
export function bitsOf(base, { words, values }, chosen) {
  const tests = Object.entries(values)
    .filter(([name]) => chosen[name]?.length)
    .map(([name, columns]) =>
      CRITERIA[name].kind === KINDS.range
        ? rangeTest(columns, chosen[name])
        : wordTest(columns, words[name], chosen[name]),
    );
  if (!tests.length) return base;
  const bits = base.slice();
  const rows = new DataView(bits.buffer).getUint32(0, true);
  const plane = Math.ceil(rows / 8);
  for (let row = 0; row < rows; row++) {
    const results = tests.map((test) => test(row));
    const clear = (start) => (bits[start + (row >> 3)] &= ~(1 << (row & 7)));
    if (!results.every(([may]) => may)) clear(8);
    if (!results.every(([, surely]) => surely)) clear(8 + plane);
  }
  return bits;
}
