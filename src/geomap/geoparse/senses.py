"""From mentions in a text to the senses that are to be resolved: one for each name and document.

"Paris, Texas" and a later "Paris" are one sense, unless the text itself distinguishes two by the
places named after them or by another noun ("the X district", "the town of X").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from geomap.gazetteer import normalise_name
from geomap.geoparse.candidates import Names
from geomap.geoparse.data_tables import WORDS
from geomap.geoparse.evidence import Hint, Sense
from geomap.geoparse.languages import kinds_by_english_noun, kinds_by_noun
from geomap.geoparse.reading import NameInText
from geomap.model import ToponymKind

_MOST_DOUBT = 0.05
"""Doubt in a name that the rules for other languages found: they leave out doubtful names."""
_SIDE = rf"(?:(?:{'|'.join(WORDS['sides-of-container'])})[ -]+)*"
_COMMA = re.compile(r"\s?,\s+(?:in\s+)?(?:the\s+)?" + _SIDE + r"|\s+\(\s*")
_IN = re.compile(
    r"(?:\s+(?:city|town|village|area|district|county|region|province|suburb|airport))?"
    r",?\s+(?:in|of)\s+(?:the\s+)?(?:(?:province|state|district|region|county|city|town)\s+of\s+)?"
    + _SIDE
)
_NOUN_BEFORE = re.compile(r"([^\W\d_]+)\s+of\s+(?:the\s+)?$")
_NOUN_AFTER = re.compile(r"\s+([^\W\d_]+)")
_NAMED_BY = re.compile(r"([^\W\d_]+)(?:\s+(?:de|del|di|von|der))?[\s\"“«'’]+$")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[\s\"'“‘«]+(?:the\s+)?$")


def senses_of(
    text: str, mentions: Sequence[NameInText], names: Names, on: date | None, dateline_end: int = -1
) -> tuple[list[Sense], list[int]]:
    """Return the senses of a document's mentions, and for each mention the number of its sense.

    `dateline_end` is the offset of the end of the dateline's place.
    """
    hints = [_hint(text, mentions, i, dateline_end) for i in range(len(mentions))]
    forms = [m.key or text[m.start : m.end] for m in mentions]
    keys = _keys(forms, hints)
    senses: list[Sense] = []
    known: dict[tuple[str, frozenset[ToponymKind], str | None], int] = {}
    number_of: list[int] = []
    for mention, form, key, hint in zip(mentions, forms, keys, hints, strict=True):
        foreign = mention.foreign or not normalise_name(form).isascii()
        doubt = min(1.0 - mention.chance, _MOST_DOUBT if foreign else 1.0)
        if key not in known:
            known[key] = len(senses)
            options = names.options(form, on, foreign=foreign)
            senses.append(Sense(form, hint, options, doubt))
        else:
            sense = senses[known[key]]
            sense.hint = _joined(sense.hint, hint)
            sense.doubt = min(sense.doubt, doubt)
        number_of.append(known[key])
    for i in range(1, len(mentions)):
        if hints[i - 1].container is not None and number_of[i] != number_of[i - 1]:
            before = senses[number_of[i]].before
            if number_of[i - 1] not in before:
                before.append(number_of[i - 1])
    return senses, number_of


def _keys(
    forms: Sequence[str], hints: Sequence[Hint]
) -> list[tuple[str, frozenset[ToponymKind], str | None]]:
    """Return the key of each mention's sense; a bare mention has the commonest of its name."""
    clear: dict[str, Counter[tuple[frozenset[ToponymKind], str | None]]] = defaultdict(Counter)
    for form, hint in zip(forms, hints, strict=True):
        if hint.container or hint.kinds:
            clear[form.casefold()][hint.kinds, hint.container] += 1
    keys = []
    for form, hint in zip(forms, hints, strict=True):
        name = form.casefold()
        own = (hint.kinds, hint.container)
        if own == (frozenset(), None) and clear[name]:
            own = clear[name].most_common(1)[0][0]
        elif hint.container is None and hint.kinds:
            own = next((key for key in clear[name] if key[0] == hint.kinds and key[1]), own)
        keys.append((name, *own))
    return keys


def _joined(one: Hint, other: Hint) -> Hint:
    return Hint(
        one.kinds or other.kinds,
        one.container or other.container,
        one.located or other.located,
        one.dateline or other.dateline,
        one.people and other.people,
        one.mentions + 1,
    )


def _hint(text: str, mentions: Sequence[NameInText], i: int, dateline_end: int) -> Hint:
    mention = mentions[i]
    before = text[max(0, mention.start - 40) : mention.start]
    located = _WORD_BEFORE.search(before)
    hint = Hint(
        kinds=_kinds(text, mention, before),
        located=bool(located and located.group(1).lower() in WORDS["strong-locatives"]),
        dateline=mention.start < dateline_end,
        people=mention.people,
    )
    if i + 1 < len(mentions):
        between = text[mention.end : mentions[i + 1].start]
        if _COMMA.fullmatch(between) or _IN.fullmatch(between):
            container = text[mentions[i + 1].start : mentions[i + 1].end]
            return replace(hint, container=container)
    return hint


def _kinds(text: str, mention: NameInText, before: str) -> frozenset[ToponymKind]:
    """Return the kinds of place that a noun in, after or before a name allows."""
    if mention.foreign or not normalise_name(text[mention.start : mention.end]).isascii():
        return _foreign_kinds(text, mention, before)
    words = re.findall(r"[^\W\d_]+", text[mention.start : mention.end].lower())
    if len(words) > 1:
        for word in (words[-1], words[0]):
            if kinds := kinds_by_english_noun(word):
                return kinds
    after, noun = _NOUN_AFTER.match(text, mention.end), _NOUN_BEFORE.search(before)
    kinds = kinds_by_english_noun(after[1].lower()) if after and len(after[1]) > 2 else frozenset()
    return kinds or (kinds_by_english_noun(noun[1].lower()) if noun else frozenset())


def _foreign_kinds(text: str, mention: NameInText, before: str) -> frozenset[ToponymKind]:
    """Return the kinds that a noun of another language beside a name allows."""
    if " " in text[mention.start : mention.end]:
        return frozenset()
    after, noun = _NOUN_AFTER.match(text, mention.end), _NAMED_BY.search(before)
    kinds = kinds_by_noun(after.group(1).lower(), after=True) if after else frozenset()
    return kinds or (kinds_by_noun(noun.group(1).lower(), after=False) if noun else frozenset())
