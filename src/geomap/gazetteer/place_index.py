"""An index of many places on disk: written in one pass, opened without reading it.

A folder with a trie of the keys of names and one of place ids, flat arrays that lead from a key
to rows and from a row to the facts of a place, and the names in compressed blocks. The world's
places are one such folder; a large import of the user's own is a chain of them.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import marisa_trie
import numpy as np
from shapely.geometry import Point

from geomap.errors import StoreError
from geomap.gazetteer.name_keys import is_code, is_transliteration, name_key
from geomap.model import Place, PlaceName, ToponymKind

MAIN, CODE, TRANSLITERATION, SHORT, ABBREVIATION, ADJECTIVE = 1, 2, 4, 8, 16, 32
"""Marks of a form: the place's own name; a code (BAK); a machine's spelling; a form without its
generic word ("Rapides" for "Rapides Parish"); an abbreviation ("Calif."); a word for its
people ("Texan")."""
DOUBTFUL = CODE | TRANSLITERATION
KINDS = tuple(ToponymKind)
SCALE = 1e5  # coordinates are whole numbers: GeoNames gives five decimals
_BLOCK = 64
ROW = np.dtype(
    [("lat", "i4"), ("lon", "i4"), ("population", "u4"), ("radius", "f2"), ("importance", "f2"),
     ("kind", "u1"), ("layer", "u1"), ("code", "u2"), ("country", "S2"), ("admin1", "u2"),
     ("forms", "u2")]
)  # fmt: skip
_MOST_FORMS = 60_000
_CLASSES = {
    "P": ("PPL",), "A": ("ADM", "PCL"), "T": ("MT", "ISL", "PK", "VAL"), "R": ("RD", "RR"),
    "H": ("STM", "LK", "SEA", "OCN", "BAY", "GUL", "RSV"), "S": ("AIR", "BLD", "SCH", "CH"),
}  # fmt: skip
"""GeoNames' class letter by the beginnings of its feature codes; "L" for all other codes."""


class Row(NamedTuple):
    """One place on its way into an index; `marked` holds forms with marks of their own."""

    place_id: str
    name: str
    names: Sequence[str]
    lat: float
    lon: float
    kind: ToponymKind
    feature_code: str
    country_code: str | None
    admin1: str
    layer: str
    population: int = 0
    importance: float = 0.0
    uncertainty_km: float | None = None
    marked: Sequence[tuple[str, int]] = ()


class Layout(NamedTuple):
    """The words behind the numbers of the rows; source and licence of each layer."""

    layers: list[str]
    codes: list[str]
    admin1: list[str]
    sources: dict[str, str]
    licences: dict[str, str]


def write_index(
    folder: Path, rows: Iterable[Row], sources: dict[str, str], licences: dict[str, str]
) -> int:
    """Write the rows into an existing folder and return their number.

    Parameters
    ----------
    folder
        Exists already; a draft that the caller renames at the end.
    rows
        Their numbers and keys are collected in memory: about 150 bytes a place.
    sources, licences
        Source and licence of the places of each layer.
    """
    layers, codes, divisions = dict[str, int](), dict[str, int](), {"": 0}
    numbers: list[tuple[object, ...]] = []
    ids: list[str] = []
    keys: list[str] = []
    at_row: list[int] = []
    flags = bytearray()
    blocks, block = [], []
    for number, row in enumerate(rows):
        forms = list(dict.fromkeys([row.name, *filter(None, row.names)]))[:_MOST_FORMS]
        division = f"{row.country_code}.{row.admin1}" if row.admin1 else ""
        numbers.append(
            (round(row.lat * SCALE), round(row.lon * SCALE), row.population,
             row.uncertainty_km or 0.0, row.importance, KINDS.index(row.kind),
             layers.setdefault(row.layer, len(layers)),
             codes.setdefault(row.feature_code, len(codes)), (row.country_code or "").encode(),
             divisions.setdefault(division, len(divisions)), len(forms))
        )  # fmt: skip
        ids.append(row.place_id)
        block.append("\t".join([row.place_id, *forms, *(form for form, _ in row.marked)]))
        if len(block) == _BLOCK:
            blocks.append(zlib.compress("\n".join(block).encode(), 6))
            block = []
        for key, mark in _keys_of(forms, row.marked).items():
            keys.append(key)
            at_row.append(number)
            flags.append(mark)
    blocks += [zlib.compress("\n".join(block).encode(), 6)] if block else []
    np.save(folder / "rows.npy", np.array(numbers, ROW))
    _write_keys(folder, keys, np.asarray(at_row, "u4"), np.frombuffer(bytes(flags), "u1"))
    _write_ids(folder, ids)
    np.save(folder / "blocks.npy", np.cumsum([0, *map(len, blocks)]).astype("u4"))
    (folder / "names.z").write_bytes(b"".join(blocks) or b"\n")  # no file is empty: it is mapped
    layout = Layout([*layers], [*codes], [*divisions], sources, licences)
    (folder / "layout.json").write_text(json.dumps(layout._asdict()), "utf-8")
    return len(ids)


def _write_keys(folder: Path, keys: list[str], rows: np.ndarray, flags: np.ndarray) -> None:
    trie = marisa_trie.Trie(keys)
    numbers = np.fromiter((trie[key] for key in keys), "u4", len(keys))
    order = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[order], np.arange(len(trie) + 1)).astype("u4")
    trie.save(str(folder / "keys.marisa"))
    np.save(folder / "starts.npy", starts)
    np.save(folder / "hits.npy", rows[order])
    np.save(folder / "flags.npy", flags[order])


def _write_ids(folder: Path, ids: list[str]) -> None:
    trie = marisa_trie.Trie(ids)
    at = np.empty(len(trie), "u4")
    for number, place_id in enumerate(ids):
        at[trie[place_id]] = number
    trie.save(str(folder / "ids.marisa"))
    np.save(folder / "id_rows.npy", at)


def _keys_of(forms: Sequence[str], marked: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Return each key of a place with its best mark: a good form outweighs a doubtful one."""
    marks: dict[str, int] = {}
    for position, name in enumerate(forms):
        mark = MAIN if position == 0 else 0
        if is_code(name):
            mark |= CODE
        elif position and is_transliteration(name):
            mark |= TRANSLITERATION
        key = name_key(name)
        if key and (key not in marks or (marks[key] & ~MAIN and not mark & ~MAIN)):
            marks[key] = mark | (marks.get(key, 0) & MAIN)
    for name, mark in marked:
        if key := name_key(name):
            marks.setdefault(key, mark)
    return marks


class NameIndex:
    """A folder that `write_index` wrote, memory-mapped.

    Raises
    ------
    StoreError
        When a file of it is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self.trie = marisa_trie.Trie().mmap(os.fspath(folder / "keys.marisa"))
            self._ids = marisa_trie.Trie().mmap(os.fspath(folder / "ids.marisa"))
            names = ("starts", "hits", "flags", "rows", "id_rows", "blocks")
            arrays = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in names]
            self._starts, self._hits, self._flags, self.rows, self._id_rows, self._blocks = arrays
            self._names = np.memmap(folder / "names.z", "u1", "r")
            blocks = -(-len(self.rows) // _BLOCK)
            if len(self._blocks) - 1 != blocks or len(self._names) < int(self._blocks[-1]):
                raise ValueError("the names were cut short")  # noqa: EM101, TRY301 - caught below
            self.layout = Layout(**json.loads((folder / "layout.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError, RuntimeError, EOFError) as error:
            raise self._unreadable() from error
        self.place = lru_cache(maxsize=8192)(self._place)
        self._block = lru_cache(maxsize=512)(self._read_block)

    def __len__(self) -> int:
        return len(self.rows)

    def hits(self, key: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows that have a name, by its key, and the mark of the name for each."""
        number = self.trie.get(key)
        if number is None:
            return np.empty(0, "u4"), np.empty(0, "u1")
        span = slice(int(self._starts[number]), int(self._starts[number + 1]))
        return self._hits[span], self._flags[span]

    def row_of(self, place_id: str) -> int | None:
        """Return the row of a place id, None for an unknown one."""
        try:
            number = self._ids.get(place_id)
        except UnicodeEncodeError:  # half a letter, from bytes of a command that are no UTF-8
            return None
        return None if number is None else int(self._id_rows[number])

    def _read_block(self, number: int) -> list[str]:
        span = slice(int(self._blocks[number]), int(self._blocks[number + 1]))
        try:
            return zlib.decompress(self._names[span].tobytes()).decode().split("\n")
        except (zlib.error, UnicodeDecodeError) as error:
            raise self._unreadable() from error

    def _unreadable(self) -> StoreError:
        words = "cannot be read; delete that folder and start again."
        return StoreError(f"The place index in {self._folder} {words}")

    def _place(self, row: int) -> Place:
        place_id, name, *others = self._block(row // _BLOCK)[row % _BLOCK].split("\t")
        own = self.rows[row]
        layer = self.layout.layers[int(own["layer"])]
        code = self.layout.codes[int(own["code"])]
        return Place(
            place_id=place_id,
            name=name,
            names=tuple(map(PlaceName, (name, *others))),
            feature_class=next((c for c, start in _CLASSES.items() if code.startswith(start)), "L"),
            feature_code=code,
            kind=KINDS[int(own["kind"])],
            geometry=Point(float(own["lon"]) / SCALE, float(own["lat"]) / SCALE),
            uncertainty_km=round(float(own["radius"]), 1) or None,
            country_code=own["country"].decode() or None,
            layer=layer,
            source=self.layout.sources.get(layer, ""),
            licence=self.layout.licences.get(layer, ""),
            population=int(own["population"]),
        )
