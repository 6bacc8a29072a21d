/* The map of a page that folium makes: what its script calls. */
export { EventLayer } from "../events/layer.js";
export { PlaceLayer } from "./places.js";
export { setUp } from "./setup.js";
