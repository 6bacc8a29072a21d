"""A workspace: a folder into which files go, and out of which events and reports come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from geomap import paths
from geomap.errors import Cancelled, FileRefusedError, GeomapError, StoreError
from geomap.files.flush import files_under
from geomap.files.input_file import read_bytes
from geomap.files.sha256 import sha256_of
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions, IngestResult, Preview, preview_table
from geomap.model import Article, Batch, TableWarning
from geomap.store import keep_file
from geomap.typing import Progress, silent
from geomap.workspace import sample, undo_import
from geomap.workspace.decision_book import DecisionBook
from geomap.workspace.file_intake import (
    UNDERSTOOD,
    GivenFile,
    opened,
    read_given,
    rows_to_write,
)
from geomap.workspace.read_files import ReadFiles
from geomap.workspace.turns import in_turn
from geomap.workspace.undo_import import UndoReport


class CompactReport(NamedTuple):
    """The version that a compaction made, and the bytes of all tables before and after it."""

    version: int
    bytes_before: int
    bytes_after: int


class Workspace(DecisionBook):
    """An open workspace folder; `Workspace.open` returns one."""

    def __init__(self, folder: Path, *, gazetteer: Gazetteer | None = None) -> None:
        super().__init__(folder, gazetteer=gazetteer)
        self._files = ReadFiles()

    @classmethod
    def open(
        cls,
        folder: Path | None = None,
        *,
        seed: bool = True,
        gazetteer: Gazetteer | None = None,
        progress: Progress | None = None,
    ) -> Workspace:
        """Return the workspace in a folder, made when it is not there yet.

        Parameters
        ----------
        folder
            By default the one that `paths.workspace_dir` names.
        seed
            Whether a workspace that is made now starts with the sample articles and tables.
        gazetteer
            Used instead of the one with all layers.
        progress
            Called with a sentence and the share done.

        Raises
        ------
        StoreError
            When the folder is a file, or cannot be written.
        """
        workspace = cls((folder or paths.workspace_dir()).resolve(), gazetteer=gazetteer)
        state = sample.read_state(workspace.folder, workspace._store.folder)
        if state is None:
            state = "wanted" if seed else "none"
            sample.write_state(workspace.folder, state)
        if state == "wanted":
            workspace._seed(progress or silent)
        return workspace

    def ingest(
        self,
        source: Path | bytes,
        *,
        name: str | None = None,
        options: IngestOptions | None = None,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> IngestResult:
        """Take in one file and report what became of it.

        A file that cannot be used, and one with an open question, changes nothing and is
        reported like any other. Taking in the same file again changes nothing.

        Parameters
        ----------
        source, name
            The file or its bytes; the name its owner knows it by.
        options
            What its owner decided.
        dry_run
            Report what would change, and change nothing.
        progress
            Called with a sentence and the share done, again and again; what it raises before
            the last call (`Cancelled`) ends the import, and nothing of it stays.

        Returns
        -------
        result
            The account of the file, without the rows that were written.
        """
        label = _valid_text(name or (source.name if isinstance(source, Path) else "upload"))
        sha256 = ""
        try:
            data = source if isinstance(source, bytes) else read_bytes(source)
            sha256 = sha256_of(data)
            given = GivenFile(label, data, sha256, options or IngestOptions())
            return self.take_in(given, progress or silent, dry_run=dry_run)
        except (StoreError, Cancelled):
            raise
        except GeomapError as error:
            refusal = TableWarning(getattr(error, "code", "refused"), str(error))
            batch = Batch(file_name=label, sha256=sha256, warnings=(refusal,))
            return IngestResult(batch, path=label)

    def add_article(self, article: Article) -> IngestResult:
        """Take in an article that was pasted or read on a page, and report what became of it.

        Parameters
        ----------
        article
            Its text is kept as a file, like an upload.
        """
        data = article.text.encode("utf-8", "surrogatepass")
        name = article.file_name or "pasted text.txt"
        given = GivenFile(name, data, sha256_of(data), IngestOptions(), article)
        return self.take_in(given)

    def take_in(
        self, given: GivenFile, progress: Progress = silent, *, dry_run: bool = False
    ) -> IngestResult:
        """Take in a file that was opened already, as `ingest` does.

        Parameters
        ----------
        given, progress, dry_run
            The file; the others as for `ingest`.

        Raises
        ------
        GeomapError
            When the file cannot be used, or the workspace cannot be written.
        """

        def attempt(version: int) -> IngestResult | None:
            progress(f"Reading {given.name}", 0.0)
            same = [batch for batch in self.in_force() if batch.sha256 == given.sha256]
            before = next((batch for batch in same if batch.batch_id == given.batch_id), None)
            label = same[0].file_name if same else given.name
            result = read_given(given, label, self, self._files, progress, keep=dry_run)
            result = replace(result, path=given.name)
            has_changes = before is None or len(result.events) > 0
            if dry_run or result.question is not None:
                return result.report()
            if not has_changes:
                self._keep(given)  # in case that it was lost
                return result.report()
            progress(f"Writing {given.name}", UNDERSTOOD)
            if version == 0:
                self._store.prepare()
            self._keep(given)
            # Of an import that is in force already counts what it met when it first came.
            base = version if before is None else before.base
            builds_on = self._builds_on(result) if before is None else before.builds_on
            created = given.known.created if given.known is not None else ""
            batch = replace(result.batch, base=base, builds_on=builds_on, created=created)
            if self._store.commit(batch, rows_to_write(result), based_on=version) is None:
                return None
            progress(f"Taken in {given.name}", 1.0)
            return result.report()

        failure = f"{given.name} was not taken in"
        return in_turn(attempt, lambda: self.version, failure, progress)

    def _keep(self, given: GivenFile) -> None:
        folder = self.folder / "files"
        try:
            keep_file(folder, given.data, sha256=given.sha256, name=given.name)
        except OSError as error:
            message = (
                f"{given.name} cannot be kept in {str(folder)!r} ({error.strerror or error}), so "
                "that it was not taken in: free space or mend the rights of the folder."
            )
            raise StoreError(message) from error

    def preview(
        self, data: bytes, *, name: str, options: IngestOptions | None = None
    ) -> Preview | None:
        """Return the first rows of a table and how it is understood; None for other files.

        A file that is read here is not read again when it is taken in soon after.

        Parameters
        ----------
        data, name
            The bytes of the file; the name its owner knows it by.
        options
            The decisions of its owner.

        Raises
        ------
        FileRefusedError, InputError
            When the file, or an answer of its owner, cannot be used.
        """
        chosen = options or IngestOptions()
        given = GivenFile(name, data, sha256_of(data), chosen)
        file = opened(given, name, self, self._files, silent, keep=True)
        if file.table is None:
            return None
        return preview_table(file.table, chosen, layouts=self.layouts(), gazetteer=self.gazetteer)

    def _builds_on(self, result: IngestResult) -> tuple[str, ...]:
        """Return the imports that cannot be undone before the one that is being written."""
        articles = self.articles()
        ids = [parsed.article.article_id for parsed in result.parsed]
        same = articles.loc[articles["article_id"].isin(ids), "batch_id"]
        return tuple(sorted({*result.batch.builds_on, *same} - {result.batch.batch_id}))

    def undo(
        self, batch_id: str, *, with_later: bool = False, dry_run: bool = False
    ) -> tuple[UndoReport, ...]:
        """Undo an import as if it had never been; when there are several, the newest first.

        Parameters
        ----------
        batch_id
            The import.
        with_later
            Undo the imports that build on it as well; without, they forbid it.
        dry_run
            Report what would change, and change nothing.

        Raises
        ------
        NotFoundError
            When there is no such import.
        InputError
            When it is undone already, or others build on it, also one that was finished
            while this was under way.
        StoreError
            When other imports kept changing the workspace for ten minutes.
        """
        if dry_run:
            order = undo_import.order_of(self.batches(), batch_id, with_later=with_later)
            return tuple(self._plan(self.batch(one)).report for one in order)
        reports: list[UndoReport] = []

        def attempt(version: int) -> UndoReport | None:
            # What builds on the import is looked up again before each commit, and the commit
            # is refused, under the lock, when an import was finished after this version.
            newest = undo_import.order_of(self.batches(), batch_id, with_later=with_later)[0]
            batch = self.batch(newest)
            plan = self._plan(batch)
            undone = replace(batch, undone=datetime.now(UTC).isoformat(timespec="seconds"))
            changes, removed = plan.changes, plan.removed
            written = self._store.commit(undone, changes, removed=removed, based_on=version)
            return None if written is None else plan.report

        while not reports or reports[-1].batch_id != batch_id:
            failure = f"{batch_id} was not undone"
            reports.append(in_turn(attempt, lambda: self.version, failure))
        return tuple(reports)

    def compact(self) -> CompactReport:
        """Join small files and remove what no version needs; no version changes by it.

        Raises
        ------
        StoreError
            When a table is damaged or the folder cannot be written.
        """
        before = _bytes_under(self._store.folder)
        version = self._store.compact()
        return CompactReport(version, before, _bytes_under(self._store.folder))

    def _plan(self, batch: Batch) -> undo_import.Plan:
        """Return what undoing one import, as the workspace is now, removes and writes."""
        now = {name: self._table(name) for name in undo_import.TABLES}
        before = {name: self._store.read(name, at=batch.base) for name in undo_import.TABLES}
        return undo_import.plan_of(batch, now, before)

    def _seed(self, progress: Progress) -> None:
        """Take in the samples; a seeding that was killed is finished the next time."""
        files = sample.files()
        progress("Opening the gazetteer", 0.0)
        _ = self.gazetteer
        sample.bring_licences(self.folder)
        for number, path in enumerate(files):
            progress(f"Reading the sample {path.name}", number / len(files))
            result = self.ingest(path)
            if not result.batch.counts:
                warnings = result.batch.warnings
                reason = warnings[-1].message if warnings else "a question stands"
                message = f"The sample file {path.name} cannot be read: {reason}"
                raise FileRefusedError(message)
        sample.write_state(self.folder, "done")
        progress("The samples are in", 1.0)


def _valid_text(name: str) -> str:
    """Return a name with U+FFFD for bytes that are not UTF-8: no table can hold them."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _bytes_under(folder: Path) -> int:
    return sum(path.stat().st_size for path in files_under(folder))
