"""Articles from files: text, Markdown with front matter, HTML, JSON and JSON Lines.

The text is kept to the letter: offsets into it stay true. Facts of the publication (day,
publisher, title) that a file does not state are read from the head of the text, or stay unknown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from geomap.dates import find_dates, find_publication_date
from geomap.dates.dateline import find_dateline_span
from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.model import Article, DatePrecision
from geomap.readers.article_metadata import find_publisher, find_title
from geomap.readers.json_document import JsonObject
from geomap.readers.sniff import ARTICLE_KEYS, TEXT_KEYS, OpenedFile, open_file
from geomap.readers.text_or_table import has_prose
from geomap.readers.web_pages import read_page

_ID_LENGTH = 20
_WHOLE = frozenset({DatePrecision.DAY, DatePrecision.OPEN})
_RECENT = timedelta(days=31)


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
        article_id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH],
        text=text,
        title=title or find_title(text),
        publisher=publisher or find_publisher(text),
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


def read_articles(source: Path | bytes, *, name: str | None = None) -> tuple[Article, ...]:
    """Return the articles of a file.

    Parameters
    ----------
    source
        Path of the file, or its bytes.
    name
        Its name for its owner; the path's own by default.

    Raises
    ------
    FileRefusedError
        When the file is empty, binary, too large, or holds no article.
    """
    name = name or (source.name if isinstance(source, Path) else "pasted.txt")
    file = open_file(source, name=name)
    if file.verdict.kinds == ("events",):
        raise _not_an_article(file)
    return read_opened_articles(file)


def read_opened_articles(
    file: OpenedFile, *, limits: TableLimits | None = None
) -> tuple[Article, ...]:
    """Return the articles of a file that was opened, whatever else it might hold.

    Parameters
    ----------
    file
        The file as `open_file` returns it.
    limits
        What is refused as too large; by default as the environment sets it.

    Raises
    ------
    FileRefusedError
        When it is too large, or holds no text.
    """
    limits = limits or TableLimits.from_environment()
    if len(file.data) > limits.article_bytes:
        size = f"{len(file.data) / 1e6:,.1f} MB of articles"
        raise limits.refusal(file.name, "article_bytes", size)
    if file.form == "json":
        return _from_records(file)
    if file.form == "html":
        page = read_page(file.text)
        if not has_prose(page.text):
            message = (
                f"{file.name} is a web page without the text of an article (a login page, or an "
                "expired download link?); download it again."
            )
            raise FileRefusedError(message, code="web_page")
        return (_article(page.text, page.facts, file.name),)
    if file.form != "text":
        raise _not_an_article(file)
    body, facts = _front_matter(file.text, file.name)
    return (_article(body, facts, file.name),)


def _not_an_article(file: OpenedFile) -> FileRefusedError:
    message = (
        f"{file.name} is a table of events, not an article; take it in on the page Add data, or "
        "with geomap ingest."
    )
    return FileRefusedError(message, code="no_text" if file.form == "json" else "not_an_article")


_HALF_LETTERS = re.compile("[\ud800-\udfff]")
"""Halves of a surrogate pair, which JSON can hold alone and no table can."""


def _article(text: str, facts: Mapping[str, Any], name: str) -> Article:
    text = _HALF_LETTERS.sub("\ufffd", text)  # one for one: the offsets stay
    if not text.strip():
        message = f"{name} holds no text of an article."
        raise FileRefusedError(message, code="empty")
    stated = {field: _first(facts, keys) for field, keys in ARTICLE_KEYS.items()}
    return article_from_text(
        text,
        title=_words(stated["title"]),
        publisher=_words(stated["publisher"]),
        published=_day(stated["published"]),
        url=_words(stated["url"]),
        file_name=name,
    )


def _first(facts: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((facts[key] for key in keys if facts.get(key) not in (None, "")), None)


def _words(value: Any) -> str | None:
    if not isinstance(value, str | int | float):
        return None
    return " ".join(_HALF_LETTERS.sub("\ufffd", str(value)).split()) or None


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        mention = find_publication_date(f"Published: {value.strip()}\n")
        return mention.span.start if mention is not None else None


def _front_matter(text: str, name: str) -> tuple[str, Mapping[str, Any]]:
    """Return the body of a text and the facts between "---" lines at its head, if it has them."""
    lines = text.split("\n")
    rules = (place for place, line in enumerate(lines[1:], 1) if line.strip() == "---")
    close = next(rules, None) if lines[0].strip() == "---" else None
    if close is None:
        return text, {}
    try:
        facts = yaml.safe_load("\n".join(lines[1:close]))
    except (yaml.YAMLError, ValueError) as fault:
        message = f"{name}: the front matter above line {close + 1} is not YAML; quote its values."
        raise FileRefusedError(message, code="front_matter") from fault
    if not isinstance(facts, dict):  # rules between paragraphs
        return text, {}
    body = "\n".join(lines[close + 1 :])
    return body.lstrip("\r\n"), {str(key).lower(): value for key, value in facts.items()}


def _from_records(file: OpenedFile) -> tuple[Article, ...]:
    if file.records is None:
        code = "not_json" if "cannot be read" in file.verdict.reason else "no_text"
        message = f"{file.name} {file.verdict.reason}"
        raise FileRefusedError(message, code=code)
    return tuple(
        _from_record(record, file.name, number)
        for number, record in enumerate(file.records.records, 1)
    )


def _from_record(record: JsonObject, name: str, number: int) -> Article:
    texts = (record.get(key) for key in TEXT_KEYS)
    text = next((text for text in texts if isinstance(text, str) and text.strip()), None)
    if text is None:
        message = f'{name}, record {number}: no text; each record needs a "text".'
        raise FileRefusedError(message, code="no_text")
    return _article(text, {str(key).lower(): value for key, value in record.items()}, name)
