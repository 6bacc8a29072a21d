"""The text of an article in an HTML page, and what its head says of it.

Only text is taken: scripts, styles, menus and forms are left out and nothing is run or
fetched. Paragraphs become lines with an empty line between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SILENT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "iframe",
    }
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "blockquote",
        "br",
        "hr",
    }
)
_VOID = frozenset(
    {
        "br",
        "hr",
        "img",
        "meta",
        "link",
        "input",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
    }
)
_META = {
    "og:title": "title",
    "og:site_name": "publisher",
    "og:url": "url",
    "article:published_time": "published",
    "date": "published",
    "pubdate": "published",
    "datepublished": "published",
}


@dataclass(frozen=True)
class Page:
    """The text of a page and the facts of its head (title, publisher, url, published)."""

    text: str
    facts: dict[str, str] = field(default_factory=dict)


def read_page(html: str) -> Page:
    """Return the article's text: that of <article> or <main> where there is one, else all."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    chosen = reader.inner if len("".join(reader.inner).split()) > 20 else reader.outer
    lines = (" ".join(line.split()) for line in "".join(chosen).split("\n"))
    text = re.sub(r"\n{2,}", "\n\n", "\n\n".join(line for line in lines if line))
    if (title := " ".join(reader.title.split())) and "title" not in reader.facts:
        reader.facts["title"] = title
    return Page(text, reader.facts)


class _Reader(HTMLParser):
    """Collects the text outside silent elements, apart for what lies within an article."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts: dict[str, str] = {}
        self.title = ""
        self.inner: list[str] = []
        self.outer: list[str] = []
        self._silent: list[str] = []
        self._articles = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where silence, an article or a paragraph begins."""
        values = {key: value or "" for key, value in attrs}
        if tag == "meta":
            key = (
                values.get("property") or values.get("name") or values.get("itemprop", "")
            ).lower()
            if key in _META and values.get("content"):
                self.facts.setdefault(_META[key], values["content"])
        elif tag == "time" and values.get("datetime"):
            self.facts.setdefault("published", values["datetime"])
        elif tag == "title":
            self._in_title = not self.title
        elif tag == "body":
            self._silent.clear()  # a head that was never closed
        elif tag in _SILENT and tag not in _VOID:
            self._silent.append(tag)
        if tag in {"article", "main"}:
            self._articles += 1
        if tag in _BLOCKS:
            self._put("\n")

    def handle_endtag(self, tag: str) -> None:
        """Note where they end."""
        if tag == "title":
            self._in_title = False
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        if tag in {"article", "main"}:
            self._articles = max(0, self._articles - 1)
        if tag in _BLOCKS:
            self._put("\n")

    def handle_data(self, data: str) -> None:
        """Take text that is neither silent nor the title."""
        if self._in_title:
            self.title += data
        elif not self._silent:
            self._put(data if not data.isspace() else " ")

    def _put(self, data: str) -> None:
        if not self._silent:
            self.outer.append(data.replace("\n", " ") if data != "\n" else data)
            if self._articles:
                self.inner.append(self.outer[-1])
