"""The ranker: a weight for each feature, chances that add up to one with "none of these", reasons.

A conditional logit (McFadden 1974) over the candidates of a name, with one more choice, none. Its
weights are a table that a person can read (`data/ranker.tsv`), written by
`tools/train_geoparser.py`. The first look uses the name and the words beside it; the second
adds the evidence of the other names of the text, weighted by their chances so far. A reason
states the name and kind of the place, and the evidence that counted most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

import numpy as np

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.place_index import KINDS
from geomap.geo.distance import great_circle_km
from geomap.geoparse.data_tables import EVIDENCE_REASONS, FEATURES, FORM_REASONS, LOCAL, STATIC
from geomap.geoparse.evidence import Home, Sense, document_evidence, local_evidence
from geomap.model import Place, ToponymKind

FIRST_LOOK = len(STATIC) + len(LOCAL)
NONE, DOUBT = "none of these", "recogniser's doubt"
CALIBRATION = ("calibration slope", "calibration offset", "threshold")
_LOOKS = 2
_CURATED, _ELSEWHERE = map(FEATURES.index, ("curated", "not in what is named after it"))
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


@dataclass(frozen=True)
class Weights:
    """Weights of both looks, of "none" and of doubt in each; the calibration of scores."""

    first: np.ndarray
    second: np.ndarray
    none: tuple[float, float]
    doubt: tuple[float, float]
    slope: float
    offset: float
    threshold: float

    def calibrated(self, chance: float) -> float:
        """Return the share of answers of this chance that are right (Platt 1999)."""
        bounded = min(max(chance, 1e-6), 1 - 1e-6)
        logit = math.log(bounded / (1 - bounded))
        return 1.0 / (1.0 + math.exp(-(self.slope * logit + self.offset)))


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the weights of the product."""
    data = resources.files("geomap.geoparse").joinpath("data/ranker.tsv").read_text("utf-8")
    return parse_weights(data)


def parse_weights(text: str) -> Weights:
    """Return the weights of a table: feature, weight of the first look, of the second."""
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    table = {name: [float(value) for value in values] for name, *values in rows}
    return Weights(
        first=np.array([table[name][0] for name in (*STATIC, *LOCAL)]),
        second=np.array([table[name][1] for name in FEATURES]),
        none=(table[NONE][0], table[NONE][1]),
        doubt=(table[DOUBT][0], table[DOUBT][1]),
        slope=table[CALIBRATION[0]][0],
        offset=table[CALIBRATION[1]][0],
        threshold=table[CALIBRATION[2]][0],
    )


def write_weights(own: Weights) -> str:
    """Return weights as the table that `parse_weights` reads."""
    lines = ["# feature, weight in the first look, weight in the second"]
    for i, name in enumerate(FEATURES):
        first = own.first[i] if i < FIRST_LOOK else 0.0
        lines.append(f"{name}\t{first:.4f}\t{own.second[i]:.4f}")
    lines.append(f"{NONE}\t{own.none[0]:.4f}\t{own.none[1]:.4f}")
    lines.append(f"{DOUBT}\t{own.doubt[0]:.4f}\t{own.doubt[1]:.4f}")
    for name, value in zip(CALIBRATION, (own.slope, own.offset, own.threshold), strict=True):
        lines.append(f"{name}\t{value:.4f}")
    return "\n".join(lines) + "\n"


def chances(table: np.ndarray, own: np.ndarray, none: float) -> np.ndarray:
    """Return the chance of each candidate; the rest to 1 is the chance of none."""
    scores = table @ own
    top = max(float(scores.max(initial=none)), none)
    grown = np.exp(scores - top)
    return np.asarray(grown / (grown.sum() + np.exp(none - top)))


def rank(senses: Sequence[Sense], home: Home | None, own: Weights) -> list[np.ndarray]:
    """Set the chances of the places of each sense; return the evidence as (places, FEATURES)."""
    local = local_evidence(senses)
    tables = [np.hstack([s.options.static, x]) for s, x in zip(senses, local, strict=True)]
    for table in tables:
        # A curated place does not come first where the text itself names another.
        table[:, _CURATED] *= 1.0 - table[:, _ELSEWHERE]
    for sense, table in zip(senses, tables, strict=True):
        none = own.none[0] + own.doubt[0] * sense.doubt
        sense.chances = chances(table, own.first, none)
    whole = tables
    for _ in range(_LOOKS):
        others = document_evidence(senses, home)
        whole = [np.hstack([a, b]) for a, b in zip(tables, others, strict=True)]
        for sense, table in zip(senses, whole, strict=True):
            none = own.none[1] + own.doubt[1] * sense.doubt
            sense.chances = chances(table, own.second, none)
    return whole


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
