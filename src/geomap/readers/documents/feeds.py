"""The items of a news feed: RSS of all versions, Atom, JSON Feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.readers.documents.texts import FileTexts, StatedText, left_out, without_tags
from geomap.readers.documents.xml_parts import XmlEvents, parse_xml
from geomap.readers.web_pages import plain_text

_ITEMS = frozenset({"item", "entry"})
_TEXTS = ("encoded", "content", "description", "summary")
"""The elements with the text of an item, the fullest first."""

_DAYS = ("pubDate", "published", "date", "issued", "updated", "modified")
_KNOWN = frozenset([*_TEXTS, *_DAYS, "title", "link", "guid", "id"])


def read_feed(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the items of an RSS or Atom feed; items without a text or title are listed.

    Raises
    ------
    FileRefusedError
        When it is not well formed, declares entities, or holds no item.
    """
    del limits  # the file is no larger than `article_bytes`, and its texts are smaller

    def refuse(words: str) -> FileRefusedError:
        message = f"{name} is a feed that {words}; download it again."
        return FileRefusedError(message, code="broken_document")

    feed = _Feed()
    parse_xml(data, feed, refuse)
    return _texts_of([_item(item, feed.own) for item in feed.items], name)


def read_json_feed(document: Mapping[str, Any], *, name: str) -> FileTexts:
    """Return the items of a JSON Feed (version 1 or 1.1).

    Parameters
    ----------
    document, name
        The object that the file holds; its name in messages.

    Raises
    ------
    FileRefusedError
        When it holds no item.
    """
    items = [item for item in document.get("items", ()) if isinstance(item, dict)]
    texts = []
    for item in items:
        html = item.get("content_html")
        body = item.get("content_text") or (plain_text(html)[0] if isinstance(html, str) else "")
        facts = {
            "title": item.get("title"),
            "publisher": document.get("title"),
            "url": item.get("url") or item.get("external_url") or item.get("id"),
            "published": item.get("date_published") or item.get("date_modified"),
        }
        summary = item.get("summary") or item.get("title") or ""
        texts.append(StatedText(_words(body) or _words(summary), facts))
    return _texts_of(texts, name)


def is_json_feed(document: object) -> bool:
    """Return whether an object of JSON says that it is a JSON Feed."""
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return False
    return "jsonfeed.org/version" in str(document.get("version") or "")


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts_of(texts: list[StatedText], name: str) -> FileTexts:
    if not texts:
        message = f"{name} is a feed without items; download it again."
        raise FileRefusedError(message, code="empty")
    reason = "The item has neither a text nor a title."
    left = [
        left_out(number, str(text.facts.get("url") or "item"), "no_text", reason, "Open its link.")
        for number, text in enumerate(texts, 1)
        if not text.text.strip()
    ]
    return FileTexts(tuple(text for text in texts if text.text.strip()), tuple(left))


def _item(item: Mapping[str, str], feed: Mapping[str, str]) -> StatedText:
    title = plain_text(item.get("title", ""))[0]
    body = next((text for key in _TEXTS if (text := item.get(key, "").strip())), "")
    link = item.get("link") or item.get("guid") or item.get("id") or ""
    facts = {
        "title": title,
        "publisher": plain_text(feed.get("title", ""))[0],
        "url": link.strip() if link.strip().startswith(("http://", "https://")) else None,
        "published": next((day for key in _DAYS if (day := item.get(key, "").strip())), None),
    }
    return StatedText(without_tags(body).strip() or title, facts)


class _Feed(XmlEvents):
    """Collects the items, and what the feed says of itself."""

    def __init__(self) -> None:
        self.items: list[dict[str, str]] = []
        self.own: dict[str, str] = {}
        self._path: list[str] = []
        self._text: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if name in _ITEMS:
            self.items.append({})
        fields = self._fields()
        if self._is_field() and name in _KNOWN:
            self._text = []
            if name == "link" and attributes.get("rel", "alternate") == "alternate":
                fields.setdefault("link", attributes.get("href", ""))
        elif name in {"div", "p", "br", "li", "h1", "h2", "h3"} and self._text:
            self._text.append("\n")  # Atom may hold its text as XHTML

    def finish(self, name: str) -> None:
        if self._is_field() and name in _KNOWN:
            fields = self._fields()
            fields[name] = fields.get(name) or "".join(self._text)
        self._path.pop()

    def take(self, text: str) -> None:
        self._text.append(text)

    def _is_field(self) -> bool:
        """Return whether the element stands directly in an item or in the feed itself."""
        above = self._path[-2] if len(self._path) > 1 else ""
        return above in _ITEMS or above in {"channel", "feed"}

    def _fields(self) -> dict[str, str]:
        inside = any(name in _ITEMS for name in self._path)
        return self.items[-1] if inside and self.items else self.own
