"""Layouts as data: each YAML file beside this module describes one kind of table.

A layout states by which columns it is recognised, which column feeds which field, and what
the codes of its precision columns mean. To add one is to write a file, not code: see
`docs/formats.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from geomap.model import DatePrecision, GeoPrecision

PLAIN = "plain"
EXPORT = "geomap"
"""The layout of geomap's own exports."""


@dataclass(frozen=True, slots=True)
class DateCode:
    """The meaning of a code of a date-precision column for the days in its row.

    `before` and `after` widen the span by days; `calendar` widens it to the whole month or
    year of its first day; `whole_year` is the precision of a span that is a calendar year.
    """

    precision: DatePrecision
    before: int = 0
    after: int = 0
    calendar: str | None = None
    whole_year: DatePrecision | None = None


@dataclass(frozen=True, slots=True)
class GeoCode:
    """The meaning of a code of a place-precision column for the point in its row.

    `unplaced` is set for a code that means that there is no place, whatever the columns hold.
    """

    precision: GeoPrecision
    uncertainty_km: float | None = None
    unplaced: bool = False


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """Words by which a header is recognised where no whole name fits."""

    any: frozenset[str]
    all: frozenset[str]
    none: frozenset[str]


@dataclass(frozen=True, slots=True)
class Headerless:
    """The columns of files that come without a header, and the form of their cells.

    `checks` leads from a column to a pattern that all its cells have. Where `delimiter` is
    given the shape is looked for before the file is cut, and `quoting` False means that a
    quote in a cell is a letter like any other.
    """

    columns: tuple[str, ...]
    checks: Mapping[str, str]
    delimiter: str | None = None
    quoting: bool = True


@dataclass(frozen=True, slots=True)
class LayoutSpec:
    """One kind of table, as its YAML file describes it; header names are folded.

    `signatures` holds one or more sets of columns: a table that has all columns of one of
    them is of this kind. `code_lists` leads from a field to the replacement of its codes. `span` is
    the precision of a first and a last day that differ: on every day between, or on some.
    `idle_words` are those of a header that say no more than "of the incident".
    """

    name: str
    title: str
    dataset: str | None = None
    signatures: tuple[tuple[str, ...], ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refuse: str | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    span: Literal["day", "range"] = "day"
    headerless: tuple[Headerless, ...] = ()
    date_column: str | None = None
    date_codes: Mapping[str, DateCode] = field(default_factory=dict)
    geo_column: str | None = None
    geo_codes: Mapping[str, GeoCode] = field(default_factory=dict)
    geo_default: GeoCode | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    header_words: Mapping[str, HeaderWords] = field(default_factory=dict)
    hxl: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_words: frozenset[str] = frozenset()
    total_words: frozenset[str] = frozenset()
    idle_words: frozenset[str] = frozenset()
    warnings: tuple[tuple[str, str], ...] = ()

    @property
    def is_known(self) -> bool:
        """Return whether this describes a known dataset, not tables in words of their own."""
        return bool(self.signatures or self.headerless)

    @property
    def is_export(self) -> bool:
        """Return whether this describes the exports of geomap, which are read to the letter."""
        return self.name == EXPORT
