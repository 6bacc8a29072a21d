/* A saved map: everything it shows is in the same file (`geomap.exports.html_page`). */
import { channel } from "../shared/channel.js";
import { EventLayer } from "../events/layer.js";
import { dayWords } from "../events/row_words.js";
import { Filters } from "../filters/filters.js";
import { PlaceLayer } from "../map/places.js";
import { setUp } from "../map/setup.js";
import { Timeline } from "../time/timeline.js";
import { eventTitle, showEvents, showPlace } from "./card.js";
import { EventTable } from "./table.js";
import { bitsOf } from "./unpacked.js";

const COLUMNS = { title: "Title", event_type: "Type", place_name: "Place", status: "Status", source: "Source" };
/** Events whose text may not be passed on still have type, status and source in the packed events. */
const PACKED = { event_type: "type", status: "status", source: "source" };
const find = (selector) => document.querySelector(selector);

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The data of the page, which is packed so that the file can be sent by mail. */
function unpack() {
  const packed = new Blob([bytesOf(find("#geomap-data").textContent)]);
  return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

/** A channel of its own, so that two windows with this file do not move each other's map. */
function randomName() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16)).join("");
}

function makeMap(data, name) {
  const { maxZoom, minZoom } = data.map;
  const map = L.map("map", { maxZoom, minZoom, center: [0, 0], zoom: 2 });
  setUp(map, { ...data.map, basemap: data.basemap, channel: name });
  new PlaceLayer(data.places, { channel: name }).addTo(map);
  return map;
}

/** The filters; of what the packed events cannot answer they set the bits of the layer. */
function makeFilters({ filters, bits }, name, layer) {
  const base = bytesOf(bits);
  channel(name).listen((message) => {
    if (message.filters) layer.loadBits(bitsOf(base, filters, message.filters).buffer);
  });
  const { words, totals } = filters;
  new Filters(find(".geomap-filters"), () => {}).update({ channel: name, words, totals, chosen: {} });
  return layer.loadBits(base.buffer);
}

function makeTable(layer, card, detailsOf) {
  const wordsOf = (name) => (row) => {
    if (name === "title") return eventTitle(detailsOf(row));
    return detailsOf(row)[name] ?? (PACKED[name] ? layer.data.wordOf(PACKED[name], row) : null) ?? "";
  };
  const columns = [
    ["Date", (row) => dayWords(layer.data, row), (row) => layer.data.dayOf(row)],
    ...Object.entries(COLUMNS).map(([name, heading]) => [heading, wordsOf(name)]),
  ];
  const table = new EventTable(find("#table section"), layer, columns, (row) => {
    layer.select(row);
    layer.bringIntoView(row);
    showEvents(card, [detailsOf(row)]);
  });
  find("#table").addEventListener("toggle", () => table.refresh());
}

async function start(data) {
  const card = find("#card");
  const detailsOf = (row) => data.events[row] ?? {};
  const name = randomName();
  const map = makeMap(data, name);
  const timeline = new Timeline(find(".geomap-timeline"), (kind, value) => {
    if (kind === "picked") showEvents(card, value.here.map(detailsOf));
    if (kind === "place") showPlace(card, data.places.filter((place) => place.id === value.id));
  });
  timeline.update({ ...data.timeline, channel: name });
  const layer = new EventLayer(null, { channel: name, legend: true }).addTo(map);
  makeTable(layer, card, detailsOf);
  await makeFilters(data, name, layer);
  await layer.load(bytesOf(data.packed).buffer);
}

unpack().then(start, () => {
  find("#card").textContent = "This browser cannot read the data of this file: a newer one can (2023 or later).";
});
