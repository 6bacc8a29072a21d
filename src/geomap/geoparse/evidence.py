"""What a text says of each place that a name may mean: one row of numbers for each candidate.

Columns are named; `ranker` has a weight for each. All distances are great-circle kilometres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from geomap.gazetteer.place_index import KINDS
from geomap.geo.distance import great_circle_km
from geomap.geoparse.candidates import STATIC, Options
from geomap.model import ToponymKind

LOCAL = (
    "in the country named after it", "in the division named after it",
    "near what is named after it", "not in what is named after it",
    "the country of the name before it", "the division of the name before it",
    "area around the name before it",
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
_IS_AREA = np.isin(np.arange(len(KINDS)), _AREAS)
_CONTAINER_MARGIN_KM = 40.0
_LEAST_CHANCE, _MOST_POINTS = 0.04, 4
# A list of a thousand names needs neither all pairs at once nor every name as a witness.
_MOST_PAIRS, _MOST_WITNESSES = 1_000_000, 1_000


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


def containment(inner: Options, outer: Options) -> dict[str, np.ndarray]:
    """Return, by how, which inner places lie in which outer ones: boolean matrices."""
    same_country = (inner.country[:, None] == outer.country[None, :]) & (outer.country != 0)[None]
    in_country = same_country & (outer.kind == _COUNTRY)[None] & (inner.kind != _COUNTRY)[:, None]
    in_division = (
        same_country
        & (outer.kind == _ADMIN1)[None]
        & (inner.admin1[:, None] == outer.admin1[None, :])
        & (outer.admin1 != 0)[None]
        & ((inner.kind != _COUNTRY) & (inner.kind != _ADMIN1))[:, None]
    )
    rest = (outer.kind != _COUNTRY) & (outer.kind != _ADMIN1) & (outer.kind != _CONTINENT)
    away = great_circle_km(inner.lon[:, None], inner.lat[:, None], outer.lon, outer.lat)
    reach = np.where(rest, np.maximum(outer.radius, 5.0) + _CONTAINER_MARGIN_KM, -1.0)
    near = (away < reach[None]) & ~_IS_AREA[inner.kind][:, None]
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

    The chances of the other names' places weigh what they say. All candidates of a document
    are looked at together: rows are candidates, columns the likely places of each name.
    """
    sizes = [len(sense.options) for sense in senses]
    if not sum(sizes):
        return [np.zeros((0, len(DOCUMENT))) for _ in senses]
    rows = _Rows.of(senses, np.repeat(np.arange(len(senses)), sizes))
    points = [_points(sense) for sense in senses]
    offsets = np.cumsum([0, *sizes[:-1]])
    at = np.concatenate([p + offset for p, offset in zip(points, offsets, strict=True)])
    if len(at) > _MOST_WITNESSES:
        sure = np.concatenate([sense.chances for sense in senses])[at]
        at = at[np.sort(np.argsort(-sure, kind="stable")[:_MOST_WITNESSES])]
    table = np.zeros((len(rows.kind), len(DOCUMENT)))
    if home is not None:
        _add_home(table, rows, home)
    if len(at):
        _add_others(table, rows, rows.taken(at))
    else:
        table[:, _D["alone in the text"]] = 1.0
    return np.split(table, np.cumsum(sizes[:-1]))


@dataclass(frozen=True)
class _Rows:
    """Columns of the candidates of a whole document; `owner` is the number of their sense."""

    owner: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    country: np.ndarray
    admin1: np.ndarray
    kind: np.ndarray
    chance: np.ndarray

    @classmethod
    def of(cls, senses: Sequence[Sense], owner: np.ndarray) -> _Rows:
        def column(name: str) -> np.ndarray:
            return np.concatenate([getattr(sense.options, name) for sense in senses])

        return cls(
            owner,
            column("lat"),
            column("lon"),
            column("country"),
            column("admin1"),
            column("kind"),
            np.concatenate([sense.chances for sense in senses]),
        )

    def taken(self, at: np.ndarray | slice) -> _Rows:
        return _Rows(*(getattr(self, name)[at] for name in self.__dataclass_fields__))


def _points(sense: Sense) -> np.ndarray:
    if not len(sense.chances):
        return np.empty(0, "i4")
    order = np.argsort(-sense.chances, kind="stable")[:_MOST_POINTS]
    return np.asarray(order[sense.chances[order] >= _LEAST_CHANCE], "i4")


def _add_home(table: np.ndarray, rows: _Rows, home: Home) -> None:
    away = great_circle_km(rows.lon, rows.lat, home.lon, home.lat)
    away = np.where(_IS_AREA[rows.kind], 2000.0, away)
    table[:, _D["near the publisher"]] = np.exp(-away / 150.0)
    table[:, _D["country of the publisher"]] = rows.country == home.country


def _add_others(table: np.ndarray, rows: _Rows, told: _Rows) -> None:
    shares, step = np.zeros(len(table)), max(1, _MOST_PAIRS // len(told.kind))
    for start in range(0, len(table), step):
        part = slice(start, start + step)
        shares[part] = _add_what_is_told(table[part], rows.taken(part), told)
    best = np.zeros(int(rows.owner.max()) + 1)
    np.maximum.at(best, rows.owner, shares)
    leads = (shares >= np.maximum(best[rows.owner], 0.2)) & (table[:, _D["alone in the text"]] == 0)
    table[:, _D["its country leads"]] = leads


def _add_what_is_told(table: np.ndarray, rows: _Rows, told: _Rows) -> np.ndarray:
    """Fill in some rows; return for each what share of the other names lie in its country."""
    other = rows.owner[:, None] != told.owner[None]
    weight = other * told.chance
    total = np.maximum(weight.sum(1), 1e-9)
    table[:, _D["alone in the text"]] = ~other.any(1)
    same = (rows.country[:, None] == told.country[None]) & (rows.country != 0)[:, None]
    mine = np.where(same, weight, 0.0)
    is_country, is_division = told.kind == _COUNTRY, told.kind == _ADMIN1
    named = mine[:, is_country].max(1, initial=0.0)
    table[:, _D["country is named"]] = np.where(rows.kind == _COUNTRY, 0.0, named)
    table[:, _D["share of its country"]] = mine.sum(1) / total
    inside = (rows.admin1[:, None] == told.admin1[None]) & (rows.admin1 != 0)[:, None]
    division = np.where(inside, mine, 0.0)
    named = np.minimum(division[:, is_division].sum(1), 1.0)
    table[:, _D["division is named"]] = np.where(rows.kind == _ADMIN1, 0.0, named)
    table[:, _D["share of its division"]] = division.sum(1) / total
    _add_nearness(table, rows, told)
    return np.asarray(mine[:, ~is_country].sum(1) / total)


def _add_nearness(table: np.ndarray, rows: _Rows, told: _Rows) -> None:
    small, spots = ~_IS_AREA[told.kind], ~_IS_AREA[rows.kind]
    if not small.any() or not spots.any():
        return
    told = told.taken(small)
    away = great_circle_km(rows.lon[spots, None], rows.lat[spots, None], told.lon, told.lat)
    other = rows.owner[spots][:, None] != told.owner[None]
    weight = other * told.chance
    # Of the places of one other name only the best supports: names vote, not their candidates.
    starts = np.flatnonzero(np.diff(told.owner, prepend=-1))
    for reach in (30, 100, 300):
        votes = np.maximum.reduceat(np.where(away < reach, weight, 0.0), starts, axis=1)
        table[spots, _D[f"within {reach} km"]] = np.log2(1 + votes.sum(1))
    likely = np.where(weight > 0.3, away, 20000.0).min(1)
    table[spots, _D["nearest name"]] = np.exp(-likely / 80.0)
    table[spots, _D["far from all"]] = (likely > 1500.0) & other.any(1)


FEATURES = (*STATIC, *LOCAL, *DOCUMENT)
