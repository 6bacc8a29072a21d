"""The uploaded files as they came, kept under the digest of their content.

The name a file was uploaded with is data: it is written into the table of batches and never
becomes part of a path, apart from an ending from a closed list.
"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path, PurePosixPath

SAFE_ENDINGS = frozenset(
    {
        ".csv",
        ".tsv",
        ".txt",
        ".tab",
        ".xlsx",
        ".xls",
        ".ods",
        ".json",
        ".jsonl",
        ".geojson",
        ".kml",
        ".md",
        ".html",
        ".htm",
        ".gz",
        ".zip",
    }
)

_SURELY_DEAD = 24 * 3600.0


def keep_file(folder: Path, data: bytes, *, sha256: str, name: str) -> Path:
    """Return where the bytes of an upload are kept; writing them twice changes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    target = folder / f"{sha256}{ending if ending in SAFE_ENDINGS else '.bin'}"
    if not target.exists():
        _tidy(folder)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".partial-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        # The rename is atomic: a reader sees the whole file or none.
        Path(temporary).replace(target)
    return target


def _tidy(folder: Path) -> None:
    """Remove what imports that were killed have left half written, long after they ended."""
    long_ago = time.time() - _SURELY_DEAD
    for path in folder.glob(".partial-*"):
        with suppress(OSError):
            if path.stat().st_mtime < long_ago:
                path.unlink()


def kept_file(folder: Path, sha256: str) -> Path | None:
    """Return the kept file with this digest, or None."""
    if not (len(sha256) == 64 and sha256.isalnum()):
        return None
    return next(iter(folder.glob(f"{sha256}.*")), None)
