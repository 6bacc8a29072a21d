"""An article's text cut into pieces: plain words, place names, dates.

Pure. The pieces put together are the text to the letter, so nothing an article says can be
lost or changed on its way to the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from geomap.model import DateMention, Toponym


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be marked: what it is, which one, and a word on why."""

    start_char: int
    end_char: int
    kind: str
    mark_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a text with some of what stands around it."""

    before: str
    mark: str
    after: str


def mark_toponyms(toponyms: Sequence[Toponym]) -> list[Mark]:
    """Return a mark for each place name; one that was not placed says so."""
    return [
        Mark(
            toponym.start_char,
            toponym.end_char,
            "place" if toponym.place is not None else "unplaced",
            str(number),
            toponym.place.name if toponym.place is not None else "recognised, but not placed",
        )
        for number, toponym in enumerate(toponyms)
    ]


def mark_dates(dates: Sequence[DateMention], words: Sequence[str]) -> list[Mark]:
    """Return a mark for each date with `words` that say which days it names."""
    return [
        Mark(mention.start_char, mention.end_char, "date", "", note)
        for mention, note in zip(dates, words, strict=True)
    ]


def cut_text(text: str, marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Return `text` as pieces in order; of marks that overlap, the first and longest is kept."""
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
            }
        )
        position = mark.end_char
    if position < len(text):
        pieces.append({"text": text[position:]})
    return pieces


def excerpt(text: str, start: int, end: int, *, around: int = 180) -> Excerpt:
    """Return text[start:end] with up to `around` characters on each side, cut at words."""
    low, high = max(0, start - around), min(len(text), end + around)
    before, after = text[low:start], text[end:high]
    if low > 0 and " " in before:
        before = "… " + before.split(" ", 1)[1]
    if high < len(text) and " " in after:
        after = after.rsplit(" ", 1)[0] + " …"
    return Excerpt(before, text[start:end], after)
