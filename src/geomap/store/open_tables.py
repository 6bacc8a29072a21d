"""Delta tables that stay open while their logs stay what they are.

To open a table is most of what a short question costs, and the more so the more commits there are.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from geomap.store.delta_table import DeltaFolder


class _Opened(NamedTuple):
    """An open table, the files of its log by then, and whether it was opened as the newest."""

    log: frozenset[tuple[str, int, int]]
    is_newest: bool
    table: Any

    def is_at(self, version: int | None) -> bool:
        return self.is_newest if version is None else int(self.table.version()) == version


class OpenTables:
    """The tables under a folder, each opened once for as long as nothing is written to its log.

    Parameters
    ----------
    folder
        Where the tables lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[str, _Opened] = {}

    def open(self, table: str, version: int | None = None) -> Any:
        """Return a table at a version of its own, the newest when None; None without a log.

        Parameters
        ----------
        table, version
            One of `schemas.ALL_TABLES`; number of a commit.

        Raises
        ------
        StoreError
            When it cannot be opened.
        """
        folder = DeltaFolder(self._folder, table)
        log, known = _listing(folder.log), self._tables.get(table)
        if known is not None and log and known.log == log and known.is_at(version):
            return known.table
        opened = folder.open(version)
        if opened is not None:
            self._tables[table] = _Opened(log, version is None, opened)
        return opened


def _listing(log: Path) -> frozenset[tuple[str, int, int]]:
    """Return name, size and time of every file of a log; none when it cannot be listed."""
    try:
        with os.scandir(log) as entries:
            states = [(entry.name, entry.stat()) for entry in entries]
    except OSError:
        return frozenset()
    return frozenset((name, state.st_size, state.st_mtime_ns) for name, state in states)
