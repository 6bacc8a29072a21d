/* A saved map: everything it shows is in the same file. */
(function (geomap) {
  "use strict";
  const TABLE = [["title", "Title"], ["event_type", "Type"], ["place_name", "Place"], ["status", "Status"], ["source", "Source"]];
  const find = (selector) => document.querySelector(selector);

  function bytesOf(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  /** The data of the page, which is packed so that the file can be sent by mail. */
  function unpacked() {
    const packed = new Blob([bytesOf(find("#geomap-data").textContent)]);
    return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }

  /** A name of its own, so that two windows with this file do not move each other's map. */
  function ownName() {
    return [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16)).join("");
  }

  function makeMap(data) {
    const map = L.map("map", { maxZoom: data.map.maxZoom, minZoom: data.map.minZoom, center: [0, 0], zoom: 2 });
    geomap.setUp(map, { ...data.map, basemap: data.basemap, channel: data.channel });
    geomap.placeLayer(data.places, { channel: data.channel }).addTo(map);
    return map;
  }

  function makeFilters(data) {
    const filters = new geomap.Filters(find(".geomap-filters"), () => {});
    geomap.channel(data.channel).listen(({ header }) => {
      if (!header) return;
      const several = (words) => (words.length > 1 ? words : []);
      const used = (words, name) => words.filter((word) => data.precisions[name].includes(word));
      const words = {
        type: several(header.columns.type.words),
        source: several(header.columns.source.words),
        status: header.statuses,
        precision: [...used(header.geoPrecisions, "geo"), ...used(header.datePrecisions, "date")],
      };
      filters.update({ channel: data.channel, words, chosen: {} });
    });
  }

  function start(data) {
    const card = find("#card");
    const details = (row) => data.events[row] ?? {};
    data.channel = ownName();
    const map = makeMap(data);
    makeFilters(data);
    const timeline = new geomap.Timeline(find(".geomap-timeline"), (name, value) => {
      if (name === "picked") geomap.showEvents(card, value.here.map(details));
      if (name === "place") geomap.showPlace(card, data.places.filter((one) => one.id === value.id));
    });
    timeline.update({ ...data.timeline, channel: data.channel });
    const layer = geomap.eventLayer(null, { channel: data.channel, legend: true }).addTo(map);
    const valueOf = (name) => (row) => (name === "title" ? geomap.eventTitle(details(row)) : (details(row)[name] ?? ""));
    const days = [(row) => geomap.dayWords(layer.data, row), (row) => layer.data.dayOf(row)];
    const columns = [["date", "Date", ...days], ...TABLE.map(([name, heading]) => [name, heading, valueOf(name)])];
    const table = new geomap.EventTable(find("#table section"), layer, columns, (row) => {
      layer.select(row);
      geomap.bringIntoView(layer, row);
      geomap.showEvents(card, [details(row)]);
    });
    find("#table").addEventListener("toggle", () => table.refresh());
    layer.loadBits(bytesOf(data.bits).buffer).then(() => layer.load(bytesOf(data.packed).buffer));
  }

  unpacked().then(start, () => {
    find("#card").textContent = "This browser cannot read the data of this file: a newer one can (2023 or later).";
  });
})((globalThis.geomap ??= {}));
