"""An article from its text, with the publisher, title and day that only the text states."""

from __future__ import annotations

import re
from datetime import date, timedelta

from geomap.dates import find_dates, find_publication_date
from geomap.dates.dateline import find_dateline_span
from geomap.files.sha256 import sha256_of
from geomap.model import Article, DatePrecision

_ID_LENGTH = 20
_HEAD = 1500
_WHOLE = frozenset({DatePrecision.DAY, DatePrecision.OPEN})
_RECENT = timedelta(days=31)
_TITLE_MOST, _TITLE_LEAST = 160, 12
_AGENCY = re.compile(
    r"\((?P<bracketed>[A-Z][A-Za-z .&]{1,30})\)\s*(?:[-–—]|--)"
    r"|/\s*(?P<slashed>[A-Z][A-Za-z ]{1,20}?)\s*/"
    r"|\b(?:told|tells|informed)\s+(?P<told>[A-Z][\w]*(?:[ -][A-Z]\w*)?)(?=[.,])"
    r"|\b(?P<reports>[A-Z][\w]*(?:[ -][A-Z]\w*)?)\s+reports(?=[.,])"
    r"|\baccording to (?P<by>[A-Z]\w*(?:[ -][A-Z]\w*)?) news agency"
)
_HEADER = re.compile(
    r"^\s*(?:source|publisher|agency)\s*:\s*(?P<name>[^\n]{2,60})$", re.IGNORECASE | re.MULTILINE
)
_STAMP = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}:\d\d|^\s*(?:published|updated|date|by|source)\b", re.IGNORECASE
)
_NOT_AGENCIES = frozenset(
    {"he", "she", "it", "they", "we", "reporters", "journalists", "parliament"}
)


def article_from_text(
    text: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: date | None = None,
    url: str | None = None,
    file_name: str | None = None,
) -> Article:
    """Return an article; what is not given is taken from the head of the text if it is there.

    Parameters
    ----------
    text
        The text, kept to the letter: offsets of toponyms and evidence point into it.
    title, publisher, url
        As its source states them.
    published
        The day of publication.
    file_name
        The file that it comes from.

    Returns
    -------
    article
        With an id that is made from the text alone.
    """
    published = published or _publication_day(text)
    return Article(
        article_id=sha256_of(text)[:_ID_LENGTH],
        text=text,
        title=title or _title(text),
        publisher=publisher or _publisher(text),
        url=url,
        published=published,
        file_name=file_name,
    )


def _publication_day(text: str) -> date | None:
    """Return the day that a header states, else the dateline's.

    A header more than a month after the dateline gives the day on which a page was changed:
    then the dateline's day holds. A dateline without a year gets the one that puts it within a
    month of the latest whole date of the text, because news reports recent days; otherwise the
    day stays unknown.
    """
    header = find_publication_date(text)
    stated = header.span.start if header else None
    line = find_dateline_span(text)
    if line is None or line.day_start < 0:
        return stated
    words = text[line.day_start : line.day_end]
    whole = find_dates(words)
    if whole:
        day = whole[0].span.start
        return day if stated is None or stated - day > _RECENT else stated
    return stated or _completed(words, text)


def _completed(words: str, text: str) -> date | None:
    """Return the day of a dateline without a year, where the dates of the text settle it."""
    stated = [
        mention.span.start for mention in find_dates(text) if mention.span.precision in _WHOLE
    ]
    if not stated:
        return None
    latest = max(stated)
    years = (latest.year - 1, latest.year, latest.year + 1)
    days = [m.span.start for year in years for m in find_dates(f"{words} {year}")]
    return next((day for day in days if abs(day - latest) <= _RECENT), None)


def _publisher(text: str) -> str | None:
    """Return the publisher or agency that the head of a text names, None where there is none."""
    head = text[:_HEAD]
    if labelled := _HEADER.search(head):
        return labelled["name"].strip()
    for match in _AGENCY.finditer(head):
        name = next(group for group in match.groups() if group)
        if name.lower() not in _NOT_AGENCIES:
            return name.strip()
    return None


def _title(text: str) -> str | None:
    """Return the first line when it looks like a headline: short, alone, without a full stop."""
    lines = [line.strip() for line in text[: 4 * _HEAD].split("\n")]
    filled = [line for line in lines if line]
    if len(filled) < 2:
        return None
    first = filled[0].lstrip("# ").strip()
    if not _TITLE_LEAST <= len(first) <= _TITLE_MOST or _STAMP.search(first):
        return None
    return None if first[-1] in ".:;,-–—" else first
