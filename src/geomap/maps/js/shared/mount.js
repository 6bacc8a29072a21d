/* A control as a component of Streamlit. */

/** A component that has one object of a class `Control` for each mounted element. */
export function mount(selector, Control) {
  return ({ data, parentElement, setStateValue }) => {
    const root = parentElement.querySelector(selector);
    root.geomap ??= new Control(root, setStateValue);
    root.geomap.update({ ...data, send: setStateValue });
    return () => {
      root.geomap?.destroy();
      delete root.geomap;
    };
  };
}
