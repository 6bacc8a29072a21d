"""A hostile file: its name and its bytes."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A file that was made to break a reader."""

    name: str
    data: bytes
