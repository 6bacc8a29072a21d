/* Cards of events and places in a saved map. All text is set as text nodes. */
import { make } from "../shared/elements.js";
import { readable, thousands } from "../shared/words.js";

const MOST_CARDS = 25;
const FACTS = {
  date: "Date",
  event_type: "Type",
  sub_event_type: "Kind",
  status: "Status",
  place_name: "Place",
  geo_precision: "Place known",
  actor1: "Actor",
  actor2: "Other actor",
  fatalities: "Deaths",
  source: "Source",
  source_url: "Link",
  origin: "From",
};

const paragraph = (text) => make("p", "", text);

/** An address as a link, where it is one of the web. */
function addressCell(address) {
  if (!/^https?:\/\//i.test(address)) return make("dd", "", address);
  return make("dd", "", Object.assign(make("a", "", address), { href: address, rel: "noopener noreferrer nofollow" }));
}

export const eventTitle = (event) => event.title ?? event.sub_event_type ?? event.event_type ?? "Event";

function eventCard(event) {
  const known = Object.entries(FACTS).filter(([name]) => event[name] !== undefined);
  const facts = known.flatMap(([name, label]) => {
    const value = event[name];
    return [make("dt", "", label), name === "source_url" ? addressCell(value) : make("dd", "", readable(value))];
  });
  const notes = [event.notes, event.withheld].filter(Boolean);
  return [make("h2", "", eventTitle(event)), make("dl", "", facts), ...notes.map(paragraph)];
}

export function showEvents(card, events) {
  const shown = events.slice(0, MOST_CARDS);
  const more = events.length - shown.length;
  card.replaceChildren(
    ...(events.length > 1 ? [paragraph(`${thousands(events.length)} events here`)] : []),
    ...shown.flatMap(eventCard),
    ...(more > 0 ? [paragraph(`${thousands(more)} more: they are in the table.`)] : []),
  );
  card.scrollTop = 0;
}

export function showPlace(card, versions) {
  card.replaceChildren(...versions.flatMap(({ name, note }) => [make("h2", "", name), paragraph(note ?? "")]));
}
