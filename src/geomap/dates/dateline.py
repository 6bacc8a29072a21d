"""The dateline: where, when and through which agency an article was written.

Each news house has its own style: "BAKU, Azerbaijan, February 28.", "KYIV, Ukraine (AP) —",
"GOMA, Dec 3 (Reuters) -", "MOSCOW, December 10. /TASS/.", "Yerevan, 12 December, Armenpress:".
In all of them it opens a line near the head of the text, names a place first, then gives a
day, an agency or both, and ends in a dash, a colon or a full stop. Headlines and bylines may
stand above it. A place in normal case needs more beside it than one in capitals, since many
sentences open with a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from geomap.dates.date_words import (
    AGENCIES,
    DATELINE_OPENERS,
    DAY_FIRST_MONTHS,
    EITHER_WAY_MONTHS,
    LABELS,
    MONTH_ABBREVIATIONS,
)

_HEAD = 2500
_PROSE = re.compile(r"[^\n]{140,}|[^\n]{60,}[.!?][\"”’]?[ \t\r]*\n")
_NAME = r"[^\W\d_a-z][^\W\d_]*(?:(?:[.'’ʻ]?[ \-–]|[.'’ʻ])[^\W\d_]+){0,4}"
_FORMS = sorted({*DAY_FIRST_MONTHS, *EITHER_WAY_MONTHS}, reverse=True)  # a longer form first
_MONTH = "|".join(
    [
        f"(?:{'|'.join(MONTH_ABBREVIATIONS)}|may)[a-z]*",  # by its first letters: "Febr."
        *(  # by initials, since a pattern tries one alternative after another
            f"{initial}(?:{'|'.join(form[1:] for form in forms)})"
            for initial, forms in groupby(_FORMS, key=lambda form: form[0])
        ),
    ]
)
_DAY = (
    r"(?:(?:le|el|den|the)\s+)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?"
    rf"(?:(?:{_MONTH})\b\.?\s*\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?(?:{_MONTH}))"
    r"\b\.?(?:,?\s+(?:de\s+)?(?:\d{4}|['’]?\d{2}(?![\d:])))?"
)
_AGENCY = (
    rf"[(\[](?!\s*{_DAY})\s*(?P<bracketed>(?=\D)[^()\n]{{2,40}}?)\s*\)"
    r"|/\s*(?P<slashed>[^/\n]{2,40}?)\s*/"
    r"|\|\s*(?P<piped>[^|\n\d]{2,40}?)\s*(?=\|)"
    r"|(?P<bare>[A-Z][\w.-]{2,20}(?: [A-Z]\w{2,20})?)"
)
_DATELINE = re.compile(
    rf"""^[ \t"“/]*(?P<open>\()?[ \t]*(?P<place>(?-i:{_NAME}))\.?
    (?:[ \t]*/[ \t]*(?-i:{_NAME})|[ \t]*\((?-i:{_NAME})\)(?=,[ \t]*{_DAY}))?
    (?:,[ \t]*\[?(?P<qualifier>(?!(?:{_MONTH})\b)(?-i:{_NAME})\.?)\]?)?
    (?:(?:,|[ \t]*\(|[ \t])[ \t]*(?:(?P<day>{_DAY})\)?|no[ ]date))?
    (?:[,.]?[ \t]*(?-i:{_AGENCY}))?
    (?:,?[ \t]*(?:(?P<later>{_DAY})|no[ ]date))?
    \)?[ \t]*(?P<close>\.[ ]*[-–—]+|[-–—]+|:|\.|\||(?<=\))(?=[ ])|$)(?=\s|$|(?<=[—–]))""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_SHOUTED_OPENING = re.compile(r"^[ \t]*[A-Z][A-Z.'’ -]{2,40}:", re.MULTILINE)
_SENTENCE = re.compile(r"[ \t]*[\"“‘]?[A-Z0-9][^\n]{40,}")
_IS_MONTH = re.compile(rf"(?:{_MONTH})\.?", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class DatelineSpan:
    """Offsets of a dateline and of the day in it, and its agency; the place opens it.

    The day's offsets are -1 where it has none.
    """

    start: int
    end: int
    place_end: int
    agency: str | None
    day_start: int = -1
    day_end: int = -1


def find_dateline_span(text: str) -> DatelineSpan | None:
    """Return the offsets of the dateline of an article, None where it has none.

    Parameters
    ----------
    text
        Text of the article; the dateline is looked for near its head.

    Returns
    -------
    span
        Offsets into `text`.
    """
    for match in _DATELINE.finditer(text, 0, min(len(text), _HEAD)):
        if _is_dateline(match, text):
            agency = match["bracketed"] or match["slashed"] or match["piped"] or match["bare"]
            day = match.span("day") if match["day"] else match.span("later")
            return DatelineSpan(match.start("place"), match.end(), match.end("place"), agency, *day)
    return None


def _is_dateline(match: re.Match[str], text: str) -> bool:
    """Return whether a line that looks like a dateline has enough of its parts to be one."""
    place, close = match["place"], match["close"]
    words = place.lower().split()
    shouted = place.upper() == place and len(place) > 2
    if not _may_open(words, shouted=shouted) or not text[match.end() :].strip():
        return False
    day = match["day"] or match["later"]
    if match["open"]:  # "(Beirut) -", "(Kyiv, 3 May 2021) -", but not "(Reuters) -"
        is_closed = bool(day) or _has_dash(close)
        return is_closed and words[0] not in AGENCIES and (len(place) > 5 or not shouted)
    if close == "":  # a line of its own, or after a bracket: a day or an agency must make it sure
        return bool(day) and len(words) <= 3 and "," in match.group()
    return _has_parts(match, text, day, shouted=shouted)


def _has_parts(match: re.Match[str], text: str, day: str | None, *, shouted: bool) -> bool:
    """Return whether day, agency, dash and where it stands are enough for a closed dateline."""
    close, dash = match["close"], _has_dash(match["close"])
    agency = match["bracketed"] or match["slashed"] or match["piped"]
    if shouted:
        return bool(day or agency or dash) or (close == ":" and _heads_text(text, match))
    if (day and (agency or match["bare"] or dash)) or (agency and close):
        return True
    return _opens_text(text, match.start()) and bool(
        (day and _YEAR.search(day)) or (match["qualifier"] and _is_apart(text, match))
    )


def _has_dash(close: str) -> bool:
    return any(mark in close for mark in "-–—")


def _may_open(words: list[str], *, shouted: bool) -> bool:
    """Return whether the words of a place, in small letters, may open a dateline."""
    if words[0] in LABELS or _IS_MONTH.fullmatch(words[0]) or len(words) > 5:
        return False
    return shouted or words[0] not in DATELINE_OPENERS


def _heads_text(text: str, match: re.Match[str]) -> bool:
    """Return whether "KYIV:" heads a report: at its top, and no other line opens like it.

    In a transcript or a list of questions each line opens with a speaker in capitals.
    """
    sentence = _SENTENCE.match(text, match.end())
    alone = len(_SHOUTED_OPENING.findall(text)) == 1
    return alone and sentence is not None and _opens_text(text, match.start())


def _is_apart(text: str, match: re.Match[str]) -> bool:
    """Return whether a dash with white space before it ends the line's opening."""
    start = match.start("close")
    return match["close"][0] in "-–—" and text[start - 1 : start].isspace()


def _opens_text(text: str, start: int) -> bool:
    """Return whether only headlines, bylines and the like stand above a line: no prose."""
    return _PROSE.search(text, 0, start) is None
