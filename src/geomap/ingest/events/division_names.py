"""Provinces and districts that rows name: which they are, and which places lie in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.divisions import bare_name
from geomap.geo.distance import geometry_distance_km
from geomap.model import Place, ToponymKind

_DIVISIONS = {ToponymKind.ADMIN1, ToponymKind.ADMIN2}
_AREAS = {*_DIVISIONS, ToponymKind.REGION, ToponymKind.ZONE}
_LEAST_KM = 60.0
_ISO_ONLY = re.compile(r"adm1:[A-Z]{2}-")
"""The id of a province of ISO 3166-2 that GeoNames has under another name: no town has its code."""
_APART_KM = 150.0
_MORE = 1.5
_Entry = tuple[Place, int]


class DivisionFinder:
    """Divisions by name; each name is looked up once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._entries: dict[str, tuple[_Entry, ...]] = {}

    def is_known(self, name: str, code: str | None) -> bool:
        """Return whether an area of the country (or of any) bears the name."""
        return bool(self._areas(name, code))

    def of(self, name: str, code: str | None) -> list[Place]:
        """Return the provinces and districts of a name, in the country where one is given."""
        return [place for place in self._areas(name, code) if place.kind in _DIVISIONS]

    def find(
        self, name: str, level: ToponymKind, code: str | None, admin1: str | None
    ) -> tuple[Place, ...]:
        """Return the divisions of a name, those of the level stated first.

        A district must lie in the province `admin1` where both are known.
        """
        areas = [p for p in self._areas(name, code) if p.geometry is not None]
        wanted = [p for p in areas if p.kind is level] or [p for p in areas if p.kind in _DIVISIONS]
        wanted = wanted or areas
        if level is ToponymKind.ADMIN2 and admin1:
            inside = self.inside(wanted, name, admin1, code)
            wanted = wanted if inside is None else inside
        return tuple(wanted)

    def inside(
        self, places: Sequence[Place], name: str, division: str, code: str | None
    ) -> list[Place] | None:
        """Return the places of a name that lie in a division; None when it is not known."""
        areas = self._areas(division, code)
        if not areas:
            return None
        ids = {place.place_id for place in areas}
        numbers = {
            number
            for entry, number in self._named(division)
            if entry.place_id in ids and entry.kind is ToponymKind.ADMIN1 and number
        }
        own = {entry.place_id: number for entry, number in self._named(name)}
        apart = [area for area in areas if _ISO_ONLY.match(area.place_id)]
        # the code of its province decides where a town lies; a place without one, its distance
        return [
            place
            for place in places
            if place.place_id in ids
            or (own.get(place.place_id, 0) in numbers if numbers and own.get(place.place_id)
                else any(_is_near(place, area) for area in areas))
            or any(_is_near(place, area, least_km=_APART_KM) for area in apart)
        ]  # fmt: skip

    def seat(self, places: Sequence[Place], name: str) -> Place | None:
        """Return the town after which a division, the first of some places, is named, if any."""
        if places[0].kind not in _DIVISIONS:
            return None
        own = {entry.place_id: number for entry, number in self._named(name)}
        home = own.get(places[0].place_id)
        towns = (place for place in places if place.kind is ToponymKind.CITY)
        return next((town for town in towns if home and own.get(town.place_id) == home), None)

    def _areas(self, name: str, code: str | None) -> list[Place]:
        areas = [place for place, _ in self._named(name) if place.kind in _AREAS]
        return [area for area in areas if not code or area.country_code in {code, None}]

    def _named(self, name: str) -> tuple[_Entry, ...]:
        """Return each place of a name with the number of its province, 0 where it has none."""
        if name not in self._entries:
            own = self._look_up(name)
            if not any(place.kind in _AREAS for place, _ in own) and (bare := bare_name(name)):
                own = (*own, *self._look_up(bare))
            self._entries[name] = own
        return self._entries[name]

    def _look_up(self, name: str) -> tuple[_Entry, ...]:
        key = normalise_name(name)
        small = tuple((place, 0) for place in self._gazetteer.small_places(key, None))
        rows, _ = self._gazetteer.world_rows(key)
        numbers = self._gazetteer.world_table(rows)["admin1"].tolist()
        world = (
            (self._gazetteer.world_place(int(row)), int(number))
            for row, number in zip(rows, numbers, strict=True)
        )
        return (*small, *world)


def _is_near(place: Place, area: Place, *, least_km: float = _LEAST_KM) -> bool:
    if place.geometry is None or area.geometry is None:
        return False
    if area.geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return bool(area.geometry.intersects(place.geometry))
    reach = max(_MORE * (area.uncertainty_km or 0.0), least_km)
    return geometry_distance_km(place.geometry, area.geometry) <= reach
