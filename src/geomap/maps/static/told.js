/* What a control told its owner, and what it hears back. */
(function (geomap) {
  "use strict";

  /**
   * Tells news of the owner from its echo. The owner (a server) repeats what it knows at every
   * run, late: an answer that is older than what a person did since must not undo it.
   */
  geomap.Echo = class {
    constructor() {
      this.sent = [];
    }

    /** Note that `words` are told now; false when the owner knows them already. */
    tell(words) {
      if (words === this.known) return false;
      this.sent.push(words);
      this.known = words;
      return true;
    }

    /** Whether `words` of the owner are its own news, to be taken over. */
    isNews(words) {
      const told = this.sent.lastIndexOf(words);
      if (told >= 0) this.sent.splice(0, told + 1);
      const stale = told >= 0 || (this.sent.length > 0 && words === this.heard);
      this.heard = words;
      if (stale) return false;
      const news = words !== this.known;
      this.sent = [];
      this.known = words;
      return news;
    }
  };
})((globalThis.geomap ??= {}));
