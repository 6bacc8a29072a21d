"""Cached files that are derived from one version of a workspace.

They lie in one folder as `KIND-FORM-VERSION.parquet`. The newest two of a kind are kept, because
another process may still be reading the older one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geomap.files.atomic import remove_abandoned, replacing

_KEPT = 2


@dataclass(frozen=True, slots=True)
class VersionedFile:
    """The cached file of one kind for one version.

    `folder` may not exist yet. `kind` is the first word of the name; `version` whatever decides
    whether the content is current: a number of the workspace, a format, a digest.
    """

    folder: Path
    kind: str
    version: str

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""
        return self.folder / f"{self.kind}-{self.version}.parquet"

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Yield a path to write to, and put the file in place when the block ends well.

        Yields
        ------
        path
            A new name in the folder.

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
