"""Tables in formats that only a library can read: workbooks, Parquet, GeoPackage and KML.

Nothing here limits what the library does with a hostile file: `confined.read_confined` runs
these readers in a process of their own.
"""

from __future__ import annotations

from typing import Literal, get_args

from geomap.raw_table import RawTable, text_frame
from geomap.readers.table_draft import TableDraft

BinaryForm = Literal["workbook", "parquet", "geopackage", "kml"]
BINARY_FORMS: frozenset[str] = frozenset(get_args(BinaryForm))


def read_binary(data: bytes, form: str, draft: TableDraft, sheet: str | None) -> RawTable:
    """Return the table of a file of one of the `BINARY_FORMS`, read in this process.

    Parameters
    ----------
    data, form
        The bytes of the file; its form.
    draft
        The table to be; its encoding is that of a KML file.
    sheet
        Which sheet of a workbook, or layer of a GeoPackage; by default the one that looks
        most like a table.

    Raises
    ------
    FileRefusedError
        When it is broken, passes a limit, or has no such sheet.
    """
    if form == "workbook":
        from geomap.readers import workbook

        return workbook.read_workbook(data, draft, sheet)
    if form == "kml":
        from geomap.readers import kml_file

        text = data.decode(draft.encoding, "replace").removeprefix("\ufeff")
        names, rows = kml_file.read_placemarks(text, draft.name)
        draft.check_size(len(rows), len(names))
        # Row 1 is where a header would stand: the first placemark is row 2, as in a sheet.
        return draft.stated(text_frame(names, range(2, len(rows) + 2), rows))
    from geomap.readers import columnar

    if form == "parquet":
        return columnar.read_parquet(data, draft)
    return columnar.read_geopackage(data, draft, sheet)
