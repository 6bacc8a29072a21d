"""The columns of events that need nothing but their own cells: texts, counts, links, status."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geomap.ingest.events import typed_cells
from geomap.ingest.events.mapped_table import MappedTable
from geomap.model import Status

_TEXTS = ("event_type", "sub_event_type", "title", "notes", "actor1", "actor2",
          "place_name", "country", "admin1", "admin2")  # fmt: skip
_COUNTS = ("fatalities", "fatalities_low", "fatalities_high")


def read_columns(table: MappedTable) -> dict[str, pd.Series]:
    """Return the typed columns by the name that they have in an events table."""
    columns: dict[str, pd.Series] = {}
    text, index = table.text, table.frame.index
    for name in _TEXTS:
        if (cells := text(name)) is not None:
            columns[name] = _worded(cells, table.layout.spec.words.get(name, {}))
    for name in _COUNTS:
        if (cells := text(name)) is not None:
            columns[name] = typed_cells.count_column(cells, table.log)
    if (cells := text("source_timestamp")) is not None:
        columns["source_timestamp"] = typed_cells.moment_column(cells)
    source = text("source")
    if source is not None:
        columns["source"] = typed_cells.source_column(source)
    if (links := typed_cells.link_column(text("source_url"), source)) is not None:
        columns["source_url"] = links
    columns["status"] = _status(text("status"), index)
    columns["title"] = _title(index, columns)
    return columns


def _worded(cells: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """Return the cells with codes replaced by their words; other cells as they are."""
    return cells.map(lambda cell: words.get(cell, cell), na_action="ignore") if words else cells


def _status(stated: pd.Series | None, index: pd.Index) -> pd.Series:
    """Return the status a column states in our words; a row of a table is a report otherwise."""
    reported = pd.Series(Status.REPORTED.value, index, dtype="str")
    if stated is None:
        return reported
    words = stated.str.casefold()
    return words.where(words.isin([word.value for word in Status]), reported)


def _title(index: pd.Index, columns: dict[str, pd.Series]) -> pd.Series:
    """Return titles; where the file has none, the type and the place the row states."""
    nothing = pd.Series(np.nan, index, dtype="str")
    kind = columns.get("sub_event_type", nothing)
    kind = kind.where(kind.notna(), columns.get("event_type", nothing))
    place = columns.get("place_name", nothing)
    made = kind.where(place.isna(), kind + ", " + place).where(kind.notna(), place)
    title = columns.get("title")
    return made if title is None else title.where(title.notna(), made)
