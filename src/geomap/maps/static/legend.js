/* The legend: categories with the numbers of the window, classes of density, forms. */
(function (geomap) {
  "use strict";
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
  const number = (value) => value.toLocaleString("en");

  function row(list, mark, text, count) {
    const item = document.createElement("li");
    const icon = document.createElement("i");
    icon.className = "geomap-key " + (mark.startsWith("#") ? "" : mark);
    if (mark.startsWith("#")) icon.style.background = mark;
    const words = document.createElement("span");
    words.textContent = text;
    item.append(icon, words);
    if (count !== undefined) {
      const figure = document.createElement("b");
      figure.textContent = number(count);
      item.append(figure);
    }
    list.append(item);
  }

  /** The classes of a density in words: "1", "2 to 4", "5 or more". */
  geomap.classWords = function (ends) {
    return ends.map((low, index) => {
      const next = ends[index + 1];
      if (next === undefined) return `${number(low)} or more`;
      return next - 1 === low ? number(low) : `${number(low)} to ${number(next - 1)}`;
    });
  };

  geomap.Legend = L.Control.extend({
    options: { position: "topright" },

    initialize(layer, options) {
      L.setOptions(this, options);
      this._layer = layer;
    },

    onAdd(map) {
      const box = (this._box = L.DomUtil.create("details", "geomap-legend leaflet-bar"));
      box.open = map.getSize().x > 560;
      L.DomUtil.create("summary", "", box).textContent = "Legend";
      this._types = L.DomUtil.create("ul", "", box);
      this._classes = L.DomUtil.create("ul", "geomap-classes", box);
      const meaning = L.DomUtil.create("details", "", box);
      meaning.open = map.getSize().x > 900;
      L.DomUtil.create("summary", "", meaning).textContent = "Shapes";
      const shapes = L.DomUtil.create("ul", "", meaning);
      for (const [mark, words] of SHAPES) row(shapes, mark, words);
      L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
      this._layer.on("rest", this._fill, this);
      return box;
    },

    onRemove() {
      this._layer.off("rest", this._fill, this);
    },

    /** Numbers follow when the dates rest, so that dragging them stays smooth. */
    _fill({ legend }) {
      this._types.replaceChildren();
      if (legend) this._categories(legend);
      this._density();
    },

    _categories(counts) {
      const { data, column } = this._layer;
      const { series, of } = data.categories(column);
      const sums = series.map(() => 0);
      counts.forEach((count, code) => (sums[of[code]] += count));
      if (data.header.partial) row(this._types, "none", "Of this view:");
      series.forEach(({ name, colour }, index) => row(this._types, colour, plain(column, name), sums[index]));
    },

    _density() {
      const { mode, grid } = this._layer;
      this._classes.replaceChildren();
      const ends = mode === "grid" ? grid.ends : mode === "hexagons" ? this._layer._cells.ends : null;
      if (!ends) return;
      row(this._classes, "none", mode === "grid" ? "Events in a square" : "Events in a hexagon; areas apart, with their number");
      geomap.classWords(ends).forEach((words, index) => {
        row(this._classes, geomap.RAMP[geomap.rampAt(index, ends.length)], words);
      });
      if (mode === "grid" && grid.areas) {
        row(this._classes, "none", `${number(grid.areas)} known to an area or a road only: move closer to see them`);
      }
      const not = mode === "grid" ? grid.notHappened : this._layer._cells.notHappened;
      if (not) row(this._classes, "none", `${number(not)} planned, prevented or denied are apart: a slash where there is nothing else`);
      const undrawn = mode === "hexagons" ? this._layer._cells.undrawn : 0;
      if (undrawn) row(this._classes, "none", `${number(undrawn)} more areas than can be drawn: move closer`);
    },
  });

  function plain(column, name) {
    return column === "status" ? name.replaceAll("_", " ") : name;
  }
})((globalThis.geomap ??= {}));
