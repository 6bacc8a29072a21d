"""Events as a GeoPackage that opens in QGIS with signs of its own.

A GIS draws a layer in one way, so points, lines and areas are layers of their own, and the
events without a place a table beside them. The styles lie in the table `layer_styles`, where
QGIS looks for them.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import geopandas as gpd
import pandas as pd
import shapely

from geomap.exports.xml_text import xml_text
from geomap.model import AREA_PRECISIONS
from geomap.symbology.colours import OTHER_COLOUR, colours_of
from geomap.tables import DAYS

LAYERS = ("points", "lines", "areas", "unplaced")
_MOMENT = "1980-01-01T00:00:00.000Z"
_FORMS = ("circle", "square", "triangle", "diamond", "pentagon", "cross_fill", "star", "hexagon")
_PATTERNS = ("b_diagonal", "f_diagonal", "diagonal_x", "horizontal", "vertical", "cross")

_SINGLE = ("Point", "LineString", "Polygon")
_MULTI = ("MultiPoint", "MultiLineString", "MultiPolygon")

_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
  styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""


def package_bytes(
    events: gpd.GeoDataFrame, *, notes: Sequence[str] = (), colours: Mapping[str, str] | None = None
) -> bytes:
    """Return events as a GeoPackage.

    Parameters
    ----------
    events, notes
        What is in it; sentences that stand in the description of each layer.
    colours
        Colour of each type; by default those of the types of these events.
    """
    table = _plain(events)
    given = colours_of(events["event_type"]) if colours is None else colours
    with tempfile.TemporaryDirectory(prefix="geomap-") as folder:
        path = Path(folder) / "events.gpkg"
        written = _write_layers(table, path)
        with sqlite3.connect(path) as base:
            _add_styles(base, written, given)
            _describe(base, " ".join(notes))
        base.close()
        return path.read_bytes()


def _plain(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    plain = pd.DataFrame(events.drop(columns=events.geometry.name))
    for name in plain.columns[plain.dtypes == "category"]:
        plain[name] = plain[name].astype("str")
    for name in plain.columns[plain.dtypes.astype("str") == DAYS]:
        plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    return gpd.GeoDataFrame(plain, geometry=events.geometry, crs=events.crs)


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
    kept = table.set_geometry(gpd.GeoSeries(out, table.index, crs=table.crs))
    return kept[shapely.get_dimensions(out) == dimension]


def _add_styles(base: sqlite3.Connection, written: list[str], colours: Mapping[str, str]) -> None:
    base.execute(_STYLES)
    for layer in written:
        if layer == "unplaced":
            continue
        base.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
            "ui, update_time) VALUES ('', '', ?, 'geom', 'geomap', ?, '', 1, ?, '', NULL, ?)",
            (layer, _qml(layer, colours), "Type by colour and form; areas are no pins.", _MOMENT),
        )
    # Registered like any table, or programs that list the layers leave it out.
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


def _qml(layer: str, colours: Mapping[str, str]) -> str:
    """Return the style of a layer as QGIS writes it: a rule for each type, one for the others."""
    areas = ", ".join(f"'{word.value}'" for word in sorted(AREA_PRECISIONS))
    exact = f' AND "geo_precision" NOT IN ({areas})' if layer == "points" else ""
    rules: list[str] = []
    symbols: list[str] = []

    def add(words: str, label: str, symbol: str) -> None:
        number = len(symbols)
        rules.append(
            f'<rule key={quoteattr(f"{{{number + 1}}}")} symbol="{number}" '
            f"label={quoteattr(label)} {words}/>"
        )
        symbols.append(symbol.replace("NAME", str(number)))

    for number, (word, colour) in enumerate(colours.items()):
        words = f'"event_type" = {expression_text(word)}{exact}'
        add(f"filter={quoteattr(xml_text(words))}", xml_text(word), _symbol(layer, colour, number))
    if layer == "points":
        words = f'"geo_precision" IN ({areas})'
        add(f"filter={quoteattr(words)}", "known to an area only", _AREA_SYMBOL)
    add('filter="ELSE"', "other types", _symbol(layer, OTHER_COLOUR, len(_FORMS) - 1))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.28.0" styleCategories="Symbology"><renderer-v2 type="RuleRenderer" '
        f'symbollevels="0" enableorderby="0" forceraster="0"><rules key="{{0}}">{"".join(rules)}'
        f"</rules><symbols>{''.join(symbols)}</symbols></renderer-v2></qgis>"
    )


def expression_text(word: str) -> str:
    """Return a text as a literal of QGIS's expressions, in which a backslash escapes too."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _rgba(colour: str, alpha: int = 255) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _options(**words: str) -> str:
    made = "".join(
        f'<Option type="QString" name="{name}" value={quoteattr(value)}/>'
        for name, value in words.items()
    )
    return f'<Option type="Map">{made}</Option>'


def _wrapped(kind: str, simple: str, options: str) -> str:
    return (
        f'<symbol type="{kind}" name="NAME" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{simple}" enabled="1" locked="0" pass="0">{options}</layer></symbol>'
    )


def _symbol(layer: str, colour: str, number: int) -> str:
    if layer == "points":
        told = _options(
            color=_rgba(colour), name=_FORMS[number % len(_FORMS)], size="2.6", size_unit="MM",
            outline_color="255,255,255,255", outline_width="0.2", outline_width_unit="MM",
        )  # fmt: skip
        return _wrapped("marker", "SimpleMarker", told)
    if layer == "lines":
        told = _options(line_color=_rgba(colour), line_width="0.9", line_width_unit="MM",
                        line_style="solid")  # fmt: skip
        return _wrapped("line", "SimpleLine", told)
    told = _options(
        color=_rgba(colour, 110), style=_PATTERNS[number % len(_PATTERNS)],
        outline_color=_rgba(colour), outline_style="dash", outline_width="0.4",
        outline_width_unit="MM",
    )  # fmt: skip
    return _wrapped("fill", "SimpleFill", told)


_AREA_SYMBOL = _wrapped(
    "marker",
    "SimpleMarker",
    _options(
        color="110,110,110,25", name="circle", size="8", size_unit="MM",
        outline_color="80,80,80,255", outline_style="dash", outline_width="0.4",
        outline_width_unit="MM",
    ),
)  # fmt: skip
