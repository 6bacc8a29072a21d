"""Events as a GeoPackage that opens in QGIS with its own symbols.

A layer of a GIS has one kind of geometry, so points, lines and areas are three layers, and events
without a place a table beside them. The styles (see `qgis_style`) are in the table
`layer_styles`, where QGIS reads them.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geomap.exports.csv_table import without_categories
from geomap.exports.qgis_style import style_qml
from geomap.symbology.colours import colours_of
from geomap.tables import DAYS

LAYERS = ("points", "lines", "areas", "unplaced")
_STYLE_WORDS = "Type by colour and form; areas are no pins."
_MOMENT = "1980-01-01T00:00:00.000Z"

_SINGLE = ("Point", "LineString", "Polygon")
_MULTI = ("MultiPoint", "MultiLineString", "MultiPolygon")

_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
  styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""


def geopackage_bytes(
    events: gpd.GeoDataFrame, *, notes: Sequence[str] = (), colours: Mapping[str, str] | None = None
) -> bytes:
    """Return events as a GeoPackage, with `notes` in the description of each layer.

    Without `colours` ("#rrggbb" by event type) those of the types of these events are used.
    """
    table = _plain(events)
    colours = colours_of(events["event_type"]) if colours is None else colours
    with tempfile.TemporaryDirectory(prefix="geomap-") as folder:
        path = Path(folder) / "events.gpkg"
        written = _write_layers(table, path)
        with sqlite3.connect(path) as base:
            _add_styles(base, written, colours)
            _describe(base, " ".join(notes))
        base.close()
        return path.read_bytes()


def _plain(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    plain = pd.DataFrame(without_categories(events).drop(columns=events.geometry.name))
    for name in plain.columns[plain.dtypes.astype("str") == DAYS]:
        plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    shapes = events.geometry
    # A layer has one type: this is the one that the event had before it was made to fit.
    plain["geometry_type"] = shapes.geom_type.where(shapes.notna() & ~shapes.is_empty).astype("str")
    return gpd.GeoDataFrame(plain, geometry=shapes, crs=events.crs)


def _write_layers(table: gpd.GeoDataFrame, path: Path) -> list[str]:
    import pyogrio

    shapes = table.geometry.to_numpy()
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    written = []
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _MOMENT})  # equal data, equal file
    try:
        for number, layer in enumerate(LAYERS):
            if layer == "unplaced":
                if absent.any():
                    bare = pd.DataFrame(table[absent].drop(columns="geometry"))
                    pyogrio.write_dataframe(bare, path, layer=layer, driver="GPKG")
                    written.append(layer)
                continue
            mine = _of_dimension(table[~absent], number)
            if mine.empty and (number or not absent.all()):
                continue
            kinds = set(mine.geometry.geom_type)
            pyogrio.write_dataframe(
                mine, path, layer=layer, driver="GPKG", promote_to_multi=len(kinds) > 1,
                geometry_type=(_MULTI if len(kinds) > 1 else _SINGLE)[number]
                if len(kinds) != 1 else kinds.pop(),
            )  # fmt: skip
            written.append(layer)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    return written


def _of_dimension(table: gpd.GeoDataFrame, dimension: int) -> gpd.GeoDataFrame:
    """Return the events with the parts of their geometries that are points, lines or areas."""
    shapes = table.geometry.to_numpy()
    mixed = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    out = shapes.copy()
    for number in mixed.nonzero()[0]:
        parts = shapely.get_parts(shapely.get_parts(shapes[number]))
        chosen = parts[shapely.get_dimensions(parts) == dimension]
        made = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)[dimension]
        out[number] = made(chosen) if len(chosen) else None
    parts = table.set_geometry(gpd.GeoSeries(out, table.index, crs=table.crs))
    return parts[shapely.get_dimensions(out) == dimension]


def _add_styles(base: sqlite3.Connection, written: list[str], colours: Mapping[str, str]) -> None:
    base.execute(_STYLES)
    for layer in written:
        if layer == "unplaced":
            continue
        base.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
            "ui, update_time) VALUES ('', '', ?, 'geom', 'geomap', ?, '', 1, ?, '', NULL, ?)",
            (layer, style_qml(layer, colours), _STYLE_WORDS, _MOMENT),
        )
    # Registered like any table: programs that list the layers would leave it out otherwise.
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', ?)",
        (_MOMENT,),
    )


def _describe(base: sqlite3.Connection, notes: str) -> None:
    words = f"Events from geomap. {notes}".strip()
    base.execute(
        "UPDATE gpkg_contents SET description = ? WHERE table_name <> 'layer_styles'", (words,)
    )
