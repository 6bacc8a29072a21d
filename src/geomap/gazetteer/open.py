"""Opening a gazetteer: which layers, from which files."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from geomap import paths
from geomap.errors import InputError
from geomap.gazetteer.countries import countries_layer
from geomap.gazetteer.gazetteer import Gazetteer
from geomap.gazetteer.import_shards import open_imports
from geomap.gazetteer.name_lookup import LAYERS
from geomap.gazetteer.place_index import NameIndex
from geomap.gazetteer.place_index_chain import IndexChain, Shard
from geomap.gazetteer.place_layers import Layer, read_layer, read_layer_lazily
from geomap.gazetteer.world import WORLD_LAYERS, build_index
from geomap.typing import Progress


def open_gazetteer(
    *,
    geo_dir: Path | None = None,
    cache_dir: Path | None = None,
    layers: Collection[str] | None = None,
    user_places: Path | None = None,
    imports: Path | None = None,
    progress: Progress | None = None,
) -> Gazetteer:
    """Return a gazetteer of some layers, of all by default.

    The world index is built first where it is missing; it is not opened without any of its
    layers.

    Parameters
    ----------
    geo_dir, cache_dir
        Folder of gazetteer.geojson and regions.geojson; folder of the world index.
    layers
        Words of `LAYERS`.
    user_places
        GeoJSON file of the user's own places, in the shape of the curated one.
    imports
        Folder of the user's imports: places of the layers "user" and "imported".
    progress
        Called with a sentence and the share that is done while the index is built.

    Raises
    ------
    InputError
        When a layer is not one of `LAYERS`.
    """
    wanted = set(LAYERS if layers is None else layers)
    if unknown := sorted(wanted - set(LAYERS)):
        message = f"The gazetteer has no layers {unknown!r}; choose among {list(LAYERS)!r}."
        raise InputError(message)
    small: list[Layer] = []
    geo = geo_dir or paths.geo_dir()
    if "user" in wanted and user_places is not None and os.path.lexists(user_places):
        small.append(read_layer(user_places, "user"))
    shards: tuple[Shard, ...] = ()
    if imports is not None and wanted & {"user", "imported"}:
        shards, outlines = open_imports(imports)
        small += outlines if "user" in wanted else ()
    if "curated" in wanted:
        small.append(read_layer(geo / "gazetteer.geojson", "curated"))
    if "regions" in wanted:
        small.append(read_layer_lazily(geo / "regions.geojson", "regions"))
    if "countries" in wanted:
        small.append(countries_layer())
    world: NameIndex | IndexChain | None = None
    if wanted & set(WORLD_LAYERS):
        world = NameIndex(build_index(progress, cache_dir=cache_dir))
        world = IndexChain([Shard(world), *shards]) if shards else world
    elif shards:
        world = IndexChain(shards)
    return Gazetteer(small, world, wanted)
