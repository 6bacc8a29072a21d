/* Draws a list of blocks (titles, facts, quotes, lists, links, buttons) that Python sends.

   Every word is set with textContent, so a text that looks like HTML or Markdown stays a
   text. A link is made only of http and https addresses. A button sends its action back. */

const TAGS = { text: "p", quiet: "p", heading: "h3", title: "h2" };

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = String(text);
  return element;
}

function safeAddress(address) {
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

function makeButton(label, action, send) {
  const button = make("button", "", label);
  button.type = "button";
  button.addEventListener("click", () => send(action));
  return button;
}

const MAKERS = {
  facts(block) {
    const list = make("dl");
    for (const [name, value] of block.rows) list.append(make("dt", "", name), make("dd", "", value));
    return list;
  },
  badges(block) {
    const row = make("div", "badges");
    for (const item of block.items) {
      const badge = make("span", `badge ${item.strong ? "strong" : ""}`);
      if (/^#[0-9a-f]{6}$/i.test(item.colour ?? "")) {
        const dot = make("i");
        dot.style.background = item.colour;
        badge.append(dot);
      }
      badge.append(item.text);
      row.append(badge);
    }
    return row;
  },
  quote(block) {
    const quote = make("blockquote");
    quote.append(block.before ?? "", make("mark", "", block.mark), block.after ?? "");
    if (block.source) quote.append(make("footer", "", block.source));
    return quote;
  },
  link(block) {
    const address = safeAddress(block.url);
    if (!address) return make("p", "quiet", block.url);
    const link = make("a", "", block.text);
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
    const line = make("p");
    line.append(link);
    return line;
  },
  list(block, send) {
    const list = make("ul");
    for (const item of block.items) {
      const entry = make("li");
      const body = item.action ? makeButton(item.text, item.action, send) : make("div", "", item.text);
      if (item.current) body.setAttribute("aria-current", "true");
      if (item.note) body.append(make("small", "", item.note));
      entry.append(body);
      list.append(entry);
    }
    return list;
  },
  actions(block, send) {
    const row = make("div", "actions");
    for (const item of block.items) row.append(makeButton(item.label, item.action, send));
    return row;
  },
  copy(block) {
    const row = make("div", "copy");
    const field = make("input");
    Object.assign(field, { type: "text", readOnly: true, value: block.text });
    field.setAttribute("aria-label", block.label);
    field.addEventListener("focus", () => field.select());
    const button = make("button", "", "Copy link");
    button.type = "button";
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(block.text);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Press Ctrl+C";
      }
    });
    row.append(field, button);
    return row;
  },
  image(block) {
    const image = make("img", "");
    image.alt = block.alt;
    if (block.src.startsWith("data:image/png;base64,")) image.src = block.src;
    return image;
  },
  notice(block) {
    const tone = ["problem", "good"].includes(block.tone) ? block.tone : "";
    const box = make("div", `notice ${tone}`, block.text);
    box.setAttribute("role", tone === "problem" ? "alert" : "status");
    return box;
  },
};

function comeIntoView(root) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  root.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

export default function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".gm");
  root.setTriggerValue = setTriggerValue;
  root.follower ??= new globalThis.geomap.Follower();
  root.follower.update(data.follows, setTriggerValue);
  const send = (action) => root.setTriggerValue("action", action);
  root.className = `gm ${data.framed ? "framed" : ""}`;
  if (data.label) {
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", data.label);
  }
  if (data.answers) {
    root.setAttribute("aria-live", "polite");
    root.tabIndex = 0; // so that a long answer can be scrolled with the keyboard
  }
  const stop = () => root.follower.stop();
  const words = JSON.stringify(data.blocks);
  if (words === root.words) return stop;
  root.words = words;
  root.scrollTop = 0;
  root.replaceChildren(
    ...data.blocks.map((block) =>
      MAKERS[block.kind]
        ? MAKERS[block.kind](block, send)
        : make(TAGS[block.kind] ?? "p", block.kind === "quiet" ? "quiet" : "", block.text),
    ),
  );
  if (data.answers) comeIntoView(root);
  return stop;
}
