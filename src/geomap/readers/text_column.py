"""Which column of a table holds the texts of articles, and whether its rows may be events."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Literal, NamedTuple

from geomap.layouts.fields import fold
from geomap.raw_table import Cells
from geomap.readers.article_keys import TEXT_KEYS, event_keys, point_keys
from geomap.readers.header_tags import plain_name

_LOOK_AT = 5
_LONG = 400  # characters of a text that is more than the note on an event
_LONGEST_NAME = 60


class TextColumn(NamedTuple):
    """The column of a table that holds texts, and what its rows may be."""

    name: str
    kinds: tuple[Literal["events", "articles"], ...]
    reason: str


def text_column(rows: Sequence[Cells]) -> TextColumn | None:
    """Return the column with the texts of articles; None where the rows are none.

    Rows with coordinates are events, whatever they tell of them; so are rows with a place or an
    id of an event and a note. Where the notes are as long as articles both are possible.

    Parameters
    ----------
    rows
        The first rows of the table, the header among them.
    """
    for number, row in enumerate(rows[:_LOOK_AT]):
        names = [plain_name(cell) if len(cell) <= _LONGEST_NAME else "" for cell in row]
        columns = [n for n, name in enumerate(names) if fold(name) in TEXT_KEYS]
        if len(row) > 1 and columns:
            place = number
            break
    else:
        return None
    column = min(columns, key=lambda n: TEXT_KEYS.index(fold(names[n])))
    texts = [row[column] for row in rows[place + 1 :] if len(row) > column and row[column].strip()]
    if not texts or 2 * sum(map(_is_text, texts)) < len(texts):
        return None
    found = event_keys(names)
    if not found:
        reason = f"Its rows have a text ({names[column]!r}), and no place or id of an event."
        return TextColumn(names[column], ("articles",), reason)
    if point_keys(names) or median(map(len, texts)) < _LONG:
        return None
    listed = ", ".join(map(repr, found[:6]))
    reason = f"Its rows have a long text ({names[column]!r}) and columns of events ({listed})."
    return TextColumn(names[column], ("events", "articles"), reason)


def _is_text(cell: str) -> bool:
    return len(cell.split()) > 4 or len(cell) > 30
