"""One file or text on its way into a workspace: what it is, and what it would change."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

import geopandas as gpd
import pandas as pd

from geomap.errors import FileRefusedError
from geomap.gazetteer import Gazetteer
from geomap.ingest import (
    IngestCounts,
    IngestOptions,
    IngestResult,
    KeptCounts,
    Past,
    ingest_table,
)
from geomap.layouts import LayoutSpec
from geomap.model import Article, GeoparsedArticle
from geomap.typing import Progress

ARTICLE = "article"
_ARTICLE_ENDINGS = frozenset({".md", ".markdown", ".html", ".htm", ".jsonl"})
_TEXT_ENDINGS = frozenset({"", ".txt", ".text"})
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file would change: the result for all of it, and the articles read out of it."""

    kind: str
    result: IngestResult
    parsed: tuple[GeoparsedArticle, ...] = ()


def digest(data: bytes) -> str:
    """Return the sha256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def batch_of(sha256: str, options: IngestOptions) -> str:
    """Return the id of an import: the same file read the same way is the same import."""
    chosen = {k: v for k, v in asdict(options).items() if v and k != "assume_yes"}
    said = json.dumps(chosen, sort_keys=True, ensure_ascii=False)
    return digest(f"{sha256}{said}".encode())[:16]


def is_article(name: str, data: bytes, options: IngestOptions) -> bool:
    """Return whether a file is a text to be read, not a table of rows.

    The ending decides where it is telling; a .txt, a .json or a stream is looked into.
    """
    if options.layout is not None or options.mapping:
        return options.layout == ARTICLE
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    sample = data[:_SAMPLE].decode("utf-8", "replace").lstrip("\ufeff \r\n")
    if ending in _ARTICLE_ENDINGS:
        return True
    if "<kml" in sample[:2000].lower():
        return False
    if ending == ".json" or (ending in _TEXT_ENDINGS and sample[:1] in {"{", "["}):
        return '"text"' in sample and '"FeatureCollection"' not in sample
    return ending in _TEXT_ENDINGS and b"\x00" not in data[:_SAMPLE] and not _has_columns(sample)


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


def read_as_table(
    data: bytes,
    *,
    name: str,
    options: IngestOptions,
    existing: gpd.GeoDataFrame,
    gazetteer: Gazetteer,
    batch_id: str,
    past: Past,
    layouts: Sequence[LayoutSpec] = (),
    progress: Progress,
) -> Reading:
    """Return what the rows of a table would change."""
    from geomap.readers.table_file import read_table

    def in_part(first: float, last: float) -> Progress:
        return lambda words, share: progress(words, first + (last - first) * share)

    raw = read_table(
        data, name=name, sheet=options.sheet, layouts=layouts, progress=in_part(0.0, 0.3)
    )
    result = ingest_table(
        raw,
        existing=existing,
        gazetteer=gazetteer,
        options=options,
        batch_id=batch_id,
        past=past,
        layouts=layouts,
        progress=in_part(0.3, 0.8),
    )
    return Reading("table", result)


def read_as_articles(
    articles: Sequence[Article],
    *,
    name: str,
    existing: gpd.GeoDataFrame,
    gazetteer: Gazetteer,
    batch_id: str,
) -> Reading:
    """Return what the incidents of one or several texts would change."""
    from geomap.ingest.events.article_events import ingest_article

    if not articles:
        message = f"{name} holds no text: give an article of at least one sentence."
        raise FileRefusedError(message, code="empty")
    unique = {article.article_id: article for article in articles}
    results = [
        ingest_article(article, existing=existing, gazetteer=gazetteer, batch_id=batch_id)
        for article in unique.values()
    ]
    parsed = tuple(result.parsed for result in results if result.parsed is not None)
    return Reading(ARTICLE, _together(results), parsed)


def _together(results: Sequence[IngestResult]) -> IngestResult:
    if len(results) == 1:
        return results[0]
    first = results[0]
    counts = [result.counts or IngestCounts() for result in results]
    kept = [result.of_kept or KeptCounts() for result in results]
    events = pd.concat([result.events for result in results], ignore_index=True)
    return IngestResult(
        events.drop_duplicates("event_id", ignore_index=True),
        tuple(event_id for result in results for event_id in result.changed_ids),
        IngestCounts(
            *(sum(row) for row in zip(*(c.as_dict().values() for c in counts), strict=True))
        ),
        KeptCounts(*(sum(row) for row in zip(*(k.as_dict().values() for k in kept), strict=True))),
        tuple(issue for result in results for issue in result.issues),
        tuple(warning for result in results for warning in result.warnings),
        None,
        first.layout,
        f"It holds {len(results)} texts, not a table.",
        {},
        fates=pd.concat([r.fates for r in results if r.fates is not None], ignore_index=True),
        builds_on=tuple(sorted({one for result in results for one in result.builds_on})),
    )
