"""The card that says why a place name is where it is: what matched, how sure, who lost.

Pure: takes a toponym and what the gazetteer says of its place, gives blocks of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from geomap.dashboard.articles.text_marks import NESTED_WORDS, doubt_of
from geomap.dashboard.shared.event_words import distance_words, names_in_words
from geomap.gazetteer import normalise_name
from geomap.json_shapes import point_of
from geomap.model import AREA_KINDS, Candidate, Place, PlaceName, Toponym, ToponymKind
from geomap.symbology.name_policy import LANGUAGES

Block = dict[str, Any]

_KINDS = {
    ToponymKind.CITY: "town or village",
    ToponymKind.ADMIN1: "province or state",
    ToponymKind.ADMIN2: "district",
    ToponymKind.WATER: "river, lake or sea",
    ToponymKind.FACILITY: "site or building",
    ToponymKind.NESTED: NESTED_WORDS,
    ToponymKind.OTHER: "place of another kind",
}
_SMALLEST = 0.005  # below it a chance is none that a person would ask about


@dataclass(frozen=True, slots=True)
class Known:
    """What the gazetteer says: the whole entry of the place, and the names of countries."""

    place: Place | None = None
    countries: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def why_blocks(toponym: Toponym, known: Known | None = None) -> list[Block]:
    """Return the card of a place name.

    Parameters
    ----------
    toponym, known
        As it was read; what is looked up rather than read.

    Returns
    -------
    blocks
        For `components.panel`.
    """
    known = known or Known()
    blocks: list[Block] = [{"kind": "title", "text": "Why here"}]
    if badges := _badges(toponym):
        blocks.append({"kind": "badges", "items": badges})
    rows = [row for row in _rows(toponym, known) if row[1]]
    blocks.append({"kind": "facts", "rows": rows})
    if losers := list(_losers(toponym, known)):
        words = "Other places of this name" if toponym.place else "Places it might be"
        blocks.append({"kind": "heading", "text": f"{words} ({len(losers)})"})
        blocks.append({"kind": "list", "items": [*losers, *_none_of_these(toponym)]})
    elif none := _none_of_these(toponym):
        blocks.append({"kind": "list", "items": none})
    if last := _last_rows(toponym, known):
        blocks.append({"kind": "heading", "text": "In the gazetteer"})
        blocks.append({"kind": "facts", "rows": last})
    return blocks


def codes_of(toponym: Toponym) -> set[str]:
    """Return the codes of the countries that the card of a place name mentions."""
    placed = [toponym.place.country_code] if toponym.place else []
    codes = (*placed, *(candidate.country_code for candidate in toponym.candidates))
    return {code for code in codes if code}


def chance_words(score: float) -> str:
    """Return a chance as words with a number: "92 % likely"."""
    if score < _SMALLEST:
        return "less than 1 % likely"
    return "over 99 % likely" if score > 1 - _SMALLEST else f"{100 * score:.0f} % likely"


def position_words(place: Place) -> str:
    """Return where a place is, and what its geometry stands for."""
    point = point_of(place.geometry)
    if place.geometry is None or point is None:
        return "no coordinates are known"
    longitude, latitude = point
    at = (
        f"{abs(latitude):.4f}° {'south' if latitude < 0 else 'north'}, "
        f"{abs(longitude):.4f}° {'west' if longitude < 0 else 'east'}"
    )
    form = place.geometry.geom_type.removeprefix("Multi")
    if form == "LineString":
        return f"a line; its middle is at {at}"
    if form == "Polygon":
        return f"an area around {at}"
    return f"{at}, a point that stands for the whole area" if place.kind in AREA_KINDS else at


def matched_words(matched: str, place: Place) -> str:
    """Return the form of the name that matched: who uses it, in which language, and when."""
    forms = [form for form in place.names if form.name == matched]
    key = normalise_name(matched)
    forms = forms or [form for form in place.names if normalise_name(form.name) == key]
    notes = "; ".join(dict.fromkeys(note for form in forms if (note := _form_words(form))))
    return f"{matched} ({notes})" if notes else matched


def _form_words(form: PlaceName) -> str:
    language = LANGUAGES.get(form.lang, form.lang) if form.lang else None
    return ", ".join(part for part in (form.side, language, _days(form)) if part)


def _days(form: PlaceName) -> str:
    if form.valid_from and form.valid_to:
        return f"{form.valid_from} to {form.valid_to}"
    if form.valid_from:
        return f"since {form.valid_from}"
    return f"until {form.valid_to}" if form.valid_to else ""


def _badges(toponym: Toponym) -> list[Block]:
    words = {"uncertain": "Uncertain: not drawn as sure", "unplaced": "Not placed"}
    doubt = doubt_of(toponym)
    badges: list[Block] = [{"text": words[doubt], "strong": True}] if doubt else []
    if toponym.kind is ToponymKind.NESTED:
        badges.append({"text": NESTED_WORDS.capitalize()})
    return badges


def _rows(toponym: Toponym, known: Known) -> Iterator[tuple[str, str]]:
    place = toponym.place
    yield "In the text", toponym.text
    if toponym.kind is ToponymKind.NESTED:
        yield "Part of", "the name of an organisation: the text speaks of that, not of the place"
    if place is None:
        yield "Place", "none: recognised as a name, but no place was sure enough"
        yield "Kind", _kind(toponym.kind)
    else:
        if toponym.matched_name:
            yield "Name matched", matched_words(toponym.matched_name, known.place or place)
        yield "Place", _with_country(place.name, place.country_code, place.kind, known)
        yield "Kind", _kind(place.kind)
        yield "At", position_words(place)
        yield "How sure", chance_words(toponym.score)
    yield "Why", toponym.reason


def _kind(kind: ToponymKind) -> str:
    return _KINDS.get(kind, kind.value)


def _with_country(name: str, code: str | None, kind: ToponymKind, known: Known) -> str:
    country = known.countries.get(code, code) if code else None
    is_itself = kind is ToponymKind.COUNTRY or country == name
    return f"{name}, {country}" if country and not is_itself else name


def _losers(toponym: Toponym, known: Known) -> Iterator[Block]:
    for loser in sorted(_others(toponym), key=lambda candidate: -candidate.score):
        name = _with_country(loser.name, loser.country_code, loser.kind, known)
        words = f"{chance_words(loser.score)} · {_kind(loser.kind)}"
        yield {"text": name, "note": "\n".join(part for part in (words, loser.reason) if part)}


def _others(toponym: Toponym) -> list[Candidate]:
    winner = toponym.place.place_id if toponym.place else None
    return [candidate for candidate in toponym.candidates if candidate.place_id != winner]


def _none_of_these(toponym: Toponym) -> list[Block]:
    """Return what the chances leave for no known place, where they are chances of one whole."""
    others = _others(toponym)
    share = 1 - sum(candidate.score for candidate in others)
    share -= toponym.score if toponym.place else 0.0
    if not toponym.candidates or share < _SMALLEST:
        return []
    text = "None of these" if others else "No place that the gazetteer knows"
    return [{"text": text, "note": chance_words(share)}]


def _last_rows(toponym: Toponym, known: Known) -> list[tuple[str, str]]:
    place = toponym.place
    if place is None:
        return []
    radius = place.uncertainty_km
    rows = [
        ("Names", names_in_words(known.place or place)),
        ("Known to", "" if radius is None else distance_words(1000 * radius)),
        ("Source", f"{place.source}, layer {place.layer}"),
    ]
    return [(name, value) for name, value in rows if value]
