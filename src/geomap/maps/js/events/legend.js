/* The legend: categories with the numbers of the window, classes of density, forms. */
import { make } from "../shared/elements.js";
import { readable, thousands } from "../shared/words.js";
import { classColour, classWords } from "./ramp.js";

const SHAPES = [
  ["exact", "At the place named"],
  ["near", "Near it: the faint disc is how near"],
  ["area", "Somewhere in this hatched area (its circle may be nominal)"],
  ["unknown", "How exact is not stated"],
  ["possible", "Hollow: possible by its date"],
  ["ongoing", "Open ring: goes on"],
  ["crossed", "Slash: planned, prevented or denied"],
  ["number", "Events at one place; colour of most"],
  ["zone", "Zone; its edge may be off"],
  ["road", "Road; dashed where its course is a guess"],
  ["diamond", "Place of the gazetteer"],
];

/** A line of the legend; its mark is a colour or the name of a form. */
function line(mark, text, count) {
  const isColour = mark.startsWith("#");
  const icon = make("i", `geomap-key ${isColour ? "" : mark}`);
  if (isColour) icon.style.background = mark;
  return make("li", "", icon, make("span", "", text), count === undefined ? null : make("b", "", thousands(count)));
}

const note = (text) => line("none", text);

export class Legend extends L.Control {
  #layer;
  #categories = make("ul");
  #classes = make("ul", "geomap-classes");

  constructor(layer) {
    super({ position: "topright" });
    this.#layer = layer;
  }

  onAdd(map) {
    const width = map.getSize().x;
    const lines = SHAPES.map(([mark, text]) => line(mark, text));
    const shapes = make("details", "", make("summary", "", "Shapes"), make("ul", "", lines));
    const parts = [make("summary", "", "Legend"), this.#categories, this.#classes, shapes];
    const box = make("details", "geomap-legend leaflet-bar", parts);
    box.open = width > 560;
    shapes.open = width > 900;
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
    this.#layer.on("rest", this.#fill, this);
    return box;
  }

  onRemove() { this.#layer.off("rest", this.#fill, this); }

  /** Numbers follow when the dates rest, so that dragging them stays smooth. */
  #fill({ categories, classes }) {
    this.#categories.replaceChildren(...(categories ? categoryLines(categories) : []));
    this.#classes.replaceChildren(...(classes ? classLines(classes) : []));
  }
}

function categoryLines({ column, rows, isPartial }) {
  const shown = (name) => (column === "status" ? readable(name) : name);
  const lines = rows.map(({ name, colour, count }) => line(colour, shown(name), count));
  return isPartial ? [note("Of this view:"), ...lines] : lines;
}

function classLines({ isGrid, ends, areas, notHappened, undrawn }) {
  return [
    note(isGrid ? "Events in a square" : "Events in a hexagon; areas apart, with their number"),
    ...classWords(ends).map((words, index) => line(classColour(ends, index), words)),
    areas && note(`${thousands(areas)} known to an area or a road only: move closer to see them`),
    notHappened &&
      note(`${thousands(notHappened)} planned, prevented or denied are apart: a slash where there is nothing else`),
    undrawn && note(`${thousands(undrawn)} more areas than can be drawn: move closer`),
  ].filter(Boolean);
}
