"""The card "Why here": why a place name is where it is, how sure, and the other candidates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from geomap.dashboard.articles.text_marks import NESTED_WORDS, doubt_of
from geomap.dashboard.shared import blocks
from geomap.dashboard.shared.blocks import Block
from geomap.dashboard.shared.event_words import names_in_words, radius_words
from geomap.gazetteer import normalise_name
from geomap.geo.shape_point import point_of
from geomap.model import AREA_KINDS, Candidate, Place, PlaceName, Toponym, ToponymKind
from geomap.symbology.name_policy import LANGUAGES

_KINDS = {
    ToponymKind.CITY: "town or village",
    ToponymKind.ADMIN1: "province or state",
    ToponymKind.ADMIN2: "district",
    ToponymKind.WATER: "river, lake or sea",
    ToponymKind.FACILITY: "site or building",
    ToponymKind.NESTED: NESTED_WORDS,
    ToponymKind.OTHER: "place of another kind",
}
_SMALLEST = 0.005  # a chance below it is reported as less than 1 %


@dataclass(frozen=True, slots=True)
class Known:
    """Looked up in the gazetteer: the whole entry of the place, names of countries by code."""

    place: Place | None = None
    countries: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def why_blocks(toponym: Toponym, known: Known | None = None) -> list[Block]:
    """Return the card of a place name, given what is looked up of it."""
    known = known or Known()
    card = [blocks.title("Why here")]
    if badges := _badges(toponym):
        card.append(blocks.badges(*badges))
    card.append(blocks.facts(_facts(toponym, known)))
    others = list(_others(toponym, known))
    if others:
        words = "Other places of this name" if toponym.place else "Places it might be"
        card.append(blocks.heading(words, len(others)))
    if items := [*others, *_none_of_these(toponym)]:
        card.append(blocks.listing(items))
    if toponym.place is not None:
        card += [
            blocks.heading("In the gazetteer"),
            blocks.facts(_entry_facts(toponym.place, known)),
        ]
    return card


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
    """Return where a place is, and what kind of geometry it has."""
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
    """Return the form of the name that matched, with its side, its language and its dates."""
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


def _facts(toponym: Toponym, known: Known) -> Iterator[tuple[str, str]]:
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
        yield "Place", _with_country(place, known)
        yield "Kind", _kind(place.kind)
        yield "At", position_words(place)
        yield "How sure", chance_words(toponym.score)
    yield "Why", toponym.reason


def _kind(kind: ToponymKind) -> str:
    return _KINDS.get(kind, kind.value)


def _with_country(place: Place | Candidate, known: Known) -> str:
    code = place.country_code
    country = known.countries.get(code, code) if code else None
    is_itself = place.kind is ToponymKind.COUNTRY or country == place.name
    return f"{place.name}, {country}" if country and not is_itself else place.name


def _others(toponym: Toponym, known: Known) -> Iterator[Block]:
    for other in sorted(_other_candidates(toponym), key=lambda candidate: -candidate.score):
        note = f"{chance_words(other.score)} · {_kind(other.kind)}"
        notes = "\n".join(part for part in (note, other.reason) if part)
        yield blocks.item(_with_country(other, known), notes)


def _other_candidates(toponym: Toponym) -> list[Candidate]:
    winner = toponym.place.place_id if toponym.place else None
    return [candidate for candidate in toponym.candidates if candidate.place_id != winner]


def _none_of_these(toponym: Toponym) -> list[Block]:
    """Return the chance that remains for no known place, if the candidates leave any."""
    others = _other_candidates(toponym)
    share = 1 - sum(candidate.score for candidate in others)
    share -= toponym.score if toponym.place else 0.0
    if not toponym.candidates or share < _SMALLEST:
        return []
    text = "None of these" if others else "No place that the gazetteer knows"
    return [blocks.item(text, chance_words(share))]


def _entry_facts(place: Place, known: Known) -> Iterable[tuple[str, str]]:
    return (
        ("Names", names_in_words(known.place or place)),
        ("Known to", radius_words(place.uncertainty_km)),
        ("Source", f"{place.source}, layer {place.layer}"),
    )
