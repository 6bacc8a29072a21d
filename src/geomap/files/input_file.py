"""The bytes of a file that a user named, or a sentence on why they cannot be had."""

from __future__ import annotations

from pathlib import Path

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits


def read_bytes(path: Path, limits: TableLimits | None = None) -> bytes:
    """Return the bytes of a file that a user named.

    Parameters
    ----------
    path, limits
        The file; the most that it may hold, by default what the environment says.

    Raises
    ------
    FileRefusedError
        When it is too large, a folder, not there or not readable (codes "too_large", "folder",
        "no_file", "unreadable").
    """
    limits = limits or TableLimits.from_environment()
    try:
        if path.is_file() and (size := path.stat().st_size) > limits.bytes:
            raise limits.refusal(path.name, "bytes", f"{size / 1e6:,.1f} MB")
        return path.read_bytes()
    except FileNotFoundError as error:
        message = f"There is no file {str(path)!r}: check the name."
        raise FileRefusedError(message, code="no_file") from error
    except IsADirectoryError as error:
        message = f"{str(path)!r} is a folder: name the files in it."
        raise FileRefusedError(message, code="folder") from error
    except OSError as error:
        message = f"{str(path)!r} cannot be read ({error.strerror}): check its rights."
        raise FileRefusedError(message, code="unreadable") from error
