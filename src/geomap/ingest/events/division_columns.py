"""The hierarchy of the places of a table: which column is the country, which a division.

A column "state" holds countries in one table and divisions of one country in the next: its
values decide. A country that no column states is implied where nearly all divisions of the
file are divisions of one country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from geomap.gazetteer.divisions import subdivisions_by_code
from geomap.ingest.events.place_names import PlaceFinder
from geomap.layouts import ColumnChoice, column_choice
from geomap.layouts.fields import words_of
from geomap.model import ToponymKind
from geomap.paths import packaged_rows

_MAX_NAMES = 300
_SHARE = 0.8
_FEWEST = 2
_LEVELS = {"admin1": ToponymKind.ADMIN1, "admin2": ToponymKind.ADMIN2}


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The mapping with its country and divisions settled.

    `country` is the ISO code that the divisions of the file imply, where no column states one.
    `names` leads from codes of divisions, as the file has them, to their names.
    """

    mapping: Mapping[str, str]
    country: str | None = None
    names: Mapping[str, str] | None = None
    choices: tuple[ColumnChoice, ...] = ()
    warning: str = ""


@cache
def _state_words() -> frozenset[str]:
    rows = packaged_rows("geomap.ingest.events", "division_headers.tsv")
    return frozenset(word for _, words in rows for word in words.split("; "))


def is_state_header(header: str) -> bool:
    """Return whether a header is one that names a state: a country, or a division of one."""
    words = [word for word in words_of(header).split() if word not in ("name", "code", "abbr")]
    return bool(words) and all(word in _state_words() for word in words)


def settle_hierarchy(
    frame: pd.DataFrame, mapping: Mapping[str, str], finder: PlaceFinder
) -> Hierarchy:
    """Return the mapping in which states are countries or divisions, as their values say.

    Parameters
    ----------
    frame
        The cells as text, by column.
    mapping
        Fields to columns as names and tags gave them.
    finder
        Knows countries and divisions by name.
    """
    fields = dict(mapping)
    column = fields.get("country")
    state = column if column is not None and is_state_header(column) else None
    if state is None:
        free = (name for name in frame.columns if name not in fields.values())
        state = next(filter(is_state_header, free), None)
    choices: tuple[ColumnChoice, ...] = ()
    if state is None:
        return _with_country(frame, fields, finder, choices)
    field = _field_of(frame[state], fields, finder, is_country=state == column)
    if field is not None:
        if field[0] == "admin1" and "admin1" in fields:
            fields.setdefault("admin2", fields["admin1"])
        if state == column:
            del fields["country"]
        fields[field[0]] = state
        choices = (column_choice(frame, state, *field),)
    return _with_country(frame, fields, finder, choices)


def _field_of(
    cells: pd.Series, fields: Mapping[str, str], finder: PlaceFinder, *, is_country: bool
) -> tuple[str, str] | None:
    """Return the field that a column of states feeds, and why; None where it feeds none."""
    values = _values(cells)
    if "country" in fields and not is_country:
        free = "admin1" not in fields and bool(values)
        return ("admin1", "it names states, beside a column of countries") if free else None
    home, share = _home_of(values, ToponymKind.ADMIN1, finder)
    countries = sum(finder.country_code(value) is not None for value in values)
    if values and share >= _SHARE and (share * len(values) >= countries or _are_codes(values)):
        return "admin1", f"its values are divisions of {home}, not countries"
    if values and countries >= _SHARE * len(values):
        return "country", "its values are countries"
    return None


def _with_country(
    frame: pd.DataFrame,
    fields: dict[str, str],
    finder: PlaceFinder,
    choices: tuple[ColumnChoice, ...],
) -> Hierarchy:
    """Return the hierarchy with the country that the divisions imply, and names for codes."""
    stated = _values(frame[fields["country"]]) if "country" in fields else []
    codes = {finder.country_code(value) for value in stated} - {None}
    home = next(iter(codes)) if len(codes) == 1 else None
    warning = ""
    for field, level in _LEVELS.items():
        if field not in fields or codes:
            continue
        values = _values(frame[fields[field]])
        home, share = _home_of(values, level, finder)
        if share >= _SHARE and len(values) >= _FEWEST:
            warning = (
                f"No column holds the country: nearly all names in the column {fields[field]!r} "
                f"are divisions of {home}, so it was taken as the country."
            )
            break
        home = None
    names: dict[str, str] = {}
    if home is not None and "admin1" in fields:
        own = subdivisions_by_code().get(home, {})
        names = {v: own[v.upper()] for v in _values(frame[fields["admin1"]]) if v.upper() in own}
    return Hierarchy(fields, None if codes else home, names, choices, warning)


def _home_of(
    values: Iterable[str], level: ToponymKind, finder: PlaceFinder
) -> tuple[str | None, float]:
    """Return the country that has most of the divisions named, and the share that it has."""
    listed = list(values)
    homes: Counter[str] = Counter()
    by_code = subdivisions_by_code() if _are_codes(listed) else {}
    for value in listed:
        codes = {place.country_code for place in finder.divisions.of(value, None)
                 if place.kind is level and place.country_code}  # fmt: skip
        if level is ToponymKind.ADMIN1:
            codes |= {code for code, own in by_code.items() if value.upper() in own}
        homes.update(codes)
    if not homes:
        return None, 0.0
    (home, count), *others = homes.most_common(2)
    if others and others[0][1] == count and len(listed) < 2 * _FEWEST:
        return None, 0.0
    return home, count / len(listed)


def _are_codes(values: list[str]) -> bool:
    return bool(values) and all(len(value) <= 3 and value.isalpha() for value in values)


def _values(cells: pd.Series) -> list[str]:
    text = cells.dropna().str.strip()
    return [value for value in text.unique()[:_MAX_NAMES].tolist() if value]
