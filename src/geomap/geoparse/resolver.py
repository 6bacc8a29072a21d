"""Which of the places of a name a text means, how sure that is, and why, in words.

The ranker gives chances; this module makes answers of them: the best place, the others with
their chances, and a reason. A name has one sense in a document unless the text itself tells
two apart. The answer may be none of the places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.geoparse.best_place import best_place_of
from geomap.geoparse.candidates import Names, Options
from geomap.geoparse.data_tables import STATIC
from geomap.geoparse.evidence import Hint, Sense
from geomap.geoparse.publisher_home import home_of
from geomap.geoparse.ranker import Weights, rank
from geomap.geoparse.reasons import Reasons
from geomap.geoparse.senses import NameInText, senses_of
from geomap.model import Candidate, Place, Toponym, ToponymKind

_LEAST_CHANCE = 0.35
"""An answer this likely is given, with its doubt, even where "none of these" is likelier still:
of two readings one would miss it."""
_LISTED, _LEAST_LISTED = 6, 0.002
_QUOTES, _CLOSING = frozenset("'\"‘’“”«»„"), frozenset("'\"’”»“")
_INSIDE, _OWN_NAME = STATIC.index("named inside"), STATIC.index("own name")


@dataclass(frozen=True, slots=True)
class Answer:
    """The place meant, or none, with the other candidates and the reason.

    `inside` is true where only a name inside the one written is known ("Baku" of "Baku State
    University"): the place is where that lies.
    """

    place: Place | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()
    matched_name: str | None = None
    is_sure: bool = True
    inside: bool = False

    def toponym(self, text: str, start: int, end: int, *, nested: bool = False) -> Toponym:
        """Return the toponym of the text [start, end); `nested` is one inside another name."""
        # A name set in quotes ends at the closing one, though the gazetteer has it with its noun.
        if text[max(0, start - 1)] in _QUOTES:
            closing = (i for i in range(start + 1, end) if text[i] in _CLOSING)
            # a mark before a letter is an apostrophe
            end = next((i for i in closing if not text[i + 1 : i + 2].isalnum()), end)
        kind = self.place.kind if self.place is not None else ToponymKind.OTHER
        return Toponym(
            start, end, text[start:end], ToponymKind.NESTED if nested else kind, self.place,
            self.score, self.reason, self.candidates, self.matched_name, self.is_sure,
        )  # fmt: skip


@dataclass(frozen=True)
class Resolved:
    """The answer to each mention of a document; its senses, and the place meant by each."""

    answers: tuple[Answer, ...]
    senses: tuple[Sense, ...]
    places: tuple[Place | None, ...]


def resolve(
    text: str,
    mentions: Sequence[NameInText],
    names: Names,
    own: Weights,
    *,
    on: date | None = None,
    dateline_end: int = -1,
    publisher: str | None = None,
    must_place: bool = False,
    unwritten: Iterable[str] = (),
) -> Resolved:
    """Return the place of each mention of a document.

    Parameters
    ----------
    text, mentions
        Text of the document; its mentions, left to right and not overlapping.
    names, own
        The candidates of each name; the ranker's weights.
    on, dateline_end, publisher
        Day of publication; offset of the end of the dateline's place; name of the publisher.
    must_place
        Never answer "none of these" where a candidate exists.
    unwritten
        More names to find senses for (the ends of roads), which have no mention of their own.
    """
    senses, number_of = senses_of(text, mentions, names, on, dateline_end)
    _add_unwritten(senses, unwritten, names, on)
    evidence = rank(senses, home_of(publisher, names), own)
    reasons = Reasons(senses, evidence, names.gazetteer, own)
    answers = [_answer(i, reasons, must_place=must_place) for i in range(len(senses))]
    return Resolved(
        tuple(
            _weighed(answers[number], mention.chance, own.threshold)
            for mention, number in zip(mentions, number_of, strict=True)
        ),
        tuple(senses),
        tuple(answer.place for answer in answers),
    )


def _add_unwritten(
    senses: list[Sense], unwritten: Iterable[str], names: Names, on: date | None
) -> None:
    """Append a sense for each name that has none yet; the end of a road is a place, no doubt."""
    by_key = {normalise_name(sense.text): sense for sense in senses}
    for name in unwritten:
        key = normalise_name(name)
        if key in by_key:
            by_key[key].doubt = 0.0
        else:
            by_key[key] = Sense(name, Hint(located=True), names.options(name, on))
            senses.append(by_key[key])


def _weighed(answer: Answer, chance: float, threshold: float) -> Answer:
    """Return the answer for one mention: right only if it is a name of a place at all."""
    score = round(answer.score * chance, 3)
    return replace(answer, score=score, is_sure=answer.place is not None and score >= threshold)


def _answer(number: int, reasons: Reasons, *, must_place: bool) -> Answer:
    sense, gazetteer = reasons.senses[number], reasons.gazetteer
    options = sense.options
    if not len(options):
        return Answer(None, 0.0, "no place of this name is known", is_sure=False)
    best, chance = best_place_of(sense)
    none = max(0.0, 1.0 - float(sense.chances.sum()))
    order = np.argsort(-sense.chances, kind="stable")
    listed = tuple(
        _candidate(options, int(row), float(sense.chances[row]), gazetteer)
        for row in order[:_LISTED]
        if sense.chances[row] >= _LEAST_LISTED or row == best
    )
    if none > chance and chance < _LEAST_CHANCE and not must_place:
        reason = f"none of the {len(options)} places of this name fits the text well enough"
        return Answer(None, round(1 - none, 3), reason, listed, is_sure=False)
    place = options.place(best, gazetteer)
    return Answer(
        place,
        reasons.weights.calibrated(chance),
        reasons.of(number, best, place),
        listed,
        gazetteer.form_of(place, options.key),
        inside=bool(options.static[best, _INSIDE]),
    )


def _candidate(options: Options, i: int, chance: float, gazetteer: Gazetteer) -> Candidate:
    place = options.place(i, gazetteer)
    words = ["its own name" if options.static[i, _OWN_NAME] else "another form of its name"]
    if place.population:
        words.append(f"{place.population:,} people")
    return Candidate(
        place.place_id, place.name, round(chance, 3), place.kind, place.country_code,
        ", ".join(words),
    )  # fmt: skip
