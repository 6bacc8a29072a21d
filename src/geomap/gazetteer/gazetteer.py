"""The gazetteer: places of several layers, searched by name and ranked.

The layer weighs most (the user's own, curated, countries, towns), then whether the name
is the place's first or another form, then population; a version or a name that was not in
use on the day of a query loses, and _nearness to the point of a query wins a little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from geomap.gazetteer.name_keys import normalise_name
from geomap.gazetteer.place_index import (
    ADJECTIVE,
    CODE,
    DOUBTFUL,
    MAIN,
    SCALE,
    SHORT,
    TRANSLITERATION,
)
from geomap.gazetteer.place_lookup import KnownPlaces
from geomap.geo.distance import great_circle_km
from geomap.model import CRS, Place, PlaceMatch, PlaceName

if TYPE_CHECKING:
    import geopandas as gpd


_LAYER_SCORES = {
    "user": 1.0, "curated": 0.95, "regions": 0.85, "countries": 0.9, "admin1": 0.6,
    "admin2": 0.45, "cities": 0.55, "airports": 0.4, "imported": 0.5,
}  # fmt: skip
_LAYER_WORDS = {
    "user": "a place of your own",
    "curated": "curated gazetteer",
    "regions": "region or water of the world",
    "countries": "country",
    "admin1": "first-level division",
    "admin2": "second-level division",
    "cities": "town",
    "airports": "airport",
    "imported": "place of an imported gazetteer",
}
_OTHER_FORM, _DOUBTFUL_FORM, _WRONG_DAY, _WRONG_NAME_DAY = 0.05, 0.25, 0.3, 0.1
_MOST_PEOPLE, _MOST_FOR_PEOPLE = 7.6, 0.3
_NEAR, _NEAR_KM = 0.1, 200.0


def _form_is_used(form: PlaceName, day: date) -> bool:
    """Return whether a form of a name was in use on a day."""
    after = form.valid_from is None or form.valid_from <= day
    return after and (form.valid_to is None or day <= form.valid_to)


def _reason_of(
    place: Place,
    forms: Sequence[PlaceName],
    on: date | None,
    versions: int = 1,
    side_words: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return in words why a place is listed and ranks where it does.

    `forms` are those of its names that match, of all its `versions`; `side_words` say what a
    side is called in a sentence where that is not its label.
    """
    names = list(dict.fromkeys(form.name for form in forms))
    sides = dict.fromkeys(side_words.get(form.side, form.side) for form in forms if form.side)
    langs = list(dict.fromkeys(form.lang for form in forms if form.lang))
    if place.name in names:
        words = [f'name "{place.name}"']
    else:
        words = [f'"{names[0]}", another form of {place.name}']
    users = " and ".join(", ".join(sides).rsplit(", ", 1))
    about = [*langs, *([f"used by {users}"] if sides else [])]
    words[0] += f" ({', '.join(about)})" if about else ""
    words.append(_LAYER_WORDS[place.layer])
    if on is not None and not place.is_valid_on(on):
        words.append(f"not valid on {on}, this is the version nearest in time")
    elif on is not None and not any(_form_is_used(form, on) for form in forms):
        words.append(f"a form not in use on {on}")
    if versions > 1 or place.valid_from or place.valid_to:
        since = f"from {place.valid_from}" if place.valid_from else "from the start"
        until = f"to {place.valid_to}" if place.valid_to else "onwards"
        words.append(f"true {since} {until}")
    if place.population:
        words.append(f"population {place.population:,}")
    return "; ".join(words)


class Gazetteer(KnownPlaces):
    """Places of several layers; immutable once it is open."""

    def find(
        self,
        name: str,
        *,
        on: date | None = None,
        limit: int | None = 20,
        near: tuple[float, float] | None = None,
    ) -> tuple[PlaceMatch, ...]:
        """Return every place with a name, best first, with the reason in words.

        A place with several dated versions is listed once: with the version valid on the
        day, else the nearest in time; without a day with the newest.

        Parameters
        ----------
        name
            Any form in any script; case, accents and hyphens do not matter.
        on
            Day for which names and places should be valid.
        limit
            How many at most; None for all.
        near
            Longitude and latitude in degrees; of equals the nearer ranks higher.

        Returns
        -------
        matches
            Places with their scores, between 0 and 1.
        """
        key = normalise_name(name)
        if not key:
            return ()
        matches: dict[str, PlaceMatch] = {}
        for layer in self._layers:
            for place_id, forms in layer.by_key.get(key, {}).items():
                place = layer.version(place_id, on)
                if place is not None and place_id not in matches:
                    count = len(layer.versions[place_id])
                    matches[place_id] = self._match(place, forms, key, on, near, count)
        self._add_world(key, on, near, limit, matches)
        ranked = sorted(
            matches.values(), key=lambda m: (-m.score, -m.place.population, m.place.name)
        )
        return tuple(ranked if limit is None else ranked[:limit])

    def _add_world(
        self,
        key: str,
        on: date | None,
        near: tuple[float, float] | None,
        limit: int | None,
        matches: dict[str, PlaceMatch],
    ) -> None:
        hits, flags = self._hits(key)
        rows = self._world.rows[hits]
        bases = np.array([_LAYER_SCORES[name] for name in self._world.layout.layers])
        people = np.log10(rows["population"].astype("float64") + 1) / _MOST_PEOPLE
        other = np.where(flags & MAIN, 0.0, _OTHER_FORM)
        doubtful = np.where(flags & (DOUBTFUL | ADJECTIVE | SHORT), _DOUBTFUL_FORM, 0.0)
        scores = bases[rows["layer"]] + people * _MOST_FOR_PEOPLE - other - doubtful
        scores = np.clip(scores, 0.0, 1.0)
        if near is not None:
            away = great_circle_km(*near, rows["lon"] / SCALE, rows["lat"] / SCALE)
            scores = np.clip(scores + _NEAR * np.exp(-away / _NEAR_KM), 0.0, 1.0)
        order = np.argsort(-scores, kind="stable")
        for position in order if limit is None else order[: limit + len(self._geonames)]:
            place = self._world.place(int(hits[position]))
            curated = self._curated_as(place.place_id)
            if curated in matches:
                continue
            form = PlaceName(self.form_of(place, key))
            if curated is not None and (known := self.get(curated, on=on)) is not None:
                matches[curated] = self._match(known, (form,), key, on, near)
                continue
            reason = _reason_of(place, (form,), on) + _doubt(int(flags[position]))
            score = round(float(scores[position]), 4)
            matches[place.place_id] = PlaceMatch(place, form.name, score, reason)

    def _match(
        self,
        place: Place,
        forms: tuple[PlaceName, ...],
        key: str,
        on: date | None,
        near: tuple[float, float] | None,
        versions: int = 1,
    ) -> PlaceMatch:
        is_main = normalise_name(place.name) == key
        score = _LAYER_SCORES[place.layer] - (0.0 if is_main else _OTHER_FORM)
        if not place.is_valid_on(on):
            score -= _WRONG_DAY
        if on is not None and forms and not any(_form_is_used(form, on) for form in forms):
            score -= _WRONG_NAME_DAY
        score = round(max(score, 0.0), 4)
        if near is not None and place.geometry is not None:
            point = place.geometry.centroid
            away = great_circle_km(*near, point.x, point.y)
            score = round(min(score + float(_NEAR * np.exp(-away / _NEAR_KM)), 1.0), 4)
        reason = _reason_of(place, forms, on, versions, self._side_words)
        return PlaceMatch(place, place.name if is_main else forms[0].name, score, reason)

    def places_table(self) -> gpd.GeoDataFrame:
        """Return the user's and the curated places as a table, one row for each version."""
        import geopandas as gpd  # imported here: a search by name does not need it
        import pandas as pd

        places = self.curated()

        def column(name: str, dtype: str) -> pd.Series:
            return pd.Series([getattr(place, name) for place in places], dtype=dtype)

        columns = {
            name: column(name, "str")
            for name in ("place_id", "name", "kind", "feature_code", "country_code")
        }
        columns["uncertainty_km"] = column("uncertainty_km", "float64")
        for name in ("valid_from", "valid_to"):
            columns[name] = pd.to_datetime(column(name, "object")).astype("datetime64[us]")
        columns |= {name: column(name, "str") for name in ("layer", "source", "licence")}
        return gpd.GeoDataFrame(columns, geometry=[p.geometry for p in places], crs=CRS)


def _doubt(flags: int) -> str:
    if flags & CODE and not flags & MAIN:
        return "; a code or very short form"
    if flags & ADJECTIVE:
        return "; a word for its people"
    return "; a machine's transliteration" if flags & TRANSLITERATION else ""
