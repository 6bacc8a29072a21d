# ruff: noqa: E501 (a pattern broken over lines is harder to read than a long one)
"""Places told by their relation to another: "20 km south of X", "near X", "between A and B".

What happened there did not happen in X. The words before a place name say how it lies to that
place; the result is a place of its own, an area or a line, in the text's own words. Distances are
laid off on the WGS 84 ellipsoid (`pyproj.Geod`).

How far an area reaches is a convention of ours, since no source states one: a stated distance is
taken for exact to a tenth, one said to be rough ("about", "some") to a fifth, and at least to
1 km; "near" reaches 5 km beyond the built-up area, which is taken for a disc of 4,000 people a
square kilometre; a direction alone means up to 30 km; "off the coast" means up to 30 km too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pyproj import Geod
from shapely import LineString, Point

from geomap.geo.shape_point import point_of
from geomap.model import Place, PlaceName, RelativePlace, Toponym, ToponymKind

EXACT_SHARE, ROUGH_SHARE, LEAST_KM = 0.1, 0.2, 1.0
NEAR_KM, SECTOR_KM, COAST_KM = 5.0, 30.0, 30.0
PEOPLE_A_KM2 = 4_000
KM_A_MILE = 1.609344
_WINDS = ("n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw",
          "nw", "nnw")  # fmt: skip
_STEP = 360 / len(_WINDS)
_LETTERS = {"north": "n", "south": "s", "east": "e", "west": "w"}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"], 1
    )
} | {"a dozen": 12, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100}  # fmt: skip
_I = re.IGNORECASE
_ONE = r"(?:north|south|east|west)"
_WIND = rf"(?:{_ONE}(?:[- ]?{_ONE}){{0,2}}(?:ern|wards?)?|[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?)"
_COUNT = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|" + "|".join(_NUMBERS) + ")"
_UNIT = r"(?:km|kms|kilomet(?:er|re)s?|miles?|mi|met(?:er|re)s|m)"
_ROUGH = r"(?:about|around|some|roughly|approximately|nearly|almost|more than|less than|up to)"
_OF_TOWN = r"(?: the)?(?: (?:city|town|village|capital|port)(?: city)? of)?(?: the)? ?$"
_DISTANCE = re.compile(
    rf"(?:\b(?:(?P<rough>{_ROUGH})|only|just|at least) )?(?<![\w.,-])(?P<n>{_COUNT})[ -]?(?P<unit>{_UNIT})\b"
    rf"(?: \([^()]{{1,20}}\))?(?: away)?(?: (?:due|downstream and|further|to the))?"
    rf"(?: (?P<wind>{_WIND}))? (?:of|from|outside|off|offshore from|inland from)(?: central)?{_OF_TOWN}",
    _I,
)
_LATER_WIND = re.compile(rf",? to the (?P<wind>{_ONE}(?:[- ]?{_ONE}){{0,2}})\b", _I)
_WITHIN = re.compile(rf"\bwithin (?P<n>{_COUNT})[ -]?(?P<unit>{_UNIT}) of{_OF_TOWN}", _I)
_COAST = re.compile(
    r"\b(?:off|along|from)(?: the)?(?: \w+)?(?: coast| shores?) (?:of|near|off)"
    rf"{_OF_TOWN}|\bwaters off{_OF_TOWN}|\boffshore (?:from|of){_OF_TOWN}|"
    rf"(?<!\b(?:get|put|lay|cut|far) )\boff{_OF_TOWN}",
    _I,
)
_NEAR = re.compile(
    r"(?:\b(?:just |right )?(?P<near>near|nearby|close to|next to|outside(?: of)?|around|not far from|"
    r"(?:in|on|at|to|from) the (?:\w+ )?(?:outskirts|edges?|vicinity|surroundings|suburbs|fringes|periphery|"
    r"outlying (?:areas|districts)|area around|countryside around) of|in the (?:area|hills|forests?|"
    rf"mountains|countryside|villages) (?:near|around|outside)))(?: central)?{_OF_TOWN}",
    _I,
)
_SECTOR = re.compile(
    rf"(?<!in the )(?<!\bthe )\b(?:just |to the )?(?P<wind>{_ONE}(?:[- ]?{_ONE}){{0,2}}) of{_OF_TOWN}",
    _I,
)
_BETWEEN = re.compile(
    r"(?P<lead>\b(?:[\w-]+ ){0,3})\b(?P<line>between|(?:stretch|section|way|road|route|highway|motorway)"
    r" from)(?: the)? (?:(?:city|town|village)s? (?:of )?)?$",
    _I,
)
_NO_LINE = re.compile(
    r"\b(?:talks|meeting|meetings|match|game|war|clash(?:es)?|relations|agreement|ceasefire(?! line)|"
    r"fighting|tensions?|trade|differences?|distance|choice|conflict|call|exchange) $",
    _I,
)
_AND = re.compile(r"^,? (?:and|to|with)(?: the)?(?: (?:city|town|village) of)? $")
_REACH = 90


@dataclass(frozen=True, slots=True)
class Relation:
    """How a place lies to one or two others; the words stand at `start` to `end` of the text.

    `bearing` is in degrees from north; None for an area all around.
    """

    kind: str
    start: int
    end: int
    distance_km: float | None = None
    bearing: float | None = None
    is_rough: bool = False
    other: Toponym | None = None


def read_relation(
    text: str, toponym: Toponym, toponyms: Sequence[Toponym], start: int
) -> Relation | None:
    """Return the relation that the words before a place name state, or None.

    Parameters
    ----------
    text, toponym, toponyms
        The text; the place name; the names of its sentence, of which a line needs a second.
    start
        Where the sentence begins.
    """
    if toponym.place is None or toponym.kind in (ToponymKind.ROAD, ToponymKind.ZONE):
        return None
    first = max(start, toponym.start_char - _REACH)
    before = text[first : toponym.start_char]
    end = toponym.end_char
    distance = _WITHIN.search(before) or _DISTANCE.search(before)
    if distance is not None:
        return _at_distance(distance, first, end, _LATER_WIND.match(text, end))
    line = _line(text, toponym, toponyms, first)
    if line is not None:
        return line
    if toponym.kind not in (ToponymKind.CITY, ToponymKind.OTHER, ToponymKind.FACILITY):
        return None
    for kind, pattern in (("off the coast", _COAST), ("near", _NEAR), ("sector", _SECTOR)):
        found = pattern.search(before)
        if found is not None:
            wind = found["wind"] if kind == "sector" else None
            at = first + found.start() + len(found.group()) - len(found.group().lstrip())
            return Relation(kind, at, end, bearing=bearing_of(wind) if wind else None)
    return None


def _at_distance(
    found: re.Match[str], first: int, end: int, later: re.Match[str] | None
) -> Relation:
    parts = found.groupdict()
    km = _kilometres(found["n"], found["unit"])
    wind = parts.get("wind")
    if wind is None and later is not None:
        wind, end = later["wind"], later.end()
    bearing = bearing_of(wind) if wind else None
    kind = "near" if bearing is None else "distance"
    if found.re is not _WITHIN and re.search(r"\b(?:offshore|off)\b", found.group(), _I):
        kind = "off the coast"
    rough = parts.get("rough") is not None
    return Relation(kind, first + found.start(), end, km, bearing, is_rough=rough)


def _line(text: str, toponym: Toponym, toponyms: Sequence[Toponym], first: int) -> Relation | None:
    """Return the line from a place to the one named after "and" or "to"."""
    found = _BETWEEN.search(text, first, toponym.start_char)
    if found is None or _NO_LINE.search(found["lead"]) or toponym.kind in _UNITS:
        return None
    for other in toponyms:
        gap = text[toponym.end_char : other.start_char]
        if other.start_char > toponym.end_char and _AND.match(gap) and other.place is not None:
            if other.kind in _UNITS:
                return None
            return Relation("between", found.start("line"), other.end_char, other=other)
    return None


_UNITS = (
    ToponymKind.COUNTRY, ToponymKind.CONTINENT, ToponymKind.ADMIN1, ToponymKind.ADMIN2,
    ToponymKind.REGION, ToponymKind.ROAD, ToponymKind.NESTED,
)  # fmt: skip


def _kilometres(number: str, unit: str) -> float:
    word = number.lower().replace(",", "")
    value = float(_NUMBERS[word]) if word in _NUMBERS else float(word)
    if unit.lower().startswith("mi"):
        return value * KM_A_MILE
    return value / 1000 if unit.lower() in ("m", "meters", "metres") else value


def bearing_of(wind: str) -> float | None:
    """Return the bearing of a wind in degrees from north: "south-west" 225, "NNE" 22.5."""
    letters = wind.lower().replace("wards", "").replace("ward", "").replace("ern", "")
    for word, letter in _LETTERS.items():
        letters = letters.replace(word, letter)
    letters = re.sub(r"[^nsew]", "", letters)
    return _WINDS.index(letters) * _STEP if letters in _WINDS else None


@cache
def _ellipsoid() -> Geod:
    return Geod(ellps="WGS84")


def related_place(base: Place, relation: Relation, text: str) -> RelativePlace | None:
    """Return the place that lies so to another, in the text's own words; None without a position.

    The geometry is a point in the middle of the area, whose radius is `uncertainty_km`, or the
    straight line between two places. EPSG:4326, longitude before latitude.
    """
    middle = base.point or point_of(base.geometry)
    if middle is None:
        return None
    words = _phrase(text[relation.start : relation.end])
    stated = [one for one in (relation.distance_km, relation.bearing) if one is not None]
    key = "-".join([f"{base.place_id}~{relation.kind}", *(f"{number:g}" for number in stated)])
    found = RelativePlace(
        **{name: getattr(base, name) for name in base.__dataclass_fields__},
        relation=relation.kind, base_id=base.place_id,
        distance_km=relation.distance_km, bearing=relation.bearing,
    )  # fmt: skip
    names = (PlaceName(base.name), *base.names)  # by which it is found, and compared with others
    found = replace(found, place_id=key, name=words, names=names, point=None)
    if relation.other is not None:
        return _between(found, relation.other.place, middle)
    away, radius = _away_and_radius(base, relation)
    if relation.bearing is not None and away:
        longitude, latitude, _ = _ellipsoid().fwd(*middle, relation.bearing, 1000 * away)
        middle = (longitude, latitude)
    return replace(found, geometry=Point(middle), uncertainty_km=round(radius, 1))


def _phrase(words: str) -> str:
    """Return a phrase as it stands inside a sentence ("Seven miles west of ...": "seven ...")."""
    words = " ".join(words.split())
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _between(
    found: RelativePlace, other: Place | None, start: tuple[float, float]
) -> RelativePlace | None:
    end = (other.point or point_of(other.geometry)) if other is not None else None
    if other is None or end is None:
        return None
    return replace(
        found,
        place_id=f"{found.base_id}~{other.place_id}",
        geometry=LineString([start, end]),
        uncertainty_km=None,
        kind=ToponymKind.ROAD,
    )


def _away_and_radius(base: Place, relation: Relation) -> tuple[float, float]:
    """Return how far off the middle of the area lies, and how far the area reaches, in km."""
    km = relation.distance_km
    if relation.kind == "sector":
        return SECTOR_KM / 2, SECTOR_KM / 2
    if km is None:
        return 0.0, COAST_KM if relation.kind == "off the coast" else NEAR_KM + _town_km(base)
    if relation.bearing is None:
        return 0.0, km + _town_km(base)
    share = ROUGH_SHARE if relation.is_rough else EXACT_SHARE
    return km, max(LEAST_KM, share * km)


def _town_km(base: Place) -> float:
    """Return the radius of a town's built-up area in km, by its people."""
    return math.sqrt(base.population / PEOPLE_A_KM2 / math.pi)
