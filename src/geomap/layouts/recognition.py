"""Which layout a table has, why, and which of its columns feeds which field.

A layout of a known dataset is recognised by its signature columns (or, without a header, by
the form of its cells), then tables with HXL tags by these; any other table by the names of its
columns. Where that leaves the days or the places open, `Layout.missing` holds the parts that
only the user can name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geomap.errors import FileRefusedError, InputError
from geomap.layouts.column_values import columns_by_tag, is_filled, look_at_places
from geomap.layouts.fields import fold, words_of
from geomap.layouts.headerless import shape_of_rows
from geomap.layouts.layout_yaml import layout_specs, plain_spec
from geomap.layouts.spec import PLAIN, LayoutSpec
from geomap.raw_table import RawTable

_PLACE_FIELDS = ("coordinates", "geometry", "place_name", "admin2", "admin1", "country")
_NAMED_PLACES = ("country", "admin1", "admin2", "place_name")
_CHECKED_ROWS = 200
_CHOSEN = "The layout was chosen by the user."


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


def named_table(table: RawTable, own: Sequence[LayoutSpec] = ()) -> RawTable:
    """Return the table with the column names of a known layout when it lacks a header.

    Parameters
    ----------
    table, own
        The table as read; the user's layouts.
    """
    if not table.headerless:
        return table
    rows = table.frame.head(_CHECKED_ROWS).to_numpy().tolist()
    shape = shape_of_rows(rows, (*own, *layout_specs()))
    if shape is None:
        return table
    return replace(table, frame=table.frame.set_axis(list(shape.columns), axis="columns"))


def recognise_layout(
    table: RawTable,
    *,
    layout: str | None = None,
    own: Sequence[LayoutSpec] = (),
    with_counts: bool = False,
) -> Layout:
    """Return the layout of `table`, with the reason in words.

    Parameters
    ----------
    table
        The table as read; one without a header first goes through `named_table`.
    layout
        The name of a layout to use whatever the columns look like.
    own
        The user's layouts, which are tried before those that come with geomap.
    with_counts
        Whether a table of counts, which holds no events, is taken for what it is.

    Raises
    ------
    InputError
        When there is no layout of that name.
    FileRefusedError
        When the table is of a kind that holds no events; code "not_events".
    """
    if layout is not None:
        return _chosen(table, layout, own)
    folded = _folded(table)
    for spec in (*own, *layout_specs()):
        columns = _deciding(spec, folded, table)
        if not columns:
            continue
        if spec.refuse and not with_counts:
            message = f"{table.file_name} {spec.refuse}."
            raise FileRefusedError(message, code="not_events")
        mapping = field_columns(spec, table)
        reason = _why(spec, columns, table)
        # an export leaves out columns that are empty: undated events alone have no date
        missing = () if spec.is_export else missing_parts(mapping)
        return Layout(spec, reason, mapping, missing)
    return _tagged(table) or _plain(table)


def _deciding(spec: LayoutSpec, folded: Mapping[str, str], table: RawTable) -> list[str]:
    """Return the columns by which a table is of a kind, none where it is not."""
    if table.headerless:
        shapes = (shape for shape in spec.headerless if shape.columns == table.columns)
        return next((list(shape.checks) for shape in shapes), [])
    for names in spec.signatures:
        if set(names) <= set(folded):
            return [folded[name] for name in names]
    return []


def _why(spec: LayoutSpec, columns: Sequence[str], table: RawTable) -> str:
    words, mark = ", ".join(columns), f"the mark of the layout {spec.title}."
    if not table.headerless:
        return f"It has the columns {words}, {mark}"
    return (
        f"It has no header, {len(table.columns)} columns and cells of the form of {words}, {mark}"
    )


def field_columns(spec: LayoutSpec, table: RawTable) -> dict[str, str]:
    """Return for each field of `spec` the table's first column that may feed it."""
    folded = _folded(table)
    mapping = {}
    for name, synonyms in spec.fields.items():
        columns = [folded[synonym] for synonym in synonyms if synonym in folded]
        if columns:
            # a column without a single cell gives way to the next that bears such a name
            several = columns if len(columns) > 1 else []
            mapping[name] = next((c for c in several if is_filled(table, c)), columns[0])
    return mapping


def missing_parts(mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Return the parts that a mapping lacks for dated, placed events: "event_date", "place".

    Parameters
    ----------
    mapping
        Fields to columns.
    """
    dated = "event_date" in mapping or "year" in mapping
    placed = {"latitude", "longitude"} <= set(mapping) or any(f in mapping for f in _PLACE_FIELDS)
    return tuple(part for part, there in (("event_date", dated), ("place", placed)) if not there)


def _folded(table: RawTable) -> dict[str, str]:
    return {fold(column): column for column in reversed(table.columns)}


def _chosen(table: RawTable, name: str, own: Sequence[LayoutSpec]) -> Layout:
    usable = [spec for spec in (*own, *layout_specs()) if not spec.refuse]
    spec = next((spec for spec in usable if spec.name == name), None)
    if spec is None:
        known = ", ".join(spec.name for spec in usable)
        message = f"There is no layout {name!r}; layouts are {known}."
        raise InputError(message)
    if spec.name == PLAIN:
        return replace(_plain(table), reason=_CHOSEN)
    if spec.hxl:
        tagged = _tagged(table) or replace(_plain(table), spec=spec)
        return replace(tagged, reason=_CHOSEN)
    mapping = field_columns(spec, table)
    return Layout(spec, _CHOSEN, mapping, missing_parts(mapping))


def _tagged(table: RawTable) -> Layout | None:
    """Return the layout of a table with HXL tags, None where no tag is of a field."""
    spec = next(spec for spec in layout_specs() if spec.hxl)
    by_tag = columns_by_tag(spec.hxl, table.hxl)
    if not by_tag:
        return None
    mapping = _plain_mapping(plain_spec(), table, by_tag)
    tags = [table.hxl[column] for column in by_tag.values()]
    reason = f"It has a row of HXL tags; {', '.join(tags[:6])} decided what its columns are."
    return Layout(spec, reason, mapping, missing_parts(mapping))


def _plain(table: RawTable) -> Layout:
    spec = plain_spec()
    mapping = {} if table.headerless else _plain_mapping(spec, table, {})
    return Layout(spec, plain_reason(mapping), mapping, missing_parts(mapping))


def plain_reason(mapping: Mapping[str, str]) -> str:
    """Return in words why a table of people's own can be read with a mapping, or why not.

    Parameters
    ----------
    mapping
        Fields to columns.
    """
    missing = missing_parts(mapping)
    if missing:
        names = {"event_date": "the date", "place": "the place"}
        return f"No column is known to hold {' and '.join(names[part] for part in missing)}."
    date = mapping.get("event_date") or mapping["year"]
    places = ("latitude", "longitude", *_PLACE_FIELDS)
    place = ", ".join(mapping[name] for name in places if name in mapping)
    return f"It has a date ({date}) and a place ({place})."


def _plain_mapping(spec: LayoutSpec, table: RawTable, by_tag: dict[str, str]) -> dict[str, str]:
    """Return the mapping by tags, then whole names, then words of headers."""
    mapping = dict(by_tag)
    tagged = set(by_tag.values())
    for name, column in field_columns(spec, table).items():
        if column not in tagged:
            mapping.setdefault(name, column)
    _separate(mapping, "event_date", ("month", "day", "year"))
    _separate(mapping, "event_date_end", ("end_month", "end_day", "end_year"))
    if mapping.get("admin1") == mapping.get("admin2"):
        mapping.pop("admin2", None)  # "county" is the first division of some countries
    taken = set(mapping.values())
    for name, column in (*_by_core(spec, table, mapping), *_by_words(spec, table, mapping)):
        if column not in taken and name not in mapping:
            mapping[name] = column
            taken.add(column)
    look_at_places(mapping, table)
    if {"latitude", "longitude"} <= set(mapping):
        mapping.pop("coordinates", None)
    return mapping


def _by_core(
    spec: LayoutSpec, table: RawTable, mapping: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield place fields without a column, each with columns called so and "of the incident"."""
    cores = {
        column: "".join(word for word in words_of(column).split() if word not in spec.idle_words)
        for column in table.columns[:500]
    }
    for name in _NAMED_PLACES:
        names = spec.fields.get(name, ())
        if name not in mapping:
            yield from ((name, column) for column, core in cores.items() if core in names)


def _by_words(
    spec: LayoutSpec, table: RawTable, mapping: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield fields without a column, each with columns whose header has words of it."""
    for name, rule in spec.header_words.items():
        if name in mapping:
            continue
        for column in table.columns[:500]:
            words = set(words_of(column).split())
            if words & rule.any and not words & rule.none and not rule.all - words:
                yield name, column


def _separate(mapping: dict[str, str], whole: str, parts: tuple[str, ...]) -> None:
    """Use a column called "month" or "day" for one thing: parts of a date need their year."""
    year = parts[-1]
    if year in mapping and mapping.get(whole, "") in {mapping.get(part) for part in parts}:
        del mapping[whole]
    if whole in mapping:
        for part in parts:
            mapping.pop(part, None)
