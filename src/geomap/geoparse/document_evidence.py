"""Evidence for each candidate of a name from the other names of the text and the publisher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geomap.geo.distance import great_circle_km
from geomap.geoparse.data_tables import DOCUMENT
from geomap.geoparse.evidence import (
    ADMIN1,
    COUNTRY,
    IS_AREA,
    Home,
    Sense,
)

_COLUMN = {name: number for number, name in enumerate(DOCUMENT)}
_LEAST_CHANCE, _MOST_POINTS = 0.04, 4
# A list of a thousand names needs neither all pairs at once nor every name as a witness.
_MOST_PAIRS, _MOST_WITNESSES = 1_000_000, 1_000


def document_evidence(senses: Sequence[Sense], home: Home | None) -> list[np.ndarray]:
    """Return a table of evidence for each sense, of the shape (candidates, DOCUMENT).

    The likely places of the other names are witnesses, weighted by their chances. All
    candidates of a document are compared with all witnesses at once.
    """
    sizes = [len(sense.options) for sense in senses]
    if not sum(sizes):
        return [np.zeros((0, len(DOCUMENT))) for _ in senses]
    rows = _Rows.of(senses, np.repeat(np.arange(len(senses)), sizes))
    likely = [_likely(sense) for sense in senses]
    offsets = np.cumsum([0, *sizes[:-1]])
    at = np.concatenate([places + offset for places, offset in zip(likely, offsets, strict=True)])
    if len(at) > _MOST_WITNESSES:
        at = at[np.sort(np.argsort(-rows.chance[at], kind="stable")[:_MOST_WITNESSES])]
    table = np.zeros((len(rows.kind), len(DOCUMENT)))
    if home is not None:
        _add_home(table, rows, home)
    if len(at):
        _add_others(table, rows, rows.taken(at))
    else:
        table[:, _COLUMN["alone in the text"]] = 1.0
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

        chance = np.concatenate([sense.chances for sense in senses])
        columns = map(column, ("lat", "lon", "country", "admin1", "kind"))
        return cls(*(owner, *columns, chance))

    def taken(self, at: np.ndarray | slice) -> _Rows:
        return _Rows(*(getattr(self, name)[at] for name in self.__dataclass_fields__))


def _likely(sense: Sense) -> np.ndarray:
    """Return the numbers of the likeliest places of a sense."""
    if not len(sense.chances):
        return np.empty(0, "i4")
    order = np.argsort(-sense.chances, kind="stable")[:_MOST_POINTS]
    return np.asarray(order[sense.chances[order] >= _LEAST_CHANCE], "i4")


def _add_home(table: np.ndarray, rows: _Rows, home: Home) -> None:
    away = great_circle_km(rows.lon, rows.lat, home.lon, home.lat)
    away = np.where(IS_AREA[rows.kind], 2000.0, away)
    table[:, _COLUMN["near the publisher"]] = np.exp(-away / 150.0)
    table[:, _COLUMN["country of the publisher"]] = rows.country == home.country


def _add_others(table: np.ndarray, rows: _Rows, witnesses: _Rows) -> None:
    shares, step = np.zeros(len(table)), max(1, _MOST_PAIRS // len(witnesses.kind))
    for start in range(0, len(table), step):
        part = slice(start, start + step)
        shares[part] = _add_shares(table[part], rows.taken(part), witnesses)
    best = np.zeros(int(rows.owner.max()) + 1)
    np.maximum.at(best, rows.owner, shares)
    leads = shares >= np.maximum(best[rows.owner], 0.2)
    table[:, _COLUMN["its country leads"]] = leads & (table[:, _COLUMN["alone in the text"]] == 0)


def _add_shares(table: np.ndarray, rows: _Rows, witnesses: _Rows) -> np.ndarray:
    """Fill in some rows; return for each the share of the other names in its country."""
    other = rows.owner[:, None] != witnesses.owner[None]
    weight = other * witnesses.chance
    total = np.maximum(weight.sum(1), 1e-9)
    table[:, _COLUMN["alone in the text"]] = ~other.any(1)
    same = (rows.country[:, None] == witnesses.country[None]) & (rows.country != 0)[:, None]
    mine = np.where(same, weight, 0.0)
    is_country, is_division = witnesses.kind == COUNTRY, witnesses.kind == ADMIN1
    named = mine[:, is_country].max(1, initial=0.0)
    table[:, _COLUMN["country is named"]] = np.where(rows.kind == COUNTRY, 0.0, named)
    table[:, _COLUMN["share of its country"]] = mine.sum(1) / total
    inside = (rows.admin1[:, None] == witnesses.admin1[None]) & (rows.admin1 != 0)[:, None]
    division = np.where(inside, mine, 0.0)
    named = np.minimum(division[:, is_division].sum(1), 1.0)
    table[:, _COLUMN["division is named"]] = np.where(rows.kind == ADMIN1, 0.0, named)
    table[:, _COLUMN["share of its division"]] = division.sum(1) / total
    _add_nearness(table, rows, witnesses)
    return np.asarray(mine[:, ~is_country].sum(1) / total)


def _add_nearness(table: np.ndarray, rows: _Rows, witnesses: _Rows) -> None:
    small, spots = ~IS_AREA[witnesses.kind], ~IS_AREA[rows.kind]
    if not small.any() or not spots.any():
        return
    witnesses = witnesses.taken(small)
    away = great_circle_km(
        rows.lon[spots, None], rows.lat[spots, None], witnesses.lon, witnesses.lat
    )
    other = rows.owner[spots][:, None] != witnesses.owner[None]
    weight = other * witnesses.chance
    # Of the places of one other name only the best supports: names vote, not their candidates.
    starts = np.flatnonzero(np.diff(witnesses.owner, prepend=-1))
    for reach in (30, 100, 300):
        votes = np.maximum.reduceat(np.where(away < reach, weight, 0.0), starts, axis=1)
        table[spots, _COLUMN[f"within {reach} km"]] = np.log2(1 + votes.sum(1))
    likely = np.where(weight > 0.3, away, 20000.0).min(1)
    table[spots, _COLUMN["nearest name"]] = np.exp(-likely / 80.0)
    table[spots, _COLUMN["far from all"]] = (likely > 1500.0) & other.any(1)
