"""Files that appear whole or not at all, also after a crash of the machine."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geomap.errors import StoreError
from geomap.files.flush import flush

PARTIAL = ".partial-"
"""Prefix of the name under which a file is written."""

_ABANDONED_SECONDS = 24 * 3600.0


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a path to write to; the file takes the place of `target` when the block ends well.

    Content and folder entry are flushed to disk before the block's end, so that a crash leaves
    either the old file or the new one. A block that raises leaves no file behind.

    Parameters
    ----------
    target
        File in an existing folder; replaced when it exists.

    Yields
    ------
    path
        A new name in the folder of `target`, where nothing exists yet.

    Raises
    ------
    OSError
        When the folder cannot be written, or the disk is full.
    """
    temporary = target.with_name(f"{PARTIAL}{secrets.token_hex(8)}")
    try:
        yield temporary
        flush(temporary, os.O_RDWR)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if os.name != "nt":  # Windows has no handle on a folder that could be flushed
        flush(target.parent, os.O_RDONLY)


def write_file(target: Path, content: bytes) -> Path:
    """Write a file that appears whole or not at all, and return its path.

    Parameters
    ----------
    target
        File in an existing folder; replaced when it exists.
    content
        All bytes of the file.

    Raises
    ------
    StoreError
        When it cannot be written; an older file is then still there.
    """
    try:
        with replacing(target) as path:
            path.write_bytes(content)
    except OSError as error:
        message = f"Cannot write {str(target)!r} ({error.strerror}): choose another folder or name."
        raise StoreError(message) from error
    return target


def remove_abandoned(folder: Path) -> None:
    """Remove the partial files that killed processes left in a folder more than a day ago.

    Parameters
    ----------
    folder
        Folder of ours; files of other names stay.
    """
    oldest = time.time() - _ABANDONED_SECONDS
    for path in folder.glob(f"{PARTIAL}*"):
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
