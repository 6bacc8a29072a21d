/* Built by `make js` from these modules of src/geomap; do not edit.
   dashboard/js/follower.js
   dashboard/js/panel.js
   maps/js/shared/channel.js
   maps/js/shared/elements.js
   sha256 031f7b3a09e451c2c5de258f0531becd542b18b5da28886fad6ee307f0211bc5 */
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
function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

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

// dashboard/js/panel.js
var TAGS = { text: "p", quiet: "p", heading: "h3", title: "h2" };
function safeAddress(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
function makeDot(colour) {
  if (!/^#[0-9a-f]{6}$/i.test(colour ?? "")) return null;
  const dot = make("i");
  dot.style.background = colour;
  return dot;
}
async function copy(field, button) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Press Ctrl+C";
  }
}
var MAKERS = {
  facts({ rows }) {
    return make("dl", "", rows.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)]));
  },
  badges({ items }) {
    const badges = items.map(
      ({ strong, colour, text }) => make("span", `badge ${strong ? "strong" : ""}`, makeDot(colour), text)
    );
    return make("div", "badges", badges);
  },
  quote({ before, mark, after, source }) {
    return make("blockquote", "", before, make("mark", "", mark), after, source && make("footer", "", source));
  },
  link({ url, text }) {
    const href = safeAddress(url);
    if (!href) return make("p", "quiet", url);
    const link = make("a", "", text);
    return make("p", "", Object.assign(link, { href, target: "_blank", rel: "noopener noreferrer nofollow" }));
  },
  list({ items }, send) {
    const entries = items.map(({ text, action, current, note }) => {
      const body = action ? makeButton("", () => send(action), text) : make("div", "", text);
      if (current) body.setAttribute("aria-current", "true");
      if (note) body.append(make("small", "", note));
      return make("li", "", body);
    });
    return make("ul", "", entries);
  },
  actions({ items }, send) {
    return make("div", "actions", items.map(({ label, action }) => makeButton("", () => send(action), label)));
  },
  copy({ text, label }) {
    const field = Object.assign(make("input"), { type: "text", readOnly: true, value: text });
    field.setAttribute("aria-label", label);
    field.addEventListener("focus", () => field.select());
    return make("div", "copy", field, makeButton("", ({ target }) => copy(field, target), "Copy link"));
  },
  image({ src, alt }) {
    const image = Object.assign(make("img"), { alt });
    if (src.startsWith("data:image/png;base64,")) image.src = src;
    return image;
  },
  notice({ tone, text }) {
    const role = tone === "problem" ? "alert" : "status";
    return setAttributes(make("div", `notice ${["problem", "good"].includes(tone) ? tone : ""}`, text), { role });
  }
};
function makeBlock(block, send) {
  const { kind, text } = block;
  return MAKERS[kind]?.(block, send) ?? make(TAGS[kind] ?? "p", kind === "quiet" ? "quiet" : "", text);
}
function comeIntoView(root) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  root.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}
function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".gm");
  root.follower ??= new Follower();
  root.follower.update(data.follows, setTriggerValue);
  root.send = (action) => setTriggerValue("action", action);
  root.className = `gm ${data.framed ? "framed" : ""}`;
  if (data.label) setAttributes(root, { role: "region", "aria-label": data.label });
  if (data.answers) setAttributes(root, { "aria-live": "polite", tabindex: 0 });
  const words = JSON.stringify(data.blocks);
  if (words !== root.words) {
    root.words = words;
    root.scrollTop = 0;
    root.replaceChildren(...data.blocks.map((block) => makeBlock(block, (action) => root.send(action))));
    if (data.answers) comeIntoView(root);
  }
  return () => root.follower.stop();
}
export {
  draw as default
};
