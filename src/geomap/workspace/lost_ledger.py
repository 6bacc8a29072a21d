"""The accounts of all imports, also where the table of batches is damaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from geomap.errors import StoreError
from geomap.ingest import IngestOptions
from geomap.model import Batch
from geomap.store import batches_of, loose_rows, newest_of_each
from geomap.store.marker import Marker, stored_marker
from geomap.workspace.file_intake import GivenFile

_TABLES = ("articles", "events", "issues")


def stored_accounts(tables: Path) -> tuple[tuple[Batch, ...], bool]:
    """Return the accounts that can still be read, and whether they are all that there were.

    Parameters
    ----------
    tables
        Folder of the damaged tables.
    """
    rows = newest_of_each("batches", loose_rows(tables, "batches"))
    accounts = batches_of(rows)
    if not accounts:
        return (), False
    if _marker_of(tables) is None:
        return accounts, False
    numbers = rows[["sequence", "compacted"]].apply(pd.to_numeric).max()
    return accounts, int(numbers.max()) >= newest_named(tables)


def newest_named(tables: Path) -> int:
    """Return the newest version that the marker names, or a commit of the table of batches.

    Parameters
    ----------
    tables
        Folder of the damaged tables.
    """
    log = tables / "batches" / "_delta_log"
    commits = [int(path.stem) for path in log.glob("*.json") if path.stem.isdigit()]
    marker = _marker_of(tables)
    return max([0, *commits, marker.version if marker is not None else 0])


def _marker_of(tables: Path) -> Marker | None:
    try:
        return stored_marker(tables)
    except StoreError:
        return None


def guessed_accounts(
    tables: Path, known: Sequence[Batch], kept: Mapping[str, Path]
) -> tuple[Batch, ...]:
    """Return an account for each import that only its rows name.

    Its file is the kept one that gives the same id when nothing was decided about it; what was
    decided is not known of any other.

    Parameters
    ----------
    tables, known
        Folder of the damaged tables; the accounts that can be read, which come before these.
    kept
        Kept files of imports without an account, by their SHA-256.
    """
    plain = {GivenFile("", b"", one, IngestOptions()).batch_id: one for one in kept}
    ids = {batch.batch_id for batch in known}
    first = max((batch.sequence for batch in known), default=0)
    accounts: dict[str, Batch] = {}
    for table in _TABLES:
        rows = loose_rows(tables, table)
        for batch_id, mine in rows[~rows["batch_id"].isin(ids)].groupby("batch_id", sort=False):
            if batch_id in accounts:
                continue
            number = first + len(accounts)  # of rows that were written in the order of the imports
            sha256 = plain.get(str(batch_id), "")
            accounts[str(batch_id)] = Batch(
                str(batch_id),
                file_name=_name(table, mine, kept.get(sha256)),
                sha256=sha256,
                kind="article" if table == "articles" else "table",
                layout_reason="Its account was lost; a repair found it by its rows.",
                base=number,
                sequence=number + 1,
            )
    return tuple(accounts.values())


def _name(table: str, rows: pd.DataFrame, path: Path | None) -> str:
    """Return the name of a file, as far as its rows tell it."""
    ending = "" if path is None else path.suffix
    if table == "articles":
        return str(rows["file_name"].dropna().iloc[0]) if rows["file_name"].any() else "article"
    datasets = rows["dataset"].dropna() if table == "events" else pd.Series(dtype=object)
    return f"{datasets.iloc[0] if len(datasets) else 'unknown file'}{ending}"
