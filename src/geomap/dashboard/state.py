"""What the Map page shows, as one frozen record that goes into the URL and comes back.

Pure: nothing here knows Streamlit. `read_view` takes the parameters of a link and gives the
view with a sentence for every part it could not use; `write_view` gives back only what
differs from the default, so that a plain link stays short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from geomap.model import DatePrecision, GeoPrecision, Status

LAYERS = ("roads", "zones", "sites", "towns")
"""What can be switched on and off on the map; "sites" are deposits and other facilities."""

PRECISIONS: tuple[str, ...] = tuple(dict.fromkeys([*DatePrecision, *GeoPrecision]))
STATUSES: tuple[str, ...] = tuple(Status)
MAX_TEXT = 200

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the map looks: the centre and the zoom."""

    latitude: float
    longitude: float
    zoom: float


@dataclass(frozen=True, slots=True)
class View:
    """Filters, days and camera of the Map page; an empty tuple keeps everything."""

    start: date | None = None
    end: date | None = None
    types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    text: str = ""
    layers: tuple[str, ...] = LAYERS
    camera: Camera | None = None
    event_id: str | None = None
    place_id: str | None = None


_LISTS = {
    "type": "types",
    "source": "sources",
    "status": "statuses",
    "precision": "precisions",
    "layer": "layers",
}
_CLOSED: dict[str, tuple[str, ...]] = {
    "status": STATUSES,
    "precision": PRECISIONS,
    "layer": (*LAYERS, "none"),
}
PARAMETERS = frozenset({*_LISTS, "from", "to", "q", "map", "event", "place"})


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
    lists = {field: _many(given, name, problems) for name, field in _LISTS.items()}
    layers = lists.pop("layers")
    return View(
        start=start,
        end=end,
        **lists,
        text=" ".join(given.get("q", []))[:MAX_TEXT],
        layers=tuple(n for n in LAYERS if n in layers) if layers else LAYERS,
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
            params[name] = list(values) or (["none"] if name == "layer" else [])
    singles = {
        "from": view.start and view.start.isoformat(),
        "to": view.end and view.end.isoformat(),
        "q": view.text,
        "map": view.camera and write_camera(view.camera),
        "event": view.event_id,
        "place": view.place_id,
    }
    params.update({name: [value] for name, value in singles.items() if value})
    return {name: values for name, values in params.items() if values}


def write_camera(camera: Camera) -> str:
    """Return `camera` as "zoom/latitude/longitude", to about a hundred metres."""
    return f"{camera.zoom:g}/{camera.latitude:.3f}/{camera.longitude:.3f}"


def without_selection(view: View) -> View:
    """Return `view` with no event and no place open."""
    return replace(view, event_id=None, place_id=None)


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
