"""The columns of the tables that rooms exchange, and the one check of an events table.

An events table is a GeoDataFrame in EPSG:4326 with one row per event and exactly the
columns of `EVENT_COLUMNS`. Every other module takes one and returns a new one; none
changes its argument. A missing value is NA/NaT/None, never an empty string, a zero or a
made-up default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geomap.errors import SchemaError
from geomap.model import CRS, DatePrecision, GeoPrecision, Status
from geomap.typing import Mask

DAYS = "datetime64[us]"
"""The dtype of a column of days: midnight, no zone, wide enough for any written year."""

EVENT_COLUMNS: dict[str, str] = {
    "event_id": "str",  # "<dataset>:<the source's own id>", else a digest
    "event_date": DAYS,  # first day; NaT when undated
    "event_date_end": DAYS,  # last day, included; NaT while ongoing (open) or undated
    "last_confirmed": DAYS,  # of an open event: last day on which it was reported to go on
    "date_precision": "str",  # DatePrecision; NA when undated
    "event_type": "str",
    "sub_event_type": "str",
    "title": "str",
    "notes": "str",
    "actor1": "str",
    "actor2": "str",
    "fatalities": "Int64",
    "fatalities_low": "Int64",
    "fatalities_high": "Int64",
    "place_id": "str",  # the main place in the gazetteer
    "place_ids": "str",  # all of them, separated by ";"
    "place_name": "str",  # as the source wrote it
    "country": "str",  # as the source wrote it
    "admin1": "str",  # as the source wrote it
    "geo_precision": "str",  # GeoPrecision
    "uncertainty_km": "float64",
    "status": "str",  # Status
    "source": "str",
    "source_url": "str",
    "article_id": "str",
    "evidence": "str",  # JSON: [[start_char, end_char], ...] into the article's text
    "dataset": "str",  # the layout or file family that the id is unique in
    "batch_id": "str",
    "row_number": "Int64",  # record of the file as a person counts: the header is row 1
    "flags": "str",  # issue codes separated by ";": kept, but look at it
    "source_timestamp": "Int64",  # the source's own time of last change, Unix seconds
    "gone_since": DAYS,  # day on which a newer release without this event came in; else NaT
    "gone_batch": "str",  # the import that brought that release
}

PLACE_COLUMNS: tuple[str, ...] = (
    "place_id",
    "name",
    "kind",
    "feature_code",
    "country_code",
    "uncertainty_km",
    "valid_from",
    "valid_to",
    "layer",
    "source",
    "licence",
)
"""Columns of a places table besides `geometry`: one row for each dated version of a place."""

JOIN_COLUMNS: dict[str, str] = {
    "event_id": "str",
    "place_id": "str",
    "relation": "str",  # in, on, near, at
    "metres": "float64",  # distance between the geometries as given; 0 when they touch
    "certain": "bool",  # False: the uncertainty of place or date allows it but does not force it
}

AGGREGATE_COLUMNS: dict[str, str] = {
    "period_start": DAYS,  # first day
    "period_end": DAYS,  # last day, included
    "period": "str",  # day, week, month, year, range
    "unit": "str",  # the closest name that the source gives of the place; NA where it has a point
    "admin2": "str",
    "admin1": "str",
    "country": "str",
    "place_id": "str",  # the unit in the gazetteer, where its name is known there
    "latitude": "float64",  # of the point that the source gives for the whole unit: never a pin
    "longitude": "float64",
    "event_type": "str",
    "sub_event_type": "str",
    "measure": "str",  # the column of the file: what was counted
    "count": "Int64",
    "source": "str",
    "dataset": "str",
    "batch_id": "str",
    "row_number": "Int64",  # record of the file as a person counts: the header is row 1
}
"""Columns of a table of counts per unit and period: one row for each count of a row of a file."""
HIDDEN = "hidden"
"""The flag of an event that a person took out of every count but that of the hidden."""

_ENUMS = {"date_precision": DatePrecision, "geo_precision": GeoPrecision, "status": Status}


def events_table(records: Iterable[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Return an events table with one row for each record.

    Parameters
    ----------
    records
        Mappings from column names (of `EVENT_COLUMNS` or "geometry") to values; a column that
        a record lacks is missing in its row.

    Returns
    -------
    events
        Events table in EPSG:4326, in the order of the records.

    Raises
    ------
    SchemaError
        When a record has a column that an events table does not have, or the result fails
        `check_events`.
    """
    rows = list(records)
    unknown = sorted({name for row in rows for name in row} - {*EVENT_COLUMNS, "geometry"})
    if unknown:
        message = f"An events table has no columns {unknown!r}."
        raise SchemaError(message)
    columns = {name: [row.get(name) for row in rows] for name in [*EVENT_COLUMNS, "geometry"]}
    return check_events(cast_events(pd.DataFrame(columns)))


def cast_events(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return `frame` with the columns, order and dtypes of an events table.

    Absent columns come out missing, other columns are left out. Nothing else is checked here.

    Parameters
    ----------
    frame
        Rows with any columns; "geometry" holds shapes in EPSG:4326 or None.
    """
    nothing = repeated([None], np.zeros(len(frame), dtype="int64"), frame.index)
    typed = {
        name: _as(frame[name], dtype)
        if name in frame
        else _as(nothing.copy(), dtype)  # texts share the memory of one column
        for name, dtype in EVENT_COLUMNS.items()
    }
    geometry = frame["geometry"] if "geometry" in frame else pd.Series(None, frame.index, "object")
    return gpd.GeoDataFrame(typed, geometry=gpd.GeoSeries(geometry, crs=CRS), index=frame.index)


def valid_between(places: gpd.GeoDataFrame, first: date | None, last: date | None) -> pd.Series:
    """Return which versions of places are valid on some day of a window.

    Parameters
    ----------
    places
        Table with the columns `valid_from` and `valid_to`, missing where open.
    first, last
        Both ends of the window, included; None for an open one.
    """
    starts, ends = pd.to_datetime(places["valid_from"]), pd.to_datetime(places["valid_to"])
    begun = starts.isna() | (starts <= pd.Timestamp(last)) | (last is None)
    return begun & (ends.isna() | (ends >= pd.Timestamp(first)) | (first is None))


def repeated(words: Sequence[str | None], codes: np.ndarray, index: pd.Index) -> pd.Series:
    """Return a column of text that has few different values, without an object for each row.

    Parameters
    ----------
    words, codes, index
        The values (None for a missing one); for each row the position of its value; the index
        of the column.
    """
    return pd.Series(pd.array(list(words), dtype="str").take(codes), index)


def is_among(values: pd.Series, others: pd.Series) -> Mask:
    """Return which texts are among others, as `isin` does, but fast for a million of them.

    Parameters
    ----------
    values, others
        Columns of text; a missing value is among others that have one.
    """
    if not len(values):
        return np.zeros(0, dtype=bool)  # a set of a million texts takes its time
    known = pa.array(others, pa.large_string())
    known = known.combine_chunks() if isinstance(known, pa.ChunkedArray) else known
    mask = pc.is_in(pa.array(values, pa.large_string()), value_set=known)
    return np.asarray(mask.to_numpy(zero_copy_only=False), dtype=bool)


def is_unique(texts: pd.Series) -> bool:
    """Return whether no text of a column is there twice, in little memory for a million of them.

    Parameters
    ----------
    texts
        Column of text; missing values count as one.
    """
    column = pa.array(texts, pa.large_string())
    if column.null_count:
        return column.null_count == 1 and is_unique(texts.dropna())
    endings = pc.binary_slice(column.cast(pa.large_binary()), start=-1)
    parts = (column.filter(pc.equal(endings, ending)) for ending in pc.unique(endings))
    return all(pc.count_distinct(part).as_py() == len(part) for part in parts)


def _as(values: pd.Series, dtype: str) -> pd.Series:
    if dtype == DAYS:
        return pd.to_datetime(values).astype(DAYS)
    if dtype == "float64":
        return pd.to_numeric(values).astype(dtype)
    return values.astype(dtype)


def empty_events() -> gpd.GeoDataFrame:
    """Return an events table without rows."""
    return events_table([])


def check_events(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return `events` when it is a valid events table.

    Parameters
    ----------
    events
        Table to check.

    Raises
    ------
    SchemaError
        Naming every fault at once: missing columns, other dtypes, another CRS, missing or
        double ids, words outside the closed lists, ends before starts.
    """
    faults = [f"column {name!r} is missing" for name in EVENT_COLUMNS if name not in events]
    if not isinstance(events, gpd.GeoDataFrame) or "geometry" not in events:
        faults.append("it has no geometry")
    elif events.crs != CRS:
        faults.append(f"CRS is {events.crs}, not {CRS}; call .to_crs({CRS!r})")
    if not faults:
        faults = [*_dtype_faults(events), *_value_faults(events)]
    if faults:
        message = "Not an events table: " + "; ".join(faults) + "."
        raise SchemaError(message)
    return events


def _dtype_faults(events: gpd.GeoDataFrame) -> list[str]:
    return [
        f"column {name!r} is {events[name].dtype}, not {dtype}"
        for name, dtype in EVENT_COLUMNS.items()
        if str(events[name].dtype) != dtype
    ]


def _value_faults(events: gpd.GeoDataFrame) -> list[str]:
    faults = []
    if events["event_id"].isna().any():
        faults.append("'event_id' is missing in some rows")
    if not is_unique(events["event_id"]):
        double = events.loc[events["event_id"].duplicated(), "event_id"].unique()[:3]
        faults.append(f"'event_id' is double, for example {list(double)!r}")
    for name, words in _ENUMS.items():
        odd = set(events[name].dropna().unique()) - {word.value for word in words}
        if odd:
            faults.append(f"{name!r} has the words {sorted(odd)!r}")
    if (events["event_date_end"] < events["event_date"]).any():
        faults.append("'event_date_end' lies before 'event_date' in some rows")
    if (events["event_date"].isna() != events["date_precision"].isna()).any():
        faults.append("'date_precision' must be missing exactly where 'event_date' is")
    is_open = events["date_precision"] == DatePrecision.OPEN.value
    if (events["event_date"].notna() & (events["event_date_end"].isna() != is_open)).any():
        faults.append("'event_date_end' must be missing exactly where the event is open or undated")
    return faults
