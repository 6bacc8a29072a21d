/* Web Mercator: x and y from 0 to 1, from the north-western corner of the world. */
import { EQUATOR_METRES } from "./vocabulary.js";

export function mercator(longitude, latitude) {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, latitude)) * Math.PI) / 180);
  return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** Latitude and longitude of a position, as Leaflet takes them. */
export function latLng(x, y) {
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  return { lat, lng: x * 360 - 180 };
}

/** Units of Mercator for a length on the ground, at the height y on the map. */
export const groundUnits = (metres, y) => (metres * Math.cosh(Math.PI * (1 - 2 * y))) / EQUATOR_METRES;
