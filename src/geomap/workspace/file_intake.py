"""One file or text on its way into a workspace: how it is read, and what it would change."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import geopandas as gpd

from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions, IngestResult, Past, Question, ingest_table
from geomap.layouts import LayoutSpec
from geomap.model import Article, GeoparsedArticle
from geomap.raw_table import RawTable, TableWarning
from geomap.typing import Progress

ARTICLE = "article"
KEPT_BYTES = 600_000_000
"""What files that were only looked at may fill in memory until they are taken in."""

_BYTES_A_LETTER = 40  # of an article that was read: its toponyms and dates beside the text


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The content of a file, not yet compared with what the workspace holds.

    It has a `table`, or articles that were `parsed`, or a `question` that must be answered
    before it can be read.
    """

    table: RawTable | None = None
    parsed: tuple[GeoparsedArticle, ...] = ()
    question: Question | None = None
    reason: str = ""
    warnings: tuple[TableWarning, ...] = ()

    @property
    def bytes(self) -> int:
        """How much memory it takes, roughly."""
        letters = sum(len(parsed.article.text) for parsed in self.parsed)
        cells = 0 if self.table is None else int(self.table.frame.memory_usage(deep=True).sum())
        return cells + _BYTES_A_LETTER * letters


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file would change: the result for all of it, and the articles read out of it."""

    kind: str
    result: IngestResult
    parsed: tuple[GeoparsedArticle, ...] = ()


class ReadFiles:
    """Files that were read to be looked at, so that taking them in does not read them again.

    The oldest go when they fill more than `most_bytes`. Threads may share it.
    """

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self._most = most_bytes
        self._lock = threading.Lock()
        self._files: OrderedDict[str, ReadFile] = OrderedDict()

    def read(self, key: str, read: Callable[[], ReadFile], *, keep: bool) -> ReadFile:
        """Return the file of a key, read by `read` where it is not there.

        Parameters
        ----------
        key
            As `read_key` makes it.
        read
            Reads the file.
        keep
            Whether it is kept for the next time; otherwise it is forgotten.
        """
        with self._lock:
            file = self._files.pop(key, None)
        file = file or read()
        if keep and file.bytes <= self._most:
            with self._lock:
                self._files[key] = file
                while sum(one.bytes for one in self._files.values()) > self._most:
                    self._files.popitem(last=False)
        return file


def digest(data: bytes) -> str:
    """Return the sha256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def batch_of(sha256: str, options: IngestOptions) -> str:
    """Return the id of an import: the same file read the same way is the same import."""
    chosen = {k: v for k, v in asdict(options).items() if v and k != "assume_yes"}
    text = json.dumps(chosen, sort_keys=True, ensure_ascii=False)
    return digest(f"{sha256}{text}".encode())[:16]


def read_key(sha256: str, name: str, options: IngestOptions, layouts: Sequence[LayoutSpec]) -> str:
    """Return a text that two files share when reading them gives the same."""
    chosen = (sha256, name, options.sheet, options.assume_yes, _stated_kind(options), layouts)
    return digest(repr(chosen).encode("utf-8", "surrogatepass"))


def read_file(
    data: bytes,
    *,
    name: str,
    options: IngestOptions,
    layouts: Sequence[LayoutSpec],
    gazetteer: Gazetteer,
    progress: Progress,
) -> ReadFile:
    """Return the table or the articles of a file, or the question which of these it holds.

    Parameters
    ----------
    data, name
        The bytes of the file, and the name its owner knows it by.
    options, layouts
        What its owner decided; the user's own layouts.
    gazetteer
        Finds the places of articles.
    progress
        Called with a sentence and the share done, from 0 to 1.

    Raises
    ------
    FileRefusedError
        When it cannot be read, or holds neither events nor articles.
    """
    from geomap.readers.article_files import read_opened_articles
    from geomap.readers.sniff import open_file
    from geomap.readers.table_file import read_opened_table

    file = open_file(data, name=name, layouts=layouts)
    verdict, kind = file.verdict, _stated_kind(options)
    warnings: tuple[TableWarning, ...] = ()
    if kind is None:
        if not verdict.kinds:
            raise file.refusal()
        kind = verdict.kinds[0]
        if len(verdict.kinds) > 1:
            asked = "Does it hold events or articles? Say --as events or --as articles."
            if not options.assume_yes:
                message = f"{name}: {verdict.reason} {asked}"
                question = Question("kind", message, verdict.kinds, verdict.proof)
                return ReadFile(question=question, reason=verdict.reason)
            message = f"{verdict.reason} It was read as {kind}, which is the likelier of both."
            warnings = (TableWarning("kind_assumed", message),)
    if kind == "events":
        table = read_opened_table(file, sheet=options.sheet, layouts=layouts, progress=progress)
        return ReadFile(table, reason=verdict.reason, warnings=warnings)
    return replace(read_texts(read_opened_articles(file), gazetteer), warnings=warnings)


def _stated_kind(options: IngestOptions) -> str | None:
    """Return what a file holds by the options of its owner, None where they leave it open."""
    if options.read_as is not None:
        return options.read_as
    if options.layout == ARTICLE:
        return "articles"
    return "events" if options.layout or options.mapping or options.sheet else None


def read_texts(articles: Sequence[Article], gazetteer: Gazetteer) -> ReadFile:
    """Return articles with their toponyms, dates and incidents, each text once.

    Parameters
    ----------
    articles, gazetteer
        The texts; the places that their names are looked up in.
    """
    from geomap.incidents import read_article

    unique = {article.article_id: article for article in articles}
    return ReadFile(parsed=tuple(read_article(one, gazetteer) for one in unique.values()))


def read_as_table(
    table: RawTable,
    *,
    options: IngestOptions,
    existing: gpd.GeoDataFrame,
    gazetteer: Gazetteer,
    batch_id: str,
    past: Past,
    layouts: Sequence[LayoutSpec] = (),
    progress: Progress,
) -> Reading:
    """Return what the rows of a table would change; see `ingest_table`."""
    result = ingest_table(
        table, existing=existing, gazetteer=gazetteer, options=options, batch_id=batch_id,
        past=past, layouts=layouts, progress=progress,
    )  # fmt: skip
    return Reading("table", result)


def read_as_articles(
    parsed: tuple[GeoparsedArticle, ...], *, existing: gpd.GeoDataFrame, batch_id: str
) -> Reading:
    """Return what the incidents of one or several texts would change."""
    from geomap.ingest.events.article_events import ingest_articles

    return Reading(ARTICLE, ingest_articles(parsed, existing=existing, batch_id=batch_id), parsed)
