/* The line of the seven counts. Each number is a button that lists the events behind it.

   While the window is being moved the map says what it painted: shown, possible and outside
   the dates follow it at once, the other four only change with the data and the filters. */

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

function live(counts, painted) {
  if (!painted) return counts;
  const { shown, possible } = painted;
  const rest = counts.filtered + counts.unplaced + counts.undated;
  return { ...counts, shown, possible, outside_dates: counts.total - rest - shown - possible };
}

function listen(root, name) {
  if (root.channelName === name) return;
  root.channel?.close();
  root.channelName = name;
  root.channel = name ? new BroadcastChannel(`geomap:${name}`) : null;
  root.channel?.addEventListener("message", (event) => {
    if (event.data?.painted) show(root, event.data.painted);
  });
}

function show(root, painted) {
  const counts = live(root.counts, painted);
  for (const [name, words] of WORDS) {
    root.buttons[name].textContent = counts[name].toLocaleString("en") + words;
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
  show(root, null);
  listen(root, data.channel);
  return () => {
    root.channel?.close();
    root.channelName = null;
  };
}
