"""Write events in the format that the ending of a file name stands for."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import geopandas as gpd
import shapely

from geomap.errors import InputError
from geomap.exports.csv_table import without_categories
from geomap.files.atomic import write_file
from geomap.query import EventCounts, EventQuery

FORMATS = ("csv", "geojson", "gpkg", "parquet", "kml", "zip")


def format_of(name: str) -> str:
    """Return the format that the ending of a file name stands for: one of `FORMATS`.

    Parameters
    ----------
    name
        Name or path of a file.

    Raises
    ------
    InputError
        When no format has this ending.
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
        Events table in EPSG:4326; further columns are written too.
    target, form
        File or buffer; one of `FORMATS`, by default the one of the file's ending.
    query, counts
        The query that selected the events and its counts, for the page of text in a ZIP.
    raw
        Whether to leave text in a CSV as it is, even where a spreadsheet would run it.
    notes
        Sentences on what was left out; every format but CSV has a place for them.
    colours
        Colour of each event type as "#rrggbb", for formats with styles.

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
        collection = feature_collection(turned.set_crs(events.crs))
        if notes:
            collection["notes"] = list(notes)
        text = json.dumps(collection, ensure_ascii=False, allow_nan=False)
        return text.encode("utf-8", "replace")
    if form == "kml":
        from geomap.exports.kml import kml_bytes

        return kml_bytes(events, notes=notes)
    if form == "zip":
        from geomap.exports.zip_archive import archive_bytes

        return archive_bytes(events, query, counts, notes=notes)
    if form == "gpkg":
        from geomap.exports.geopackage import geopackage_bytes

        return geopackage_bytes(events, notes=notes, colours=colours)
    return _parquet(events, notes)


def _parquet(events: gpd.GeoDataFrame, notes: Sequence[str]) -> bytes:
    table = without_categories(events)
    if notes:
        table.attrs["geomap_notes"] = list(notes)
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()
