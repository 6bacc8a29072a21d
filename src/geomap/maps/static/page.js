/* A saved map: everything it shows is in the same file. */
(function (geomap) {
  "use strict";
  const data = JSON.parse(document.getElementById("geomap-data").textContent);
  const card = document.getElementById("card");
  const MOST_CARDS = 50;
  const FACTS = [
    ["date", "Date"],
    ["event_type", "Type"],
    ["status", "Status"],
    ["place_name", "Place"],
    ["geo_precision", "Precision"],
    ["source", "Source"],
    ["source_url", "Link"],
  ];

  function bytesOf(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes.buffer;
  }

  function make(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }

  function valueOf(name, value) {
    const cell = make("dd", name === "source_url" ? "" : value);
    if (name !== "source_url") return cell;
    if (!/^https?:\/\//i.test(value)) {
      cell.textContent = value;
      return cell;
    }
    const link = make("a", value);
    link.href = value;
    link.rel = "noopener noreferrer nofollow";
    cell.append(link);
    return cell;
  }

  function showEvents(rows) {
    card.replaceChildren();
    for (const row of rows.slice(0, MOST_CARDS)) {
      const event = data.events[row] ?? {};
      card.append(make("h2", event.title ?? event.event_type ?? "Event"));
      const facts = document.createElement("dl");
      for (const [name, label] of FACTS) {
        if (event[name]) facts.append(make("dt", label), valueOf(name, event[name]));
      }
      card.append(facts);
    }
    const more = rows.length - MOST_CARDS;
    if (more > 0) card.append(make("p", `${more.toLocaleString("en")} more here: move closer or narrow the dates.`));
  }

  function showPlace(id) {
    card.replaceChildren();
    for (const place of data.places.filter((one) => one.id === id)) {
      card.append(make("h2", place.name), make("p", place.note));
    }
  }

  const map = L.map("map", { maxZoom: data.map.maxZoom, minZoom: data.map.minZoom, center: [0, 0], zoom: 2 });
  geomap.setUp(map, { ...data.map, basemap: data.basemap });
  geomap.placeLayer(data.places, { channel: data.channel }).addTo(map);
  const root = document.querySelector(".geomap-timeline");
  const timeline = new geomap.Timeline(root, (name, value) => {
    if (name === "picked") showEvents(value.here);
    if (name === "place") showPlace(value.id);
  });
  timeline.update({ ...data.timeline, channel: data.channel });
  const layer = geomap.eventLayer(null, { channel: data.channel, legend: true }).addTo(map);
  layer.loadBits(bytesOf(data.bits)).then(() => layer.load(bytesOf(data.packed)));
})((globalThis.geomap ??= {}));
