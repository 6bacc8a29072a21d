/* Built by `make js` from these modules of src/geomap; do not edit.
   dashboard/js/counts.js
   maps/js/shared/channel.js
   maps/js/shared/elements.js
   maps/js/shared/vocabulary.js
   maps/js/shared/words.js
   sha256 da6ac0660b8482dc94371d1a289e9071382167e41c6b019a757d585425f29d00 */
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
var COUNTS = [["shown", "", " shown"], ["possible", " + ", " possible"], ["total", " of ", ""], ["outside_dates", " · ", " outside the dates"], ["filtered", " · ", " filtered"], ["unplaced", " · ", " unplaced"], ["undated", " · ", " undated"], ["hidden", " · ", " hidden"]];
var ONLY_IF_ANY = ["hidden"];

// maps/js/shared/words.js
var thousands = (number) => (number ?? 0).toLocaleString("en");
var countWords = (counts) => COUNTS.filter(([name]) => counts[name] || !ONLY_IF_ANY.includes(name)).map(([name, before, after]) => [name, before, thousands(counts[name]) + after]);

// dashboard/js/counts.js
var CountsLine = class {
  #buttons = /* @__PURE__ */ new Map();
  #counts = {};
  #painted = null;
  #name = null;
  #leave;
  constructor(root) {
    this.root = root;
    this.#show();
  }
  update({ counts, listed, channel: name }, report) {
    this.report = report;
    this.#counts = counts;
    if (name !== this.#name) this.#join(name);
    this.#show();
    for (const [word, [, button]] of this.#buttons) button.setAttribute("aria-pressed", String(word === listed));
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
    const parts = countWords({ ...this.#counts, ...this.#painted });
    const names = new Set(parts.map(([name]) => name));
    for (const [name, nodes] of this.#buttons) {
      if (names.has(name)) continue;
      for (const node of nodes) node.remove();
      this.#buttons.delete(name);
    }
    for (const [name, before, words] of parts) {
      if (!this.#buttons.has(name)) this.#add(name, before);
      put(this.#buttons.get(name)[1], words);
    }
  }
  /** Add the number of a count; only the last ones come and go. */
  #add(name, before) {
    const button = makeButton(name, () => this.report(name));
    button.title = "List these events";
    const nodes = [document.createTextNode(before), button];
    this.#buttons.set(name, nodes);
    this.root.append(...nodes);
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
