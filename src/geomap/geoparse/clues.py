"""What the words beside a name say: village or mine, in which country, somewhere at all."""

from __future__ import annotations

from geomap.geoparse.lexicon import FEATURE_NOUNS, STRONG_LOCATIVES, VILLAGE_HEADS
from geomap.geoparse.recognise import Name, Reading
from geomap.geoparse.resolve import Clue
from geomap.geoparse.states import state_middle
from geomap.geoparse.wordlist import word_set

_QUOTES = " '\"’”»-"
_MOST_MODIFIERS = 3


def of(reading: Reading, name: Name) -> Clue:
    """Return the clue that the words around a name give."""
    first = reading.tokens[name.first]
    before = reading.at(name.first - 1)
    located = before is not None and not first.first and before.lower in STRONG_LOCATIVES
    country, middle, container = _container(reading, name)
    return Clue(
        noun=_noun_after(reading, name) or _noun_before(reading, name),
        country=country,
        middle=middle,
        container=container,
        located=located,
        dateline=first.start < reading.dateline_end,
    )


def _noun_after(reading: Reading, name: Name) -> str | None:
    """Return the noun of "the X copper deposit": small words may come between."""
    for step in range(_MOST_MODIFIERS + 1):
        token = reading.at(name.last + step)
        if token is None or token.first or token.gap.strip(_QUOTES):
            return None
        if token.lower in FEATURE_NOUNS:
            return token.lower
        small = token.text[0].islower() and token.lower.isalpha() and len(token.text) > 3
        if not small or token.lower.endswith(("ed", "ing")) or token.lower in _NOT_MODIFIERS:
            return None
    return None


_NOT_MODIFIERS = word_set(
    """with from that which where when were have will into over near after before said told"""
)


def _noun_before(reading: Reading, name: Name) -> str | None:
    """Return the noun of "the village of X" and of "Lake X"."""
    before, head = reading.at(name.first - 1), reading.at(name.first - 2)
    first = reading.tokens[name.first]
    if before is None or first.first or first.gap.strip(_QUOTES + "“«") != "":
        return None
    if before.lower == "of" and head is not None and head.lower in FEATURE_NOUNS:
        return head.lower
    if before.lower in VILLAGE_HEADS and before.lower in FEATURE_NOUNS and not before.capital:
        return before.lower
    return before.lower if before.lower in {"lake", "mount"} and before.capital else None


def _container(
    reading: Reading, name: Name
) -> tuple[str | None, tuple[float, float] | None, str | None]:
    """Return the country or state that follows a name after a comma ("Paris, Texas")."""
    token = reading.at(name.last)
    if token is None or token.first or token.gap.strip() != "," or not token.capital:
        return None, None, None
    for count in (3, 2, 1):
        group = reading.tokens[name.last : name.last + count]
        if len(group) < count or any(t.first or not t.spaced for t in group[1:]):
            continue
        words = " ".join(t.text for t in group)
        if (middle := state_middle(words)) is not None:
            return None, middle, words
        best = reading.gazetteer.find(words, limit=1)
        if best and best[0].place.layer == "countries":
            return best[0].place.country_code, None, best[0].place.name
    return None, None, None
