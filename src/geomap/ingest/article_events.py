"""Articles into events, with the same kind of result as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geomap.errors import FileRefusedError
from geomap.gazetteer import Gazetteer
from geomap.incidents import incidents_table, read_article
from geomap.ingest import identity
from geomap.ingest.ingest_records import IngestResult
from geomap.ingest.reconcile import builds_on, fates, kept_counts, row_counts
from geomap.model import Article, Batch


def ingest_articles(
    articles: Sequence[Article], *, existing: gpd.GeoDataFrame, gazetteer: Gazetteer, batch: Batch
) -> IngestResult:
    """Return what the articles of one file add or change; its "rows" are their incidents.

    Parameters
    ----------
    articles
        The articles; of several with the same text the last is taken.
    existing
        Events table of the workspace; events of the same ids are compared with it.
    gazetteer
        Resolves the place names of the texts.
    batch
        Id and file of the import; the account is added to it.

    Raises
    ------
    FileRefusedError
        When there is no article; code "empty".
    """
    if not articles:
        message = f"{batch.file_name} holds no text: give an article of at least one sentence."
        raise FileRefusedError(message, code="empty")
    unique = {article.article_id: article for article in articles}
    parsed = tuple(read_article(article, gazetteer) for article in unique.values())
    tables = [incidents_table(article, batch_id=batch.batch_id) for article in parsed]
    events = pd.concat(tables, ignore_index=True)
    known, differs, _ = identity.compare(events, existing)
    several = f"It holds {len(parsed)} texts, not a table."
    account = replace(
        batch,
        kind="article",
        layout="article",
        layout_reason=several if len(parsed) > 1 else "It is a text, not a table.",
        counts=row_counts(len(events), known, differs),
        of_kept=kept_counts(events),
        builds_on=builds_on(events, existing, batch.batch_id),
    )
    return IngestResult(
        account,
        fates=fates(events, known, differs),
        events=events[~known | differs].reset_index(drop=True),
        parsed=parsed,
    )
