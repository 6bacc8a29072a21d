"""Which layout a table has, why, and which of its columns feeds which field.

A layout of a known dataset is recognised by its signature columns (or, without a header, by
the form of its cells); any other table by what its columns are called. Where that leaves
the days or the places open, `Layout.missing` says what only the user can answer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from geomap.errors import FileRefusedError, InputError
from geomap.sources.layouts.fields import fold
from geomap.sources.layouts.spec import PLAIN, LayoutSpec, layout_specs, plain_spec
from geomap.sources.rawtable import RawTable

_PLACE_FIELDS = ("coordinates", "geometry", "place_name")
_CHECKED_ROWS = 200


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout recognised in one table.

    `mapping` leads from fields to the table's columns. `missing` holds "event_date",
    "place" or both where no column was found for them.
    """

    spec: LayoutSpec
    reason: str
    mapping: Mapping[str, str]
    missing: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the layout's name."""
        return self.spec.name


def named_table(table: RawTable) -> RawTable:
    """Return the table with the column names of a known layout when it lacks a header."""
    spec = _headerless_spec(table)
    if spec is None:
        return table
    frame = table.frame.set_axis(list(spec.headerless_columns), axis="columns")
    return dataclasses.replace(table, frame=frame)


def recognise_layout(table: RawTable, *, layout: str | None = None) -> Layout:
    """Return the layout of `table`, with the reason in words.

    Parameters
    ----------
    table
        The table as read; one without a header first goes through `named_table`.
    layout
        The name of a layout to use whatever the columns look like.

    Raises
    ------
    InputError
        When there is no layout of that name.
    FileRefusedError
        When the table is of a kind that holds no events; code "not_events".
    """
    if layout is not None:
        return _chosen(table, layout)
    folded = {fold(column): column for column in reversed(table.columns)}
    for spec in layout_specs():
        if spec.name != PLAIN and set(spec.signature) <= set(folded):
            if spec.refuse:
                message = f"{table.file_name} {spec.refuse}."
                raise FileRefusedError(message, code="not_events")
            columns = ", ".join(folded[name] for name in spec.signature)
            reason = f"It has the columns {columns}, the mark of the layout {spec.title}."
            mapping = field_columns(spec, table)
            return Layout(spec, reason, mapping, missing_parts(mapping))
    return _plain(table)


def field_columns(spec: LayoutSpec, table: RawTable) -> dict[str, str]:
    """Return for each field of `spec` the table's first column that may feed it."""
    folded = {fold(column): column for column in reversed(table.columns)}
    mapping = {}
    for name, synonyms in spec.fields.items():
        found = next((folded[synonym] for synonym in synonyms if synonym in folded), None)
        if found is not None:
            mapping[name] = found
    return mapping


def missing_parts(mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a mapping lacks to make dated, placed events: "event_date", "place"."""
    dated = "event_date" in mapping or "year" in mapping
    placed = {"latitude", "longitude"} <= set(mapping) or any(f in mapping for f in _PLACE_FIELDS)
    return tuple(part for part, there in (("event_date", dated), ("place", placed)) if not there)


def _chosen(table: RawTable, name: str) -> Layout:
    spec = next((spec for spec in layout_specs() if spec.name == name and not spec.refuse), None)
    if spec is None:
        known = ", ".join(spec.name for spec in layout_specs() if not spec.refuse)
        message = f"There is no layout {name!r}; layouts are {known}."
        raise InputError(message)
    if spec.name == PLAIN:
        return dataclasses.replace(_plain(table), reason="The layout was chosen by the user.")
    mapping = field_columns(spec, table)
    return Layout(spec, "The layout was chosen by the user.", mapping, missing_parts(mapping))


def _plain(table: RawTable) -> Layout:
    spec = plain_spec()
    mapping = {} if table.headerless else _plain_mapping(spec, table)
    missing = missing_parts(mapping)
    if missing:
        words = " and ".join(
            "the date" if part == "event_date" else "the place" for part in missing
        )
        reason = f"No column is known to hold {words}."
    else:
        date = mapping.get("event_date") or mapping["year"]
        place = [
            mapping[name] for name in ("latitude", "longitude", *_PLACE_FIELDS) if name in mapping
        ]
        reason = f"It has a date ({date}) and a place ({', '.join(place)})."
    return Layout(spec, reason, mapping, missing)


def _plain_mapping(spec: LayoutSpec, table: RawTable) -> dict[str, str]:
    """Return the mapping by whole names, then HXL tags, then words of headers."""
    mapping = _by_tag(spec, table)
    for name, column in field_columns(spec, table).items():
        mapping.setdefault(name, column)
    _separate(mapping, "event_date", ("month", "day", "year"))
    taken = set(mapping.values())
    for name, rule in spec.header_words.items():
        if name in mapping:
            continue
        for column in table.columns[:500]:
            words = set(fold(column).split())
            if column in taken or not words & rule.any or words & rule.none or rule.all - words:
                continue
            mapping[name] = column
            taken.add(column)
            break
    if {"latitude", "longitude"} <= set(mapping):
        mapping.pop("coordinates", None)
    return mapping


def _separate(mapping: dict[str, str], whole: str, parts: tuple[str, ...]) -> None:
    """Use a column called "month" or "day" for one thing: parts of a date need their year."""
    if (
        "year" in mapping
        and whole in mapping
        and mapping[whole] in {mapping.get(part) for part in parts}
    ):
        del mapping[whole]
    if whole in mapping:
        for part in parts:
            mapping.pop(part, None)


def _by_tag(spec: LayoutSpec, table: RawTable) -> dict[str, str]:
    """Return the mapping that HXL tags give: the first column with tag and attributes."""
    tags = {
        column: (words[0].strip().lower(), {word.strip().lower() for word in words[1:]})
        for column, words in ((column, tag.split("+")) for column, tag in table.hxl.items())
    }
    mapping: dict[str, str] = {}
    for name, wanted in spec.hxl.items():
        for pattern in wanted:
            tag, *attributes = pattern.split("+")
            column = next(
                (c for c, (t, a) in tags.items() if t == tag and set(attributes) <= a), None
            )
            if column is not None:
                mapping.setdefault(name, column)
                break
    return mapping


def _headerless_spec(table: RawTable) -> LayoutSpec | None:
    if not table.headerless:
        return None
    for spec in layout_specs():
        names = spec.headerless_columns
        if len(names) != len(table.columns):
            continue
        head = table.frame.head(_CHECKED_ROWS)
        if all(
            head.iloc[:, names.index(name)].str.fullmatch(pattern).all()
            for name, pattern in spec.headerless_checks.items()
        ):
            return spec
    return None
