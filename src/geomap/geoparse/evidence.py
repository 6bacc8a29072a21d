"""What a text says of each place that a name may mean: one row of numbers for each candidate.

Columns are named; `ranker` has a weight for each. All distances are great-circle kilometres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from geomap.gazetteer.index_files import KINDS
from geomap.geoparse.candidates import STATIC, Options
from geomap.model import ToponymKind

LOCAL = (
    "in the country named after it", "in the division named after it",
    "near what is named after it", "not in what is named after it",
    "the country of the name before it", "the division of the name before it", "area around the name before it",
    "kind as the noun says", "kind unlike the noun", "town of the dateline", "town where located",
    "country as people", "repeated town",
)  # fmt: skip
DOCUMENT = (
    "country is named", "share of its country", "its country leads", "division is named",
    "share of its division", "within 30 km", "within 100 km", "within 300 km", "nearest name",
    "far from all", "near the publisher", "country of the publisher", "alone in the text",
)  # fmt: skip
_L = {name: number for number, name in enumerate(LOCAL)}
_D = {name: number for number, name in enumerate(DOCUMENT)}
_COUNTRY, _ADMIN1, _ADMIN2, _CITY, _CONTINENT, _REGION, _WATER, _FACILITY = (
    KINDS.index(kind)
    for kind in (ToponymKind.COUNTRY, ToponymKind.ADMIN1, ToponymKind.ADMIN2, ToponymKind.CITY,
                 ToponymKind.CONTINENT, ToponymKind.REGION, ToponymKind.WATER,
                 ToponymKind.FACILITY)
)  # fmt: skip
_AREAS = (_COUNTRY, _ADMIN1, _CONTINENT, _REGION, _WATER)
_CONTAINER_MARGIN_KM = 40.0
_LEAST_CHANCE, _MOST_POINTS = 0.04, 4


@dataclass(frozen=True)
class Hint:
    """What the words around the mentions of one name say, joined over a document."""

    kinds: frozenset[ToponymKind] = frozenset()
    container: str | None = None
    located: bool = False
    dateline: bool = False
    people: bool = False
    mentions: int = 1


@dataclass
class Sense:
    """One name of a document with one container at most, and the places it may mean."""

    text: str
    hint: Hint
    options: Options
    doubt: float = 0.0
    before: list[int] = field(default_factory=list)
    chances: np.ndarray = field(default_factory=lambda: np.empty(0))


def distances(lat: np.ndarray, lon: np.ndarray, lat2: np.ndarray, lon2: np.ndarray) -> np.ndarray:
    """Return the matrix of kilometres between two lists of points in degrees."""
    a, b = np.radians(lat)[:, None], np.radians(lat2)[None, :]
    half = (
        np.sin((b - a) / 2) ** 2
        + np.cos(a) * np.cos(b) * np.sin(np.radians(lon2[None, :] - lon[:, None]) / 2) ** 2
    )
    return np.asarray(12742.0 * np.arcsin(np.sqrt(np.clip(np.nan_to_num(half, nan=1.0), 0, 1))))


def containment(inner: Options, outer: Options) -> dict[str, np.ndarray]:
    """Return, by how, which inner places lie in which outer ones: boolean matrices."""
    same_country = (inner.country[:, None] == outer.country[None, :]) & (outer.country != 0)[None]
    in_country = same_country & (outer.kind == _COUNTRY)[None] & (inner.kind != _COUNTRY)[:, None]
    in_division = (
        same_country
        & (outer.kind == _ADMIN1)[None]
        & (inner.admin1[:, None] == outer.admin1[None, :])
        & (outer.admin1 != 0)[None]
        & ~np.isin(inner.kind, (_COUNTRY, _ADMIN1))[:, None]
    )
    rest = ~np.isin(outer.kind, (_COUNTRY, _ADMIN1, _CONTINENT))
    away = distances(inner.lat, inner.lon, outer.lat, outer.lon)
    reach = np.where(rest, np.maximum(outer.radius, 5.0) + _CONTAINER_MARGIN_KM, -1.0)
    near = (away < reach[None]) & ~np.isin(inner.kind, _AREAS)[:, None]
    return {"country": in_country, "division": in_division, "near": near}


def local_evidence(senses: Sequence[Sense]) -> list[np.ndarray]:
    """Return for each sense what the words beside it say: (candidates, LOCAL)."""
    made = [np.zeros((len(sense.options), len(LOCAL))) for sense in senses]
    for sense, table in zip(senses, made, strict=True):
        options, hint = sense.options, sense.hint
        if not len(options):
            continue
        if hint.kinds:
            fits = np.isin(options.kind, [KINDS.index(kind) for kind in hint.kinds])
            table[:, _L["kind as the noun says"]] = fits
            table[:, _L["kind unlike the noun"]] = ~fits
        town = options.kind == _CITY
        table[:, _L["town of the dateline"]] = town & hint.dateline
        table[:, _L["town where located"]] = town & hint.located
        table[:, _L["country as people"]] = (options.kind == _COUNTRY) & hint.people
        table[:, _L["repeated town"]] = town * min(np.log2(hint.mentions), 3.0)
    for number, sense in enumerate(senses):
        for earlier in sense.before:
            inner = senses[earlier]
            if len(inner.options) and len(sense.options):
                _relate(inner.options, made[earlier], sense.options, made[number])
    return made


def _relate(inner: Options, inner_table: np.ndarray, outer: Options, table: np.ndarray) -> None:
    how = containment(inner, outer)
    country, division, near = how["country"], how["division"], how["near"]
    inner_table[:, _L["in the country named after it"]] = country.any(1)
    inner_table[:, _L["in the division named after it"]] = division.any(1)
    inner_table[:, _L["near what is named after it"]] = near.any(1) & ~division.any(1)
    every = country | division | near
    if every.any():
        inner_table[:, _L["not in what is named after it"]] = ~every.any(1)
    table[:, _L["the country of the name before it"]] += country.any(0)
    table[:, _L["the division of the name before it"]] += division.any(0)
    table[:, _L["area around the name before it"]] += near.any(0)
    np.clip(table, None, 3.0, out=table)


@dataclass(frozen=True)
class Home:
    """Where the publisher is at home, if its name says so."""

    lat: float
    lon: float
    country: int


def document_evidence(senses: Sequence[Sense], home: Home | None) -> list[np.ndarray]:
    """Return for each sense what the other names of the text say: (candidates, DOCUMENT).

    The chances of the other names' places weigh what they say.
    """
    points = [_points(sense) for sense in senses]
    owner = np.concatenate([np.full(len(p), i) for i, p in enumerate(points)] or [np.empty(0)])
    index = np.concatenate(points) if points else np.empty(0, "i4")
    columns = _gather(senses, owner, index)
    return [
        _one_document(number, sense, columns, owner, home) for number, sense in enumerate(senses)
    ]


def _points(sense: Sense) -> np.ndarray:
    if not len(sense.chances):
        return np.empty(0, "i4")
    order = np.argsort(-sense.chances, kind="stable")[:_MOST_POINTS]
    return np.asarray(order[sense.chances[order] >= _LEAST_CHANCE], "i4")


def _gather(senses: Sequence[Sense], owner: np.ndarray, index: np.ndarray) -> dict[str, np.ndarray]:
    names = ("lat", "lon", "country", "admin1", "kind")
    rows = [(senses[int(o)], int(i)) for o, i in zip(owner, index, strict=True)]
    made = {n: np.array([getattr(s.options, n)[i] for s, i in rows]) for n in names}
    made["chance"] = np.array([s.chances[i] for s, i in rows])
    return made


def _one_document(
    number: int,
    sense: Sense,
    columns: dict[str, np.ndarray],
    owner: np.ndarray,
    home: Home | None,
) -> np.ndarray:
    options = sense.options
    table = np.zeros((len(options), len(DOCUMENT)))
    if not len(options):
        return table
    if home is not None:
        here = np.array([home.lat]), np.array([home.lon])
        away = distances(options.lat, options.lon, *here)[:, 0]
        away = np.where(np.isin(options.kind, _AREAS), 2000.0, away)
        table[:, _D["near the publisher"]] = np.exp(-away / 150.0)
        table[:, _D["country of the publisher"]] = options.country == home.country
    other = owner != number
    if not other.any():
        table[:, _D["alone in the text"]] = 1.0
        return table
    told = {name: values[other] for name, values in columns.items()}
    owners, chance = owner[other], told["chance"]
    same = (options.country[:, None] == told["country"][None]) & (options.country != 0)[:, None]
    named = same & (told["kind"] == _COUNTRY)[None]
    inside = same & (told["kind"] != _COUNTRY)[None]
    total = max(chance.sum(), 1e-9)
    own_country = options.kind == _COUNTRY
    table[:, _D["country is named"]] = np.where(own_country, 0, (named * chance).max(1))
    share = (inside * chance).sum(1) / total
    table[:, _D["share of its country"]] = (same * chance).sum(1) / total
    table[:, _D["its country leads"]] = share >= max(share.max(), 0.2)
    division = (
        same & (options.admin1[:, None] == told["admin1"][None]) & (options.admin1 != 0)[:, None]
    )
    own = options.kind == _ADMIN1
    is_division = told["kind"] == _ADMIN1
    table[:, _D["division is named"]] = np.where(
        own, 0, (division & is_division[None]).astype(float) @ chance
    ).clip(0, 1)
    table[:, _D["share of its division"]] = (division * chance).sum(1) / total
    _add_nearness(table, options, told, owners)
    return table


def _add_nearness(
    table: np.ndarray, options: Options, told: dict[str, np.ndarray], owners: np.ndarray
) -> None:
    small = ~np.isin(told["kind"], _AREAS)
    mine = ~np.isin(options.kind, _AREAS)
    if not small.any():
        return
    away = distances(options.lat, options.lon, told["lat"][small], told["lon"][small])
    chance = told["chance"][small]
    # Of the places of one other name only the best supports: names vote, not their candidates.
    names, at = np.unique(owners[small], return_inverse=True)
    for column, reach in (
        ("within 30 km", 30.0),
        ("within 100 km", 100.0),
        ("within 300 km", 300.0),
    ):
        votes = np.zeros((len(options), len(names)))
        np.maximum.at(votes.T, at, ((away < reach) * chance).T)
        table[:, _D[column]] = np.log2(1 + votes.sum(1)) * mine
    likely = np.where(chance > 0.3, away, 20000.0).min(1)
    table[:, _D["nearest name"]] = np.exp(-likely / 80.0) * mine
    table[:, _D["far from all"]] = (likely > 1500.0) & mine


FEATURES = (*STATIC, *LOCAL, *DOCUMENT)
