"""A question about events as SQL for DuckDB: the verdicts of `classify_events`, to the letter.

Words that people typed never become part of the SQL: they travel beside it as parameters.
The SQL reads a table with the columns of an events table, geometry as WKB, and a table of
joins, over a connection with `sql_functions.FUNCTIONS`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely

from geomap.model import DatePrecision
from geomap.query.counts import Verdict
from geomap.query.event_query import ENDLESS, EventQuery, NumberRange
from geomap.query.verdicts import SEARCHED, lower
from geomap.sql import Sql, identifier, joined, literal, sql
from geomap.tables import HIDDEN
from geomap.vocabulary.criteria import NOT_STATED

CODES = {verdict: code for code, verdict in enumerate(Verdict)}
"""The number that stands for each verdict in an answer."""

START = sql("event_date")
_OPEN, _DAY = literal(DatePrecision.OPEN.value), literal(DatePrecision.DAY.value)
IS_OPEN = sql("coalesce(date_precision = {}, false)", _OPEN)
IS_VAGUE = sql("coalesce(date_precision NOT IN ({}, {}), true)", _OPEN, _DAY)
END = sql(
    "(CASE WHEN {} THEN greatest(coalesce(last_confirmed, event_date), event_date) "
    "ELSE coalesce(event_date_end, '-infinity'::DATE) END)",
    IS_OPEN,
)
_POINT = shapely.to_wkb(shapely.Point(), hex=True)[:10]
_NO_POINT = joined(
    (
        sql("geometry = from_hex({})", literal(_POINT + nan * 2))
        for nan in ("000000000000F87F", "000000000000F8FF")
    ),
    " OR ",
)
UNPLACED = sql(
    """(geometry IS NULL OR CASE
    WHEN octet_length(geometry) = 21 THEN {}
    WHEN octet_length(geometry) = 9 THEN true
    WHEN geometry >= from_hex('0102') AND geometry < from_hex('0104') THEN false
    ELSE geomap_is_empty(geometry) END)""",
    _NO_POINT,
)
"""Whether there is nothing to draw, told from the bytes of points, lines and areas."""
_HIDDEN_FLAG = literal(f";{HIDDEN};")
IS_HIDDEN = sql("coalesce(contains(concat(';', flags, ';'), {}), false)", _HIDDEN_FLAG)
"""Whether a person hid the event."""
_TRUE = sql("true")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a table says what the window is compared with; by default as an events table does.

    `is_lower` says that the texts of the table are in small letters already.
    """

    end: Sql = END
    is_open: Sql = IS_OPEN
    is_vague: Sql = IS_VAGUE
    unplaced: Sql = UNPLACED
    hidden: Sql = IS_HIDDEN
    is_lower: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """A query in three pieces of SQL: what it keeps, and which of that surely.

    `kept` and `surely` leave the dates aside; `verdict` is the number of `CODES`. What is
    not `met` is neither shown nor possible: an engine can tell that from the dates alone,
    without a look at anything else.
    """

    kept: Sql
    surely: Sql
    verdict: Sql
    met: Sql
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of a query, each under the name of the parameter that stands for it."""

    held: dict[str, Any] = field(default_factory=dict)

    def hold(self, value: Any) -> Sql:
        """Return the parameter that stands for a value."""
        number = len(self.held)
        self.held[f"v{number}"] = value
        return sql("$v{}", number)


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
    values, terms = _Values(), terms or Terms()
    at_place, surely_at = _at_places(query, values, has_joins=has_joins)
    ranges = [_in_range(columns, numbers, values) for columns, numbers in query.ranges]
    kept = _all([*_filters(query, values, terms), at_place, *(may for may, _ in ranges)])
    surely = _all([surely_at, *(certain for _, certain in ranges)])
    sure, maybe = _in_window(query, values, terms)
    verdict = sql(
        """CASE WHEN {is_hidden} THEN {hidden}
        WHEN event_date IS NULL THEN {undated}
        WHEN {is_unplaced} THEN {unplaced}
        WHEN NOT {kept} THEN {filtered}
        WHEN NOT ({sure} OR {maybe}) THEN {outside_dates}
        WHEN NOT ({sure} AND {surely}) THEN {possible}
        ELSE {shown} END""",
        is_hidden=sql("false") if query.with_hidden else terms.hidden,
        is_unplaced=terms.unplaced,
        kept=kept,
        sure=sure,
        maybe=maybe,
        surely=surely,
        **{verdict.value: code for verdict, code in CODES.items()},
    )
    met = [sql("event_date IS NOT NULL")]
    if query.start is not None:
        start = values.hold(query.start)
        met.append(sql("(event_date_end >= {} OR event_date_end IS NULL)", start))
    if query.end is not None:
        met.append(sql("event_date <= {}", values.hold(query.end)))
    return Conditions(kept, surely, verdict, _all(met), values.held)


def _all(parts: Iterable[Sql]) -> Sql:
    told = [part for part in parts if part != _TRUE]
    return sql("({})", joined(told, " AND ")) if told else _TRUE


def _filters(query: EventQuery, values: _Values, terms: Terms) -> Iterable[Sql]:
    for columns, words in query.by_columns:
        yield _among(list(map(identifier, columns)), words, values)
    for word in query.text.split():
        wanted = values.hold(lower(word))
        names = map(identifier, SEARCHED)
        texts = names if terms.is_lower else (sql("lower({})", name) for name in names)
        found = joined((sql("contains({}, {})", text, wanted) for text in texts), " OR ")
        yield sql("coalesce({}, false)", found)
    if query.bbox is not None or query.polygon:
        area = values.hold(json.dumps([query.bbox, query.polygon]))
        yield sql("geomap_in_area(geometry, {})", area)


def _among(columns: Sequence[Sql], words: Iterable[str], values: _Values) -> Sql:
    named = [word for word in sorted(words) if word != NOT_STATED]
    parts = []
    if named:
        list_ = joined(map(values.hold, named))
        parts += [sql("coalesce({} IN ({}), false)", column, list_) for column in columns]
    if NOT_STATED in words:
        parts.append(joined((sql("{} IS NULL", column) for column in columns), " AND "))
    return sql("({})", joined(parts, " OR "))


def _in_range(columns: tuple[str, ...], numbers: NumberRange, values: _Values) -> tuple[Sql, Sql]:
    """Return whether the numbers of an event may be in a range, and whether they surely are."""
    best, low, high = map(identifier, columns)
    first, last = map(values.hold, numbers.ends)
    least = sql("coalesce({}, {}, 0)", low, best)
    most = sql("coalesce({}, {}, {})", high, best, ENDLESS)
    names = {"best": best, "least": least, "most": most, "first": first, "last": last}
    is_known = sql("coalesce({}, {}, {}) IS NOT NULL", best, low, high)
    surely = sql(
        "CASE WHEN {best} IS NOT NULL THEN {best} BETWEEN {first} AND {last} "
        "ELSE {least} >= {first} AND {most} <= {last} END",
        **names,
    )
    overlaps = sql("{least} <= {last} AND {most} >= {first}", **names)
    may = sql("({} AND ({} OR ({})))", is_known, surely, overlaps)
    return may, sql("({} AND {})", is_known, surely)


def _at_places(query: EventQuery, values: _Values, *, has_joins: bool) -> tuple[Sql, Sql]:
    """Return whether an event may lie at one of the places, and whether it surely does."""
    if not query.place_ids:
        return _TRUE, _TRUE
    ids = values.hold(sorted(query.place_ids))
    named = sql(
        "coalesce(list_contains({ids}, place_id), false) OR "
        "coalesce(list_has_any({ids}, string_split(place_ids, ';')), false)",
        ids=ids,
    )
    if not has_joins:
        return sql("({})", named), sql("({})", named)
    at_one = sql("SELECT event_id FROM joins WHERE list_contains({}, place_id)", ids)
    return (
        sql("({} OR event_id IN ({}))", named, at_one),
        sql("({} OR event_id IN ({} AND certain))", named, at_one),
    )


def _in_window(query: EventQuery, values: _Values, terms: Terms) -> tuple[Sql, Sql]:
    """Return whether the days of an event surely meet the window, and whether they may."""
    low = None if query.start is None else values.hold(query.start)
    high = None if query.end is None else values.hold(query.end)
    meets = _all(
        ([] if high is None else [sql("{} <= {}", START, high)])
        + ([] if low is None else [sql("{} >= {}", terms.end, low)])
    )
    inside = _all(
        ([] if low is None else [sql("{} >= {}", START, low)])
        + ([] if high is None else [sql("{} <= {}", terms.end, high)])
    )
    sure = sql("(CASE WHEN {} THEN {} ELSE {} END)", terms.is_vague, inside, meets)
    goes_on = sql("false")
    if low is not None:
        goes_on = sql("({} AND {} < {})", terms.is_open, terms.end, low)
    return sure, sql("(({} AND {}) OR {})", terms.is_vague, meets, goes_on)
