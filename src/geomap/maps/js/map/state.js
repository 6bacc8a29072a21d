/* State shared by the parts of one map. */
const states = new WeakMap();

/**
 * The state of a Leaflet map: its layer of events, the names of places that are shown, what is
 * drawn around the events (`furniture`), where it began, and whether an area is being drawn.
 * After a change the map fires "geomap:furniture" or "geomap:names".
 */
export function stateOf(map) {
  if (!states.has(map)) {
    states.set(map, { events: null, placeNames: [], furniture: {}, firstView: null, isDrawing: false });
  }
  return states.get(map);
}
