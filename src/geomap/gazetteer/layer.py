"""A small layer of places held in memory: the user's own, the curated, the countries.

Read from GeoJSON whose properties are plain columns, one feature for each dated version
of a place; versions share their `place_id`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import marisa_trie
from shapely.geometry import shape

from geomap.errors import FileRefusedError
from geomap.gazetteer.names import normalise_name
from geomap.model import Place, PlaceName, ToponymKind


@dataclass(frozen=True)
class Layer:
    """Places by id and by key of each of their names."""

    name: str
    versions: Mapping[str, tuple[Place, ...]]
    geonames: Mapping[int, str] = field(default_factory=dict)
    ends: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    adjectives: Mapping[str, str] = field(default_factory=dict)
    by_key: Mapping[str, Mapping[str, tuple[PlaceName, ...]]] = field(init=False)
    trie: marisa_trie.Trie = field(init=False)

    def __post_init__(self) -> None:
        """Index the names of every version."""
        by_key: dict[str, dict[str, tuple[PlaceName, ...]]] = defaultdict(dict)
        for place_id, versions in self.versions.items():
            forms = [PlaceName(version.name) for version in versions]
            forms = [*(form for version in versions for form in version.names), *forms]
            for form in dict.fromkeys(forms):
                known = by_key[normalise_name(form.name)]
                known[place_id] = (*known.get(place_id, ()), form)
        by_key.pop("", None)
        object.__setattr__(self, "by_key", dict(by_key))
        object.__setattr__(self, "trie", marisa_trie.Trie(by_key))

    def version(self, place_id: str, on: date | None) -> Place | None:
        """Return the version true on the day, else the nearest in time; the newest for no day."""
        versions = self.versions.get(place_id)
        if not versions:
            return None
        if on is None:
            return versions[-1]
        return min(reversed(versions), key=lambda version: _days_off(version, on))


def _days_off(place: Place, day: date) -> int:
    if place.valid_from is not None and day < place.valid_from:
        return (place.valid_from - day).days
    if place.valid_to is not None and day > place.valid_to:
        return (day - place.valid_to).days
    return 0


def read_layer(path: Path, name: str) -> Layer:
    """Return the places of a GeoJSON file.

    Raises
    ------
    FileRefusedError
        When the file cannot be read or a feature lacks what a place needs.
    """
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} is not a GeoJSON file of places ({error}); mend or remove it."
        raise FileRefusedError(message, code="places_unreadable") from error
    places: list[Place] = []
    geonames: dict[int, str] = {}
    ends: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for number, feature in enumerate(features, start=1):
        try:
            place = _place(feature, name)
            own = feature["properties"]
            if own.get("geonameid"):
                geonames[int(own["geonameid"])] = place.place_id
            if own.get("ends"):
                first, second = _listed(own["ends"])
                ends[place.place_id] = (tuple(first), tuple(second))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            message = (
                f"{path}, feature {number}: not a place ({error!r}); "
                "give it place_id, name and kind."
            )
            raise FileRefusedError(message, code="places_unreadable") from error
        places.append(place)
    return Layer(name, grouped(places), geonames, ends)


def grouped(places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    """Return the versions of each place, oldest first, in the order of the ids given."""
    versions: dict[str, list[Place]] = {}
    for place in places:
        versions.setdefault(place.place_id, []).append(place)
    return {
        place_id: tuple(sorted(group, key=lambda place: place.valid_from or date.min))
        for place_id, group in versions.items()
    }


def _listed(value: Any) -> list[Any]:
    """Return a JSON array that a GIS may have turned into text."""
    listed = json.loads(value) if isinstance(value, str) else value
    return list(listed or [])


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _place(feature: Mapping[str, Any], layer: str) -> Place:
    own = feature["properties"]
    names = tuple(
        PlaceName(
            form["name"],
            form.get("lang"),
            form.get("side"),
            _day(form.get("valid_from")),
            _day(form.get("valid_to")),
        )
        for form in _listed(own.get("names"))
    )
    margin = own.get("uncertainty_km")
    return Place(
        place_id=str(own["place_id"]),
        name=str(own["name"]),
        names=names,
        feature_class=own.get("feature_class") or "",
        feature_code=own.get("feature_code") or "",
        kind=ToponymKind(own["kind"]),
        geometry=shape(feature["geometry"]) if feature.get("geometry") else None,
        uncertainty_km=None if margin is None else float(margin),
        country_code=own.get("country_code"),
        layer=layer,
        source=own.get("source") or "",
        licence=own.get("licence") or "",
        valid_from=_day(own.get("valid_from")),
        valid_to=_day(own.get("valid_to")),
        population=int(own.get("population") or 0),
    )
