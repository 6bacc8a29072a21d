"""The index shards and layers of imported places: written, and opened for look-ups.

A shard holds places that are points, at most `SHARD_ROWS` of them; `shapes.geojson` those
with an outline, with dates or with sides.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import numpy as np

from geomap.errors import StoreError
from geomap.gazetteer.import_store import import_folders
from geomap.gazetteer.place_index import NameIndex, Row, write_index
from geomap.gazetteer.place_index_chain import Shard
from geomap.gazetteer.place_layers import Layer, read_layer_lazily

DUMP_LAYER, OWN_LAYER = "imported", "user"
"""The layers of places from GeoNames dumps and from files of the user's own."""

SHAPES = "shapes.geojson"
SHARD_ROWS = 400_000  # measured: two million rows in under 400 MB of memory
_NUMBERS = "geonameids.npy"


def write_shards(
    draft: Path, rows: Iterator[Row], sources: dict[str, str], licences: dict[str, str]
) -> int:
    """Write places as index shards of bounded size, and return how many shards there are.

    Parameters
    ----------
    draft
        The folder of the new import.
    rows
        The places, consumed one by one, so that memory is bounded.
    sources, licences
        Where the places of each layer are from, and under which licence.
    """
    number = 0
    while (first := next(rows, None)) is not None:
        number += 1
        shard = draft / f"shard-{number:03}"
        shard.mkdir()
        ids = array("Q")
        some = _numbered(chain([first], islice(rows, SHARD_ROWS - 1)), ids)
        write_index(shard, some, sources, licences)
        if ids:
            np.save(shard / _NUMBERS, np.frombuffer(ids, "u8"))
    return number


def _numbered(rows: Iterator[Row], ids: array[int]) -> Iterator[Row]:
    """Pass rows on and keep the GeoNames ids of a dump's: the world may have the same places."""
    for row in rows:
        if row.layer == DUMP_LAYER:
            ids.append(int(row.place_id.removeprefix("gn:")))
        yield row


def open_imports(folder: Path) -> tuple[tuple[Shard, ...], tuple[Layer, ...]]:
    """Return the index shards of all imports, and their layers of places with outlines or dates.

    Raises
    ------
    StoreError
        When an import is damaged.
    """
    shards: list[Shard] = []
    layers: list[Layer] = []
    for home in import_folders(folder):
        shards += [_open_shard(shard) for shard in sorted(home.glob("shard-*"))]
        if (home / SHAPES).is_file():
            layers.append(read_layer_lazily(home / SHAPES, OWN_LAYER))
    return tuple(shards), tuple(layers)


def _open_shard(folder: Path) -> Shard:
    numbers = folder / _NUMBERS
    try:
        known = np.load(numbers, mmap_mode="r") if numbers.is_file() else None
    except (OSError, ValueError) as error:
        message = f"{numbers} cannot be read; remove {folder.parent} and import again."
        raise StoreError(message) from error
    return Shard(NameIndex(folder), known)
