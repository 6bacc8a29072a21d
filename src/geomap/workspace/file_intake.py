"""One file or text on its way into a workspace: what it is, and what it writes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

import pandas as pd

from geomap.files.sha256 import sha256_of
from geomap.ingest import IngestOptions, IngestResult, Past, ingest_table
from geomap.model import Article, Batch
from geomap.store import article_frames
from geomap.typing import Progress
from geomap.workspace.contents import Contents
from geomap.workspace.read_files import ReadFile, ReadFiles, read_file, read_key, read_texts

_READ, UNDERSTOOD = 0.3, 0.8
"""Shares of an import that are done when the file is read, and when its events are known."""

_ISSUE = ("row", "column", "value", "code", "reason", "remedy", "rejected")


@dataclass(frozen=True, slots=True)
class GivenFile:
    """One file or text as it was given, and what its owner decided.

    `article` is set for a text that was pasted or read on a page. `known` is set for a file that
    is taken in again, because its rows were lost: its import stays the same.
    """

    name: str
    data: bytes
    sha256: str
    options: IngestOptions
    article: Article | None = None
    known: Batch | None = None

    @property
    def batch_id(self) -> str:
        """The id of its import: the same file read the same way is the same import."""
        if self.known is not None:
            return self.known.batch_id
        chosen = {k: v for k, v in asdict(self.options).items() if v and k != "assume_yes"}
        text = json.dumps(chosen, sort_keys=True, ensure_ascii=False)
        return sha256_of(f"{self.sha256}{text}")[:16]

    @property
    def day(self) -> date:
        """The day (UTC) on which it came: today, or that of the import that it had already."""
        if self.known is not None and self.known.created:
            return datetime.fromisoformat(self.known.created).date()
        return datetime.now(UTC).date()


def read_given(
    given: GivenFile,
    label: str,
    contents: Contents,
    files: ReadFiles,
    progress: Progress,
    *,
    keep: bool,
) -> IngestResult:
    """Return what a file changes in the contents of a workspace.

    Parameters
    ----------
    given, label
        The file, and the name that its import goes by.
    contents, files
        What the workspace holds; the files that were read already.
    progress
        Called with a sentence and the share done, up to `UNDERSTOOD`.
    keep
        Whether the file, once read, is kept in `files` for the next time.

    Raises
    ------
    InputError, FileRefusedError
        When the file or its options cannot be used.
    """
    file = opened(given, label, contents, files, _part(progress, 0.0, _READ), keep=keep)
    batch = Batch(
        given.batch_id, label, given.sha256, layout_reason=file.reason,
        options=given.options.chosen(), warnings=file.warnings,
    )  # fmt: skip
    if file.question is not None:
        return IngestResult(batch, question=file.question)
    existing = contents.ingested()
    if file.table is None:
        from geomap.ingest.events.article_events import ingest_articles

        result = ingest_articles(file.parsed, existing=existing, batch=batch)
        return replace(result, issues=file.issues)
    result = ingest_table(
        file.table,
        existing=existing,
        gazetteer=contents.gazetteer,
        options=given.options,
        batch_id=given.batch_id,
        past=Past(contents.in_force(), given.day),
        layouts=contents.layouts(),
        progress=_part(progress, _READ, UNDERSTOOD),
    )
    warnings = (*file.warnings, *result.batch.warnings)
    return replace(result, batch=replace(result.batch, warnings=warnings))


def opened(
    given: GivenFile,
    label: str,
    contents: Contents,
    files: ReadFiles,
    progress: Progress,
    *,
    keep: bool,
) -> ReadFile:
    """Return the table or the articles of a file, from `files` where it was read already."""
    if given.article is not None:
        return read_texts((given.article,), contents.gazetteer)
    layouts = contents.layouts()

    def read() -> ReadFile:
        return read_file(
            given.data,
            name=label,
            options=given.options,
            layouts=layouts,
            gazetteer=contents.gazetteer,
            progress=progress,
        )

    return files.read(read_key(given.sha256, label, given.options, layouts), read, keep=keep)


def _part(progress: Progress, first: float, last: float) -> Progress:
    return lambda words, share: progress(words, first + (last - first) * share)


def rows_to_write(result: IngestResult) -> dict[str, pd.DataFrame]:
    """Return the rows that an import writes, by table of the store."""
    events, release, batch_id = result.events, result.release, result.batch.batch_id
    if release is not None and len(release.gone):
        events = (
            pd.concat([events, release.gone], ignore_index=True) if len(events) else release.gone
        )
    issues = [{name: getattr(issue, name) for name in _ISSUE} for issue in result.issues]
    rows = {"events": events, "issues": pd.DataFrame(issues).assign(batch_id=batch_id)}
    if len(result.aggregates):
        rows["aggregates"] = result.aggregates
    frames = [article_frames(parsed, batch_id=batch_id) for parsed in result.parsed]
    for table in ("articles", "toponyms", "dates"):
        filled = [frame[table] for frame in frames if len(frame[table])]
        if filled:
            rows[table] = pd.concat(filled, ignore_index=True)
    return rows
