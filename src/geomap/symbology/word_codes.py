"""Columns of words as small numbers, with the list of the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geomap.typing import Array

MOST = 65_535
REST = "(others)"


@dataclass(frozen=True, slots=True)
class Codes:
    """A number for each row: the place of its word in `words`.

    The first word is None when some rows have none; the others follow by frequency, with the
    number of rows in `counts`. With `has_rest` the last word stands for all words beyond a limit.
    """

    column: Array
    words: list[str | None]
    counts: list[int]
    has_rest: bool

    @property
    def width(self) -> int:
        """Bytes of one row; 0 when all rows are the same."""
        return 0 if len(self.words) <= 1 else self.column.dtype.itemsize

    def taken(self, rows: Array) -> Codes:
        """Return the codes of some rows, with all words and counts.

        Parameters
        ----------
        rows
            Positions of the rows.
        """
        return replace(self, column=self.column[rows])


def word_codes(values: pa.Array, *, most: int = MOST) -> Codes:
    """Return the codes of a column of texts; missing and empty texts are None.

    Parameters
    ----------
    values
        Column of strings.
    most
        How many words there may be; beyond them the least frequent share `REST`.
    """
    encoded = values.dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    indices = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    counts = np.bincount(indices, minlength=len(texts) + 1)
    for number, word in enumerate(texts):
        if not word:
            counts[-1] += counts[number]
            counts[number] = 0
    named = [number for number, word in enumerate(texts) if word and counts[number]]
    named.sort(key=lambda number: (-counts[number], texts[number]))
    missing = int(counts[-1])
    words: list[str | None] = [None] if missing else []
    room = most - len(words)
    has_rest = len(named) > room
    chosen, rest = (named[: room - 1], named[room - 1 :]) if has_rest else (named, [])
    table = np.zeros(len(texts) + 1, "u2")
    table[chosen] = np.arange(len(words), len(words) + len(chosen))
    table[rest] = len(words) + len(chosen)
    numbers = ([missing] if missing else []) + [int(counts[number]) for number in chosen]
    words += [texts[number] for number in chosen]
    if has_rest:
        words.append(REST)
        numbers.append(int(counts[rest].sum()))
    column = table[indices]
    return Codes(column.astype("u1") if len(words) <= 256 else column, words, numbers, has_rest)


def fixed_codes(values: pa.Array, words: Sequence[str], *, unknown: str | None = None) -> Array:
    """Return the place of each text in a fixed list of words, as uint8.

    Parameters
    ----------
    values
        Column of strings.
    words, unknown
        The list, and the one of them that stands for any other text (the first by default).
    """
    fallback = 0 if unknown is None else list(words).index(unknown)
    positions = pc.index_in(values, value_set=pa.array(list(words), values.type))
    codes: Array = positions.fill_null(fallback).to_numpy(zero_copy_only=False).astype("u1")
    return codes


def counted(codes: Codes) -> Mapping[str, int]:
    """Return how many rows have each word."""
    return {w: n for w, n in zip(codes.words, codes.counts, strict=True) if w and w != REST}
