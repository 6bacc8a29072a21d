"""The texts of a file that was opened, whatever its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geomap.errors import FileRefusedError, InputError
from geomap.limits import TableLimits
from geomap.model import RowIssue
from geomap.readers.article_keys import SUMMARY_KEYS, facts_of, text_of
from geomap.readers.article_table import read_article_table
from geomap.readers.confined_documents import read_confined_documents
from geomap.readers.documents import (
    DOCUMENT_FORMS,
    FileTexts,
    StatedText,
    is_risky,
    left_out,
    read_document,
    without_markup,
)
from geomap.readers.documents.feeds import is_json_feed, read_json_feed
from geomap.readers.sniff import OpenedFile
from geomap.readers.text_or_table import is_article_table
from geomap.typing import Progress
from geomap.yaml_text import read_yaml

_CUT = re.compile(r"\[\+(\d+) chars\]\s*$")
"""How interfaces of news end a text that they cut."""


def texts_of_files(
    files: Sequence[OpenedFile], limits: TableLimits, progress: Progress
) -> Iterator[FileTexts | FileRefusedError]:
    """Yield the texts of each file, or why it is refused, in their order.

    Parameters
    ----------
    files, limits
        Files that `open_file` returned, no archive of several; what is refused as too large.
    progress
        Called while another process reads some of them; an exception of its own ends that.

    Raises
    ------
    FileRefusedError
        As `read_confined_documents`.
    """
    small = [one for one in files if len(one.data) <= limits.article_bytes]
    risky = [one for one in small if is_risky(one.data, one.form)]
    answers = iter(read_confined_documents(risky, limits, progress) if risky else ())
    for file in files:
        try:
            if len(file.data) > limits.article_bytes:
                size = f"{len(file.data) / 1e6:,.1f} MB of articles"
                yield limits.refusal(file.name, "article_bytes", size)
            else:
                yield next(answers) if is_risky(file.data, file.form) else _texts(file, limits)
        except FileRefusedError as refusal:
            yield refusal


def _texts(file: OpenedFile, limits: TableLimits) -> FileTexts:
    if file.form == "json":
        return _from_records(file)
    if file.form == "text":
        if is_article_table(file.text):
            return read_article_table(
                file.data, file.encoding, name=file.name, sha256=file.sha256, limits=limits
            )
        return FileTexts((_front_matter(file.text, file.name),))
    if file.form in DOCUMENT_FORMS:
        return read_document(file.data, file.form, name=file.name, limits=limits)
    raise not_an_article(file)


def not_an_article(file: OpenedFile) -> FileRefusedError:
    """Return the refusal of a table where articles are read."""
    message = (
        f"{file.name} is a table of events, not an article; take it in on the page Add data, or "
        "with geomap ingest."
    )
    return FileRefusedError(message, code="no_text" if file.form == "json" else "not_an_article")


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
