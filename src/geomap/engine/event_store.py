"""Lazy queries over the events of one workspace version: nothing is loaded as a whole.

A page for a million events reads counts, one page of a list, one event, or the few columns
that the map draws, from the files in which the events lie.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from geomap.engine.event_masks import CHUNK_ROWS, EventMasks
from geomap.maps.pack import MAP_COLUMNS
from geomap.query import VISIBLE, EventQuery, Verdict
from geomap.query.sql_conditions import CODES, START, Terms, conditions_of
from geomap.sql import Sql, identifier, joined, sql
from geomap.store.schemas import COLUMNS, from_arrow
from geomap.tables import EVENT_COLUMNS, JOIN_COLUMNS

_FEW_IDS = 20  # so few ids are compared while reading; more are joined


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted; events without a value in that column come last."""

    column: str = "event_date"
    descending: bool = True

    def as_sql(self) -> Sql:
        """Return the order as SQL; equal rows keep a fixed order among themselves."""
        if self.column not in EVENT_COLUMNS:
            return sql("event_id")
        direction = sql("DESC") if self.descending else sql("ASC")
        return sql("{} {} NULLS LAST, event_id", identifier(self.column), direction)


class EventTable(EventMasks):
    """The events of one version of a workspace, queried where they lie."""

    def map_columns(self, ids: Collection[str] | None = None) -> pa.Table:
        """Return the `MAP_COLUMNS` of the events, geometry as WKB, in the order of the files.

        Parameters
        ----------
        ids
            Ids of the events to return; all events when None.
        """
        if ids is None:
            return self.database.query(_select(MAP_COLUMNS))
        some = sql("event_id IN (SELECT unnest($ids))")
        return self.database.query(_select(MAP_COLUMNS, some), {"ids": list(ids)})

    def chunks(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Yield columns of all events, `CHUNK_ROWS` rows at a time, in the order of the files.

        Parameters
        ----------
        columns
            Columns of an events table.
        """
        return self.database.stream(_select(columns), rows=CHUNK_ROWS)

    def listed(
        self,
        query: EventQuery,
        keep: Collection[str] = VISIBLE,
        *,
        order: Order | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> gpd.GeoDataFrame:
        """Return one page of the events with given verdicts, as an events table.

        Parameters
        ----------
        query, keep
            Criteria; the verdicts (`query.Verdict`) of the events to list.
        order, limit, offset
            How the list is sorted, by default the latest first; how many events the page has;
            how many come before it.
        """
        if query.place_ids:
            self.prepare_joins()
        terms = Terms() if len(self.hidden) else Terms(hidden=sql("false"))
        conditions, sort = conditions_of(query, terms=terms), order or Order()
        codes = sorted(CODES[Verdict(word)] for word in keep)
        where, values = list[Sql](), dict(conditions.parameters)
        if len(codes) < len(CODES):
            where.append(sql("{} IN ({})", conditions.verdict, joined(codes)))
            if {Verdict(word) for word in keep} <= set(VISIBLE):
                where += [conditions.met, conditions.kept]
                if sort.column == START:  # the texts of later days need not be searched
                    values["last"] = self._last_day(query, keep, sort, limit + offset)
                    side = sql(">=") if sort.descending else sql("<=")
                    where.append(sql("{} {} $last", START, side))
        page = self.database.query(
            sql(
                "{} ORDER BY {} LIMIT {} OFFSET {}",
                _select(["event_id"], *where),
                sort.as_sql(),
                int(limit),
                int(offset),
            ),
            values,
        )
        return self.events(page.column("event_id").to_pylist())

    def _last_day(
        self, query: EventQuery, keep: Collection[str], order: Order, count: int
    ) -> date | None:
        """Return the day of the last of the first `count` events, sorted by their days."""
        days = self.days(query)
        by_verdict = zip(VISIBLE, days.met(query.start, query.end), strict=True)
        events = sum(number for verdict, number in by_verdict if verdict in keep)
        in_order = np.argsort(days.start, kind="stable")[:: -1 if order.descending else 1]
        if not len(in_order):
            return None
        enough = int(np.searchsorted(np.cumsum(np.asarray(events)[in_order]), count))
        day = days.start[in_order][min(enough, len(in_order) - 1)]
        last: date = day.astype("datetime64[D]").item()
        return last

    def event(self, event_id: str) -> dict[str, Any] | None:
        """Return one event as a mapping of its columns; None when no event has this id.

        Parameters
        ----------
        event_id
            Id of the event.
        """
        events = self.where("event_id", event_id)
        return None if events.empty else dict(events.iloc[0])

    def ingested(self, event_id: str) -> dict[str, Any] | None:
        """Return one event as it was taken in, whatever was decided about it.

        Parameters
        ----------
        event_id
            Id of the event.
        """
        if not self.has_changes:
            return self.event(event_id)
        statement = sql("SELECT * FROM events_before WHERE event_id = $id")
        before = from_arrow("events", self.database.query(statement, {"id": event_id}))
        return self.event(event_id) if before.empty else dict(before.iloc[0])

    def events(self, ids: Sequence[str]) -> gpd.GeoDataFrame:
        """Return the events of these ids, in this order, as an events table.

        Parameters
        ----------
        ids
            Ids of events; one that no event has is left out.
        """
        if not ids:
            return from_arrow("events", pa.table({}))
        if len(ids) <= _FEW_IDS:
            values: dict[str, Any] = {f"id{n}": event_id for n, event_id in enumerate(ids)}
            among = joined(sql("$id{}", n) for n in range(len(ids)))
        else:
            values, among = {"ids": list(ids)}, sql("SELECT unnest($ids)")
        events = self._events(sql("event_id IN ({})", among), values)
        positions = {event_id: number for number, event_id in enumerate(ids)}
        order = events["event_id"].map(positions).argsort(kind="stable")
        return events.iloc[order].reset_index(drop=True)

    def where(self, column: str, value: str) -> gpd.GeoDataFrame:
        """Return the events with a value in a column, in the order of the files.

        Parameters
        ----------
        column, value
            Column of an events table, and the value to look for.

        Raises
        ------
        KeyError
            When an events table has no such column.
        """
        return self._events(sql("{} = $value", _named(column)), {"value": value})

    def _events(self, where: Sql, values: Mapping[str, Any]) -> gpd.GeoDataFrame:
        rows = self.database.query(_select(COLUMNS["events"], where), values)
        return from_arrow("events", rows)

    def value_counts(self, column: str) -> dict[str, int]:
        """Return how many events have each value of a column, the most frequent first.

        Parameters
        ----------
        column
            Column of an events table.

        Raises
        ------
        KeyError
            When an events table has no such column.
        """
        values = self.database.query(
            sql(
                "SELECT {column} AS value, count(*) AS n FROM events "
                "WHERE {column} IS NOT NULL GROUP BY ALL ORDER BY n DESC, value",
                column=_named(column),
            )
        )
        return dict(zip(values["value"].to_pylist(), values["n"].to_pylist(), strict=True))

    def joins(self, place_id: str | None = None) -> pd.DataFrame:
        """Return which event lies at which place, with the columns of `tables.JOIN_COLUMNS`.

        Parameters
        ----------
        place_id
            Id of the only place to return events of; all places when None.
        """
        self.prepare_joins()
        where = sql("true") if place_id is None else sql("place_id = $place")
        statement = sql("SELECT * FROM joins WHERE {}", where)
        joins = self.database.query(statement, {"place": place_id})
        return pd.DataFrame(joins.to_pandas())[list(JOIN_COLUMNS)].astype(JOIN_COLUMNS)

    def close(self) -> None:
        """Release the database."""
        self.database.close()


def _select(columns: Iterable[str], *where: Sql) -> Sql:
    """Return the query of some columns of the events that meet all conditions."""
    conditions = joined(where, " AND ") or sql("true")
    return sql("SELECT {} FROM events WHERE {}", joined(map(identifier, columns)), conditions)


def _named(column: str) -> Sql:
    if column not in EVENT_COLUMNS:
        raise KeyError(column)
    return identifier(column)
