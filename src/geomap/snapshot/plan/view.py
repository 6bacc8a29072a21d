"""The view: the events and places that a snapshot draws, and the counts of all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

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
from geomap.tables import valid_between


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of some of the drawn events: licence rule, file, day of access (ISO)."""

    term: Term
    file_name: str
    version: str
    accessed: str
    events: int


@dataclass(frozen=True, slots=True)
class View:
    """The result of a query, ready to be drawn.

    `events` are the shown and possible ones, redacted. With the same index, `possible` has which
    of them are only possible in the window, `verdicts` their verdicts without a window, `listed`
    whether the licence of their source allows their row to be passed on. `places` are those valid
    on some day of the window. `colours` are those of the types of the whole workspace, as on the
    map: no filter changes them.
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
        """The events whose rows may be passed on."""
        return self.events[self.listed.to_numpy()]

    @property
    def signs(self) -> gpd.GeoDataFrame:
        """All drawn events; those that may not be listed have no ids, texts and numbers."""
        return without_words(self.events, self.listed.to_numpy())

    @property
    def withheld(self) -> dict[str, int]:
        """Number of events, by source, that are drawn and counted but may not be listed."""
        counts: dict[str, int] = {}
        for origin in self.origins:
            if not origin.term.redistribute:
                counts[origin.term.name] = counts.get(origin.term.name, 0) + origin.events
        return counts


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
    events, places
        Tables of the workspace, in EPSG:4326.
    query
        The criteria and the window of days.
    joins
        Which event is at which place, for a query by place (see `geomap.join`).
    terms
        Licence rules of the sources; by default those that ship with geomap.
    batches
        The imports, for the files and days of access of the sources.
    redaction
        What is taken out. Events of hidden sources count as filtered.
    """
    placed = places[places.geometry.notna()]
    rules = bundled_terms() if terms is None else tuple(terms)
    verdicts = classify_events(events, query, joins=joins)
    if redaction.sources:
        later = [Verdict.OUTSIDE_DATES.value, Verdict.POSSIBLE.value, Verdict.SHOWN.value]
        hidden = hidden_by(redaction, events) & verdicts.isin(later).to_numpy()
        verdicts = verdicts.mask(hidden, Verdict.FILTERED.value)
    drawn = verdicts.isin([Verdict.SHOWN.value, Verdict.POSSIBLE.value])
    chosen = events[drawn]
    listed = pd.Series(may_be_listed(chosen, rules), chosen.index, dtype=bool)
    always = classify_events(chosen, replace(query, start=None, end=None), joins=joins)
    return View(
        query=query,
        counts=count_verdicts(verdicts),
        events=redact_events(chosen, redaction),
        possible=(verdicts[drawn] == Verdict.POSSIBLE.value),
        verdicts=always,
        places=placed[valid_between(placed, query.start, query.end)],
        colours=colours_of(events["event_type"]),
        listed=listed,
        origins=_origins(chosen, rules, batches),
        redaction=redaction,
    )


def _origins(
    events: gpd.GeoDataFrame, terms: Sequence[Term], batches: Sequence[Batch]
) -> tuple[Origin, ...]:
    files = {b.batch_id: (b.file_name, b.sha256[:8], b.created[:10]) for b in batches}
    origins = [
        Origin(term, *files.get(str(batch_id), ("", "", "")), int(number))
        for term, mask in terms_of(events, terms)
        for batch_id, number in events.loc[mask, "batch_id"].value_counts(dropna=False).items()
    ]
    return tuple(sorted(origins, key=lambda o: (-o.events, o.file_name, o.term.name)))


def moment_of(batches: Sequence[Batch], version: int) -> str:
    """Return when a version of the workspace was made, in UTC (ISO 8601); "" where unknown.

    Parameters
    ----------
    batches, version
        All imports of the workspace; number of the version.
    """
    changes = [batch for batch in batches if batch.sequence == version]
    return max((batch.undone or batch.created for batch in changes), default="")
