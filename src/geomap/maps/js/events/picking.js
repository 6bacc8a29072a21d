/* Choosing events on the map by pointer or by keys; their rows go to the channel. */
import { channel } from "../shared/channel.js";
import { make, setAttributes } from "../shared/elements.js";
import { thousands } from "../shared/words.js";
import { stateOf } from "../map/state.js";
import { rowWords } from "./row_words.js";

const TIP_AFTER = { marks: 40, crowd: 250 }; // milliseconds of rest: a crowd takes longer to search

/** The line beside the pointer about what is under it. */
function makeTip(container) {
  const tip = setAttributes(make("div", "geomap-tip"), { "aria-hidden": true, hidden: "" });
  container.append(tip);
  return tip;
}

function showTip(tip, words, point) {
  tip.textContent = words;
  tip.hidden = false;
  const left = Math.min(point.x + 14, tip.parentElement.clientWidth - tip.offsetWidth - 6);
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, point.y - tip.offsetHeight - 10)}px`;
}

/** The element from which a screen reader reads the chosen event. */
function makeVoice(container) {
  const voice = setAttributes(make("div", "geomap-voice"), { role: "status" });
  voice.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  container.append(voice);
  const label = "Map of events. N and P go from event to event, Enter opens one, arrows move the map.";
  setAttributes(container, { role: "region", "aria-label": label });
  return voice;
}

/** Rows in the order of the days, as the keys N and P go through them. */
function rowsByDay({ data, from, to }) {
  return data.rowsIn(from, to).sort((a, b) => data.dayOf(a) - data.dayOf(b) || a - b);
}

/** Wires clicks, the pointer and the keys N, P and Enter; returns how to undo it. */
export function wirePicking(layer, map) {
  const container = map.getContainer();
  const voice = makeVoice(container);
  const tip = makeTip(container);
  let timer = 0;

  function pick(rows) {
    if (!rows.length) return;
    layer.select(rows[0]);
    channel(layer.options.channel).post({ pick: rows[0], here: rows });
  }

  function step(by) {
    const rows = rowsByDay(layer);
    if (!rows.length) return;
    const at = rows.indexOf(layer.selectedRow);
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
    layer.select(rows[next]);
    layer.bringIntoView(rows[next]);
    voice.textContent = `${next + 1} of ${rows.length}: ${rowWords(layer.data, rows[next])}`;
  }

  function onKey(event) {
    if (event.target !== container || !layer.data || event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "n") step(1);
    else if (key === "p") step(-1);
    else if (key === "enter" && layer.selectedRow !== null) pick([layer.selectedRow]);
    else return;
    event.preventDefault();
  }

  function onLeave() {
    clearTimeout(timer);
    tip.hidden = true;
  }

  function onMove({ containerPoint }) {
    onLeave();
    if (stateOf(map).isDrawing || !layer.data) return;
    timer = setTimeout(() => {
      const rows = layer.rowsAt(containerPoint);
      container.style.cursor = rows.length ? "pointer" : "";
      const more = rows.length > 1 ? ` (and ${thousands(rows.length - 1)} more)` : "";
      if (rows.length) showTip(tip, rowWords(layer.data, rows[0]) + more, containerPoint);
    }, TIP_AFTER[layer.picture.mode] ?? TIP_AFTER.crowd);
  }

  function onClick({ containerPoint }) {
    onLeave();
    if (!stateOf(map).isDrawing) pick(layer.rowsAt(containerPoint));
  }

  const handlers = { click: onClick, mousemove: onMove, mouseout: onLeave, movestart: onLeave };
  map.on(handlers);
  container.addEventListener("keydown", onKey);
  return () => {
    clearTimeout(timer);
    map.off(handlers);
    container.removeEventListener("keydown", onKey);
    voice.remove();
    tip.remove();
  };
}
