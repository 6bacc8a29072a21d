"""What the Map page shows, as one frozen record that goes into the URL and comes back.

Pure: nothing here knows Streamlit. `read_view` takes the parameters of a link and gives the
view with a sentence for every part it could not use; `write_view` gives back only what
differs from the default, so that a plain link stays short.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from geomap.dashboard.shared.choices import (
    BOUNDARIES,
    COLOURS,
    DENSITIES,
    LAYERS,
    MODES,
    NAMES,
    PRECISIONS,
    STATUSES,
    TILES,
)
from geomap.query import NOT_STATED, Polygon
from geomap.query.criteria import MOST_CORNERS

MAX_TEXT = 200
_POLICY = re.compile(r"source|all|(side|lang):[\w .-]{1,40}")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the map looks: the centre and the zoom."""

    latitude: float
    longitude: float
    zoom: float


@dataclass(frozen=True, slots=True)
class View:
    """Filters, days, looks and camera of the Map page; an empty tuple keeps everything.

    Among the words of a criterion `NOT_STATED` means the events of which it is not known.
    `places` asks for the events at places, `place_id` is the place whose card is open.
    """

    start: date | None = None
    end: date | None = None
    mode: str = MODES[0]
    types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    text: str = ""
    polygon: Polygon = ()
    colour_by: str = COLOURS[0]
    density: str = DENSITIES[0]
    layers: tuple[str, ...] = LAYERS
    graticule: bool = False
    boundaries: str = BOUNDARIES[0]
    names: str = NAMES
    tiles: str = TILES[0]
    camera: Camera | None = None
    event_id: str | None = None
    place_id: str | None = None


_LISTS = {
    "type": "types",
    "source": "sources",
    "status": "statuses",
    "precision": "precisions",
    "batch": "batches",
    "at": "places",
    "layer": "layers",
}
_NOT_STATED = ("type", "source", "status", "precision", "batch")
_CLOSED: dict[str, tuple[str, ...]] = {
    "status": STATUSES,
    "precision": PRECISIONS,
    "layer": (*LAYERS, "none"),
    "without": _NOT_STATED,
}
_CHOICES: dict[str, tuple[str, tuple[str, ...]]] = {
    "mode": ("mode", MODES),
    "colour": ("colour_by", COLOURS),
    "density": ("density", DENSITIES),
    "boundaries": ("boundaries", BOUNDARIES),
    "tiles": ("tiles", TILES),
}
PARAMETERS = frozenset(
    {
        *_LISTS,
        *_CHOICES,
        "without",
        "names",
        "from",
        "to",
        "q",
        "area",
        "graticule",
        "map",
        "event",
        "place",
    }
)


def read_view(params: Mapping[str, Iterable[str]]) -> tuple[View, tuple[str, ...]]:
    """Return the view a link asks for, and a sentence for each part that made no sense.

    Parameters
    ----------
    params
        Every value of every parameter of the link; unknown parameters are left alone.

    Returns
    -------
    view, problems
        What could not be used stands at its default.
    """
    problems: list[str] = []
    given = {name: [v for v in values if v] for name, values in params.items()}
    start = _one(given, "from", date.fromisoformat, "a day such as 2022-12-31", problems)
    end = _one(given, "to", date.fromisoformat, "a day such as 2022-12-31", problems)
    if start and end and end < start:
        problems.append(f"The link's days end ({end}) before they start ({start}): all are shown.")
        start = end = None
    lists = {name: _many(given, name, problems) for name in _LISTS}
    for name in _many(given, "without", problems):
        lists[name] = (*lists[name], NOT_STATED)
    layers = lists.pop("layer")
    chosen: dict[str, Any] = {
        field: _one(given, name, _word_of(words), f"one of {', '.join(words)}", problems)
        or words[0]
        for name, (field, words) in _CHOICES.items()
    }
    is_on = _one(given, "graticule", _word_of(("on", "off")), "on or off", problems) == "on"
    chosen |= {_LISTS[name]: values for name, values in lists.items()}
    return View(
        start=start,
        end=end,
        **chosen,
        text=" ".join(given.get("q", []))[:MAX_TEXT],
        polygon=_one(given, "area", read_polygon, "the corners of an area", problems) or (),
        layers=tuple(n for n in LAYERS if n in layers) if layers else LAYERS,
        graticule=is_on,
        names=_one(given, "names", _policy, "a policy such as lang:en", problems) or NAMES,
        camera=_one(given, "map", _camera, "zoom/latitude/longitude", problems),
        event_id=next(iter(given.get("event", [])), None),
        place_id=next(iter(given.get("place", [])), None),
    ), tuple(problems)


def write_view(view: View) -> dict[str, list[str]]:
    """Return the link's parameters for `view`: only what differs from the default."""
    default = View()
    params: dict[str, list[str]] = {}
    for name, field in _LISTS.items():
        values = getattr(view, field)
        if values != getattr(default, field):
            told = [word for word in values if word != NOT_STATED]
            params[name] = told or (["none"] if name == "layer" else [])
    params["without"] = [n for n in _NOT_STATED if NOT_STATED in getattr(view, _LISTS[n])]
    singles = {
        "from": view.start and view.start.isoformat(),
        "to": view.end and view.end.isoformat(),
        "q": view.text,
        "area": write_polygon(view.polygon),
        "graticule": "on" if view.graticule else None,
        "names": None if view.names == NAMES else view.names,
        "map": view.camera and write_camera(view.camera),
        "event": view.event_id,
        "place": view.place_id,
    }
    for name, (field, _) in _CHOICES.items():
        value = getattr(view, field)
        singles[name] = None if value == getattr(default, field) else value
    params.update({name: [value] for name, value in singles.items() if value})
    return {name: values for name, values in params.items() if values}


def write_camera(camera: Camera) -> str:
    """Return `camera` as "zoom/latitude/longitude", to about a hundred metres."""
    return f"{camera.zoom:g}/{camera.latitude:.3f}/{camera.longitude:.3f}"


def write_polygon(polygon: Polygon) -> str:
    """Return the corners of an area as "longitude,latitude;…", to about ten metres."""
    return ";".join(f"{round(x, 4):.10g},{round(y, 4):.10g}" for x, y in polygon)


def read_polygon(text: str) -> Polygon:
    """Return the corners that `write_polygon` wrote.

    Raises
    ------
    ValueError
        When they are not the corners of an area.
    """
    corners = []
    for part in text.split(";"):
        x, y = (round(float(number), 4) for number in part.split(","))
        if not (-360 <= x <= 360 and -90 <= y <= 90):
            raise ValueError(text)
        corners.append((x, y))
    if not 3 <= len(corners) <= MOST_CORNERS:
        raise ValueError(text)
    return tuple(corners)


def without_selection(view: View) -> View:
    """Return `view` with no event and no place open."""
    return replace(view, event_id=None, place_id=None)


def _word_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return parse


def _policy(text: str) -> str:
    if not _POLICY.fullmatch(text):
        raise ValueError(text)
    return text


def _camera(text: str) -> Camera:
    zoom, latitude, longitude = (float(part) for part in text.split("/"))
    if not (0 <= zoom <= 20 and -90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(text)
    return Camera(latitude, longitude, zoom)


def _one(
    given: Mapping[str, list[str]],
    name: str,
    parse: Callable[[str], T],
    wanted: str,
    problems: list[str],
) -> T | None:
    values = given.get(name)
    if not values:
        return None
    try:
        return parse(values[0])
    except ValueError:
        problems.append(
            f"The link's {name!r} is {values[0][:60]!r}, which is not {wanted}; it was left out."
        )
        return None


def _many(given: Mapping[str, list[str]], name: str, problems: list[str]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(given.get(name, [])))
    closed = _CLOSED.get(name)
    if closed is None:
        return values
    strange = [value[:60] for value in values if value not in closed]
    if strange:
        listed = ", ".join(repr(value) for value in strange)
        problems.append(f"The link's {name!r} has {listed}, which geomap does not know.")
    return tuple(value for value in values if value in closed)
