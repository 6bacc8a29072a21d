"""What a snapshot shows: the events and places drawn, and the counts of all the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import geopandas as gpd
import pandas as pd

from geomap.query import EventCounts, EventQuery, Verdict, classify_events, count_verdicts
from geomap.sharing import (
    NO_REDACTION,
    Redaction,
    Term,
    bundled_terms,
    hidden_by,
    may_be_listed,
    redact_events,
    terms_of,
    without_words,
)
from geomap.store import Batch
from geomap.symbology.colours import colours_of


@dataclass(frozen=True, slots=True)
class Origin:
    """Where some of the drawn events are from: the rule that fits them, file, day of access."""

    term: Term
    file_name: str
    version: str
    accessed: str
    events: int


@dataclass(frozen=True, slots=True)
class View:
    """The answer to a query, ready to be drawn.

    `events` are the shown and possible ones, redacted; `possible` (same index) says which of
    them are only possible in the window; `verdicts` (same index) what they would be in any
    window; `listed` (same index) whether the licence of their source lets their row be given
    to others. `places` are those valid on some day of the window. `colours` are those of the
    types of the whole workspace: a filter changes none, and the map has the same.
    """

    query: EventQuery
    counts: EventCounts
    events: gpd.GeoDataFrame
    possible: pd.Series
    verdicts: pd.Series
    places: gpd.GeoDataFrame
    colours: Mapping[str, str]
    listed: pd.Series
    origins: tuple[Origin, ...] = ()
    redaction: Redaction = field(default=NO_REDACTION)

    @property
    def rows(self) -> gpd.GeoDataFrame:
        """The events whose rows may be given to others."""
        return self.events[self.listed.to_numpy()]

    @property
    def signs(self) -> gpd.GeoDataFrame:
        """All drawn events; those that may not be listed without ids, texts and numbers."""
        return without_words(self.events, self.listed.to_numpy())

    @property
    def withheld(self) -> dict[str, int]:
        """How many events of which source are drawn and counted but may not be listed."""
        held: dict[str, int] = {}
        for origin in self.origins:
            if not origin.term.redistribute:
                held[origin.term.name] = held.get(origin.term.name, 0) + origin.events
        return held


def view_of(
    events: gpd.GeoDataFrame,
    query: EventQuery,
    places: gpd.GeoDataFrame,
    *,
    joins: pd.DataFrame | None = None,
    terms: Sequence[Term] | None = None,
    batches: Sequence[Batch] = (),
    redaction: Redaction = NO_REDACTION,
) -> View:
    """Return the view that a query gives of the events and places of a workspace.

    Parameters
    ----------
    events, query, places, joins
        Tables of the workspace; what is asked of them.
    terms
        What the sources allow; by default the rules that ship with geomap.
    batches
        The imports, for the files and days of access of the sources.
    redaction
        What is taken out. Events of hidden sources count as filtered.
    """
    rules = bundled_terms() if terms is None else tuple(terms)
    verdicts = _without_hidden(classify_events(events, query, joins=joins), events, redaction)
    drawn = verdicts.isin([Verdict.SHOWN.value, Verdict.POSSIBLE.value])
    kept = events[drawn]
    listed = pd.Series(may_be_listed(kept, rules), kept.index, dtype=bool)
    always = classify_events(kept, replace(query, start=None, end=None), joins=joins)
    return View(
        query=query,
        counts=count_verdicts(verdicts),
        events=redact_events(kept, redaction),
        possible=(verdicts[drawn] == Verdict.POSSIBLE.value),
        verdicts=always,
        places=places[_valid_between(places, query.start, query.end)],
        colours=colours_of(events["event_type"]),
        listed=listed,
        origins=_origins(kept, rules, batches),
        redaction=redaction,
    )


def _without_hidden(
    verdicts: pd.Series, events: gpd.GeoDataFrame, redaction: Redaction
) -> pd.Series:
    """Return the verdicts with the events of hidden sources among the filtered."""
    if not redaction.sources:
        return verdicts
    later = [Verdict.OUTSIDE_DATES.value, Verdict.POSSIBLE.value, Verdict.SHOWN.value]
    hidden = hidden_by(redaction, events) & verdicts.isin(later).to_numpy()
    return verdicts.mask(hidden, Verdict.FILTERED.value)


def _origins(
    events: gpd.GeoDataFrame, terms: Sequence[Term], batches: Sequence[Batch]
) -> tuple[Origin, ...]:
    known = {batch.batch_id: batch for batch in batches}
    found = []
    for term, mine in terms_of(events, terms):
        counts = events.loc[mine, "batch_id"].value_counts(dropna=False)
        for batch_id, number in counts.items():
            batch = known.get(str(batch_id))
            if batch is None:
                found.append(Origin(term, "", "", "", int(number)))
            else:
                day = batch.created[:10]
                found.append(Origin(term, batch.file_name, batch.sha256[:8], day, int(number)))
    return tuple(sorted(found, key=lambda o: (-o.events, o.file_name, o.term.name)))


def _valid_between(places: gpd.GeoDataFrame, first: date | None, last: date | None) -> pd.Series:
    starts, ends = pd.to_datetime(places["valid_from"]), pd.to_datetime(places["valid_to"])
    valid = places.geometry.notna()
    if last is not None:
        valid &= starts.isna() | (starts <= pd.Timestamp(last))
    if first is not None:
        valid &= ends.isna() | (ends >= pd.Timestamp(first))
    return valid


def moment_of(batches: Sequence[Batch], version: int) -> str:
    """Return when a version of the workspace came about, in UTC (ISO); "" where nobody knows."""
    made = [batch for batch in batches if batch.sequence == version]
    return max((batch.undone or batch.created for batch in made), default="")
