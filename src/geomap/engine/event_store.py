"""The events of one version as they lie in their files: each answer is read when asked for.

A page for a million events never holds them: it asks this for counts, for one page of a
list, for one event, for the few columns that the map needs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geomap.engine.day_spans import SPAN, Spans, Truths
from geomap.query import VISIBLE, DayCounts, EventCounts, EventQuery, Verdict
from geomap.query.sql import CODES, END, START, UNPLACED, Terms, conditions_of
from geomap.sql import Sql, identifier, joined, sql
from geomap.store import Database
from geomap.store.schemas import COLUMNS, from_arrow
from geomap.tables import EVENT_COLUMNS

MAP_COLUMNS = (
    "event_id", "event_date", "event_date_end", "last_confirmed", "date_precision",
    "geo_precision", "uncertainty_km", "status", "event_type", "source", "actor1", "batch_id",
    "geometry",
)  # fmt: skip
"""What the map packs of each event."""

JOINED_COLUMNS = (
    "event_id", "event_date", "event_date_end", "last_confirmed", "date_precision",
    "geo_precision", "uncertainty_km", "place_id", "place_ids", "geometry",
)  # fmt: skip
"""What a join with places looks at."""

_STRETCH = 250_000
_FEW = 20  # so few ids are looked for while reading, more are joined
_PASSES_KEPT = 16  # an eighth of a megabyte each at a million events

Bits = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted; events that have nothing in that column come last."""

    column: str = "event_date"
    descending: bool = True

    def as_sql(self) -> Sql:
        """Return the order as SQL; equal rows keep a fixed order among themselves."""
        if self.column not in EVENT_COLUMNS:
            return sql("event_id")
        direction = sql("DESC") if self.descending else sql("ASC")
        return sql("{} {} NULLS LAST, event_id", identifier(self.column), direction)


class EventTable:
    """The events of one version of a workspace.

    Parameters
    ----------
    database
        With a table `events`; closed with this object.
    joins
        Returns which event lies at which place, as a file or a table; asked for once, when
        a question first needs it.
    """

    def __init__(self, database: Database, joins: Callable[[EventTable], Path | pa.Table]) -> None:
        self._database = database
        self._joins = joins
        self._has_joins = False
        self._has_texts = False
        self._lock, self._joining = threading.Lock(), threading.Lock()
        self._held: dict[EventQuery, tuple[Bits, Bits | None]] = {}

    def __len__(self) -> int:
        """Return how many events there are."""
        return self._size

    @cached_property
    def _size(self) -> int:
        return int(self._one(sql("SELECT count(*) AS n FROM events")))

    def map_columns(self, ids: Collection[str] | None = None) -> pa.Table:
        """Return the columns `MAP_COLUMNS` of all events, or of some, in the order of the files."""
        chosen = _chosen(MAP_COLUMNS)
        if ids is None:
            return self._database.ask(chosen)
        some = sql("{} WHERE event_id IN (SELECT unnest($ids))", chosen)
        return self._database.ask(some, {"ids": list(ids)})

    def stretches(self, columns: Sequence[str] = JOINED_COLUMNS) -> Iterator[pa.Table]:
        """Yield columns of the events a stretch at a time, in the order of the files."""
        return self._database.stream(_chosen(columns), rows=_STRETCH)

    def passes(self, query: EventQuery) -> tuple[Truths, Truths | None]:
        """Return which events pass a query, its dates left aside, in the order of the files.

        The second column says which of them surely do; None when there is no doubt. One
        criterion changes while the others stay: each kind is asked for by itself.
        """
        parts = (
            EventQuery(text=query.text),
            EventQuery(place_ids=query.place_ids),
            EventQuery(bbox=query.bbox, polygon=query.polygon),
            replace(
                query, start=None, end=None, text="", place_ids=frozenset(), bbox=None, polygon=()
            ),
        )
        found = [self._passed(part) for part in parts if not part.is_empty]
        passes = np.ones(len(self), dtype=bool)
        for kept, _ in found:
            passes &= kept
        doubted = [sure for _, sure in found if sure is not None]
        return passes, passes & doubted[0] if doubted else None

    def _passed(self, query: EventQuery) -> tuple[Truths, Truths | None]:
        """Return `passes` of a query, kept for whoever asks the same again."""
        held = self._held.get(query)
        if held is None:
            passes, surely = self._ask(query)
            told = np.packbits(passes), None if surely is None else np.packbits(surely)
            with self._lock:
                self._held[query] = told
                for old in list(self._held)[:-_PASSES_KEPT]:
                    del self._held[old]
            return passes, surely
        bits, sure_bits = held
        return self._truths(bits), None if sure_bits is None else self._truths(sure_bits)

    def _truths(self, bits: Bits) -> Truths:
        return np.unpackbits(bits, count=len(self)).astype(bool)

    def use_texts(self, path: Path) -> None:
        """Look searches up in a file of the texts in small letters (see `texts`)."""
        self._database.add_file("texts", path)
        self._has_texts = True

    def _ask(self, query: EventQuery) -> tuple[Truths, Truths | None]:
        is_quick = self._has_texts and query == EventQuery(text=query.text)
        source = sql("texts") if is_quick else sql("events")
        asked = conditions_of(query, has_joins=False, terms=Terms(is_lower=is_quick))
        question = sql("SELECT {} AS passes FROM {}", asked.kept, source)
        named = _numbers(self._database.ask(question, asked.parameters).column(0)).astype(bool)
        if not query.place_ids:
            return named, None
        # A join gives its rows in any order: what it finds is looked up among the ids.
        self.ready_joins()
        at_places = self._database.ask(
            sql(
                "SELECT event_id, bool_or(certain) AS certain FROM joins "
                "WHERE list_contains($places, place_id) GROUP BY event_id"
            ),
            {"places": sorted(query.place_ids)},
        )
        certain = at_places.filter(at_places["certain"])
        passes, surely = (
            named | _numbers(pc.is_in(self.ids(), part["event_id"].combine_chunks())).astype(bool)
            for part in (at_places, certain)
        )
        return passes, surely

    def ids(self) -> pa.Array:
        """Return the ids of all events in the order of the files."""
        return self._database.ask(_chosen(["event_id"]))["event_id"].combine_chunks()

    def days(self, query: EventQuery) -> DayCounts:
        """Return what gives the counts of any window over the events that pass a query."""
        if replace(query, start=None, end=None).is_empty:
            return self._spans.counts(None, None)
        return self._spans.counts(*self.passes(query))

    @cached_property
    def _spans(self) -> Spans:
        question = sql("SELECT {} AS span FROM events", SPAN)
        return Spans.of(self._database.stream(question, rows=_STRETCH))

    def counts(self, query: EventQuery) -> EventCounts:
        """Return the seven counts of a query."""
        return self.days(query).counts(query.start, query.end)

    def listed(
        self,
        query: EventQuery,
        keep: Collection[str] = VISIBLE,
        *,
        order: Order | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> pd.DataFrame:
        """Return some of the events with one of these verdicts, as rows of an events table."""
        asked, sort = self._conditions(query), order or Order()
        codes = sorted(CODES[Verdict(word)] for word in keep)
        where = []
        values = dict(asked.parameters)
        if len(codes) < len(CODES):
            where.append(sql("{} IN ({})", asked.verdict, joined(codes)))
            if {Verdict(word) for word in keep} <= set(VISIBLE):
                where += [asked.met, asked.kept]
                if sort.column == START:  # the texts of other days need not be looked at
                    values["last"] = self._last_day(query, keep, sort, limit + offset)
                    side = sql(">=") if sort.descending else sql("<=")
                    where.append(sql("{} {} $last", START, side))
        found = self._database.ask(
            sql(
                "SELECT event_id FROM events WHERE {} ORDER BY {} LIMIT {} OFFSET {}",
                joined(where, " AND ") or sql("true"),
                sort.as_sql(),
                int(limit),
                int(offset),
            ),
            values,
        )
        return self.events(found.column("event_id").to_pylist())

    def _last_day(
        self, query: EventQuery, keep: Collection[str], order: Order, number: int
    ) -> date | None:
        """Return the day of the last of so many events, in the order of their days."""
        days = self.days(query)
        shown, possible = days.met(query.start, query.end)
        events = sum(
            part
            for word, part in ((Verdict.SHOWN, shown), (Verdict.POSSIBLE, possible))
            if word in keep
        )
        listed = np.argsort(days.start, kind="stable")[:: -1 if order.descending else 1]
        if not len(listed):
            return None
        enough = int(np.searchsorted(np.cumsum(np.asarray(events)[listed]), number))
        last: date = days.start[listed][min(enough, len(listed) - 1)].astype("datetime64[D]").item()
        return last

    def verdicts(self, query: EventQuery) -> pa.Table:
        """Return id and number (`query.sql.CODES`) of the verdict on each event."""
        asked = self._conditions(query)
        return self._database.ask(
            sql("SELECT event_id, {} AS verdict FROM events", asked.verdict),
            asked.parameters,
        )

    def event(self, event_id: str) -> dict[str, Any] | None:
        """Return one event as a mapping of its columns, or None when there is none of this id."""
        found = self.where("event_id", event_id)
        return None if found.empty else dict(found.iloc[0])

    def events(self, ids: Sequence[str]) -> gpd.GeoDataFrame:
        """Return the events of these ids, in this order."""
        if not ids:
            return from_arrow("events", pa.table({}))
        if len(ids) <= _FEW:
            values = {f"id{number}": event_id for number, event_id in enumerate(ids)}
            names = joined(sql("$id{}", number) for number in range(len(ids)))
            found = self._events(sql("event_id IN ({})", names), values)
        else:
            found = self._events(sql("event_id IN (SELECT unnest($ids))"), {"ids": list(ids)})
        places = {event_id: number for number, event_id in enumerate(ids)}
        order = found["event_id"].map(places).argsort(kind="stable")
        return found.iloc[order].reset_index(drop=True)

    def where(self, column: str, value: str) -> gpd.GeoDataFrame:
        """Return the events that have this word in a column, in the order of the files."""
        if column not in EVENT_COLUMNS:
            raise KeyError(column)
        return self._events(sql("{} = $value", identifier(column)), {"value": value})

    def between(self, first: Any, last: Any, columns: Sequence[str]) -> pa.Table:
        """Return columns of the events that have a day in a span, both ends included."""
        return self._database.ask(
            sql(
                "{} WHERE {} <= $last AND {} >= $first AND NOT {}",
                _chosen(columns),
                START,
                END,
                UNPLACED,
            ),
            {"first": first, "last": last},
        )

    def words(self, column: str) -> dict[str, int]:
        """Return how many events have each word of a column, most frequent first."""
        if column not in EVENT_COLUMNS:
            raise KeyError(column)
        found = self._database.ask(
            sql(
                "SELECT {column} AS word, count(*) AS n FROM events "
                "WHERE {column} IS NOT NULL GROUP BY ALL ORDER BY n DESC, word",
                column=identifier(column),
            )
        )
        return dict(zip(found["word"].to_pylist(), found["n"].to_pylist(), strict=True))

    def count_where(self, column: str, value: str) -> int:
        """Return how many events have this word in a column."""
        if column not in EVENT_COLUMNS:
            raise KeyError(column)
        question = sql("SELECT count(*) AS n FROM events WHERE {} = $value", identifier(column))
        return int(self._one(question, {"value": value}))

    def joined_with(self, place_id: str) -> pd.DataFrame:
        """Return the rows of the join for one place."""
        self.ready_joins()
        question = sql("SELECT * FROM joins WHERE place_id = $place")
        return pd.DataFrame(self._database.ask(question, {"place": place_id}).to_pandas())

    def ask(self, question: Sql, values: dict[str, Any] | None = None) -> pa.Table:
        """Return the answer to a question of this package over the table `events`."""
        return self._database.ask(question, values)

    @property
    def database(self) -> Database:
        """The engine, for what keeps tables of its own beside `events`."""
        return self._database

    def close(self) -> None:
        """Give back what the engine holds."""
        self._database.close()

    def _events(self, condition: Sql, values: dict[str, Any]) -> gpd.GeoDataFrame:
        question = sql("{} WHERE {}", _chosen(COLUMNS["events"]), condition)
        return from_arrow("events", self._database.ask(question, values))

    def _one(self, question: Sql, values: dict[str, Any] | None = None) -> Any:
        return self._database.ask(question, values).column(0)[0].as_py()

    def _conditions(self, query: EventQuery) -> Any:
        if query.place_ids:
            self.ready_joins()
        return conditions_of(query)

    @property
    def has_joins(self) -> bool:
        """Whether it is worked out already which event lies at which place."""
        return self._has_joins

    def ready_joins(self) -> None:
        """Work out which event lies at which place; only the first time it takes long."""
        with self._joining:
            if self._has_joins:
                return
            found = self._joins(self)
            if isinstance(found, Path):
                self._database.add_file("joins", found)
            else:
                self._database.add("joins", found)
            self._has_joins = True


def _numbers(column: Any) -> np.ndarray:
    numbers: np.ndarray = (
        column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column.to_numpy()
    )
    return numbers


def _chosen(columns: Iterable[str]) -> Sql:
    return sql("SELECT {} FROM events", joined(map(identifier, columns)))
