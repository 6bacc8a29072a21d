"""One writer at a time for a folder, across threads and processes.

The operating system releases the lock when its holder ends, however it ends, so a killed import
never leaves a workspace locked.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geomap.errors import StoreError

LOCK = ".lock"
"""Name of the file in a folder that its writer holds."""

_PATIENCE = 120.0
_PAUSE = 0.05


@contextmanager
def write_lock(folder: Path, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the folder's lock while the block runs.

    Parameters
    ----------
    folder
        An existing folder.
    patience
        Seconds to wait for another holder.

    Raises
    ------
    StoreError
        When the lock cannot be opened, or another process or thread still holds it after that time.
    """
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        message = (
            f"{str(folder / LOCK)!r} cannot be opened ({error.strerror}), so that nothing was "
            "written: mend the rights of the folder, or move this file aside."
        )
        raise StoreError(message) from error
    try:
        deadline = time.monotonic() + patience
        while not _try_lock(descriptor):
            if time.monotonic() > deadline:
                message = f"Another geomap is writing to {folder}: wait for it to end, or stop it."
                raise StoreError(message)
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)  # releases the lock


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
