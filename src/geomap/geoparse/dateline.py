"""The dateline: where, when and through which agency an article says it was written.

Houses write it differently: "BAKU, Azerbaijan, February 28.", "KYIV, Ukraine (AP) —",
"GOMA, Dec 3 (Reuters) -", "MOSCOW, December 10. /TASS/.", "Yerevan, 12 December, Armenpress:".
Common to all: it opens a line near the head of the text, names a place first, then gives a
day, an agency or both, and ends in a dash, a colon or a full stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geomap.geoparse.wordlist import word_set

_HEAD = 2500
_NAME = r"[^\W\d_a-z][^\W\d_]*(?:(?:[.'’ʻ]?[ \-–]|[.'’ʻ])[^\W\d_]+){0,4}"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
    r"|январ\w+|феврал\w+|март\w*|апрел\w+|ма[йя]|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+"
    r"|ноябр\w+|декабр\w+|yanvar|fevral|mart|aprel|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr"
)
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:(?:{_MONTH})\.?\s*\d{{1,2}}|\d{{1,2}}\.?\s+(?:{_MONTH}))\b\.?(?:,?\s+\d{{4}})?"
)
_AGENCY = (
    r"\(\s*(?P<bracketed>[^()\n\d]{2,40}?)\s*\)|/\s*(?P<slashed>[^/\n]{2,40}?)\s*/"
    r"|(?P<bare>[A-Z][\w.]{2,20}(?: [A-Z]\w{2,20})?)"
)
_DATELINE = re.compile(
    rf"""^[ \t"“(/]*(?P<place>(?-i:{_NAME}))
    (?:[ \t]*/[ \t]*(?-i:{_NAME}))?
    (?:,[ \t]*(?P<qualifier>(?!(?:{_MONTH})\b)(?-i:{_NAME})\.?))?
    (?:(?:,|[ \t]*\(|[ \t])[ \t]*(?P<day>{_DAY})\)?)?
    (?:[,.]?[ \t]*(?-i:{_AGENCY}))?
    (?:,?[ \t]*(?P<later>{_DAY}))?
    [ \t]*(?P<close>\.[ ]+[-–—]+|[-–—]+|:|\.|$)(?=\s|$|(?<=[—–]))""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_WORDS_THAT_OPEN = word_set(
    """the a an in on at by for from but and as after before since while when it this that these
    those there then published updated posted date details photo source read"""
)


@dataclass(frozen=True, slots=True)
class DatelineSpan:
    """Offsets of a dateline, of the place in it, and the agency it names."""

    start: int
    end: int
    place_start: int
    place_end: int
    agency: str | None


@lru_cache(maxsize=4)
def find_dateline_span(text: str) -> DatelineSpan | None:
    """Return where the dateline of an article stands, or None where it has none."""
    for match in _DATELINE.finditer(text, 0, min(len(text), _HEAD)):
        if _is_dateline(match, text):
            start = match.start("place")
            return DatelineSpan(start, match.end(), start, match.end("place"), _agency_of(match))
    return None


def _agency_of(match: re.Match[str]) -> str | None:
    return match["bracketed"] or match["slashed"] or match["bare"]


def _is_dateline(match: re.Match[str], text: str) -> bool:
    """Return whether what has the look of a dateline is one: enough of its parts are there."""
    place = match["place"]
    shouted = place.upper() == place and len(place) > 2
    agency = match["bracketed"] or match["slashed"]
    day = match["day"] or match["later"]
    opener = place.split()[0].lower() in _WORDS_THAT_OPEN
    if (opener and not shouted) or len(place.split()) > 5:
        return False
    if not text[match.end() :].strip():
        return False
    dash = any(mark in match["close"] for mark in "-–—")
    if match["close"] == "":  # a line of its own: a day or an agency must make it sure
        return bool(day) and len(place.split()) <= 3 and "," in match.group()
    if shouted:
        return bool(day or agency or dash)
    return bool(
        (day and (agency or match["bare"] or dash)) or (agency and (dash or match["close"]))
    )
