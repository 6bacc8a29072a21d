"""An article's text as pieces: plain words, place names, dates.

The pieces joined are the text to the letter, so nothing in an article can be lost or changed on
its way to the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from geomap.dates import words_of_span
from geomap.model import DateMention, Toponym, ToponymKind

NESTED_WORDS = "part of the name of an organisation"
_DOUBTS = {"uncertain": "uncertain place", "unplaced": "not placed"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of text; its offsets are indices into the text, the end exclusive.

    `kind` is one or more words of style, `note` is shown beside the text, and `label` is read by
    a screen reader in place of the text alone.
    """

    start_char: int
    end_char: int
    kind: str
    mark_id: str
    note: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which place names of a text are marked: all of them by default."""

    nested: bool = True
    only_uncertain: bool = False

    def includes(self, toponym: Toponym) -> bool:
        """Return whether a place name is marked."""
        if not self.nested and toponym.kind is ToponymKind.NESTED:
            return False
        return not self.only_uncertain or bool(doubt_of(toponym))


EVERY = Shown()


def doubt_of(toponym: Toponym) -> str:
    """Return "unplaced" or "uncertain" for a name whose place is not sure, else ""."""
    if toponym.place is None:
        return "unplaced"
    return "" if toponym.is_sure else "uncertain"


def mark_toponyms(toponyms: Sequence[Toponym], shown: Shown = EVERY) -> list[Mark]:
    """Return a mark for each place name that is shown; its id is the name's number.

    The label of one that was not placed, that is in doubt, or that belongs to an organisation's
    name says so.
    """
    return [
        _mark(toponym, number) for number, toponym in enumerate(toponyms) if shown.includes(toponym)
    ]


def _mark(toponym: Toponym, number: int) -> Mark:
    doubt = doubt_of(toponym)
    is_nested = toponym.kind is ToponymKind.NESTED
    notes = [_DOUBTS[doubt]] if doubt else []
    notes += [NESTED_WORDS] if is_nested else []
    kinds = ["place", *([doubt] if doubt else []), *(["nested"] if is_nested else [])]
    names = [toponym.place.name] if toponym.place is not None else []
    return Mark(
        toponym.start_char,
        toponym.end_char,
        " ".join(kinds),
        str(number),
        note=", ".join([*names, *notes]),
        label=", ".join([toponym.text, *notes]) if notes else "",
    )


def mark_dates(dates: Sequence[DateMention]) -> list[Mark]:
    """Return a mark for each date, with its days in words as the note."""
    return [
        Mark(
            *(date.start_char, date.end_char, "date", ""),
            words_of_span(date.span.start, date.span.end, date.span.precision),
        )
        for date in dates
    ]


def cut_text(text: str, marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Return `text` as pieces in order; of marks that overlap, the first and longest is used."""
    pieces: list[dict[str, Any]] = []
    position = 0
    for mark in sorted(marks, key=lambda m: (m.start_char, -m.end_char)):
        if mark.start_char < position or mark.end_char > len(text):
            continue
        if mark.start_char > position:
            pieces.append({"text": text[position : mark.start_char]})
        pieces.append(
            {
                "text": text[mark.start_char : mark.end_char],
                "kind": mark.kind,
                "id": mark.mark_id,
                "note": mark.note,
                "label": mark.label,
            }
        )
        position = mark.end_char
    if position < len(text):
        pieces.append({"text": text[position:]})
    return pieces
