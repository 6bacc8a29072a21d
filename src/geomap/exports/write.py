"""Write events in the format that a file's ending names."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

import geopandas as gpd
import pandas as pd

from geomap.errors import InputError, StoreError
from geomap.query import EventCounts, EventQuery
from geomap.tables import DAYS

FORMATS = ("csv", "geojson", "gpkg", "parquet", "kml", "zip")


def format_of(name: str) -> str:
    """Return the format that the ending of a file name asks for.

    Raises
    ------
    InputError
        When it names none.
    """
    form = Path(name).suffix.removeprefix(".").lower()
    if form not in FORMATS:
        endings = ", ".join(f".{known}" for known in FORMATS)
        message = f"{name!r} names no format: end the file name with one of {endings}."
        raise InputError(message)
    return form


def export_events(
    events: gpd.GeoDataFrame,
    target: Path | BinaryIO,
    form: str | None = None,
    *,
    query: EventQuery | None = None,
    counts: EventCounts | None = None,
    raw: bool = False,
) -> None:
    """Write events to a file or buffer; a file appears whole or not at all.

    Parameters
    ----------
    events
        Events table; further columns are written too.
    target, form
        Where to; the format, by default that of the file's ending.
    query, counts
        What was asked for and its counts, told in the archive of a ZIP.
    raw
        Leave the text of a CSV as it is, also what a spreadsheet runs as a formula.

    Raises
    ------
    InputError
        When the format is not one of `FORMATS`.
    StoreError
        When the file cannot be written.
    """
    chosen = form or (format_of(target.name) if isinstance(target, Path) else "")
    if chosen not in FORMATS:
        message = f"No export format {chosen!r}: choose one of {', '.join(FORMATS)}."
        raise InputError(message)
    content = _content(events, chosen, query, counts, raw=raw)
    if not isinstance(target, Path):
        target.write(content)
        return
    try:
        _replace(target, content)
    except OSError as error:
        message = f"Cannot write {str(target)!r} ({error.strerror}): choose another folder or name."
        raise StoreError(message) from error


def _content(
    events: gpd.GeoDataFrame,
    form: str,
    query: EventQuery | None,
    counts: EventCounts | None,
    *,
    raw: bool,
) -> bytes:
    if form == "csv":
        from geomap.exports.sheet import csv_text

        return csv_text(events, raw=raw).encode("utf-8", "replace")
    if form == "geojson":
        from geomap.shapes import feature_collection

        text = json.dumps(feature_collection(events), ensure_ascii=False, allow_nan=False)
        return text.encode("utf-8", "replace")
    if form == "kml":
        from geomap.exports.earth import kml_bytes

        return kml_bytes(events)
    if form == "zip":
        from geomap.exports.bundle import zip_bytes

        return zip_bytes(events, query, counts)
    return _by_library(events, form)


def _by_library(events: gpd.GeoDataFrame, form: str) -> bytes:
    """Return a GeoPackage or GeoParquet file, which libraries write to a path."""
    plain = pd.DataFrame(events.drop(columns=events.geometry.name))
    for name in plain.columns[plain.dtypes == "category"]:
        plain[name] = plain[name].astype("str")
    table = gpd.GeoDataFrame(plain, geometry=events.geometry, crs=events.crs)
    with tempfile.TemporaryDirectory(prefix="geomap-") as folder:
        path = Path(folder) / f"events.{form}"
        if form == "parquet":
            table.to_parquet(path, index=False)
        else:
            for name in table.columns[table.dtypes.astype("str") == DAYS]:
                table[name] = table[name].dt.strftime("%Y-%m-%d")
            table.to_file(path, driver="GPKG", layer="events", geometry_type="Unknown")
        return path.read_bytes()


def _replace(target: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".partial-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)  # mkstemp's own rights shut everybody else out
        Path(temporary).replace(target)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
