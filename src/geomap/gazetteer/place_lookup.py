"""The places of several layers, by id or by the key of a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from geomap.gazetteer.countries import demonyms
from geomap.gazetteer.name_keys import normalise_name
from geomap.gazetteer.name_lookup import KnownNames
from geomap.gazetteer.world import CAPITAL
from geomap.model import Place


class KnownPlaces(KnownNames):
    """The places behind the names of several layers; immutable once it is open."""

    def get(self, place_id: str, *, on: date | None = None) -> Place | None:
        """Return a place: the version valid on the day, else the nearest in time.

        The GeoNames id of a town that a curated entry describes gives the curated entry.

        Parameters
        ----------
        place_id
            Id of any layer, such as "gn:2988507" or "iso:FR".
        on
            Day for which the version should be valid; the newest version without one.

        Returns
        -------
        place
            None for an unknown id.
        """
        for layer in self._layers:
            if (place := layer.version(place_id, on)) is not None:
                return place
        if (curated := self._curated_as(place_id)) is not None:
            return self.get(curated, on=on)
        row = self._world.row_of(place_id)
        if row is None or self._world.rows[[row]]["layer"][0] in self._off:
            return None
        return self._world.place(row)

    def _curated_as(self, place_id: str) -> str | None:
        """Return the id of the curated entry for a GeoNames id, None where there is none."""
        number = place_id[3:]
        known = place_id.startswith("gn:") and number.isdecimal()
        return self._geonames.get(int(number)) if known else None

    def versions(self, place_id: str) -> tuple[Place, ...]:
        """Return every dated version of a place, oldest first.

        Parameters
        ----------
        place_id
            Id of any layer; an unknown one has no versions.
        """
        for layer in self._layers:
            if place_id in layer.versions:
                return layer.versions[place_id]
        place = self.get(place_id)
        return () if place is None else (place,)

    def curated(self) -> tuple[Place, ...]:
        """Return the user's and the curated places, every version of each."""
        return tuple(
            place for layer in self._own for group in layer.versions.values() for place in group
        )

    def __iter__(self) -> Iterator[Place]:
        return iter(self.curated())

    def country(self, code: str) -> Place | None:
        """Return a country, None for an unknown code.

        Parameters
        ----------
        code
            ISO 3166-1 alpha-2 code in any case.
        """
        return self.get(f"iso:{code.upper()}")

    def demonym_place(self, key: str) -> Place | None:
        """Return the country or region whose people or adjective a word is, else None.

        Parameters
        ----------
        key
            Key of the word, from `normalise_name`.
        """
        if (code := demonyms().get(key)) is not None and (place := self.country(code)) is not None:
            return place
        layer = next((layer for layer in self._layers if key in layer.adjectives), None)
        return None if layer is None else self.get(layer.adjectives[key])

    def form_of(self, place: Place, key: str) -> str:
        """Return the form of a place's name with a key, its main name where none has it.

        Parameters
        ----------
        place, key
            The place; a key from `normalise_name`.
        """
        forms = (place.name, *(form.name for form in place.names))
        return next((form for form in forms if normalise_name(form) == key), place.name)

    def road_between(self, name_a: str, name_b: str, *, on: date | None = None) -> Place | None:
        """Return the curated road between two places, in either order, else None.

        Parameters
        ----------
        name_a, name_b
            Any form of any place that the road has as an end.
        on
            Day for which the version of the road should be valid.
        """
        for layer in self._own:
            one, other = (layer.by_key.get(normalise_name(n), {}).keys() for n in (name_a, name_b))
            for place_id, (first, second) in layer.ends.items():
                straight = one & set(first) and other & set(second)
                if straight or (one & set(second) and other & set(first)):
                    return layer.version(place_id, on)
        return None

    def small_places(self, key: str, on: date | None) -> tuple[Place, ...]:
        """Return the places of the small layers with a name, each in its version for a day.

        Parameters
        ----------
        key, on
            Key of the name, from `normalise_name`; the day, None for the newest versions.
        """
        places: dict[str, Place] = {}
        for layer in self._layers:
            for place_id in layer.by_key.get(key, {}):
                if (version := layer.version(place_id, on)) is not None:
                    places.setdefault(place_id, version)
        for row in self._hits(key)[0].tolist() if self._curated_rows else ():
            curated = self._curated_rows.get(row)
            if curated is not None and (place := self.get(curated, on=on)) is not None:
                places.setdefault(curated, place)
        return tuple(map(self._peopled, places.values()))

    def _peopled(self, place: Place) -> Place:
        """Return a curated place with the population that the world index has for it."""
        row = None if place.population else self._row_of_curated.get(place.place_id)
        if row is None:
            return place
        people = self._world.rows[[row]]["population"]
        return replace(place, population=int(people[0]))

    def division_of(self, place_id: str) -> int:
        """Return the number of the division in which a curated place lies, 0 where unknown.

        Parameters
        ----------
        place_id
            Id of the curated entry. Numbers are those of the column `admin1` of `world_table`.
        """
        row = self._row_of_curated.get(place_id)
        return 0 if row is None else int(self._world.rows[[row]]["admin1"][0])

    def world_rows(self, key: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of the world index with a name, and the mark of the name for each.

        Rows that a curated entry describes are left out: `small_places` gives that entry.

        Parameters
        ----------
        key
            Key of the name, from `normalise_name`.

        Returns
        -------
        rows, marks
            Two arrays of the same length; the marks are bits of `place_index`.
        """
        hits, flags = self._hits(key)
        if self._curated_rows and len(hits):
            other = np.array([row not in self._curated_rows for row in hits.tolist()])
            return hits[other], flags[other]
        return hits, flags

    def world_table(self, rows: np.ndarray) -> np.ndarray:
        """Return a structured array with the columns of `place_index.ROW`.

        Parameters
        ----------
        rows
            Row numbers of the world index, from `world_rows`.
        """
        return np.asarray(self._world.rows[rows])

    def world_place(self, row: int) -> Place:
        """Return the place of a row of the world index.

        Parameters
        ----------
        row
            A row number from `world_rows`.
        """
        return self._world.place(row)

    @property
    def capital_code(self) -> int:
        """The number of the feature code of capitals in the world index, -1 where it has none."""
        codes = self._world.layout.codes
        return codes.index(CAPITAL) if CAPITAL in codes else -1
