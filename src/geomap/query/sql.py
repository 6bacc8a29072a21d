"""A question about events as SQL for DuckDB: the verdicts of `classify_events`, to the letter.

Words that people typed never become part of the SQL: they travel beside it as parameters.
The SQL reads a table with the columns of an events table, geometry as WKB, and a table of
joins. `FUNCTIONS` are asked for what SQL cannot see in a shape; a connection must know them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geomap.model import DatePrecision
from geomap.query.areas import in_area
from geomap.query.criteria import NOT_STATED, EventQuery
from geomap.query.verdicts import SEARCHED, Verdict, lower

CODES = {verdict: code for code, verdict in enumerate(Verdict)}
"""The number that stands for each verdict in an answer."""

START = "event_date"
IS_OPEN = f"coalesce(date_precision = '{DatePrecision.OPEN.value}', false)"
IS_VAGUE = (
    f"coalesce(date_precision NOT IN ('{DatePrecision.OPEN.value}', "
    f"'{DatePrecision.DAY.value}'), true)"
)
END = (
    f"CASE WHEN {IS_OPEN} THEN greatest(coalesce(last_confirmed, event_date), event_date) "
    "ELSE coalesce(event_date_end, '-infinity'::DATE) END"
)
_NO_POINT = " OR ".join(
    f"geometry = from_hex('{shapely.to_wkb(shapely.Point(), hex=True)[:10]}{nan * 2}')"
    for nan in ("000000000000F87F", "000000000000F8FF")
)
_A_LINE, _A_COLLECTION = "from_hex('0102')", "from_hex('0104')"
UNPLACED = f"""(geometry IS NULL OR CASE
    WHEN octet_length(geometry) = 21 THEN {_NO_POINT}
    WHEN octet_length(geometry) = 9 THEN true
    WHEN geometry >= {_A_LINE} AND geometry < {_A_COLLECTION} THEN false
    ELSE geomap_is_empty(geometry) END)"""
"""Whether there is nothing to draw, told from the bytes of points, lines and areas."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a table says what the window is compared with; by default as an events table does."""

    end: str = f"({END})"
    is_open: str = IS_OPEN
    is_vague: str = IS_VAGUE
    unplaced: str = UNPLACED
    text: str = "lower({column})"  # what is searched, in small letters


@dataclass(frozen=True, slots=True)
class Conditions:
    """A query in three pieces of SQL: what it keeps, and which of that surely.

    `kept` and `surely` leave the dates aside; `verdict` is the number of `CODES`. What is
    not `met` is neither shown nor possible: an engine can tell that from the dates alone,
    without a look at anything else.
    """

    kept: str
    surely: str
    verdict: str
    met: str
    parameters: Mapping[str, Any]


def conditions_of(
    query: EventQuery, *, has_joins: bool = True, terms: Terms | None = None
) -> Conditions:
    """Return what `query` asks as SQL.

    Parameters
    ----------
    query
        Criteria.
    has_joins
        Whether there is a table `joins`; without it only the places that the events name
        themselves count.
    terms
        What the table has instead of the columns of an events table.
    """
    values: dict[str, Any] = {}
    terms = terms or Terms()

    def hold(value: Any) -> str:
        values[f"v{len(values)}"] = value
        return f"$v{len(values) - 1}"

    at_place, surely = _at_places(query, hold, has_joins=has_joins)
    kept = _all([*_filters(query, hold, terms), at_place])
    sure, maybe = _in_window(query, hold, terms)
    verdict = f"""CASE WHEN event_date IS NULL THEN {CODES[Verdict.UNDATED]}
        WHEN {terms.unplaced} THEN {CODES[Verdict.UNPLACED]}
        WHEN NOT {kept} THEN {CODES[Verdict.FILTERED]}
        WHEN NOT ({sure} OR {maybe}) THEN {CODES[Verdict.OUTSIDE_DATES]}
        WHEN NOT ({sure} AND {surely}) THEN {CODES[Verdict.POSSIBLE]}
        ELSE {CODES[Verdict.SHOWN]} END"""
    met = ["event_date IS NOT NULL"]
    if query.start is not None:
        met.append(f"(event_date_end >= {hold(query.start)} OR event_date_end IS NULL)")
    if query.end is not None:
        met.append(f"event_date <= {hold(query.end)}")
    return Conditions(kept, surely, verdict, _all(met), values)


def _all(parts: Iterable[str]) -> str:
    told = [part for part in parts if part != "true"]
    return f"({' AND '.join(told)})" if told else "true"


def _filters(query: EventQuery, hold: Callable[[Any], str], terms: Terms) -> Iterable[str]:
    for column, words in query.by_column:
        if words:
            yield _among(column, words, hold)
    for word in query.text.split():
        wanted = hold(lower(word))
        texts = (terms.text.format(column=column) for column in SEARCHED)
        found = " OR ".join(f"contains({text}, {wanted})" for text in texts)
        yield f"coalesce({found}, false)"
    if query.bbox is not None or query.polygon:
        area = hold(json.dumps([query.bbox, query.polygon]))
        yield f"geomap_in_area(geometry, {area})"


def _among(column: str, words: Iterable[str], hold: Callable[[Any], str]) -> str:
    named = [word for word in sorted(words) if word != NOT_STATED]
    parts = [f"coalesce({column} IN ({', '.join(map(hold, named))}), false)"] if named else []
    if NOT_STATED in words:
        parts.append(f"{column} IS NULL")
    return f"({' OR '.join(parts)})"


def _at_places(
    query: EventQuery, hold: Callable[[Any], str], *, has_joins: bool
) -> tuple[str, str]:
    """Return whether an event may lie at one of the places, and whether it surely does."""
    if not query.place_ids:
        return "true", "true"
    ids = hold(sorted(query.place_ids))
    named = (
        f"coalesce(list_contains({ids}, place_id), false) OR "
        f"coalesce(list_has_any({ids}, string_split(place_ids, ';')), false)"
    )
    if not has_joins:
        return f"({named})", f"({named})"
    joined = f"SELECT event_id FROM joins WHERE list_contains({ids}, place_id)"  # noqa: S608 - a name of a parameter
    return (
        f"({named} OR event_id IN ({joined}))",
        f"({named} OR event_id IN ({joined} AND certain))",
    )


def _in_window(query: EventQuery, hold: Callable[[Any], str], terms: Terms) -> tuple[str, str]:
    """Return whether the days of an event surely meet the window, and whether they may."""
    low = None if query.start is None else hold(query.start)
    high = None if query.end is None else hold(query.end)
    meets = _all(
        ([] if high is None else [f"{START} <= {high}"])
        + ([] if low is None else [f"{terms.end} >= {low}"])
    )
    inside = _all(
        ([] if low is None else [f"{START} >= {low}"])
        + ([] if high is None else [f"{terms.end} <= {high}"])
    )
    sure = f"(CASE WHEN {terms.is_vague} THEN {inside} ELSE {meets} END)"
    goes_on = "false" if low is None else f"({terms.is_open} AND {terms.end} < {low})"
    return sure, f"(({terms.is_vague} AND {meets}) OR {goes_on})"


def _shapes(column: Any) -> Any:
    return shapely.from_wkb(column.to_numpy(zero_copy_only=False))


def _is_empty(geometry: Any) -> Any:
    return pa.array(shapely.is_empty(_shapes(_whole(geometry))), pa.bool_())


def _in_area(geometry: Any, area: Any) -> Any:
    found = np.zeros(len(geometry), dtype=bool)
    if len(found):
        bbox, polygon = json.loads(area[0].as_py())
        shapes = _shapes(_whole(geometry))
        corners = tuple((float(x), float(y)) for x, y in polygon)
        found = in_area(shapes, None if bbox is None else tuple(bbox), corners)
    return pa.array(found, pa.bool_())


def _whole(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


FUNCTIONS: tuple[tuple[str, Callable[..., Any], tuple[str, ...]], ...] = (
    ("geomap_is_empty", _is_empty, ("BLOB",)),
    ("geomap_in_area", _in_area, ("BLOB", "VARCHAR")),
)
"""Functions of a connection: name, what it does to columns of Arrow, types of its arguments.

Each returns a truth for each row and is called with missing values too.
"""
