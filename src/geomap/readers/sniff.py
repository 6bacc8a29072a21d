"""What a file is, decided from its content alone: its name and ending decide nothing.

`open_file` unpacks a file and finds its form and what it holds: rows of events, or articles.
Where the content allows both, only its owner can tell. It is the one place that decides this.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from geomap.errors import FileRefusedError
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
from geomap.readers.text_or_table import SAMPLE_CHARS, Holds, has_prose, what_text_holds

Form = Literal["workbook", "parquet", "geopackage", "kml", "json", "html", "text"]

TEXT_KEYS = ("text", "body", "content", "maintext")
"""Keys under which a JSON record holds the text of an article."""
ARTICLE_KEYS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "site", "domain"),
    "url": ("url", "link", "source_url"),
    "published": ("published", "date", "publication_date", "published_at", "pubdate"),
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


@dataclass(frozen=True, slots=True, eq=False)
class OpenedFile:
    """A file as it was unpacked, its form, and what it holds.

    `name` is the file's own, `sha256` that of the file as it came; `data` are the bytes
    inside an archive, else its own. `holds` names "events" or "articles"; both, the likelier
    first, where the content cannot tell; `reason` says why and `proof` shows lines of it.
    `encoding` is that of a text; `records` are those of a JSON.
    """

    name: str
    sha256: str
    data: bytes
    form: Form
    holds: Holds
    reason: str
    proof: tuple[str, ...] = ()
    encoding: str = ""
    records: JsonRecords | None = None

    @property
    def text(self) -> str:
        """The decoded text, without a byte order mark; what cannot be decoded is U+FFFD."""
        return self.data.decode(self.encoding, "replace").removeprefix("\ufeff")

    def refusal(self) -> FileRefusedError:
        """Return the refusal of a file that holds neither events nor articles."""
        code = "not_a_table" if self.form == "json" else "unknown_format"
        return FileRefusedError(f"{self.name} {self.reason}", code=code)


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
        The file or its bytes; the name under which its owner knows it.
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
    sha256 = hashlib.sha256(data).hexdigest()
    if not archives.is_workbook(data):
        data = unpack(data, name=name, limits=limits, judge=judge_head)
    if form := _binary_form(data):
        reason = "Its first bytes are those of a file of tables."
        return OpenedFile(name, sha256, data, form, ("events",), reason)
    archives.refuse_known_binary(data, name=name)
    encoding = find_encoding(data, name=name)
    return _opened_text(OpenedFile(name, sha256, data, "text", (), "", (), encoding), layouts)


def _binary_form(data: bytes) -> Form | None:
    if archives.is_workbook(data):
        return "workbook"
    if columnar.is_parquet(data):
        return "parquet"
    return "geopackage" if columnar.is_geopackage(data) else None


def judge_head(head: bytes) -> Holds:
    """Return what a file may hold, judged from its first bytes alone.

    Parameters
    ----------
    head
        The first `archives.HEAD` bytes of a file that lies beside others in an archive.
    """
    if archives.begins_like_workbook(head) or _binary_form(head):
        return ("events",)
    end = head.rfind(b"\n") + 1 if len(head) >= archives.HEAD else 0
    try:
        file = OpenedFile("", "", head[:end] if end else head, "text", (), "")
        archives.refuse_known_binary(file.data, name="")
        file = replace(file, encoding=find_encoding(file.data, name=""))
        if begins_like_json(file.text):
            return ("events",)
        return _opened_text(file, ()).holds
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
        return _opened_json(file)
    form = _markup_form(start, file.name)
    if form == "kml":
        return replace(file, form=form, holds=("events",), reason="It is KML.")
    if form == "html":
        return replace(file, form=form, holds=("articles",), reason="It is a web page.")
    return replace(file, **what_text_holds(sample, layouts))


def _markup_form(start: str, name: str) -> Form | None:
    """Return whether a text is KML or a web page; None when it has no tags at its start."""
    head = start[:5000]
    prolog = _PROLOG.match(head)
    tag = _TAG.match(head, prolog.end() if prolog else 0)
    if tag is None:
        return None
    if _KML.search(head):
        return "kml"
    if _HTML.fullmatch(tag[1]) and ("<?xml" not in head or "<html" in head.lower()):
        return "html"
    message = f"{name} is an XML file of a kind that geomap does not read; export it as CSV."
    raise FileRefusedError(message, code="not_a_table")


def _opened_json(file: OpenedFile) -> OpenedFile:
    try:
        found = json_records(json_values(file.text))
    except (ValueError, RecursionError) as fault:
        where = f" (line {fault.lineno})" if isinstance(fault, json.JSONDecodeError) else ""
        reason = f"begins like JSON but cannot be read{where}; export it again."
        return replace(file, form="json", reason=reason)
    if found is not None and not found.is_listed:
        found = _unwrapped(found.records[0])
    if found is None:
        reason = "is JSON but holds no features, records or texts; export it as GeoJSON or CSV."
        return replace(file, form="json", reason=reason)
    if not found.records:
        message = f"{file.name} holds no features; export it again."
        raise FileRefusedError(message, code="empty")
    return replace(file, form="json", records=found, **_what_records_hold(found))


def _unwrapped(record: JsonObject) -> JsonRecords | None:
    """Return the list of records inside an object, or the object itself as the only record."""
    if not any(has_prose(str(record.get(key) or "")) for key in TEXT_KEYS):
        inner = inner_records(record)
        if inner is not None:
            return json_records([inner])
    known = _text_keys([record]) or _event_keys([record])
    return JsonRecords([record]) if known else None


def _what_records_hold(found: JsonRecords) -> dict[str, Any]:
    """Return what records hold: articles only with a text and no column of an event's place or id.

    The result has the fields `holds`, `reason` and `proof` of an `OpenedFile`.
    """
    if found.are_features:
        return {"holds": ("events",), "reason": "It is GeoJSON."}
    texts = _text_keys(found.records)
    if not texts:
        return {"holds": ("events",), "reason": "It is JSON with records."}
    columns = _event_keys(found.records)
    if not columns:
        return {"holds": ("articles",), "reason": "Its records have a text, and no place or id."}
    listed = ", ".join(repr(column) for column in columns[:6])
    reason = f"Its records have a text ({texts[0]!r}) and columns of events ({listed})."
    rows = (" | ".join(map(str, record.values())) for record in found.records[:_PROOF_ROWS])
    return {"holds": ("events", "articles"), "reason": reason,
            "proof": tuple(row[:_PROOF_CHARS] for row in rows)}  # fmt: skip


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
