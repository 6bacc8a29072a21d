"""The home of a publisher, from the name of a large town in its own name."""

from __future__ import annotations

import numpy as np

from geomap.gazetteer import normalise_name
from geomap.geoparse.candidates import Names, place_point
from geomap.geoparse.data_tables import STATIC
from geomap.geoparse.evidence import Home
from geomap.model import ToponymKind

_LEAST_PEOPLE = 20_000
_TOWN_PEOPLE = STATIC.index("town people")


def home_of(publisher: str | None, names: Names) -> Home | None:
    """Return the home of a publisher, None where its name contains none of a large town."""
    if not publisher:
        return None
    words = publisher.replace(".", " ").split()
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            form = " ".join(words[start : start + length])
            facts = names.gazetteer.facts(normalise_name(form))
            if not form[:1].isupper() or not facts.good or facts.people < _LEAST_PEOPLE:
                continue
            options = names.options(form, None)
            best = int(np.argmax(options.static[:, _TOWN_PEOPLE]))
            place = options.place(best, names.gazetteer)
            point = place_point(place)
            if point is not None and place.kind is ToponymKind.CITY:
                return Home(point[1], point[0], int(options.country[best]))
    return None
