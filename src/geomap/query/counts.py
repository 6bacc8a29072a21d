"""What may become of an event under a query, and the eight counts of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

import pandas as pd


class Verdict(StrEnum):
    """What became of an event, in the order in which the verdicts are tried."""

    HIDDEN = "hidden"
    UNDATED = "undated"
    UNPLACED = "unplaced"
    FILTERED = "filtered"
    OUTSIDE_DATES = "outside_dates"
    POSSIBLE = "possible"
    SHOWN = "shown"


VISIBLE = (Verdict.SHOWN, Verdict.POSSIBLE)

COUNT_WORDS: tuple[tuple[str, str, str], ...] = (
    ("shown", "", " shown"),
    ("possible", " + ", " possible"),
    ("total", " of ", ""),
    ("outside_dates", " · ", " outside the dates"),
    ("filtered", " · ", " filtered"),
    ("unplaced", " · ", " unplaced"),
    ("undated", " · ", " undated"),
    ("hidden", " · ", " hidden"),
)
"""The eight counts in the order in which they are read out: name, words before and after."""

ONLY_IF_ANY = frozenset({"hidden"})
"""The counts that are not read out while they are 0."""


@dataclass(frozen=True, slots=True)
class EventCounts:
    """The eight numbers; the last seven add up to the first."""

    total: int
    shown: int
    possible: int
    outside_dates: int
    filtered: int
    unplaced: int
    undated: int
    hidden: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the numbers by name, the total first."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    def sentence(self) -> str:
        """Return the numbers as one line for a person."""
        counts = self.as_dict()
        parts = (
            f"{before}{counts[name]:,}{after}"
            for name, before, after in COUNT_WORDS
            if counts[name] or name not in ONLY_IF_ANY
        )
        return "".join(parts)


def count_verdicts(verdicts: pd.Series) -> EventCounts:
    """Return the eight counts.

    Parameters
    ----------
    verdicts
        The verdict on each event, as `classify_events` returns them.
    """
    by_word = verdicts.value_counts()
    return EventCounts(
        total=len(verdicts),
        **{verdict.value: int(by_word.get(verdict.value, 0)) for verdict in Verdict},
    )
