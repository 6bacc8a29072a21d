/* Buttons on the map: fit to the data, full screen, and those of other tools. */
(function (geomap) {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const FIT = "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7 10a3 3 0 1 0 6 0a3 3 0 1 0-6 0";
  const LARGER = "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5";
  const SMALLER = "M8 3v5H3M17 8h-5V3M12 17v-5h5M3 12h5v5";

  /** A button with a drawn sign and a name that is read out. */
  geomap.toolButton = function (parent, name, path, onClick) {
    const button = L.DomUtil.create("button", "geomap-tool", parent);
    button.type = "button";
    const icon = document.createElementNS(SVG, "svg");
    icon.setAttribute("viewBox", "0 0 20 20");
    icon.setAttribute("aria-hidden", "true");
    const line = icon.appendChild(document.createElementNS(SVG, "path"));
    button.append(icon);
    button.rename = (words, drawing) => {
      button.setAttribute("aria-label", words);
      button.title = words;
      line.setAttribute("d", drawing);
    };
    button.rename(name, path);
    L.DomEvent.on(button, "click", (event) => onClick(event, button));
    return button;
  };

  /** A group of buttons under the zoom buttons. */
  geomap.toolBar = function (map, label, fill) {
    const Bar = L.Control.extend({
      options: { position: "topleft" },
      onAdd() {
        const bar = L.DomUtil.create("div", "leaflet-bar geomap-tools");
        bar.setAttribute("role", "group");
        bar.setAttribute("aria-label", label);
        L.DomEvent.disableClickPropagation(bar).disableScrollPropagation(bar);
        fill(bar);
        return bar;
      },
    });
    return new Bar().addTo(map);
  };

  geomap.tools = function (map, options) {
    geomap.toolBar(map, "View", (bar) => {
      geomap.toolButton(bar, "Fit the map to the data", FIT, () => fit(map, options));
      fullScreen(map, bar);
    });
  };

  function fit(map, options) {
    if (map.geomapEvents) {
      geomap.channel(options.channel ?? "page").post({ fit: true }, { here: true });
      return;
    }
    map.setView(map.geomapFirstView.center, map.geomapFirstView.zoom);
  }

  /** Full screen where the browser allows it; else as large as the page; in a frame, none. */
  function fullScreen(map, bar) {
    const isAllowed = document.fullscreenEnabled;
    if (!isAllowed && window.self !== window.top) return;
    const container = map.getContainer();
    const isLarge = () => Boolean(document.fullscreenElement) || container.classList.contains("geomap-large");
    const button = geomap.toolButton(bar, "Full screen", LARGER, () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (isAllowed) container.requestFullscreen().catch(() => enlarge());
      else enlarge();
    });
    function enlarge() {
      container.classList.toggle("geomap-large");
      follow();
    }
    function follow() {
      button.rename(isLarge() ? "Leave full screen" : "Full screen", isLarge() ? SMALLER : LARGER);
      map.invalidateSize();
    }
    document.addEventListener("fullscreenchange", follow);
    container.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !map.geomapDrawing && container.classList.contains("geomap-large")) enlarge();
    });
  }
})((globalThis.geomap ??= {}));
