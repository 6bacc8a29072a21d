"""The search for the columns of coordinates of a table, by names, contents and agreement.

A column is taken by its name and a content that fits; where names say nothing, by pairs of
numbers that lie where the rows say they are. Numbers that look like degrees and find no use
are a question: a file that has coordinates is never placed by names in silence.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geomap.ingest.events.axis_words import AxisHeader, read_axis
from geomap.ingest.events.coordinate_agreement import Agreement, Points
from geomap.ingest.events.coordinate_cells import (
    ANGLE,
    GRID_FORMS,
    decimals_of,
    grid_form_of,
    halves_of,
    pair_share,
    share_of,
)
from geomap.ingest.events.coordinate_columns import (
    AXES,
    AxisColumns,
    CoordinateColumns,
    coordinates_of,
)
from geomap.ingest.events.coordinate_text import Axis, read_degrees
from geomap.layouts import ColumnChoice, column_choice

SAMPLE_ROWS = 400
"""How many of the first rows are looked at."""

_SHARE = 0.8
_NAMED_SHARE = 0.5
_MIN_DECIMALS = 3
_MAX_PAIRS = 12
_MOST_COLUMNS = 500  # the widest published tables of events have under 300
_PARTS: tuple[Literal["degrees", "minutes", "seconds", "hemisphere"], ...] = (
    "degrees", "minutes", "seconds", "hemisphere",
)  # fmt: skip


def find_coordinates(
    frame: pd.DataFrame, mapping: Mapping[str, str], agreement: Agreement
) -> CoordinateColumns:
    """Return the columns of coordinates of a table whose layout is its own.

    Parameters
    ----------
    frame
        The cells of the first rows as text.
    mapping
        Fields to columns as names and tags gave them.
    agreement
        Compares points with the countries and places that the rows state.
    """
    search = _Search(frame, mapping, agreement)
    found = search.by_name()
    if found is None and "geometry" not in mapping:
        found = search.by_pair() or search.by_content()
    if found is not None:
        return found
    named = coordinates_of(mapping)
    if named.axes is not None or named.pair is not None or "geometry" in mapping:
        return named
    return CoordinateColumns(unused=tuple(search.unused()))


@dataclass(frozen=True, slots=True)
class _Search:
    frame: pd.DataFrame
    mapping: Mapping[str, str]
    agreement: Agreement

    def by_name(self) -> CoordinateColumns | None:
        axes = {axis: self._axis(axis) for axis in AXES}
        latitude, longitude = axes["latitude"], axes["longitude"]
        if latitude is None or longitude is None:
            return None
        choices = tuple(
            column_choice(self.frame, column.degrees, axis, "its name and cells are of this axis")
            for axis, column in (("latitude", latitude), ("longitude", longitude))
        )
        return CoordinateColumns({"latitude": latitude, "longitude": longitude}, choices=choices)

    def _axis(self, axis: Axis) -> AxisColumns | None:
        """Return the columns of an axis by their headers, where their cells fit."""
        headers = {name: read_axis(name) for name in self.frame.columns}
        mine = {n: h for n, h in headers.items() if h.axes == (axis,)}
        parts = {p: next((n for n, h in mine.items() if h.part == p), "") for p in _PARTS}
        if not parts["minutes"] and mine.get(parts["seconds"], AxisHeader()).letter:
            parts["seconds"] = ""  # "Latitude S" is a hemisphere, not seconds
        first = self.mapping.get(axis)
        values = [n for n, h in mine.items() if h.part in ("", "degrees") or h.letter]
        values.sort(key=lambda n: (n != first, n != parts["degrees"] or not parts["minutes"],
                                   mine[n].is_plain))  # fmt: skip
        if first is not None and first not in values and first in self.frame.columns:
            values.insert(0, first)
        for name in values:
            if self._is_angle(name, axis, _NAMED_SHARE):
                header = headers[name]
                beside = parts["minutes"] and name == parts["degrees"]
                return AxisColumns(
                    name,
                    parts["minutes"] if beside else "",
                    parts["seconds"] if beside else "",
                    self._hemisphere(name, axis, parts["hemisphere"]),
                    header.letter if self._is_unsigned(name) else "",
                )
        return None

    def _hemisphere(self, name: str, axis: Axis, named: str) -> str:
        """Return the column of hemispheres of an axis: by its name, or beside the angle."""
        names = list(self.frame.columns)
        at = names.index(name)
        beside = [names[n] for n in (at + 1, at - 1) if 0 <= n < len(names)]
        letters = {"latitude": "NS", "longitude": "EW"}[axis]
        for column in dict.fromkeys([named, *beside]):
            if column and share_of(self.frame[column], letters) >= _SHARE:
                return str(column)
        return ""

    def _is_angle(self, name: str, axis: Axis, least: float) -> bool:
        cells = self._filled(name)
        if not len(cells):
            return False
        return bool(read_degrees(cells, axis).degrees.notna().mean() >= least)

    def _is_unsigned(self, name: str) -> bool:
        return not self._filled(name).str.strip().str.match(r"[-\u2212\u2013]").any()

    def _filled(self, name: str) -> pd.Series:
        cells = self.frame[name].dropna()
        return cells[cells.str.strip() != ""]

    def _judged(self) -> list[str]:
        """Return the columns whose cells are judged whatever their names are."""
        return list(self.frame.columns[:_MOST_COLUMNS])

    def by_pair(self) -> CoordinateColumns | None:
        """Return a column whose cells hold both coordinates, with the order that they have."""
        named = self.mapping.get("coordinates")
        for name in dict.fromkeys([*([named] if named else []), *self._judged()]):
            cells = self._filled(name)
            if pair_share(cells) < _SHARE:
                continue
            first, second = halves_of(cells)
            east_first, reason, warning = self._order(name, first, second)
            choice = column_choice(self.frame, name, "coordinates", reason)
            return CoordinateColumns(pair=name, east_first=east_first, choices=(choice,),
                                     warning=warning)  # fmt: skip
        return None

    def _order(self, name: str, first: pd.Series, second: pd.Series) -> tuple[bool, str, str]:
        """Return whether the longitude comes first in a pair, why, and a warning if it is odd."""
        if self._filled(name).str.contains("POINT", case=False).any():
            return False, "its cells are points in WKT", ""
        axes = read_axis(name).axes
        stated = axes == ("longitude", "latitude")
        straight, turned = self.agreement.of_orders(first, second)
        if straight.is_sure_over(turned) or turned.is_sure_over(straight):
            east_first = turned.share > straight.share
            warning = ""
            if len(axes) == 2 and east_first != stated:
                order = "longitude first" if east_first else "latitude first"
                warning = f"Column {name!r} was read {order}: the other order lies elsewhere."
            return east_first, f"its pairs lie in the {straight.of} of their rows", warning
        if len(axes) == 2:
            return stated, "its name states the order of its pairs", ""
        reason = "its cells are pairs of coordinates"
        if _are_longitudes(first) and not _are_longitudes(second):
            return True, reason, ""
        if _are_longitudes(second) or _has_letters(first):
            return False, reason, ""
        warning = f"Column {name!r} was read latitude first: nothing in the file says which is."
        return False, reason, warning

    def by_content(self) -> CoordinateColumns | None:
        """Return the two columns of numbers whose points lie where their rows say they are.

        None where no two do, or where several pairs do equally well.
        """
        pairs = list(self._agreeing_pairs())
        if len(pairs) > 1:
            pairs = self._nearest(pairs)
        if len(pairs) != 1:
            return None
        latitude, longitude, points = pairs[0]
        reason = f"its numbers lie in the {points.of} of their rows"
        choices = (
            column_choice(self.frame, latitude, "latitude", reason),
            column_choice(self.frame, longitude, "longitude", reason),
        )
        words = (
            f"Columns {latitude!r} and {longitude!r} were read as latitude and "
            f"longitude: their points lie in the {points.of} of their rows."
        )
        axes: dict[Axis, AxisColumns] = {
            "latitude": AxisColumns(latitude), "longitude": AxisColumns(longitude)
        }  # fmt: skip
        return CoordinateColumns(axes, choices=choices, warning=words)

    def _agreeing_pairs(self) -> Iterator[tuple[str, str, Points]]:
        """Yield columns of latitudes and longitudes that fit their rows, and how well they do."""
        for one, other in itertools.islice(self._numeric_pairs(), _MAX_PAIRS):
            straight, turned = self.agreement.of_orders(self.frame[one], self.frame[other])
            if straight.is_sure_over(turned):
                yield one, other, straight
            elif turned.is_sure_over(straight):
                yield other, one, turned

    def _nearest(self, pairs: list[tuple[str, str, Points]]) -> list[tuple[str, str, Points]]:
        """Return the one of several pairs that is near the places named, else all of them."""
        near = [self.agreement.near(self.frame[lat], self.frame[lon]) for lat, lon, _ in pairs]
        sure = [at for at, points in enumerate(near)
                if all(points.is_sure_over(o) for n, o in enumerate(near) if n != at)]  # fmt: skip
        return [(*pairs[sure[0]][:2], near[sure[0]])] if sure else pairs

    def _numeric_pairs(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of unmapped columns with numbers like degrees, neighbours first."""
        taken = {column for field, column in self.mapping.items() if field not in AXES}
        names = self._judged()
        numeric = [n for n in names if n not in taken and self._looks_like_degrees(n)]
        pairs = itertools.combinations(numeric, 2)
        return iter(sorted(pairs, key=lambda pair: names.index(pair[1]) - names.index(pair[0])))

    def _looks_like_degrees(self, name: str) -> bool:
        cells = self._filled(name)
        if not len(cells) or cells.str.strip().str.fullmatch(ANGLE).mean() < _SHARE:
            return False
        return decimals_of(cells) >= _MIN_DECIMALS and self._is_angle(name, "longitude", _SHARE)

    def unused(self) -> Iterator[ColumnChoice]:
        """Yield the columns that look like coordinates but cannot be used as such."""
        numeric = [n for pair in self._numeric_pairs() for n in pair]
        taken = {column for field, column in self.mapping.items() if field not in AXES}
        for name in self._judged():
            if name in taken:
                continue
            header = read_axis(name)
            axes, is_weak = header.axes, header.is_plain or header.part == "hemisphere"
            if form := grid_form_of(self._filled(name)):
                reason = f"its cells look like {GRID_FORMS[form]}"
                yield column_choice(self.frame, name, "grid", reason)
            elif (
                len(axes) == 1
                and self._is_angle(name, axes[0], _SHARE)
                and (not is_weak or name in numeric)
                and not _is_numbering(self._filled(name))
            ):
                reason = f"it looks like a {axes[0]} without its pair"
                yield column_choice(self.frame, name, axes[0], reason)
            elif name in numeric:
                yield column_choice(self.frame, name, "", "its numbers look like degrees")


def _are_longitudes(cells: pd.Series) -> bool:
    """Return whether some of the angles are beyond what a latitude can be."""
    return bool((read_degrees(cells, "longitude").degrees.abs() > 90).any())


def _has_letters(cells: pd.Series) -> bool:
    """Return whether cells state their hemisphere: then their axes are plain."""
    return bool(cells.str.contains(r"[NSns]\s*$|^\s*[NSns]").all())


def _is_numbering(cells: pd.Series) -> bool:
    """Return whether a column counts its rows: 1, 2, 3 under "S/N" are no latitudes."""
    numbers = pd.to_numeric(cells, errors="coerce")
    return bool(len(numbers) > 1 and (numbers.diff().iloc[1:] == 1).all())
