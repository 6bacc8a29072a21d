/* Filters by words on the packed columns, and bits from the server: what each row fails. */
import { CRITERIA, FAILS, FAILS_SERVER, UNSURE } from "../shared/vocabulary.js";

/** The chosen words by packed column; of a criterion with several columns each has its own. */
function wordsByColumn(data, filters) {
  const chosen = {};
  for (const [name, { columns }] of Object.entries(CRITERIA)) {
    const words = filters[name] ?? [];
    const names = Object.keys(columns);
    const within = (column) => words.filter((word) => data.columns[column].words.includes(word));
    for (const column of names) chosen[column] = names.length > 1 ? within(column) : words;
    // A word that none of the lists has passes nothing, as in the query.
    if (words.length && names.length && !names.some((column) => chosen[column].length)) chosen[names[0]] = words;
  }
  return chosen;
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
  if (bits?.rows === data.count) useBits(data, bits);
}
