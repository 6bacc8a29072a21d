"""The plain text of a piece of HTML, and the first web address in it; nothing of it is run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol"})
_HIDDEN = frozenset({"script", "style", "head", "title"})
_LINK = re.compile(r"https?://[^\s<>\"']+")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.link: str | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BREAKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        target = dict(attrs).get("href") if tag == "a" else None
        if self.link is None and target and _LINK.fullmatch(target.strip()):
            self.link = target.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN and self._hidden:
            self._hidden -= 1
        elif tag in {"p", "div", "li", "tr", "table"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def plain_text(html: str) -> tuple[str, str | None]:
    """Return the text without tags, its lines kept apart, and the first http(s) link."""
    if "<" not in html and "&" not in html:
        found = _LINK.search(html)
        return html.strip(), found[0] if found else None
    parser = _Text()
    parser.feed(html)
    parser.close()
    text = "".join(parser.parts).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    words = "\n".join(line for line in lines if line)
    written = _LINK.search(words)
    return words, parser.link or (written[0] if written else None)
