/* What the page says of all events of a window: numbers by category, day and word, and the box. */
import { latLng } from "../shared/mercator.js";
import { FACTS, FAILS, FAILS_ANY, MOST_COLOURS, NOT_STATED, OPEN, OTHER, VAGUE, WORLD } from "../shared/vocabulary.js";
import { codeAt } from "./data.js";

/** The categories of a column: at most nine and "other", with the category of each code. */
export function categoriesOf(data, column) {
  const words = data.columns[column].words;
  const colours = data.header.colours[column];
  const series = [];
  const of = new Uint8Array(words.length);
  const byColour = new Map();
  words.forEach((word, code) => {
    const colour = colours[code];
    let index = byColour.get(colour);
    if (index === undefined && series.length < MOST_COLOURS) {
      index = series.push({ name: word ?? NOT_STATED, colour, words: 0 }) - 1;
      byColour.set(colour, index);
    }
    of[code] = index ?? MOST_COLOURS - 1;
    if (++series[of[code]].words > 1) series[of[code]].name = OTHER;
  });
  return { series, of };
}

/** The code that most of some rows have in a column. */
export function mainCode(data, column, rows) {
  const codes = data.columns[column];
  const counts = new Map();
  for (const row of rows) {
    const code = codeAt(codes, row);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0][0];
}

/** Events for each day by category and, apart, those that are only possible on it. */
export function histogramOf(data, column) {
  const { series, of } = categoriesOf(data, column);
  const { days, state, start, end, facts, count, singles } = data;
  const shown = series.map(() => new Int32Array(days + 1));
  const possible = new Int32Array(days + 1);
  const { codes, shift, mask } = data.columns[column];
  for (let row = 0; row < count; row++) {
    if (state[row] & FAILS_ANY || facts[row] & FACTS.extra) continue;
    const code = codes ? (codes[row] >> shift) & mask : 0;
    const first = start[row];
    const last = row < singles ? first : end[row - singles];
    const timeClass = data.timeClassOf(row);
    const unsure = state[row] || (timeClass === VAGUE && first !== last);
    const steps = unsure ? possible : shown[of[code]];
    steps[first]++;
    steps[last + 1]--;
    if (timeClass === OPEN && last + 1 < days) possible[last + 1]++; // from there on it may go on
  }
  const covered = (steps) => {
    // Each day has what it had the day before, what began and less what ended.
    for (let day = 1; day < days; day++) steps[day] += steps[day - 1];
    return Uint32Array.from(steps.subarray(0, days));
  };
  return {
    first: data.dayFirst,
    unit: "day",
    series: series.map(({ name, colour }, i) => ({ name, colour, shown: covered(shown[i]) })),
    possible: covered(possible),
  };
}

/** How many events of the window have each word, every criterion without itself. */
export function facetsOf(data, from, to, column) {
  const spans = [];
  for (let row = data.singles; row < data.count; row++) if (data.windowVerdictOf(row, from, to)) spans.push(row);
  const facets = {};
  for (const [name, bit] of Object.entries(FAILS)) facets[name] = tally(data, name, bit, from, to, spans);
  return { facets, legend: tally(data, column, 0, from, to, spans) };
}

/** Events of the window by code of a column: those that pass, or fail only `pardoned`. */
function tally(data, name, pardoned, from, to, spans) {
  const { state, facts } = data;
  const { words, codes, shift, mask } = data.columns[name];
  const counts = new Uint32Array(words.length);
  const forgiven = FAILS_ANY & ~pardoned;
  const [first, beyond] = data.singleRows(from, to);
  for (let row = first; row < beyond; row++) {
    if (state[row] & forgiven || facts[row] & FACTS.extra) continue;
    counts[codes ? (codes[row] >> shift) & mask : 0]++;
  }
  for (const row of spans) {
    if (state[row] & forgiven || facts[row] & FACTS.extra) continue;
    counts[codes ? (codes[row] >> shift) & mask : 0]++;
  }
  return counts;
}

/** West, south, east, north of the events that window and filters keep, or null. */
export function boxOf(data, from, to) {
  let [west, north, east, south] = [WORLD, WORLD, 0, 0];
  data.eachRow(from, to, (row) => {
    west = Math.min(west, data.x[row]);
    east = Math.max(east, data.x[row]);
    north = Math.min(north, data.y[row]);
    south = Math.max(south, data.y[row]);
  });
  if (east < west) return null;
  const [low, high] = [latLng(west / WORLD, south / WORLD), latLng(east / WORLD, north / WORLD)];
  return [low.lng, low.lat, high.lng, high.lat];
}
