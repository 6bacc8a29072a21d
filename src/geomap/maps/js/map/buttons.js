/* Buttons on the map: fit to the data, full screen, and those of other tools. */
import { channel } from "../shared/channel.js";
import { make, makeButton, setAttributes } from "../shared/elements.js";
import { stateOf } from "./state.js";

const SVG = "http://www.w3.org/2000/svg";
const FIT = "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7 10a3 3 0 1 0 6 0a3 3 0 1 0-6 0";
const LARGER = "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5";
const SMALLER = "M8 3v5H3M17 8h-5V3M12 17v-5h5M3 12h5v5";

/** A button with an icon and an accessible name: {element, rename(name, path)}. */
export function toolButton(parent, name, path, onClick) {
  const icon = document.createElementNS(SVG, "svg");
  const line = icon.appendChild(document.createElementNS(SVG, "path"));
  const element = makeButton("geomap-tool", onClick, setAttributes(icon, { viewBox: "0 0 20 20", "aria-hidden": true }));
  const rename = (words, d) => {
    setAttributes(element, { "aria-label": words, title: words });
    setAttributes(line, { d });
  };
  rename(name, path);
  parent.append(element);
  return { element, rename };
}

/** Put an element into a corner of the map; clicks on it do not reach the map. */
export function addCorner(map, position, element) {
  const Corner = L.Control.extend({ options: { position }, onAdd: () => element });
  L.DomEvent.disableClickPropagation(element);
  return new Corner().addTo(map);
}

/** A group of buttons under the zoom buttons. */
export function toolBar(map, label) {
  const bar = setAttributes(make("div", "leaflet-bar geomap-tools"), { role: "group", "aria-label": label });
  L.DomEvent.disableScrollPropagation(bar);
  addCorner(map, "topleft", bar);
  return bar;
}

export function addViewButtons(map, channelName) {
  const bar = toolBar(map, "View");
  toolButton(bar, "Fit the map to the data", FIT, () => {
    const { events, firstView } = stateOf(map);
    if (events) channel(channelName).post({ fit: true });
    else map.setView(firstView.center, firstView.zoom);
  });
  addFullScreen(map, bar);
}

/** Full screen where the browser allows it; else as large as the page; in a frame, none. */
function addFullScreen(map, bar) {
  const isAllowed = document.fullscreenEnabled;
  if (!isAllowed && window.self !== window.top) return;
  const container = map.getContainer();
  const isEnlarged = () => container.classList.contains("geomap-large");
  const { rename } = toolButton(bar, "Full screen", LARGER, () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (isAllowed) container.requestFullscreen().catch(() => enlarge());
    else enlarge();
  });
  function enlarge() {
    container.classList.toggle("geomap-large");
    follow();
  }
  function follow() {
    const isLarge = document.fullscreenElement || isEnlarged();
    rename(isLarge ? "Leave full screen" : "Full screen", isLarge ? SMALLER : LARGER);
    map.invalidateSize();
  }
  document.addEventListener("fullscreenchange", follow);
  container.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !stateOf(map).isDrawing && isEnlarged()) enlarge();
  });
}
