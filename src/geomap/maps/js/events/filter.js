/* Filters by words on the packed columns, and bits from the server: what each row fails. */
import { FAILS, FAILS_SERVER, UNSURE } from "../shared/vocabulary.js";

/** The chosen words by column: of precision, words for dates and for places are two. */
function wordsByColumn(data, { precision = [], ...others }) {
  const within = (name) => precision.filter((word) => data.columns[name].words.includes(word));
  return { ...others, geo: within("geo"), date: within("date") };
}

function failColumn(data, name, chosen) {
  const { state } = data;
  const wanted = new Set(chosen);
  const passes = Uint8Array.from(data.columns[name].words, (word) => (wanted.has(word) ? 1 : 0));
  const { codes, shift, mask } = data.columns[name];
  const bit = FAILS[name];
  if (codes) for (let row = 0; row < state.length; row++) if (!passes[(codes[row] >> shift) & mask]) state[row] |= bit;
  if (!codes && !passes[0]) for (let row = 0; row < state.length; row++) state[row] |= bit;
}

/** Bits of a file of the server: one plane that passes, perhaps one that surely does. */
export function readBits(buffer) {
  const head = new DataView(buffer);
  const rows = head.getUint32(0, true);
  const size = Math.ceil(rows / 8);
  const passes = new Uint8Array(buffer, 8, size);
  const surely = head.getUint8(4) > 1 ? new Uint8Array(buffer, 8 + size, size) : null;
  return { rows, passes, surely };
}

function useBits({ state }, { passes, surely }) {
  for (let row = 0; row < state.length; row++) {
    const bit = 1 << (row & 7);
    if (!(passes[row >> 3] & bit)) state[row] |= FAILS_SERVER;
    else if (surely && !(surely[row >> 3] & bit)) state[row] |= UNSURE;
  }
}

/** Set in `data.state` which criteria each row fails; an empty list of words fails none. */
export function markFailures(data, filters, bits) {
  const { state } = data;
  const chosen = wordsByColumn(data, filters ?? {});
  state.fill(0);
  for (const name of Object.keys(FAILS)) if (chosen[name]?.length) failColumn(data, name, chosen[name]);
  // A precision that neither list holds passes nothing, as in the query.
  const isUnknown = filters?.precision?.length && !chosen.geo.length && !chosen.date.length;
  if (isUnknown) for (let row = 0; row < state.length; row++) state[row] |= FAILS.geo;
  if (bits?.rows === data.count) useBits(data, bits);
}
