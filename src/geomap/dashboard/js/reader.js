/* An article's text with its place names and dates marked; a name is a button.

   Python cuts the text into pieces; each piece is set as text, to the letter. A name whose
   place is in doubt has a class for its looks and a label for screen readers. */
import { make, makeButton } from "../../maps/js/shared/elements.js";

function makePiece({ kind, id, text, note, label }, send) {
  if (!kind) return text;
  const piece = id ? makeButton(kind, () => send(id), text) : make("span", kind, text);
  if (note) piece.title = note;
  if (label) piece.setAttribute("aria-label", label);
  if (id) piece.dataset.toponym = id;
  return piece;
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
