"""A workspace's tables on disk: versioned, opened by other tools, and whole at any moment."""

from geomap.store.articles import article_frames, read_parsed
from geomap.store.batches import Batch, batches_of
from geomap.store.database import Database, TableFiles
from geomap.store.files import keep_file, kept_file
from geomap.store.locks import write_lock
from geomap.store.tables import Store

__all__ = [
    "Batch",
    "Database",
    "Store",
    "TableFiles",
    "article_frames",
    "batches_of",
    "keep_file",
    "kept_file",
    "read_parsed",
    "write_lock",
]
