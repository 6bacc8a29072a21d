/* Elements of the page. Text is shown literally, never as HTML. */

/** A new element with text and other elements in it; what is null or undefined is left out. */
export function make(tag, className = "", ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content.flat().filter((part) => part !== null && part !== undefined));
  return element;
}

export function makeButton(className, onClick, ...content) {
  const button = make("button", className, ...content);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
}

export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Change the text of an element where it differs. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
