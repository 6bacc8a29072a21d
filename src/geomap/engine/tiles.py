"""Where and when each event is, in a small file of its own: what counts on a grid are made of.

It is written once for each version of a workspace, beside the joins. Its rows are sorted by
place, a stretch at a time, so that an engine skips what is out of view.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geomap.engine.event_store import EventTable
from geomap.geo.grid import Frame, GridCounts
from geomap.geo.points import is_placed, markers_of, mercator
from geomap.query import EventQuery, Verdict
from geomap.query.sql import CODES, END, IS_OPEN, IS_VAGUE, Terms, conditions_of
from geomap.sql import Sql, identifier, joined, literal, sql
from geomap.symbology.symbols import NOT_HAPPENED, WIDE_WORDS

COLUMNS = (
    "event_id", "event_date", "event_date_end", "last_confirmed", "date_precision",
    "geo_precision", "status", "event_type", "source", "batch_id",
)  # fmt: skip
_STRETCH = 1_000_000
_GROUP = 100_000
_COARSE = 22  # bits of a position within one square of the sorting
_FORM = 2
_WORKED_OUT = {"last_day": END, "is_open": IS_OPEN, "is_vague": IS_VAGUE}
_APART = sql(
    "CASE WHEN coalesce(geo_precision, '') IN ({}) THEN 1 "
    "WHEN coalesce(status, '') IN ({}) THEN 2 ELSE 0 END",
    joined(map(literal, WIDE_WORDS)),
    joined(map(literal, NOT_HAPPENED)),
)
_TERMS = Terms(sql("last_day"), sql("is_open"), sql("is_vague"), sql("false"))
_KEPT = 2


class Positions:
    """Counts of events by place, over a table `positions` that is added when first needed.

    Parameters
    ----------
    events, folder, version
        The events; where the file is kept, and for which version.
    progress
        Called with the share done while the file is written.
    """

    def __init__(
        self,
        events: EventTable,
        folder: Path,
        version: int,
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._events = events
        kept = folder / f"positions-{_FORM}-{version}.parquet"
        if not _is_whole(kept):
            _write(events, kept, progress)
        events.database.add_file("positions", kept)
        self._passed: dict[EventQuery, str] = {}

    def cells(self, query: EventQuery, frame: Frame) -> GridCounts:
        """Return what each cell of a frame holds, and what is in the frame but in no cell.

        An event known to an area or a road only is at no place that a cell could count, and
        one that was planned, prevented or denied did not happen there.
        """
        told, parameters = self._told(query, frame)
        shown, possible = CODES[Verdict.SHOWN], CODES[Verdict.POSSIBLE]
        found = self._events.ask(
            sql(
                "SELECT {apart} AS apart, if(apart = 0, x >> {shift}, 0) AS cx, "
                "if(apart = 0, y >> {shift}, 0) AS cy, "
                "count(*) FILTER (verdict = {shown}) AS shown, "
                "count(*) FILTER (verdict = {possible}) AS possible "
                "FROM ({told}) WHERE verdict >= {possible} GROUP BY ALL ORDER BY apart, cy, cx",
                apart=_APART,
                shift=frame.shift,
                shown=shown,
                possible=possible,
                told=told,
            ),
            parameters,
        )
        columns = [found.column(name).to_pylist() for name in found.column_names]
        rows = list(zip(*columns, strict=True))
        areas, not_happened = (
            sum(row[3] + row[4] for row in rows if row[0] == number) for number in (1, 2)
        )
        return GridCounts(tuple(row[1:] for row in rows if row[0] == 0), areas, not_happened)

    def points(self, query: EventQuery, frame: Frame) -> pa.Table:
        """Return id, and whether it surely passes, of the shown and possible ones of a frame."""
        told, parameters = self._told(query, frame)
        least = CODES[Verdict.POSSIBLE]
        return self._events.ask(
            sql("SELECT event_id, surely FROM ({}) WHERE verdict >= {}", told, least),
            parameters,
        )

    def box(self, query: EventQuery) -> tuple[float, float, float, float] | None:
        """Return west, south, east, north of the shown and possible ones; None without any."""
        world = 2**32 - 1
        told, parameters = self._told(query, Frame(0, 0, world, world, 0))
        edges = self._events.ask(
            sql(
                "SELECT min(x) AS w, max(y) AS s, max(x) AS e, min(y) AS n "
                "FROM ({}) WHERE verdict >= {}",
                told,
                CODES[Verdict.POSSIBLE],
            ),
            parameters,
        ).to_pylist()[0]
        if edges["w"] is None:
            return None
        west, east = (edges[name] / world * 360 - 180 for name in ("w", "e"))
        south, north = (
            math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * edges[name] / world))))
            for name in ("s", "n")
        )
        return west, south, east, north

    def sample(self, most: int) -> pa.Table:
        """Return x and y of about so many events, spread over all of them."""
        return self._events.ask(
            sql("SELECT x, y FROM positions WHERE row % $step = 0"),
            {"step": max(1, len(self._events) // most)},
        )

    def _told(self, query: EventQuery, frame: Frame) -> tuple[Sql, dict[str, Any]]:
        """Return SQL for place and verdict of the events of a frame."""
        asked = EventQuery(
            text=query.text, place_ids=query.place_ids, bbox=query.bbox, polygon=query.polygon
        )
        rest = replace(query, text="", place_ids=frozenset(), bbox=None, polygon=())
        told = conditions_of(rest, terms=_TERMS)
        verdict, source, surely = told.verdict, sql("positions"), sql("true")
        if not asked.is_empty:
            source = sql("positions JOIN {} USING (row)", identifier(self._rows(asked)))
            surely = sql("surely")
            verdict = sql(
                "CASE WHEN surely THEN {verdict} ELSE least({verdict}, {possible}) END",
                verdict=told.verdict,
                possible=CODES[Verdict.POSSIBLE],
            )
        question = sql(
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
            met=told.met,
        )
        return question, dict(told.parameters)

    def _rows(self, asked: EventQuery) -> str:
        """Return the name of a table of the rows that pass what only the events can answer."""
        if asked not in self._passed:
            passes, surely = self._events.passes(asked)
            rows = np.flatnonzero(passes)
            certain = np.ones(len(rows), dtype=bool) if surely is None else surely[rows]
            name = f"passed_{len(self._passed) % _KEPT}"
            self._passed = {query: held for query, held in self._passed.items() if held != name}
            self._events.database.add(name, pa.table({"row": rows, "surely": certain}))
            self._passed[asked] = name
        return self._passed[asked]


def _is_whole(path: Path) -> bool:
    with suppress(OSError, pa.ArrowInvalid):
        return {"x", "y", "row", *COLUMNS} <= set(pq.read_schema(path).names)
    return False


def _write(events: EventTable, target: Path, progress: Callable[[float], None]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".partial-")
    os.close(handle)
    size = max(1, len(events))
    writer = None
    made = [sql("{} AS {}", what, identifier(name)) for name, what in _WORKED_OUT.items()]
    columns = joined([*map(identifier, COLUMNS), *made, sql("geometry")])
    question = sql("SELECT {} FROM events", columns)
    start = 0
    for found in _whole(events.database.stream(question, rows=_STRETCH)):
        part = _placed(found, start)
        writer = writer or pq.ParquetWriter(temporary, part.schema)
        writer.write_table(part, row_group_size=_GROUP)
        start += len(found)
        progress(min(1.0, start / size))
    if writer is None:
        writer = pq.ParquetWriter(temporary, _placed(events.ask(question), 0).schema)
    writer.close()
    Path(temporary).replace(target)
    found_files = sorted(
        target.parent.glob("positions-*.parquet"), key=lambda path: path.stat().st_mtime_ns
    )
    for path in found_files[:-_KEPT]:
        path.unlink(missing_ok=True)


def _whole(stretches: Iterable[pa.Table]) -> Iterable[pa.Table]:
    """Yield stretches put together until they are long enough to be sorted well."""
    held: list[pa.Table] = []
    for part in stretches:
        held.append(part)
        if sum(map(len, held)) >= _STRETCH:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _placed(found: pa.Table, start: int) -> pa.Table:
    """Return position, row and columns of the events that are dated and placed, by place."""
    geometry = found["geometry"].combine_chunks()
    kept = is_placed(geometry) & found["event_date"].is_valid().to_numpy()
    markers = markers_of(geometry.filter(pa.array(kept)))
    first = ~markers.extra  # an event of several points counts once
    x, y = mercator(markers.longitude[first], markers.latitude[first])
    rows = np.flatnonzero(kept)[markers.event[first]]
    order = np.lexsort((x >> _COARSE, y >> _COARSE))
    table = found.select((*COLUMNS, *_WORKED_OUT)).take(pa.array(rows[order]))
    numbers = {"x": x[order], "y": y[order], "row": rows[order] + start}
    for name, column in numbers.items():
        table = table.append_column(name, pa.array(column))
    return table
