"""The title of an event: the clause that reports it, in the text's own words, shortened.

Nothing is put into a text's mouth: the words are its own, and what is only claimed, denied,
planned or was prevented says so, since a clause alone may not.
"""

from __future__ import annotations

import re

from geomap.incidents.mentions import Mention
from geomap.incidents.type_titles import type_title
from geomap.model import Place, Status

MOST = 90
"""Characters of a title, without the sign of its status."""
_FRONT, _KEPT = 70, 40
"""Where in a title what happened stands at the latest; characters kept before it if cut."""
_LEAST_WORDS = 3
_OPENING = re.compile(
    r"^(?:[\W_]+|(?:and|but|while|whereas|after|before|as|when|that|then|also|meanwhile|where)\b\s*)+",
    re.IGNORECASE,
)
_TORN = re.compile(r"(?:and|or)\b|,(?! (?:and|but|while|whereas|before|after|as|when)\b)")
"""A clause cut at a bare "and" or comma may have lost the first half of its subject."""
_RELATIVE = re.compile(r"^[\W_]*(?:which|who|whose|where|whom)\b", re.IGNORECASE)
_SAID = re.compile(
    r",\s+(?:(?!said\b|says\b)[\w.'’-]+\s+){0,6}(?:said|says|reported|announced)"
    r"(?:\s+(?:on\s+)?[A-Z]\w+day)?[\s.]*$"
)
_DANGLING = re.compile(
    r"(?: (?:the|an?|its|their|his|her|of|and|or|to|in|on|at|for|by|with|from|that|near|as))+$"
)
_CLOSING = re.compile(r"[\s,;:–—-]+$|(?<![A-Z])\.$")


def title_of(text: str, mention: Mention, status: Status, places: tuple[Place, ...]) -> str:
    """Return for example "Shells hit a market in Sake".

    A clause without a subject of its own, or of one word or two, gives way to its sentence; one
    that does not hold the word for what happened ("and in Jos on 9 June") to type and place.

    Parameters
    ----------
    text, mention
        Text of the article; the mention that names the event.
    status, places
        Of the finished event.
    """
    start, end = mention.start_char, mention.end_char
    if not start <= mention.word[0] < end:
        return type_title(mention.trigger, status, places, None)
    clause = text[start:end]
    if len(clause.split()) < _LEAST_WORDS or _RELATIVE.match(clause) or _TORN.match(clause):
        start, end = mention.sentence
    before = " ".join(text[start : mention.word[0]].split())
    words = _SAID.sub("", " ".join(text[start:end].split()))
    title = _CLOSING.sub("", _shortened(words, len(before)))
    title = title if title.startswith("…") else _OPENING.sub("", title)
    ending = "" if status is Status.REPORTED else f" ({status.value})"
    return title[:1].upper() + title[1:] + ending


def _shortened(words: str, trigger: int) -> str:
    """Return at most `MOST` characters of a clause, with its trigger, cut at a comma or a blank."""
    if trigger > _FRONT:
        comma = words.rfind(", ", 0, trigger)
        if _RELATIVE.match(words[comma + 1 :]):
            comma = words.rfind(", ", 0, max(comma, 0))
        if comma >= 0 and trigger - comma < _FRONT:
            words, trigger = words[comma + 2 :], trigger - comma - 2
        else:
            start = words.rfind(" ", 0, trigger - _KEPT) + 1
            words, trigger = "…" + words[start:], trigger - start + 1
    if len(words) <= MOST:
        return words
    comma = words.rfind(", ", trigger, MOST)
    if comma > MOST // 3:
        return words[:comma]
    return _DANGLING.sub("", words[: words.rfind(" ", 0, MOST)]) + "…"
