"""Articles and tables into events, with an account of every row. Nothing is stored here."""

from geomap.ingest.events.ingest_records import (
    IngestCounts,
    IngestOptions,
    IngestResult,
    KeptCounts,
    Past,
    Preview,
    Question,
    Release,
)
from geomap.ingest.events.table_events import ingest_table, preview_table, understand

__all__ = [
    "IngestCounts",
    "IngestOptions",
    "IngestResult",
    "KeptCounts",
    "Past",
    "Preview",
    "Question",
    "Release",
    "ingest_article",
    "ingest_table",
    "preview_table",
    "understand",
]


def __getattr__(name: str) -> object:
    """Import the reader of articles only when it is asked for: tables do not need it."""
    if name == "ingest_article":
        from geomap.ingest.events.article_events import ingest_article

        return ingest_article
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
