"""Layouts as data: each YAML file beside this module describes one kind of table.

A layout says by which columns it is recognised, which column feeds which field, and what
the codes of its precision columns mean. Adding one is writing a file, not code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from geomap.model import DatePrecision, GeoPrecision
from geomap.sources.layouts.fields import FIELDS, fold

PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class DateCode:
    """What a code of a date-precision column says of the days in its row.

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
    """What a code of a place-precision column says of the point in its row."""

    precision: GeoPrecision
    uncertainty_km: float | None = None


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """Words by which a header is recognised where no whole name fits."""

    any: frozenset[str]
    all: frozenset[str]
    none: frozenset[str]


@dataclass(frozen=True, slots=True)
class LayoutSpec:
    """One kind of table, as its YAML file describes it; header names are folded."""

    name: str
    title: str
    dataset: str | None
    signature: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    refuse: str | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    headerless_columns: tuple[str, ...] = ()
    headerless_checks: Mapping[str, str] = field(default_factory=dict)
    date_column: str | None = None
    date_codes: Mapping[str, DateCode] = field(default_factory=dict)
    geo_column: str | None = None
    geo_codes: Mapping[str, GeoCode] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    header_words: Mapping[str, HeaderWords] = field(default_factory=dict)
    hxl: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_words: frozenset[str] = frozenset()
    total_words: frozenset[str] = frozenset()
    warnings: tuple[tuple[str, str], ...] = ()


@cache
def layout_specs() -> tuple[LayoutSpec, ...]:
    """Return every layout that ships with the package, the plain one last."""
    folder = resources.files("geomap.sources.layouts")
    files = [item for item in folder.iterdir() if item.name.endswith(".yaml")]
    specs = [spec_from_yaml(item.read_text(encoding="utf-8")) for item in files]
    return tuple(sorted(specs, key=lambda spec: (spec.name == PLAIN, spec.name)))


def plain_spec() -> LayoutSpec:
    """Return the layout of tables of people's own; its word lists serve all layouts."""
    return layout_specs()[-1]


def spec_from_yaml(text: str) -> LayoutSpec:
    """Return the layout that a YAML text describes.

    Raises
    ------
    KeyError, ValueError
        When a key is missing or a field or precision is not one we know: a fault in the
        file of a layout, found by the tests and not by a user.
    """
    raw: dict[str, Any] = yaml.safe_load(text)
    fields = {name: _folded(names) for name, names in raw.get("fields", {}).items()}
    odd = sorted(set(fields) - set(FIELDS))
    if odd:
        message = f"Layout {raw['name']!r} has unknown fields {odd!r}."
        raise ValueError(message)
    dates, places = raw.get("date_codes", {}), raw.get("geo_codes", {})
    headerless = raw.get("headerless", {})
    return LayoutSpec(
        raw["name"],
        raw["title"],
        raw.get("dataset"),
        _folded(raw["signature"]),
        fields,
        refuse=raw.get("refuse"),
        date_order=raw.get("date_order"),
        headerless_columns=tuple(headerless.get("columns", ())),
        headerless_checks=headerless.get("checks", {}),
        date_column=fold(dates["column"]) if dates else None,
        date_codes={code: _date_code(rule) for code, rule in dates.get("values", {}).items()},
        geo_column=fold(places["column"]) if places else None,
        geo_codes={code: _geo_code(rule) for code, rule in places.get("values", {}).items()},
        words=raw.get("words", {}),
        header_words={n: _header_words(rule) for n, rule in raw.get("header_words", {}).items()},
        hxl={name: tuple(tags) for name, tags in raw.get("hxl", {}).items()},
        open_words=frozenset(word.casefold() for word in raw.get("open_words", ())),
        total_words=frozenset(word.casefold() for word in raw.get("total_words", ())),
        warnings=tuple((item["code"], item["message"]) for item in raw.get("warnings", ())),
    )


def _folded(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(str(name)) for name in names))


def _date_code(rule: dict[str, Any]) -> DateCode:
    year = rule.get("whole_year")
    return DateCode(
        DatePrecision(rule["precision"]),
        int(rule.get("before", 0)),
        int(rule.get("after", 0)),
        rule.get("calendar"),
        DatePrecision(year) if year else None,
    )


def _geo_code(rule: dict[str, Any]) -> GeoCode:
    return GeoCode(GeoPrecision(rule["precision"]), rule.get("uncertainty_km"))


def _header_words(rule: dict[str, list[str]]) -> HeaderWords:
    return HeaderWords(*(frozenset(_folded(rule.get(key, []))) for key in ("any", "all", "none")))
