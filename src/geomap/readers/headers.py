"""The header of a table: where it is, and the names of its columns.

Title rows may stand above it and an HXL tag row below it. A table whose first full row is
already data has no header: its columns are then called "column 1", "column 2" and so on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.raw_table import Cells, Record
from geomap.readers.header_tags import plain_name

LOOK_AT = 40
"""How many records from the top are searched for the header."""

_NAME_SHARE = 0.6
_TAGS_WITHIN = 25  # the standard of HXL: tags stand among the first rows
_VALUE = re.compile(r"^[+\-\u2212(]?[\d.,:/\-\s]*\d[\d.,:/%\-\sTZ+)]*$")
_TAG = re.compile(r"^#[A-Za-z]\w*(\s*\+\s*[A-Za-z_]\w*)*$")


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, and how many of the records looked at come before the data."""

    names: tuple[str, ...]
    before_data: int
    tags: tuple[str, ...] = ()
    headerless: bool = False


def find_header(sample: Sequence[Record]) -> Header | None:
    """Return the header found among the first records; None when there is no table at all."""
    filled = [_filled(cells) for _, cells in sample]
    if not filled or max(filled) < 2:
        return None
    tagged = _tagged(sample)
    if tagged is not None:
        return tagged
    usual = _usual_width(filled)
    for place, (_, cells) in enumerate(sample):
        if filled[place] < max(2, _NAME_SHARE * usual):
            continue
        if not _looks_like_names(cells):
            return _headerless(sample, place)
        at = place + _is_group_row(sample, place)
        return Header(_names(sample[at][1], _width(sample, at)), at + 1)
    return None


def _is_group_row(sample: Sequence[Record], place: int) -> bool:
    """Return whether a row names groups of columns, whose names stand in the row below it.

    A group row has blanks where the names below are filled, and values come after the names.
    """
    if place + 2 >= len(sample):
        return False
    groups, names, values = (sample[n][1] for n in range(place, place + 3))
    gaps = [n for n, cell in enumerate(names) if cell.strip() and not "".join(groups[n : n + 1])]
    named = [cell.strip() for cell in names if cell.strip()]
    return bool(
        gaps
        and len(set(named)) == len(named)
        and len(named) >= _filled(values)
        and all(_looks_like_names([name]) for name in named)
        and not _looks_like_names(values)
    )


def is_tag_row(cells: Cells) -> bool:
    """Return whether every filled cell, of two or more, is an HXL hashtag with its attributes."""
    tags = [cell.strip() for cell in cells if cell.strip()]
    return len(tags) > 1 and all(_TAG.match(tag) for tag in tags)


def _tagged(sample: Sequence[Record]) -> Header | None:
    """Return the header over a row of HXL tags; the tags are the names where nothing is above."""
    place = next((n for n, (_, c) in enumerate(sample[:_TAGS_WITHIN]) if is_tag_row(c)), None)
    if place is None:
        return None
    tags = sample[place][1]
    least = max(2, _NAME_SHARE * _filled(tags))
    # names stand right above; between them and the tags there may be a row of explanations
    above = [n for n in range(place) if _filled(sample[n][1]) >= least]
    named = [n for n in above if _looks_like_names(sample[n][1])]
    names = sample[_shortest(sample, named)][1] if named else tags
    width = max(_last_filled(names), _last_filled(tags), _width(sample, place))
    return Header(_names(names, width), place + 1, tuple(tags))


def _shortest(sample: Sequence[Record], places: list[int]) -> int:
    """Return the row with the shortest words: a name is shorter than its explanation."""

    def length(place: int) -> float:
        words = [cell for cell in sample[place][1] if cell.strip()]
        return sum(map(len, words)) / len(words)

    return min(places, key=lambda place: (length(place), -place))


def _headerless(sample: Sequence[Record], place: int) -> Header:
    widths = Counter(len(cells) for _, cells in sample[place:])
    width = widths.most_common(1)[0][0]
    return Header(tuple(f"column {n}" for n in range(1, width + 1)), place, headerless=True)


def _filled(cells: Cells) -> int:
    return sum(1 for cell in cells if cell.strip())


def _usual_width(filled: list[int]) -> int:
    """Return how many cells are filled in a usual row, not misled by rows of one long cell."""
    several = sorted(count for count in filled if count > 1)
    return several[len(several) // 2]


def _looks_like_names(cells: Cells) -> bool:
    words = [cell.strip() for cell in cells if cell.strip()]
    values = sum(1 for word in words if _VALUE.match(word))
    return values <= 0.2 * len(words)


def _width(sample: Sequence[Record], place: int) -> int:
    """Return how many columns the header row spans.

    Unnamed cells at its right end count only where a row below fills them. A row with more
    cells than the header is never a reason to add columns: its cells may have shifted.
    """
    cells = sample[place][1]
    below = max((_last_filled(row) for _, row in sample[place + 1 :]), default=0)
    return max(_last_filled(cells), min(len(cells), below))


def _last_filled(cells: Cells) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _names(cells: Cells, width: int) -> tuple[str, ...]:
    """Return a name for every column, each different from all others."""
    padded = [plain_name(cell.strip()) for cell in cells[:width]] + [""] * (width - len(cells))
    seen: set[str] = set()
    next_number: dict[str, int] = {}
    names = []
    for place, cell in enumerate(padded, start=1):
        name = cell or f"column {place}"
        number = next_number.get(cell, 2)
        while name in seen:
            name, number = f"{cell or 'column'} ({number})", number + 1
        next_number[cell] = number
        seen.add(name)
        names.append(name)
    return tuple(names)
