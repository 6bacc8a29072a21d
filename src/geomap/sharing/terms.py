"""The licences of sources: which of them allow their rows to be passed on.

The rules are data (see `terms_file`). An event that no rule fits may be listed, and its licence is
reported as "not stated": its owner has to judge.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geomap.sharing.redaction import Redaction, hidden_by, redact_events
from geomap.typing import Mask

PUBLIC_COLUMNS = frozenset(
    {
        *("event_date", "event_date_end", "last_confirmed", "date_precision"),
        *("event_type", "geo_precision", "uncertainty_km", "status", "source", "dataset"),
        *("batch_id", "geometry"),
    }
)
"""Columns that a symbol on a map needs: all that is passed on of an event that is not listed."""


@dataclass(frozen=True, slots=True)
class Term:
    """The terms of a source; with empty `datasets` and `sources` it fits no event."""

    name: str
    licence: str = "licence not stated"
    url: str = ""
    redistribute: bool = True
    datasets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def fits(self, events: pd.DataFrame) -> Mask:
        """Return which events come from this source.

        Parameters
        ----------
        events
            Table with the columns `dataset` and `source`.
        """
        fits = events["dataset"].str.lower().isin([d.lower() for d in self.datasets]).to_numpy()
        if self.sources:
            words = "|".join(re.escape(s).replace(r"\*", ".*") for s in self.sources)
            names = events["source"].astype("str")  # matched by RE2, in time linear in the name
            matches = names.str.fullmatch(f"(?s:{words})", case=False, na=False)
            fits = fits | matches.to_numpy(dtype=bool)
        return np.asarray(fits, dtype=bool)


UNKNOWN = Term("")
"""The term of events that no rule fits."""


def _rule_numbers(events: pd.DataFrame, terms: Sequence[Term]) -> npt.NDArray[np.int64]:
    """Return for each event the position in `terms` of the first rule that fits it, else -1."""
    numbers = np.full(len(events), -1, dtype="int64")
    for number in reversed(range(len(terms))):
        numbers[terms[number].fits(events)] = number
    return numbers


def terms_of(events: pd.DataFrame, terms: Sequence[Term]) -> list[tuple[Term, Mask]]:
    """Return the rules that fit some of the events, each with a mask of those; `UNKNOWN` last.

    Parameters
    ----------
    events, terms
        Table with the columns `dataset` and `source`; rules, of which the first that fits counts.
    """
    numbers = _rule_numbers(events, terms)
    chosen = sorted(set(numbers.tolist()), key=lambda number: (number < 0, number))
    return [(terms[n] if n >= 0 else UNKNOWN, numbers == n) for n in chosen]


def may_be_listed(events: pd.DataFrame, terms: Sequence[Term]) -> Mask:
    """Return which events may be passed on as rows.

    Parameters
    ----------
    events, terms
        Table with the columns `dataset` and `source`; rules, of which the first that fits counts.
    """
    allowed = np.array([*(term.redistribute for term in terms), UNKNOWN.redistribute])
    listed: Mask = allowed[_rule_numbers(events, terms)]
    return listed


def without_words(events: gpd.GeoDataFrame, listed: Mask) -> gpd.GeoDataFrame:
    """Return the events table in which those that may not be listed have no words.

    They keep `PUBLIC_COLUMNS` (day, place, type, status, source); ids, texts, numbers and
    addresses are taken out.

    Parameters
    ----------
    events, listed
        Events table; which of its rows may be listed.
    """
    if listed.all():
        return events
    bare = events.copy()
    for name in set(events.columns) - {"event_id", *PUBLIC_COLUMNS}:
        bare[name] = bare[name].where(listed)
    signs = pd.Series([f"not-listed:{n}" for n in range(1, len(bare) + 1)], bare.index, dtype="str")
    bare["event_id"] = bare["event_id"].where(listed, signs)
    return bare


def withheld_counts(events: pd.DataFrame, terms: Sequence[Term]) -> dict[str, int]:
    """Return the number of events that may not be listed, by source."""
    counts: dict[str, int] = {}
    for term, mask in terms_of(events, terms):
        if not term.redistribute:
            counts[term.name] = counts.get(term.name, 0) + int(mask.sum())
    return counts


def withheld_sentence(withheld: Mapping[str, int], *, drawn: bool = False) -> str:
    """Return how many events of which sources may not be listed; "" where all may.

    Parameters
    ----------
    withheld
        Number of events by source.
    drawn
        Whether they are on a map; else they are only counted.
    """
    if not withheld:
        return ""
    named = _named(withheld)
    done = "Counted and drawn but not listed" if drawn else "Counted but not listed"
    return f"{done}, since their licence does not let rows be passed on: {named}."


def _own_use_sentence(withheld: Mapping[str, int]) -> str:
    """Return which rows of a file may not be passed on; "" where all may."""
    if not withheld:
        return ""
    rule = "rows that their licence does not let you pass on are in it"
    return f"For your own use: {rule}: {_named(withheld)}."


def _named(withheld: Mapping[str, int]) -> str:
    return ", ".join(f"{name} ({number:,})" for name, number in withheld.items())


def rows_to_give(
    events: gpd.GeoDataFrame, terms: Sequence[Term], redaction: Redaction, *, own_use: bool = False
) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return the events that may be passed on as rows, redacted, and sentences on the changes.

    Parameters
    ----------
    events, terms
        Events table; rules, of which the first that fits an event counts.
    redaction
        What to remove.
    own_use
        Whether to return all rows, and a sentence on which may not be passed on.
    """
    visible = events[~hidden_by(redaction, events)]
    withheld = withheld_counts(visible, terms)
    # Redacted before rows are left out: an event has the same number in every file.
    rows = redact_events(visible, redaction)[may_be_listed(visible, terms) | own_use]
    licences = _own_use_sentence(withheld) if own_use else withheld_sentence(withheld)
    return rows, [sentence for sentence in (licences, *redaction.in_words()) if sentence]
