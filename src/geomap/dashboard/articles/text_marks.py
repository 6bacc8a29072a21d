"""An article's text cut into pieces: plain words, place names, dates.

Pure. The pieces put together are the text to the letter, so nothing an article says can be
lost or changed on its way to the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from geomap.model import DateMention, Toponym, ToponymKind

NESTED_WORDS = "part of the name of an organisation"
_DOUBTS = {"uncertain": "uncertain place", "unplaced": "not placed"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be marked: what it is, which one, and a word on why.

    `kind` is one or more words, by which it is drawn; `label` is what a screen reader says
    instead of the text alone.
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

    def keeps(self, toponym: Toponym) -> bool:
        """Return whether a place name is marked."""
        if not self.nested and toponym.kind is ToponymKind.NESTED:
            return False
        return not self.only_uncertain or bool(doubt_of(toponym))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a text with some of what stands around it."""

    before: str
    mark: str
    after: str


EVERY = Shown()


def doubt_of(toponym: Toponym) -> str:
    """Return "unplaced" or "uncertain" for a name whose place is not sure, else nothing."""
    if toponym.place is None:
        return "unplaced"
    return "" if toponym.is_sure else "uncertain"


def mark_toponyms(toponyms: Sequence[Toponym], shown: Shown = EVERY) -> list[Mark]:
    """Return a mark for each place name that is shown; its id is the name's number.

    One that was not placed, that is in doubt, or that belongs to an organisation's name
    says so.
    """
    return [
        _mark(toponym, number) for number, toponym in enumerate(toponyms) if shown.keeps(toponym)
    ]


def _mark(toponym: Toponym, number: int) -> Mark:
    doubt = doubt_of(toponym)
    is_nested = toponym.kind is ToponymKind.NESTED
    notes = [_DOUBTS[doubt]] if doubt else []
    notes += [NESTED_WORDS] if is_nested else []
    kinds = ["place", *([doubt] if doubt else []), *(["nested"] if is_nested else [])]
    named = [toponym.place.name] if toponym.place is not None else []
    return Mark(
        toponym.start_char,
        toponym.end_char,
        " ".join(kinds),
        str(number),
        note=", ".join([*named, *notes]),
        label=", ".join([toponym.text, *notes]) if notes else "",
    )


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
                "label": mark.label,
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
