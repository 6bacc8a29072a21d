"""Mentions corrected by names that the gazetteer has and the tagger may not have met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geomap.gazetteer import normalise_name
from geomap.geoparse.reading import LANDS, Reading
from geomap.geoparse.recogniser import by_rules
from geomap.geoparse.senses import NameInText
from geomap.geoparse.tokens import Token
from geomap.model import ToponymKind

_CURATED_CHANCE = 0.95
_MOST_BEFORE = 5
_POSSESSIVE = re.compile(r"['’ʼ]s ")


def with_curated_names(mentions: list[NameInText], reading: Reading) -> list[NameInText]:
    """Return the mentions with the user's and the curated places that the rules find.

    The tagger has not seen the names of contested ground; the gazetteer has them. Where both
    overlap, the curated name holds when it is the longer one. A region of two words or more
    ("Gulf of Aden") is added where the tagger found nothing.
    """
    first_words, gazetteer = reading.gazetteer.curated_words, reading.gazetteer

    def may_begin(token: Token) -> bool:
        return token.capital and normalise_name(token.text) in first_words

    if not any(map(may_begin, reading.tokens)):
        return mentions
    result = list(mentions)
    for mention in by_rules(reading, may_begin):
        layer = gazetteer.bearer(mention.key or "")
        if layer is None:
            continue
        name = replace(mention, chance=_CURATED_CHANCE)
        rivals = [m for m in result if m.start < name.end and name.start < m.end]
        longer = all(m.end - m.start < name.end - name.start for m in rivals)
        if not rivals or (longer and layer != "regions"):
            result = [m for m in result if m not in rivals] if rivals else result
            result.append(name)
    return sorted(result, key=lambda m: m.start)


def widened(mentions: Sequence[NameInText], reading: Reading) -> list[NameInText]:
    """Return the mentions, those that end a longer name of the gazetteer as that whole name.

    Longer names are those of waters and lands ("Gulf of Aden", whose end the tagger may take for
    a town) and any with a possessive in it, which separates words everywhere else.
    """
    result: list[NameInText] = []
    for mention in mentions:
        first = _first_word(reading, mention)
        if first is not None:
            start, last = reading.tokens[first].start, (mention.words or (0, 0))[1]
            result = [m for m in result if m.end <= start]
            mention = replace(mention, start=start, words=(first, last))  # noqa: PLW2901
        result.append(mention)
    return result


def _first_word(reading: Reading, mention: NameInText) -> int | None:
    """Return the first word of the longer name that ends with a mention, None without one."""
    tokens, first = reading.tokens, (mention.words or (0, 0))[0]
    if mention.words is None or mention.key is not None or tokens[first].first:
        return None
    owned = _POSSESSIVE.fullmatch(tokens[first].gap) is not None
    if not owned and tokens[first - 1].lower not in {"of", "the"}:
        return None
    for begin in range(max(0, first - (1 if owned else _MOST_BEFORE)), first):
        between = tokens[begin + 1 : first]
        whole = not any(t.first for t in [*between, tokens[first]])
        if not whole or not tokens[begin].capital or not all(map(_goes_on, between)):
            continue
        facts = reading.facts_of(reading.text[tokens[begin].start : mention.end])
        if facts.good and (owned or facts.kinds & (LANDS | {ToponymKind.WATER})):
            return begin
    return None


def _goes_on(token: Token) -> bool:
    return token.spaced and (token.capital or token.lower in {"of", "the"})
