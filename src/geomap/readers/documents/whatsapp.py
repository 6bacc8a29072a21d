"""The messages of a chat that WhatsApp exported as text.

A message begins with a moment and its sender; lines without these belong to the message above.
The order of day and month is that of the phone: it is taken where the chat itself proves it,
else the days stay unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from geomap.limits import TableLimits
from geomap.model import RowIssue
from geomap.readers.documents.texts import FileTexts, StatedText, left_out
from geomap.readers.encodings import find_encoding

_DAY = r"(?P<a>\d{1,4})[./\-](?P<b>\d{1,2})[./\-](?P<c>\d{1,4})"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[\s\u202f\u00a0]*[AaPp]\.?[\s\u00a0]?[Mm]\.?)?"
_MARKS = "[\u200e\u200f\u202a-\u202e\ufeff]*"
_STAMP = re.compile(
    rf"{_MARKS}(?:\[{_DAY},?[\s\u202f]+{_TIME}\]|"
    + rf"{_DAY},?[\s\u202f]+{_TIME}[\s\u202f]+-)".replace("?P<a>", "?P<d>")
    .replace("?P<b>", "?P<e>")
    .replace("?P<c>", "?P<f>")
    + rf"[\s\u202f]*{_MARKS}(?P<rest>.*)",
    re.DOTALL,
)
_SENDER = re.compile(r"(?P<sender>[^:\n]{1,80}?):(?:\s|$)(?P<text>.*)", re.DOTALL)
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
_LEFT = re.compile(
    rf"{_MARKS}(?:<[^<>\n]{{4,60}}>|[^\n]{{1,200}}\((?:file attached)\)|"
    r"(?:image|video|audio|sticker|GIF|document|Contact card) omitted)\s*"
)  # fmt: skip
_ATTACHED = re.compile(r"^<[^<>\n]{4,60}>|^[^\n]{1,200}\(file attached\)")
_FIRST_LINES, _LEAST = 60, 3
_REMEDY = "Look at it in the chat."
_ORDERS = ("dmy", "mdy")


def is_whatsapp(start: str) -> bool:
    """Return whether a text begins like an export of WhatsApp: stamps and senders, line by line."""
    lines = [line for line in start.splitlines()[:_FIRST_LINES] if line.strip()]
    if not lines or not _STAMP.fullmatch(lines[0]):
        return False
    stamped = [match["rest"] for line in lines if (match := _STAMP.fullmatch(line))]
    senders = sum(_SENDER.fullmatch(rest) is not None for rest in stamped)
    return senders >= min(_LEAST, len(lines)) or (senders > 0 and len(stamped) == len(lines))


class _Message(NamedTuple):
    """A message: the three numbers of its day as they stand, and what follows the stamp."""

    day: tuple[int, int, int]
    rest: str


def read_whatsapp(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the messages of a chat: its sender the publisher, its first link the address.

    Parameters
    ----------
    data, name, limits
        The bytes of the file; its name in messages; what is refused as too large.
    """
    del limits
    text = data.decode(find_encoding(data, name=name), "replace").replace("\r\n", "\n")
    messages = list(_messages(text))
    order = _order([message.day for message in messages])
    texts, left = list[StatedText](), list[RowIssue]()
    for number, message in enumerate(messages, 1):
        match = _SENDER.fullmatch(message.rest)
        if match is None:
            reason = "A note of the program, not a message."
            left.append(left_out(number, message.rest.strip(), "no_text", reason, _REMEDY))
            continue
        body = match["text"].strip("\u200e\u200f\n ")
        if not body or _LEFT.fullmatch(body):
            reason = "The message has no text (a picture, a recording or another file)."
            left.append(left_out(number, body or "message", "no_text", reason, _REMEDY))
            continue
        if attached := _ATTACHED.match(body):
            reason = "It is attached to a message and was not read."
            left.append(left_out(number, attached[0], "attachment", reason, _REMEDY))
        link = _LINK.search(body)
        facts = {
            "publisher": match["sender"].strip(" ~\u200e\u202f\u00a0"),
            "published": _day(message.day, order),
            "url": link[0] if link else None,
        }
        texts.append(StatedText(body, facts))
    if order is None and messages:
        reason = "The chat does not prove which number is the day and which the month."
        remedy = "The days of its messages stay unknown: set them by hand where they matter."
        left.insert(0, left_out(1, "days", "chat_days", reason, remedy))
    return FileTexts(tuple(texts), tuple(left))


def _messages(text: str) -> Iterator[_Message]:
    day: tuple[int, int, int] | None = None
    lines: list[str] = []
    for line in text.split("\n"):
        match = _STAMP.fullmatch(line)
        if match is None:
            lines.append(line)
            continue
        if day is not None:
            yield _Message(day, "\n".join(lines))
        numbers = [int(match[key] or match[other]) for key, other in ("ad", "be", "cf")]
        day, lines = (numbers[0], numbers[1], numbers[2]), [match["rest"]]
    if day is not None:
        yield _Message(day, "\n".join(lines))


def _order(days: Sequence[tuple[int, int, int]]) -> str | None:
    """Return the only order by which every day exists and none lies before the one above."""
    fitting = []
    for order in _ORDERS:
        read = [_day(day, order) for day in days]
        whole = [day for day in read if day is not None]
        if len(whole) == len(read) and all(a <= b for a, b in pairwise(whole)):
            fitting.append((order, whole))
    if len(fitting) == 1:
        return fitting[0][0]
    if len(fitting) > 1 and fitting[0][1] == fitting[1][1]:
        return fitting[0][0]  # such as 3/3: both say the same
    # Messages may be out of order after a restore: then a number above twelve decides.
    firsts, seconds = {day[0] for day in days}, {day[1] for day in days}
    if not fitting and max(firsts, default=0) > 12 >= max(seconds, default=0):
        return "dmy"
    return "mdy" if not fitting and max(seconds, default=0) > 12 >= max(firsts, default=0) else None


def _day(numbers: tuple[int, int, int], order: str | None) -> date | None:
    a, b, c = numbers
    if a > 31:
        year, month, day = a, b, c
    elif order is None:
        return None
    else:
        year, (day, month) = c, (a, b) if order == "dmy" else (b, a)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
