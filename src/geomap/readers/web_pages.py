"""The text of an HTML page or fragment, and the facts that its head states about it.

Only text is taken: scripts, styles, menus and forms are left out and nothing is run or
fetched. Written on the standard library's parser: libxml2 drops what is nested deeper than
256 levels without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from geomap.readers.linked_data import facts_of_linked_data

_HIDDEN = frozenset(["script", "style", "noscript", "template", "svg", "head", "iframe"])
_SILENT = _HIDDEN | frozenset(["nav", "aside", "footer", "form", "button", "select"])
_BLOCKS = re.compile(
    r"p|div|section|article|main|header|h[1-6]|li|[uo]l|table|tr|blockquote|br|hr", re.IGNORECASE
)
_META = {
    "og:title": "title",
    "og:site_name": "publisher",
    "og:url": "url",
    "article:published_time": "published",
    "date": "published",
    "pubdate": "published",
    "datepublished": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "article:published": "published",
    "parsely-pub-date": "published",
    "publish-date": "published",
}
_LINKED_DATA = "application/ld+json"
_LINK = re.compile(r"https?://[^\s<>\"']+")
_FEWEST_WORDS = 20
_LONGEST_REST = 2_000
_ANY_TAG = re.compile(r"<[^<>]*>?")


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page and the facts of its head (title, publisher, url, published)."""

    text: str
    facts: dict[str, str] = field(default_factory=dict)


def read_page(html: str) -> Page:
    """Return the text of a page: of <article> or <main> where there is one, else of all.

    Paragraphs become lines with an empty line between.
    """
    parser = _TextParser(_SILENT)
    parser.take(html.replace("\n", " "))
    has_article = len("".join(parser.inner).split()) > _FEWEST_WORDS
    if title := " ".join(parser.title.split()):
        parser.facts.setdefault("title", title)
    return Page("\n\n".join(_lines(parser.inner if has_article else parser.outer)), parser.facts)


def plain_text(html: str) -> tuple[str, str | None]:
    """Return the text of a fragment of HTML, its lines kept apart, and its first http(s) link."""
    if "<" not in html and "&" not in html:
        match = _LINK.search(html)
        return html.strip(), match[0] if match else None
    parser = _TextParser(_HIDDEN)
    parser.take(html)
    text = "\n".join(_lines(parser.outer))
    written = _LINK.search(text)
    return text, parser.link or (written[0] if written else None)


def _lines(parts: list[str]) -> list[str]:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


class _TextParser(HTMLParser):
    """Collects the text outside silent elements, apart for text within an article."""

    def __init__(self, silent: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.facts: dict[str, str] = {}
        self.title = ""
        self.link: str | None = None
        self.inner: list[str] = []
        self.outer: list[str] = []
        self._silent_tags, self._silent = silent, list[str]()
        self._articles = 0
        self._in_title = False
        self._linked: list[str] | None = None

    def take(self, html: str) -> None:
        """Read a whole page; a tag that never ends hides no text behind it.

        The standard library's parser reads the rest of the page again for each such tag.
        """
        self.feed(html)
        rest = self.rawdata
        if len(rest) > _LONGEST_REST and rest.startswith("<"):
            self.rawdata = ""
            if not rest.startswith(("<!", "<?")):
                self.handle_data(_ANY_TAG.sub(" ", rest[1:]))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where silence, an article or a paragraph begins."""
        values = {key: value or "" for key, value in attrs}
        if tag == "script" and values.get("type", "").strip().lower() == _LINKED_DATA:
            self._linked = []
        if tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop", "")
            if name.lower() in _META and values.get("content"):
                self.facts.setdefault(_META[name.lower()], values["content"])
        elif tag == "time" and values.get("datetime"):
            self.facts.setdefault("published", values["datetime"])
        elif tag == "a" and self.link is None and _LINK.fullmatch(values.get("href", "").strip()):
            self.link = values["href"].strip()
        elif tag == "title":
            self._in_title = not self.title
        elif tag == "body":
            self._silent.clear()  # a head that was never closed
        elif tag in self._silent_tags:
            self._silent.append(tag)
        self._articles += tag in {"article", "main"}
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note where they end."""
        if tag == "title":
            self._in_title = False
        if tag == "script" and self._linked is not None:
            for key, value in facts_of_linked_data("".join(self._linked)).items():
                self.facts.setdefault(key, value)
            self._linked = None
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        if tag in {"article", "main"}:
            self._articles = max(0, self._articles - 1)
        self._break(tag)

    def handle_data(self, data: str) -> None:
        """Take text that is neither silent nor the title."""
        if self._linked is not None:
            self._linked.append(data)
        elif self._in_title:
            self.title += data
        elif not self._silent:
            self._put(data)

    def _break(self, tag: str) -> None:
        if _BLOCKS.fullmatch(tag):
            self._put("\n")
        elif tag in {"td", "th"}:
            self._put(" ")

    def _put(self, text: str) -> None:
        if not self._silent:
            self.outer.append(text)
            if self._articles:
                self.inner.append(text)
