"""Which places a name may mean: all that bear it, with what can be said of each in advance.

One name gives a table of numbers, a row for each place; the columns are the features of
`ranker.FEATURES` that do not depend on the text. Tables are remembered from text to text.
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
    SHORT,
    TRANSLITERATION,
)
from geomap.gazetteer.towns import CAPITAL
from geomap.geoparse.context_words import GENERIC_NOUNS, LEADING_SIDES, VAGUE_WORDS
from geomap.model import Place, ToponymKind

STATIC = (
    "own name", "short form", "abbreviation", "word for its people", "code", "transliteration",
    "named inside", "without its noun", "curated", "country", "continent", "region", "water",
    "first-level", "second-level", "town", "facility", "town people", "second-level people",
    "first-level people", "country people", "importance", "fewer people than another",
    "most people", "capital", "one of many", "only one", "not valid then",
)  # fmt: skip
NOT_OWN = CODE | TRANSLITERATION | SHORT | ABBREVIATION | ADJECTIVE
_AT = {name: number for number, name in enumerate(STATIC)}
_MOST = 60
_NOWHERE = (0.0, -90.0)  # far from all news: where a place without geometry is taken to lie
_OWN_KINDS = {
    ToponymKind.COUNTRY: "country", ToponymKind.CONTINENT: "continent",
    ToponymKind.REGION: "region", ToponymKind.WATER: "water", ToponymKind.ADMIN1: "first-level",
    ToponymKind.ADMIN2: "second-level", ToponymKind.CITY: "town",
}  # fmt: skip
_LEADING = re.compile(
    r"^(?:the|(?:city|town|village|township|county|state|province|republic) of|"
    rf"{'|'.join(LEADING_SIDES)})[ -]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Options:
    """The places that one name may mean: arrays of one length, and where each is from."""

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


EMPTY = Options(
    "", *(np.empty(0),) * 2, *(np.empty(0, "i4"),) * 3, *(np.empty(0),) * 2,
    np.empty((0, len(STATIC))), (), (),
)  # fmt: skip


def code_of(country: str | None) -> int:
    """Return a country's two letters as a number, 0 for none."""
    return ord(country[0]) * 256 + ord(country[1]) if country and len(country) == 2 else 0


class Names:
    """The tables of names of one gazetteer, remembered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._known: dict[tuple[str, date | None, bool], Options] = {}

    def options(self, text: str, on: date | None, *, foreign: bool = False) -> Options:
        """Return the places that a name written so may mean on a day.

        Parameters
        ----------
        text, on
            The name; the day for which it should hold.
        foreign
            Whether it stands in a text of another language than English: there no form is a
            place's own name in GeoNames' sense, so each good form counts as one. A name in
            another script always is foreign.
        """
        # By the letters as written: an answer must not depend on the texts read before.
        key = (text, on, foreign)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > 50_000:
                self._known.clear()
            found = self._known[key] = self._made(text, on, foreign=foreign)
        return found

    def _made(self, text: str, on: date | None, *, foreign: bool) -> Options:
        shouted = text.isupper() or "." in text
        for form, how in _variants(text, self.gazetteer):
            loud = shouted or how == "named inside"
            made = self._bearing(form, on, how, shouted=loud, foreign=foreign)
            if len(made):
                return made
        return EMPTY

    def _bearing(
        self, text: str, on: date | None, how: str, *, shouted: bool, foreign: bool
    ) -> Options:
        gazetteer, key = self.gazetteer, normalise_name(text)
        foreign = foreign or not key.isascii()
        own = gazetteer.small_places(key, on)
        demonym = gazetteer.demonym_place(key)
        rows, flags = gazetteer.world_rows(key)
        usable = (flags & CODE == 0) | (flags & MAIN != 0) | shouted
        rows, flags = rows[usable], flags[usable]
        table = gazetteer.world_table(rows)
        if len(rows) > _MOST:
            best = np.argsort(-table["population"].astype("i8"), kind="stable")[:_MOST]
            rows, flags, table = rows[best], flags[best], table[best]
        if foreign:
            flags = np.where(flags & NOT_OWN, flags, flags | MAIN)
        small = [(place, foreign or normalise_name(place.name) == key, False) for place in own]
        if demonym is not None and all(place.place_id != demonym.place_id for place in own):
            small.append((demonym, False, True))
        return _options(text, small, rows, flags, table, how, on, gazetteer)


def _options(
    text: str,
    small: list[tuple[Place, bool, bool]],
    rows: np.ndarray,
    flags: np.ndarray,
    table: np.ndarray,
    how: str,
    on: date | None,
    gazetteer: Gazetteer,
) -> Options:
    count = len(small) + len(rows)
    if not count:
        return EMPTY
    lat, lon, radius = np.zeros(count), np.zeros(count), np.zeros(count)
    country, admin1, kind = (np.zeros(count, "i4") for _ in range(3))
    static = np.zeros((count, len(STATIC)))
    people = np.zeros(count)
    divisions = [gazetteer.division_of(place.place_id) for place, *_ in small]
    for i, (place, main, adjective) in enumerate(small):
        point = place_point(place)
        lon[i], lat[i] = point if point is not None else _NOWHERE
        radius[i] = place.uncertainty_km or 0.0
        country[i], kind[i] = code_of(place.country_code), KINDS.index(place.kind)
        admin1[i] = divisions[i]
        people[i] = place.population
        static[i, _AT["own name"]] = main
        static[i, _AT["word for its people"]] = adjective
        static[i, _AT["curated"]] = place.layer in {"user", "curated"}
        static[i, _AT["capital"]] = place.feature_code == CAPITAL
        static[i, _AT["importance"]] = place.importance
        static[i, _AT["not valid then"]] = not place.is_valid_on(on)
    world = slice(len(small), count)
    lat[world], lon[world] = table["lat"] / 1e5, table["lon"] / 1e5
    radius[world], people[world] = table["radius"], table["population"]
    letters = np.frombuffer(table["country"].tobytes(), "u1").reshape(-1, 2).astype("i4")
    country[world], kind[world] = letters[:, 0] * 256 + letters[:, 1], table["kind"]
    admin1[world] = table["admin1"]
    for name, mark in (("own name", MAIN), ("short form", SHORT), ("abbreviation", ABBREVIATION),
                       ("word for its people", ADJECTIVE), ("code", CODE),
                       ("transliteration", TRANSLITERATION)):  # fmt: skip
        static[world, _AT[name]] = flags & mark != 0
    static[world, _AT["capital"]] = table["code"] == gazetteer.capital_code
    if how:
        static[:, _AT[how]] = 1.0
    _add_kinds(static, kind, people)
    _add_ranks(static, people)
    sources: tuple[Place | int, ...] = (*(place for place, *_ in small), *map(int, rows))
    columns = (lat, lon, country, admin1, kind, radius, people, static)
    return Options(normalise_name(text), *columns, sources, (text,))


def _add_kinds(static: np.ndarray, kind: np.ndarray, people: np.ndarray) -> None:
    for one in set(kind.tolist()):
        static[kind == one, _AT[_OWN_KINDS.get(KINDS[one], "facility")]] = 1.0
    size = np.log10(people + 1.0) / 7.0
    for own in ("town", "second-level", "first-level", "country"):
        static[:, _AT[f"{own} people"]] = static[:, _AT[own]] * size


def _add_ranks(static: np.ndarray, people: np.ndarray) -> None:
    towns = static[:, _AT["town"]] > 0
    if towns.any():
        most = people[towns].max()
        less = np.log10(most + 1.0) - np.log10(people + 1.0)
        static[:, _AT["fewer people than another"]] = np.where(towns, np.minimum(less, 4.0), 0.0)
        static[:, _AT["most people"]] = towns & (people == most)
    static[:, _AT["one of many"]] = np.log10(len(people))
    static[:, _AT["only one"]] = len(people) == 1


def place_point(place: Place) -> tuple[float, float] | None:
    """Return longitude and latitude that stand for a place, None where it has no geometry."""
    if place.point is not None:
        return place.point
    if place.geometry is None or place.geometry.is_empty:
        return None
    point = place.geometry if place.geometry.geom_type == "Point" else place.geometry.centroid
    return float(point.x), float(point.y)


def _variants(text: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Yield the forms under which a name may be known, the closest first, and what was done."""
    yield text, ""
    bare = text.strip(" .'\"’”“")
    if bare != text:
        yield bare, ""
    if bare.lower().startswith("the "):
        bare = bare[4:]
        yield bare, ""
    words = bare.split()
    if len(words) > 1 and words[-1].lower().rstrip(".") in GENERIC_NOUNS:
        yield " ".join(words[:-1]), "without its noun"
    if len(words) > 1 and words[0].lower() in GENERIC_NOUNS:
        yield " ".join(words[1:]), "without its noun"
    if match := _LEADING.match(bare):
        yield bare[match.end() :], "without its noun"
    yield from ((form, "named inside") for form in _inside(re.split(r"[\s,/-]+", bare), gazetteer))


def _inside(words: list[str], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the names inside a longer one, the longest and first of them first."""
    if len(words) < 2:
        return
    for length in range(min(len(words) - 1, 4), 0, -1):
        for start in range(len(words) - length + 1):
            form = " ".join(words[start : start + length]).strip(".'’")
            vague = length == 1 and form.lower() in VAGUE_WORDS
            if form[:1].isupper() and len(form) > 2 and not vague:
                facts = gazetteer.facts(normalise_name(form))
                large = facts.people >= 15_000 or facts.kinds - {ToponymKind.CITY}
                if facts.good and large:
                    yield form
