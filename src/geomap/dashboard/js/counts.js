/* The line of the eight counts. Each number is a button that lists the events behind it.

   The map says after each paint what is on the screen, all eight numbers; until it has, and
   on pages without a map, they are those that Python counted. */
import { channel } from "../../maps/js/shared/channel.js";
import { makeButton, put } from "../../maps/js/shared/elements.js";
import { countWords } from "../../maps/js/shared/words.js";

class CountsLine {
  #buttons = new Map();
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
}

export default function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".counts");
  root.geomap ??= new CountsLine(root);
  root.geomap.update(data, (name) => setTriggerValue("listed", name));
  return () => root.geomap.stop();
}
