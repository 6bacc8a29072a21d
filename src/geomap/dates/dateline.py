"""The dateline: where, when and through which agency an article says it was written.

Houses write it differently: "BAKU, Azerbaijan, February 28.", "KYIV, Ukraine (AP) —",
"GOMA, Dec 3 (Reuters) -", "MOSCOW, December 10. /TASS/.", "Yerevan, 12 December, Armenpress:".
Common to all: it opens a line near the head of the text, names a place first, then gives a
day, an agency or both, and ends in a dash, a colon or a full stop. Headlines and bylines may
stand above it. A place in normal case needs more beside it than one in capitals, since many
a sentence opens with a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_HEAD = 2500
_PROSE = re.compile(r"[^\n]{140,}|[^\n]{60,}[.!?][\"”’]?[ \t\r]*\n")
_NAME = r"[^\W\d_a-z][^\W\d_]*(?:(?:[.'’ʻ]?[ \-–]|[.'’ʻ])[^\W\d_]+){0,4}"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
    r"|январ\w+|феврал\w+|март\w*|апрел\w+|ма[йя]|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+"
    r"|ноябр\w+|декабр\w+|yanvar|fevral|mart|aprel|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|januar|februar|märz|juni|juli|oktober|dezember"
)
_DAY = (
    r"(?:(?:le|el|den|the)\s+)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?"
    rf"(?:(?:{_MONTH})\b\.?\s*\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?(?:{_MONTH}))"
    r"\b\.?(?:,?\s+(?:de\s+)?\d{4})?"
)
_AGENCY = (
    r"\(\s*(?P<bracketed>[^()\n\d]{2,40}?)\s*\)|/\s*(?P<slashed>[^/\n]{2,40}?)\s*/"
    r"|\|\s*(?P<piped>[^|\n\d]{2,40}?)\s*(?=\|)"
    r"|(?P<bare>[A-Z][\w.-]{2,20}(?: [A-Z]\w{2,20})?)"
)
_DATELINE = re.compile(
    rf"""^[ \t"“/]*(?P<open>\()?[ \t]*(?P<place>(?-i:{_NAME}))\.?
    (?:[ \t]*/[ \t]*(?-i:{_NAME}))?
    (?:,[ \t]*(?P<qualifier>(?!(?:{_MONTH})\b)(?-i:{_NAME})\.?))?
    (?:(?:,|[ \t]*\(|[ \t])[ \t]*(?P<day>{_DAY})\)?)?
    (?:[,.]?[ \t]*(?-i:{_AGENCY}))?
    (?:,?[ \t]*(?P<later>{_DAY}))?
    \)?[ \t]*(?P<close>\.[ ]*[-–—]+|[-–—]+|:|\.|\||(?<=\))(?=[ ])|$)(?=\s|$|(?<=[—–]))""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_WORDS_THAT_OPEN = frozenset(
    re.findall(
        r"\w+",
        """the a an in on at by for from but and as after before since while when it this that these
        those there then published updated posted date details photo source read he she they we our
        his her its how why what who where if""",
    )
)
_LABELS = frozenset(
    re.findall(
        r"\w+",
        """analysis exclusive update breaking live watch factbox explainer opinion corrected comment
        editorial interview video photo photos timeline profile feature column alert note summary
        by from mon tue wed thu fri sat sun monday tuesday wednesday thursday friday
        saturday sunday""",
    )
)
_DESKS = frozenset(
    re.findall(
        r"\w+",
        """reuters ap afp efe dpa tass ansa upi xinhua bloomberg bbc cnn ifax""",
    )
)
_IS_MONTH = re.compile(rf"(?:{_MONTH})\.?", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class DatelineSpan:
    """Offsets of a dateline, of the place and the day in it, and the agency it names."""

    start: int
    end: int
    place_start: int
    place_end: int
    agency: str | None
    day_start: int = -1
    day_end: int = -1


@lru_cache(maxsize=4)
def find_dateline_span(text: str) -> DatelineSpan | None:
    """Return where the dateline of an article stands, or None where it has none."""
    for match in _DATELINE.finditer(text, 0, min(len(text), _HEAD)):
        if _is_dateline(match, text):
            start = match.start("place")
            day = match.span("day") if match["day"] else match.span("later")
            return DatelineSpan(
                start, match.end(), start, match.end("place"), _agency_of(match), *day
            )
    return None


def _agency_of(match: re.Match[str]) -> str | None:
    return match["bracketed"] or match["slashed"] or match["piped"] or match["bare"]


def _is_dateline(match: re.Match[str], text: str) -> bool:
    """Return whether what has the look of a dateline is one: enough of its parts are there."""
    place, close = match["place"], match["close"]
    words = place.lower().split()
    shouted = place.upper() == place and len(place) > 2
    if words[0] in _LABELS or _IS_MONTH.fullmatch(words[0]) or len(words) > 5:
        return False
    if (words[0] in _WORDS_THAT_OPEN and not shouted) or not text[match.end() :].strip():
        return False
    agency = match["bracketed"] or match["slashed"] or match["piped"]
    day = match["day"] or match["later"]
    dash = any(mark in close for mark in "-–—")
    if match["open"]:  # "(Beirut) -", "(Kyiv, 3 May 2021) -", but not "(Reuters) -"
        return (dash or bool(day)) and words[0] not in _DESKS and (len(place) > 5 or not shouted)
    if not close and not day:
        return False
    if close == "":  # a line of its own, or after a bracket: a day or an agency must make it sure
        return len(words) <= 3 and "," in match.group()
    if shouted:
        return bool(day or agency or dash)
    if (day and (agency or match["bare"] or dash)) or (agency and close):
        return True
    return _opens_text(text, match.start()) and bool(
        (day and _YEAR.search(day)) or (match["qualifier"] and _is_apart(text, match))
    )


def _is_apart(text: str, match: re.Match[str]) -> bool:
    """Return whether a dash with white space before it ends the line's opening."""
    start = match.start("close")
    return match["close"][0] in "-–—" and text[start - 1 : start].isspace()


def _opens_text(text: str, start: int) -> bool:
    """Return whether only headlines, bylines and the like stand above a line: no prose."""
    return _PROSE.search(text, 0, start) is None
