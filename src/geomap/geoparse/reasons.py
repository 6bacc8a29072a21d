"""Why a place was chosen, in words: its name and kind, and the evidence that counted most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.place_index import KINDS
from geomap.geo.distance import great_circle_km
from geomap.geoparse.data_tables import EVIDENCE_REASONS, FEATURES, FORM_REASONS
from geomap.geoparse.evidence import Sense
from geomap.geoparse.ranker import Weights
from geomap.model import Place, ToponymKind

_STATED = [FEATURES.index(f"in the {wider} named after it") for wider in ("division", "country")]
"""Evidence in so many words, given before any that may count for more."""
_MOST_REASONS, _LEAST_GAIN = 3, 0.15
_NEIGHBOUR_KM = 300.0
_NO_NEIGHBOURS = [KINDS.index(kind) for kind in (ToponymKind.COUNTRY, ToponymKind.CONTINENT)]
_KIND_WORDS = {
    ToponymKind.CITY: "town", ToponymKind.COUNTRY: "country",
    ToponymKind.ADMIN1: "province or state", ToponymKind.ADMIN2: "county or district",
    ToponymKind.FACILITY: "facility", ToponymKind.WATER: "water",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Reasons:
    """The reasons for the places of a document, from its senses and their evidence tables."""

    senses: Sequence[Sense]
    tables: Sequence[np.ndarray]
    gazetteer: Gazetteer
    weights: Weights

    def of(self, number: int, row: int, place: Place) -> str:
        """Return why sense `number` is taken for `place`, which is a row of its table."""
        sense, evidence = self.senses[number], self.tables[number][row]
        matched = self.gazetteer.form_of(place, sense.options.key)
        same = normalise_name(matched) == normalise_name(place.name)
        words = [f'name "{place.name}"' if same else f'"{matched}", another form of {place.name}']
        words.append(_KIND_WORDS.get(place.kind, place.kind.value))
        form = sense.options.forms[0]
        words += [text.format(form=form) for at, text in FORM_REASONS.items() if evidence[at]]
        if place.population:
            words.append(f"population {place.population:,}")
        words += self._evidence(number, evidence * self.weights.second)
        if len(sense.options) > 1:
            words.append(f"best of {len(sense.options)} of this name")
        return "; ".join(words)

    def _evidence(self, number: int, gains: np.ndarray) -> list[str]:
        """Return the evidence that counted most, in words and each once."""
        facts = {
            "container": self.senses[number].hint.container or "",
            "neighbour": self._neighbour(number),
        }
        given: dict[str, None] = {}
        stated = [column for column in _STATED if gains[column] > 0]
        for column in (*stated, *np.argsort(-gains).tolist()):
            little = gains[column] < _LEAST_GAIN and column not in stated
            if little or len(given) >= _MOST_REASONS:
                break
            if text := EVIDENCE_REASONS.get(column, "").format(**facts):
                given[text] = None
        return list(given)

    @cached_property
    def _likeliest(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Latitude and longitude of the likeliest place of each sense, and if it is a neighbour."""
        count = len(self.senses)
        lat, lon, usable = np.zeros(count), np.zeros(count), np.zeros(count, bool)
        for number, sense in enumerate(self.senses):
            if len(sense.options):
                best = int(np.argmax(sense.chances))
                lat[number], lon[number] = sense.options.lat[best], sense.options.lon[best]
                usable[number] = sense.options.kind[best] not in _NO_NEIGHBOURS
        return lat, lon, usable

    def _neighbour(self, number: int) -> str:
        """Return the nearest place that the text names, in words; empty where none is near."""
        lat, lon, usable = self._likeliest
        away = great_circle_km(lon[number], lat[number], lon, lat)
        own = self.senses[number].text.casefold()
        for other in np.argsort(away):
            if away[other] >= _NEIGHBOUR_KM:
                break
            if usable[other] and self.senses[other].text.casefold() != own:
                return f"{away[other]:.0f} km from {self.senses[other].text}, which the text names"
        return ""
