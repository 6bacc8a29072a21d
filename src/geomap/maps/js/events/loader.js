/* Fetching what the map shows. */

async function fetchBuffer(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`answer ${answer.status}`);
  if (!address.endsWith(".gz")) return answer.arrayBuffer();
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/**
 * A function that loads an address, an ArrayBuffer or null, each once after the other:
 * `take(buffer)` gets it unless another was wanted meanwhile, `fail(error)` what went wrong.
 */
export function loader(take, fail) {
  let wanted;
  return async (source) => {
    if (source === wanted) return;
    wanted = source;
    try {
      const buffer = typeof source === "string" ? await fetchBuffer(source) : source;
      if (source === wanted) take(buffer);
    } catch (error) {
      wanted = undefined;
      fail(error);
    }
  };
}
