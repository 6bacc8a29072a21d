"""Evidence for each candidate of a name: from the words beside it, the other names, the publisher.

Each table of evidence has a row for each candidate and a column for each feature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from geomap.gazetteer.place_index import KINDS
from geomap.geo.distance import great_circle_km
from geomap.geoparse.candidates import Options
from geomap.geoparse.data_tables import DOCUMENT, LOCAL
from geomap.model import ToponymKind

COUNTRY, ADMIN1, CITY, CONTINENT = map(KINDS.index, ("country", "admin1", "city", "continent"))
IS_AREA = np.isin(KINDS, ["country", "admin1", "continent", "region", "water"])
"""Whether a kind, by its number, is so large that its point says little of a distance."""
_COLUMN = {name: n for columns in (LOCAL, DOCUMENT) for n, name in enumerate(columns)}
_CONTAINER_MARGIN_KM = 40.0
_CANDIDATE = np.dtype(
    [("owner", "i8"), ("chance", "f8"), ("lat", "f8"), ("lon", "f8"), ("country", "i4"),
     ("admin1", "i4"), ("kind", "i4")]
)  # fmt: skip
"""A candidate of a document; `owner` is the number of its sense."""
_LEAST_CHANCE, _MOST_POINTS = 0.04, 4
# A list of a thousand names needs neither all pairs at once nor every name as a witness.
_MOST_PAIRS, _MOST_WITNESSES = 1_000_000, 1_000


@dataclass(frozen=True)
class Hint:
    """Hints in the words around the mentions of one name, joined over a document."""

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


@dataclass(frozen=True)
class Home:
    """The home of the publisher in degrees, and its country as `code_of` numbers it."""

    lat: float
    lon: float
    country: int


def containment(inner: Options, outer: Options) -> dict[str, np.ndarray]:
    """Return for each way of lying inside which inner places lie in which outer ones.

    The keys are "country", "division" and "near"; the matrices are boolean, inner by outer.
    """
    same_country = (inner.country[:, None] == outer.country[None, :]) & (outer.country != 0)[None]
    in_country = same_country & (outer.kind == COUNTRY)[None] & (inner.kind != COUNTRY)[:, None]
    in_division = (
        same_country
        & (outer.kind == ADMIN1)[None]
        & (inner.admin1[:, None] == outer.admin1[None, :])
        & (outer.admin1 != 0)[None]
        & ((inner.kind != COUNTRY) & (inner.kind != ADMIN1))[:, None]
    )
    rest = (outer.kind != COUNTRY) & (outer.kind != ADMIN1) & (outer.kind != CONTINENT)
    away = great_circle_km(inner.lon[:, None], inner.lat[:, None], outer.lon, outer.lat)
    reach = np.where(rest, np.maximum(outer.radius, 5.0) + _CONTAINER_MARGIN_KM, -1.0)
    near = (away < reach[None]) & ~IS_AREA[inner.kind][:, None]
    return {"country": in_country, "division": in_division, "near": near}


def local_evidence(senses: Sequence[Sense]) -> list[np.ndarray]:
    """Return a table of evidence for each sense, of the shape (candidates, LOCAL)."""
    tables = [np.zeros((len(sense.options), len(LOCAL))) for sense in senses]
    for sense, table in zip(senses, tables, strict=True):
        options, hint = sense.options, sense.hint
        if hint.kinds:
            fits = np.isin(options.kind, [KINDS.index(kind) for kind in hint.kinds])
            table[:, _COLUMN["kind as the noun says"]] = fits
            table[:, _COLUMN["kind unlike the noun"]] = ~fits
        town = options.kind == CITY
        table[:, _COLUMN["town of the dateline"]] = town & hint.dateline
        table[:, _COLUMN["town where located"]] = town & hint.located
        table[:, _COLUMN["country as people"]] = (options.kind == COUNTRY) & hint.people
        table[:, _COLUMN["repeated town"]] = town * min(np.log2(hint.mentions), 3.0)
    for number, sense in enumerate(senses):
        for earlier in sense.before:
            inner = senses[earlier]
            if len(inner.options) and len(sense.options):
                _relate(inner.options, tables[earlier], sense.options, tables[number])
    return tables


def _relate(inner: Options, inner_table: np.ndarray, outer: Options, table: np.ndarray) -> None:
    country, division, near = containment(inner, outer).values()
    inner_table[:, _COLUMN["in the country named after it"]] = country.any(1)
    inner_table[:, _COLUMN["in the division named after it"]] = division.any(1)
    inner_table[:, _COLUMN["near what is named after it"]] = near.any(1) & ~division.any(1)
    every = country | division | near
    if every.any():
        inner_table[:, _COLUMN["not in what is named after it"]] = ~every.any(1)
    table[:, _COLUMN["the country of the name before it"]] += country.any(0)
    table[:, _COLUMN["the division of the name before it"]] += division.any(0)
    table[:, _COLUMN["area around the name before it"]] += near.any(0)
    np.clip(table, None, 3.0, out=table)


def document_evidence(senses: Sequence[Sense], home: Home | None) -> list[np.ndarray]:
    """Return a table of evidence for each sense, of the shape (candidates, DOCUMENT).

    The likely places of the other names are witnesses, weighted by their chances. All
    candidates of a document are compared with all witnesses at once.
    """
    sizes = [len(sense.options) for sense in senses]
    if not sum(sizes):
        return [np.zeros((0, len(DOCUMENT))) for _ in senses]
    rows = np.empty(sum(sizes), _CANDIDATE)
    rows["owner"] = np.repeat(np.arange(len(senses)), sizes)
    rows["chance"] = np.concatenate([sense.chances for sense in senses])
    for name in ("lat", "lon", "country", "admin1", "kind"):
        rows[name] = np.concatenate([getattr(sense.options, name) for sense in senses])
    offsets = np.cumsum([0, *sizes[:-1]])
    at = np.concatenate([_likely(s) + offset for s, offset in zip(senses, offsets, strict=True)])
    if len(at) > _MOST_WITNESSES:
        at = at[np.sort(np.argsort(-rows["chance"][at], kind="stable")[:_MOST_WITNESSES])]
    table = np.zeros((len(rows["kind"]), len(DOCUMENT)))
    if home is not None:
        away = great_circle_km(rows["lon"], rows["lat"], home.lon, home.lat)
        away = np.where(IS_AREA[rows["kind"]], 2000.0, away)
        table[:, _COLUMN["near the publisher"]] = np.exp(-away / 150.0)
        table[:, _COLUMN["country of the publisher"]] = rows["country"] == home.country
    if len(at):
        _add_others(table, rows, rows[at])
    else:
        table[:, _COLUMN["alone in the text"]] = 1.0
    return np.split(table, np.cumsum(sizes[:-1]))


def _likely(sense: Sense) -> np.ndarray:
    """Return the numbers of the likeliest places of a sense."""
    order = np.argsort(-sense.chances, kind="stable")[:_MOST_POINTS]
    return np.asarray(order[sense.chances[order] >= _LEAST_CHANCE], "i4")


def _add_others(table: np.ndarray, rows: np.ndarray, witnesses: np.ndarray) -> None:
    shares, step = np.zeros(len(table)), max(1, _MOST_PAIRS // len(witnesses["kind"]))
    for start in range(0, len(table), step):
        part = slice(start, start + step)
        shares[part] = _add_shares(table[part], rows[part], witnesses)
    best = np.zeros(int(rows["owner"].max()) + 1)
    np.maximum.at(best, rows["owner"], shares)
    leads = shares >= np.maximum(best[rows["owner"]], 0.2)
    table[:, _COLUMN["its country leads"]] = leads & (table[:, _COLUMN["alone in the text"]] == 0)


def _add_shares(table: np.ndarray, rows: np.ndarray, witnesses: np.ndarray) -> np.ndarray:
    """Fill in some rows; return for each the share of the other names in its country."""
    other = rows["owner"][:, None] != witnesses["owner"][None]
    weight = other * witnesses["chance"]
    total = np.maximum(weight.sum(1), 1e-9)
    table[:, _COLUMN["alone in the text"]] = ~other.any(1)
    country, division = rows["country"][:, None], rows["admin1"][:, None]
    same = (country == witnesses["country"]) & (country != 0)
    mine = np.where(same, weight, 0.0)
    is_country, is_division = witnesses["kind"] == COUNTRY, witnesses["kind"] == ADMIN1
    named = mine[:, is_country].max(1, initial=0.0)
    table[:, _COLUMN["country is named"]] = np.where(rows["kind"] == COUNTRY, 0.0, named)
    table[:, _COLUMN["share of its country"]] = mine.sum(1) / total
    inside = np.where((division == witnesses["admin1"]) & (division != 0), mine, 0.0)
    named = np.minimum(inside[:, is_division].sum(1), 1.0)
    table[:, _COLUMN["division is named"]] = np.where(rows["kind"] == ADMIN1, 0.0, named)
    table[:, _COLUMN["share of its division"]] = inside.sum(1) / total
    _add_nearness(table, rows, witnesses)
    return np.asarray(mine[:, ~is_country].sum(1) / total)


def _add_nearness(table: np.ndarray, rows: np.ndarray, witnesses: np.ndarray) -> None:
    small, spots = ~IS_AREA[witnesses["kind"]], ~IS_AREA[rows["kind"]]
    if not small.any() or not spots.any():
        return
    witnesses = witnesses[small]
    # A name that the text repeats has the same candidates each time.
    points, which = np.unique(rows[["lon", "lat"]][spots], return_inverse=True)
    away = great_circle_km(
        points["lon"][:, None], points["lat"][:, None], witnesses["lon"], witnesses["lat"]
    )[which]
    other = rows["owner"][spots][:, None] != witnesses["owner"][None]
    weight = other * witnesses["chance"]
    # Of the places of one other name only the best supports: names vote, not their candidates.
    starts = np.flatnonzero(np.diff(witnesses["owner"], prepend=-1))
    for reach in (30, 100, 300):
        votes = np.maximum.reduceat(np.where(away < reach, weight, 0.0), starts, axis=1)
        table[spots, _COLUMN[f"within {reach} km"]] = np.log2(1 + votes.sum(1))
    likely = np.where(weight > 0.3, away, 20000.0).min(1)
    table[spots, _COLUMN["nearest name"]] = np.exp(-likely / 80.0)
    table[spots, _COLUMN["far from all"]] = (likely > 1500.0) & other.any(1)
