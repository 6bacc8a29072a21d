/* What a saved map says of an event or a place. Every word is set as text. */
(function (geomap) {
  "use strict";
  const MOST_CARDS = 25;
  const FACTS = [
    ["date", "Date"],
    ["event_type", "Type"],
    ["sub_event_type", "Kind"],
    ["status", "Status"],
    ["place_name", "Place"],
    ["geo_precision", "Place known"],
    ["actor1", "Actor"],
    ["actor2", "Other actor"],
    ["fatalities", "Deaths"],
    ["source", "Source"],
    ["source_url", "Link"],
    ["origin", "From"],
  ];

  function make(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }

  function link(address) {
    const cell = document.createElement("dd");
    if (!/^https?:\/\//i.test(address)) {
      cell.textContent = address;
      return cell;
    }
    const anchor = make("a", address);
    anchor.href = address;
    anchor.rel = "noopener noreferrer nofollow";
    cell.append(anchor);
    return cell;
  }

  geomap.eventTitle = (event) => event.title ?? event.sub_event_type ?? event.event_type ?? "Event";

  function eventCard(event) {
    const facts = document.createElement("dl");
    for (const [name, label] of FACTS) {
      if (event[name] === undefined) continue;
      const value = name === "source_url" ? link(event[name]) : make("dd", event[name].replaceAll("_", " "));
      facts.append(make("dt", label), value);
    }
    const notes = [event.notes, event.withheld].filter(Boolean).map((text) => make("p", text));
    return [make("h2", geomap.eventTitle(event)), facts, ...notes];
  }

  geomap.showEvents = function (card, events) {
    const shown = events.slice(0, MOST_CARDS);
    const head = events.length > 1 ? [make("p", `${events.length.toLocaleString("en")} events here`)] : [];
    const more = events.length - shown.length;
    const rest = more > 0 ? [make("p", `${more.toLocaleString("en")} more: they are in the table.`)] : [];
    card.replaceChildren(...head, ...shown.flatMap(eventCard), ...rest);
    card.scrollTop = 0;
  };

  geomap.showPlace = function (card, versions) {
    card.replaceChildren(...versions.flatMap((place) => [make("h2", place.name), make("p", place.note ?? "")]));
  };
})((globalThis.geomap ??= {}));
