"""What a file is, decided from its content alone: its name and ending decide nothing.

`open_file` unpacks a file and finds its form and what it holds: rows of events, or articles.
Where the content allows both, only its owner can decide. No other module judges a file.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from geomap.errors import FileRefusedError
from geomap.files.sha256 import sha256_of
from geomap.layouts import LayoutSpec
from geomap.limits import TableLimits
from geomap.readers import archives, columnar
from geomap.readers.article_keys import event_keys, text_keys, text_of
from geomap.readers.documents.document_forms import (
    DocumentForm,
    document_form,
    json_form,
    text_form,
)
from geomap.readers.documents.feeds import is_json_feed
from geomap.readers.encodings import find_encoding
from geomap.readers.json_document import (
    JsonObject,
    JsonRecords,
    begins_like_json,
    inner_records,
    json_records,
    json_values,
)
from geomap.readers.streams import unpack
from geomap.readers.text_or_table import (
    SAMPLE_CHARS,
    Verdict,
    begins_with_header,
    has_prose,
    judge_text,  # fmt: skip
)
from geomap.readers.unread_kinds import refuse_known_binary

Form = Literal[
    "workbook", "parquet", "geopackage", "kml", "json", "html", "text", "bundle", DocumentForm
]  # fmt: skip

_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_TAG = re.compile(r"<(?:!doctype\s+)?([a-z][\w.:-]*)", re.IGNORECASE)
_HTML = re.compile(
    r"html|head|body|title|meta|link|script|style|div|span|p|article|section|main|header|footer|nav"
    r"|h[1-6]|[biu]|em|strong|a|img|font|center|table|[uo]l|[bh]r|blockquote|pre",
    re.IGNORECASE,
)
_TELEGRAM = re.compile(r'"messages":\s*\[\s*\{\s*"id":\s*-?\d+,\s*"type":\s*"(?:message|service)"')
_KML = re.compile(r"<(?:[\w.-]+:)?kml\b", re.IGNORECASE)
_CONTAINER, _VALUE = 64, 32  # bytes that Python takes for a list or object, and for a value
_PROOF_ROWS, _PROOF_CHARS = 3, 160
_UNDECIDED = Verdict((), "")
_DOCUMENT = Verdict(("articles",), "It is a document, a feed, an archive of pages or a chat.")
_BUNDLE = Verdict(("articles",), "It is a zip archive of articles.")


@dataclass(frozen=True, slots=True, eq=False)
class OpenedFile:
    """A file as it was unpacked, its form, and what it holds.

    `name` is the file's own, `sha256` that of the file as it came; `data` are the bytes
    inside an archive, else its own. `encoding` is that of a text; `records` are those of a
    JSON. Where the verdict has two kinds only the owner of the file can decide.
    """

    name: str
    sha256: str
    data: bytes
    form: Form = "text"
    verdict: Verdict = _UNDECIDED
    encoding: str = ""
    records: JsonRecords | None = None

    @property
    def text(self) -> str:
        """The decoded text, without a byte order mark; what cannot be decoded is U+FFFD."""
        return self.data.decode(self.encoding, "replace").removeprefix("\ufeff")

    def refusal(self) -> FileRefusedError:
        """Return the refusal of a file that does not hold what is asked of it."""
        if self.verdict in (_DOCUMENT, _BUNDLE):
            message = f"{self.name} holds articles and no table of events; take it in as articles."
            return FileRefusedError(message, code="not_a_table")
        code = "not_a_table" if self.form == "json" else "unknown_format"
        return FileRefusedError(f"{self.name} {self.verdict.reason}", code=code)


def open_file(
    source: Path | bytes,
    *,
    name: str,
    limits: TableLimits | None = None,
    layouts: Sequence[LayoutSpec] = (),
) -> OpenedFile:
    """Return a file unpacked, with its form and what it holds.

    Parameters
    ----------
    source, name
        The file or its bytes; its name for its owner, in messages.
    limits
        What is refused as too large; by default as the environment sets it.
    layouts
        The user's own layouts, some of which describe files without a header.

    Raises
    ------
    FileRefusedError
        When it is empty, binary of a kind that is not read, too large, a broken archive or an
        archive of several tables, broken JSON or another XML.
    """
    limits = limits or TableLimits.from_environment()
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.bytes:
        raise limits.refusal(name, "bytes", f"{size / 1e6:,.1f} MB")
    data = source if isinstance(source, bytes) else source.read_bytes()
    if not data:
        message = f"{name} is empty (0 bytes); upload it again."
        raise FileRefusedError(message, code="empty")
    sha256 = sha256_of(data)
    if not archives.is_workbook(data) and not document_form(data):
        refuse_known_binary(data, name=name)
        if archives.is_bundle(data, judge_head):
            return OpenedFile(name, sha256, data, "bundle", _BUNDLE)
        data = unpack(data, name=name, limits=limits, judge=judge_head)
    file = OpenedFile(name, sha256, data)
    if known := document_form(data):
        return replace(file, form=known, verdict=_DOCUMENT)
    refuse_known_binary(data, name=name)
    if form := _binary_form(data):
        verdict = Verdict(("events",), "Its first bytes are those of a file of tables.")
        return replace(file, form=form, verdict=verdict)
    return _opened_text(replace(file, encoding=find_encoding(data, name=name)), layouts, limits)


def _binary_form(data: bytes) -> Form | None:
    if archives.is_workbook(data):
        return "workbook"
    if columnar.is_parquet(data):
        return "parquet"
    return "geopackage" if columnar.is_geopackage(data) else None


def judge_head(head: bytes) -> tuple[str, ...]:
    """Return the kinds that a file may hold, judged from its first bytes alone.

    Parameters
    ----------
    head
        The first `archives.HEAD` bytes of a file that lies beside others in an archive.
    """
    if document_form(head):
        return ("articles",)
    if archives.begins_like_workbook(head) or _binary_form(head):
        return ("events",)
    end = head.rfind(b"\n") + 1 if len(head) >= archives.HEAD else 0
    file = OpenedFile("", "", head[:end] if end else head)
    try:
        refuse_known_binary(head, name="")
        file = replace(file, encoding=find_encoding(file.data, name=""))
        if begins_like_json(file.text) and not text_form(file.text):
            return ("articles",) if _TELEGRAM.search(file.text[:5_000]) else ("events",)
        return _opened_text(file, (), TableLimits()).verdict.kinds
    except FileRefusedError:
        return ()


def _opened_text(
    file: OpenedFile, layouts: Sequence[LayoutSpec], limits: TableLimits
) -> OpenedFile:
    with io.TextIOWrapper(io.BytesIO(file.data), file.encoding, "replace", newline="") as stream:
        sample = stream.read(SAMPLE_CHARS)
    start = sample.removeprefix("\ufeff").lstrip().lstrip("\x1e")
    if not start:
        message = f"{file.name} is empty (only blanks); upload it again."
        raise FileRefusedError(message, code="empty")
    if known := text_form(start):
        return replace(file, form=known, verdict=_DOCUMENT)
    if begins_like_json(start):
        _check_json(file, limits)
        return _opened_json(replace(file, form="json"))
    form = _markup_form(start, file.name)
    if form == "kml":
        return replace(file, form=form, verdict=Verdict(("events",), "It is KML."))
    if form == "html":
        return replace(file, form=form, verdict=Verdict(("articles",), "It is a web page."))
    return replace(file, verdict=judge_text(sample, layouts))


def _markup_form(start: str, name: str) -> Form | None:
    """Return whether a text is KML or a web page; None when it has no tags at its start."""
    head = start[:5000]
    prolog = _PROLOG.match(head)
    tag = _TAG.match(head, prolog.end() if prolog else 0)
    if tag is None or begins_with_header(start):
        return None
    if _KML.search(head):
        return "kml"
    if _HTML.fullmatch(tag[1]) and ("<?xml" not in head or "<html" in head.lower()):
        return "html"
    message = f"{name} is an XML file of a kind that geomap does not read; export it as CSV."
    raise FileRefusedError(message, code="not_a_table")


def _check_json(file: OpenedFile, limits: TableLimits) -> None:
    """Refuse a JSON whose lists and objects would fill the memory, before they are made."""
    containers = file.data.count(b"[") + file.data.count(b"{")
    if containers * _CONTAINER + file.data.count(b",") * _VALUE > limits.reader_bytes:
        words = "more memory to be read"
        raise limits.refusal(
            file.name, "reader_bytes", words, verb="needs", remedy="save it as CSV or split it"
        )


def _opened_json(file: OpenedFile) -> OpenedFile:
    try:
        values = json_values(file.text)
        if len(values) == 1 and (known := json_form(values[0])):
            return replace(file, form=known, verdict=_DOCUMENT)
        document = json_records(values)
    except (ValueError, RecursionError) as fault:
        where = f" (line {fault.lineno})" if isinstance(fault, json.JSONDecodeError) else ""
        reason = f"begins like JSON but cannot be read{where}; export it again."
        return replace(file, verdict=Verdict((), reason))
    if document is not None and not document.is_listed:
        if is_json_feed(document.records[0]):
            return replace(file, records=document, verdict=_DOCUMENT)
        document = _unwrapped(document.records[0])
    if document is None:
        reason = "is JSON but holds no features, records or texts; export it as GeoJSON or CSV."
        return replace(file, verdict=Verdict((), reason))
    if not document.records:
        message = f"{file.name} holds no features; export it again."
        raise FileRefusedError(message, code="empty")
    return replace(file, records=document, verdict=_judge_records(document))


def _unwrapped(record: JsonObject) -> JsonRecords | None:
    """Return the list of records inside an object, or the object itself as the only record."""
    if not has_prose(text_of(record)):
        inner = inner_records(record)
        if inner is not None:
            return json_records([inner])
    known = text_keys([record]) or event_keys(record)
    return JsonRecords([record]) if known else None


def _judge_records(document: JsonRecords) -> Verdict:
    """Return articles only for records with a text and no column of an event's place or id."""
    texts = text_keys(document.records)
    columns = event_keys(dict.fromkeys(key for record in document.records for key in record))
    if document.are_features or not texts:
        return Verdict(("events",), "It is GeoJSON." if document.are_features else "It is JSON.")
    if not columns:
        return Verdict(("articles",), "Its records have a text, and no place or id of an event.")
    listed = ", ".join(repr(column) for column in columns[:6])
    reason = f"Its records have a text ({texts[0]!r}) and columns of events ({listed})."
    rows = (" | ".join(map(str, record.values())) for record in document.records[:_PROOF_ROWS])
    return Verdict(("events", "articles"), reason, tuple(row[:_PROOF_CHARS] for row in rows))
