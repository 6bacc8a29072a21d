/* Reports the values of a control to its owner (a server), and ignores echoes of its own changes.

   The owner repeats what it has at every run, late: an answer that is older than what a person
   did since must not undo it. */
export class Owner {
  #parts = new Map(); // by name, as JSON: values that were sent, the one that is known, the one last heard

  /** `send(name, value)` hands a value over. */
  constructor(send) { this.send = send; }

  #part(name) {
    if (!this.#parts.has(name)) this.#parts.set(name, { sent: [] });
    return this.#parts.get(name);
  }

  /** Report a value, unless the owner has it already. */
  report(name, value) {
    const [part, words] = [this.#part(name), JSON.stringify(value)];
    if (words === part.known) return;
    part.sent.push(words);
    part.known = words;
    this.send(name, value);
  }

  /** Whether a value of the owner is a change of its own, to be applied. */
  isNews(name, value) {
    const [part, words] = [this.#part(name), JSON.stringify(value)];
    const at = part.sent.lastIndexOf(words);
    if (at >= 0) part.sent.splice(0, at + 1);
    const isStale = at >= 0 || (part.sent.length > 0 && words === part.heard);
    part.heard = words;
    if (isStale) return false;
    const isNew = words !== part.known;
    Object.assign(part, { sent: [], known: words });
    return isNew;
  }
}
