"""Articles from files of every kind that people keep texts in.

The text is kept to the letter: offsets into it stay true. Facts of the publication (day,
publisher, title) that a file does not state are read from the head of the text, or stay unknown.
What a file holds besides its texts is listed with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geomap.dates import find_publication_date
from geomap.errors import FileRefusedError, InputError
from geomap.limits import TableLimits
from geomap.model import Article, RowIssue
from geomap.readers.archives import bundled_files
from geomap.readers.article_keys import SUMMARY_KEYS, facts_of, text_of
from geomap.readers.article_metadata import article_from_text
from geomap.readers.article_table import read_article_table
from geomap.readers.documents import FileTexts, StatedText, left_out, read_document, without_markup
from geomap.readers.documents.feeds import is_json_feed, read_json_feed
from geomap.readers.sniff import OpenedFile, open_file
from geomap.readers.text_or_table import has_prose, is_article_table
from geomap.readers.web_pages import read_page
from geomap.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """The articles of a file, each text once, and a line for each part that is none."""

    articles: tuple[Article, ...]
    issues: tuple[RowIssue, ...] = ()


def read_articles(source: Path | bytes, *, name: str | None = None) -> tuple[Article, ...]:
    """Return the articles of a file, as `read_article_file` without the rest.

    Parameters
    ----------
    source, name
        As `read_article_file`.

    Raises
    ------
    FileRefusedError
        As `read_article_file`.
    """
    return read_article_file(source, name=name).articles


def read_article_file(source: Path | bytes, *, name: str | None = None) -> ArticleFile:
    """Return the articles of a file, and a line for each part of it that is none.

    Parameters
    ----------
    source
        Path of the file, or its bytes.
    name
        Its name for its owner; the path's own by default.

    Raises
    ------
    FileRefusedError
        When the file is empty, of a kind that is not read, too large, or holds no article.
    """
    name = name or (source.name if isinstance(source, Path) else "pasted.txt")
    file = open_file(source, name=name)
    if file.verdict.kinds == ("events",):
        raise _not_an_article(file)
    return read_opened_articles(file)


def read_opened_articles(file: OpenedFile, *, limits: TableLimits | None = None) -> ArticleFile:
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
    if file.form == "bundle":
        return _each_once(*_bundle(file, limits))
    if len(file.data) > limits.article_bytes:
        size = f"{len(file.data) / 1e6:,.1f} MB of articles"
        raise limits.refusal(file.name, "article_bytes", size)
    found = _texts(file, limits)
    texts = [one for one in found.texts if one.text.strip()]
    if not texts:
        raise _without_text(file.name, found.left)
    articles = [_article(one.text, one.facts, file.name) for one in texts]
    return _each_once(articles, found.left)


def _texts(file: OpenedFile, limits: TableLimits) -> FileTexts:
    if file.form == "json":
        return _from_records(file)
    if file.form == "html":
        return _from_page(file)
    if file.form == "text":
        if is_article_table(file.text):
            return read_article_table(
                file.data, file.encoding, name=file.name, sha256=file.sha256, limits=limits
            )
        return FileTexts((_front_matter(file.text, file.name),))
    if file.form in {"workbook", "parquet", "geopackage", "kml"}:
        raise _not_an_article(file)
    return read_document(file.data, file.form, name=file.name, limits=limits)


def _from_page(file: OpenedFile) -> FileTexts:
    page = read_page(file.text)
    if not has_prose(page.text):
        message = (
            f"{file.name} is a web page without the text of an article (a login page, or an "
            "expired download link?); download it again."
        )
        raise FileRefusedError(message, code="web_page")
    return FileTexts((StatedText(page.text, page.facts),))


def _bundle(file: OpenedFile, limits: TableLimits) -> tuple[list[Article], list[RowIssue]]:
    """Return the articles of the files in a zip; a file that holds none is listed."""
    articles, issues = list[Article](), list[RowIssue]()
    for number, (name, data) in enumerate(
        bundled_files(file.data, name=file.name, limits=limits), 1
    ):
        try:
            part = _part_of_bundle(open_file(data, name=name, limits=limits), limits)
        except FileRefusedError as fault:
            remedy = "Take it in by itself if it matters."
            issues.append(left_out(number, name, "attachment", str(fault), remedy))
            continue
        articles += [replace(one, file_name=f"{name} in {file.name}") for one in part.articles]
        issues += [replace(issue, reason=f"{name}: {issue.reason}") for issue in part.issues]
    if not articles:
        raise _without_text(file.name, issues)
    return articles, issues


def _part_of_bundle(file: OpenedFile, limits: TableLimits) -> ArticleFile:
    if file.form == "bundle" or file.verdict.kinds[:1] != ("articles",):
        message = f"{file.name} is an archive or a table."
        raise FileRefusedError(message, code="not_an_article")
    return read_opened_articles(file, limits=limits)


def _each_once(articles: Sequence[Article], issues: Sequence[RowIssue]) -> ArticleFile:
    """Return each text once; the others are listed: the id of an article is made of its text."""
    first: dict[str, int] = {}
    listed = list(issues)
    unique = []
    for number, article in enumerate(articles, 1):
        if article.article_id not in first:
            first[article.article_id] = number
            unique.append(article)
            continue
        reason = f"It has the same text as text {first[article.article_id]}, which was taken."
        what = article.title or article.text
        listed.append(left_out(number, what, "same_text", reason, "Nothing needs to be done."))
    return ArticleFile(tuple(unique), tuple(listed))


def _without_text(name: str, left: Sequence[RowIssue]) -> FileRefusedError:
    reason = f" {left[0].reason.rstrip('.')}" if left else ""
    message = f"{name} holds no text of an article{' (' + reason.strip() + ')' if reason else ''}."
    return FileRefusedError(message, code="no_text" if left else "empty")


def _not_an_article(file: OpenedFile) -> FileRefusedError:
    message = (
        f"{file.name} is a table of events, not an article; take it in on the page Add data, or "
        "with geomap ingest."
    )
    return FileRefusedError(message, code="no_text" if file.form == "json" else "not_an_article")


_CUT = re.compile(r"\[\+(\d+) chars\]\s*$")
"""How interfaces of news end a text that they cut."""

_HALF_LETTERS = re.compile("[\ud800-\udfff]")
"""Halves of a surrogate pair, which JSON can hold alone and no table can."""


def _article(text: str, facts: Mapping[str, Any], name: str) -> Article:
    text = _HALF_LETTERS.sub("\ufffd", text)  # one for one: the offsets stay
    stated = facts_of(facts)
    return article_from_text(
        text,
        title=_words(stated.get("title")),
        publisher=_words(stated.get("publisher")),
        published=_day(stated.get("published")),
        url=_words(stated.get("url")),
        file_name=name,
    )


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


def _front_matter(text: str, name: str) -> StatedText:
    """Return the body of a text and the facts between "---" lines at its head, if it has them."""
    lines = text.split("\n")
    rules = (place for place, line in enumerate(lines[1:], 1) if line.strip() == "---")
    close = next(rules, None) if lines[0].strip() == "---" else None
    if close is None:
        return StatedText(text)
    try:
        facts = read_yaml("\n".join(lines[1:close]), "The front matter")
    except InputError as fault:
        message = f"{name}: the front matter above line {close + 1} is not YAML; quote its values."
        raise FileRefusedError(message, code="front_matter") from fault
    if not isinstance(facts, dict):  # rules between paragraphs
        return StatedText(text)
    body = "\n".join(lines[close + 1 :])
    return StatedText(body.lstrip("\r\n"), {str(key): value for key, value in facts.items()})


def _from_records(file: OpenedFile) -> FileTexts:
    if file.records is None:
        code = "not_json" if "cannot be read" in file.verdict.reason else "no_text"
        message = f"{file.name} {file.verdict.reason}"
        raise FileRefusedError(message, code=code)
    records = file.records.records
    if len(records) == 1 and is_json_feed(records[0]):
        return read_json_feed(records[0], name=file.name)
    if not any(map(text_of, records)):
        message = f'{file.name}, record 1: no text; each record needs a "text".'
        raise FileRefusedError(message, code="no_text")
    texts, left = list[StatedText](), list[RowIssue]()
    for number, record in enumerate(records, 1):
        text = without_markup(text_of(record) or text_of(record, SUMMARY_KEYS))
        facts = facts_of(record)
        what = str(facts.get("title") or facts.get("url") or "record")
        if not text.strip():
            reason = "The record has no text."
            left.append(left_out(number, what, "no_text", reason, "Give it a text."))
            continue
        texts.append(StatedText(text, facts))
        if match := _CUT.search(text):
            reason = f"The interface gave the beginning of the text only ({match[1]} more signs)."
            left.append(left_out(number, what, "text_cut", reason, "Save the page of its link."))
    return FileTexts(tuple(texts), tuple(left))
