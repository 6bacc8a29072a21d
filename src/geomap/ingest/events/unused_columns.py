"""Columns that look like coordinates and find no use: asked about, or reported row by row."""

from __future__ import annotations

import numpy as np

from geomap.ingest.events.ingest_records import Question
from geomap.ingest.events.mapped_table import MappedTable

_PROOF_ROWS = 3


def coordinates_question(table: MappedTable) -> Question | None:
    """Return the question which columns hold the coordinates, None where nothing is open.

    Two columns of numbers like degrees are always asked about. One alone, and references of a
    grid, are reported instead where the user said yes to all.

    Parameters
    ----------
    table
        The table with its columns judged.
    """
    unused = table.coordinates.unused
    numbers = [choice for choice in unused if choice.field != "grid"]
    if not unused or (table.options.assume_yes and len(numbers) < 2):
        return None
    names = [choice.column for choice in unused]
    listed = ", ".join(map(repr, names))
    reasons = "; ".join(dict.fromkeys(choice.reason for choice in unused))
    message = (
        f"{table.raw.file_name}: {listed} may hold coordinates ({reasons}). Name the columns of "
        "latitude and longitude (--map latitude=COLUMN --map longitude=COLUMN), or say that there "
        "are none (--map latitude=)."
    )
    head = table.frame[names].head(_PROOF_ROWS).fillna("")
    proof = tuple(" | ".join(str(cell)[:40] for cell in row) for row in head.to_numpy())
    return Question("mapping", message, table.raw.columns[:200], proof)


def report_unused(table: MappedTable) -> None:
    """Report each row that has something like coordinates in a column without use."""
    for choice in table.coordinates.unused:
        cells = table.frame[choice.column]
        filled = (cells.fillna("").str.strip() != "").to_numpy(dtype=bool)
        table.log.add(filled, "coordinates_not_used", cells=cells, reason=choice.reason)
    if table.coordinates.unused:
        listed = ", ".join(repr(choice.column) for choice in table.coordinates.unused)
        count = int(np.count_nonzero(table.log.has_code("coordinates_not_used")))
        words = f"Columns that look like coordinates were not used ({listed}): {count:,} row(s)."
        table.warn("coordinates_not_used", words)
