# ruff: noqa: E501 (tables of words)
"""A short title for an event whose clause names no event by itself: type, status and places."""

from __future__ import annotations

from geomap.incidents.lexicon import Trigger
from geomap.model import Place, RelativePlace, Status, ToponymKind

_NOUNS = {
    "Exchange of fire": "Clash", "Territory taken": "Territory taken", "Operation": "Military operation",
    "War": "Coup", "Shelling": "Shelling or explosion", "Strike": "Strike", "Riot": "Unrest",
    "Demonstration": "Protest", "Blockade": "Blockade", "Ceasefire": "Agreement", "Meeting": "Talks",
    "Call": "Telephone talks", "Ruling": "Court decision", "Order": "Court order", "Arrest": "Arrests",
    "Traffic": "Traffic", "Delivery": "Aid delivery", "Casualties": "Deaths or injuries",
    "Natural": "Natural disaster", "Flight": "Displacement", "Access denied": "Access denied",
}  # fmt: skip
_BY_TYPE = {
    ("Accident", "Traffic"): "Accident",
    ("Infrastructure", "Traffic"): "Infrastructure change",
}
_ENDINGS = {
    Status.PREVENTED: " prevented", Status.PLANNED: " planned",
    Status.DENIED: " (denied)", Status.CLAIMED: " (claimed)", Status.REPORTED: "",
}  # fmt: skip


def type_title(
    trigger: Trigger, status: Status, places: tuple[Place, ...], country: str | None
) -> str:
    """Return for example "Protest on the Lachin-Khankendi road"."""
    kind = (trigger.event_type, trigger.sub_event_type)
    noun = _BY_TYPE.get(kind) or _NOUNS.get(trigger.sub_event_type, trigger.sub_event_type)
    where = _where(places) or (f" in {country}" if country else "")
    if status is Status.PREVENTED and trigger.sub_event_type == "Access denied":
        return f"{noun}{where}"
    if status in (Status.DENIED, Status.CLAIMED):
        return f"{noun}{where}{_ENDINGS[status]}"
    return f"{noun}{_ENDINGS[status]}{where}"


def _where(places: tuple[Place, ...]) -> str:
    if not places:
        return ""
    names = [place.name for place in places[:3]]
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    if isinstance(places[0], RelativePlace):
        return f" {listed}"  # it has its own preposition
    if places[0].kind is ToponymKind.ROAD:
        return f" on the {listed}"
    if places[0].kind is ToponymKind.CITY:
        return f" in {listed}"
    return f": {listed}"
