"""A small layer of places in memory: the user's own, the curated, regions, countries.

Layers are read from GeoJSON whose properties are plain columns, one feature for each dated
version of a place; versions share their `place_id`. A layer that geomap has written can be
read lazily: only its names are read at once, a place is made at its first use.
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
from geomap.gazetteer.name_keys import name_key, normalise_name, with_plural
from geomap.gazetteer.on_demand import Forms, OnDemand, forms_of, forms_on_demand
from geomap.model import Place, PlaceName, ToponymKind

Ends = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""The places at either end of a road, by the road's id."""

_GEOMETRY = ',"geometry":'
_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True)
class Layer:
    """Places by id and by key of each of their names; adjectives lead to a place's id.

    `side_words` say what a side is called in a sentence, where that is not its label.
    """

    name: str
    versions: Mapping[str, tuple[Place, ...]]
    geonames: Mapping[int, str] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)
    adjectives: Mapping[str, str] = field(default_factory=dict)
    side_words: Mapping[str, str] = field(default_factory=dict)
    by_key: Mapping[str, Forms] = field(default_factory=dict)
    trie: marisa_trie.Trie = field(init=False)

    def __post_init__(self) -> None:
        """Index the names of every version, unless that has been done."""
        if not self.by_key:
            object.__setattr__(self, "by_key", _indexed(self.versions))
        object.__setattr__(self, "trie", marisa_trie.Trie(list(self.by_key)))

    def version(self, place_id: str, on: date | None) -> Place | None:
        """Return the version valid on the day, else the nearest in time; the newest for no day."""
        versions = self.versions.get(place_id)
        if not versions:
            return None
        if on is None:
            return versions[-1]
        return min(reversed(versions), key=lambda version: _days_off(version, on))


def _indexed(versions: Mapping[str, tuple[Place, ...]]) -> dict[str, Forms]:
    by_key: dict[str, dict[str, tuple[PlaceName, ...]]] = defaultdict(dict)
    for place_id, group in versions.items():
        for form in forms_of(group):
            known = by_key[normalise_name(form.name)]
            known[place_id] = (*known.get(place_id, ()), form)
    by_key.pop("", None)
    return dict(by_key)


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
        When the file cannot be read or a feature lacks a property that a place requires.
    """
    try:
        collection = json.loads(path.read_text("utf-8"))
        features, defaults = collection["features"], collection.get("defaults") or {}
        side_words = {str(s): str(words) for s, words in defaults.get("side_words", {}).items()}
    except _FAULTS as error:
        raise _unreadable(path, error) from error
    places: list[Place] = []
    relations = _Relations()
    for number, feature in enumerate(features, start=1):
        try:
            places.append(_place(feature, name, defaults))
            relations.add(feature["properties"])
        except _FAULTS as error:
            message = (
                f"{path}, feature {number}: not a place ({error!r}); "
                "give it place_id, name and kind."
            )
            raise FileRefusedError(message, code="places_unreadable") from error
    return Layer(name, grouped(places), side_words=side_words, **vars(relations))


def read_layer_lazily(path: Path, name: str) -> Layer:
    """Return the places of a GeoJSON file that geomap wrote, each made at its first use.

    The file has one feature a line, `properties` first. Reading the names of a thousand
    places costs a quarter of what reading the places does.

    Raises
    ------
    FileRefusedError
        When the file is not of that form.
    """
    keys: dict[str, list[str]] = {}
    relations = _Relations()
    raw: dict[str, list[tuple[Any, str]]] = {}
    try:
        head, *lines, _ = path.read_text("utf-8").rstrip().split("\n")
        cut = [line.rstrip(",").partition(_GEOMETRY) for line in lines]
        features = json.loads(f"[{'},'.join(properties for properties, _, _ in cut)}}}]")
        defaults = json.loads(head + "]}").get("defaults") or {}
        for feature, (_, _, outline) in zip(features, cut, strict=True):
            own = feature["properties"]
            raw.setdefault(own["place_id"], []).append((feature, outline[:-1]))
            for form in (own["name"], *(form["name"] for form in own.get("names", ()))):
                bearers = keys.setdefault(name_key(form), [])
                if own["place_id"] not in bearers:
                    bearers.append(own["place_id"])
            relations.add(own)
    except _FAULTS as error:
        raise _unreadable(path, error) from error

    def make(features: list[tuple[Any, str]]) -> tuple[Place, ...]:
        whole = ({**own, "geometry": json.loads(outline)} for own, outline in features)
        places = [_place(feature, name, defaults) for feature in whole]
        return next(iter(grouped(places).values()))

    versions = OnDemand(raw, make)
    return Layer(name, versions, by_key=forms_on_demand(versions, keys), **vars(relations))


@dataclass
class _Relations:
    """GeoNames ids, ends of roads and adjectives of the places of a layer."""

    geonames: dict[int, str] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)

    def add(self, own: Mapping[str, Any]) -> None:
        """Add those of one place from its properties; the first place with a word keeps it."""
        place_id = str(own["place_id"])
        if own.get("geonameid"):
            self.geonames[int(own["geonameid"])] = place_id
        if own.get("ends"):
            first, second = _listed(own["ends"])
            self.ends[place_id] = (tuple(first), tuple(second))
        for word in _listed(own.get("adjectives")):
            for key in with_plural(name_key(word)):
                self.adjectives.setdefault(key, place_id)


def _unreadable(path: Path, error: Exception) -> FileRefusedError:
    message = f"{path} is not a GeoJSON file of places ({error}); mend or remove it."
    return FileRefusedError(message, code="places_unreadable")


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
    """Return a JSON array, which a GIS may have turned into text."""
    listed = json.loads(value) if isinstance(value, str) else value
    return list(listed or [])


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _place(feature: Mapping[str, Any], layer: str, defaults: Mapping[str, Any]) -> Place:
    own = feature["properties"]
    names = tuple(
        PlaceName(
            form["name"],
            form.get("lang", defaults.get("lang")),
            form.get("side"),
            _day(form.get("valid_from")),
            _day(form.get("valid_to")),
        )
        for form in _listed(own.get("names"))
    )
    margin, longitude = own.get("uncertainty_km"), own.get("lon")
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
        source=own.get("source") or defaults.get("source") or "",
        licence=own.get("licence") or defaults.get("licence") or "",
        valid_from=_day(own.get("valid_from")),
        valid_to=_day(own.get("valid_to")),
        population=int(own.get("population") or 0),
        importance=float(own.get("importance") or 0.0),
        point=None if longitude is None else (float(longitude), float(own["lat"])),
    )
