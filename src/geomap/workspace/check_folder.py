"""Whether all parts of a workspace folder are as geomap wrote them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from geomap.errors import StoreError
from geomap.files.sha256 import sha256_of_file
from geomap.store import LEDGER, Batch, Store, batches_of
from geomap.store.locks import LOCK
from geomap.workspace import sample

FILE_LOST = "file_lost"
"""Code of the warning of an import whose file a repair did not find."""

_DIGITS = 64
_PARTS = ("accepted", "updated", "unchanged", "duplicate", "rejected")


class Fault(NamedTuple):
    """What is wrong with one part: a table, a kept file or the counts of an import."""

    part: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every fault of a workspace, and its versions at which all tables are whole."""

    faults: tuple[Fault, ...]
    whole_versions: tuple[int, ...]

    def spans(self) -> str:
        """Return the whole versions as text, with runs joined: "1-4, 6"."""
        runs: list[list[int]] = []
        for version in self.whole_versions:
            if runs and version == runs[-1][1] + 1:
                runs[-1][1] = version
            else:
                runs.append([version, version])
        return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def check_folder(folder: Path) -> CheckReport:
    """Check every table, the digest of every kept file and the counts of every import.

    Parameters
    ----------
    folder
        Folder of a workspace; nothing in it is changed.
    """
    store = Store(folder / "tables")
    faults = [Fault(part, words) for part, words in strange_parts(folder).items()]
    faults += [Fault(f"table {table}", words) for table, words in store.faults().items()]
    try:
        batches = batches_of(store.read("batches"))
        imports = tuple(batch for batch in batches if batch.kind != LEDGER)
    except StoreError:
        imports = ()  # the fault of the table is listed already
    faults += _files(folder / "files", imports)
    faults += _counts(imports)
    return CheckReport(tuple(faults), store.whole_versions())


def strange_parts(folder: Path) -> dict[str, str]:
    """Return what is wrong with the small parts of a workspace, by their path in it.

    Parameters
    ----------
    folder
        Folder of a workspace.
    """
    faults = {}
    for name in ("tables", "files"):
        if os.path.lexists(folder / name) and not (folder / name).is_dir():
            faults[name] = "It is not a folder."
    lock = folder / "tables" / LOCK
    if os.path.lexists(lock) and (lock.is_symlink() or not lock.is_file()):
        faults[f"tables/{LOCK}"] = "It is not a plain file."
    try:
        sample.read_state(folder, folder / "tables")
    except StoreError as error:
        faults[sample.MARKER] = str(error)
    return faults


def kept_files(folder: Path) -> tuple[dict[str, Path], dict[Path, str]]:
    """Return the kept files that are whole, by their SHA-256, and what is wrong with the others.

    Parameters
    ----------
    folder
        Folder of the kept files; it may not exist.
    """
    whole: dict[str, Path] = {}
    faults: dict[Path, str] = {}
    try:
        paths = sorted(folder.glob("[0-9a-f]*"))
    except OSError as error:
        return {}, {folder: f"It cannot be read ({error.strerror})."}
    for path in paths:
        digest = path.name[:_DIGITS]
        try:
            if sha256_of_file(path) == digest:
                whole[digest] = path
            else:
                faults[path] = "Its content is not what was taken in."
        except OSError as error:
            faults[path] = f"It cannot be read ({error.strerror})."
    return whole, faults


def _files(folder: Path, imports: tuple[Batch, ...]) -> Iterator[Fault]:
    whole, faults = kept_files(folder)
    present = whole.keys() | {path.name[:_DIGITS] for path in faults}
    for batch in imports:
        is_noted = any(code == FILE_LOST for code, _ in batch.warnings)
        if batch.sha256 not in present and not is_noted:
            yield Fault(f"file of {batch.batch_id}", f"{batch.file_name!r} is no longer kept.")
    for path, words in faults.items():
        yield Fault(f"file {path.name}", words)


def _counts(imports: tuple[Batch, ...]) -> Iterator[Fault]:
    for batch in imports:
        rows = batch.counts.get("rows")
        total = sum(batch.counts.get(part, 0) for part in _PARTS)
        if rows is not None and rows != total:
            yield Fault(
                f"import {batch.batch_id}", f"Its parts add up to {total:,} of {rows:,} rows."
            )
