/* What every map of geomap has: its first view, scale, credits and background. */
(function (geomap) {
  "use strict";

  geomap.setUp = function (map, options) {
    if (options.bounds) {
      const [west, south, east, north] = options.bounds;
      map.fitBounds([[south, west], [north, east]]);
    }
    map.attributionControl.setPrefix(false);
    const lines = [options.credits, options.disclaimer].filter(Boolean);
    for (const line of lines) map.attributionControl.addAttribution(escaped(line));
    L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);
    if (options.basemap) geomap.basemap(options.basemap, { theme: options.theme }).addTo(map);
    map.getContainer().setAttribute("tabindex", "0");
    return map;
  };

  function escaped(text) {
    const holder = document.createElement("span");
    holder.textContent = text;
    return holder.innerHTML;
  }
})((globalThis.geomap ??= {}));
