"""The gazetteer as the rest of geomap sees it: places of several layers, by name or id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from geomap.gazetteer import ranking
from geomap.gazetteer.countries import demonyms
from geomap.gazetteer.name_keys import normalise_name
from geomap.gazetteer.name_lookup import KnownNames
from geomap.gazetteer.place_index import ADJECTIVE, CODE, MAIN, ROW, TRANSLITERATION
from geomap.gazetteer.road_ends import road_between
from geomap.gazetteer.towns import CAPITAL
from geomap.geo.distance import great_circle_km
from geomap.model import CRS, Place, PlaceMatch, PlaceName

if TYPE_CHECKING:
    import geopandas as gpd


class Gazetteer(KnownNames):
    """Places of several layers; nothing of it changes once it is open."""

    def find(
        self,
        name: str,
        *,
        on: date | None = None,
        limit: int | None = 20,
        near: tuple[float, float] | None = None,
    ) -> tuple[PlaceMatch, ...]:
        """Return every place that bears a name, best first, with why in words.

        A place with several dated versions is listed once: with the version true on the
        day, else the nearest in time; without a day with the newest.

        Parameters
        ----------
        name
            Any form in any script; case, accents and hyphens do not matter.
        on
            Day for which names and places should be true.
        limit
            How many at most; None for all.
        near
            Longitude and latitude; of equals the nearer ranks higher.
        """
        key = normalise_name(name)
        found = self._small_matches(key, on, near) if key else {}
        if key and self._world is not None:
            self._add_world(key, on, near, limit, found)
        ranked = sorted(found.values(), key=lambda m: (-m.score, -m.place.population, m.place.name))
        return tuple(ranked if limit is None else ranked[:limit])

    def _small_matches(
        self, key: str, on: date | None, near: tuple[float, float] | None
    ) -> dict[str, PlaceMatch]:
        found: dict[str, PlaceMatch] = {}
        for layer in self._layers:
            for place_id, forms in layer.by_key.get(key, {}).items():
                place = layer.version(place_id, on)
                if place is not None and place_id not in found:
                    count = len(layer.versions[place_id])
                    found[place_id] = _match(place, forms, key, on, near, count)
        return found

    def _add_world(
        self,
        key: str,
        on: date | None,
        near: tuple[float, float] | None,
        limit: int | None,
        found: dict[str, PlaceMatch],
    ) -> None:
        assert self._world is not None  # noqa: S101 - the one caller has looked
        hits, flags = self._hits(key)
        rows = self._world.rows[hits]
        scores = self._world_scores(rows, flags)
        if near is not None:
            away = great_circle_km(*near, rows["lon"] / 1e5, rows["lat"] / 1e5)
            scores = np.clip(scores + ranking.nearness(away), 0.0, 1.0)
        order = np.argsort(-scores, kind="stable")
        for position in order if limit is None else order[: limit + len(self._geonames)]:
            row = int(hits[position])
            place = self._world.place(row)
            curated = self._curated_as(place.place_id)
            if curated in found:
                continue
            form = PlaceName(self._form(row, key))
            if curated is not None and (known := self.get(curated, on=on)) is not None:
                found[curated] = _match(known, (form,), key, on, near)
                continue
            reason = ranking.why(place, (form,), on) + _doubt(int(flags[position]))
            score = round(float(scores[position]), 4)
            found[place.place_id] = PlaceMatch(place, form.name, score, reason)

    def _world_scores(self, rows: np.ndarray, flags: np.ndarray) -> np.ndarray:
        assert self._world is not None  # noqa: S101 - the callers have looked
        bases = np.array([ranking.LAYER_SCORES[name] for name in self._world.layout.layers])
        return ranking.score_rows(bases[rows["layer"]], rows["population"], flags)

    def _curated_as(self, place_id: str) -> str | None:
        number = place_id[3:]
        known = place_id.startswith("gn:") and number.isdecimal()
        return self._geonames.get(int(number)) if known else None

    def _form(self, row: int, key: str) -> str:
        assert self._world is not None  # noqa: S101 - the one caller has looked
        names = self._world.names_of(row)
        return next((name for name in names if normalise_name(name) == key), names[0])

    def get(self, place_id: str, *, on: date | None = None) -> Place | None:
        """Return a place: the version true on the day, else the nearest in time.

        A GeoNames id of a town that a curated entry describes gives the curated entry.
        """
        for layer in self._layers:
            if (place := layer.version(place_id, on)) is not None:
                return place
        if (curated := self._curated_as(place_id)) is not None:
            return self.get(curated, on=on)
        if self._world is None or (row := self._world.row_of(place_id)) is None:
            return None
        is_off = self._world.rows["layer"][np.array([row])][0] in self._off
        return None if is_off else self._world.place(row)

    def versions(self, place_id: str) -> tuple[Place, ...]:
        """Return every dated version of a place, oldest first."""
        for layer in self._layers:
            if place_id in layer.versions:
                return layer.versions[place_id]
        place = self.get(place_id)
        return () if place is None else (place,)

    def small_places(self, key: str, on: date | None) -> tuple[Place, ...]:
        """Return the places of the small layers that bear a key: the version for the day."""
        found: dict[str, Place] = {}
        for layer in self._layers:
            for place_id in layer.by_key.get(key, {}):
                place = layer.version(place_id, on)
                if place is not None:
                    found.setdefault(place_id, self._peopled(place))
        for row in self._hits(key)[0].tolist():
            if row in self._curated_rows:
                place_id = self._curated_rows[row]
                if place_id not in found and (place := self.get(place_id, on=on)) is not None:
                    found[place_id] = self._peopled(place)
        return tuple(found.values())

    def _peopled(self, place: Place) -> Place:
        """Return a curated place with the people that the world index counts there."""
        row = None if place.population else self._row_of_curated.get(place.place_id)
        if row is None or self._world is None:
            return place
        people = self._world.rows[np.array([row])]["population"]
        return replace(place, population=int(people[0]))

    def division_of(self, place_id: str) -> int:
        """Return the number of the division in which a curated place lies, 0 where unknown."""
        row = self._row_of_curated.get(place_id)
        if row is None or self._world is None:
            return 0
        return int(self._world.rows[np.array([row])]["admin1"][0])

    def demonym_place(self, key: str) -> Place | None:
        """Return the country or region whose people or adjective a key is, else None."""
        if (code := demonyms().get(key)) is not None and (place := self.country(code)) is not None:
            return place
        for layer in self._layers:
            if key in layer.adjectives:
                return self.get(layer.adjectives[key])
        return None

    def form_of(self, place: Place, key: str) -> str:
        """Return the form of a place's name that has a key, its main name where none has."""
        forms = (place.name, *(form.name for form in place.names))
        return next((form for form in forms if normalise_name(form) == key), place.name)

    def world_rows(self, key: str) -> tuple[np.ndarray, np.ndarray]:
        """Return rows of the world index that bear a key, and the mark of the name for each.

        Rows that a curated entry describes are left out: `small_places` gives that entry.
        """
        hits, flags = self._hits(key)
        if self._curated_rows and len(hits):
            other = np.array([row not in self._curated_rows for row in hits.tolist()])
            return hits[other], flags[other]
        return hits, flags

    def world_table(self, rows: np.ndarray) -> np.ndarray:
        """Return what the world index holds of rows: the columns of its row type."""
        if self._world is None:
            return np.empty(0, ROW)
        return np.asarray(self._world.rows[rows])

    @property
    def capital_code(self) -> int:
        """Return the number that stands for a country's capital in the world index."""
        codes = [] if self._world is None else self._world.layout.codes
        return codes.index(CAPITAL) if CAPITAL in codes else -1

    def world_place(self, row: int) -> Place:
        """Return the place of a row of the world index."""
        assert self._world is not None  # noqa: S101 - rows come from it
        return self._world.place(row)

    def curated(self) -> tuple[Place, ...]:
        """Return the user's and the curated places, every version of each."""
        return tuple(
            place for layer in self._own for group in layer.versions.values() for place in group
        )

    def places_table(self) -> gpd.GeoDataFrame:
        """Return the user's and the curated places as a table, one row for each version."""
        import geopandas as gpd  # imported here: asking for names does not need it
        import pandas as pd

        places = self.curated()
        text = ("place_id", "name", "kind", "feature_code", "country_code")
        columns = {c: pd.Series([getattr(p, c) for p in places], dtype="str") for c in text}
        columns["uncertainty_km"] = pd.Series([p.uncertainty_km for p in places], dtype="float64")
        for column in ("valid_from", "valid_to"):
            days = pd.to_datetime(pd.Series([getattr(p, column) for p in places], dtype="object"))
            columns[column] = days.astype("datetime64[us]")
        for column in ("layer", "source", "licence"):
            columns[column] = pd.Series([getattr(p, column) for p in places], dtype="str")
        return gpd.GeoDataFrame(columns, geometry=[p.geometry for p in places], crs=CRS)

    def road_between(self, name_a: str, name_b: str, *, on: date | None = None) -> Place | None:
        """Return the curated road whose ends bear these names, in either order, else None."""
        return road_between(self._own, name_a, name_b, on)

    def country(self, code: str) -> Place | None:
        """Return a country by its ISO 3166-1 alpha-2 code."""
        return self.get(f"iso:{code.upper()}")

    def __iter__(self) -> Iterator[Place]:
        return iter(self.curated())


def _match(
    place: Place,
    forms: tuple[PlaceName, ...],
    key: str,
    on: date | None,
    near: tuple[float, float] | None,
    versions: int = 1,
) -> PlaceMatch:
    score = ranking.score_place(place, forms, on, is_main=normalise_name(place.name) == key)
    if near is not None and place.geometry is not None:
        point = place.geometry.centroid
        away = great_circle_km(*near, point.x, point.y)
        score = round(min(score + float(ranking.nearness(away)), 1.0), 4)
    matched = place.name if normalise_name(place.name) == key else forms[0].name
    return PlaceMatch(place, matched, score, ranking.why(place, forms, on, versions))


def _doubt(flags: int) -> str:
    if flags & CODE and not flags & MAIN:
        return "; a code or very short form"
    if flags & ADJECTIVE:
        return "; a word for its people"
    return "; a machine's transliteration" if flags & TRANSLITERATION else ""
