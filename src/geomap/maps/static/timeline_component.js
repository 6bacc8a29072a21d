/* The time control as a component of the dashboard: one object for each mounted element. */
export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".geomap-timeline");
  root.geomap ??= new globalThis.geomap.Timeline(root, setStateValue);
  root.geomap.update({ ...data, tell: setStateValue });
  return () => {
    root.geomap?.destroy();
    delete root.geomap;
  };
}
