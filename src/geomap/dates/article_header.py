"""The head of an article: the lines that state when it was published.

A head line contains little more than a date ("March 1, 2023", "5 May 2021 10:00 GMT"), or
opens with a label ("Published: ...", "date 2023-03-01 Details added: ...").
"""

from __future__ import annotations

import re

from geomap.dates.context import Context
from geomap.dates.date_resolver import read_match
from geomap.dates.date_tokens import NumericDate, kinds_of, read_tokens
from geomap.dates.grammar import find_matches, longest_of
from geomap.dates.short_years import complete_short_dates
from geomap.model import DateMention, DatePrecision

_LABEL = re.compile(
    r"\b(?:(?P<first>date|dated|first published|published|publication date|publish date|pubdate|"
    r"posted|issued|release date|дата|опубликовано|опублікаваны|tarix|dərc olunub|datum|fecha|"
    r"tarih|veröffentlicht|publié)|(?P<later>last updated|updated|last modified|modified|"
    r"created|retrieved|accessed))\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"[\s\[(*#>_\"'-]*")
_BESIDE_DATE = re.compile(
    r"(?:[\W\d_]|(?<![^\W\d_])(?:am|pm|a\.m|p\.m|at|on|the|h|hrs|local|time|[A-Z]{2,5}|T|Z"
    r"|Mon|Tue|Wed|Thu|Fri|Sat|Sun|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?![^\W\d_]))*"
)
_AGENCY = re.compile(r"^\s*\([A-Z][^()\d]{1,30}\)")  # "(Reuters) - 14 February 2024"
_PARTS = re.compile(r"[|·•]")  # "By A. Writer | March 3, 2023 | 10:00 GMT"
_LINES = 12
_REACH = 3000
_LONGEST_HEAD = 400  # a longer line is a paragraph; a date further on in it heads nothing
_LABEL_GAP = 25
_LABEL_WORDS = 3


def find_publication_date(text: str) -> DateMention | None:
    """Return the mention of the day of publication in the head of `text`, None without one.

    A labelled date ("Published: ...") comes before a bare line, and both before a line that
    states when the text was changed. Only whole dates count: nothing completes a day without
    a year here, and digits that may be read two ways are left out.

    Parameters
    ----------
    text
        Text of an article; its first lines are searched.

    Returns
    -------
    mention
        A mention with the role "header" and offsets into `text`.
    """
    ranked = [
        (rank, start, mention)
        for start, end in head_lines(text)
        for rank, mention in _ranked_days(text, start, end)
    ]
    return min(ranked, key=lambda item: item[:2])[2] if ranked else None


def head_lines(text: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of the lines at the top of `text` that are there to state a date."""
    lines: list[tuple[int, int]] = []
    position = count = 0
    while position < min(len(text), _REACH) and count < _LINES:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end]
        if line.strip():
            count += 1
            if re.search(r"\d", line) and _is_head(line):
                lines.append((position, end))
        position = end + 1
    return tuple(lines)


def _is_head(line: str) -> bool:
    opening = _OPENING.match(line)
    label = _LABEL.match(line, opening.end() if opening else 0)
    days = _days(line[:_LONGEST_HEAD])
    if not days:
        return False
    start, end, _ = days[0]
    if label:
        gap = line[label.end() : start]
        return len(gap) <= _LABEL_GAP and len(re.findall(r"[^\W\d_]+", gap)) <= _LABEL_WORDS
    before, after = _PARTS.split(line[:start])[-1], _PARTS.split(line[end:])[0]
    before = _AGENCY.sub("", before, count=1)
    return bool(_BESIDE_DATE.fullmatch(before) and _BESIDE_DATE.fullmatch(after))


def _ranked_days(text: str, start: int, end: int) -> list[tuple[int, DateMention]]:
    line = text[start:end]
    ranked = []
    for first, last, mention in _days(line):
        labels = list(_LABEL.finditer(line, 0, first))
        rank = 1 if not labels else 0 if labels[-1]["first"] else 2
        moved = DateMention(start + first, start + last, mention.text, mention.span, role="header")
        ranked.append((rank, moved))
    return ranked


def _days(line: str) -> list[tuple[int, int, DateMention]]:
    """Return the whole dates of one line, each with its offsets in the line."""
    tokens = complete_short_dates(read_tokens(line[:_REACH]), line[:_REACH], None)
    days = []
    for match in longest_of(find_matches(kinds_of(tokens), lambda _match: False), len(tokens)):
        if match.name != "point":
            continue
        inside = tokens[match.first : match.last]
        if any(isinstance(t.value, NumericDate) and len(t.value.readings) > 1 for t in inside):
            continue
        for span in read_match(match.name, inside, Context(tokens, None), 0):
            if span.precision is DatePrecision.DAY:
                first, last = inside[0].start, inside[-1].end
                days.append((first, last, DateMention(first, last, line[first:last], span)))
    return days
