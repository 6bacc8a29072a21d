"""Whether all parts of a workspace folder are as geomap wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from geomap.errors import StoreError
from geomap.files.sha256 import sha256_of_file
from geomap.store import LEDGER, Batch, Store, batches_of

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
    faults = [Fault(f"table {table}", words) for table, words in store.faults().items()]
    try:
        batches = batches_of(store.read("batches"))
        imports = tuple(batch for batch in batches if batch.kind != LEDGER)
    except StoreError:
        imports = ()  # the fault of the table is listed already
    faults += _files(folder / "files", imports)
    faults += _counts(imports)
    return CheckReport(tuple(faults), store.whole_versions())


def _files(folder: Path, imports: tuple[Batch, ...]) -> Iterator[Fault]:
    kept = {path.name[:_DIGITS]: path for path in sorted(folder.glob("[0-9a-f]*"))}
    for batch in imports:
        if batch.sha256 not in kept:
            yield Fault(f"file of {batch.batch_id}", f"{batch.file_name!r} is no longer kept.")
    for digest, path in kept.items():
        try:
            if sha256_of_file(path) != digest:
                yield Fault(f"file {path.name}", "Its content is not what was taken in.")
        except OSError as error:
            yield Fault(f"file {path.name}", f"It cannot be read ({error.strerror}).")


def _counts(imports: tuple[Batch, ...]) -> Iterator[Fault]:
    for batch in imports:
        rows = batch.counts.get("rows")
        total = sum(batch.counts.get(part, 0) for part in _PARTS)
        if rows is not None and rows != total:
            yield Fault(
                f"import {batch.batch_id}", f"Its parts add up to {total:,} of {rows:,} rows."
            )
