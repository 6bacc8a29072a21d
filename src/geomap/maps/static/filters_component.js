/* The filters as a component of the dashboard: one object for each mounted element. */
export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".geomap-filters");
  root.geomap ??= new globalThis.geomap.Filters(root, setStateValue);
  root.geomap.update({ ...data, tell: setStateValue });
  return () => {
    root.geomap?.destroy();
    delete root.geomap;
  };
}
