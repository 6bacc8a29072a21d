"""Read the input of a command: a file by its name, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from geomap.files.input_file import read_bytes

STDIN = "-"


def read_input(file: str) -> bytes:
    """Return the bytes of a file, or of standard input for "-".

    Raises
    ------
    FileRefusedError
        When it cannot be read.
    """
    return sys.stdin.buffer.read() if file == STDIN else read_bytes(Path(file))


def name_of(file: str) -> str:
    """Return the name of a file for a sentence."""
    return "standard input" if file == STDIN else file
