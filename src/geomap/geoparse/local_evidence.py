"""Evidence for each candidate of a name from the words beside it: nouns, containers, datelines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geomap.gazetteer.place_index import KINDS
from geomap.geo.distance import great_circle_km
from geomap.geoparse.candidates import Options
from geomap.geoparse.data_tables import LOCAL
from geomap.geoparse.evidence import (
    ADMIN1,
    CITY,
    CONTINENT,
    COUNTRY,
    IS_AREA,
    Sense,
)

_COLUMN = {name: number for number, name in enumerate(LOCAL)}
_CONTAINER_MARGIN_KM = 40.0


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
