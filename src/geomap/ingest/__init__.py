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
from geomap.ingest.events.table_events import ingest_table, preview_table

__all__ = [
    "IngestCounts",
    "IngestOptions",
    "IngestResult",
    "KeptCounts",
    "Past",
    "Preview",
    "Question",
    "Release",
    "ingest_table",
    "preview_table",
]
