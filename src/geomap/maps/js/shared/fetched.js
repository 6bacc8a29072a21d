/* What the map fetches from the server that the page came from, or from a data: address. */

/** The answer for an address; gzip is unpacked. Throws when it is missing. */
export async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`answer ${answer.status}`);
  if (!address.endsWith(".gz")) return answer;
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip")));
}
