"""Cached Parquet files that are derived from one version of a workspace.

They lie in one folder as `KIND-VERSION.parquet`. The newest two of a kind are kept, because
another process may still be reading the older one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from geomap.files.atomic import remove_abandoned, replacing

_KEPT = 2


@dataclass(frozen=True, slots=True)
class VersionedFile:
    """The cached file of one kind for one version; its folder may not exist yet.

    `version` is whatever decides whether the content is current: a number of the workspace, a
    format, a digest.
    """

    folder: Path
    kind: str
    version: str

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""
        return self.folder / f"{self.kind}-{self.version}.parquet"

    def is_whole(self, columns: Iterable[str], rows: int | None = None) -> bool:
        """Return whether the file exists and can be read.

        Parameters
        ----------
        columns, rows
            Columns that it must have; how many rows, when that is known.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        with suppress(OSError, pa.ArrowInvalid):
            found = pq.read_metadata(self.path)
            has_columns = set(columns) <= set(found.schema.to_arrow_schema().names)
            return has_columns and rows in {None, found.num_rows}
        return False

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Yield a path to write to, and put the file in place when the block ends well.

        Raises
        ------
        OSError
            When the folder cannot be made or written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        remove_abandoned(self.folder)
        with replacing(self.path) as path:
            yield path
        files = self.folder.glob(f"{self.kind}-*.parquet")
        for old in sorted(files, key=lambda file: file.stat().st_mtime_ns)[:-_KEPT]:
            old.unlink(missing_ok=True)
