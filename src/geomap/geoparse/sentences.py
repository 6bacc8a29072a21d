"""Sentences of a news text as offsets; the headline and the dateline are sentences too."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from geomap.dates.dateline import DatelineSpan, find_dateline_span
from geomap.geoparse.data_tables import WORDS

_END = re.compile(r"[.!?…。։]+[\"'”’»)\]]*(?=\s)")
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_LAST_WORD = re.compile(r"([^\s(\[\"“'‘«]+)$")
_OPENER = re.compile(r"[\s\"'“‘«(\[—–-]*")
_LINE_MIN, _LINE_MAX = 45, 100


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of each sentence, in order, without the white space around.

    A blank line always ends a sentence; a single line break does unless the text was wrapped
    at a fixed width. The dateline is a sentence of its own, so that the next one starts cleanly.

    Parameters
    ----------
    text
        Text of an article.

    Returns
    -------
    bounds
        Start and end (excluded) of each sentence as offsets into `text`.
    """
    return sentences_beside(find_dateline_span(text), text)


def sentences_beside(dateline: DatelineSpan | None, text: str) -> tuple[tuple[int, int], ...]:
    """Return the same as `sentences` for a text whose dateline is already known."""
    cuts = {0, len(text)}
    cuts.update(match.end() for match in _BLANK.finditer(text))
    cuts.update(match.end() for match in _END.finditer(text) if _ends_here(text, match))
    if not _is_wrapped(text):
        cuts.update(match.end() for match in re.finditer(r"\n", text))
    if dateline is not None:
        cuts = {cut for cut in cuts if not dateline.start < cut < dateline.end}
        cuts.update((dateline.start, dateline.end))
    places = sorted(cuts)
    trimmed = (_trim(text, start, end) for start, end in pairwise(places))
    return tuple(span for span in trimmed if span[0] < span[1])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _ends_here(text: str, match: re.Match[str]) -> bool:
    """Return whether a full stop ends a sentence and not an abbreviation or an initial."""
    after = _OPENER.match(text, match.end())
    following = text[after.end() : after.end() + 1] if after else ""
    if following and following.islower():
        return False
    if text[match.start()] != "." or match.group()[:2] == "..":
        return True
    before = _LAST_WORD.search(text, max(0, match.start() - 30), match.start())
    word = before.group(1) if before else ""
    if len(word) == 1 and word.isalpha() and word.isupper():
        return False
    if "." in word and len(word) <= 5:  # "U.S." may end a sentence: only if a long word follows
        return following == ""
    return word.lower() not in WORDS["abbreviations"] or (word.isupper() and len(word) > 2)


def _is_wrapped(text: str) -> bool:
    """Return whether lines were broken at a fixed width, in the middle of sentences."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 4:
        return False
    broken = sum(1 for line in lines[:-1] if line.rstrip()[-1:] not in ".!?:\"”’'")
    width = median(len(line) for line in lines)
    return _LINE_MIN <= width <= _LINE_MAX and broken > len(lines) / 2
