"""Mail as it is saved (EML, mbox), and web pages saved as one file (MHT).

The subject, the sender and the day of sending are the title, the publisher and the day of the
article. Attachments are listed; a message that is attached is an article of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.model import RowIssue
from geomap.readers.documents.texts import FileTexts, StatedText, left_out
from geomap.readers.web_pages import read_page

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*\r?\n")
_TECHNICAL = frozenset({b"mime-version", b"message-id", b"received", b"return-path",
                        b"x-mailer", b"dkim-signature", b"delivered-to"})  # fmt: skip
_USUAL = frozenset({b"from", b"to", b"subject", b"date", b"content-type", b"cc", b"reply-to"})
_ENVELOPE = re.compile(rb"From \S+[^\r\n]*\d{4}[^\r\n]*\r?\n(?=[A-Za-z][\w-]*:)")
_NEXT = re.compile(rb"(?m)^From \S+[^\r\n]*\d{4}[^\r\n]*\r?\n(?=[A-Za-z][\w-]*:)")
_HEAD_FIELDS = 100
DEEPEST = 20
"""Levels of parts inside parts; mail that is forwarded again and again has under ten."""

MOST_PARTS = 2_000
"""Parts of one message."""

_FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


def begins_like_mail(data: bytes) -> bool:
    """Return whether some bytes begin with the fields of a message, by RFC 5322.

    Three fields that mail has, at least one of which only a program writes: an article whose
    head gives its date and source is no mail.
    """
    start = _ENVELOPE.match(data, 0, 2_000)
    at = start.end() if start else 0
    names = set()
    for _ in range(_HEAD_FIELDS):
        match = _FIELD.match(data, at, at + 20_000)
        if match is None:
            break
        names.add(match[1].lower())
        at = match.end()
    return bool(names & _TECHNICAL) and len(names & (_TECHNICAL | _USUAL)) > 2


def read_mail(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the texts of the messages in a file.

    Raises
    ------
    FileRefusedError
        When a message is nested too deep, has too many parts, or none can be read.
    """
    starts = [match.start() for match in _NEXT.finditer(data)] if _ENVELOPE.match(data) else [0]
    ends = [*starts[1:], len(data)]
    reader = _Reader(name, limits)
    for start, end in zip(starts, ends, strict=True):
        reader.read(_ENVELOPE.sub(b"", data[start:end], count=1))
    return FileTexts(tuple(reader.texts), tuple(reader.left))


class _Reader:
    """Gathers the texts of messages and what is attached to them."""

    def __init__(self, name: str, limits: TableLimits) -> None:
        self._name, self._limits = name, limits
        self._number = 0
        self.texts: list[StatedText] = []
        self.left: list[RowIssue] = []

    def read(self, data: bytes) -> None:
        """Take one message."""
        try:
            # policy.default gives text that is decoded, and EmailMessage as the class of parts.
            message: EmailMessage = message_from_bytes(data, policy=policy.default)
            self._take(message)
        except FileRefusedError:
            raise
        except _FAULTS as fault:
            words = f"{self._name} is mail that cannot be read; save the message again."
            raise FileRefusedError(words, code="broken_document") from fault

    def _take(self, message: EmailMessage) -> None:
        self._number += 1
        number = self._number
        if _is_saved_page(message):
            self._take_page(message, number)
            return
        parts = list(self._parts(message))
        body = _body(parts)
        text = _text(body) if body is not None else ""
        if text.strip():
            self.texts.append(StatedText(text, _facts(message)))
        else:
            reason = "The message has no text that can be read."
            subject = _field(message, "subject")
            self._leave(number, subject or "message", "no_text", reason)
        for part in parts:
            if part is body:
                continue
            if part.get_content_type() == "message/rfc822":
                self._take(part.get_payload(0))  # type: ignore[arg-type]
            elif part.is_attachment() or not _is_other_body(part):
                self._leave_attachment(number, part)

    def _parts(self, message: EmailMessage) -> Iterator[EmailMessage]:
        """Yield the parts that hold something, those of an attached message left inside it."""
        stack: list[tuple[Any, int]] = [(message, 0)]
        count = 0
        while stack:
            part, depth = stack.pop()
            count += 1
            if depth > DEEPEST or count > MOST_PARTS:
                words = (
                    f"{self._name} is mail with more than {DEEPEST} levels or {MOST_PARTS:,} parts "
                    "in one message; save its text."
                )
                raise FileRefusedError(words, code="too_large")
            if part.is_multipart() and part.get_content_type() != "message/rfc822":
                stack += [(inner, depth + 1) for inner in reversed(part.get_payload())]
            else:
                yield part

    def _take_page(self, message: EmailMessage, number: int) -> None:
        parts = list(self._parts(message))
        body = next((part for part in parts if part.get_content_subtype() in _PAGES), None)
        page = read_page(_decoded(body)) if body is not None else None
        if page is None or not page.text.strip():
            self._leave(number, "page", "no_text", "The saved page has no text.")
            return
        place = _field(message, "snapshot-content-location") or _field(body, "content-location")
        stated = {"title": _field(message, "subject"), "url": place}
        self.texts.append(StatedText(page.text, stated | page.facts))
        for part in parts:
            if part is not body:
                self._leave_attachment(number, part)

    def _leave_attachment(self, number: int, part: EmailMessage) -> None:
        what = part.get_filename() or _field(part, "content-location") or part.get_content_type()
        reason = f"It is attached ({part.get_content_type()}) and was not read."
        self._leave(number, " ".join(what.split()), "attachment", reason)

    def _leave(self, number: int, what: str, code: str, reason: str) -> None:
        remedy = "Save it as a file of its own to take it in."
        self.left.append(left_out(number, what, code, reason, remedy))


_PAGES = frozenset({"html", "xhtml+xml"})


def _is_saved_page(message: EmailMessage) -> bool:
    """Return whether a message is a page that a browser saved: nobody sent it."""
    sent = any(message.get(name) for name in ("received", "message-id", "to", "delivered-to"))
    related = message.get_content_type() in {"multipart/related", "text/html"}
    return related and not sent


def _body(parts: list[EmailMessage]) -> EmailMessage | None:
    """Return the part with the text: plain before HTML."""
    texts = [p for p in parts if p.get_content_maintype() == "text" and not p.is_attachment()]
    plain = [p for p in texts if p.get_content_subtype() == "plain" and _decoded(p).strip()]
    pages = [p for p in texts if p.get_content_subtype() == "html"]
    return next(iter([*plain, *pages]), None)


def _is_other_body(part: EmailMessage) -> bool:
    """Return whether a part is the same text in the other form."""
    return part.get_content_type() in {"text/html", "text/plain"} and part.get_filename() is None


def _text(part: EmailMessage) -> str:
    content = _decoded(part).replace("\r\n", "\n")
    return read_page(content).text if part.get_content_subtype() == "html" else content


def _decoded(part: EmailMessage | None) -> str:
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    stated = part.get_content_charset() or "utf-8"
    try:
        return data.decode(stated, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _facts(message: EmailMessage) -> dict[str, Any]:
    sender, address = parseaddr(_field(message, "from"))
    return {
        "title": _field(message, "subject"),
        "publisher": sender or address,
        "published": _moment(message),
        "url": _field(message, "archived-at").strip("<>"),
    }


def _moment(message: EmailMessage) -> datetime | None:
    moment = getattr(message.get("date"), "datetime", None)
    return moment if isinstance(moment, datetime) else None


def _field(part: EmailMessage | None, name: str) -> str:
    return " ".join(str((part.get(name) if part is not None else None) or "").split())
