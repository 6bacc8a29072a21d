"""Whether an event that a reader gives fits an incident of the gold: day, place, type, status.

Events have the shape of `geomap geoparse --corpus ... --events`, incidents the shape of
`bench/gold/GUIDELINE.md`. Names and countries are compared as the scorer of the MUC texts
does; a place is also right within 20 km, or inside the area that the text names.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

Json = dict[str, Any]

NEAR_KM = 20.0
EARTH_KM = 6371.0
UNITS = {"country", "continent", "region", "admin1", "admin2", "zone", "nested"}
LINES = {"between", "road", "border"}
TYPES = (
    "Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
    "Strategic developments", "Arrest", "Accident", "Disaster", "Rescue", "Bodies found",
    "Health", "Displacement", "Closure and opening", "Infrastructure", "Humanitarian aid",
    "Legal", "Talks", "Agreement", "Election", "Gathering", "Other",
)  # fmt: skip
# Other words for the types, of ACLED, PLOVER and everyday use, in lower case.
ALIASES = {
    "explosions": "Explosions/Remote violence", "remote violence": "Explosions/Remote violence",
    "assault": "Violence against civilians", "crime": "Violence against civilians",
    "protest": "Protests", "riot": "Riots", "deployment": "Strategic developments",
    "mobilize": "Strategic developments", "obstruction": "Closure and opening",
    "arrests": "Arrest", "raid": "Arrest", "coerce": "Arrest", "accidents": "Accident",
    "disasters": "Disaster", "disaster and effects": "Disaster", "rescues": "Rescue",
    "rescued": "Rescue", "bodies": "Bodies found", "health outbreak": "Health",
    "displacement and deportation": "Displacement", "deportation": "Displacement",
    "closure": "Closure and opening", "opening": "Closure and opening",
    "closures": "Closure and opening", "infrastructure change": "Infrastructure",
    "humanitarian": "Humanitarian aid", "aid": "Humanitarian aid", "legal decision": "Legal",
    "consult": "Talks", "agree": "Agreement", "agreements": "Agreement",
    "elections": "Election", "gatherings": "Gathering", "festival": "Gathering",
    "festival and gathering": "Gathering", "festivals and gatherings": "Gathering",
}  # fmt: skip
_CANONICAL = {name.lower(): name for name in TYPES} | ALIASES


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance between two positions in degrees."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def dest_of(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the position `km` away from another in a bearing, in degrees, on a sphere."""
    a, turn, way = math.radians(lat), math.radians(bearing), km / EARTH_KM
    b = math.asin(math.sin(a) * math.cos(way) + math.cos(a) * math.sin(way) * math.cos(turn))
    east = math.sin(turn) * math.sin(way) * math.cos(a)
    north = math.cos(way) - math.sin(a) * math.sin(b)
    return math.degrees(b), lon + math.degrees(math.atan2(east, north))


def kilometres_to_line(lat: float, lon: float, start: Json, end: Json) -> float:
    """Return the distance to the straight line between two places, on a local plane."""
    scale = math.cos(math.radians(lat))
    to_km = math.pi * EARTH_KM / 180
    x, y = (start["lon"] - lon) * scale * to_km, (start["lat"] - lat) * to_km
    u, v = (end["lon"] - lon) * scale * to_km - x, (end["lat"] - lat) * to_km - y
    length = u * u + v * v
    share = min(1.0, max(0.0, -(x * u + y * v) / length)) if length else 0.0
    return math.hypot(x + share * u, y + share * v)


def plain(name: str) -> str:
    """Return a name without accents, case and punctuation."""
    letters = unicodedata.normalize("NFKD", name)
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", kept.lower()))


def names_of(place: Json) -> set[str]:
    """Return every name form of a place, plain."""
    return {plain(name) for name in (place.get("name") or "", *(place.get("names") or ()))} - {""}


def same_name(place: Json, gold: Json) -> bool:
    """Return whether a name of one place is, or contains as words, a name of the other."""
    return any(
        a == b or (min(len(a), len(b)) > 3 and (f" {a} " in f" {b} " or f" {b} " in f" {a} "))
        for a in names_of(place)
        for b in names_of(gold)
    )


def is_wide(place: Json) -> bool:
    """Return whether a place is a unit or country as such, not a place in it."""
    return place.get("kind") in UNITS and not place.get("relation")


def place_fits(place: Json, gold: Json) -> bool:
    """Return whether a place is the gold's: by name, by position, or inside the area meant."""
    theirs, ours = place.get("country"), gold.get("country")
    if theirs and ours and theirs != ours:
        return False
    if gold["kind"] == "country":
        return bool(theirs) and theirs == ours
    if is_wide(place) and gold["kind"] not in UNITS:
        return False  # the country or province of a village is not yet the village
    if not gold.get("to") and gold.get("distance_km") is None and same_name(place, gold):
        return True
    lat, lon = place.get("lat"), place.get("lon")
    if lat is None or lon is None or gold["lat"] is None:
        return False
    if gold.get("to"):
        return kilometres_to_line(lat, lon, gold["base"], gold["to"]) <= NEAR_KM
    reach = max(NEAR_KM, gold["radius_km"] or 0)
    return kilometres(lat, lon, gold["lat"], gold["lon"]) <= reach


def places_fit(places: Iterable[Json], gold: list[Json]) -> bool:
    """Return whether one of the places is the gold's and none is elsewhere.

    A country or province that contains a place of the gold does no harm beside it; the place
    that somebody or something came from does no harm, but is not enough.
    """
    given = list(places)
    if not gold:
        return True
    wanted = [place for place in gold if place.get("role") != "from"] or gold
    if not any(place_fits(place, want) for place in given for want in wanted):
        return False
    countries = {want["country"] for want in gold}
    return all(
        any(place_fits(place, want) for want in gold)
        or (is_wide(place) and place.get("country") in countries)
        for place in given
    )


def is_area(places: Iterable[Json]) -> bool:
    """Return whether one of the places is given as an area: a unit, or with a relation."""
    return any(place.get("relation") or place.get("kind") in UNITS for place in places)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def day_fits(event: Json, gold: Json, published: str | None) -> bool:
    """Return whether an event's days are the gold's.

    One day of tolerance in a span covers "overnight"; where the gold has no day, none may be
    given, or a span of several days that has begun by the day of publication. An open
    incident ("closed since Monday") is right in its first day.
    """
    start, end = _day(event.get("event_date")), _day(event.get("event_date_end"))
    first, last = _day(gold["event_date"]), _day(gold["event_date_end"])
    is_open = event.get("date_precision") == "open"
    if start is None:
        return first is None
    end = end or (None if is_open else start)
    if first is None:
        longer = end is None or end > start
        known = _day(published)
        return longer and (gold["status"] == "planned" or known is None or start <= known)
    if last is None:
        return start == first
    if end is None:
        return first < last and first <= start <= last
    allowed = max(timedelta(days=1), 1.5 * (last - first))
    return start <= last and first <= end and end - start <= allowed


def type_of(event: Json) -> str | None:
    """Return the gold's word for an event's type, or None for an unknown one."""
    return _CANONICAL.get((event.get("event_type") or "").lower())


def type_fits(event: Json, gold: Json) -> bool:
    """Return whether an event's type is one that a careful annotator could choose."""
    return type_of(event) in gold["types"]


def status_fits(event: Json, gold: Json) -> bool:
    """Return whether an event's status is the gold's; "claimed" is a kind of reported."""
    status = event.get("status") or "reported"
    return ("reported" if status == "claimed" else status) in {
        gold["status"],
        *gold.get("status_also", ()),
    }


def fatalities_fit(event: Json, gold: Json) -> bool:
    """Return whether the number of dead is within the gold's, or none where it has none."""
    low, high = gold.get("killed", (0, 0))
    given = event.get("fatalities")
    if isinstance(given, (list, tuple)):
        given = given[0]
    return (low or 0) <= (given or 0) <= (math.inf if high is None else high)


def evidence_meets(event: Json, gold: Json) -> bool:
    """Return whether the two rest on words in common."""
    return any(
        mark["start_char"] < end and start < mark["end_char"]
        for mark in event.get("evidence") or ()
        for start, end in gold["evidence"]
    )
