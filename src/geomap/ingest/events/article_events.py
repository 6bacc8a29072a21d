"""Articles that were read into events, with the same kind of result as a table."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from geomap.incidents import incidents_table
from geomap.ingest.events import identity
from geomap.ingest.events.ingest_records import IngestCounts, IngestResult
from geomap.ingest.events.reconcile import builds_on, fates, kept_counts
from geomap.model import GeoparsedArticle
from geomap.raw_table import TableWarning


def ingest_articles(
    parsed: Sequence[GeoparsedArticle], *, existing: gpd.GeoDataFrame, batch_id: str
) -> IngestResult:
    """Return what articles would add or change; the "rows" are the incidents found in them.

    Parameters
    ----------
    parsed
        One article or several, with their incidents.
    existing
        Events that the workspace holds; same ids are compared with them.
    batch_id
        The batch that new and changed events will belong to.
    """
    tables = [incidents_table(article, batch_id=batch_id) for article in parsed]
    events = pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]
    known, differs, _ = identity.compare(events, existing)
    counts = IngestCounts(
        rows=len(events),
        accepted=int((~known).sum()),
        updated=int(differs.sum()),
        unchanged=int((known & ~differs).sum()),
    )
    count = len(parsed)
    return IngestResult(
        events=events[~known | differs].reset_index(drop=True),
        changed_ids=tuple(events.loc[differs, "event_id"]),
        counts=counts,
        of_kept=kept_counts(events),
        warnings=_without_incidents(sum(table.empty for table in tables), count),
        layout="article",
        layout_reason=f"It holds {count} texts, not a table."
        if count > 1
        else "It is a text, not a table.",
        fates=fates(events, known, differs),
        builds_on=builds_on(events, existing, batch_id),
    )


def _without_incidents(empty: int, count: int) -> tuple[TableWarning, ...]:
    if not empty:
        return ()
    message = "No incident was found in the text; it is kept as an article to read."
    if count > 1:
        message = f"No incident was found in {empty} of {count} texts; they are kept to read."
    return (TableWarning("no_incidents", message),)
