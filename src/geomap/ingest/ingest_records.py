"""What goes into an ingest and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

import geopandas as gpd
import pandas as pd

from geomap.model import Batch, GeoparsedArticle, RowIssue, TableWarning
from geomap.tables import empty_events


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What the user decided about a file; everything left out is decided from the file.

    `mapping` leads from fields to columns ("" says that no column holds the field). `swap`
    exchanges latitude and longitude for the whole file. `assume_yes` takes the first choice
    of a question that stays open and flags the rows it decided. `dataset` names the dataset
    that the ids of the rows are unique in. `coverage` says of a newer release whether it is
    "full" (what it lacks is gone) or a "part" (nothing is).
    """

    layout: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    order: Literal["dmy", "mdy"] | None = None
    sheet: str | None = None
    swap: bool = False
    assume_yes: bool = False
    dataset: str | None = None
    coverage: Literal["full", "part"] | None = None

    def chosen(self) -> dict[str, Any]:
        """Return what was decided about the reading of the file, by name, for its batch."""
        names = ("layout", "order", "sheet", "swap", "dataset", "coverage")
        return {name: value for name in names if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Past:
    """What a workspace took in before: its imports that are in force, and the day it is."""

    batches: tuple[Batch, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Release:
    """What a newer release of a dataset changes in the events that came before.

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
    """Something that only the user can answer before a file is taken in.

    `about` is "date_order", "mapping" or "release"; `choices` are the answers (an order, the
    names of columns, or what a release covers); `proof` shows cells or rows of the file;
    `message` names the remedy.
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

    `events` holds the new and the changed events only, `parsed` the articles that were read;
    `report` leaves these out.
    """

    batch: Batch
    issues: tuple[RowIssue, ...] = ()
    question: Question | None = None
    release: Release | None = None
    fates: pd.DataFrame | None = None
    path: str = ""
    events: gpd.GeoDataFrame = field(default_factory=empty_events)
    parsed: tuple[GeoparsedArticle, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the file cannot be used at all."""
        return not self.batch.counts and self.question is None

    def report(self) -> IngestResult:
        """Return the result without the rows to write: small enough to be kept."""
        return replace(self, events=empty_events(), parsed=())


@dataclass(frozen=True, slots=True)
class Preview:
    """What a page shows before a table is taken in: its first rows and how it was understood.

    `missing` holds "event_date", "place" or both where the user must name a column.
    """

    head: pd.DataFrame
    rows: int
    layout: str
    layout_reason: str
    mapping: Mapping[str, str]
    missing: tuple[str, ...]
    warnings: tuple[TableWarning, ...]
