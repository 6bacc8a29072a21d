"""The headers of columns of coordinates: which axis, which part of an angle, in which order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geomap.ingest.events.coordinate_text import Axis
from geomap.layouts.fields import words_of
from geomap.paths import packaged_rows

_LETTERS = {
    **dict.fromkeys(("n", "north", "norte", "nord", "с", "север"), "N"),
    **dict.fromkeys(("s", "south", "sur", "sud", "sul", "ю", "юг"), "S"),
    **dict.fromkeys(("e", "east", "este", "est", "ost", "leste", "в", "восток"), "E"),
    **dict.fromkeys(("w", "west", "oeste", "ouest", "o", "з", "запад"), "W"),
}
_AXIS_OF_LETTER: dict[str, Axis] = {
    "N": "latitude", "S": "latitude", "E": "longitude", "W": "longitude",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AxisHeader:
    """The reading of one header.

    `axes` are the axes it names, in their order; two mean that a cell holds both. `part` is
    "degrees", "minutes", "seconds", "hemisphere" or "". `letter` is the hemisphere that the
    header states ("N", "S", "E", "W" or ""). `is_plain` is set where the header names an axis
    by "x", "y", "north" or "east" only.
    """

    axes: tuple[Axis, ...] = ()
    part: str = ""
    letter: str = ""
    is_plain: bool = False


@cache
def _words(kind: str) -> tuple[str, ...]:
    rows = dict(packaged_rows("geomap.ingest.events", "axis_words.tsv"))
    return tuple(sorted(rows[kind].split("; "), key=len, reverse=True))


@cache
def _glued() -> re.Pattern[str]:
    """Return the pattern of one step through a word such as "ycoord" or "latlong"."""
    named = {
        kind: "|".join(map(re.escape, _words(kind)))
        for kind in ("latitude", "longitude", "north", "east", "plain")
    }
    return re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in named.items()) + r"|\d+")


@cache
def read_axis(header: str) -> AxisHeader:
    """Return what a header says of coordinates; without axes where it says nothing.

    Parameters
    ----------
    header
        The name of a column as the file has it.
    """
    words = words_of(header).split()
    steps = [step for word in words for step in _steps(word)]
    strong = [axis for kind, axis in steps if kind in ("latitude", "longitude")]
    weak = [axis for kind, axis in steps if kind in ("north", "east")]
    rest = [word for word in words if not _steps(word)]
    part = next((p for p in ("hemisphere", "minutes", "seconds", "degrees")
                 if any(word in _words(p) for word in words)), "")  # fmt: skip
    letters = [_LETTERS[word] for word in words if word in _LETTERS]
    if strong:
        axes = tuple(dict.fromkeys(strong))
        letter = letters[0] if len(letters) == 1 and len(axes) == 1 else ""
        fits = letter and _AXIS_OF_LETTER[letter] == axes[0]
        return AxisHeader(axes, part, letter if fits else "")
    if set(letters) in ({"N", "S"}, {"E", "W"}) and not set(words) - set(_LETTERS):
        return AxisHeader((_AXIS_OF_LETTER[letters[0]],), "hemisphere")
    if words and all(word in ("ns", "ew") for word in words):
        return AxisHeader(("latitude",) if words[0] == "ns" else ("longitude",), "hemisphere")
    if weak and not rest:
        return AxisHeader(tuple(dict.fromkeys(weak)), part, is_plain=True)
    return AxisHeader()


@cache
def _steps(word: str) -> tuple[tuple[str, Axis], ...]:
    """Return the axis words that a word is made of; none where any letter of it is left over."""
    steps, at = [], 0
    while at < len(word):
        match = _glued().match(word, at)
        if match is None or match.end() == at:
            return ()
        steps.append((match.lastgroup or "plain", at))
        at = match.end()
    axis: dict[str, Axis] = {"latitude": "latitude", "north": "latitude",
                             "longitude": "longitude", "east": "longitude"}  # fmt: skip
    return tuple((kind, axis.get(kind, "latitude")) for kind, _ in steps)


def hemisphere_letter(cell: str) -> str:
    """Return N, S, E or W for a cell that states a hemisphere, "" for any other."""
    return _LETTERS.get(cell.strip().strip(".°").casefold(), "")
