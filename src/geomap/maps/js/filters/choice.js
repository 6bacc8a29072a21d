/* A choice of one of several words: radio buttons under a heading. */
import { make, setAttributes } from "../shared/elements.js";

let groups = 0;

export class Choice {
  #radios = {};

  /** `options` are labels by word, the first of which is chosen; `changed()` as a person chooses. */
  constructor(legend, options, changed) {
    [this.value] = Object.keys(options);
    const name = `geomap-choice-${++groups}`;
    const labels = Object.entries(options).map(([value, words]) => {
      const input = Object.assign(make("input"), { type: "radio", name, value, checked: value === this.value });
      input.addEventListener("change", () => {
        this.value = value;
        changed();
      });
      this.#radios[value] = input;
      return make("label", "", input, words);
    });
    this.element = make("fieldset", "", make("legend", "", legend), make("div", "choices", labels));
    setAttributes(this.element, { role: "radiogroup", "aria-label": legend });
  }

  set(value) {
    this.value = value;
    if (this.#radios[value]) this.#radios[value].checked = true;
  }
}
