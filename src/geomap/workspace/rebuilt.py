"""A workspace that is built again: imports whose rows were lost come in a second time.

Each comes from its kept file, read as it was then; without one, its rows come from every file of
the damaged tables that can still be read. The order is that of the imports, so that later ones
update and mark what earlier ones brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.errors import GeomapError, InputError, StoreError
from geomap.files.sha256 import sha256_of
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions
from geomap.model import Article, Batch, TableWarning
from geomap.store import article_of, loose_rows, newest_of_each
from geomap.typing import Progress, silent
from geomap.workspace.check_folder import FILE_LOST
from geomap.workspace.contents import Contents
from geomap.workspace.file_intake import GivenFile
from geomap.workspace.workspace import Workspace

WHOLE, FILE, ROWS, NOTHING = "whole", "file", "rows", "nothing"
"""Where the rows of an import come from after a repair."""

ROWS_LOST = "rows_lost"
"""Code of the warning of an import of which a repair found no file, and its rows in part."""

_OPTIONS = {field.name for field in fields(IngestOptions)}
_GONE = {"gone_since": pd.NaT, "gone_batch": None}


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What a repair brings back of one import: from where, how many rows, and how many not.

    `origin` is one of "whole", "file", "rows" and "nothing". `rows` counts the new and updated
    events of the import, `lost` those that its account had besides.
    """

    batch_id: str
    file_name: str
    origin: str
    rows: int
    lost: int

    def as_dict(self) -> dict[str, Any]:
        """Return the values by name."""
        return {name: getattr(self, name) for name in self.__slots__}


class RebuiltWorkspace(Workspace):
    """A workspace in a folder of its own that has a whole version of damaged tables.

    Parameters
    ----------
    folder
        The new folder, with `tables/` and with the kept files in `files/`.
    damaged
        Folder of the damaged workspace, whose places are used.
    kept
        The kept files that are whole, by their SHA-256.
    """

    def __init__(self, folder: Path, *, damaged: Path, kept: Mapping[str, Path]) -> None:
        super().__init__(folder)
        self._damaged = damaged
        self._kept = kept
        self._loose: dict[str, pd.DataFrame] = {}

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places of the damaged workspace."""
        return Contents(self._damaged).gazetteer

    def bring_back(
        self, ledger: Iterable[Batch], progress: Progress = silent
    ) -> tuple[ImportOutcome, ...]:
        """Bring back what the whole version lacks; return what became of each import, newest first.

        Parameters
        ----------
        ledger
            The accounts of all imports, one for each.
        progress
            Called with a sentence and the share done.
        """
        accounts = {batch.batch_id: batch for batch in ledger}
        whole = {batch.batch_id: batch for batch in self.batches()}
        outcomes = {name: whole_outcome(batch) for name, batch in whole.items()}
        steps = _steps(accounts.values(), whole)
        for number, (batch, is_undo) in enumerate(steps):
            progress(f"Bringing back {batch.file_name}", number / len(steps))
            if is_undo:
                with suppress(InputError):  # what others build on now stays, with its events
                    self.undo(batch.batch_id)
            else:
                outcomes[batch.batch_id] = self._brought_back(batch)
        self._note_lost_files()
        return tuple(outcomes[batch.batch_id] for batch in self.batches())

    def take_in_unknown(
        self, files: Mapping[str, Path]
    ) -> tuple[tuple[ImportOutcome, ...], dict[str, Path]]:
        """Take in kept files of which no account is left, each under the name it is kept by.

        Nothing is assumed: a file that leaves a question open is left out.

        Parameters
        ----------
        files
            The files, by their SHA-256.

        Returns
        -------
        outcomes, left_out
            What became of those that were taken in; the other files.
        """
        outcomes, left_out = [], {}
        for sha256, path in sorted(files.items(), key=lambda one: one[1].stat().st_mtime):
            batch = self.ingest(path).batch
            if batch.counts:
                rows = _written(batch)
                outcomes.append(ImportOutcome(batch.batch_id, path.name, FILE, rows, 0))
            else:
                left_out[sha256] = path
        return tuple(reversed(outcomes)), left_out

    def _loose_rows(self, table: str) -> pd.DataFrame:
        if table not in self._loose:
            self._loose[table] = loose_rows(self._damaged / "tables", table)
        return self._loose[table]

    def _brought_back(self, batch: Batch) -> ImportOutcome:
        given = self._as_given(batch)
        if given is not None:
            try:
                result = self.take_in(given)
            except StoreError:
                raise
            except GeomapError:  # a later geomap may refuse what an earlier one took
                result = None
            if result is not None and result.batch.counts:
                rows = _written(result.batch)
                lost = max(0, _written(batch) - rows)
                return ImportOutcome(batch.batch_id, batch.file_name, FILE, rows, lost)
        return self._from_rows(batch)

    def _as_given(self, batch: Batch) -> GivenFile | None:
        """Return the kept file of an import as it was given; None when it is not there."""
        path = self._kept.get(batch.sha256)
        if path is None:
            return None
        chosen = {name: value for name, value in batch.options.items() if name in _OPTIONS}
        options = IngestOptions(**chosen)
        plain = GivenFile(batch.file_name, path.read_bytes(), batch.sha256, options)
        if plain.batch_id != batch.batch_id:  # what is not recorded: a mapping was given
            options = replace(options, mapping=batch.mapping)
        return replace(
            plain,
            options=replace(options, assume_yes=True),
            article=self._pasted(batch),
            known=batch,
        )

    def _pasted(self, batch: Batch) -> Article | None:
        """Return the article that an import was given as; None when it was given as a file."""
        if batch.kind != "article":
            return None
        rows = self._loose_rows("articles")
        rows = newest_of_each("articles", rows[rows["batch_id"] == batch.batch_id])
        articles = [article_of(row) for row in rows.to_dict("records")]
        return next((one for one in articles if sha256_of(one.text) == batch.sha256), None)

    def _from_rows(self, batch: Batch) -> ImportOutcome:
        """Write the rows of an import that can still be read, with its account."""
        changes = {name: self._of_import(name, batch) for name in ("events", "issues", "articles")}
        ids = set(changes["articles"]["article_id"])
        for table in ("toponyms", "dates"):
            rows = newest_of_each(table, self._loose_rows(table))
            changes[table] = rows[rows["article_id"].isin(ids)]
        rows = int((changes["events"]["batch_id"] == batch.batch_id).sum())
        lost = max(0, _written(batch) - rows)
        words = f"A repair found {rows:,} of its {rows + lost:,} event(s) and no file to read."
        account = replace(
            batch, base=self.version, undone="", warnings=_with(batch, ROWS_LOST, words)
        )
        self._store.commit(account, changes)
        origin = ROWS if rows or not lost else NOTHING
        return ImportOutcome(batch.batch_id, batch.file_name, origin, rows, lost)

    def _of_import(self, table: str, batch: Batch) -> pd.DataFrame:
        """Return the loose rows that an import wrote; of events, also those that it marked."""
        loose = self._loose_rows(table)
        mine = newest_of_each(table, loose[loose["batch_id"] == batch.batch_id])
        if table != "events":
            return mine
        marked = newest_of_each(table, loose[loose["gone_batch"] == batch.batch_id])
        marked = marked[~marked["event_id"].isin(mine["event_id"])]
        present = marked["event_id"].isin(self.events()["event_id"])
        return pd.concat([mine.assign(**_GONE), marked[present]], ignore_index=True)

    def _note_lost_files(self) -> None:
        """Let the account of each import whose file is lost say so."""
        for batch in self.batches():
            is_noted = any(code == FILE_LOST for code, _ in batch.warnings)
            if batch.sha256 not in self._kept and not is_noted:
                words = "The file as it came is lost; import the same file again to keep it again."
                self._store.commit(replace(batch, warnings=_with(batch, FILE_LOST, words)), {})


def whole_outcome(batch: Batch) -> ImportOutcome:
    """Return the outcome of an import whose rows are all there."""
    return ImportOutcome(batch.batch_id, batch.file_name, WHOLE, _written(batch), 0)


def _steps(ledger: Iterable[Batch], whole: Mapping[str, Batch]) -> list[tuple[Batch, bool]]:
    """Return the imports and undos that the whole version lacks, in their order."""
    steps: list[tuple[int, Batch, bool]] = []
    for batch in ledger:
        before = whole.get(batch.batch_id)
        if before is not None and before.sequence >= batch.sequence:
            continue
        is_in_force = before is not None and not before.undone
        if not is_in_force:
            steps.append((batch.base + 1, batch, False))
        if batch.undone:
            steps.append((batch.sequence, batch, True))
        elif is_in_force or batch.sequence > batch.base + 1:  # it came again, and changed events
            steps.append((batch.sequence, batch, False))
    return [(batch, is_undo) for _, batch, is_undo in sorted(steps, key=lambda step: step[0])]


def _written(batch: Batch) -> int:
    """Return how many events an import added or changed; none when it was undone."""
    if batch.undone:
        return 0
    return batch.counts.get("accepted", 0) + batch.counts.get("updated", 0)


def _with(batch: Batch, code: str, words: str) -> tuple[TableWarning, ...]:
    return (*batch.warnings, TableWarning(code, words))
