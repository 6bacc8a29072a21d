/* Built by `make js` from these modules of src/geomap; do not edit.
   dashboard/js/reader.js
   maps/js/shared/elements.js
   sha256 f8baf40c3b5ddcfb2bdb1410814c8e9b50ce21b865d7e1739eee464aa274ad7c */
// maps/js/shared/elements.js
function make(tag, className = "", ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content.flat().filter((part) => part !== null && part !== void 0));
  return element;
}
function makeButton(className, onClick, ...content) {
  const button = make("button", className, ...content);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
}

// dashboard/js/reader.js
function makePiece({ kind, id, text, note, label }, send) {
  if (!kind) return text;
  const piece = id ? makeButton(kind, () => send(id), text) : make("span", kind, text);
  if (note) piece.title = note;
  if (label) piece.setAttribute("aria-label", label);
  if (id) piece.dataset.toponym = id;
  return piece;
}
function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".reader");
  root.lang = data.lang ?? "";
  root.send = (id) => setTriggerValue("toponym", id);
  const words = JSON.stringify(data.pieces);
  if (words !== root.words) {
    root.words = words;
    root.replaceChildren(...data.pieces.map((piece) => makePiece(piece, (id) => root.send(id))));
  }
  for (const button of root.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.toponym === data.chosen));
  }
}
export {
  draw as default
};
