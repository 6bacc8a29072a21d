/* The legend: types with the numbers of the window, and what the shapes mean. */
(function (geomap) {
  "use strict";
  const SHAPES = [
    ["exact", "At the place named"],
    ["near", "Near it; the soft circle is how near"],
    ["area", "Somewhere in this area (its circle may be nominal)"],
    ["unknown", "How exact is not stated"],
    ["possible", "Hollow: possible by its date"],
    ["crossed", "Planned, prevented or denied"],
    ["number", "Events at one place; colour of most"],
    ["zone", "Zone; its edge may be off"],
    ["road", "Road; dashed where its course is a guess"],
    ["diamond", "Place of the gazetteer"],
  ];

  function row(list, mark, text, count) {
    const item = document.createElement("li");
    const icon = document.createElement("i");
    icon.className = "geomap-key " + (mark.startsWith("#") ? "" : mark);
    if (mark.startsWith("#")) icon.style.background = mark;
    const words = document.createElement("span");
    words.textContent = text;
    item.append(icon, words);
    if (count !== undefined) {
      const number = document.createElement("b");
      number.textContent = count.toLocaleString("en");
      item.append(number);
    }
    list.append(item);
  }

  /** How many events of each type the window shows or may show. */
  geomap.countTypes = function (data, from, to) {
    const counts = data.header.types.map(() => 0);
    geomap.eachRow(data, from, to, (index) => {
      if (!(data.look[index] & geomap.LOOK.extra)) counts[data.type[index]]++;
    });
    return counts;
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
      const title = L.DomUtil.create("summary", "", box);
      title.textContent = "Legend";
      this._types = L.DomUtil.create("ul", "", box);
      const meaning = L.DomUtil.create("details", "", box);
      meaning.open = map.getSize().x > 900;
      L.DomUtil.create("summary", "", meaning).textContent = "Shapes";
      const shapes = L.DomUtil.create("ul", "", meaning);
      for (const [mark, words] of SHAPES) row(shapes, mark, words);
      L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
      this._layer.on("painted", this._later, this);
      return box;
    },

    onRemove() {
      this._layer.off("painted", this._later, this);
      clearTimeout(this._timer);
    },

    /** The numbers follow a moment later, so that dragging the dates stays smooth. */
    _later() {
      clearTimeout(this._timer);
      this._timer = setTimeout(() => this._fill(), 120);
    },

    _fill() {
      const { data, from, to } = this._layer;
      if (!data) return;
      const counts = geomap.countTypes(data, from, to);
      this._types.replaceChildren();
      data.header.types.forEach((type, index) => {
        if (type.rows) row(this._types, type.colour, type.name, counts[index]);
      });
    },
  });
})((globalThis.geomap ??= {}));
