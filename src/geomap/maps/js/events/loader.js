/* Loading what the map shows. */
import { fetched } from "../shared/fetched.js";

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
      const buffer = typeof source === "string" ? await (await fetched(source)).arrayBuffer() : source;
      if (source === wanted) take(buffer);
    } catch (error) {
      wanted = undefined;
      fail(error);
    }
  };
}
