"""The records that go into an ingest and come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

import geopandas as gpd
import pandas as pd

from geomap.layouts import ColumnChoice
from geomap.model import Batch, GeoparsedArticle, RowIssue, TableWarning
from geomap.tables import AGGREGATE_COLUMNS, empty_events


def _no_aggregates() -> pd.DataFrame:
    return pd.DataFrame(columns=list(AGGREGATE_COLUMNS))


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """The decisions of the user about a file; the others are taken from the file.

    `mapping` leads from fields to columns ("" means that no column holds the field). `swap`
    exchanges latitude and longitude for the whole file. `assume_yes` takes the first choice
    of a question that stays open and flags the rows it decided. `dataset` names the dataset
    that the ids of the rows are unique in. `coverage` is "full" for a newer release whose
    missing events are gone, "part" for one that lacks them only. `read_as` settles what a file
    holds where its content allows both, and that counts are taken as such ("aggregates").
    `answers` lead from what other questions are about to the choice of the user.
    """

    layout: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    order: Literal["dmy", "mdy"] | None = None
    sheet: str | None = None
    swap: bool = False
    assume_yes: bool = False
    dataset: str | None = None
    coverage: Literal["full", "part"] | None = None
    read_as: Literal["events", "articles", "aggregates"] | None = None
    answers: Mapping[str, str] = field(default_factory=dict)

    def chosen(self) -> dict[str, Any]:
        """Return what was decided about the reading of the file, by name, for its batch."""
        names = ("layout", "order", "sheet", "swap", "dataset", "coverage", "read_as", "answers")
        return {name: value for name in names if (value := getattr(self, name))}


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
class Question:
    """A question that only the user can answer, before a file is taken in.

    `about` is "kind" (events or articles), "mapping", "event_date" (which column), "date_order",
    "date_century", "date_days", "date_calendar", "counts" (which column) or "release". `choices`
    are the answers (kinds, columns, orders, first years, calendars, or what a release covers);
    `proof` shows cells or rows of the file; `message` names the remedy.
    """

    about: str
    message: str
    choices: tuple[str, ...]
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What taking in one file changes, and the account of every row of it.

    `batch` is the account that is stored. While a `question` stands, and for a file that was
    refused (the reason is then the last of the batch's warnings), its counts are empty and
    nothing is taken. `fates` has a row for each row that was kept (`row`, `event_id`, `title`,
    `event_date`, `fate`: accepted, updated or unchanged). `path` is the name that the file was
    given under.

    `events` holds the new and the changed events only, `parsed` the articles that were read,
    `aggregates` the counts; `report` leaves these out.
    """

    batch: Batch
    issues: tuple[RowIssue, ...] = ()
    question: Question | None = None
    release: Release | None = None
    fates: pd.DataFrame | None = None
    path: str = ""
    events: gpd.GeoDataFrame = field(default_factory=empty_events)
    parsed: tuple[GeoparsedArticle, ...] = ()
    columns: tuple[ColumnChoice, ...] = ()
    aggregates: pd.DataFrame = field(default_factory=_no_aggregates)

    @property
    def is_refused(self) -> bool:
        """Whether the file cannot be used at all."""
        return not self.batch.counts and self.question is None

    def report(self) -> IngestResult:
        """Return the result without the rows to write: small enough to be kept."""
        return replace(self, events=empty_events(), parsed=(), aggregates=_no_aggregates())


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a table and how it was understood, shown before it is taken in.

    `missing` holds "event_date", "place" or both where the user must name a column; `columns`
    the reason of each column that feeds a field, and of those that might have.
    """

    head: pd.DataFrame
    rows: int
    layout: str
    layout_reason: str
    mapping: Mapping[str, str]
    missing: tuple[str, ...]
    warnings: tuple[TableWarning, ...]
    columns: tuple[ColumnChoice, ...] = ()
