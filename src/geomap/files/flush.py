"""Flushing of files that another library wrote, so that a power cut does not undo them."""

from __future__ import annotations

import os
from pathlib import Path


def files_under(folder: Path) -> frozenset[Path]:
    """Return all files under a folder; none when it does not exist."""
    return frozenset(path for path in folder.rglob("*") if path.is_file())


def flush_new(folder: Path, before: frozenset[Path]) -> None:
    """Flush the files under a folder that were not there before, and the folders above them.

    Parameters
    ----------
    folder, before
        The folder; its files at an earlier time, as `files_under` returned them.

    Raises
    ------
    OSError
        When a file cannot be flushed.
    """
    written = files_under(folder) - before
    for path in written:
        flush(path, os.O_RDWR)
    if os.name != "nt":  # Windows has no handle on a folder that could be flushed
        inside = {parent for path in written for parent in path.parents}
        for parent in {one for one in inside if folder in one.parents} | {folder, folder.parent}:
            flush(parent, os.O_RDONLY)


def flush(path: Path, flags: int) -> None:
    """Flush a file, or a folder's entries, to disk.

    Parameters
    ----------
    path, flags
        The file or folder, and how it is opened for that (`os.O_RDWR`, `os.O_RDONLY`).
    """
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
