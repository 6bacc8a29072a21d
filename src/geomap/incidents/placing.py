# ruff: noqa: E501 (a pattern broken over lines is harder to read than a long one)
"""Which of the places a text names are where an event happened.

A place after a locative preposition, or struck or taken as the object of the verb, counts;
a road counts over its ends, and the nearest place over the farther ones unless they are
listed together. A country, a party ("Baku said") or somebody's home town is no position.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.incidents.lexicon import VIOLENT
from geomap.incidents.mentions import Mention, is_area
from geomap.model import GeoPrecision, Place, RelativePlace, Toponym, ToponymKind

_LOCATIVE = re.compile(
    r"\b(?:in|at|near|on|outside|around|along|between|across|of|into|onto|over|towards?|to|inside|"
    r"through|within|off|by|from|for|against|beyond|above|below|beside|via|reached|entered)"
    r"(?: (?:the|its|their|a|an|both|nearby))?(?: (?!and\b|of\b)[\w'’-]+){0,4} ?['\"“‘(]?$",
    re.IGNORECASE,
)
_STRICT = re.compile(
    r"\b(?P<prep>(?i:in|at|near|on|outside|around|along|between|across|into|onto|over|inside|through|within|off|beyond|above|towards?|"
    r"to|from|of|against|by|for))(?: (?:the|its|their|a|an|nearby))?"
    r"(?: (?!(?:in|at|near|on|to|from|of|by|for|into|onto|over|outside|inside|around|against|through|along|between|across|within|off|beyond|above|towards?)\b)[a-z][\w'’-]*){0,4} ?['\"“‘(]?$",
)
_PARTY_AFTER = re.compile(
    r"^(?:['’]s)? (?:said|says|told|denied|denies|accused|accuses|claimed|claims|blamed|called|calls|insists|insisted|"
    r"announced|protested|has said|has denied|has accused|wants|wanted|and [A-Z]\w+ (?:said|signed|agreed|accused))\b"
)
_OFFICE_BEFORE = re.compile(
    r"\b(?:(?:mayor|governor|bishop|archbishop|residents?|native|people|citizens|president|minister|prefect|leader|"
    r"government|emir|duke|battle|capital|fled|sent|travell?ed|came|arrived) (?:of|from)|"
    r"(?:university|ambassador|embassy|born|institutions?|capital|based|studied|educated|arrived) (?:in|of|from))(?: the)? ?$",
    re.IGNORECASE,
)
_ENDS_BEFORE = re.compile(
    r"\b(?:roads?|crossing|border|highway|railway|line|route|pass|flights?|trains?|relations|traffic) between (?:[\w'’-]+ and )?$"
)
_SPEAKERS = re.compile(
    r"\b(?:authorities|officials|police|residents|witnesses|doctors|leaders) (?:in|of|from) $",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"^(?: \([^)]*\))? (?:also )?(?:said|says?|told|called?|denied|deny|reported|announced|blamed)\b"
)
_FROM_TYPES = frozenset({"Withdrawal", "Displacement", "Humanitarian aid"})
_OBJECT = re.compile(
    r"\b(?:shelled|bombed|attacked|struck|hit|bombarded|captured|seized|recaptured|retook|overran|raided|stormed|entered|"
    r"fled|left|flooded|shook|rocked|visited|visit|reached|inspect|attack|enter|entering|reaching|leaving|visiting|inspecting|inspected|capturing|seizing|shelling|bombing|attacking|hitting|retaken)"
    r"(?: the)?(?: [a-z][\w-]*(?: of)?){0,4} ?['\"“‘]?$"
)
_STRICKEN = re.compile(
    r"^ (?:has been|had been|have been|was|were|is|came) (?:\w+ly )?(?:again )?(?:under|hit|struck|shelled|bombed|attacked|overrun|taken|captured|targeted)\b"
)
_LIST_GLUE = re.compile(
    r"^['\"”’)]?(?: [\w-]+){0,4}(?:,? and|,| or|, and)(?: also)?(?: (?:in|at|near|on|to|the|from|both|then|around)){0,3}"
    r"(?: (?!and\b)[a-z][\w-]*){0,4} ?['\"“‘(]?$"
)
_ALIAS_GLUE = re.compile(r"^ ?\((?:[\w ]+: ?)?$")
_WIDE = frozenset({ToponymKind.ADMIN1, ToponymKind.REGION, ToponymKind.ADMIN2})


def candidates(
    text: str, toponyms: Sequence[Toponym], start: int, end: int, mention: Mention
) -> list[Toponym]:
    """Return the toponyms of a stretch that may be where the mention happened."""
    return [
        t
        for t in toponyms
        if start <= t.start_char < end
        and t.place is not None
        and t.kind is not ToponymKind.NESTED
        and not _is_party(text, t, mention)
    ]


def _is_party(text: str, toponym: Toponym, mention: Mention) -> bool:
    before = text[max(mention.sentence[0], toponym.start_char - 70) : toponym.start_char]
    after = text[toponym.end_char : toponym.end_char + 40]
    if toponym.kind in (ToponymKind.ROAD, ToponymKind.ZONE):
        return False
    if _ENDS_BEFORE.search(before) or (_SPEAKERS.search(before) and _SPEECH.match(after)):
        return True
    if _PARTY_AFTER.match(after) and not re.search(r"\b(?:in|at|near|to|from|of) $", before):
        return True
    office = _OFFICE_BEFORE.search(before)
    return office is not None and not (
        mention.trigger.event_type in _FROM_TYPES | {"Talks"}
        and office.group().lower().startswith(("fled", "arrived", "came"))
    )


def places_of(text: str, toponyms: Sequence[Toponym], mention: Mention) -> tuple[Toponym, ...]:
    """Return the toponyms that say where a mention happened; none when its clause does not."""
    inside = candidates(text, toponyms, mention.start_char, mention.end_char, mention)
    return _chosen(text, inside, mention)


def sentence_places(
    text: str, toponyms: Sequence[Toponym], mention: Mention
) -> tuple[Toponym, ...]:
    """Return the places that the mention's sentence opens with ("In Goma, ...")."""
    start = mention.sentence[0]
    inside = candidates(text, toponyms, start, mention.start_char, mention)
    return _chosen(text, inside, mention)


def _chosen(text: str, inside: Sequence[Toponym], mention: Mention) -> tuple[Toponym, ...]:
    spots = [t for t in inside if not is_area(t)]
    strong = [t for t in spots if _is_locative(text, t, mention)]
    if not strong:
        return tuple(t for t in inside if is_area(t) and _is_within(text, t))[:1]
    best = min(strong, key=lambda t: _rank(t, mention))
    listed = _listed_with(text, best, spots)
    points = [t for t in listed if t.kind not in _WIDE]
    return tuple(points or listed)


def _rank(toponym: Toponym, mention: Mention) -> tuple[int, float]:
    wide = int(toponym.kind in _WIDE)
    if toponym.start_char >= mention.word[1]:
        return wide, toponym.start_char - mention.word[1]
    return wide, 1.2 * max(0, mention.word[0] - toponym.end_char) + 5


def _is_locative(text: str, toponym: Toponym, mention: Mention) -> bool:
    before = text[max(mention.sentence[0], toponym.start_char - 70) : toponym.start_char]
    found = _STRICT.search(before)
    if found:
        prep = found["prep"].lower()
        if prep in ("from", "by", "for"):
            return mention.trigger.event_type in _FROM_TYPES
        if prep == "of" and toponym.kind is ToponymKind.ROAD:
            return True
        if prep == "of":
            return bool(_LOCATIVE.search(before[: found.start()])) or bool(
                re.search(
                    r"\b(?:in|at|near|on|outside|around|along|to|into|over|north|south|east|west|kilomet\w+|town|city|village|outskirts|"
                    r"centre|center|district|port|suburb|shelling|bombing|bombardment|capture|seizure|evacuation)\b[\w ]*$",
                    before[: found.start() + 2],
                )
            )
        return True
    if _OBJECT.search(before):
        return True
    after = text[toponym.end_char : toponym.end_char + 40]
    if mention.trigger.event_type in VIOLENT and _STRICKEN.match(after):
        return True
    if before.strip() == "" or toponym.kind in (ToponymKind.ROAD, ToponymKind.ZONE):
        return toponym.kind in (ToponymKind.ROAD, ToponymKind.ZONE, ToponymKind.FACILITY)
    # "the Goma airport attack", "Kharkiv protest": the name stands right before the trigger.
    return 0 <= mention.word[0] - toponym.end_char <= 1


def _is_within(text: str, country: Toponym) -> bool:
    """Return whether something happened in a country, rather than between or to it."""
    return bool(
        re.search(
            r"\b(?:in|across|throughout|around|inside|over)(?: (?:the|northern|southern|eastern|western|central))*$",
            text[max(0, country.start_char - 40) : country.start_char].rstrip(),
        )
    )


def _listed_with(text: str, best: Toponym, spots: Sequence[Toponym]) -> list[Toponym]:
    """Return the place with those that stand in one list with it, in the order of the text."""
    ordered = sorted(spots, key=lambda t: t.start_char)
    at = ordered.index(best)
    kept = [best]
    for step, rest in ((1, ordered[at + 1 :]), (-1, ordered[:at][::-1])):
        edge = best
        for other in rest:
            first, second = (edge, other) if step > 0 else (other, edge)
            between = text[first.end_char : second.start_char]
            if _ALIAS_GLUE.match(between):
                edge = other
                continue
            if not _LIST_GLUE.match(between) or (other.kind in _WIDE) != (best.kind in _WIDE):
                break
            kept.append(other)
            edge = other
    return sorted(kept, key=lambda t: t.start_char)


def geo_precision_of(places: Sequence[Place], *, country: bool = False) -> GeoPrecision:
    """Return what the geometry of the places stands for: an area where one of them is one."""
    if not places:
        return GeoPrecision.COUNTRY if country else GeoPrecision.UNKNOWN
    found = {_precision(place) for place in places}
    for precision in (GeoPrecision.NEAR, GeoPrecision.EXACT):
        if precision in found:
            return precision
    return next(iter(sorted(found)))


def _precision(place: Place) -> GeoPrecision:
    if isinstance(place, RelativePlace):
        is_line = place.relation == "between"
        return GeoPrecision.APPROXIMATE_LINE if is_line else GeoPrecision.NEAR
    if place.kind is ToponymKind.ZONE:
        return GeoPrecision.ZONE
    if place.kind is ToponymKind.ROAD:
        known = place.layer in ("user", "curated")
        return GeoPrecision.LINE if known else GeoPrecision.APPROXIMATE_LINE
    if place.kind is ToponymKind.ADMIN1:
        return GeoPrecision.ADMIN1
    if place.kind is ToponymKind.ADMIN2:
        return GeoPrecision.ADMIN2
    if place.kind in (ToponymKind.REGION, ToponymKind.WATER):
        return GeoPrecision.REGION
    return GeoPrecision.EXACT
