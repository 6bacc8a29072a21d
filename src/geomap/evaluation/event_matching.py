"""Which answers fit which events of a document, in type, place and day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from types import MappingProxyType

from geomap.evaluation.event_annotations import EventMark, PlaceOfEvent
from geomap.geo.distance import great_circle_km

SAME_PLACE_KM = 50.0
"""Two places at most this far apart count as one: a district seat for a village of it."""

Fit = Callable[[EventMark, EventMark], bool]


def type_fits(gold: EventMark, answer: EventMark) -> bool:
    """Return whether an answer has one of the types that are right."""
    return not gold.event_types or bool(gold.event_types & answer.event_types)


def place_fits(gold: EventMark, answer: EventMark) -> bool:
    """Return whether one place of an answer is one of the event's, by name or within 50 km.

    An event that the text leaves without a place is not to be given one.
    """
    if gold.places is None:
        return True
    if not gold.places or not answer.places:
        return not gold.places and not answer.places
    return any(_is_same(one, other) for one in gold.places for other in answer.places)


def _is_same(gold: PlaceOfEvent, answer: PlaceOfEvent) -> bool:
    if gold.country and answer.country and gold.country != answer.country:
        return False
    if set(map(_plain, gold.names)) & set(map(_plain, answer.names)):
        return True
    if gold.lat is None or gold.lon is None or answer.lat is None or answer.lon is None:
        return False
    return bool(great_circle_km(gold.lon, gold.lat, answer.lon, answer.lat) <= SAME_PLACE_KM)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c))))


def day_fits(gold: EventMark, answer: EventMark) -> bool:
    """Return whether the days of an answer lie within those of the event.

    An event that the text leaves undated is not to be given a day.
    """
    if gold.days is None:
        return True
    first, last = gold.days
    start, end = answer.days or (None, None)
    if first is None or start is None:
        return first is start
    return first <= start and (end or date.max) <= (last or date.max)


WAYS: MappingProxyType[str, tuple[Fit, ...]] = MappingProxyType(
    {
        "type": (type_fits,),
        "type_place": (type_fits, place_fits),
        "type_date": (type_fits, day_fits),
        "place_date": (place_fits, day_fits),
        "type_place_date": (type_fits, place_fits, day_fits),
    }
)
"""What must fit in each way of counting."""


def matched(gold: Sequence[EventMark], answers: Sequence[EventMark], way: str) -> dict[int, int]:
    """Return as many pairs of an event and an answer that fit as there can be, one to one.

    Parameters
    ----------
    gold, answers
        The events of a document; the answers for it.
    way
        One of `WAYS`.

    Returns
    -------
    answer_of
        Number of the answer by that of its event.
    """
    fits = [
        [n for n, answer in enumerate(answers) if all(fit(event, answer) for fit in WAYS[way])]
        for event in gold
    ]
    event_of: dict[int, int] = {}

    def place(event: int, tried: set[int]) -> bool:
        """Find an answer for an event, moving other events to another answer where needed."""
        for answer in fits[event]:
            if answer in tried:
                continue
            tried.add(answer)
            if answer not in event_of or place(event_of[answer], tried):
                event_of[answer] = event
                return True
        return False

    for event in range(len(gold)):
        place(event, set())
    return {event: answer for answer, event in event_of.items()}
