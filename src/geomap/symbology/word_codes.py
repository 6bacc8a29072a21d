"""Columns of words as small numbers with the list of the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MOST = 65_535
REST = "(others)"
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Codes:
    """A number for each row, which is the place of its word in `words`.

    The first word is None when some rows have none; the others follow by frequency.
    `counts` says how many events have each. `has_rest` says that the last word stands for
    all the words beyond a limit. `width` is bytes a row: 0 when all rows are the same.
    """

    column: Array
    words: list[str | None]
    counts: list[int]
    has_rest: bool

    @property
    def width(self) -> int:
        """Bytes of one row."""
        return 0 if len(self.words) <= 1 else self.column.dtype.itemsize

    def taken(self, rows: Array) -> Codes:
        """Return the codes of these rows, the words and counts as they are."""
        return replace(self, column=self.column[rows])


def word_codes(values: pa.Array, *, most: int = MOST) -> Codes:
    """Return the codes of a column of texts; missing and empty texts are None.

    Beyond `most` words the least frequent share one.
    """
    encoded = values.dictionary_encode()
    found = encoded.dictionary.to_pylist()
    indices = encoded.indices.fill_null(len(found)).to_numpy(zero_copy_only=False)
    counts = np.bincount(indices, minlength=len(found) + 1)
    for number, word in enumerate(found):
        if not word:
            counts[-1] += counts[number]
            counts[number] = 0
    named = [number for number, word in enumerate(found) if word and counts[number]]
    named.sort(key=lambda number: (-counts[number], found[number]))
    missing = int(counts[-1])
    words: list[str | None] = [None] if missing else []
    room = most - len(words)
    has_rest = len(named) > room
    chosen, rest = (named[: room - 1], named[room - 1 :]) if has_rest else (named, [])
    table = np.zeros(len(found) + 1, "u2")
    table[chosen] = np.arange(len(words), len(words) + len(chosen))
    table[rest] = len(words) + len(chosen)
    numbers = ([missing] if missing else []) + [int(counts[number]) for number in chosen]
    words += [found[number] for number in chosen]
    if has_rest:
        words.append(REST)
        numbers.append(int(counts[rest].sum()))
    column = table[indices]
    return Codes(column.astype("u1") if len(words) <= 256 else column, words, numbers, has_rest)


def fixed_codes(values: pa.Array, words: Sequence[str], *, unknown: str | None = None) -> Array:
    """Return the place of each text in `words` as uint8; `unknown`, or the first, for others."""
    fallback = 0 if unknown is None else list(words).index(unknown)
    found = pc.index_in(values, value_set=pa.array(list(words), values.type))
    codes: Array = found.fill_null(fallback).to_numpy(zero_copy_only=False).astype("u1")
    return codes


def counted(codes: Codes) -> Mapping[str, int]:
    """Return how many events have each word."""
    return {w: n for w, n in zip(codes.words, codes.counts, strict=True) if w and w != REST}
