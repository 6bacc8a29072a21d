"""The columns of the coordinates of a table, and their place in its mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geomap.ingest.events.coordinate_text import Axis
from geomap.layouts import ColumnChoice

AXES: tuple[Axis, Axis] = ("latitude", "longitude")


@dataclass(frozen=True, slots=True)
class AxisColumns:
    """The columns of one axis: the one with the angle, and those with its other parts.

    `letter` is the hemisphere that the header states for cells without a sign.
    """

    degrees: str
    minutes: str = ""
    seconds: str = ""
    hemisphere: str = ""
    letter: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the cells need nothing from elsewhere."""
        return not (self.minutes or self.seconds or self.hemisphere or self.letter)


@dataclass(frozen=True, slots=True)
class CoordinateColumns:
    """The columns of the coordinates, why they are these, and what was left.

    `axes` holds the columns of latitude and longitude, `pair` the one with both (`east_first`
    where the longitude comes first). `unused` are columns that look like coordinates and
    cannot be used.
    """

    axes: Mapping[Axis, AxisColumns] | None = None
    pair: str | None = None
    east_first: bool = False
    choices: tuple[ColumnChoice, ...] = ()
    unused: tuple[ColumnChoice, ...] = ()
    warning: str = ""


NO_COORDINATES = CoordinateColumns()


def coordinates_of(mapping: Mapping[str, str]) -> CoordinateColumns:
    """Return the columns of coordinates that a mapping of fields to columns names."""
    if {"latitude", "longitude"} <= set(mapping):
        return CoordinateColumns({axis: AxisColumns(mapping[axis]) for axis in AXES})
    return CoordinateColumns(pair=mapping.get("coordinates"))


def with_coordinates(mapping: Mapping[str, str], found: CoordinateColumns) -> dict[str, str]:
    """Return a mapping of fields to columns that has the coordinates that were found.

    Parameters
    ----------
    mapping, found
        Fields to columns; the columns of coordinates.
    """
    rest = {f: c for f, c in mapping.items() if f not in ("latitude", "longitude", "coordinates")}
    if found.axes is not None:
        chosen = {str(axis): columns.degrees for axis, columns in found.axes.items()}
    elif found.pair is not None:
        chosen = {"coordinates": found.pair}
    else:
        return rest
    taken = set(chosen.values())
    return {f: c for f, c in rest.items() if c not in taken} | chosen
