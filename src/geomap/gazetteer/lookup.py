"""The gazetteer as the rest of geomap sees it: layers of places, asked by name or id."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from geomap import paths
from geomap.errors import InputError
from geomap.gazetteer import ranking
from geomap.gazetteer.countries import countries_layer, demonyms
from geomap.gazetteer.imports import open_imports
from geomap.gazetteer.index_chain import IndexChain, Shard
from geomap.gazetteer.index_files import (
    ABBREVIATION,
    ADJECTIVE,
    CODE,
    DOUBTFUL,
    KINDS,
    MAIN,
    ROW,
    SHORT,
    TRANSLITERATION,
    NameIndex,
)
from geomap.gazetteer.layer import Layer, read_layer, read_layer_lazily
from geomap.gazetteer.names import common_words, is_code, normalise_name
from geomap.gazetteer.roads import road_between
from geomap.gazetteer.towns import CAPITAL
from geomap.gazetteer.world import WORLD_LAYERS, build_index
from geomap.model import CRS, Place, PlaceMatch, PlaceName, ToponymKind

if TYPE_CHECKING:
    import geopandas as gpd

LAYERS = ("user", "curated", "regions", "countries", *WORLD_LAYERS, "imported")
NameQuality = Literal["good", "common_word", "code", "transliteration", "unknown"]
_MOST_WORDS = 14
_MOST_FACTS = 200_000


def open_gazetteer(
    *,
    geo_dir: Path | None = None,
    cache_dir: Path | None = None,
    layers: Collection[str] | None = None,
    user_places: Path | None = None,
    imports: Path | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Gazetteer:
    """Return a gazetteer of the layers asked for, all of them by default.

    The world index is built first where it is missing; without any of its layers neither
    it nor its data is touched.

    Parameters
    ----------
    geo_dir, cache_dir
        Folder of gazetteer.geojson and regions.geojson; folder of the world index.
    layers
        Words of `LAYERS`.
    user_places
        GeoJSON file of the user's own places, in the shape of the curated one.
    imports
        Folder of what was imported: places of the layers "user" and "imported".
    progress
        Called with a sentence and the share done while the index is built.
    """
    wanted = set(LAYERS if layers is None else layers)
    if unknown := sorted(wanted - set(LAYERS)):
        message = f"The gazetteer has no layers {unknown!r}; choose among {list(LAYERS)!r}."
        raise InputError(message)
    small: list[Layer] = []
    geo = geo_dir or paths.geo_dir()
    if "user" in wanted and user_places is not None and user_places.is_file():
        small.append(read_layer(user_places, "user"))
    shards: tuple[Shard, ...] = ()
    if imports is not None and wanted & {"user", "imported"}:
        shards, outlines = open_imports(imports)
        small += outlines if "user" in wanted else ()
    if "curated" in wanted:
        small.append(read_layer(geo / "gazetteer.geojson", "curated"))
    if "regions" in wanted:
        small.append(read_layer_lazily(geo / "regions.geojson", "regions"))
    if "countries" in wanted:
        small.append(countries_layer())
    world: NameIndex | IndexChain | None = None
    if wanted & set(WORLD_LAYERS):
        world = NameIndex(build_index(progress, cache_dir=cache_dir))
        world = IndexChain([Shard(world), *shards]) if shards else world
    elif shards:
        world = IndexChain(shards)
    return Gazetteer(small, world, wanted)


class NameFacts(NamedTuple):
    """Who bears a name: kinds of place, people of the largest town, whether as a good form.

    `marks` joins the marks of `index_files` under which others bear it.
    """

    kinds: frozenset[ToponymKind]
    people: int
    good: bool
    marks: int


class Gazetteer:
    """Places of several layers; nothing of it changes once it is open."""

    def __init__(
        self,
        layers: Sequence[Layer],
        world: NameIndex | IndexChain | None = None,
        wanted: Collection[str] = LAYERS,
    ) -> None:
        self._layers = tuple(layers)
        self._world = world
        off = [] if world is None else [n for n in world.layout.layers if n not in wanted]
        self._off = np.array([world.layout.layers.index(n) for n in off] if world else [], "u1")
        self._facts: dict[str, NameFacts] = {}
        self._curated_rows: dict[int, str] = {}
        self._row_of_curated: dict[str, int] = {}
        self._own = tuple(layer for layer in layers if layer.name in {"user", "curated"})
        self._geonames = {gn: key for layer in self._own for gn, key in layer.geonames.items()}
        if world is not None:
            rows = {world.row_of(f"gn:{gn}"): key for gn, key in self._geonames.items()}
            self._curated_rows = {row: key for row, key in rows.items() if row is not None}
        self._row_of_curated = {key: row for row, key in self._curated_rows.items()}

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
            away = ranking.distance_km(near, rows["lon"] / 1e5, rows["lat"] / 1e5)
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

    def _hits(self, key: str) -> tuple[np.ndarray, np.ndarray]:
        """Return rows and marks of a name in the layers that are switched on."""
        if self._world is None:
            return np.empty(0, "u4"), np.empty(0, "u1")
        hits, flags = self._world.hits(key)
        if len(self._off) and len(hits):
            on = ~np.isin(self._world.rows["layer"][hits], self._off)
            return hits[on], flags[on]
        return hits, flags

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
        return self._world.place(row)

    def versions(self, place_id: str) -> tuple[Place, ...]:
        """Return every dated version of a place, oldest first."""
        for layer in self._layers:
            if place_id in layer.versions:
                return layer.versions[place_id]
        place = self.get(place_id)
        return () if place is None else (place,)

    def has(self, name: str) -> bool:
        """Return whether any place bears the name."""
        key = normalise_name(name)
        known = any(key in layer.by_key for layer in self._layers)
        return known or (self._world is not None and key in self._world.trie)

    def begins(self, key: str) -> bool:
        """Return whether a name goes on after the words of a key."""
        tries = [layer.trie for layer in self._layers]
        tries += [] if self._world is None else [self._world.trie]
        return any(next(trie.iterkeys(key + " "), None) for trie in tries)

    def facts(self, key: str) -> NameFacts:
        """Return what bears a name, by its key: asked for each name of a text, so remembered."""
        known = self._facts.get(key)
        if known is None:
            if len(self._facts) > _MOST_FACTS:
                self._facts.clear()
            known = self._facts[key] = self._look_up(key)
        return known

    def _look_up(self, key: str) -> NameFacts:
        own = [name for name in self._layers if key in name.by_key]
        kinds = {
            layer.versions[place_id][-1].kind for layer in own for place_id in layer.by_key[key]
        }
        hits, flags = self._hits(key)
        if not len(hits):
            return NameFacts(frozenset(kinds), 0, bool(own), 0)
        assert self._world is not None  # noqa: S101 - hits come from it
        good = flags & (DOUBTFUL | SHORT | ABBREVIATION | ADJECTIVE) == 0
        rows = self._world.rows[hits]
        kinds |= {KINDS[kind] for kind in set(rows["kind"][good].tolist())}
        towns = good & (rows["kind"] == KINDS.index(ToponymKind.CITY))
        people = int(rows["population"][towns].max()) if towns.any() else 0
        marks = int(np.bitwise_or.reduce(flags[~good])) if not good.all() else 0
        return NameFacts(frozenset(kinds), people, bool(own) or bool(good.any()), marks)

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

    @cached_property
    def curated_words(self) -> frozenset[str]:
        """The first words of the names of the user's and the curated places, as keys."""
        return frozenset(key.partition(" ")[0] for layer in self._own for key in layer.by_key)

    def is_curated(self, name: str) -> bool:
        """Return whether a user's or a curated place bears a name."""
        key = normalise_name(name)
        return any(key in layer.by_key for layer in self._own)

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

    def prefixes(self, text: str) -> list[int]:
        """Return the lengths of the names that a text of keys starts with, longest first."""
        return sorted(self._prefix_lengths(text), reverse=True)

    def longest(self, words: Sequence[str], start: int, *, skip_doubtful: bool = False) -> int:
        """Return how many words the longest name that starts at `words[start]` has, else 0.

        Words are as they stand in a text, punctuation as words of its own or attached.

        Parameters
        ----------
        words, start
            The words of a text; where to begin.
        skip_doubtful
            Leave out names that `name_quality` does not call good.
        """
        text, ends = "", {}
        for count, word in enumerate(words[start : start + _MOST_WORDS], start=1):
            if key := normalise_name(word):
                text = f"{text} {key}" if text else key
                ends[len(text)] = count
            elif count == 1:
                return 0
        for length in sorted(self._prefix_lengths(text), reverse=True):
            if length not in ends:
                continue
            written = " ".join(words[start : start + ends[length]])
            if skip_doubtful and self.name_quality(written) != "good":
                continue
            return ends[length]
        return 0

    def _prefix_lengths(self, text: str) -> set[int]:
        tries = [layer.trie for layer in self._layers]
        tries += [] if self._world is None else [self._world.trie]
        return {len(prefix) for trie in tries for prefix in trie.prefixes(text)}

    def name_quality(self, name: str) -> NameQuality:
        """Return how far a name can be trusted to name a place in running text.

        Names of the small layers are good, unless a common English word is written small
        ("us"). In the world layer a name is a code (BAK), a machine's transliteration
        ("han ken de") or a common English word ("Reading") when no town bears it in a
        better way.
        """
        key = normalise_name(name)
        if name.islower() and key in common_words() and self.has(name):
            return "common_word"
        if any(key in layer.by_key for layer in self._layers):
            return "good"
        flags = self._hits(key)[1]
        if not len(flags):
            return "unknown"
        if key in common_words():
            return "common_word"
        if bool((flags & DOUBTFUL == 0).any()):
            return "good"
        return "code" if is_code(name.upper()) else "transliteration"

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

    def demonym(self, word: str) -> str | None:
        """Return the code of the country whose people or adjective a word is, else None."""
        return demonyms().get(normalise_name(word))

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
        away = ranking.distance_km(near, np.asarray(point.x), np.asarray(point.y))
        score = round(min(score + float(ranking.nearness(away)), 1.0), 4)
    matched = place.name if normalise_name(place.name) == key else forms[0].name
    return PlaceMatch(place, matched, score, ranking.why(place, forms, on, versions))


def _doubt(flags: int) -> str:
    if flags & CODE and not flags & MAIN:
        return "; a code or very short form"
    if flags & ADJECTIVE:
        return "; a word for its people"
    return "; a machine's transliteration" if flags & TRANSLITERATION else ""
