"""First- and second-level divisions of the world's countries as rows of the world index.

GeoNames' list (`data/divisions.tsv.gz`) has a name, the mean of its towns and their people for
each; ISO 3166-2 adds names in local languages, points, and divisions that the list lacks.
`data/subdivision_names.tsv` adds abbreviations of the press and words for people,
`data/division_names.tsv` names in other languages and names that join both sources.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from geomap.gazetteer.name_keys import name_key
from geomap.gazetteer.place_index import ABBREVIATION, ADJECTIVE, SHORT, Row
from geomap.model import ToponymKind
from geomap.vocabulary import read_data_rows, read_word_lists

_WORDS = read_word_lists("geomap.gazetteer", "words.tsv")
_AFTER, _BEFORE = ("|".join(_WORDS[f"{side}-division"]) for side in ("after", "before"))
_SUFFIX = re.compile(rf"^(.{{3,}}?)['’]?\s+(?:{_AFTER})$", re.IGNORECASE)
_PREFIX = re.compile(rf"^(?:{_BEFORE})\s*(.{{3,}})$", re.IGNORECASE)
_LOCAL = re.compile(r"\s*\([a-z, ]+\)\s*$")
_TOP_RADIUS_KM = 30.0
_SAME_DEGREES = 0.3


def bare_name(name: str) -> str | None:
    """Return a division's name without its generic word ("Rapides"), None when it has none.

    Parameters
    ----------
    name
        Full name as a gazetteer has it ("Rapides Parish", "Province of X").
    """
    for pattern in (_SUFFIX, _PREFIX):
        if match := pattern.match(name):
            return match.group(1).strip()
    return None


@dataclass
class Division:
    """One division while its sources are merged.

    The code is GeoNames', "" where it is unknown; ISO's ("UA-32") where only ISO has it: the
    same number means another division in each list.
    """

    level: int
    country: str
    code: str
    name: str
    lat: float
    lon: float
    radius_km: float
    people: int
    names: list[str] = field(default_factory=list)
    marked: list[tuple[str, int]] = field(default_factory=list)


def division_rows() -> Iterator[Row]:
    """Yield first-level divisions, then second-level ones."""
    known = [
        Division(
            int(level), country, code, name, float(lat), float(lon), float(radius), int(people)
        )
        for level, country, code, name, lat, lon, radius, people, _ in read_data_rows(
            "geomap.gazetteer", "divisions.tsv.gz"
        )
    ]
    for one, (names, *_) in _remarks("division_names.tsv", known):
        one.names += names.split(";")
    _add_iso(known)
    for one, (short, words, *_) in _remarks("subdivision_names.tsv", known):
        one.marked += [(form, ABBREVIATION) for form in short.split(";") if form]
        one.marked += [(form, ADJECTIVE) for form in _with_plurals(words)]
    seen: set[str] = set()
    for division in sorted(known, key=lambda one: one.level):
        row = _row(division)
        while row.place_id in seen:  # merged divisions share the code of the new one
            row = row._replace(place_id=f"{row.place_id}.{_own(division)}")
        seen.add(row.place_id)
        yield row


def _own(one: Division) -> str:
    return name_key(one.name).replace(" ", "-")


def _row(one: Division) -> Row:
    kind = ToponymKind.ADMIN1 if one.level == 1 else ToponymKind.ADMIN2
    forms = [one.name, *one.names]
    short = [(bare, SHORT) for form in forms if (bare := bare_name(form))]
    if one.country == "US" and one.level == 2:
        short += [(f"{bare} Co.", ABBREVIATION) for bare, _ in short]
    is_iso = one.code.startswith(f"{one.country}-")
    code = one.code if is_iso else f"{one.country}.{one.code or _own(one)}"
    return Row(
        place_id=f"adm{one.level}:{code}" + (f".{_own(one)}" if one.level == 2 else ""),
        name=one.name,
        names=one.names,
        lat=one.lat,
        lon=one.lon,
        kind=kind,
        feature_code=f"ADM{one.level}",
        country_code=one.country,
        admin1=one.code,
        layer=kind.value,
        population=one.people,
        uncertainty_km=one.radius_km,
        marked=[*one.marked, *short],
    )


def _remarks(file: str, known: list[Division]) -> Iterator[tuple[Division, list[str]]]:
    """Yield each first-level division that a file has remarks on, and the remarks."""
    first = {(one.country, name_key(one.name)): one for one in known if one.level == 1}
    for country, name, *remarks in read_data_rows("geomap.gazetteer", file):
        one = first.get((country, name_key(name)))
        if one is not None:
            yield one, [*remarks, "", ""]


def _add_iso(known: list[Division]) -> None:
    """Add the names of ISO 3166-2 to listed divisions, and the divisions that only it has."""
    from iso3166_2 import Subdivisions

    by_key: dict[tuple[str, str], Division] = {}
    for one in sorted(known, key=lambda one: -one.level):
        for form in (one.name, bare_name(one.name), *one.names):
            if form:
                by_key[one.country, name_key(form)] = one
    by_code = {(one.country, one.code): one for one in known if one.level == 1}
    every = Subdivisions().all
    for country, subdivisions in every.items():
        for code, own in subdivisions.items():
            names = _iso_names(own)
            forms = [form for name in names for form in (name, bare_name(name)) if form]
            keys = [(country, name_key(form)) for form in forms]
            listed = next((by_key[key] for key in keys if key in by_key), None)
            if listed is not None:
                listed.names += [n for n in names if n not in {listed.name, *listed.names}]
                if listed.level == 1 and own.get("latLng"):
                    listed.lat, listed.lon = map(float, own["latLng"])
            elif own.get("latLng"):
                lat, lon = map(float, own["latLng"])
                level = 2 if own.get("parentCode") else 1
                other = by_code.get((country, code.partition("-")[2]))
                away = math.hypot(other.lat - lat, other.lon - lon) if other else math.inf
                if other is not None and level == 1 and away < _SAME_DEGREES:
                    other.names += names  # one place, spelled otherwise
                    continue
                known.append(
                    Division(level, country, code, names[0], lat, lon, _TOP_RADIUS_KM, 0,
                             names[1:])
                )  # fmt: skip


def _iso_names(own: dict[str, str | None]) -> list[str]:
    local = (_LOCAL.sub("", part).strip() for part in (own.get("localOtherName") or "").split(","))
    return list(dict.fromkeys(filter(None, [str(own["name"]), *local])))


def _with_plurals(listed: str) -> Iterator[str]:
    for word in filter(None, listed.split(";")):
        yield word
        if not word.endswith(("s", "sh", "ch", "ese", "men", "man", "woman")):
            yield word + "s"


@lru_cache(maxsize=1)
def press_abbreviations() -> frozenset[str]:
    """Return the abbreviations of the press for states and provinces ("Calif.", "N.J.")."""
    rows = read_data_rows("geomap.gazetteer", "subdivision_names.tsv")
    return frozenset(form for row in rows if len(row) > 2 for form in row[2].split(";"))


@lru_cache(maxsize=1)
def subdivisions_by_code() -> dict[str, dict[str, str]]:
    """Return the names of the first-level divisions of each country by their ISO 3166-2 codes.

    The codes are those without the country: "IL" of "US" is Illinois.
    """
    from iso3166_2 import Subdivisions

    return {
        country: {
            code.partition("-")[2]: own["name"]
            for code, own in subdivisions.items()
            if not own.get("parentCode")
        }
        for country, subdivisions in Subdivisions().all.items()
    }
