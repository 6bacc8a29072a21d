"""A workspace's tables on disk: versioned, opened by other tools, and whole at any moment."""

from geomap.model import Batch
from geomap.store.article_tables import article_frames, article_of, read_parsed
from geomap.store.decision_rows import LEDGER, decision_frame, ledger_batch, read_decisions
from geomap.store.duckdb_view import Database, TableFiles
from geomap.store.kept_files import keep_file
from geomap.store.locks import write_lock
from geomap.store.loose_rows import loose_rows, newest_of_each
from geomap.store.schemas import batches_of
from geomap.store.store import Store

__all__ = [
    "LEDGER",
    "Batch",
    "Database",
    "Store",
    "TableFiles",
    "article_frames",
    "article_of",
    "batches_of",
    "decision_frame",
    "keep_file",
    "ledger_batch",
    "loose_rows",
    "newest_of_each",
    "read_decisions",
    "read_parsed",
    "write_lock",
]
