"""One article into events, with the same kind of result as a table."""

from __future__ import annotations

import geopandas as gpd

from geomap.gazetteer import Gazetteer
from geomap.incidents import incidents_table, read_article
from geomap.ingest.events import identity
from geomap.ingest.events.ingest_records import IngestCounts, IngestResult
from geomap.ingest.events.reconcile import builds_on, fates, kept_counts
from geomap.model import Article


def ingest_article(
    article: Article, *, existing: gpd.GeoDataFrame, gazetteer: Gazetteer, batch_id: str
) -> IngestResult:
    """Return what an article would add or change; its "rows" are the incidents found in it."""
    parsed = read_article(article, gazetteer)
    events = incidents_table(parsed, batch_id=batch_id)
    known, differs, _ = identity.compare(events, existing)
    counts = IngestCounts(
        rows=len(events),
        accepted=int((~known).sum()),
        updated=int(differs.sum()),
        unchanged=int((known & ~differs).sum()),
    )
    return IngestResult(
        events[~known | differs].reset_index(drop=True),
        tuple(events.loc[differs, "event_id"]),
        counts,
        kept_counts(events),
        (),
        (),
        None,
        "article",
        "It is a text, not a table.",
        {},
        parsed,
        fates=fates(events, known, differs),
        builds_on=builds_on(events, existing, batch_id),
    )
