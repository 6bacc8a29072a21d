"""Write events in the format that a file's ending names."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import geopandas as gpd
import pandas as pd
import shapely

from geomap.errors import InputError
from geomap.files.atomic import write_file
from geomap.query import EventCounts, EventQuery

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
    notes: Sequence[str] = (),
    colours: Mapping[str, str] | None = None,
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
    notes
        Sentences about what was left out, told in every format but CSV, which has no place.
    colours
        Colour of each type, for formats that have styles.

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
    content = _content(events, chosen, query, counts, raw=raw, notes=notes, colours=colours)
    if not isinstance(target, Path):
        target.write(content)
        return
    write_file(target, content)


def _content(
    events: gpd.GeoDataFrame,
    form: str,
    query: EventQuery | None,
    counts: EventCounts | None,
    *,
    raw: bool,
    notes: Sequence[str],
    colours: Mapping[str, str] | None,
) -> bytes:
    if form == "csv":
        from geomap.exports.csv_table import csv_text

        return csv_text(events, raw=raw).encode("utf-8", "replace")
    if form == "geojson":
        from geomap.json_shapes import feature_collection

        # RFC 7946: an outer ring runs anticlockwise.
        turned = events.set_geometry(shapely.orient_polygons(events.geometry.to_numpy()))
        made = feature_collection(turned.set_crs(events.crs)) | (
            {"notes": list(notes)} if notes else {}
        )
        text = json.dumps(made, ensure_ascii=False, allow_nan=False)
        return text.encode("utf-8", "replace")
    if form == "kml":
        from geomap.exports.kml import kml_bytes

        return kml_bytes(events, notes=notes)
    if form == "zip":
        from geomap.exports.zip_archive import zip_bytes

        return zip_bytes(events, query, counts, notes=notes)
    if form == "gpkg":
        from geomap.exports.geopackage import package_bytes

        return package_bytes(events, notes=notes, colours=colours)
    return _parquet(events, notes)


def _parquet(events: gpd.GeoDataFrame, notes: Sequence[str]) -> bytes:
    plain = pd.DataFrame(events.drop(columns=events.geometry.name))
    for name in plain.columns[plain.dtypes == "category"]:
        plain[name] = plain[name].astype("str")
    table = gpd.GeoDataFrame(plain, geometry=events.geometry, crs=events.crs)
    if notes:
        table.attrs["geomap_notes"] = list(notes)
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()
