"""The messages of a chat that Telegram exported, as `result.json` or as `messages.html`.

One message is one article: its sender is the publisher, its day the day, its first link the
address. Messages without text (photos, stickers, calls, members who join) are listed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.model import RowIssue
from geomap.readers.documents.texts import FileTexts, StatedText, left_out

_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_REMEDY = "Look at it in the chat."
_BREAKS = frozenset({"br", "p", "div", "blockquote", "pre"})
_VOID = frozenset({"br", "img", "hr", "meta", "link", "input", "source", "wbr"})


def is_telegram(document: object) -> bool:
    """Return whether an object of JSON is a chat, or all chats, that Telegram exported."""
    return any(True for _ in _chats(document))


def _chats(document: object) -> Iterator[Mapping[str, Any]]:
    if not isinstance(document, dict):
        return
    chats = document.get("chats")
    listed = chats.get("list") if isinstance(chats, dict) else [document]
    for chat in listed if isinstance(listed, list) else []:
        messages = chat.get("messages") if isinstance(chat, dict) else None
        if isinstance(messages, list) and any(map(_is_message, messages)):
            yield chat


def _is_message(value: object) -> bool:
    return isinstance(value, dict) and value.get("type") in {"message", "service"} and (
        "date" in value and "id" in value
    )  # fmt: skip


def read_telegram_json(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the messages of `result.json`.

    Raises
    ------
    FileRefusedError
        When it is no such file.
    """
    del limits
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as fault:
        message = f"{name} begins like JSON but cannot be read; export the chat again."
        raise FileRefusedError(message, code="not_json") from fault
    texts, left, number = list[StatedText](), list[RowIssue](), 0
    for chat in _chats(document):
        for message in chat["messages"]:
            number += 1
            if not isinstance(message, dict):
                left.append(left_out(number, "?", "no_text", "It is no message.", _REMEDY))
                continue
            stated = _stated(message, chat)
            if stated.text.strip():
                texts.append(stated)
            if (not stated.text.strip()) or _medium(message):
                left.append(_left_of(message, number, has_text=bool(stated.text.strip())))
    return FileTexts(tuple(texts), tuple(left))


def _stated(message: Mapping[str, Any], chat: Mapping[str, Any]) -> StatedText:
    parts = message.get("text")
    pieces = parts if isinstance(parts, list) else [parts]
    text = "".join(
        piece if isinstance(piece, str) else str(piece.get("text") or "")
        for piece in pieces
        if isinstance(piece, str | dict)
    )
    hidden = [p.get("href") for p in pieces if isinstance(p, dict) and p.get("href")]
    written = _LINK.search(text)
    facts = {
        "publisher": message.get("from") or message.get("actor") or chat.get("name"),
        "published": message.get("date"),
        "url": written[0] if written else (hidden[0] if hidden else None),
    }
    return StatedText(text, facts)


def _medium(message: Mapping[str, Any]) -> str:
    """Return what a message carries besides its text, "" for nothing."""
    if message.get("photo"):
        return "photo"
    if message.get("file") or message.get("media_type"):
        return str(message.get("file_name") or message.get("media_type") or "file")
    kinds = ("poll", "location_information", "contact_information", "game_title")
    return next((kind for kind in kinds if message.get(kind)), "")


def _left_of(message: Mapping[str, Any], number: int, *, has_text: bool) -> RowIssue:
    if has_text:
        reason = "It is attached to a message and was not read."
        return left_out(number, _medium(message), "attachment", reason, _REMEDY)
    what = _medium(message) or str(message.get("action") or message.get("type") or "message")
    return left_out(number, what, "no_text", "The message has no text.", _REMEDY)


def is_telegram_page(start: str) -> bool:
    """Return whether a web page is one of those that Telegram exports a chat to."""
    return 'class="page_wrap"' in start and 'class="history"' in start


def read_telegram_page(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the messages of `messages.html`.

    Parameters
    ----------
    data, name, limits
        The bytes of the file; its name in messages; what is refused as too large.
    """
    del name, limits
    parser = _Chat()
    parser.feed(data.decode("utf-8", "replace"))
    parser.close()
    texts, left = list[StatedText](), list[RowIssue]()
    sender = ""
    for number, message in enumerate(parser.messages, 1):
        words = {key: "".join(parts).strip() for key, parts in message.items()}
        sender = " ".join(words.get("from_name", "").split()) or sender
        text = "\n".join(line.strip() for line in words.get("text", "").split("\n")).strip()
        medium = " ".join(words.get("media", "").split()) or "media"
        if text and words.get("kind") != "service":
            day = _DAY.match(words.get("date", ""))
            link = words.get("link") or ((m := _LINK.search(text)) and m[0]) or None
            published = f"{day[3]}-{day[2]}-{day[1]}" if day else None
            facts = {"publisher": sender or parser.title, "published": published, "url": link}
            texts.append(StatedText(text, facts))
            if "media" in words:
                reason = "It is attached to a message and was not read."
                left.append(left_out(number, medium, "attachment", reason, _REMEDY))
        else:
            what = "service message" if words.get("kind") == "service" else medium
            left.append(left_out(number, what, "no_text", "The message has no text.", _REMEDY))
    return FileTexts(tuple(texts), tuple(left))


class _Chat(HTMLParser):
    """Collects the parts of each message by the classes of their elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.messages: list[dict[str, list[str]]] = []
        self.title = ""
        self._parts: list[str] = []  # which part each open element belongs to

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        classes = values.get("class", "").split()
        inside = self._parts[-1] if self._parts else ""
        part = inside
        if "message" in classes:
            self.messages.append({"kind": ["service" if "service" in classes else "message"]})
            part = "body"
        elif inside == "body" and self.messages:
            part = self._part_of(classes, values)
        elif inside == "text":
            if tag == "a" and _LINK.fullmatch(values.get("href", "")):
                self.messages[-1].setdefault("link", [values["href"]])
            if tag in _BREAKS:
                self._put("\n", "text")
        elif not self.messages and "bold" in classes and not self.title:
            part = "title"
        if tag not in _VOID:
            self._parts.append(part)

    def _part_of(self, classes: list[str], values: Mapping[str, str]) -> str:
        if "date" in classes:
            self.messages[-1].setdefault("date", [values.get("title", "")])
            return "silent"
        if "from_name" in classes:
            return "from_name"
        if "text" in classes:
            return "text"
        if "media_wrap" in classes:
            return "media"
        silent = {"reply_to", "userpic_wrap", "reactions", "signature", "details"}
        return "silent" if silent & set(classes) else "body"

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._parts:
            self._parts.pop()

    def handle_data(self, data: str) -> None:
        part = self._parts[-1] if self._parts else ""
        if part == "title":
            self.title += data.strip()
        elif part in {"from_name", "text", "media"}:
            self._put(data if part != "text" else data.strip("\n"), part)

    def _put(self, text: str, part: str) -> None:
        if self.messages:
            self.messages[-1].setdefault(part, []).append(text)
