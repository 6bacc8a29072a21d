/* Messages between the time control and the map. */
import { channel } from "../shared/channel.js";
import { showCounts, showDates, showProblem } from "./labels.js";

const VIEW_AFTER = 700;
/** Words of a message to the map, and the part of the owner's data that they carry. */
const CARRIED = { load: "src", bits: "bits", grid: "grid", furniture: "furniture", select: "selected" };
const NEVER_NULL = ["load", "furniture"];

export class TimelineChannel {
  histogram;
  painted;
  #timeline; #name; #channel; #leave; #viewTimer;
  #choices = 0;
  #fitted;

  constructor(timeline) { this.#timeline = timeline; }

  join(name) {
    if (name === this.#name) return;
    this.leave();
    this.#name = name;
    this.#channel = channel(name);
    ({ histogram: this.histogram, painted: this.painted } = this.#channel.latest);
    this.#leave = this.#channel.listen((message) => this.receive(message));
  }

  leave() {
    clearTimeout(this.#viewTimer);
    this.#leave?.();
  }

  postWindow(more = {}) {
    this.#channel?.post({ window: this.#timeline.range(), moving: this.#timeline.isBusy, ...more });
  }

  /** Post what is new since `before`, or everything. */
  send(before) {
    const { data } = this.#timeline;
    if (!data) return;
    const message = {};
    for (const [name, part] of Object.entries(CARRIED)) {
      const value = data[part] ?? null;
      const isSame = before && JSON.stringify(before[part] ?? null) === JSON.stringify(value);
      if (!isSame && (value !== null || !NEVER_NULL.includes(name))) message[name] = value;
    }
    this.postWindow(message);
    if (!data.fit || data.fit.n === this.#fitted) return;
    this.#fitted = data.fit.n;
    this.#channel.post({ fit: data.fit.bbox ?? true });
  }

  receive(message) {
    const timeline = this.#timeline;
    if (message.ready) this.send(null);
    if (message.histogram) {
      this.histogram = message.histogram;
      timeline.measure();
      if (!timeline.isBusy) showDates(timeline);
      timeline.paintSoon();
    }
    if (message.painted) {
      this.painted = message.painted;
      showCounts(timeline);
    }
    if (message.painted || message.failed) showProblem(timeline, "map", message.failed ?? "");
    this.#report(message);
  }

  /** Report actions of the user on the map, except those that another part of the page receives itself. */
  #report({ pick, here, place, drawn, view }) {
    const { data, owner } = this.#timeline;
    const isOurs = (name) => !data?.elsewhere?.includes(name);
    if (pick !== undefined && isOurs("picked")) owner.send("picked", { row: pick, here, n: ++this.#choices });
    if (place && isOurs("place")) owner.send("place", { id: place, n: ++this.#choices });
    if (drawn !== undefined) owner.send("drawn", drawn);
    if (!view) return;
    clearTimeout(this.#viewTimer);
    this.#viewTimer = setTimeout(() => owner.send("view", view), VIEW_AFTER);
  }
}
