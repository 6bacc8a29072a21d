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
from geomap.layouts import LayoutSpec, plain_spec
from geomap.layouts.fields import fold
from geomap.limits import TableLimits
from geomap.readers import archives, columnar
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

Form = Literal["workbook", "parquet", "geopackage", "kml", "json", "html", "text"]

TEXT_KEYS = ("text", "body", "content", "maintext")
"""Keys under which a JSON record holds the text of an article."""
ARTICLE_KEYS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "site", "domain"),
    "url": ("url", "link", "source_url"),
    "published": (
        *("published", "date", "publication_date", "published_at", "publishedat", "pubdate"),
        *("datepublished", "date_published", "published_date", "published_time", "pub_date"),
    ),
}
"""Keys of what a record, front matter or a page states about an article, by field."""

_PLACE_FIELDS = ("latitude", "longitude", "coordinates", "geometry", "place_name", "admin1",
                 "admin2", "country")  # fmt: skip
_EVENT_ID = re.compile(r"(?:global)?(?:event|incident|crime|case)(?:id\w*|number|no)")
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_TAG = re.compile(r"<(?:!doctype\s+)?([a-z][\w.:-]*)", re.IGNORECASE)
_HTML = re.compile(
    r"html|head|body|title|meta|link|script|style|div|span|p|article|section|main|header|footer|nav"
    r"|h[1-6]|[biu]|em|strong|a|img|font|center|table|[uo]l|[bh]r|blockquote|pre",
    re.IGNORECASE,
)
_KML = re.compile(r"<(?:[\w.-]+:)?kml\b", re.IGNORECASE)
_PROOF_ROWS, _PROOF_CHARS = 3, 160
_UNDECIDED = Verdict((), "")


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
        """Return the refusal of a file that holds neither events nor articles."""
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
    if not archives.is_workbook(data):
        data = unpack(data, name=name, limits=limits, judge=judge_head)
    file = OpenedFile(name, sha256, data)
    if form := _binary_form(data):
        verdict = Verdict(("events",), "Its first bytes are those of a file of tables.")
        return replace(file, form=form, verdict=verdict)
    archives.refuse_known_binary(data, name=name)
    return _opened_text(replace(file, encoding=find_encoding(data, name=name)), layouts)


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
    if archives.begins_like_workbook(head) or _binary_form(head):
        return ("events",)
    end = head.rfind(b"\n") + 1 if len(head) >= archives.HEAD else 0
    file = OpenedFile("", "", head[:end] if end else head)
    try:
        archives.refuse_known_binary(head, name="")
        file = replace(file, encoding=find_encoding(file.data, name=""))
        return ("events",) if begins_like_json(file.text) else _opened_text(file, ()).verdict.kinds
    except FileRefusedError:
        return ()


def _opened_text(file: OpenedFile, layouts: Sequence[LayoutSpec]) -> OpenedFile:
    with io.TextIOWrapper(io.BytesIO(file.data), file.encoding, "replace", newline="") as stream:
        sample = stream.read(SAMPLE_CHARS)
    start = sample.removeprefix("\ufeff").lstrip().lstrip("\x1e")
    if not start:
        message = f"{file.name} is empty (only blanks); upload it again."
        raise FileRefusedError(message, code="empty")
    if begins_like_json(start):
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


def _opened_json(file: OpenedFile) -> OpenedFile:
    try:
        document = json_records(json_values(file.text))
    except (ValueError, RecursionError) as fault:
        where = f" (line {fault.lineno})" if isinstance(fault, json.JSONDecodeError) else ""
        reason = f"begins like JSON but cannot be read{where}; export it again."
        return replace(file, verdict=Verdict((), reason))
    if document is not None and not document.is_listed:
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
    if not any(has_prose(str(record.get(key) or "")) for key in TEXT_KEYS):
        inner = inner_records(record)
        if inner is not None:
            return json_records([inner])
    known = _text_keys([record]) or _event_keys([record])
    return JsonRecords([record]) if known else None


def _judge_records(document: JsonRecords) -> Verdict:
    """Return articles only for records with a text and no column of an event's place or id."""
    texts, columns = _text_keys(document.records), _event_keys(document.records)
    if document.are_features or not texts:
        return Verdict(("events",), "It is GeoJSON." if document.are_features else "It is JSON.")
    if not columns:
        return Verdict(("articles",), "Its records have a text, and no place or id of an event.")
    listed = ", ".join(repr(column) for column in columns[:6])
    reason = f"Its records have a text ({texts[0]!r}) and columns of events ({listed})."
    rows = (" | ".join(map(str, record.values())) for record in document.records[:_PROOF_ROWS])
    return Verdict(("events", "articles"), reason, tuple(row[:_PROOF_CHARS] for row in rows))


def _text_keys(records: Sequence[JsonObject]) -> list[str]:
    texts = ((key, record.get(key)) for record in records for key in TEXT_KEYS)
    return list(dict.fromkeys(key for key, text in texts if isinstance(text, str) and text.strip()))


def _event_keys(records: Sequence[JsonObject]) -> list[str]:
    """Return the keys of records that name a place, coordinates or the id of an event."""
    fields = plain_spec().fields
    places = {name for field in _PLACE_FIELDS for name in fields[field]}
    places -= {name for names in ARTICLE_KEYS.values() for name in map(fold, names)}
    keys = dict.fromkeys(key for record in records for key in record)
    return [key for key in keys if (name := fold(key)) in places or _EVENT_ID.fullmatch(name)]
