/* What every map of geomap has: first view, scale, credits, background, and its settings.

   The world is drawn once, not repeated past 180 degrees: an event is then at one place on
   the screen, and what is in view is what is counted. So the map does not jump between
   copies of the world either, and cannot be moved far beyond its edges. */
(function (geomap) {
  "use strict";
  const EDGES = [[-87, -200], [87, 200]];
  const SMALL = 560;

  geomap.setUp = function (map, options) {
    map.setMaxBounds(EDGES);
    if (options.bounds) {
      const [west, south, east, north] = options.bounds;
      map.fitBounds([[south, west], [north, east]], { animate: false }); // what follows reads the zoom
    }
    map.geomapFirstView = { center: map.getCenter(), zoom: map.getZoom() };
    const container = map.getContainer();
    container.setAttribute("tabindex", "0");
    container.classList.toggle("geomap-dark", options.theme === "dark");
    const fold = () => container.classList.toggle("geomap-small", map.getSize().x < SMALL);
    map.on("resize", fold);
    fold();
    map.geomapFurniture = {
      graticule: Boolean(options.graticule),
      boundaries: options.boundaries ?? "disputed dashed",
      tiles: null,
      names: "source",
    };
    credits(map, options);
    const scale = L.control.scale({ imperial: false, maxWidth: 110 }).addTo(map);
    scale.getContainer().title = "Scale, true along the middle of the map";
    if (options.basemap) geomap.basemap(options.basemap, { theme: options.theme }).addTo(map);
    geomap.tools(map, options);
    if (options.area) geomap.drawArea(map, options);
    listen(map, options);
    return map;
  };

  function listen(map, options) {
    const furnish = geomap.furnisher(map, options);
    furnish({});
    const stop = geomap.channel(options.channel ?? "page").listen((message) => {
      if (message.furniture) furnish(message.furniture);
    });
    map.on("unload", stop);
  }

  /** What takes settings, of which each may be missing, and draws what they changed. */
  geomap.furnisher = function (map, options) {
    const graticule = new geomap.Graticule({ colours: geomap.coloursOf(options.theme) });
    let tiles = null;
    function showTiles(name) {
      const server = (options.tileServers ?? {})[name];
      if (tiles) tiles.remove();
      tiles = server ? L.tileLayer(server.url, {
        attribution: escaped(server.attribution), maxZoom: 19, noWrap: true,
      }).addTo(map) : null;
      return server ? name : null;
    }
    return function (changes) {
      const held = map.geomapFurniture;
      const before = held.tiles;
      for (const key of Object.keys(held)) if (changes[key] !== undefined) held[key] = changes[key];
      if (held.tiles !== before) held.tiles = showTiles(held.tiles);
      if (held.graticule !== map.hasLayer(graticule)) {
        if (held.graticule) graticule.addTo(map);
        else graticule.remove();
      }
      map.fire("geomap:furniture");
    };
  };

  /** Credits and disclaimer in the corner; on a small map folded into a button. */
  function credits(map, options) {
    const control = map.attributionControl;
    control.setPrefix(false);
    const lines = [options.disclaimer, options.credits].filter(Boolean).map(escaped);
    control.addAttribution(lines.map((line) => `<span class="geomap-credit">${line}</span>`).join(""));
    const text = control.getContainer();
    text.id = "geomap-credits-" + L.stamp(map);
    const Button = L.Control.extend({
      options: { position: "bottomright" },
      onAdd() {
        const button = L.DomUtil.create("button", "geomap-credits-button");
        button.type = "button";
        button.textContent = "Boundaries are no endorsement · i";
        button.setAttribute("aria-label", "Credits and disclaimer: boundaries are no endorsement");
        button.setAttribute("aria-controls", text.id);
        button.setAttribute("aria-expanded", "false");
        L.DomEvent.disableClickPropagation(button);
        L.DomEvent.on(button, "click", () => {
          const isOpen = button.getAttribute("aria-expanded") !== "true";
          button.setAttribute("aria-expanded", String(isOpen));
          text.classList.toggle("geomap-open", isOpen);
        });
        return button;
      },
    });
    new Button().addTo(map);
  }

  function escaped(text) {
    const holder = document.createElement("span");
    holder.textContent = text;
    return holder.innerHTML;
  }
})((globalThis.geomap ??= {}));
