"""Files whose columns are stated and need not be found: KML, GeoJSON, Parquet, GeoPackage."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geomap.raw_table import TableLimits, TableWarning, text_frame
from geomap.readers import columnar, geojson, kml_file
from geomap.readers.encodings import find_encoding

_SAMPLE = 8192


@dataclass(frozen=True, slots=True)
class Structured:
    """A table as text, how it was written, and the layers it was chosen from."""

    frame: pd.DataFrame
    encoding: str
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    warnings: tuple[TableWarning, ...] = ()


def read_structured(
    data: bytes, *, name: str, sheet: str | None, limits: TableLimits
) -> Structured | None:
    """Return the table of a file of such a kind, None when it is of another.

    Row 1 is where a header would stand: the first feature is row 2, as in a sheet.
    """
    if columnar.is_parquet(data):
        frame, warnings = columnar.read_parquet(data, name=name, limits=limits)
        return Structured(frame, "parquet", warnings=warnings)
    if columnar.is_geopackage(data):
        frame, chosen, layers, warnings = columnar.read_geopackage(
            data, name=name, layer=sheet, limits=limits
        )
        if sheet is None and len(layers) > 1:
            others = ", ".join(repr(title) for title in layers if title != chosen)
            message = f"Layer {chosen!r} was read, having the most rows; not read: {others}."
            warnings = (*warnings, TableWarning("sheet_chosen", message))
        return Structured(frame, "geopackage", chosen, layers, warnings)
    return _read_marked(data, name=name, limits=limits)


def _read_marked(data: bytes, *, name: str, limits: TableLimits) -> Structured | None:
    """Return the table of a text that begins like JSON or XML and is of a kind we know."""
    start = data[:_SAMPLE].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] not in {b"{", b"[", b"<"}:
        return None
    encoding = find_encoding(data, name=name)
    text = data.decode(encoding, "replace")
    warnings: tuple[TableWarning, ...] = ()
    if start[:1] == b"<":
        if not kml_file.is_kml(text[:_SAMPLE]):
            return None
        names, rows = kml_file.read_placemarks(text, name)
    else:
        names, rows, warnings = geojson.read_features(text, name)
    columnar.check_size(len(rows), len(names), name=name, limits=limits)
    frame = text_frame(names, range(2, len(rows) + 2), rows)
    return Structured(frame, encoding, warnings=warnings)
