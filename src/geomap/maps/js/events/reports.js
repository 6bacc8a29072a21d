/* What the layer of events reports: to the controls over the channel, to others as its events. */
import { stateOf } from "../map/state.js";
import { isoOf } from "../shared/days.js";
import { categoriesOf, facetsOf, histogramOf } from "./tallies.js";

const REST = 180; // milliseconds after a paint

export class Reports {
  #layer; #map; #channel; #timer;
  #hasMoved = false;
  #hasReportedView = false;

  constructor(layer, map, channel) {
    this.#layer = layer;
    this.#map = map;
    this.#channel = channel;
  }

  stop() { clearTimeout(this.#timer); }

  /** The head of new data, without the geometries. */
  header() {
    this.#channel.post({ header: { ...this.#layer.data.header, geometries: undefined, on: undefined } });
  }

  /** Whoever answers for a view needs the one that the map began with. */
  firstView() {
    if (!this.#hasReportedView) this.view();
    this.#hasReportedView = true;
  }

  view() {
    const map = this.#map;
    const isFirst = this.#isFirstView();
    this.#hasMoved = !isFirst;
    const box = map.getBounds().toBBoxString().split(",");
    const bbox = box.map((degrees) => Math.round(degrees * 1e4) / 1e4);
    this.#channel.post({ view: { bbox, zoom: map.getZoom(), first: isFirst } });
  }

  /** Whether the map still looks where it began: settling into its frame is no move. */
  #isFirstView() {
    const map = this.#map;
    const { center, zoom } = stateOf(map).firstView ?? {};
    if (this.#hasMoved || !center || zoom !== map.getZoom()) return false;
    return map.latLngToContainerPoint(center).distanceTo(map.getSize().divideBy(2)) < 2;
  }

  /** The window that was painted, and its eight counts. */
  painted() {
    const { grid, data, from, to } = this.#layer;
    const [first, last] = grid?.window ?? data?.header.partial?.window ?? [isoOf(from), isoOf(to)];
    const painted = { ...this.#layer.counts(), from: first, to: last };
    performance.mark("geomap:painted", { detail: painted });
    this.#channel.post({ painted });
    this.#restSoon();
  }

  #restSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#rest(), REST);
  }

  /** What may come a moment later: numbers of the legend and beside the filters. */
  #rest() {
    const { data, grid, from, to, column, isMoving } = this.#layer;
    if (isMoving) return this.#restSoon();
    const classes = this.#layer.picture.classes();
    if (!data || grid) return this.#layer.fire("rest", { categories: null, classes });
    const { facets, legend } = facetsOf(data, from, to, column);
    const isPartial = Boolean(data.header.partial);
    // Of a part of the events the numbers beside the filters would be too small.
    if (!isPartial) this.#channel.post({ facets });
    const { series, of } = categoriesOf(data, column);
    const counts = series.map(() => 0);
    legend.forEach((count, code) => (counts[of[code]] += count));
    const rows = series.map(({ name, colour }, index) => ({ name, colour, count: counts[index] }));
    return this.#layer.fire("rest", { categories: { column, rows, isPartial }, classes });
  }

  histogram() {
    const { data, column } = this.#layer;
    if (data && !data.header.partial) this.#channel.post({ histogram: histogramOf(data, column) });
  }
}
