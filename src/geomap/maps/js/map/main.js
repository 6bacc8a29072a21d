/* Functions that the script of a folium page calls. */
export { EventLayer } from "../events/layer.js";
export { PlaceLayer } from "./places.js";
export { setUp } from "./setup.js";
