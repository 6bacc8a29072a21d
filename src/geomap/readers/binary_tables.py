"""Tables in formats that only a library can read: workbooks, Parquet, GeoPackage and KML.

Nothing here limits what the library does with a hostile file: `confined.read_confined` runs
these readers in a process of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from geomap.readers.table_draft import TableDraft
from geomap.readers.text_blocks import TextBlocks, below_header, blocks_of

BinaryForm = Literal["workbook", "parquet", "geopackage", "kml"]
BINARY_FORMS: frozenset[str] = frozenset(get_args(BinaryForm))


def read_binary(path: Path, form: str, draft: TableDraft, sheet: str | None) -> TextBlocks:
    """Return the table of a file of one of the `BINARY_FORMS`, read in this process.

    Parameters
    ----------
    path, form
        The file, with any ending; its form.
    draft
        The table to be; its encoding is that of a KML file.
    sheet
        Which sheet of a workbook, or layer of a GeoPackage; by default the one that looks
        most like a table.

    Raises
    ------
    FileRefusedError
        When it is broken, passes a limit, or has no such sheet; also while the blocks are read.
    """
    if form == "workbook":
        from geomap.readers import workbook

        return workbook.read_workbook(path, draft, sheet)
    if form == "kml":
        from geomap.readers import kml_file

        text = path.read_bytes().decode(draft.encoding, "replace").removeprefix("\ufeff")
        names, rows = kml_file.read_placemarks(text, draft.name)
        draft.check_size(len(rows), len(names))
        return TextBlocks(tuple(names), blocks_of(below_header(rows), len(names)))
    from geomap.readers import columnar

    if form == "parquet":
        return columnar.read_parquet(path, draft)
    return columnar.read_geopackage(path, draft, sheet)
