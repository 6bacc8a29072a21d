/* The line of the seven counts. Each number is a button that lists the events behind it.

   The map says after each paint what is on the screen, all seven numbers; until it has, and
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
    for (const [name, before] of countWords({})) {
      const button = makeButton(name, () => this.report(name));
      button.title = "List these events";
      this.#buttons.set(name, button);
      root.append(before, button);
    }
  }

  update({ counts, listed, channel: name }, report) {
    this.report = report;
    this.#counts = counts;
    for (const [word, button] of this.#buttons) button.setAttribute("aria-pressed", String(word === listed));
    if (name !== this.#name) this.#join(name);
    this.#show();
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
    const counts = { ...this.#counts, ...this.#painted };
    for (const [name, , words] of countWords(counts)) put(this.#buttons.get(name), words);
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
