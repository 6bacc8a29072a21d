"""Events in the format that the ending of a file name stands for."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import shapely

from geomap.errors import InputError
from geomap.exports.csv_table import csv_text, without_categories
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


def export_bytes(
    events: gpd.GeoDataFrame,
    form: str,
    *,
    query: EventQuery | None = None,
    counts: EventCounts | None = None,
    raw: bool = False,
    notes: Sequence[str] = (),
    colours: Mapping[str, str] | None = None,
) -> bytes:
    """Return events as the content of a file.

    Parameters
    ----------
    events
        Events table in EPSG:4326; further columns are written too.
    form
        One of `FORMATS`.
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
    """
    if form == "csv":
        return csv_text(events, raw=raw).encode("utf-8", "replace")
    if form == "geojson":
        return _geojson(events, notes)
    if form == "parquet":
        return _parquet(events, notes)
    if form == "kml":
        from geomap.exports.kml import kml_bytes

        return kml_bytes(events, notes=notes)
    if form == "zip":
        from geomap.exports.zip_archive import archive_bytes

        return archive_bytes(events, query, counts, notes=notes)
    if form == "gpkg":
        from geomap.exports.geopackage import geopackage_bytes

        return geopackage_bytes(events, notes=notes, colours=colours)
    message = f"No export format {form!r}: choose one of {', '.join(FORMATS)}."
    raise InputError(message)


def _geojson(events: gpd.GeoDataFrame, notes: Sequence[str]) -> bytes:
    from geomap.json_shapes import feature_collection

    # RFC 7946: an outer ring runs anticlockwise.
    turned = events.set_geometry(shapely.orient_polygons(events.geometry.to_numpy()))
    collection = feature_collection(turned.set_crs(events.crs))
    if notes:
        collection["notes"] = list(notes)
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _parquet(events: gpd.GeoDataFrame, notes: Sequence[str]) -> bytes:
    table = without_categories(events)
    if notes:
        table.attrs["geomap_notes"] = list(notes)
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()
