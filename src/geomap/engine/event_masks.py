"""Which events match a query, as masks in the order of the files, and their counts.

While somebody filters, one criterion changes and the others stay. Each kind of criterion is
therefore evaluated by itself and cached as a bit mask: an eighth of a megabyte for a million
events.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geomap.engine.day_spans import SPAN, DaySpans
from geomap.query import DayCounts, EventCounts, EventQuery
from geomap.query.sql_conditions import IS_HIDDEN, Terms, conditions_of
from geomap.sql import Sql, joined, sql
from geomap.store import Database
from geomap.typing import Days, Mask
from geomap.vocabulary.criteria import CRITERIA, Kind

CHUNK_ROWS = 250_000
_CACHED = 16
_APART = tuple(
    tuple(criterion for criterion in CRITERIA if criterion.kind in kinds)
    for kinds in (
        {Kind.TEXT}, {Kind.PLACES}, {Kind.BOX, Kind.POLYGON}, {Kind.RANGE}, {Kind.WORDS}
    )
)  # fmt: skip
"""The criteria that are evaluated together, each group by itself."""

Bits = npt.NDArray[np.uint8]


class EventMasks:
    """Masks and counts of the events of one version, over a table `events`.

    Parameters
    ----------
    database
        With a table `events`; closed with this object.
    joins
        Returns which event lies at which place, as a Parquet file or a table with the columns of
        `tables.JOIN_COLUMNS`; called once with this object, when a query first needs it.
    hidden
        The positions of the events that a person hid, which are the last ones; None where nothing
        was decided, and there is no table `events_before` of the events that were changed.
    """

    def __init__(
        self,
        database: Database,
        joins: Callable[[Any], Path | pa.Table],
        *,
        hidden: Days | None = None,
    ) -> None:
        self.database, self._joins = database, joins
        self.has_changes = hidden is not None
        self.hidden = np.zeros(0, dtype="int64") if hidden is None else hidden
        self.has_joins = self._has_search_index = False
        self._lock, self._joining = threading.Lock(), threading.Lock()
        self._cache: dict[EventQuery, tuple[Bits, Bits | None]] = {}

    def __len__(self) -> int:
        """Return how many events there are."""
        return self._size

    @cached_property
    def _size(self) -> int:
        return int(self.database.query(sql("SELECT count(*) AS n FROM events"))["n"][0].as_py())

    def hidden_ids(self) -> frozenset[str]:
        """Return the ids of the events that a person hid."""
        if not len(self.hidden):
            return frozenset()
        hidden = self.database.query(sql("SELECT event_id FROM events WHERE {}", IS_HIDDEN))
        return frozenset(hidden["event_id"].to_pylist())

    @property
    def not_hidden(self) -> Sql:
        """The events that nobody hid, as a table of SQL."""
        if not len(self.hidden):
            return sql("events")
        return sql("(SELECT * FROM events WHERE NOT {})", IS_HIDDEN)

    def ids(self) -> pa.Array:
        """Return the ids of all events in the order of the files."""
        return self.database.query(sql("SELECT event_id FROM events"))["event_id"].combine_chunks()

    def use_search_index(self, path: Path) -> None:
        """Search in a file of the texts of this version in small letters from now on."""
        self.database.add_file("texts", path)
        self._has_search_index = True

    def prepare_joins(self) -> None:
        """Add the table `joins` of which event lies at which place; the first call works it out.

        `has_joins` is true from then on.
        """
        with self._joining:
            if self.has_joins:
                return
            joins = self._joins(self)
            if isinstance(joins, Path):
                self.database.add_file("joins", joins)
            else:
                self.database.add("joins", joins)
            self.has_joins = True

    def masks(self, query: EventQuery) -> tuple[Mask, Mask | None]:
        """Return which events match a query, dates left aside, in the order of `ids`.

        The second mask says which of them match for certain; None when all do.

        Parameters
        ----------
        query
            Criteria; its first and last day are ignored.
        """
        parts = [query.only(criteria) for criteria in _APART]
        masks = [self._cached(part) for part in parts if not part.is_empty]
        matches = certain = np.ones(len(self), dtype=bool)
        for mask, surely in masks:
            matches = matches & mask
            certain = certain & (mask if surely is None else surely)
        return matches, None if all(surely is None for _, surely in masks) else certain

    def days(self, query: EventQuery) -> DayCounts:
        """Return the matching events counted by their days, for the counts of any window.

        Parameters
        ----------
        query
            Criteria; its first and last day are ignored.
        """
        spans = self._all_spans if query.with_hidden else self._day_spans
        if replace(query, start=None, end=None, with_hidden=False).is_empty:
            return spans.counts(None, None)
        return spans.counts(*self.masks(query))

    @cached_property
    def _day_spans(self) -> DaySpans:
        return self._all_spans.hiding(self.hidden)

    @cached_property
    def _all_spans(self) -> DaySpans:
        statement = sql("SELECT {} AS span FROM events", SPAN)
        return DaySpans.of(self.database.stream(statement, rows=CHUNK_ROWS))

    def counts(self, query: EventQuery) -> EventCounts:
        """Return the eight counts of a query.

        Parameters
        ----------
        query
            Criteria, with the window of days.
        """
        return self.days(query).counts(query.start, query.end)

    def _cached(self, query: EventQuery) -> tuple[Mask, Mask | None]:
        bits = self._cache.get(query)
        if bits is None:
            matches, certain = self._evaluated(query)
            bits = np.packbits(matches), None if certain is None else np.packbits(certain)
            with self._lock:
                self._cache[query] = bits
                for oldest in list(self._cache)[:-_CACHED]:
                    del self._cache[oldest]
            return matches, certain
        return self._unpacked(bits[0]), None if bits[1] is None else self._unpacked(bits[1])

    def _unpacked(self, bits: Bits) -> Mask:
        return np.unpackbits(bits, count=len(self)).astype(bool)

    def _evaluated(self, query: EventQuery) -> tuple[Mask, Mask | None]:
        is_search = self._has_search_index and query == EventQuery(text=query.text)
        source = sql("texts") if is_search else sql("events")
        conditions = conditions_of(query, has_joins=False, terms=Terms(is_lower=is_search))
        columns = [sql("{} AS matches", conditions.kept)]
        if any(query.ranges):
            columns.append(sql("{} AS certain", conditions.surely))
        statement = sql("SELECT {} FROM {}", joined(columns), source)
        answer = self.database.query(statement, conditions.parameters)
        named = _mask(answer["matches"])
        if not query.place_ids:
            return named, _mask(answer["certain"]) if len(columns) > 1 else None
        # A join returns its rows in any order: its ids are looked up among those of the files.
        self.prepare_joins()
        at_places = self.database.query(
            sql(
                "SELECT event_id, bool_or(certain) AS certain FROM joins "
                "WHERE list_contains($places, place_id) GROUP BY event_id"
            ),
            {"places": sorted(query.place_ids)},
        )
        ids = self.ids()
        matches, certain = (
            named | _mask(pc.is_in(ids, part["event_id"].combine_chunks()))
            for part in (at_places, at_places.filter(at_places["certain"]))
        )
        return matches, certain


def _mask(column: Any) -> Mask:
    values = column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column
    return np.asarray(values, dtype=bool)
