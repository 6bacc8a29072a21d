"""Roads that a text names by their two ends: one line, never two pins.

"The A-B road", "A to B highway", "the road between A and B", "the railway linking A with B". The
course comes from the gazetteer; where no layer has it, a straight line between both ends stands
for it, in the layer "derived" and marked as approximate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shapely.geometry import LineString

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.geo.distance import KM_PER_DEGREE
from geomap.geoparse.data_tables import WORDS
from geomap.geoparse.reading import Reading
from geomap.geoparse.resolver import Resolved
from geomap.geoparse.tokens import DASHES, Token
from geomap.model import Place, PlaceName, Toponym, ToponymKind

_MOST_MODIFIERS = 2


@dataclass(frozen=True, slots=True)
class RoadName:
    """Words [first, last) that name a road, and the word stretches of the places on it."""

    first: int
    last: int
    stops: tuple[tuple[int, int], ...]


def find_roads(tokens: Sequence[Token], gazetteer: Gazetteer) -> list[RoadName]:
    """Return the roads named by their ends, left to right, not overlapping."""
    roads: list[RoadName] = []
    for i, token in enumerate(tokens):
        if token.lower not in WORDS["road-nouns"] or (roads and i < roads[-1].last):
            continue
        road = _ends_before(tokens, i, gazetteer) or _ends_after(tokens, i, gazetteer)
        if road is not None and (not roads or road.first >= roads[-1].last):
            roads.append(road)
    return roads


def _ends_before(tokens: Sequence[Token], noun: int, gazetteer: Gazetteer) -> RoadName | None:
    """Return "A-B road", "A-B-C main highway" or "A to B railway" that ends at a noun."""
    end = noun
    while end > 0 and noun - end < _MOST_MODIFIERS and not tokens[end - 1].capital:
        if not tokens[end].spaced or tokens[end].first:
            return None
        end -= 1
    if end == 0 or tokens[end].first or tokens[end].gap.strip() not in {"", "'", '"', "”", "’"}:
        return None
    stops: list[tuple[int, int]] = []
    while (start := _name_before(tokens, end, gazetteer)) is not None:
        stops.insert(0, (start, end))
        if _is_dash(tokens[start].gap) and not tokens[start].first:
            end = start
        elif start > 1 and tokens[start - 1].lower == "to" and tokens[start - 1].spaced:
            if len(stops) > 1 or tokens[start - 2].lower in {"from", "road"}:
                break
            end = start - 1
        else:
            break
    if len(stops) < 2:
        return None
    return RoadName(stops[0][0], noun + 1, tuple(stops))


def _is_dash(gap: str) -> bool:
    bare = gap.strip(" ")
    return bool(bare) and all(mark in DASHES for mark in bare) and len(gap) <= 4


def _name_before(tokens: Sequence[Token], end: int, gazetteer: Gazetteer) -> int | None:
    """Return where the name begins that ends just before a word: the longest known one."""
    for count in (3, 2, 1):
        start = end - count
        if start < 0 or not tokens[start].capital or not tokens[end - 1].capital:
            continue
        inner = tokens[start + 1 : end]
        if any(t.first or (_is_dash(t.gap) and "-" not in t.gap) for t in inner):
            continue
        name = " ".join(t.text for t in tokens[start:end])
        if gazetteer.has(name) and not _is_people(name, gazetteer):
            return start
    word = tokens[end - 1]
    if end >= 1 and word.capital and len(word.text) > 2 and not _is_people(word.text, gazetteer):
        nearby = _is_dash(word.gap) or (end < len(tokens) and _is_dash(tokens[end].gap))
        return end - 1 if nearby else None
    return None


def _is_people(name: str, gazetteer: Gazetteer) -> bool:
    return gazetteer.demonym(name) is not None and not gazetteer.find(name, limit=1)


def _ends_after(tokens: Sequence[Token], noun: int, gazetteer: Gazetteer) -> RoadName | None:
    """Return "road between A and B", "highway from A to B", "railway linking A with B"."""
    link = noun + 1
    while link < len(tokens) and link - noun <= 3 and not tokens[link].first:
        if tokens[link].lower in WORDS["road-links"]:
            break
        if tokens[link].capital or tokens[link].gap.strip(" ,"):
            return None
        link += 1
    if link >= len(tokens) or tokens[link].lower not in WORDS["road-links"]:
        return None
    one = _name_after(tokens, link + 1, gazetteer)
    if one is None or one[1] >= len(tokens) or tokens[one[1]].first:
        return None
    wanted = {"to"} if tokens[link].lower == "from" else {"and", "with", "to"}
    if tokens[one[1]].lower not in wanted:
        return None
    other = _name_after(tokens, one[1] + 1, gazetteer)
    return None if other is None else RoadName(noun, other[1], (one, other))


def _name_after(
    tokens: Sequence[Token], start: int, gazetteer: Gazetteer
) -> tuple[int, int] | None:
    while start < len(tokens) and tokens[start].lower in WORDS["before-road-end"]:
        start += 1
    if start >= len(tokens) or not tokens[start].capital or tokens[start].first:
        return None
    ahead = [start + 1]
    while ahead[-1] < len(tokens) and tokens[ahead[-1]].capital and tokens[ahead[-1]].spaced:
        ahead.append(ahead[-1] + 1)
    for end in reversed(ahead[:4]):
        if gazetteer.has(" ".join(t.text for t in tokens[start:end])):
            return start, end
    return start, ahead[-1]


def stop_names(reading: Reading, road: RoadName) -> list[str]:
    """Return the names of the places on a road, as the text writes them."""
    return [" ".join(t.text for t in reading.tokens[first:last]) for first, last in road.stops]


def road_toponym(reading: Reading, road: RoadName, resolved: Resolved, on: date | None) -> Toponym:
    """Return the toponym of a road between the first and the last of its places."""
    start, end = reading.span(road.first, road.last)
    place, score, reason = _road(reading, road, resolved, on)
    return Toponym(start, end, reading.text[start:end], ToponymKind.ROAD, place, score, reason)


def _road(
    reading: Reading, road: RoadName, resolved: Resolved, on: date | None
) -> tuple[Place | None, float, str]:
    """Return the road as a place, with its score and the reason."""
    names = stop_names(reading, road)
    between = f"road between {names[0]} and {names[-1]}"
    known = reading.gazetteer.road_between(names[0], names[-1], on=on)
    if known is not None:
        when = f", as it ran on {on}" if on and known.is_valid_on(on) else ""
        return known, 0.97, f"{between}; its course is in the {known.layer} gazetteer{when}"
    places = {
        normalise_name(sense.text): place
        for sense, place in zip(resolved.senses, resolved.places, strict=True)
        if place is not None and place.kind is not ToponymKind.COUNTRY
    }
    stops = [places.get(normalise_name(name)) for name in names]
    first, last = stops[0], stops[-1]
    if first is None or last is None or first.place_id == last.place_id:
        lost = [name for name, place in zip(names, stops, strict=True) if place is None]
        why = f"no place known for {', '.join(lost)}" if lost else "both ends are one place"
        return None, 0.0, f"{between}; {why}"
    points = [p.geometry.centroid for p in stops if p is not None and p.geometry is not None]
    if len(points) < 2 or points[0] == points[-1]:
        return None, 0.0, f"{between}; one end has no point"
    reason = f"{between}; its course is not known: a straight line, approximate"
    return _derived(first, last, LineString(points)), 0.6, reason


def _derived(first: Place, last: Place, line: LineString) -> Place:
    name = f"{first.name}-{last.name} road"
    licence = first.licence if first.licence == last.licence else f"{first.licence}; {last.licence}"
    same = first.country_code if first.country_code == last.country_code else None
    return Place(
        place_id=f"road:{first.place_id}--{last.place_id}",
        name=name,
        names=(PlaceName(name, lang="en"),),
        feature_class="R",
        feature_code="RD",
        kind=ToponymKind.ROAD,
        geometry=line,
        uncertainty_km=max(2.0, round(line.length * KM_PER_DEGREE / 4, 1)),
        country_code=same,
        layer="derived",
        source="straight line between both ends",
        licence=licence,
    )
