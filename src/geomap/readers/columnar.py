"""Tables of typed columns (Parquet, GeoParquet, GeoPackage) as text, without any loss.

A number is written in the shortest way that reads back as the same number of its own type,
a day as an ISO day, a moment in the zone that its column states, a geometry as WKT.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geomap.errors import FileRefusedError
from geomap.readers.archives import refusing
from geomap.readers.reprojection import GEOMETRY_COLUMN, to_wgs84, wkt_cells
from geomap.readers.table_draft import TableDraft
from geomap.readers.text_blocks import BLOCK_ROWS, Block, TextBlocks

Geometries = dict[str, object]
"""Columns that hold geometries, each with its reference system (None: WGS 84)."""

_WKB_NAMES = frozenset({"geometry", "geom", "wkb_geometry", "the_geom", "wkb", "shape"})
_STYLES = "layer_styles"  # where QGIS keeps the symbols of the layers
_GEOPACKAGE = (b"GPKG", b"GP10", b"GP11")


def is_parquet(data: bytes) -> bool:
    """Return whether a file begins like Parquet."""
    return data[:4] == b"PAR1"


def is_geopackage(data: bytes) -> bool:
    """Return whether a file begins like a GeoPackage, and not like any other SQLite database."""
    return data[:15] == b"SQLite format 3" and data[68:72] in _GEOPACKAGE


def read_parquet(path: Path, draft: TableDraft) -> TextBlocks:
    """Return the table of a Parquet file as text, its geometry as WKT in EPSG:4326.

    Raises
    ------
    FileRefusedError
        When it is broken, too large, or in a reference system that cannot be converted; also
        while the blocks are read.
    """
    import pyarrow.parquet as pq

    with _refusing(draft, "Parquet file"):
        file = pq.ParquetFile(path)
        meta = file.metadata
        size = sum(meta.row_group(n).total_byte_size for n in range(meta.num_row_groups))
        draft.check_size(meta.num_rows, meta.num_columns)
        if size > draft.limits.unpacked_bytes:
            amount = f"{size / 1e6:,.0f} MB when unpacked"
            raise draft.limits.refusal(draft.name, "unpacked_bytes", amount)
        schema = file.schema_arrow
        geometries = _geo_columns(schema)
    names = _labels(schema.names, geometries)
    return TextBlocks(names, _parquet_blocks(file, geometries, draft))


def _parquet_blocks(file: Any, geometries: Geometries, draft: TableDraft) -> Iterator[Block]:
    first = 2
    with _refusing(draft, "Parquet file"):
        for batch in file.iter_batches(BLOCK_ROWS, use_threads=False):
            cells = _as_text(batch, geometries, draft)
            yield np.arange(first, first + len(batch)), cells
            first += len(batch)


def read_geopackage(path: Path, draft: TableDraft, layer: str | None) -> TextBlocks:
    """Return a layer of a GeoPackage as text, with the layers of its other types of geometry.

    A layer holds one type: the points, lines and areas of one table are layers of the same
    columns. Several layers of one type are several tables, of which one is read.

    Parameters
    ----------
    path, draft
        The file; the table to be.
    layer
        The only layer to read; by default the one with the most features.

    Raises
    ------
    FileRefusedError
        As `read_parquet`, and when it has no such layer.
    """
    import pyogrio

    # GDAL requires a file with the ending of its kind.
    path = path.rename(path.with_name("layers.gpkg"))
    with _refusing(draft, "GeoPackage"):
        titles = (str(title) for title in pyogrio.list_layers(path)[:, 0])
        layers = tuple(title for title in titles if title != _STYLES)
        if layer is not None and layer not in layers:
            listed = ", ".join(map(repr, layers))
            message = f"{draft.name} has no layer {layer!r}; it has {listed}."
            raise FileRefusedError(message, code="no_sheet")
        chosen = (layer,) if layer else _layers_of_one_table(path, layers, draft)
        about = [pyogrio.read_info(path, layer=one, force_feature_count=True) for one in chosen]
        rows = sum(int(one["features"]) for one in about)
        draft.check_size(rows, max(len(one["fields"]) for one in about))
        names = tuple(dict.fromkeys(name for one in chosen for name in _layer_names(path, one)))
    return TextBlocks(
        names, _layer_blocks(path, chosen, names, draft),
        sheet=chosen[0] if len(chosen) == 1 else None, sheets=layers,
    )  # fmt: skip


def _layer_names(path: Path, layer: str) -> tuple[str, ...]:
    import pyogrio

    with pyogrio.open_arrow(path, layer=layer, use_pyarrow=True) as (meta, reader):
        return _labels(reader.schema.names, _geometries_of_layer(meta, reader.schema))


def _geometries_of_layer(meta: dict[str, Any], schema: pa.Schema) -> Geometries:
    geometry = meta.get("geometry_name") or "wkb_geometry"
    return {geometry: meta.get("crs")} if geometry in schema.names else {}


def _layer_blocks(
    path: Path, layers: Sequence[str], names: Sequence[str], draft: TableDraft
) -> Iterator[Block]:
    import pyogrio

    first = 2
    options = {"use_pyarrow": True, "batch_size": BLOCK_ROWS}
    with _refusing(draft, "GeoPackage"):
        for layer in layers:
            with pyogrio.open_arrow(path, layer=layer, **options) as (meta, reader):
                geometries = _geometries_of_layer(meta, reader.schema)
                labels = _labels(reader.schema.names, geometries)
                for batch in reader:
                    texts = _as_text(batch, geometries, draft).columns
                    columns = dict(zip(labels, texts, strict=True))
                    none = pa.array([""] * len(batch), pa.large_string())
                    cells = [columns.get(name, none) for name in names]
                    places = list(map(str, range(len(names))))
                    yield np.arange(first, first + len(batch)), pa.table(cells, names=places)
                    first += len(batch)


def _refusing(draft: TableDraft, kind: str) -> AbstractContextManager[None]:
    faults: tuple[type[Exception], ...] = (pa.ArrowException, OSError, ValueError)
    if kind == "GeoPackage":
        import pyogrio

        errors = pyogrio.errors
        faults = (*faults, errors.DataSourceError, errors.DataLayerError, RuntimeError)
    message = f"{draft.name} is a {kind} that cannot be read; write it again."
    return refusing(message, code="broken_file", faults=faults)


def _layers_of_one_table(path: Path, layers: tuple[str, ...], draft: TableDraft) -> tuple[str, ...]:
    """Return the largest layer, with those of the same columns if each has a type of its own."""
    import pyogrio

    if not layers:
        message = f"{draft.name} is a GeoPackage without layers; add the table to it."
        raise FileRefusedError(message, code="empty")
    about = {title: pyogrio.read_info(path, layer=title, force_feature_count=True)
             for title in layers}  # fmt: skip
    largest = max(layers, key=lambda title: int(about[title]["features"]))
    columns = set(about[largest]["fields"])
    chosen = tuple(title for title in layers if set(about[title]["fields"]) == columns)
    types = [str(about[title]["geometry_type"]).removeprefix("Multi") for title in chosen]
    chosen = chosen if len(set(types)) == len(types) else (largest,)
    if others := ", ".join(repr(title) for title in layers if title not in chosen):
        named = ", ".join(map(repr, chosen))
        words = "having the most rows" if len(chosen) == 1 else "which have the same columns"
        start = f"Layer {named} was" if len(chosen) == 1 else f"Layers {named} were"
        draft.warn("sheet_chosen", f"{start} read, {words}; not read: {others}.")
    return chosen


def _geo_columns(schema: pa.Schema) -> Geometries:
    """Return the columns that hold geometries, each with its reference system (None: WGS 84)."""
    stated = (schema.metadata or {}).get(b"geo")
    columns: dict[str, Any] = {}
    if stated is not None:
        try:
            columns = json.loads(stated)["columns"]
        except (ValueError, KeyError, TypeError, RecursionError):
            columns = {}
    if isinstance(columns, dict) and columns:
        return {
            column: about.get("crs") if isinstance(about, dict) else None
            for column, about in columns.items()
            if column in schema.names
        }
    named = (c for c in schema.names if c.lower() in _WKB_NAMES)
    return {column: None for column in named if _is_bytes(schema.field(column).type)}


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
    )


def _labels(names: Sequence[str], geometries: Geometries) -> tuple[str, ...]:
    """Return a name of its own for each column; the first geometry has that of every table."""
    first = next(iter(geometries), None)
    taken = {GEOMETRY_COLUMN} if geometries else set()
    labels: list[str] = []
    for place, name in enumerate(names, start=1):
        label = name if name not in taken else f"{name} ({place})"
        labels.append(GEOMETRY_COLUMN if name == first else label)
        taken.add(labels[-1])
    return tuple(labels)


def _as_text(batch: pa.RecordBatch, geometries: Geometries, draft: TableDraft) -> pa.Table:
    columns = []
    for name, values in zip(batch.schema.names, batch.columns, strict=True):
        if name in geometries:
            shapes, crs = _shapes(values, draft.name), geometries[name]
            shapes = shapes if crs is None else to_wgs84(shapes, crs, draft)
            columns.append(pa.array(wkt_cells(shapes), pa.large_string()))
        else:
            columns.append(_text_of(values))
    return pa.table(columns, names=list(map(str, range(len(columns)))))


def _shapes(values: pa.Array, name: str) -> np.ndarray:
    """Return geometries from WKB, or from the points that GeoParquet writes as x and y."""
    if _is_bytes(values.type):
        raw = np.array(values.to_pylist(), dtype=object)
        return np.asarray(shapely.from_wkb(raw, on_invalid="ignore"), dtype=object).reshape(-1)
    points = np.full(len(values), None, dtype=object)
    if pa.types.is_struct(values.type):
        for place, cell in enumerate(values.to_pylist()):
            if cell and cell.get("x") is not None and cell.get("y") is not None:
                points[place] = shapely.Point(cell["x"], cell["y"])
        return points
    message = f"{name} holds geometries in an encoding that geomap does not read; write it as WKB."
    raise FileRefusedError(message, code="not_a_table")


def _text_of(values: pa.Array) -> pa.Array:
    """Return a column of any type as text, an empty text where a value is missing."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        values = values.cast(kind.value_type)
        kind = values.type
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        # the day is the one in the zone that the column states, as a person reads it there
        values = pc.local_timestamp(values)
    try:
        text = values.cast(pa.large_string()) if not _is_bytes(kind) else None
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        text = None
    if text is None:
        return pa.array([_cell(value) for value in values.to_pylist()], pa.large_string())
    return pc.fill_null(text, "")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict | Sequence) and not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, default=_cell)
    return str(value)
