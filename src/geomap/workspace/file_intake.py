"""One file or text on its way into a workspace: what it is, and what it writes."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pandas as pd

from geomap.files.sha256 import sha256_of
from geomap.ingest import IngestOptions, IngestResult, Past, ingest_table
from geomap.model import Article, Batch
from geomap.store import article_frames
from geomap.typing import Progress
from geomap.workspace.contents import Contents

_ARTICLE_ENDINGS = frozenset({".md", ".markdown", ".html", ".htm", ".jsonl"})
_TEXT_ENDINGS = frozenset({"", ".txt", ".text"})
_SAMPLE = 20_000
_READ, UNDERSTOOD = 0.3, 0.8
"""Shares of an import that are done when the file is read, and when its events are known."""

_ISSUE = ("row", "column", "value", "code", "reason", "remedy", "rejected")


@dataclass(frozen=True, slots=True)
class GivenFile:
    """One file or text as it was given, and what its owner decided.

    `article` is set for a text that was pasted or read on a page.
    """

    name: str
    data: bytes
    sha256: str
    options: IngestOptions
    article: Article | None = None

    @property
    def batch_id(self) -> str:
        """The id of its import: the same file read the same way is the same import."""
        chosen = {k: v for k, v in asdict(self.options).items() if v and k != "assume_yes"}
        text = json.dumps(chosen, sort_keys=True, ensure_ascii=False)
        return sha256_of(f"{self.sha256}{text}")[:16]

    @property
    def is_article(self) -> bool:
        """Whether it is a text to be read, not a table of rows.

        The ending decides where it is telling; a .txt, a .json or a stream is looked into.
        """
        if self.article is not None:
            return True
        if self.options.layout is not None or self.options.mapping:
            return self.options.layout == "article"
        ending = PurePosixPath(self.name.replace("\\", "/")).suffix.lower()
        start = self.data[:_SAMPLE]
        sample = start.decode("utf-8", "replace").lstrip("\ufeff \r\n")
        if ending in _ARTICLE_ENDINGS:
            return True
        if "<kml" in sample[:2000].lower():
            return False
        if ending == ".json" or (ending in _TEXT_ENDINGS and sample[:1] in {"{", "["}):
            return '"text"' in sample and '"FeatureCollection"' not in sample
        return ending in _TEXT_ENDINGS and b"\x00" not in start and not _has_columns(sample)


def _has_columns(sample: str) -> bool:
    """Return whether the first lines all hold the same number of some delimiter."""
    lines = [line for line in sample.splitlines() if line.strip()][:6]
    if len(lines) < 2:
        return False
    for mark in "\t;,|":
        counts = {len(re.findall(re.escape(mark), line)) for line in lines[:5]}
        if len(counts) == 1 and counts.pop() >= 2:
            return True
    return False


def read_given(
    given: GivenFile, label: str, contents: Contents, progress: Progress
) -> IngestResult:
    """Return what a file changes in the contents of a workspace.

    Parameters
    ----------
    given, label
        The file, and the name that its import goes by.
    contents
        What the workspace holds.
    progress
        Called with a sentence and the share done, up to `UNDERSTOOD`.

    Raises
    ------
    InputError, FileRefusedError
        When the file or its options cannot be used.
    """
    existing, gazetteer = contents.events(), contents.gazetteer
    if given.is_article:
        from geomap.ingest.article_events import ingest_articles
        from geomap.readers.article_files import read_articles

        articles = (given.article,) if given.article else read_articles(given.data, name=label)
        batch = Batch(given.batch_id, label, given.sha256, options=given.options.chosen())
        return ingest_articles(articles, existing=existing, gazetteer=gazetteer, batch=batch)
    from geomap.readers.table_file import read_table

    def part(first: float, last: float) -> Progress:
        return lambda words, share: progress(words, first + (last - first) * share)

    layouts, sheet = contents.layouts(), given.options.sheet
    raw = read_table(
        given.data, name=label, sheet=sheet, layouts=layouts, progress=part(0.0, _READ)
    )
    return ingest_table(
        raw,
        existing=existing,
        gazetteer=gazetteer,
        options=given.options,
        batch_id=given.batch_id,
        past=Past(contents.in_force(), datetime.now(UTC).date()),
        layouts=layouts,
        progress=part(_READ, UNDERSTOOD),
    )


def rows_to_write(result: IngestResult) -> dict[str, pd.DataFrame]:
    """Return the rows that an import writes, by table of the store."""
    events, release, batch_id = result.events, result.release, result.batch.batch_id
    if release is not None and len(release.gone):
        events = (
            pd.concat([events, release.gone], ignore_index=True) if len(events) else release.gone
        )
    issues = [{name: getattr(issue, name) for name in _ISSUE} for issue in result.issues]
    rows = {"events": events, "issues": pd.DataFrame(issues).assign(batch_id=batch_id)}
    frames = [article_frames(parsed, batch_id=batch_id) for parsed in result.parsed]
    for table in ("articles", "toponyms", "dates"):
        filled = [frame[table] for frame in frames if len(frame[table])]
        if filled:
            rows[table] = pd.concat(filled, ignore_index=True)
    return rows
