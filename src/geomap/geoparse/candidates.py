"""Which places a name may mean: a table of candidates with the features that no text changes.

A name is looked up under the closest form that the gazetteer has: itself, without its noun, or
a name inside it. Tables are cached from text to text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.place_index import (
    ABBREVIATION,
    ADJECTIVE,
    CODE,
    KINDS,
    MAIN,
    SCALE,
    SHORT,
    TRANSLITERATION,
)
from geomap.gazetteer.world import CAPITAL
from geomap.geoparse.data_tables import STATIC, WORDS
from geomap.model import Place, ToponymKind

_LEAST_PEOPLE, _MOST_WORDS = 15_000, 4
_LEADING = re.compile(
    r"^(?:the|(?:city|town|village|township|county|state|province|republic) of|"
    rf"{'|'.join(WORDS['leading-sides'])})[ -]+",
    re.IGNORECASE,
)
NOT_OWN = CODE | TRANSLITERATION | SHORT | ABBREVIATION | ADJECTIVE
_AT = {name: number for number, name in enumerate(STATIC)}
_MARKS = {
    "own name": MAIN, "short form": SHORT, "abbreviation": ABBREVIATION,
    "word for its people": ADJECTIVE, "code": CODE, "transliteration": TRANSLITERATION,
}  # fmt: skip
_MOST, _MOST_CACHED = 60, 50_000
_NOWHERE = (0.0, -90.0)  # far from all news, for a place without geometry
_OWN_KINDS = {
    ToponymKind.COUNTRY: "country", ToponymKind.CONTINENT: "continent",
    ToponymKind.REGION: "region", ToponymKind.WATER: "water", ToponymKind.ADMIN1: "first-level",
    ToponymKind.ADMIN2: "second-level", ToponymKind.CITY: "town",
}  # fmt: skip


def name_variants(text: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Yield each form with the feature that it has, "" for the name itself, the closest first."""
    yield text, ""
    bare = text.strip(" .'\"’”“")
    if bare != text:
        yield bare, ""
    if bare.lower().startswith("the "):
        bare = bare[4:]
        yield bare, ""
    words = bare.split()
    if len(words) > 1 and words[-1].lower().rstrip(".") in WORDS["generic-nouns"]:
        yield " ".join(words[:-1]), "without its noun"
    if len(words) > 1 and words[0].lower() in WORDS["generic-nouns"]:
        yield " ".join(words[1:]), "without its noun"
    if match := _LEADING.match(bare):
        yield bare[match.end() :], "without its noun"
    yield from ((form, "named inside") for form in _inside(re.split(r"[\s,/-]+", bare), gazetteer))


def _inside(words: list[str], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the names inside a longer one, the longest and first of them first."""
    if len(words) < 2:
        return
    for length in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        for start in range(len(words) - length + 1):
            form = " ".join(words[start : start + length]).strip(".'’")
            vague = length == 1 and form.lower() in WORDS["vague"]
            if form[:1].isupper() and len(form) > 2 and not vague:
                facts = gazetteer.facts(normalise_name(form))
                large = facts.people >= _LEAST_PEOPLE or facts.kinds - {ToponymKind.CITY}
                if facts.good and large:
                    yield form


@dataclass(frozen=True, eq=False)
class Options:
    """The places that one name may mean: one row each in arrays of the same length.

    Coordinates are in degrees, `radius` in kilometres; `country` is a number from `code_of`,
    `admin1` that of a division in the world index, `kind` a position in `KINDS`. `sources`
    holds a place, or its row in the world index; `forms` the form that was looked up.
    """

    key: str
    lat: np.ndarray
    lon: np.ndarray
    country: np.ndarray
    admin1: np.ndarray
    kind: np.ndarray
    radius: np.ndarray
    people: np.ndarray
    static: np.ndarray
    sources: tuple[Place | int, ...]
    forms: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.sources)

    def place(self, number: int, gazetteer: Gazetteer) -> Place:
        """Return the place of a row."""
        source = self.sources[number]
        return gazetteer.world_place(source) if isinstance(source, int) else source


def code_of(country: str | None) -> int:
    """Return a country's two letters as a number, 0 for none."""
    return ord(country[0]) * 256 + ord(country[1]) if country and len(country) == 2 else 0


class Names:
    """The tables of candidates of the names of one gazetteer, cached."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._known: dict[tuple[str, date | None, bool], Options] = {}

    def options(self, text: str, on: date | None, *, foreign: bool = False) -> Options:
        """Return the places that a name written so may mean on a day.

        In a `foreign` text no form is a place's own name in GeoNames' sense, so each good form
        counts as one. A name in another script always is foreign.
        """
        # By the letters as written: an answer must not depend on the texts read before.
        key = (text, on, foreign)
        options = self._known.get(key)
        if options is None:
            if len(self._known) > _MOST_CACHED:
                self._known.clear()
            options = self._known[key] = self._look_up(text, on, foreign=foreign)
        return options

    def _look_up(self, text: str, on: date | None, *, foreign: bool) -> Options:
        shouted = text.isupper() or "." in text
        for form, how in name_variants(text, self.gazetteer):
            loud = shouted or how == "named inside"
            options = self._bearing(form, on, shouted=loud, foreign=foreign)
            if len(options):
                if how:
                    options.static[:, _AT[how]] = 1.0
                return options
        return _blank("", (), "")

    def _bearing(self, text: str, on: date | None, *, shouted: bool, foreign: bool) -> Options:
        """Return the places that have exactly this name: the curated ones, then the world's."""
        gazetteer, key = self.gazetteer, normalise_name(text)
        foreign = foreign or not key.isascii()
        own = gazetteer.small_places(key, on)
        demonym = gazetteer.demonym_place(key)
        if demonym is not None and all(place.place_id != demonym.place_id for place in own):
            own = (*own, demonym)
        else:
            demonym = None
        rows, flags = gazetteer.world_rows(key)
        usable = (flags & CODE == 0) | (flags & MAIN != 0) | shouted
        rows, flags = rows[usable], flags[usable]
        table = gazetteer.world_table(rows)
        if len(rows) > _MOST:
            best = np.argsort(-table["population"].astype("i8"), kind="stable")[:_MOST]
            rows, flags, table = rows[best], flags[best], table[best]
        if foreign:
            flags = np.where(flags & NOT_OWN, flags, flags | MAIN)
        options = _blank(key, (*own, *map(int, rows)), text)
        for number, place in enumerate(own):
            main = foreign or normalise_name(place.name) == key
            _set_place(options, number, place, gazetteer.division_of(place.place_id))
            options.static[number, _AT["own name"]] = main and place is not demonym
            options.static[number, _AT["word for its people"]] = place is demonym
            options.static[number, _AT["not valid then"]] = not place.is_valid_on(on)
        _set_rows(options, slice(len(own), None), table, flags, gazetteer.capital_code)
        _set_ranks(options)
        return options


def _blank(key: str, sources: tuple[Place | int, ...], form: str) -> Options:
    count = len(sources)
    lat, lon, radius, people = np.zeros((4, count))
    country, admin1, kind = np.zeros((3, count), "i4")
    static = np.zeros((count, len(STATIC)))
    return Options(key, lat, lon, country, admin1, kind, radius, people, static, sources, (form,))


def _set_place(options: Options, number: int, place: Place, division: int) -> None:
    options.lon[number], options.lat[number] = place_point(place) or _NOWHERE
    options.radius[number] = place.uncertainty_km or 0.0
    options.country[number], options.admin1[number] = code_of(place.country_code), division
    options.kind[number] = KINDS.index(place.kind)
    options.people[number] = place.population
    options.static[number, _AT["curated"]] = place.layer in {"user", "curated"}
    options.static[number, _AT["capital"]] = place.feature_code == CAPITAL
    options.static[number, _AT["importance"]] = place.importance


def _set_rows(
    options: Options, rows: slice, table: np.ndarray, flags: np.ndarray, capital_code: int
) -> None:
    options.lat[rows], options.lon[rows] = table["lat"] / SCALE, table["lon"] / SCALE
    options.radius[rows], options.people[rows] = table["radius"], table["population"]
    letters = np.frombuffer(table["country"].tobytes(), "u1").reshape(-1, 2).astype("i4")
    options.country[rows] = letters[:, 0] * 256 + letters[:, 1]
    options.kind[rows], options.admin1[rows] = table["kind"], table["admin1"]
    for name, mark in _MARKS.items():
        options.static[rows, _AT[name]] = flags & mark != 0
    options.static[rows, _AT["capital"]] = table["code"] == capital_code


def _set_ranks(options: Options) -> None:
    """Fill in the kinds of the places, and how each compares with the others."""
    static, people = options.static, options.people
    for kind in set(options.kind.tolist()):
        static[options.kind == kind, _AT[_OWN_KINDS.get(KINDS[kind], "facility")]] = 1.0
    for name in ("town", "second-level", "first-level", "country"):
        static[:, _AT[f"{name} people"]] = static[:, _AT[name]] * np.log10(people + 1.0) / 7.0
    towns = static[:, _AT["town"]] > 0
    if towns.any():
        most = people[towns].max()
        less = np.log10(most + 1.0) - np.log10(people + 1.0)
        static[:, _AT["fewer people than another"]] = np.where(towns, np.minimum(less, 4.0), 0.0)
        static[:, _AT["most people"]] = towns & (people == most)
    if len(people):
        static[:, _AT["one of many"]] = np.log10(len(people))
    static[:, _AT["only one"]] = len(people) == 1


def place_point(place: Place) -> tuple[float, float] | None:
    """Return the longitude and latitude of a place, None where it has no geometry."""
    if place.point is not None:
        return place.point
    if place.geometry is None or place.geometry.is_empty:
        return None
    point = place.geometry if place.geometry.geom_type == "Point" else place.geometry.centroid
    return float(point.x), float(point.y)
