"""Articles and tables into events, with an account of every row. Nothing is stored here.

`ingest_articles` is imported from `article_events`: tables do not need what it loads.
"""

from geomap.ingest.events.ingest_records import (
    IngestOptions,
    IngestResult,
    Past,
    Preview,
    Question,
    Release,
)
from geomap.ingest.events.table_events import ingest_table, preview_table

__all__ = [
    "IngestOptions",
    "IngestResult",
    "Past",
    "Preview",
    "Question",
    "Release",
    "ingest_table",
    "preview_table",
]
