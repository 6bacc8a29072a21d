/* Built by `make js` from these modules of src/geomap; do not edit.
   dashboard/js/counts.js
   maps/js/shared/channel.js
   maps/js/shared/elements.js
   maps/js/shared/vocabulary.js
   maps/js/shared/words.js
   sha256 af87ac5b5d371ab2c39b9111b45d8e986c9257d22ab889fe7d76fa3c58b29df9 */
// maps/js/shared/channel.js
var REMEMBERED = ["header", "histogram", "facets", "painted"];
var channels = /* @__PURE__ */ new Map();
function channel(name) {
  if (!channels.has(name)) channels.set(name, new Channel(name));
  return channels.get(name);
}
var Channel = class {
  #listeners = new EventTarget();
  #others;
  /** The latest message of each kind about the map's data, for a control that joins later. */
  latest = {};
  constructor(name) {
    this.#others = new BroadcastChannel("geomap:" + name);
    this.#others.addEventListener("message", ({ data }) => this.#receive(data));
    this.#others.postMessage({ joined: true });
  }
  /** Send a message to all listeners, in this frame and others. */
  post(message) {
    this.#others.postMessage(message);
    this.#receive(message);
  }
  /** Send the latest of the map's data once more: a script that joined came after it. */
  repeat() {
    this.#others.postMessage(this.latest);
  }
  /** Call `handler` with each message; returns how to stop it. */
  listen(handler) {
    const listener = ({ detail }) => handler(detail);
    this.#listeners.addEventListener("message", listener);
    return () => this.#listeners.removeEventListener("message", listener);
  }
  #receive(message) {
    if (!message) return;
    for (const part of REMEMBERED) if (message[part]) this.latest[part] = message[part];
    this.#listeners.dispatchEvent(new CustomEvent("message", { detail: message }));
  }
};

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
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// maps/js/shared/vocabulary.js
var COUNTS = [["shown", "", " shown"], ["possible", " + ", " possible"], ["total", " of ", ""], ["outside_dates", " · ", " outside the dates"], ["filtered", " · ", " filtered"], ["unplaced", " · ", " unplaced"], ["undated", " · ", " undated"]];

// maps/js/shared/words.js
var thousands = (number) => (number ?? 0).toLocaleString("en");
var countWords = (counts) => COUNTS.map(([name, before, after]) => [name, before, thousands(counts[name]) + after]);

// dashboard/js/counts.js
var CountsLine = class {
  #buttons = /* @__PURE__ */ new Map();
  #counts = {};
  #painted = null;
  #name = null;
  #leave;
  constructor(root) {
    for (const [name, before] of countWords({})) {
      const button = makeButton(name, () => this.report(name));
      button.title = "List these events";
      this.#buttons.set(name, button);
      root.append(before, button);
    }
  }
  update({ counts, listed, channel: name }, report) {
    this.report = report;
    this.#counts = counts;
    for (const [word, button] of this.#buttons) button.setAttribute("aria-pressed", String(word === listed));
    if (name !== this.#name) this.#join(name);
    this.#show();
  }
  #join(name) {
    this.stop();
    this.#name = name;
    const map = name ? channel(name) : null;
    this.#painted = map?.latest.painted;
    this.#leave = map?.listen(({ painted }) => {
      this.#painted = painted ?? this.#painted;
      if (painted) this.#show();
    });
  }
  #show() {
    const counts = { ...this.#counts, ...this.#painted };
    for (const [name, , words] of countWords(counts)) put(this.#buttons.get(name), words);
  }
  stop() {
    this.#leave?.();
    this.#name = null;
  }
};
function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".counts");
  root.geomap ??= new CountsLine(root);
  root.geomap.update(data, (name) => setTriggerValue("listed", name));
  return () => root.geomap.stop();
}
export {
  draw as default
};
