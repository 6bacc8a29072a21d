"""Files that were read, kept from the look at them until they are taken in."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.files.sha256 import sha256_of
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions, Question
from geomap.layouts import LayoutSpec
from geomap.model import Article, GeoparsedArticle, RowIssue, TableWarning
from geomap.raw_table import RawTable
from geomap.typing import Progress

if TYPE_CHECKING:
    from geomap.readers.text_or_table import Verdict

ARTICLE = "article"
KEPT_BYTES = 600_000_000
"""Memory that files may fill between the look at them and their import."""

_NO_WARNINGS: tuple[TableWarning, ...] = ()
_BYTES_A_LETTER = 40  # of an article that was read: its toponyms and dates beside the text


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The content of a file, not yet compared with what the workspace holds.

    It has a `table`, or articles that were `parsed` with the `issues` of the parts of the file
    that are none, or a `question` that must be answered
    before it can be read.
    """

    table: RawTable | None = None
    parsed: tuple[GeoparsedArticle, ...] = ()
    issues: tuple[RowIssue, ...] = ()
    question: Question | None = None
    reason: str = ""
    warnings: tuple[TableWarning, ...] = ()

    @property
    def bytes(self) -> int:
        """The memory it takes, roughly."""
        letters = sum(len(parsed.article.text) for parsed in self.parsed)
        cells = 0 if self.table is None else int(self.table.frame.memory_usage(deep=True).sum())
        return cells + _BYTES_A_LETTER * letters


class ReadFiles:
    """Files that were read to be looked at, so that taking them in does not read them again.

    The oldest are dropped when they fill more than `most_bytes`. Threads may share it.
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
            Whether it is kept for the next time; otherwise it is dropped.
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


def read_key(sha256: str, name: str, options: IngestOptions, layouts: Sequence[LayoutSpec]) -> str:
    """Return a text that two files share when reading them gives the same.

    Parameters
    ----------
    sha256, name
        The digest of the file's bytes; the name its owner knows it by.
    options, layouts
        The decisions of its owner; the user's own layouts.
    """
    chosen = (sha256, name, options.sheet, options.assume_yes, _stated_kind(options), layouts)
    return sha256_of(repr(chosen).encode("utf-8", "surrogatepass"))


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
        The bytes of the file; the name its owner knows it by.
    options, layouts
        The decisions of its owner; the user's own layouts.
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
    kind, warnings = _stated_kind(options), _NO_WARNINGS
    if kind is None:
        if not file.verdict.kinds:
            raise file.refusal()
        if len(file.verdict.kinds) > 1 and not options.assume_yes:
            return _kind_question(name, file.verdict)
        kind, warnings = file.verdict.kinds[0], _assumption(file.verdict)
    if kind == "events":
        table = read_opened_table(file, sheet=options.sheet, layouts=layouts, progress=progress)
        return ReadFile(table, reason=file.verdict.reason, warnings=warnings)
    found = read_opened_articles(file, progress=progress)
    read = read_texts(found.articles, gazetteer)
    return replace(read, issues=found.issues, warnings=(*warnings, *_left_out(found.issues)))


def _left_out(issues: Sequence[RowIssue]) -> tuple[TableWarning, ...]:
    if not issues:
        return ()
    counts = Counter(issue.code for issue in issues)
    kinds = ", ".join(f"{code}: {count:,}" for code, count in counts.most_common())
    message = f"Not all of the file became articles ({kinds}); the list of issues has each part."
    return (TableWarning("parts_left_out", message),)


def _kind_question(name: str, verdict: Verdict) -> ReadFile:
    choice = "Does it hold events or articles? Say --as events or --as articles."
    question = Question("kind", f"{name}: {verdict.reason} {choice}", verdict.kinds, verdict.proof)
    return ReadFile(question=question, reason=verdict.reason)


def _assumption(verdict: Verdict) -> tuple[TableWarning, ...]:
    if len(verdict.kinds) < 2:
        return ()
    message = f"{verdict.reason} It was read as {verdict.kinds[0]}, which is the likelier of both."
    return (TableWarning("kind_assumed", message),)


def _stated_kind(options: IngestOptions) -> str | None:
    """Return what a file holds by the options of its owner, None where they leave it open."""
    if options.read_as is not None:
        return "articles" if options.read_as == "articles" else "events"
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
