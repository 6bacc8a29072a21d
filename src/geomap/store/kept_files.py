"""The uploaded files as they came, kept under the digest of their content.

The name a file was uploaded with is data: it is written into the table of batches and never
becomes part of a path, apart from an ending from a closed list.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from geomap.files.atomic import remove_abandoned, replacing

SAFE_ENDINGS = frozenset({
    ".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xls", ".ods", ".json", ".jsonl", ".geojson", ".kml",
    ".md", ".html", ".htm", ".gz", ".zip",
})  # fmt: skip
"""Endings that a kept file may have; every other becomes `.bin`."""


def keep_file(folder: Path, data: bytes, *, sha256: str, name: str) -> Path:
    """Return where the bytes of an upload are kept; writing them twice changes nothing.

    Parameters
    ----------
    folder
        Folder of kept files, made when it is not there.
    data, sha256
        All bytes of the file, and their SHA-256 in hexadecimal digits.
    name
        The name that its owner knows it by; only a safe ending of it is used.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    target = folder / f"{sha256}{ending if ending in SAFE_ENDINGS else '.bin'}"
    if not _holds(target, data):
        remove_abandoned(folder)
        with replacing(target) as path:
            path.write_bytes(data)
    return target


def has_kept_files(folder: Path) -> bool:
    """Return whether a folder has a kept file, whole or not; it may not exist.

    Parameters
    ----------
    folder
        Folder of kept files.
    """
    return next(folder.glob("[0-9a-f]" * 16 + "*"), None) is not None


def _holds(path: Path, data: bytes) -> bool:
    """Return whether a file has these bytes: one that a power cut left empty is written again."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
