"""Whether a text is a table of rows or the prose of an article, judged from its first lines.

A table has lines with equally many cells, or a line of known column names. Prose has
sentences, and its commas are followed by blanks. Where neither is clear both are possible.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from geomap.layouts import LayoutSpec, layout_specs, shape_of_text
from geomap.layouts.fields import fold
from geomap.raw_table import Cells
from geomap.readers import delimited
from geomap.readers.header_tags import plain_name
from geomap.readers.headers import LOOK_AT, is_tag_row
from geomap.readers.text_column import text_column

SAMPLE_CHARS = 100_000
"""How much of a text is looked at."""

_ROWS = 500
_REGULAR, _HALF = 0.9, 0.5
_SPACED = 0.75  # of the commas of prose are followed by a blank
_WORDS, _LETTERS = 5, 30
_SENTENCE_ENDS = tuple(".!?\u2026\u0589\u3002\uff01\uff1f\u061f\u0964")
_CLOSING = "\"'\u201d\u2019\u00bb)]"
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_MARK = re.compile(r"(?<!\d)[,;]|[,;](?!\d)")  # not within a number
_SPACED_MARK = re.compile(r"[,;](?=\s|$)")
_LONGEST_NAME = 60
_NEITHER = (
    "has no columns that geomap can tell apart and no sentences of a text; save a table as CSV "
    "with commas, semicolons or tabs between the cells, or say --as articles."
)


class Verdict(NamedTuple):
    """What a file may hold, the likelier kind first, and why; no kind where it holds neither.

    `proof` shows lines of a file that may hold both.
    """

    kinds: tuple[Literal["events", "articles"], ...]
    reason: str
    proof: tuple[str, ...] = ()


def has_prose(text: str) -> bool:
    """Return whether a text has a sentence, or a line of several words."""
    return any(map(_is_prose, text[:20_000].splitlines()))


def begins_with_header(sample: str) -> bool:
    """Return whether a text begins with the header of a table, whose names may be in tags.

    Parameters
    ----------
    sample
        The first characters of a text that begins with a tag.
    """
    delimiter = delimited.find_delimiter(sample)
    rows = delimited.Dialect(delimiter).first_rows(sample, _ROWS) if delimiter else []
    return bool(rows) and _names_columns(rows[0]) and _has_known_header(rows)


def judge_text(sample: str, layouts: Sequence[LayoutSpec]) -> Verdict:
    """Return whether a text holds rows of events, an article, perhaps both, or neither.

    Parameters
    ----------
    sample
        The first `SAMPLE_CHARS` characters of the text.
    layouts
        The user's own layouts, some of which describe files without a header.
    """
    text = delimited.whole_lines(sample, is_cut=len(sample) >= SAMPLE_CHARS)
    lines = [line for line in text.splitlines() if line.strip()][:_ROWS] or [text]
    if lines[0].removeprefix("\ufeff").strip() == "---":
        return Verdict(("articles",), "It begins with front matter.")
    if delimited.sep_line(lines[0]) or shape_of_text(text, layouts) is not None:
        return Verdict(("events",), "Its lines are rows of a known form.")
    text = textwrap.dedent(text)
    prose = sum(map(_is_prose, lines)) / len(lines)
    delimiter = delimited.find_delimiter(text)
    if delimiter is None:
        return _prose_or_nothing(prose)
    rows = delimited.Dialect(delimiter).first_rows(text, _ROWS)
    if column := text_column(rows):
        proof = tuple(delimiter.join(row)[:160] for row in rows[:3])
        return Verdict(column.kinds, column.reason, proof if len(column.kinds) > 1 else ())
    if _has_known_header(rows):
        return Verdict(("events",), "It has a line of known column names.")
    width, regular = _regularity(rows)
    marks = len(_MARK.findall(text))
    spaced = len(_SPACED_MARK.findall(text)) / marks if marks and delimiter in ",;" else 0.0
    reads_well = spaced >= _SPACED and prose >= _HALF
    is_grid = len(rows) > 1 and regular >= _HALF
    if is_grid and not reads_well and (regular >= _REGULAR or not prose):
        return Verdict(("events",), f"Its lines have {width} cells each.")
    is_striking = is_grid and regular >= _REGULAR and width > 2 and len(rows) > 2
    if not prose or not is_grid or (reads_well and not is_striking):
        return _prose_or_nothing(prose)
    reason = f"Most of its lines have {width} cells, and they read like sentences."
    proof = tuple(line.strip()[:160] for line in lines[:3])
    return Verdict(("articles", "events") if reads_well else ("events", "articles"), reason, proof)


def is_article_table(text: str) -> bool:
    """Return whether a text is a table that holds an article in each row, or may hold one.

    Parameters
    ----------
    text
        The text, or its first characters.
    """
    sample = delimited.whole_lines(text[:SAMPLE_CHARS], is_cut=len(text) > SAMPLE_CHARS)
    delimiter = delimited.find_delimiter(sample)
    rows = delimited.Dialect(delimiter).first_rows(sample, _ROWS) if delimiter else []
    return text_column(rows) is not None


def _prose_or_nothing(prose: float) -> Verdict:
    return Verdict(("articles",), "It is a text, not a table.") if prose else Verdict((), _NEITHER)


def _is_prose(line: str) -> bool:
    words = [word for word in line.split() if sum(map(str.isalpha, word)) > 1]
    letters = sum(map(str.isalpha, line)) if len(words) == 1 else 0
    return len(words) >= _WORDS or letters >= _LETTERS or _ends_a_sentence(line)


def _ends_a_sentence(line: str) -> bool:
    end = line.rstrip().rstrip(_CLOSING)
    return end.endswith(_SENTENCE_ENDS) and _TWO_LETTERS.search(end[:-1]) is not None


def _has_known_header(rows: Sequence[Cells]) -> bool:
    """Return whether one of the first rows names columns, and most rows below fill such columns."""
    place = next((n for n, row in enumerate(rows[:LOOK_AT]) if _names_columns(row)), None)
    if place is None:
        return False
    below = rows[place + 1 :]
    least = max(2, _HALF * len(rows[place]))
    return sum(len(row) >= least for row in below) >= _HALF * len(below)


def _names_columns(cells: Cells) -> bool:
    """Return whether two cells or more, and half of all, are names of columns in a layout."""
    if is_tag_row(cells):
        return True
    filled = [cell for cell in cells if cell.strip()]
    names = (plain_name(cell) for cell in filled)
    known = {fold(name) for name in names if len(name) <= _LONGEST_NAME} & _known_names()
    return len(known) > 1 and 2 * len(known) >= len(filled)


@cache
def _known_names() -> frozenset[str]:
    lists = (part for spec in layout_specs() for part in (*spec.fields.values(), *spec.signatures))
    return frozenset(name for names in lists for name in names)


def _regularity(rows: Sequence[Cells]) -> tuple[int, float]:
    """Return the most common number of cells above one, and the share of rows that have it."""
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return width, count / max(len(rows), 1)
