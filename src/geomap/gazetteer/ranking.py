"""How well a place matches a name, as a number and in words.

The layer weighs most (the user's own, curated, countries, towns), then whether the name
is the place's first or another form, then population; a version or a name that was not in
use on the day of a query loses, and nearness to the point of a query wins a little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import numpy as np

from geomap.gazetteer.place_index import ADJECTIVE, DOUBTFUL, MAIN, SHORT
from geomap.model import Place, PlaceName

LAYER_SCORES = {
    "user": 1.0, "curated": 0.95, "regions": 0.85, "countries": 0.9, "admin1": 0.6,
    "admin2": 0.45, "cities": 0.55, "airports": 0.4, "imported": 0.5,
}  # fmt: skip
LAYER_WORDS = {
    "user": "a place of your own",
    "curated": "curated gazetteer",
    "regions": "region or water of the world",
    "countries": "country",
    "admin1": "first-level division",
    "admin2": "second-level division",
    "cities": "town",
    "airports": "airport",
    "imported": "place of an imported gazetteer",
}
OTHER_FORM, DOUBTFUL_FORM, WRONG_DAY, WRONG_NAME_DAY = 0.05, 0.25, 0.3, 0.1
_MOST_PEOPLE, _MOST_FOR_PEOPLE = 7.6, 0.3
_NEAR, _NEAR_KM = 0.1, 200.0


def score_place(
    place: Place, forms: Sequence[PlaceName], on: date | None, *, is_main: bool
) -> float:
    """Return the score of a place of a small layer, between 0 and 1."""
    score = LAYER_SCORES[place.layer] - (0.0 if is_main else OTHER_FORM)
    if not place.is_valid_on(on):
        score -= WRONG_DAY
    if on is not None and forms and not any(form_is_used(form, on) for form in forms):
        score -= WRONG_NAME_DAY
    return round(max(score, 0.0), 4)


def score_rows(bases: np.ndarray, population: np.ndarray, flags: np.ndarray) -> np.ndarray:
    """Return the scores of rows of the world index, between 0 and 1.

    `bases` are the scores of the layers of the rows, `flags` the marks of the name.
    """
    people = np.log10(population.astype("float64") + 1) / _MOST_PEOPLE * _MOST_FOR_PEOPLE
    other = np.where(flags & MAIN, 0.0, OTHER_FORM)
    doubtful = np.where(flags & (DOUBTFUL | ADJECTIVE | SHORT), DOUBTFUL_FORM, 0.0)
    scores = bases + people - other - doubtful
    return np.asarray(np.clip(scores, 0.0, 1.0))


def nearness(kilometres: np.ndarray | float) -> np.ndarray:
    """Return the part of a score that a distance adds."""
    return np.asarray(_NEAR * np.exp(-np.asarray(kilometres) / _NEAR_KM))


def form_is_used(form: PlaceName, day: date) -> bool:
    """Return whether a form of a name was in use on a day."""
    after = form.valid_from is None or form.valid_from <= day
    return after and (form.valid_to is None or day <= form.valid_to)


def reason_of(
    place: Place,
    forms: Sequence[PlaceName],
    on: date | None,
    versions: int = 1,
    side_words: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return in words why a place is listed and ranks where it does.

    `forms` are those of its names that match, of all its `versions`; `side_words` say what a
    side is called in a sentence where that is not its label.
    """
    names = list(dict.fromkeys(form.name for form in forms))
    sides = dict.fromkeys(side_words.get(form.side, form.side) for form in forms if form.side)
    langs = list(dict.fromkeys(form.lang for form in forms if form.lang))
    if place.name in names:
        words = [f'name "{place.name}"']
    else:
        words = [f'"{names[0]}", another form of {place.name}']
    users = " and ".join(", ".join(sides).rsplit(", ", 1))
    about = [*langs, *([f"used by {users}"] if sides else [])]
    words[0] += f" ({', '.join(about)})" if about else ""
    words.append(LAYER_WORDS[place.layer])
    if on is not None and not place.is_valid_on(on):
        words.append(f"not valid on {on}, this is the version nearest in time")
    elif on is not None and not any(form_is_used(form, on) for form in forms):
        words.append(f"a form not in use on {on}")
    if versions > 1 or place.valid_from or place.valid_to:
        since = f"from {place.valid_from}" if place.valid_from else "from the start"
        until = f"to {place.valid_to}" if place.valid_to else "onwards"
        words.append(f"true {since} {until}")
    if place.population:
        words.append(f"population {place.population:,}")
    return "; ".join(words)
