"""Roads asked for by their two ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geomap.gazetteer.name_keys import normalise_name
from geomap.gazetteer.place_layers import Layer
from geomap.model import Place


def road_between(layers: Sequence[Layer], one: str, other: str, on: date | None) -> Place | None:
    """Return the road of these layers that joins two names, in either order.

    An end may be written in any form of any place that the road names as that end.
    """
    for layer in layers:
        bearers = [set(layer.by_key.get(normalise_name(name), {})) for name in (one, other)]
        for place_id, (first, second) in layer.ends.items():
            here, there = set(first), set(second)
            straight = bearers[0] & here and bearers[1] & there
            if straight or (bearers[0] & there and bearers[1] & here):
                return layer.version(place_id, on)
    return None
