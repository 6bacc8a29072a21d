"""Several indexes as one: the world's places, then the shards of the user's imports.

A GeoNames dump contains many towns that the world index has too. Both entries are one place: a
hit in a later index counts as a hit of the first one that has the same GeoNames id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from geomap.gazetteer.place_index import ROW, Layout, NameIndex
from geomap.model import Place

_COLUMNS = {"layers": "layer", "codes": "code", "admin1": "admin1"}
_MOST = 2**16


@dataclass(frozen=True, slots=True)
class Shard:
    """An index of a chain; `numbers` has the GeoNames id of each row of a dump."""

    index: NameIndex
    numbers: np.ndarray | None = None


class IndexChain:
    """Indexes one after another with the methods of a `NameIndex`; none is an empty gazetteer.

    Rows are numbered from the first index to the last.
    """

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._shards = tuple(shards)
        self._indexes = tuple(shard.index for shard in shards)
        sizes = [len(index) for index in self._indexes]
        self._starts = np.cumsum([0, *sizes]).astype("i8")
        merged = {
            words: list(dict.fromkeys(chain(*(getattr(i.layout, words) for i in self._indexes))))
            for words in _COLUMNS
        }
        self.layout = Layout(**merged, sources={}, licences={})
        self.rows = _Rows(self._indexes, self._starts, self.layout)
        self.trie = _Keys(self._indexes)

    def __len__(self) -> int:
        return int(self._starts[-1])

    def hits(self, key: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows that have a name, by its key, and the mark of the name for each."""
        if self._indexes and not any(key in index.trie for index in self._indexes[1:]):
            return self._indexes[0].hits(key)
        marks: dict[int, int] = {}
        for position, index in enumerate(self._indexes):
            rows, flags = index.hits(key)
            for row, flag in zip(rows.tolist(), flags.tolist(), strict=True):
                marks.setdefault(self._same(position, row), flag)
        return np.fromiter(marks, "i8", len(marks)), np.fromiter(marks.values(), "u1", len(marks))

    def _same(self, position: int, row: int) -> int:
        """Return the row of the first index that has the place of a row."""
        numbers = self._shards[position].numbers
        known = self.row_of(f"gn:{numbers[row]}") if numbers is not None and position else None
        if known is not None:
            return known
        return int(self._starts[position]) + row

    def row_of(self, place_id: str) -> int | None:
        """Return the first row of a place id, None for an unknown one."""
        for start, index in zip(self._starts[:-1], self._indexes, strict=True):
            if (row := index.row_of(place_id)) is not None:
                return int(start) + row
        return None

    def place(self, row: int) -> Place:
        """Return the place of a row."""
        position = int(np.searchsorted(self._starts, row, side="right")) - 1
        place: Place = self._indexes[position].place(row - int(self._starts[position]))
        return place


class _Rows:
    """The rows of all indexes as one table, of which only selected rows are read."""

    def __init__(self, indexes: Sequence[NameIndex], starts: np.ndarray, layout: Layout) -> None:
        self._indexes, self._starts = indexes, starts
        self._renumbered = [
            {
                column: _renumbered(getattr(index.layout, words), getattr(layout, words))
                for words, column in _COLUMNS.items()
            }
            for index in indexes
        ]

    def __getitem__(self, which: Sequence[int] | np.ndarray) -> np.ndarray:
        rows = np.asarray(which, "i8")
        homes = np.searchsorted(self._starts, rows, side="right") - 1
        out = np.zeros(len(rows), ROW)
        for home in np.unique(homes).tolist():
            here = homes == home
            part = self._indexes[home].rows[rows[here] - self._starts[home]]
            for column in ROW.names or ():
                numbers = self._renumbered[home].get(column)
                out[column][here] = part[column] if numbers is None else numbers[part[column]]
        return out


def _renumbered(own: Sequence[str], merged: Sequence[str]) -> np.ndarray:
    """Return the number in the merged list of each word of an index's own list."""
    at = {word: number for number, word in enumerate(merged)}
    # A number has two bytes: a word past them counts as unknown.
    return np.array([at[word] if at[word] < _MOST else 0 for word in own] or [0], "u2")


class _Keys:
    """The keys of all indexes with the methods of a trie."""

    def __init__(self, indexes: Sequence[NameIndex]) -> None:
        self._tries = [index.trie for index in indexes]

    def __contains__(self, key: str) -> bool:
        return any(key in trie for trie in self._tries)

    def iterkeys(self, prefix: str) -> Iterator[str]:
        """Return the keys that start with a text, index by index."""
        return chain.from_iterable(trie.iterkeys(prefix) for trie in self._tries)

    def prefixes(self, text: str) -> list[str]:
        """Return the keys that a text starts with."""
        return [prefix for trie in self._tries for prefix in trie.prefixes(text)]
