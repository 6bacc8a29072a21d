/* An article's text with its place names and dates marked; a name is a button.

   Python cuts the text into pieces; each piece is set with textContent, to the letter. */

function makePiece(piece, chosen, send) {
  if (!piece.kind) return piece.text;
  const isPlace = piece.kind === "place" || piece.kind === "unplaced";
  const element = document.createElement(isPlace ? "button" : "span");
  element.className = piece.kind;
  element.textContent = piece.text;
  if (piece.note) element.title = piece.note;
  if (isPlace) {
    element.type = "button";
    element.setAttribute("aria-pressed", String(piece.id === chosen));
    element.addEventListener("click", () => send(piece.id));
  }
  return element;
}

export default function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".reader");
  root.lang = data.lang ?? "";
  root.replaceChildren(
    ...data.pieces.map((piece) =>
      makePiece(piece, data.chosen, (id) => setTriggerValue("toponym", id)),
    ),
  );
}
