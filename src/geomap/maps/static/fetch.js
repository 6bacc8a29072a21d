/* What the map's scripts fetch from the server that the page came from, or from a data: address. */
(function (geomap) {
  "use strict";

  /** The answer for an address; what is wrapped as .gz is unwrapped. Throws unless it is there. */
  geomap.fetched = async function (address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`answer ${answer.status}`);
    if (!address.endsWith(".gz")) return answer;
    return new Response(answer.body.pipeThrough(new DecompressionStream("gzip")));
  };
})((globalThis.geomap ??= {}));
