"""Counts of events on a grid, from a small file of where and when each event is.

The file is written once for each version of a workspace. Its rows are sorted by place, a chunk
at a time, so that DuckDB skips what is out of view.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geomap.engine.event_store import EventTable
from geomap.files.versioned import VersionedFile
from geomap.geo.grid import Frame, GridCounts
from geomap.geo.mercator import LARGEST, degrees, mercator
from geomap.geo.points import is_placed, markers_of
from geomap.query import EventQuery, Verdict
from geomap.query.sql_conditions import CODES, END, IS_OPEN, IS_VAGUE, Terms, conditions_of
from geomap.sql import Sql, identifier, joined, literal, sql
from geomap.symbology.symbols import NOT_HAPPENED, WIDE_WORDS
from geomap.typing import BBox, Days
from geomap.vocabulary.criteria import PACKED_COLUMNS, UNPACKED

_COLUMNS = (
    "event_id", "event_date", "event_date_end", "last_confirmed",
    *sorted(column.name for column in PACKED_COLUMNS),
)  # fmt: skip
_NOTHING = EventQuery()
_DERIVED = {"last_day": END, "is_open": IS_OPEN, "is_vague": IS_VAGUE}
_NEVER = sql("false")
_TERMS = Terms(sql("last_day"), sql("is_open"), sql("is_vague"), unplaced=_NEVER, hidden=_NEVER)
_CHUNK_ROWS = 1_000_000
_GROUP_ROWS = 100_000
_SQUARE_BITS = 22  # of a position within one square of the sorting
_FORM = 2
_UNCOUNTED = sql(
    "CASE WHEN coalesce(geo_precision, '') IN ({}) THEN 1 "
    "WHEN coalesce(status, '') IN ({}) THEN 2 ELSE 0 END",
    joined(map(literal, WIDE_WORDS)),
    joined(map(literal, NOT_HAPPENED)),
)
_TABLES_KEPT = 2
_POSSIBLE = CODES[Verdict.POSSIBLE]


class Positions:
    """Counts of events by place, over a table `positions` of the events' database.

    Parameters
    ----------
    events
        The events of one version.
    folder, version
        Folder of cached files, and the version; the file is written when it is not there.
    progress
        Called with the share done, from 0 to 1, while the file is written.
    """

    def __init__(
        self,
        events: EventTable,
        folder: Path,
        version: int,
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._events = events
        file = VersionedFile(folder, "positions", f"{_FORM}-{version}")
        if file.is_whole(("x", "y", "row", *_COLUMNS)):
            events.database.add_file("positions", file.path)
        else:
            _add(events, file, progress)
        self._matching: dict[EventQuery, str] = {}

    def cells(self, query: EventQuery, frame: Frame) -> GridCounts:
        """Return what each cell of a frame holds, and what is in the frame but in no cell.

        An event that is known to an area or a road only is at no place that a cell could count;
        one that was planned, prevented or denied did not happen there.

        Parameters
        ----------
        query, frame
            Criteria, with the window of days; the cells to count in.
        """
        events, parameters = self._in_frame(query, frame)
        cells = self._events.database.query(
            sql(
                "SELECT {uncounted} AS uncounted, if(uncounted = 0, x >> {shift}, 0) AS cx, "
                "if(uncounted = 0, y >> {shift}, 0) AS cy, "
                "count(*) FILTER (verdict = {shown}) AS shown, "
                "count(*) FILTER (verdict = {possible}) AS possible "
                "FROM ({events}) WHERE verdict >= {possible} "
                "GROUP BY ALL ORDER BY uncounted, cy, cx",
                uncounted=_UNCOUNTED,
                shift=frame.shift,
                shown=CODES[Verdict.SHOWN],
                possible=_POSSIBLE,
                events=events,
            ),
            parameters,
        )
        columns = [cells.column(name).to_pylist() for name in cells.column_names]
        rows = list(zip(*columns, strict=True))
        areas, not_happened = (
            sum(row[3] + row[4] for row in rows if row[0] == number) for number in (1, 2)
        )
        return GridCounts(tuple(row[1:] for row in rows if row[0] == 0), areas, not_happened)

    def points(self, query: EventQuery, frame: Frame) -> pa.Table:
        """Return `event_id` of the shown and possible events of a frame, and `surely`.

        `surely` is false where an event matches the criteria for place only possibly.

        Parameters
        ----------
        query, frame
            Criteria, with the window of days; the part of the map.
        """
        events, parameters = self._in_frame(query, frame)
        return self._events.database.query(
            sql("SELECT event_id, surely FROM ({}) WHERE verdict >= {}", events, _POSSIBLE),
            parameters,
        )

    def box(self, query: EventQuery) -> BBox | None:
        """Return the bbox of the shown and possible events; None when there are none.

        Parameters
        ----------
        query
            Criteria, with the window of days.
        """
        events, parameters = self._in_frame(query, Frame(0, 0, LARGEST, LARGEST, 0))
        edges = self._events.database.query(
            sql(
                "SELECT min(x) AS w, max(y) AS s, max(x) AS e, min(y) AS n "
                "FROM ({}) WHERE verdict >= {}",
                events,
                _POSSIBLE,
            ),
            parameters,
        ).to_pylist()[0]
        if edges["w"] is None:
            return None
        x, y = (np.array([edges[name] for name in names]) for names in (("w", "e"), ("s", "n")))
        (west, east), (south, north) = (part.tolist() for part in degrees(x, y))
        return west, south, east, north

    def sample(self, most: int) -> pa.Table:
        """Return Mercator positions `x` and `y` of some events, spread over all of them.

        Parameters
        ----------
        most
            About how many.
        """
        return self._events.database.query(
            sql("SELECT x, y FROM positions WHERE row % $step = 0"),
            {"step": max(1, len(self._events) // most)},
        )

    def _in_frame(self, query: EventQuery, frame: Frame) -> tuple[Sql, dict[str, Any]]:
        """Return SQL for place and verdict of the events of a frame, with its parameters."""
        by_events = query.only(UNPACKED)
        rest = replace(query, **{one.field: getattr(_NOTHING, one.field) for one in UNPACKED})
        conditions = conditions_of(rest, terms=_TERMS)
        verdict, source, surely = conditions.verdict, sql("positions"), sql("true")
        if not by_events.is_empty:
            source = sql("positions JOIN {} USING (row)", identifier(self._table_of(by_events)))
            surely = sql("surely")
            verdict = sql(
                "CASE WHEN surely THEN {verdict} ELSE least({verdict}, {possible}) END",
                verdict=conditions.verdict,
                possible=_POSSIBLE,
            )
        statement = sql(
            "SELECT event_id, x, y, geo_precision, status, "
            "{surely} AS surely, {verdict} AS verdict FROM {source} WHERE "
            "x BETWEEN {west} AND {east} AND y BETWEEN {north} AND {south} AND {met}",
            surely=surely,
            verdict=verdict,
            source=source,
            west=frame.west,
            east=frame.east,
            north=frame.north,
            south=frame.south,
            met=conditions.met,
        )
        return statement, dict(conditions.parameters)

    def _table_of(self, query: EventQuery) -> str:
        """Return the name of a table of the rows that match what only the events can answer."""
        if query not in self._matching:
            matches, certain = self._events.masks(query)
            rows = np.flatnonzero(matches)
            surely = np.ones(len(rows), dtype=bool) if certain is None else certain[rows]
            name = f"matching_{len(self._matching) % _TABLES_KEPT}"
            self._matching = {known: used for known, used in self._matching.items() if used != name}
            self._events.database.add(name, pa.table({"row": rows, "surely": surely}))
            self._matching[query] = name
        return self._matching[query]


def _add(events: EventTable, file: VersionedFile, progress: Callable[[float], None]) -> None:
    """Add the table of positions: as a file, or in memory where no file can be written."""
    try:
        with file.writing() as path, closing(_parts(events, progress)) as parts:
            first = next(parts)
            with pq.ParquetWriter(path, first.schema) as writer:
                for part in chain([first], parts):
                    writer.write_table(part, row_group_size=_GROUP_ROWS)
    except OSError:
        events.database.add("positions", pa.concat_tables(_parts(events, progress)))
    else:
        events.database.add_file("positions", file.path)


def _parts(events: EventTable, progress: Callable[[float], None]) -> Generator[pa.Table]:
    """Yield the rows of the table of positions; the first part has none."""
    derived = [sql("{} AS {}", value, identifier(name)) for name, value in _DERIVED.items()]
    columns = joined([*map(identifier, _COLUMNS), *derived, sql("geometry")])
    statement = sql("SELECT {} FROM events", columns)
    yield _sorted_by_place(events.database.query(sql("{} LIMIT 0", statement)), 0, events.hidden)
    start = 0
    for chunk in _long_chunks(events.database.stream(statement, rows=_CHUNK_ROWS)):
        yield _sorted_by_place(chunk, start, events.hidden)
        start += len(chunk)
        progress(start / len(events))


def _long_chunks(chunks: Iterable[pa.Table]) -> Iterable[pa.Table]:
    """Yield chunks put together until they are long enough to be sorted well."""
    waiting: list[pa.Table] = []
    for chunk in chunks:
        waiting.append(chunk)
        if sum(map(len, waiting)) >= _CHUNK_ROWS:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def _sorted_by_place(chunk: pa.Table, start: int, hidden: Days) -> pa.Table:
    """Return position, row and columns of the events that a map can show, by place."""
    geometry = chunk["geometry"].combine_chunks()
    usable = is_placed(geometry) & chunk["event_date"].is_valid().to_numpy()
    usable[hidden[(hidden >= start) & (hidden < start + len(chunk))] - start] = False
    markers = markers_of(geometry.filter(pa.array(usable)))
    first = ~markers.extra  # an event of several points counts once
    x, y = mercator(markers.longitude[first], markers.latitude[first])
    rows = np.flatnonzero(usable)[markers.event[first]]
    order = np.lexsort((x >> _SQUARE_BITS, y >> _SQUARE_BITS))
    table = chunk.select((*_COLUMNS, *_DERIVED)).take(pa.array(rows[order]))
    numbers = {"x": x[order], "y": y[order], "row": rows[order] + start}
    for name, column in numbers.items():
        table = table.append_column(name, pa.array(column))
    return table
