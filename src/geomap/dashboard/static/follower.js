/* Built by `make js` from these modules of src/geomap; do not edit.
   dashboard/js/follower.js
   maps/js/shared/channel.js
   sha256 0526b5665c31ef82efc91c001d8520786df1fd5bbb9af2c00d1c7cf005804ad1 */
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

// dashboard/js/follower.js
var Follower = class {
  #follows;
  #report;
  #name = null;
  #channel;
  #leave;
  #timer;
  /** Apply the data of the server; `report(name, value)` replies. */
  update(follows, report) {
    if (!follows) return;
    const before = this.#follows;
    this.#follows = follows;
    this.#report = report;
    if (this.#name !== follows.channel) this.#join(follows.channel);
    const open = follows.open ?? null;
    if (before && (before.open ?? null) === open) return;
    if (before || open) this.#channel.post({ select: follows.row ?? null });
    if (before) this.#channel.post({ opened: open });
  }
  stop() {
    clearTimeout(this.#timer);
    this.#leave?.();
    this.#name = null;
  }
  #join(name) {
    this.#leave?.();
    this.#name = name;
    this.#channel = channel(name);
    this.#leave = this.#channel.listen((message) => this.#receive(message));
  }
  #receive({ pick, here, place, opened, ready, window, moving }) {
    const open = this.#follows.open ?? null;
    if (typeof pick === "number") this.#report("picked", { row: pick, here, n: Date.now() });
    if (place) this.#report("place", { id: place, n: Date.now() });
    if (opened !== void 0 && opened !== open) this.#report("changed", Date.now());
    if (ready) this.#channel.post({ select: this.#follows.row ?? null });
    if (window && this.#follows.window) this.#followWindow(window, moving);
  }
  /** Wait until the window rests: a list that changes at each step is not readable. */
  #followWindow(days, isMoving) {
    clearTimeout(this.#timer);
    if (isMoving) return;
    this.#timer = setTimeout(() => {
      if (String(days) !== String(this.#follows.days)) this.#report("window", { days, n: Date.now() });
    }, this.#follows.after);
  }
};
function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("span");
  root.follower ??= new Follower();
  root.follower.update(data.follows, setTriggerValue);
  return () => root.follower.stop();
}
export {
  Follower,
  draw as default
};
