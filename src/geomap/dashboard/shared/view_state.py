"""What the Map page shows, as one frozen record that goes into the URL and comes back.

Pure: nothing here imports Streamlit. `read_view` takes the parameters of a link and gives the
view with a sentence for every part it could not use; `write_view` gives back only what
differs from the default, so that a plain link stays short.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from geomap.dashboard.shared.choices import (
    BOUNDARIES,
    COLOURS,
    DENSITIES,
    LAYERS,
    MODES,
    NAMES,
    TILES,
)
from geomap.query import EventQuery
from geomap.query.links import QUERY_KEYS, Link, link_of_query, query_of_link

_POLICY = re.compile(r"source|all|(side|lang):[\w .-]{1,40}")


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the map looks: the centre and the zoom."""

    latitude: float
    longitude: float
    zoom: float


@dataclass(frozen=True, slots=True)
class View:
    """Filters, days, looks and camera of the Map page.

    `query` is what the filters and the time control ask for; in the mode "cumulative" its first
    day is left aside. `place_id` is the place whose card is open.
    """

    query: EventQuery = field(default_factory=EventQuery)
    mode: str = MODES[0]
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


_CHOICES: dict[str, tuple[str, tuple[str, ...]]] = {
    "mode": ("mode", MODES),
    "colour": ("colour_by", COLOURS),
    "density": ("density", DENSITIES),
    "boundaries": ("boundaries", BOUNDARIES),
    "tiles": ("tiles", TILES),
}
PARAMETERS = QUERY_KEYS | {
    *_CHOICES, "layer", "names", "graticule", "map", "event", "place"
}  # fmt: skip
"""The keys of a link that belong to a view."""


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
    link = Link(params)
    chosen = {
        name: link.one(key, _word_of(words), f"one of {', '.join(words)}") or words[0]
        for key, (name, words) in _CHOICES.items()
    }
    layers = link.many("layer", (*LAYERS, "none"))
    view = View(
        query=query_of_link(link),
        **chosen,
        layers=tuple(n for n in LAYERS if n in layers) if layers else LAYERS,
        graticule=link.one("graticule", _word_of(("on", "off")), "on or off") == "on",
        names=link.one("names", _policy, "a policy such as lang:en") or NAMES,
        camera=link.one("map", _camera, "zoom/latitude/longitude"),
        event_id=next(iter(link.given.get("event", [])), None),
        place_id=next(iter(link.given.get("place", [])), None),
    )
    return view, tuple(link.problems)


def write_view(view: View) -> dict[str, list[str]]:
    """Return the link's parameters for `view`: only what differs from the default."""
    default = View()
    singles = {
        "graticule": "on" if view.graticule else None,
        "names": None if view.names == NAMES else view.names,
        "map": view.camera and write_camera(view.camera),
        "event": view.event_id,
        "place": view.place_id,
    }
    for key, (name, _) in _CHOICES.items():
        value = getattr(view, name)
        singles[key] = None if value == getattr(default, name) else value
    params = link_of_query(view.query)
    if view.layers != LAYERS:
        params["layer"] = list(view.layers) or ["none"]
    return params | {key: [value] for key, value in singles.items() if value}


def write_camera(camera: Camera) -> str:
    """Return `camera` as "zoom/latitude/longitude", to about a hundred metres."""
    return f"{camera.zoom:g}/{camera.latitude:.3f}/{camera.longitude:.3f}"


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
