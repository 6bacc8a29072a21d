/* The bars of the histogram: days summed into units that are wide enough to see. */
import { unitAfter, unitStart } from "../shared/days.js";

/** Units with their length in days and the least width of a bar in pixels. */
const NARROWEST = [["day", 1, 3], ["week", 7, 3], ["month", 30.4, 2.5]];

/** The finest unit whose bars are wide enough to be told apart. */
export function unitFor(days, width) {
  const fits = NARROWEST.find(([, length, least]) => (width / Math.max(1, days)) * length >= least);
  return fits ? fits[0] : "year";
}

/** Sums for each whole unit that touches the days from `from` to `to`. */
export function barsOf(histogram, unit, from, to) {
  const edges = [unitStart(from, unit)];
  while (edges.at(-1) <= to) edges.push(unitAfter(edges.at(-1), unit));
  const sumsOf = (days) => {
    const sums = new Float64Array(edges.length - 1);
    for (let bar = 0; bar < sums.length; bar++) {
      const low = Math.max(0, edges[bar] - histogram.first);
      const high = Math.min(days.length, edges[bar + 1] - histogram.first);
      for (let day = low; day < high; day++) sums[bar] += days[day];
    }
    return sums;
  };
  const series = histogram.series.map(({ colour, shown }) => ({ colour, sums: sumsOf(shown) }));
  const possible = sumsOf(histogram.possible ?? []);
  let most = 0;
  possible.forEach((number, bar) => {
    most = Math.max(most, series.reduce((all, one) => all + one.sums[bar], number));
  });
  return { unit, edges, series, possible, most };
}
