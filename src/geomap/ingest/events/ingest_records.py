"""The records that go into an ingest and come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import geopandas as gpd
import pandas as pd

from geomap.model import RowIssue
from geomap.model.batch import Batch
from geomap.raw_table import TableWarning
from geomap.tables import empty_events


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """The decisions of the user about a file; the others are taken from the file.

    `mapping` leads from fields to columns ("" means that no column holds the field). `swap`
    exchanges latitude and longitude for the whole file. `assume_yes` takes the first choice
    of a question that stays open and flags the rows it decided. `dataset` names the dataset
    that the ids of the rows are unique in. `coverage` is "full" for a newer release whose
    missing events are gone, "part" for one that lacks them only. `read_as` settles what a file
    holds where its content allows both.
    """

    layout: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    order: Literal["dmy", "mdy"] | None = None
    sheet: str | None = None
    swap: bool = False
    assume_yes: bool = False
    dataset: str | None = None
    coverage: Literal["full", "part"] | None = None
    read_as: Literal["events", "articles"] | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """The imports of a workspace that are in force, and the day of today."""

    batches: tuple[Batch, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Release:
    """The changes of a newer release of a dataset to the events that came before.

    `of` holds the imports it is a release of. `changes` has one row for each cell that
    changes (`event_id`, `row`, `column`, `old`, `new`), `gone` the events that the release
    no longer has, marked. `outside` counts events on other days than the release's, which
    are kept as they are; `held` the events before, of which the shares are taken.
    """

    dataset: str
    of: tuple[str, ...]
    changes: pd.DataFrame
    gone: gpd.GeoDataFrame
    returned: int
    outside: int
    held: int


@dataclass(frozen=True, slots=True)
class IngestCounts:
    """The fate of the rows: `rows` is always the sum of the other five."""

    rows: int = 0
    accepted: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    rejected: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class KeptCounts:
    """How many of the rows that were kept are less than fully known."""

    unplaced: int = 0
    undated: int = 0
    imprecise_place: int = 0
    imprecise_date: int = 0
    flagged: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Question:
    """A question that only the user can answer, before a file is taken in.

    `about` is "kind" (events or articles), "date_order", "mapping" or "release"; `choices` are
    the answers (kinds, orders, the names of columns, or what a release covers); `proof` shows
    cells or rows of the file; `message` names the remedy.
    """

    about: str
    message: str
    choices: tuple[str, ...]
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestResult:
    """What one file would change, and the report of every row of it.

    `events` holds the new and the changed events only; `changed_ids` the ids of the changed.
    While `question` stands nothing is taken: `counts` and `of_kept` are None, `events` empty.
    `fates` has a row for each row that was kept (`row`, `event_id`, `title`, `event_date`,
    `fate`: accepted, updated or unchanged); `builds_on` names the imports whose events it
    has, changes or marks, which cannot be undone before it.
    """

    events: gpd.GeoDataFrame = field(default_factory=empty_events)
    changed_ids: tuple[str, ...] = ()
    counts: IngestCounts | None = None
    of_kept: KeptCounts | None = None
    issues: tuple[RowIssue, ...] = ()
    warnings: tuple[TableWarning, ...] = ()
    question: Question | None = None
    layout: str = ""
    layout_reason: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    release: Release | None = None
    fates: pd.DataFrame | None = None
    builds_on: tuple[str, ...] = ()
    dataset: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a table and how it was understood, shown before it is taken in.

    `missing` holds "event_date", "place" or both where the user must name a column.
    """

    head: pd.DataFrame
    rows: int
    layout: str
    layout_reason: str
    mapping: Mapping[str, str]
    missing: tuple[str, ...]
    warnings: tuple[TableWarning, ...]
