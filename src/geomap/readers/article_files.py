"""Articles from files: text, Markdown with front matter, HTML, JSON and JSON Lines.

The text is kept to the letter: offsets into it stay true. What a file does not say of its
publication (day, publisher, title) is read from the head of the text, or stays unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from geomap.dates import find_dates, find_publication_date
from geomap.dates.dateline import find_dateline_span
from geomap.errors import FileRefusedError, InputError
from geomap.files.sha256 import sha256_of
from geomap.model import Article, DatePrecision
from geomap.readers.article_metadata import find_publisher, find_title
from geomap.readers.encodings import find_encoding
from geomap.readers.web_pages import read_page
from geomap.yaml_text import read_yaml

_ID_LENGTH = 20
_MOST_BYTES = 64 << 20
_SUFFIXES = {".txt", ".text", "", ".md", ".markdown", ".html", ".htm", ".json", ".jsonl", ".ndjson"}
_KEYS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "site", "domain"),
    "url": ("url", "link", "source_url"),
    "published": ("published", "date", "publication_date", "published_at", "pubdate"),
}


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
    """Return an article; what is not given is filled from the head of the text if it is there."""
    published = published or _publication_day(text)
    return Article(
        article_id=sha256_of(text)[:_ID_LENGTH],
        text=text,
        title=title or find_title(text),
        publisher=publisher or find_publisher(text),
        url=url,
        published=published,
        file_name=file_name,
    )


def _publication_day(text: str) -> date | None:
    """Return the day that a header states, else the dateline's.

    A header more than a month after the dateline says when a page was changed: then the
    dateline's day holds. A dateline without a year gets the one that puts it within a month
    of the latest whole date of the text, for news tells of recent days; otherwise the day
    stays unknown.
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
    told = [m.span.start for m in find_dates(text) if m.span.precision in _WHOLE]
    if not told:
        return None
    latest = max(told)
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
        File name that says what the bytes are; the path's own by default.

    Raises
    ------
    FileRefusedError
        When the file is empty, binary, too large or not what its name says.
    """
    name = name or (source.name if isinstance(source, Path) else "pasted.txt")
    suffix = Path(name).suffix.lower()
    if suffix not in _SUFFIXES:
        message = f"{name} is not an article: give .txt, .md, .html, .json or .jsonl."
        raise FileRefusedError(message, code="unknown_format")
    text = _text_of(source, name)
    if suffix in {".json", ".jsonl", ".ndjson"}:
        return _from_json(text, name, lines=suffix != ".json")
    if suffix in {".html", ".htm"}:
        page = read_page(text)
        return (_article(page.text, page.facts, name),)
    if suffix in {".md", ".markdown"}:
        body, facts = _front_matter(text, name)
        return (_article(body, facts, name),)
    return (_article(text, {}, name),)


def _text_of(source: Path | bytes, name: str) -> str:
    """Return the decoded text of a file; line ends and all else stay as they are."""
    try:
        size = source.stat().st_size if isinstance(source, Path) else len(source)
        if size > _MOST_BYTES:
            message = f"{name} is {size >> 20} MB; an article file may have {_MOST_BYTES >> 20} MB."
            raise FileRefusedError(message, code="too_large")
        data = source.read_bytes() if isinstance(source, Path) else source
    except OSError as fault:
        message = f"{name} cannot be read ({fault.strerror}); check that the file is there."
        raise FileRefusedError(message, code="unreadable") from fault
    text = data.decode(find_encoding(data, name=name), errors="replace")
    if not text.strip():
        message = f"{name} is empty; there is nothing to read."
        raise FileRefusedError(message, code="empty")
    return text


_HALF_LETTERS = re.compile("[\ud800-\udfff]")
"""Halves of a surrogate pair, which JSON can hold alone and no table can."""


def _article(text: str, facts: Mapping[str, Any], name: str) -> Article:
    text = _HALF_LETTERS.sub("\ufffd", text)  # one for one: the offsets stay
    if not text.strip():
        message = f"{name} holds no text of an article."
        raise FileRefusedError(message, code="empty")
    said = {field: _first(facts, keys) for field, keys in _KEYS.items()}
    return article_from_text(
        text,
        title=_words(said["title"]),
        publisher=_words(said["publisher"]),
        published=_day(said["published"]),
        url=_words(said["url"]),
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
    """Return the body of a Markdown file and the facts between its "---" lines."""
    lines = text.split("\n")
    if lines[0].strip().lstrip("\ufeff") != "---":
        return text, {}
    close = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if close is None:
        return text, {}
    try:
        facts = read_yaml("\n".join(lines[1:close]), "The front matter")
    except InputError as fault:
        message = f"{name}: the front matter above line {close + 1} is not YAML; quote its values."
        raise FileRefusedError(message, code="front_matter") from fault
    body = "\n".join(lines[close + 1 :])
    return body.lstrip("\r\n"), {str(k).lower(): v for k, v in facts.items()} if isinstance(
        facts, dict
    ) else {}


def _from_json(text: str, name: str, *, lines: bool) -> tuple[Article, ...]:
    records: list[Any] = []
    pieces = text.split("\n") if lines else [text]
    for number, piece in enumerate(pieces, 1):
        if not piece.strip():
            continue
        try:
            value = json.loads(piece.lstrip("\ufeff"))
        except (ValueError, RecursionError) as fault:
            where = f"line {number}" if lines else f"line {getattr(fault, 'lineno', 1)}"
            message = f"{name}, {where}: not JSON; give one object with a text in each line."
            raise FileRefusedError(message, code="not_json") from fault
        records.extend(value if isinstance(value, list) else [value])
    return tuple(_from_record(record, name, n) for n, record in enumerate(records, 1))


def _from_record(record: Any, name: str, number: int) -> Article:
    text = next(
        (
            record[key]
            for key in ("text", "body", "content", "maintext")
            if isinstance(record, dict) and isinstance(record.get(key), str)
        ),
        None,
    )
    if text is None or not text.strip():
        message = f'{name}, record {number}: no text; each record needs a "text".'
        raise FileRefusedError(message, code="no_text")
    return _article(text, {str(k).lower(): v for k, v in record.items()}, name)
