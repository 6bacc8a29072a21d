"""Articles from files of every kind that people keep texts in.

The text is kept to the letter: offsets into it stay true. Facts of the publication (day,
publisher, title) that a file does not state are read from the head of the text, or stay unknown.
What a file holds besides its texts is listed with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geomap.dates import find_publication_date
from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.model import Article, RowIssue
from geomap.readers.archives import bundled_files, is_packed
from geomap.readers.article_keys import facts_of
from geomap.readers.article_metadata import article_from_text
from geomap.readers.article_texts import not_an_article, texts_of_files
from geomap.readers.documents import FileTexts, StatedText, document_form, left_out
from geomap.readers.sniff import OpenedFile, open_file
from geomap.typing import Progress, silent

_BATCH = 50_000_000
"""Bytes of the files of a zip that are read together."""


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
        raise not_an_article(file)
    return read_opened_articles(file)


def read_opened_articles(
    file: OpenedFile, *, limits: TableLimits | None = None, progress: Progress | None = None
) -> ArticleFile:
    """Return the articles of a file that was opened, whatever else it might hold.

    Parameters
    ----------
    file
        The file as `open_file` returns it.
    limits
        What is refused as too large; by default as the environment sets it.
    progress
        Called while another process reads the file; an exception of its own ends that.

    Raises
    ------
    FileRefusedError
        When it is too large, or holds no text.
    """
    limits = limits or TableLimits.from_environment()
    progress = progress or silent
    if file.form == "bundle":
        return _each_once(*_bundle(file, limits, progress))
    found = next(texts_of_files([file], limits, progress))
    read = found if isinstance(found, FileRefusedError) else _articles_of(found, file.name, limits)
    if isinstance(read, FileRefusedError):
        raise read
    return _each_once(read.articles, read.issues)


def _articles_of(
    found: FileTexts, name: str, limits: TableLimits
) -> ArticleFile | FileRefusedError:
    """Return the articles of a file; a text that is too long to be one is listed."""
    texts, issues = list[StatedText](), list(found.left)
    for number, one in enumerate(found.texts, 1):
        if len(one.text) <= limits.article_chars:
            texts += [one] if one.text.strip() else []
            continue
        refusal = limits.refusal(
            name, "article_chars", f"a text of {len(one.text):,} characters",
            remedy="cut it into its chapters",
        )  # fmt: skip
        if len(found.texts) == 1:
            return refusal
        what = str(one.facts.get("title") or one.text)
        remedy = "Cut it into its chapters."
        issues.append(left_out(number, what, "too_large", str(refusal), remedy))
    if not texts:
        return _without_text(name, issues)
    return ArticleFile(tuple(_article(one.text, one.facts, name) for one in texts), tuple(issues))


def _bundle(
    file: OpenedFile, limits: TableLimits, progress: Progress
) -> tuple[list[Article], list[RowIssue]]:
    """Return the articles of the files in a zip; a file that holds none is listed."""
    articles, issues = list[Article](), list[RowIssue]()
    number = 0
    for parts in _batches(bundled_files(file.data, name=file.name, limits=limits)):
        for (name, _), read in zip(parts, _read_parts(parts, limits, progress), strict=True):
            number += 1
            if isinstance(read, FileRefusedError):
                remedy = "Take it in by itself if it matters."
                issues.append(left_out(number, name, "attachment", str(read), remedy))
                continue
            articles += [replace(one, file_name=f"{name} in {file.name}") for one in read.articles]
            issues += [replace(issue, reason=f"{name}: {issue.reason}") for issue in read.issues]
    if not articles:
        raise _without_text(file.name, issues)
    return articles, issues


_Part = tuple[str, bytes | FileRefusedError]


def _read_parts(
    parts: Sequence[_Part], limits: TableLimits, progress: Progress
) -> Iterator[ArticleFile | FileRefusedError]:
    opened = [_opened_part(part, limits) for part in parts]
    usable = [one for one in opened if isinstance(one, OpenedFile)]
    answers = texts_of_files(usable, limits, progress)
    for one in opened:
        found = next(answers) if isinstance(one, OpenedFile) else one
        name = one.name if isinstance(one, OpenedFile) else ""
        yield found if isinstance(found, FileRefusedError) else _articles_of(found, name, limits)


def _batches(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    """Yield the files of a zip some at a time: not all are held unpacked at once."""
    batch, size = list[_Part](), 0
    for name, data in parts:
        batch.append((name, data))
        size += len(data) if isinstance(data, bytes) else 0
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _opened_part(part: _Part, limits: TableLimits) -> OpenedFile | FileRefusedError:
    name, data = part
    if isinstance(data, FileRefusedError):
        return data
    message = f"{name} is an archive or a table."
    refusal = FileRefusedError(message, code="not_an_article")
    if is_packed(data) and not document_form(data):
        return refusal
    try:
        file = open_file(data, name=name, limits=limits)
    except FileRefusedError as fault:
        return fault
    return file if file.verdict.kinds[:1] == ("articles",) else refusal


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
