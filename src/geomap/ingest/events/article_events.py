"""Articles that were read into events, with the same kind of result as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geomap.errors import FileRefusedError
from geomap.incidents import incidents_table, unread_sentences, unread_words
from geomap.ingest.events import identity
from geomap.ingest.events.ingest_records import IngestResult
from geomap.ingest.events.reconcile import builds_on, fates, kept_counts, row_counts
from geomap.model import Batch, GeoparsedArticle, TableWarning


def ingest_articles(
    parsed: Sequence[GeoparsedArticle], *, existing: gpd.GeoDataFrame, batch: Batch
) -> IngestResult:
    """Return what the articles of one file add or change; its "rows" are their incidents.

    Parameters
    ----------
    parsed
        The articles with their incidents, each text once.
    existing
        Events table of the workspace; events of the same ids are compared with it.
    batch
        Id and file of the import; the account is added to it.

    Raises
    ------
    FileRefusedError
        When there is no article; code "empty".
    """
    if not parsed:
        message = f"{batch.file_name} holds no text: give an article of at least one sentence."
        raise FileRefusedError(message, code="empty")
    tables = [incidents_table(article, batch_id=batch.batch_id) for article in parsed]
    events = pd.concat(tables, ignore_index=True)
    known, differs, _ = identity.compare(events, existing)
    several = f"It holds {len(parsed)} texts, not a table."
    empty = sum(table.empty for table in tables)
    account = replace(
        batch,
        kind="article",
        layout="article",
        layout_reason=several if len(parsed) > 1 else "It is a text, not a table.",
        counts=row_counts(len(events), known, differs),
        of_kept=kept_counts(events),
        warnings=(
            *batch.warnings,
            *_without_incidents(empty, len(parsed)),
            *_in_other_languages(parsed),
        ),
        builds_on=builds_on(events, existing, batch.batch_id),
    )
    return IngestResult(
        account,
        fates=fates(events, known, differs),
        events=events[~known | differs].reset_index(drop=True),
        parsed=tuple(parsed),
    )


def _without_incidents(empty: int, count: int) -> tuple[TableWarning, ...]:
    if not empty:
        return ()
    message = "No incident was found in the text; it is kept as an article to read."
    if count > 1:
        message = f"No incident was found in {empty} of {count} texts; they are kept to read."
    return (TableWarning("no_incidents", message),)


def _in_other_languages(parsed: Sequence[GeoparsedArticle]) -> tuple[TableWarning, ...]:
    unread = [one for article in parsed for one in unread_sentences(article.article.text)]
    if not unread:
        return ()
    message = (
        f"Not read for events: {unread_words(unread)}. Place names and days are marked in them; "
        "the Articles page lists them."
    )
    return (TableWarning("language_not_read", message),)
