"""Articles from files: text, Markdown with front matter, HTML, JSON and JSON Lines.

The text is kept to the letter: offsets into it stay true. Facts of the publication (day,
publisher, title) that a file does not state are read from the head of the text, or stay unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geomap.dates import find_publication_date
from geomap.errors import FileRefusedError, InputError
from geomap.limits import TableLimits
from geomap.model import Article
from geomap.readers.article_metadata import article_from_text
from geomap.readers.json_document import JsonObject
from geomap.readers.sniff import ARTICLE_KEYS, TEXT_KEYS, OpenedFile, open_file
from geomap.readers.text_or_table import has_prose
from geomap.readers.web_pages import read_page
from geomap.yaml_text import read_yaml


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
        facts = read_yaml("\n".join(lines[1:close]), "The front matter")
    except InputError as fault:
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
