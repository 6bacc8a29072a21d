"""Lazy queries over the events of one workspace version: nothing is loaded as a whole.

A page for a million events reads counts, one page of a list, one event, or the few columns
that the map draws, from the files in which the events lie.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from geomap.engine.event_masks import CHUNK_ROWS, EventMasks
from geomap.query import VISIBLE, EventQuery, Verdict
from geomap.query.sql import CODES, START, conditions_of
from geomap.store import Database
from geomap.store.schemas import COLUMNS, from_arrow
from geomap.tables import EVENT_COLUMNS, JOIN_COLUMNS

MAP_COLUMNS = (
    "event_id", "event_date", "event_date_end", "last_confirmed", "date_precision",
    "geo_precision", "uncertainty_km", "status", "event_type", "source", "actor1", "batch_id",
    "geometry",
)  # fmt: skip
"""What the map packs of each event."""

_FEW_IDS = 20  # so few ids are compared while reading; more are joined


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted; events without a value in that column come last."""

    column: str = "event_date"
    descending: bool = True

    def sql(self) -> str:
        """Return the order as SQL; equal rows keep a fixed order among themselves."""
        if self.column not in EVENT_COLUMNS:
            return "event_id"
        direction = "DESC" if self.descending else "ASC"
        return f'"{self.column}" {direction} NULLS LAST, event_id'


class EventTable(EventMasks):
    """The events of one version of a workspace, queried where they lie.

    Parameters
    ----------
    database
        With a table `events`; closed with this object.
    joins
        Returns which event lies at which place, as a Parquet file or a table with the columns of
        `tables.JOIN_COLUMNS`; called once, when a query first needs it.
    """

    def __init__(self, database: Database, joins: Callable[[EventTable], Path | pa.Table]) -> None:
        super().__init__(database, lambda: joins(self))

    def map_columns(self, ids: Collection[str] | None = None) -> pa.Table:
        """Return the columns `MAP_COLUMNS`, geometry as WKB, in the order of the files.

        Parameters
        ----------
        ids
            Ids of the events to return; all events when None.
        """
        columns = ", ".join(MAP_COLUMNS)
        where = "" if ids is None else "WHERE event_id IN (SELECT unnest($ids))"
        values = {} if ids is None else {"ids": list(ids)}
        return self.database.query(f"SELECT {columns} FROM events {where}", values)  # noqa: S608 - names of columns

    def chunks(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Yield columns of all events, `CHUNK_ROWS` rows at a time, in the order of the files.

        Parameters
        ----------
        columns
            Columns of an events table, or SQL expressions with a name.
        """
        sql = f"SELECT {', '.join(columns)} FROM events"  # noqa: S608 - names of columns
        return self.database.stream(sql, rows=CHUNK_ROWS)

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
        conditions, sort = conditions_of(query), order or Order()
        codes = sorted(CODES[Verdict(word)] for word in keep)
        among = ", ".join(map(str, codes))
        where = "" if len(codes) == len(CODES) else f"WHERE {conditions.verdict} IN ({among})"
        values = dict(conditions.parameters)
        if where and {Verdict(word) for word in keep} <= set(VISIBLE):
            where += f" AND {conditions.met} AND {conditions.kept}"
            if sort.column == START:  # the texts of later days need not be searched
                values["last"] = self._last_day(query, keep, sort, limit + offset)
                where += f" AND {START} {'>=' if sort.descending else '<='} $last"
        page = self.database.query(
            f"SELECT event_id FROM events {where} ORDER BY {sort.sql()} "  # noqa: S608 - our own SQL
            f"LIMIT {int(limit)} OFFSET {int(offset)}",
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
            among = ", ".join(f"${name}" for name in values)
        else:
            values, among = {"ids": list(ids)}, "SELECT unnest($ids)"
        events = self._select(f"WHERE event_id IN ({among})", values)
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
        return self._select(f"WHERE {_quoted(column)} = $value", {"value": value})

    def _select(self, where: str, values: Mapping[str, Any]) -> gpd.GeoDataFrame:
        columns = ", ".join(f'"{name}"' for name in COLUMNS["events"])
        sql = f"SELECT {columns} FROM events {where}"  # noqa: S608 - our own SQL
        return from_arrow("events", self.database.query(sql, values))

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
        name = _quoted(column)
        values = self.database.query(
            f"SELECT {name} AS value, count(*) AS n FROM events "  # noqa: S608 - a name of a column
            f"WHERE {name} IS NOT NULL GROUP BY ALL ORDER BY n DESC, value"
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
        where = "" if place_id is None else "WHERE place_id = $place"
        joins = self.database.query(f"SELECT * FROM joins {where}", {"place": place_id})  # noqa: S608 - our own SQL
        return pd.DataFrame(joins.to_pandas())[list(JOIN_COLUMNS)].astype(JOIN_COLUMNS)

    def close(self) -> None:
        """Release the database."""
        self.database.close()


def _quoted(column: str) -> str:
    """Return the name of a column for SQL; only our own columns may become part of it."""
    if column not in EVENT_COLUMNS:
        raise KeyError(column)
    return f'"{column}"'
