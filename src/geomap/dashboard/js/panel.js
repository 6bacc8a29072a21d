/* Draws a list of blocks (titles, facts, quotes, lists, links, buttons) that Python sends.

   Every word is set as text, so a text that looks like HTML or Markdown stays a text. A link
   is made only of http and https addresses. A button sends its action back. */
import { make, makeButton, setAttributes } from "../../maps/js/shared/elements.js";
import { Follower } from "./follower.js";

const TAGS = { text: "p", quiet: "p", heading: "h3", title: "h2" };

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

const MAKERS = {
  facts({ rows }) {
    return make("dl", "", rows.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)]));
  },
  badges({ items }) {
    const badges = items.map(({ strong, colour, text }) =>
      make("span", `badge ${strong ? "strong" : ""}`, makeDot(colour), text),
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
  },
};

function makeBlock(block, send) {
  const { kind, text } = block;
  return MAKERS[kind]?.(block, send) ?? make(TAGS[kind] ?? "p", kind === "quiet" ? "quiet" : "", text);
}

function comeIntoView(root) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  root.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

export default function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".gm");
  root.follower ??= new Follower();
  root.follower.update(data.follows, setTriggerValue);
  root.send = (action) => setTriggerValue("action", action);
  root.className = `gm ${data.framed ? "framed" : ""}`;
  if (data.label) setAttributes(root, { role: "region", "aria-label": data.label });
  if (data.answers) setAttributes(root, { "aria-live": "polite", tabindex: 0 }); // the keyboard scrolls it
  const words = JSON.stringify(data.blocks);
  if (words !== root.words) {
    root.words = words;
    root.scrollTop = 0;
    root.replaceChildren(...data.blocks.map((block) => makeBlock(block, (action) => root.send(action))));
    if (data.answers) comeIntoView(root);
  }
  return () => root.follower.stop();
}
