"""What may become of an event under a query, and the seven counts of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

import pandas as pd


class Verdict(StrEnum):
    """What became of an event, in the order in which the verdicts are tried."""

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
)
"""The seven counts in the order in which they are read out: name, words before and after."""


@dataclass(frozen=True, slots=True)
class EventCounts:
    """The seven numbers; the last six add up to the first."""

    total: int
    shown: int
    possible: int
    outside_dates: int
    filtered: int
    unplaced: int
    undated: int

    def as_dict(self) -> dict[str, int]:
        """Return the numbers by name, the total first."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    def sentence(self) -> str:
        """Return the numbers as one line for a person."""
        counts = self.as_dict()
        parts = (f"{before}{counts[name]:,}{after}" for name, before, after in COUNT_WORDS)
        return "".join(parts)


def count_verdicts(verdicts: pd.Series) -> EventCounts:
    """Return the seven counts.

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
