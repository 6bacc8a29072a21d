"""Read the input of a command: a file by its name, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from geomap.errors import FileRefusedError

STDIN = "-"


def read_input(file: str) -> bytes:
    """Return the bytes of a file, or of standard input for "-".

    Raises
    ------
    FileRefusedError
        When it cannot be read.
    """
    if file == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except FileNotFoundError as error:
        message = f"There is no file {file!r}: check the name."
        raise FileRefusedError(message, code="no_file") from error
    except OSError as error:
        message = f"{file!r} cannot be read ({error.strerror}): name a file you may read."
        raise FileRefusedError(message, code="unreadable") from error


def name_of(file: str) -> str:
    """Return the name of a file for a sentence."""
    return "standard input" if file == STDIN else file
