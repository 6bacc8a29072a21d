"""Rows that name their place instead of giving coordinates, resolved by the gazetteer.

A town must lie in the country and the division that the row states. A row that only names a
division or a country is placed as that area; a name that is not known leaves the row in its
division, or unplaced where it states none. Where several places of one name stay possible the
best-known is taken, with the others as `rivals`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.divisions import bare_name
from geomap.geo.distance import geometry_distance_km
from geomap.ingest.events.division_names import DivisionFinder
from geomap.ingest.events.named_place import Context, NamedPlace
from geomap.layouts import code_list
from geomap.layouts.fields import fold
from geomap.model import Place, PlaceMatch, ToponymKind
from geomap.paths import packaged_rows

_ROAD = re.compile(
    r"^(?:the\s+)?(.+?)\s*[-\u2010-\u2015]\s*(.+?)\s+(?:road|highway|motorway|corridor|route)$",
    re.IGNORECASE,
)
_LONGEST_NAME = 1_000
_LIST = re.compile(r"\s*[;|]\s*")
_OWN_LAYERS = {"user", "curated"}
_NEAR = re.compile(
    r"^(?:near|close to|around|outside(?: of)?|outskirts of|vicinity of|in the vicinity of|north of"
    r"|south of|east of|west of|bei|nahe|près de|cerca de|около|рядом с|под)\s+(.{2,})$",
    re.IGNORECASE,
)
_TOWN = re.compile(
    r"^(?:(.{2,})\s+(?:city|town|village|settlement|township)|(?:city|town|village) of\s+(.{2,}))$",
    re.IGNORECASE,
)
_PART_NAMES = frozenset(
    fold(word)
    for (words,) in packaged_rows("geomap.ingest.events", "part_names.tsv")
    for word in words.split("|")
)
_MOST_MATCHES = 60
_APART_KM = 50.0
_RIVAL_SHARE = 0.1
_TOWN_SHARE = 0.5


class PlaceFinder:
    """Looks up each different combination of place, divisions, country and day once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.divisions = DivisionFinder(gazetteer)
        self._named_places: dict[tuple[Context, date | None], NamedPlace | None] = {}
        self._matches: dict[str, tuple[PlaceMatch, ...]] = {}
        self._codes: dict[str, str | None] = {}
        self._home: str | None = None
        self._division_names: Mapping[str, str] = {}

    def settle(self, home: str | None, division_names: Mapping[str, str]) -> None:
        """Set what the file as a whole says of its rows.

        Parameters
        ----------
        home
            ISO code of the country of rows that state none.
        division_names
            Codes of first-level divisions in the file, and their names.
        """
        self._home, self._division_names = home, division_names

    def find(self, wanted: Context, day: date | None) -> NamedPlace | None:
        """Return what a row names; None when any of its names cannot be placed."""
        if wanted.admin1 is not None and wanted.admin1 in self._division_names:
            wanted = replace(wanted, admin1=self._division_names[wanted.admin1])
        name = wanted.name or ""
        dated = any(m.place.valid_from or m.place.valid_to for m in self.matches(name))
        key = (wanted, day if dated or _LIST.search(name) else None)
        if key not in self._named_places:
            self._named_places[key] = self._look_up(wanted, day)
        return self._named_places[key]

    def matches(self, name: str) -> tuple[PlaceMatch, ...]:
        """Return every place of this name, whenever it was valid."""
        if name not in self._matches:
            self._matches[name] = self._gazetteer.find(name, limit=_MOST_MATCHES)
        return self._matches[name]

    def country_code(self, country: str | None) -> str | None:
        """Return the ISO code of a country given by name or code."""
        if not country:
            return None
        if country not in self._codes:
            self._codes[country] = self._country_code(country)
        return self._codes[country]

    def _country_code(self, country: str) -> str | None:
        code = country.upper()
        if len(code) == 3:
            code = code_list("iso_3166_alpha3").get(code, code)
        if len(code) == 2 and code.isalpha() and self._gazetteer.country(code):
            return code
        # "Myanmar (Burma)": either name may be the one that is known
        for name in (country, *filter(None, re.split(r"[()]", country))):
            places = (match.place for match in self.matches(name.strip()))
            codes = {place.country_code for place in places if place.kind is ToponymKind.COUNTRY}
            if codes:
                return codes.pop() if len(codes) == 1 else None  # two countries are "Congo"
        return None

    def _look_up(self, wanted: Context, day: date | None) -> NamedPlace | None:
        code = self.country_code(wanted.country) if wanted.country else self._home
        if not wanted.name:
            return self._district_or_town(wanted, code, day)
        named = self._named(wanted.name, wanted, code, day)
        if named is not None or not (wanted.admin1 or wanted.admin2):
            return named
        area = self._area(wanted, code)
        # a country tells too little about where an unknown village is
        is_division = area is not None and area.places[0].kind is not ToponymKind.COUNTRY
        return replace(area, is_fallback=True) if area is not None and is_division else None

    def _district_or_town(
        self, wanted: Context, code: str | None, day: date | None
    ) -> NamedPlace | None:
        """Return the area of a row that names no place; of an unknown district, round its town."""
        area = self._area(wanted, code)
        name = wanted.admin2
        if not name or self.divisions.find(name, ToponymKind.ADMIN2, code, wanted.admin1):
            return area
        if code or wanted.admin1:
            town = self._one(name, replace(wanted, name=name, admin2=None), code, day)
            if town is not None and town.places[0].kind is ToponymKind.CITY:
                return replace(town, is_near=True)
        return None if area is None else replace(area, is_fallback=True)

    def _area(self, wanted: Context, code: str | None) -> NamedPlace | None:
        """Return the smallest division that a row names, else its country."""
        levels = ((ToponymKind.ADMIN2, wanted.admin2), (ToponymKind.ADMIN1, wanted.admin1))
        for level, name in levels:
            divisions = self.divisions.find(name, level, code, wanted.admin1) if name else ()
            if divisions and not code and self._is_borne_elsewhere(name or "", divisions[0]):
                return None
            if divisions:
                return NamedPlace((divisions[0],), divisions[1:])
        country = self._gazetteer.country(code) if code else None
        return None if country is None or country.geometry is None else NamedPlace((country,))

    def _is_borne_elsewhere(self, name: str, division: Place) -> bool:
        """Return whether places of other countries that are as well known bear the name."""
        return any(
            match.place.country_code not in (None, division.country_code)
            and match.place.population >= _RIVAL_SHARE * division.population
            for match in self.matches(name)
        )

    def candidates(self, name: str) -> tuple[Place, ...]:
        """Return places of a name, the best known of each country.

        Parameters
        ----------
        name
            As a row states it.
        """
        by_country: dict[str | None, Place] = {}
        for match in self.matches(name):
            by_country.setdefault(match.place.country_code, match.place)
        return tuple(by_country.values())

    def _named(
        self, name: str, wanted: Context, code: str | None, day: date | None
    ) -> NamedPlace | None:
        if not (code or wanted.admin1 or wanted.admin2) and fold(name) in _PART_NAMES:
            return None
        whole = self._one(name, wanted, code, day)
        if whole is not None:
            return whole
        parts = [part for part in _LIST.split(name) if part]
        if len(parts) > 1:
            each = [self._one(part, wanted, code, day) for part in parts]
            known = [item for item in each if item is not None]
            if len(known) < len(each):
                return None
            return NamedPlace(
                tuple(place for item in known for place in item.places),
                tuple(place for item in known for place in item.rivals),
            )
        if len(name) > _LONGEST_NAME:
            return None
        if (town := town_name(name)) != name:
            return self._one(town, wanted, code, day)
        if bare := bare_name(name):
            areas = self.divisions.find(bare, ToponymKind.ADMIN1, code, None)
            return NamedPlace((areas[0],), areas[1:]) if areas else None
        if near := _NEAR.match(name):
            middle = self._named(near[1], wanted, code, day)
            return None if middle is None else replace(middle, is_near=True)
        return self._with_commas(name, wanted, day)

    def _with_commas(self, name: str, wanted: Context, day: date | None) -> NamedPlace | None:
        """Return the place of "town, province" or "town, province, country"."""
        first, *rest = [part.strip() for part in name.split(",") if part.strip()] or [""]
        if not rest:
            return None
        code = self.country_code(rest[-1])
        provinces = rest[:-1] if code else rest
        province = provinces[-1] if provinces else wanted.admin1
        code = code or (self.country_code(wanted.country) if wanted.country else self._home)
        if province and not self.divisions.is_known(province, code):
            if not code or len(rest) == 1:
                return None
            province = wanted.admin1
        return self._one(first, replace(wanted, name=first, admin1=province), code, day)

    def _one(
        self, name: str, wanted: Context, code: str | None, day: date | None
    ) -> NamedPlace | None:
        every = [match.place for match in self.matches(name)]
        places = [place for place in every if place.is_valid_on(day)] or every
        if not places:
            ends = _ROAD.match(name) if len(name) <= _LONGEST_NAME else None
            road = ends and self._gazetteer.road_between(ends[1], ends[2], on=day)
            return NamedPlace((road,)) if road else None
        if code:
            places = [p for p in places if p.country_code == code or p.layer in _OWN_LAYERS]
        for division in filter(None, (wanted.admin1, wanted.admin2)):
            inside = self.divisions.inside(places, name, division, code)
            places = places if inside is None else inside
        if not places:
            return None
        seat = self.divisions.seat(places, name)
        if seat is not None:
            # the division is where its seat is: no other place of that name
            places = [place for place in places if place.kind is ToponymKind.CITY]
        best = seat or _greater_town(places) or places[0]
        return NamedPlace((best,), _rivals(best, places))


def _greater_town(places: Sequence[Place]) -> Place | None:
    """Return the town whose province bears its name and has hardly more people, if any.

    Lima is not in the province Lima: who writes Lima where a place belongs means the town.
    """
    first = places[0]
    if first.kind not in {ToponymKind.ADMIN1, ToponymKind.ADMIN2}:
        return None
    towns = (p for p in places if p.kind is ToponymKind.CITY)
    return next(
        (
            town
            for town in towns
            if town.country_code == first.country_code
            and town.population >= _TOWN_SHARE * first.population
        ),
        None,
    )


def _rivals(best: Place, places: Sequence[Place]) -> tuple[Place, ...]:
    """Return places of the same name elsewhere that are not much less known than the best."""
    if best.geometry is None or best.layer in _OWN_LAYERS:
        return ()
    return tuple(
        place
        for place in places
        if place.place_id != best.place_id
        and place.geometry is not None
        and place.population >= _RIVAL_SHARE * best.population
        and geometry_distance_km(place.geometry, best.geometry) > _APART_KM
    )


def town_name(name: str) -> str:
    """Return the name of a town without the word for a town ("Aleppo city")."""
    match = _TOWN.match(name)
    return (match[1] or match[2]) if match else name


def day_of(moment: object) -> date | None:
    """Return the day of a cell of a day column; None when it is missing."""
    return None if pd.isna(moment) else pd.Timestamp(moment).date()
