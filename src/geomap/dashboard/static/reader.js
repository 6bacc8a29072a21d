/* An article's text with its place names and dates marked; a name is a button.

   Python cuts the text into pieces; each piece is set with textContent, to the letter. A
   name whose place is in doubt has a class for its looks and a label for screen readers. */

function makePiece(piece, send) {
  if (!piece.kind) return piece.text;
  const element = document.createElement(piece.id ? "button" : "span");
  element.className = piece.kind;
  element.textContent = piece.text;
  if (piece.note) element.title = piece.note;
  if (piece.label) element.setAttribute("aria-label", piece.label);
  if (piece.id) {
    element.type = "button";
    element.dataset.toponym = piece.id;
    element.addEventListener("click", () => send(piece.id));
  }
  return element;
}

export default function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".reader");
  root.lang = data.lang ?? "";
  root.send = (id) => setTriggerValue("toponym", id);
  const words = JSON.stringify(data.pieces);
  if (words !== root.words) {
    // Only then: a button that is drawn anew would lose the keyboard's focus.
    root.words = words;
    root.replaceChildren(...data.pieces.map((piece) => makePiece(piece, (id) => root.send(id))));
  }
  for (const button of root.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.toponym === data.chosen));
  }
}
