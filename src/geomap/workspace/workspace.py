"""A workspace as everything above it sees it: files go in, events and reports come out.

The one place that joins files and tables on disk with the pure rooms below. It is longer than
other rooms because it is one door: a method for each thing that may be asked of a workspace.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geomap import paths
from geomap.engine.event_store import EventTable
from geomap.engine.joins_cache import kept_joins, read_joins
from geomap.engine.search_index import MANY, texts_of, write_texts
from geomap.engine.tiles import Positions
from geomap.errors import Cancelled, FileRefusedError, GeomapError, NotFoundError, StoreError
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.ingest import IngestOptions, IngestResult, Past, Preview, preview_table
from geomap.join import join_places
from geomap.layouts import LayoutSpec, read_layouts
from geomap.limits import TableLimits
from geomap.model import Article, GeoparsedArticle
from geomap.query.sql import FUNCTIONS
from geomap.store import Batch, Database, Store, batches_of, keep_file, read_parsed
from geomap.typing import Progress
from geomap.workspace import file_intake, sample, undo_import, user_places
from geomap.workspace.batch_records import batch_of, changes_of, release_in_force
from geomap.workspace.file_report import FileReport
from geomap.workspace.undo_import import UndoReport

_TRIES = 5


class Workspace:
    """An open workspace folder; `Workspace.open` makes one.

    Tables that it gives out are shared by everyone who asks: nobody may change them.
    """

    def __init__(self, folder: Path, *, gazetteer: Gazetteer | None = None) -> None:
        self.folder = folder
        self._store = Store(folder / "tables")
        self._given = gazetteer
        self._lock = threading.RLock()
        self._held: dict[str, tuple[int, pd.DataFrame]] = {}
        self._asked: tuple[int, EventTable] | None = None
        self._placed: tuple[int, Positions] | None = None
        self._files = file_intake.ReadFiles()

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
        found = cls((folder or paths.workspace_dir()).resolve(), gazetteer=gazetteer)
        state = sample.read_state(found.folder, found._store.folder)
        if state is None:
            state = "wanted" if seed else "none"
            sample.write_state(found.folder, state)
        if state == "wanted":
            found._seed(progress)
        return found

    @property
    def version(self) -> int:
        """The number of the newest finished import; 0 while there is none."""
        return self._store.version

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places that names are looked up in, the user's own first."""
        return self._given or open_gazetteer(
            user_places=self.folder / "places.geojson", imports=self.folder / user_places.FOLDER
        )

    def events(self, *, at: int | None = None) -> gpd.GeoDataFrame:
        """Return the events, now or as they were at a version."""
        events: gpd.GeoDataFrame = (
            self._table("events") if at is None else self._store.read_events(at=at)
        )
        return events

    def count_events(self) -> tuple[int, int]:
        """Return how many events there are now and how many of them are gone, unread."""
        return self._store.count("events"), self._store.count("events", filled="gone_since")

    def joins(self, *, at: int | None = None) -> pd.DataFrame:
        """Return which event lies at which place of `places`, now or as it was at a version."""
        if at is not None:
            return join_places(self.events(at=at), self.places())
        with self._lock:
            version = self.version
            if self._held.get("joins", (-1,))[0] != version:
                found = self._kept_joins(self.event_table(), version)
                self._held["joins"] = (version, read_joins(found))
            return self._held["joins"][1]

    def event_table(self) -> EventTable:
        """Return what answers questions about the events as they are now, without holding them."""
        with self._lock:
            version = self.version
            if self._asked is None or self._asked[0] != version:
                database = Database(FUNCTIONS)
                database.add_files(self._store.files("events", at=version))
                table = EventTable(database, partial(self._kept_joins, version=version))
                if found := texts_of(table, self.folder / "cache", version):
                    table.use_texts(found)
                self._asked = (version, table)
            return self._asked[1]

    def ready_search(self) -> None:
        """Write what makes searches of a large workspace quick; without it they are slower."""
        with self._lock:
            events = self.event_table()
            version = self._asked[0] if self._asked else 0
        folder = self.folder / "cache"
        if len(events) < MANY or texts_of(events, folder, version):
            return
        if found := write_texts(events, folder, version):
            events.use_texts(found)

    def positions(self, progress: Callable[[float], None] = lambda _: None) -> Positions:
        """Return what counts the events of now on a grid; the first time it writes a file."""
        with self._lock:
            events = self.event_table()
            version = self._asked[0] if self._asked else 0
            if self._placed is None or self._placed[0] != version:
                made = Positions(events, self.folder / "cache", version, progress)
                self._placed = (version, made)
            return self._placed[1]

    def _kept_joins(self, events: EventTable, version: int) -> Path | pa.Table:
        return kept_joins(self.folder / "cache", events.stretches(), self.places(), version=version)

    def _table(self, name: str) -> Any:
        """Return a table as it is now; what did not change is not read again."""
        with self._lock:
            version = self.version
            if self._held.get(name, (-1,))[0] != version:
                self._held[name] = (version, self._store.read(name, at=version))
            return self._held[name][1]

    @cached_property
    def _places(self) -> gpd.GeoDataFrame:
        return self.gazetteer.places_table()

    def places(self) -> gpd.GeoDataFrame:
        """Return the user's and the curated places, one row for each dated version."""
        return self._places

    def batches(self) -> tuple[Batch, ...]:
        """Return the finished imports, newest first."""
        return batches_of(self._table("batches"))

    def batch(self, batch_id: str) -> Batch:
        """Return one finished import, also one that was undone.

        Raises
        ------
        NotFoundError
            When there is none of this id.
        """
        found = next((batch for batch in self.batches() if batch.batch_id == batch_id), None)
        if found is None:
            message = f"There is no import {batch_id!r}: geomap batches lists them."
            raise NotFoundError(message)
        return found

    def release(self, batch_id: str) -> dict[str, Any] | None:
        """Return what an import in force changed in the events before it; None when nothing.

        It has the shape of the report that was shown before it was confirmed.
        """
        return release_in_force(self.batch(batch_id), self.events(), self._store.read_events)

    def issues(self, batch_id: str) -> pd.DataFrame:
        """Return what was said about the rows of an import."""
        issues = self._table("issues")
        mine: pd.DataFrame = issues[issues["batch_id"] == batch_id].reset_index(drop=True)
        return mine

    def articles(self) -> pd.DataFrame:
        """Return the articles with their texts, one row each."""
        articles: pd.DataFrame = self._table("articles")
        return articles

    def article(self, article_id: str) -> GeoparsedArticle:
        """Return an article with the toponyms, dates and incidents that were read out of it.

        Raises
        ------
        NotFoundError
            When the workspace does not hold it.
        """
        articles = self.articles()
        rows = articles[articles["article_id"] == article_id].to_dict("records")
        if not rows:
            message = f"The workspace has no article {article_id!r}."
            raise NotFoundError(message)
        toponyms, dates = (
            table[table["article_id"] == article_id]
            for table in (self._table("toponyms"), self._table("dates"))
        )
        events = self.event_table().where("article_id", article_id)
        return read_parsed(rows[0], toponyms, dates, events)

    def source_row(self, event_id: str) -> tuple[str, int | None]:
        """Return the name of the file that an event came from, and its row.

        Raises
        ------
        NotFoundError
            When the workspace does not hold the event.
        """
        found = self.event_table().event(event_id)
        if found is None:
            message = f"The workspace has no event {event_id!r}."
            raise NotFoundError(message)
        return self._source_of(found)

    def origin_of(self, event_id: str) -> str | None:
        """Return where an event came from in words, None when it is not there."""
        try:
            name, row = self.source_row(event_id)
        except NotFoundError:
            return None
        return name if row is None else f"{name}, row {row}"

    def origin(self, event: Mapping[str, Any]) -> str:
        """Return where an event that was read comes from, in words."""
        name, row = self._source_of(event)
        return name if row is None else f"{name}, row {row}"

    def _source_of(self, event: Mapping[str, Any]) -> tuple[str, int | None]:
        batch_id, row = event["batch_id"], event["row_number"]
        names = {batch.batch_id: batch.file_name for batch in self.batches()}
        return names.get(batch_id, "unknown file"), None if pd.isna(row) else int(row)

    def layouts(self) -> tuple[LayoutSpec, ...]:
        """Return the layouts of tables that the user wrote: one for each layouts/*.yaml.

        Raises
        ------
        InputError
            Naming every fault of every file.
        """
        return read_layouts(self.folder / "layouts")

    def ingest(
        self,
        source: Path | bytes,
        *,
        name: str | None = None,
        options: IngestOptions | None = None,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> FileReport:
        """Take in one file and return what became of it.

        A file that cannot be used, and one with an open question, changes nothing and is
        reported like any other. Taking in the same file again changes nothing.

        Parameters
        ----------
        source, name
            The file or its bytes; the name its owner knows it by.
        options
            What its owner decided.
        dry_run
            Say what would change, and change nothing.
        progress
            Called with a sentence and the share done, again and again; what it raises before
            the last call (`Cancelled`) ends the import, and nothing of it stays.
        """
        label = _whole(name or (source.name if isinstance(source, Path) else "upload"))
        chosen = options or IngestOptions()
        tell = progress or sample.silent
        sha256 = None
        try:
            data = source if isinstance(source, bytes) else _read_bytes(source)
            sha256 = file_intake.digest(data)
            return self._take_in(data, sha256, label, chosen, None, dry_run=dry_run, tell=tell)
        except (StoreError, Cancelled):
            raise
        except GeomapError as error:
            code = getattr(error, "code", "refused")
            return FileReport(label, sha256, warnings=((code, str(error)),), refused=True)

    def add_article(self, article: Article) -> FileReport:
        """Take in an article that was pasted or read on a page."""
        data = article.text.encode("utf-8", "surrogatepass")
        name = article.file_name or "pasted text.txt"
        digest = file_intake.digest(data)
        return self._take_in(
            data, digest, name, IngestOptions(), article, dry_run=False, tell=sample.silent
        )

    def _take_in(
        self,
        data: bytes,
        sha256: str,
        name: str,
        options: IngestOptions,
        article: Article | None,
        *,
        dry_run: bool,
        tell: Progress,
    ) -> FileReport:
        batch_id = file_intake.batch_of(sha256, options)
        for _ in range(_TRIES):
            version = self.version
            tell(f"Reading {name}", 0.0)
            in_force = tuple(batch for batch in self.batches() if not batch.undone)
            same = [batch for batch in in_force if batch.sha256 == sha256]
            label = same[0].file_name if same else name
            if article is None:
                # The table that was read is freed before anything is written.
                reading = self._compare(
                    self._read_file(data, sha256, label, options, tell, keep=dry_run),
                    options, batch_id, in_force, tell,
                )  # fmt: skip
            else:
                file = file_intake.read_texts((article,), self.gazetteer)
                reading = self._compare(file, options, batch_id, in_force, tell)
            result = reading.result
            before = next((batch for batch in same if batch.batch_id == batch_id), None)
            changed = result.question is None and (before is None or len(result.events) > 0)
            report = FileReport.of_result(
                result, path=name, sha256=sha256, batch_id=batch_id, changed=changed
            )
            if dry_run or not changed:
                return report
            tell(f"Writing {name}", 0.8)
            keep_file(self.folder / "files", data, sha256=sha256, name=name)
            batch = batch_of(
                report,
                reading,
                name=label,
                options=options,
                base=version if before is None else before.base,
                builds_on=self._builds_on(reading, batch_id, before),
            )
            changes = changes_of(reading, batch_id)
            if self._store.commit(batch, changes, based_on=version) is not None:
                tell(f"Taken in {name}", 1.0)
                return report
        message = f"{name} was not taken in: other imports kept changing the workspace; try again."
        raise StoreError(message)

    def _builds_on(
        self, reading: file_intake.Reading, batch_id: str, before: Batch | None
    ) -> tuple[str, ...]:
        """Return the imports that cannot be taken back before one that is being written."""
        if before is not None:
            # What it met when it first came counts: the rest was added after it.
            return before.builds_on
        found = set(reading.result.builds_on)
        if reading.parsed:
            articles = self.articles()
            mine = articles["article_id"].isin([p.article.article_id for p in reading.parsed])
            found |= set(articles.loc[mine, "batch_id"])
        return tuple(sorted(found - {batch_id}))

    def preview(
        self, data: bytes, *, name: str, options: IngestOptions | None = None
    ) -> Preview | None:
        """Return the first rows of a table and how it is understood; None for other files.

        What is read here is not read again when the file is taken in soon after.

        Parameters
        ----------
        data, name
            The bytes of the file; the name its owner knows it by.
        options
            What its owner decided.

        Raises
        ------
        FileRefusedError, InputError
            When the file, or an answer of its owner, cannot be used.
        """
        chosen = options or IngestOptions()
        file = self._read_file(data, file_intake.digest(data), name, chosen, sample.silent)
        if file.table is None:
            return None
        return preview_table(file.table, chosen, layouts=self.layouts())

    def _read_file(
        self,
        data: bytes,
        sha256: str,
        name: str,
        options: IngestOptions,
        tell: Progress,
        *,
        keep: bool = True,
    ) -> file_intake.ReadFile:
        layouts = self.layouts()
        return self._files.read(
            file_intake.read_key(sha256, name, options, layouts),
            lambda: file_intake.read_file(
                data, name=name, options=options, layouts=layouts, gazetteer=self.gazetteer,
                progress=lambda words, share: tell(words, 0.3 * share),
            ),
            keep=keep,
        )  # fmt: skip

    def _compare(
        self,
        file: file_intake.ReadFile,
        options: IngestOptions,
        batch_id: str,
        in_force: tuple[Batch, ...],
        tell: Progress,
    ) -> file_intake.Reading:
        existing = self.events()
        if file.question is not None:
            result = IngestResult(question=file.question, layout_reason=file.reason)
            return file_intake.Reading("", result)
        if file.table is None:
            reading = file_intake.read_as_articles(
                file.parsed, existing=existing, batch_id=batch_id
            )
        else:
            reading = file_intake.read_as_table(
                file.table,
                options=options,
                existing=existing,
                gazetteer=self.gazetteer,
                batch_id=batch_id,
                past=Past(in_force, datetime.now(UTC).date()),
                layouts=self.layouts(),
                progress=lambda words, share: tell(words, 0.3 + 0.5 * share),
            )
        warnings = (*file.warnings, *reading.result.warnings)
        return replace(reading, result=replace(reading.result, warnings=warnings))

    def undo(
        self, batch_id: str, *, with_later: bool = False, dry_run: bool = False
    ) -> tuple[UndoReport, ...]:
        """Take an import back, as if it had never been; the newest first when there are several.

        Parameters
        ----------
        batch_id
            The import.
        with_later
            Take back the imports that build on it as well; without, they forbid it.
        dry_run
            Say what would change, and change nothing.

        Raises
        ------
        NotFoundError
            When there is no such import.
        InputError
            When it is undone already, or others build on it, also one that was finished
            while this was under way.
        StoreError
            When other imports kept changing the workspace.
        """
        if dry_run:
            order = undo_import.order_of(self.batches(), batch_id, with_later=with_later)
            return tuple(self._undoing(one).report for one in order)
        reports: list[UndoReport] = []
        tries = 0
        while not reports or reports[-1].batch_id != batch_id:
            # What builds on the import is looked up again before each commit, and the commit
            # is refused, under the lock, when an import was finished after this version.
            version = self.version
            newest = undo_import.order_of(self.batches(), batch_id, with_later=with_later)[0]
            plan = self._undoing(newest)
            undone = replace(
                self.batch(newest), undone=datetime.now(UTC).isoformat(timespec="seconds")
            )
            written = self._store.commit(
                undone, plan.changes, removed=plan.removed, based_on=version
            )
            if written is not None:
                reports.append(plan.report)
            elif (tries := tries + 1) == _TRIES:
                message = (
                    f"{newest} was not undone: other imports kept changing the workspace; try "
                    "again."
                )
                raise StoreError(message)
        return tuple(reports)

    def _undoing(self, batch_id: str) -> undo_import.Plan:
        """Return what taking back one import, as the workspace is now, removes and writes."""
        batch = self.batch(batch_id)
        tables = {name: self._table(name) for name in undo_import.TABLES}
        before = {name: self._store.read(name, at=batch.base) for name in undo_import.TABLES}
        return undo_import.plan_of(batch, tables, before)

    def _seed(self, progress: Progress | None) -> None:
        """Take in the samples; one that was begun and killed is finished the next time."""
        tell = progress or sample.silent
        files = sample.files()
        tell("Opening the gazetteer", 0.0)
        _ = self.gazetteer
        sample.bring_licences(self.folder)
        for number, path in enumerate(files):
            tell(f"Reading the sample {path.name}", number / len(files))
            report = self.ingest(path)
            if report.counts is None:
                reason = report.warnings[-1][1] if report.warnings else "a question stands"
                message = f"The sample file {path.name} cannot be read: {reason}"
                raise FileRefusedError(message)
        sample.write_state(self.folder, "done")
        tell("The samples are in", 1.0)


def _whole(name: str) -> str:
    """Return a name whose bytes that are no UTF-8 are marked: no table holds half a letter."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _read_bytes(path: Path) -> bytes:
    limits = TableLimits.from_environment()
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
