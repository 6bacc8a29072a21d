"""The gazetteer: places of several layers, searched by name and ranked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from geomap.gazetteer import ranking
from geomap.gazetteer.name_keys import normalise_name
from geomap.gazetteer.place_index import ADJECTIVE, CODE, MAIN, SCALE, TRANSLITERATION
from geomap.gazetteer.place_lookup import KnownPlaces
from geomap.geo.distance import great_circle_km
from geomap.model import CRS, Place, PlaceMatch, PlaceName

if TYPE_CHECKING:
    import geopandas as gpd


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
        bases = np.array([ranking.LAYER_SCORES[name] for name in self._world.layout.layers])
        scores = ranking.score_rows(bases[rows["layer"]], rows["population"], flags)
        if near is not None:
            away = great_circle_km(*near, rows["lon"] / SCALE, rows["lat"] / SCALE)
            scores = np.clip(scores + ranking.nearness(away), 0.0, 1.0)
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
            reason = ranking.reason_of(place, (form,), on) + _doubt(int(flags[position]))
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
        score = ranking.score_place(place, forms, on, is_main=is_main)
        if near is not None and place.geometry is not None:
            point = place.geometry.centroid
            away = great_circle_km(*near, point.x, point.y)
            score = round(min(score + float(ranking.nearness(away)), 1.0), 4)
        reason = ranking.reason_of(place, forms, on, versions, self._side_words)
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
