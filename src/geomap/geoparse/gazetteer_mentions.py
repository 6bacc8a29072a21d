"""Mentions corrected by names that the gazetteer has and the tagger may not have met.

Names inside names of organisations ("Bank of Japan" names Japan, but is not there) are a kind
of their own, so that a reader can leave them out, and no event is placed by them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import replace

from geomap.gazetteer import normalise_name
from geomap.geoparse.data_tables import WORDS
from geomap.geoparse.reading import LANDS, NameInText, Reading, SeenName, find_seen_names, name_of
from geomap.geoparse.text_names import find_names
from geomap.geoparse.tokens import Token
from geomap.model import ToponymKind

_CURATED_CHANCE = 0.95
_MOST_BEFORE = 5
_POSSESSIVE = re.compile(r"['’ʼ]s ")
_JOINTS = frozenset({"of", "and", "for", "the", "&", "de", "du"})
_CHANCE = 0.8
_LARGE = ("C", "A", "R", "K", "B")
_LEAST_SIZE = 4
_MOST_WORDS = 20
Run = tuple[int, int]


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
    result = sorted(mentions, key=_start)
    longest = max((m.end - m.start for m in mentions), default=0)
    for mention in find_names(reading, may_begin):
        layer = gazetteer.bearer(mention.key)
        if layer is None:
            continue
        name = replace(mention, chance=_CURATED_CHANCE)
        first = bisect_left(result, name.start - longest, key=_start)
        last = bisect_left(result, name.end, key=_start)
        rivals = [m for m in result[first:last] if name.start < m.end]
        longer = all(m.end - m.start < name.end - name.start for m in rivals)
        if not rivals or (longer and layer != "regions"):
            result[first:last] = [m for m in result[first:last] if m not in rivals]
            insort(result, name, key=_start)
            longest = max(longest, name.end - name.start)
    return result


def _start(mention: NameInText) -> int:
    return mention.start


def widened(mentions: Sequence[NameInText], reading: Reading) -> list[NameInText]:
    """Return the mentions, those that end a longer name of the gazetteer as that whole name.

    Longer names are those of waters and lands ("Gulf of Aden", whose end the tagger may take for
    a town) and any with a possessive in it, which separates words everywhere else.
    """
    result: list[NameInText] = []
    for mention in mentions:
        first = _first_word(reading, mention)
        if first is not None:
            start = reading.tokens[first].start
            result = [m for m in result if m.end <= start]
            mention = replace(mention, start=start, first=first)  # noqa: PLW2901
        result.append(mention)
    return result


def _first_word(reading: Reading, mention: NameInText) -> int | None:
    """Return the first word of the longer name that ends with a mention, None without one."""
    tokens, first = reading.tokens, mention.first
    if mention.key or tokens[first].first:
        return None
    owned = _POSSESSIVE.fullmatch(tokens[first].gap) is not None
    if not owned and tokens[first - 1].lower not in {"of", "the"}:
        return None
    for begin in range(max(0, first - (1 if owned else _MOST_BEFORE)), first):
        between = tokens[begin + 1 : first]
        whole = tokens[begin].capital and all(
            t.spaced and not t.first and (t.capital or t.lower in {"of", "the"}) for t in between
        )
        if not whole:
            continue
        facts = reading.facts_of(reading.text[tokens[begin].start : mention.end])
        if facts.good and (owned or facts.kinds & (LANDS | {ToponymKind.WATER})):
            return begin
    return None


def organisation_runs(tokens: Sequence[Token]) -> list[Run]:
    """Return the stretches of words [first, last) that name an organisation."""
    runs: list[Run] = []
    i = 0
    while i < len(tokens):
        if not tokens[i].capital:
            i += 1
            continue
        last = _run_end(tokens, i)
        if last - i > 1 and any(_is_head(tokens, j) for j in range(i, last)):
            runs.append((i, last))
        i = max(last, i + 1)
    return runs


def _run_end(tokens: Sequence[Token], first: int) -> int:
    last = i = first + 1
    while i < min(len(tokens), first + _MOST_WORDS) and not tokens[i].first and tokens[i].spaced:
        shouted = tokens[first].text.isupper() and tokens[i].text.isupper()
        if shouted and tokens[i].lower in WORDS["parting"]:
            break
        if tokens[i].capital:
            last = i + 1
        elif tokens[i].lower not in _JOINTS or not any(
            _is_head(tokens, j) for j in range(first, i)
        ):
            break
        i += 1
    return last


def _is_head(tokens: Sequence[Token], i: int) -> bool:
    """Return whether a word makes an organisation's name of its run ("Bank of X").

    A paper may be called Republic; "Republic of X" is the country itself.
    """
    if not tokens[i].capital or tokens[i].lower not in WORDS["organisation-tails"]:
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return tokens[i].lower != "republic" or after is None or after.lower != "of" or after.first


def is_nested(mention: NameInText, tokens: Sequence[Token], runs: Sequence[Run]) -> bool:
    """Return whether a mention is only a part of an organisation's name."""
    for first, last in runs:
        start, end = tokens[first].start, tokens[last - 1].end
        within = start <= mention.start and mention.end <= end
        if within and (start, end) != (mention.start, mention.end):
            return any(
                _is_head(tokens, j)
                for j in range(first, last)
                if tokens[j].end <= mention.start or tokens[j].start >= mention.end
            )
    return False


def nested_mentions(
    reading: Reading, mentions: Sequence[NameInText], runs: Sequence[Run]
) -> list[NameInText]:
    """Return the gazetteer's names inside organisations' names that no mention covers."""
    inside: list[NameInText] = []
    taken = sorted((mention.start, mention.end) for mention in mentions)
    for first, last in runs:
        tokens = reading.tokens[first:last]
        for seen in find_seen_names(tokens, reading.gazetteer):
            name = name_of(reading.tokens, first + seen.first, first + seen.last, _CHANCE)
            size = int(seen.label[1:] or 0) if seen.label[0] == "P" else 0
            is_large = seen.label[0] in _LARGE or size >= _LEAST_SIZE
            if seen.last - seen.first == len(tokens) or not is_large:
                continue
            if tokens[seen.last - 1].lower in WORDS["organisation-tails"] or _is_word(
                tokens, seen, reading
            ):
                continue
            at = bisect_left(taken, (name.end, 0))
            if at == 0 or taken[at - 1][1] <= name.start:  # it meets no other
                insort(taken, (name.start, name.end))
                inside.append(name)
    return inside


def _is_word(tokens: Sequence[Token], seen: SeenName, reading: Reading) -> bool:
    """Return whether a name is an English word that stands large in a name or a headline."""
    if seen.last - seen.first > 1:
        return False
    word = tokens[seen.first]
    plain = word.lower in WORDS["parting"] or word.lower in WORDS["says"]
    return plain or reading.gazetteer.name_quality(word.text) == "common_word"
