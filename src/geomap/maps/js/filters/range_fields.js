/* A criterion of numbers: the least and the greatest that are asked for, either of which may be empty. */
import { make, put, setAttributes } from "../shared/elements.js";
import { thousands } from "../shared/words.js";

const ENDS = ["at least", "at most"];

export class RangeFields {
  /** One word such as "1..5", or none: what is asked for. */
  chosen = new Set();
  element = make("fieldset");
  #source;
  #words = [];
  #inputs;
  #note = make("p", "note");

  /** `source` has `countOf(word)`, and `changed()` that is called when a person wrote a number. */
  constructor(legend, source) {
    this.#source = source;
    this.#inputs = ENDS.map((end) => {
      const input = make("input");
      setAttributes(input, { type: "number", min: 0, step: 1, inputmode: "numeric", "aria-label": `${legend} ${end}` });
      input.addEventListener("input", () => this.#read());
      input.addEventListener("keydown", (event) => event.stopPropagation());
      return input;
    });
    this.#note.setAttribute("role", "status");
    const fields = this.#inputs.map((input, n) => make("label", "", ENDS[n], input));
    this.element.hidden = true;
    this.element.append(make("legend", "", legend), make("div", "range", fields), this.#note);
  }

  /** Take the extent of the data, as one group with one word or none, and what is asked for. */
  set(groups, chosen) {
    this.#words = groups.flatMap((group) => group.words);
    const [range] = chosen;
    if (range !== [...this.chosen][0]) {
      const ends = (range ?? "..").split("..");
      this.#inputs.forEach((input, n) => (input.value = ends[n] ?? ""));
    }
    this.chosen = new Set(chosen);
    this.element.hidden = this.#words.length === 0 && this.chosen.size === 0;
    this.refresh();
  }

  refresh() {
    const problem = this.#problem();
    for (const input of this.#inputs) input.setAttribute("aria-invalid", problem !== "");
    put(this.#note, problem || this.#extent());
  }

  #problem() {
    const isWhole = ({ value, validity }) => !validity.badInput && /^[0-9]{0,9}$/.test(value);
    if (!this.#inputs.every(isWhole)) return "Write whole numbers.";
    const [low, high] = this.#inputs.map(({ value }) => value);
    return low && high && Number(low) > Number(high) ? "The first number is greater than the second." : "";
  }

  #extent() {
    const [extent] = this.#words;
    if (!extent) return "No event has a number.";
    const events = `${thousands(this.#source.countOf(extent))} events have a number`;
    return `${events}, ${extent.split("..").map(Number).map(thousands).join(" to ")}; the others match no range.`;
  }

  #read() {
    this.refresh();
    if (this.#problem()) return;
    const [low, high] = this.#inputs.map(({ value }) => value && Number(value));
    this.chosen = new Set(low === "" && high === "" ? [] : [`${low}..${high}`]);
    this.#source.changed();
  }
}
