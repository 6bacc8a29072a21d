"""Whether a text is a table of rows or the prose of an article, judged from its first lines.

A table has lines with equally many cells, or a line of column names that are known. Prose has
sentences, and its commas are followed by blanks. Where neither is clear both are possible.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from geomap.layouts import LayoutSpec, layout_specs, shape_of_text
from geomap.layouts.fields import fold
from geomap.readers import delimited
from geomap.readers.headers import LOOK_AT, is_tag_row

Holds = tuple[Literal["events", "articles"], ...]
"""What a file may hold, the likelier first; nothing where it holds neither."""

SAMPLE_CHARS = 100_000
"""How much of a text is looked at."""

_RECORDS = 500
_REGULAR, _HALF = 0.9, 0.5
_SPACED = 0.75  # of the commas of prose are followed by a blank
_WORDS, _LETTERS = 5, 30
_SENTENCE_END = re.compile(r"[^\W\d_]{2,}[^\n]*[.!?\u2026\u0589\u3002\uff01\uff1f\u061f\u0964]"
                           r"[\"'\u201d\u2019\u00bb)\]]*\s*$")  # fmt: skip
_MARK = re.compile(r"(?<!\d)[,;]|[,;](?!\d)")  # not within a number
_SPACED_MARK = re.compile(r"[,;](?=\s|$)")
_LONGEST_NAME = 60


def has_prose(text: str) -> bool:
    """Return whether a text has a sentence, or a line of several words.

    Parameters
    ----------
    text
        A text of any length, of which the first lines are looked at.
    """
    return any(map(_is_prose, text[:20_000].splitlines()))


def what_text_holds(sample: str, layouts: Sequence[LayoutSpec]) -> dict[str, Any]:
    """Return what a text holds, as the fields `holds`, `reason` and `proof` of an `OpenedFile`.

    Parameters
    ----------
    sample
        The first `SAMPLE_CHARS` characters of the text.
    layouts
        The user's own layouts, some of which describe files without a header.
    """
    text = delimited.whole_lines(sample, is_cut=len(sample) >= SAMPLE_CHARS)
    lines = [line for line in text.splitlines() if line.strip()] or [text]
    if lines[0].removeprefix("\ufeff").strip() == "---":
        return _holds("articles", reason="It begins with front matter.")
    if delimited.sep_line(lines[0]) or shape_of_text(text, layouts) is not None:
        return _holds("events", reason="Its lines are rows of a known form.")
    text = textwrap.dedent(text)
    delimiter = delimited.find_delimiter(text)
    prose = sum(map(_is_prose, lines[:_RECORDS]))
    if delimiter is None:
        if prose:
            return _holds("articles", reason="It is a text, not a table.")
        return _neither()
    rows = delimited.Dialect(delimiter).first_rows(text, _RECORDS)
    if _has_known_header(rows):
        return _holds("events", reason="It has a line of known column names.")
    width, regular = _regularity(rows)
    marks = len(_MARK.findall(text))
    spaced = len(_SPACED_MARK.findall(text)) / marks if marks and delimiter in ",;" else 0.0
    is_prose = spaced >= _SPACED and prose >= _HALF * len(lines[:_RECORDS])
    is_grid = len(rows) > 1 and regular >= _HALF
    if is_grid and not is_prose and (regular >= _REGULAR or not prose):
        return _holds("events", reason=f"Its lines have {width} cells each.")
    is_odd = is_grid and regular >= _REGULAR and width > 2 and len(rows) > 2
    if prose and (not is_grid or (is_prose and not is_odd)):
        return _holds("articles", reason="It is a text, not a table.")
    if not prose:
        return _neither()
    reason = f"Most of its lines have {width} cells, and they read like sentences."
    likelier: Holds = ("articles", "events") if is_prose else ("events", "articles")
    proof = tuple(line.strip()[:160] for line in lines[:3])
    return {"holds": likelier, "reason": reason, "proof": proof}


def _holds(what: Literal["events", "articles"], *, reason: str) -> dict[str, Any]:
    return {"holds": (what,), "reason": reason}


def _neither() -> dict[str, Any]:
    reason = (
        "has no columns that geomap can tell apart and no sentences of a text; save a table as CSV "
        "with commas, semicolons or tabs between the cells, or say --as articles."
    )
    return {"holds": (), "reason": reason}


def _is_prose(line: str) -> bool:
    words = [word for word in line.split() if sum(map(str.isalpha, word)) > 1]
    letters = sum(map(str.isalpha, line)) if len(words) == 1 else 0
    return bool(len(words) >= _WORDS or letters >= _LETTERS or _SENTENCE_END.search(line))


def _has_known_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether one of the first rows names columns, and most rows below fill such columns."""
    place = next((n for n, row in enumerate(rows[:LOOK_AT]) if _names_columns(row)), None)
    if place is None:
        return False
    below = rows[place + 1 :]
    least = max(2, _HALF * len(rows[place]))
    return sum(len(row) >= least for row in below) >= _HALF * len(below)


def _names_columns(cells: Sequence[str]) -> bool:
    """Return whether two cells or more, and half of all, are names of columns in a layout."""
    if is_tag_row(cells):
        return True
    filled = [cell for cell in cells if cell.strip()]
    known = {fold(cell) for cell in filled if len(cell) <= _LONGEST_NAME} & _known_names()
    return len(known) > 1 and 2 * len(known) >= len(filled)


@cache
def _known_names() -> frozenset[str]:
    lists = [
        names for spec in layout_specs() for names in (*spec.fields.values(), *spec.signatures)
    ]
    return frozenset(name for names in lists for name in names)


def _regularity(rows: Sequence[Sequence[str]]) -> tuple[int, float]:
    """Return the most common number of cells above one, and the share of rows that have it."""
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not widths:
        return 1, 0.0
    width, count = widths.most_common(1)[0]
    return width, count / len(rows)
