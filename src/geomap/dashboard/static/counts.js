/* The line of the seven counts. Each number is a button that lists the events behind it.

   The map says after each paint what is on the screen, all seven numbers; until it has, and
   on pages without a map, they are those that Python counted. */

const WORDS = [
  ["shown", " shown"],
  ["possible", " possible"],
  ["total", ""],
  ["outside_dates", " outside the dates"],
  ["filtered", " filtered"],
  ["unplaced", " unplaced"],
  ["undated", " undated"],
];
const BEFORE = { possible: " + ", total: " of " };

function listen(root, name) {
  if (root.channelName === name) return;
  root.channel?.close();
  root.channelName = name;
  root.painted = name ? (globalThis.geomap?.channels?.get(name)?.kept.painted ?? null) : null;
  root.channel = name ? new BroadcastChannel(`geomap:${name}`) : null;
  root.channel?.addEventListener("message", ({ data }) => {
    if (!data?.painted) return;
    root.painted = data.painted;
    show(root);
  });
}

function show(root) {
  const counts = { ...root.counts, ...root.painted };
  for (const [name, words] of WORDS) {
    const text = (counts[name] ?? 0).toLocaleString("en") + words;
    if (root.buttons[name].textContent !== text) root.buttons[name].textContent = text;
  }
}

export default function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".counts");
  root.counts = data.counts;
  if (!root.buttons) {
    root.buttons = {};
    for (const [name] of WORDS) {
      const button = document.createElement("button");
      button.type = "button";
      button.title = "List these events";
      button.className = name;
      button.addEventListener("click", () => root.send(name));
      root.buttons[name] = button;
      root.append(name === "shown" ? "" : (BEFORE[name] ?? " · "), button);
    }
  }
  root.send = (name) => setTriggerValue("listed", name);
  for (const [name] of WORDS) {
    root.buttons[name].setAttribute("aria-pressed", String(name === data.listed));
  }
  listen(root, data.channel);
  show(root);
  return () => {
    root.channel?.close();
    root.channelName = null;
  };
}
