/* Roads, zones and points of the gazetteer. A click or Enter posts the place to the channel.

   The layer fetches every dated version once and hides those that hold on no day of the
   window: while dates are played nothing is built anew. */
import { channel } from "../shared/channel.js";
import { daysOf } from "../shared/days.js";
import { make, setAttributes } from "../shared/elements.js";
import { fetched } from "../shared/fetched.js";
import { FORMS, SOURCE_NAMES } from "../shared/vocabulary.js";
import { addCorner } from "./buttons.js";
import { stateOf } from "./state.js";

const STYLES = {
  line: { color: "#5a4a3f", weight: 3, opacity: 0.85 },
  area: { color: "#5a4a3f", weight: 1.5, fillColor: "#c9a66b", fillOpacity: 0.16, dashArray: "6 5" },
};

function addPanes(map) {
  if (map.getPane("geomap-places")) return;
  map.createPane("geomap-places").style.zIndex = 410;
  map.createPane("geomap-marks").style.zIndex = 440;
}

function pointLayer({ at, town, unsure }) {
  const html = make("span", unsure ? "geomap-unsure" : town ? "geomap-town" : "geomap-diamond");
  const icon = L.divIcon({ html, className: "geomap-mark", iconSize: [16, 16] });
  return L.marker([at[1], at[0]], { icon, pane: "geomap-marks", keyboard: true });
}

function layerOf(place) {
  if (place.form === FORMS.point) return pointLayer(place);
  const className = `geomap-place-${place.form}`;
  const style = { ...STYLES[place.form], pane: "geomap-places", className };
  if (place.approximate || place.unsure) style.dashArray = "3 7";
  if (place.unsure) style.opacity = 0.6;
  const latLngs = place.parts.map((part) => part.map(([x, y]) => [y, x]));
  return place.form === FORMS.area ? L.polygon(latLngs, style) : L.polyline(latLngs, style);
}

export class PlaceLayer extends L.LayerGroup {
  #versions = []; // {place, from, to, isShown, layer}
  #isLoaded = false;
  #window = [null, null];
  #source; #channel; #policy; #stop; #complaint;

  /** `source`: records of `geomap.maps.place_layer.place_records`, or the address of them as JSON. */
  constructor(source, options) {
    super([], options);
    this.#source = source;
    this.#channel = channel(options.channel);
  }

  onAdd(map) {
    addPanes(map);
    super.onAdd(map);
    this.#stop = this.#channel.listen((message) => message.window && this.#follow(message.window));
    map.on("geomap:furniture", this.#rename, this);
    this.#rename();
    if (this.#isLoaded) this.#follow(this.#window, true);
    else if (Array.isArray(this.#source)) this.#take(this.#source);
    else this.#load(map);
  }

  onRemove(map) {
    this.#stop();
    this.#complaint?.remove();
    map.off("geomap:furniture", this.#rename, this);
    stateOf(map).placeNames = [];
    map.fire("geomap:names");
    super.onRemove(map);
  }

  async #load(map) {
    try {
      const places = await (await fetched(this.#source)).json();
      if (this._map === map) this.#take(places);
    } catch (error) {
      console.warn("geomap: the places could not be loaded:", error.message);
      if (this._map === map) this.#complain(map);
    }
  }

  #take(places) {
    if (this.#isLoaded) return; // taken off the map and put back meanwhile
    this.#isLoaded = true;
    this.#versions = places.map((place) => {
      const [from, to] = daysOf([place.from, place.to]);
      return { place, from, to, isShown: true };
    });
    for (const version of this.#versions) this.#add(version, this._map);
    this.#follow(this.#window, true);
    performance.mark("geomap:places");
  }

  #complain(map) {
    const words = "The places could not be loaded. Reload the page to try again.";
    const note = setAttributes(make("div", "geomap-complaint", words), { role: "alert" });
    this.#complaint = addCorner(map, "topright", note);
  }

  /** Show the versions that are valid on some day of a window of ISO dates, both included. */
  #follow(window, isNew = false) {
    this.#window = window;
    const [from, to] = daysOf(window);
    const changed = this.#versions.filter((one) => one.isShown !== (one.from <= to && one.to >= from));
    for (const version of changed) {
      version.isShown = !version.isShown;
      display(version);
    }
    if (changed.length || isNew) this.#postNames();
  }

  #nameOf(place) { return place.names?.[this.#policy] ?? place.name; }

  #wordsOf(place) {
    return place.note ? `${this.#nameOf(place)} (${place.note})` : this.#nameOf(place);
  }

  /** Names follow the chosen policy: on the map, in tooltips, and for screen readers. */
  #rename() {
    const policy = stateOf(this._map).furniture.names ?? SOURCE_NAMES;
    if (policy === this.#policy) return;
    this.#policy = policy;
    for (const { layer, place } of this.#versions) {
      layer.setTooltipContent(make("span", "", this.#wordsOf(place)));
      layer.getElement?.()?.setAttribute("aria-label", this.#wordsOf(place));
    }
    this.#postNames();
  }

  /** Pass the names to the canvas that draws them. */
  #postNames() {
    const names = new Map(); // two versions of one place under one name bear it once
    for (const { place, isShown } of this.#versions) {
      const { id, at, form, town } = place;
      const name = this.#nameOf(place);
      if (isShown) names.set(`${id} ${name}`, { name, at, form, town });
    }
    stateOf(this._map).placeNames = [...names.values()];
    this._map.fire("geomap:names");
  }

  #add(version, map) {
    const { place } = version;
    const isPoint = place.form === FORMS.point;
    const layer = (version.layer = layerOf(place));
    layer.on("click", ({ latlng, containerPoint }) => {
      const { isDrawing, events } = stateOf(map);
      if (isDrawing) return;
      const rows = (containerPoint && events?.rowsAt(containerPoint)) ?? [];
      if (!rows.length) this.#choose(place);
      else if (isPoint) map.fire("click", { latlng, containerPoint }); // an event lies over it
    });
    layer.on("add", () => {
      this.#makeReachable(layer, place);
      display(version);
    });
    const words = make("span", "", this.#wordsOf(place));
    layer.bindTooltip(words, { sticky: !isPoint, className: "geomap-tag" });
    this.addLayer(layer);
  }

  /** Roads and zones take the keyboard's focus as markers do. */
  #makeReachable(layer, place) {
    const element = layer.getElement?.();
    if (!element) return;
    const label = this.#wordsOf(place);
    setAttributes(element, { tabindex: 0, role: "button", "data-place": place.id, "aria-label": label });
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      this.#choose(place);
    });
  }

  #choose(place) { this.#channel.post({ place: place.id }); }
}

function display({ layer, isShown }) {
  const element = layer.getElement?.();
  if (element) element.style.display = isShown ? "" : "none";
  if (!isShown) layer.closeTooltip();
}
