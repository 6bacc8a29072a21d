/* Parts of every map of geomap: first view, scale, credits, background, and its settings.

   The world is drawn once, not repeated past 180 degrees: an event is then at one place on
   the screen, and what is in view is what is counted. So the map does not jump between
   copies of the world either, and cannot be moved far beyond its edges. */
import { channel } from "../shared/channel.js";
import { make, makeButton, setAttributes } from "../shared/elements.js";
import { BOUNDARIES, SOURCE_NAMES } from "../shared/vocabulary.js";
import { AreaTool } from "./area.js";
import { basemap, coloursOf } from "./basemap.js";
import { addCorner, addViewButtons } from "./buttons.js";
import { Graticule } from "./graticule.js";
import { stateOf } from "./state.js";

const EDGES = [[-87, -200], [87, 200]];
const SMALL = 560;

/** Set up a Leaflet map; `options` are those of `geomap.maps.map_layers.base_map`. */
export function setUp(map, options) {
  const { bounds, theme, channel: channelName = "page" } = options;
  map.setMaxBounds(EDGES);
  if (bounds) {
    const [west, south, east, north] = bounds;
    map.fitBounds([[south, west], [north, east]], { animate: false }); // what follows reads the zoom
  }
  const state = stateOf(map);
  state.firstView = { center: map.getCenter(), zoom: map.getZoom() };
  state.furniture = { graticule: false, boundaries: BOUNDARIES.dashed, tiles: null, names: SOURCE_NAMES };
  const container = map.getContainer();
  container.setAttribute("tabindex", "0");
  container.classList.toggle("geomap-dark", theme === "dark");
  const fold = () => container.classList.toggle("geomap-small", map.getSize().x < SMALL);
  map.on("resize", fold);
  fold();
  addCredits(map, options);
  const scale = L.control.scale({ imperial: false, maxWidth: 110 }).addTo(map);
  scale.getContainer().title = "Scale, true along the middle of the map";
  if (options.basemap) basemap(options.basemap, theme).addTo(map);
  addViewButtons(map, channelName);
  if (options.area) new AreaTool(map, channelName);
  followSettings(map, options, channelName);
  return map;
}

/** Draw graticule, boundaries, tiles and names by the settings sent over the channel. */
function followSettings(map, { theme, tileServers }, channelName) {
  const { furniture } = stateOf(map);
  const graticule = new Graticule(coloursOf(theme));
  let tiles = null;

  function showTiles(name) {
    const server = tileServers?.[name];
    const attribution = server && escaped(server.attribution);
    tiles?.remove();
    tiles = server ? L.tileLayer(server.url, { attribution, maxZoom: 19, noWrap: true }).addTo(map) : null;
    return server ? name : null;
  }

  function furnish(changes) {
    const before = furniture.tiles;
    for (const key of Object.keys(furniture)) if (changes[key] !== undefined) furniture[key] = changes[key];
    if (furniture.tiles !== before) furniture.tiles = showTiles(furniture.tiles);
    if (furniture.graticule) graticule.addTo(map);
    else graticule.remove();
    map.fire("geomap:furniture");
  }

  furnish({});
  const stop = channel(channelName).listen((message) => message.furniture && furnish(message.furniture));
  map.on("unload", stop);
}

/** Credits and disclaimer in the corner; on a small map folded into a button. */
function addCredits(map, { disclaimer, credits }) {
  const control = map.attributionControl;
  control.setPrefix(false);
  const lines = [disclaimer, credits].filter(Boolean).map(escaped);
  control.addAttribution(lines.map((line) => `<span class="geomap-credit">${line}</span>`).join(""));
  const text = control.getContainer();
  text.id = "geomap-credits-" + L.stamp(map);
  const button = makeButton("geomap-credits-button", unfold, "Boundaries are no endorsement · i");
  const label = "Credits and disclaimer: boundaries are no endorsement";
  setAttributes(button, { "aria-label": label, "aria-controls": text.id, "aria-expanded": false });
  function unfold() {
    button.setAttribute("aria-expanded", text.classList.toggle("geomap-open"));
  }
  addCorner(map, "bottomright", button);
}

/** Text escaped as HTML. */
const escaped = (words) => make("span", "", words).innerHTML;
