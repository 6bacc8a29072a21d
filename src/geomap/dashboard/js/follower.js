/* Lets a part of the page follow the map, so that only this part is drawn anew. */
import { channel } from "../../maps/js/shared/channel.js";

/**
 * What it follows is {channel, open, row, window, days, after}: what is open in this part (an
 * id), its row on the map, whether what the part says depends on the window, the window it was
 * drawn for, and how many milliseconds after the window rests it is drawn anew. Parts need
 * different ones: of two that report at the same moment Streamlit would draw the first alone.
 * It reports "picked", "place", "window" and "changed" when they differ. Parts let each other
 * know what they opened: {opened: id}.
 */
export class Follower {
  #follows; #report;
  #name = null;
  #channel; #leave; #timer;

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
    if (opened !== undefined && opened !== open) this.#report("changed", Date.now());
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
}

/** The component of a part without anything of its own to see: it only follows the map. */
export default function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("span");
  root.follower ??= new Follower();
  root.follower.update(data.follows, setTriggerValue);
  return () => root.follower.stop();
}
