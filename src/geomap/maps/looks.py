"""How an event looks on the map: its shape says how exactly its place is known.

The browser draws by these numbers (static/draw.js); figures can use the same ones.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from geomap.model import DatePrecision, GeoPrecision, Status

Bytes = npt.NDArray[np.uint8]


class Shape(IntEnum):
    """The form of a marker.

    `EXACT`: a disc. `NEAR`: a disc with a soft circle of its uncertainty. `AREA`: a dashed
    circle on the ground, never a pin. `UNKNOWN`: a square, the source does not say how
    exact it is.
    """

    EXACT = 0
    NEAR = 1
    AREA = 2
    UNKNOWN = 3


class Flag(IntFlag):
    """What else the browser has to know of a row."""

    NOT_HAPPENED = 8
    UNSURE = 16  # possible at best, whatever the dates
    GEOMETRY = 64
    EXTRA = 128


class TimeClass(IntEnum):
    """How a span of days meets a window: see `geomap.query`."""

    CERTAIN = 0
    VAGUE = 1
    OPEN = 2


_SHAPES = MappingProxyType(
    {
        GeoPrecision.EXACT: Shape.EXACT,
        GeoPrecision.LINE: Shape.EXACT,
        GeoPrecision.APPROXIMATE_LINE: Shape.NEAR,
        GeoPrecision.NEAR: Shape.NEAR,
        GeoPrecision.ZONE: Shape.AREA,
        GeoPrecision.ADMIN2: Shape.AREA,
        GeoPrecision.ADMIN1: Shape.AREA,
        GeoPrecision.REGION: Shape.AREA,
        GeoPrecision.COUNTRY: Shape.AREA,
        GeoPrecision.UNKNOWN: Shape.UNKNOWN,
    }
)

NOMINAL_KM = MappingProxyType(
    {
        GeoPrecision.ADMIN2: 15.0,
        GeoPrecision.ADMIN1: 40.0,
        GeoPrecision.REGION: 60.0,
        GeoPrecision.COUNTRY: 100.0,
    }
)
"""Radius drawn where a unit is known but its extent is not; the legend says it is nominal."""

_NOT_HAPPENED = {Status.PLANNED.value, Status.PREVENTED.value, Status.DENIED.value}
_RADIUS_STEP_KM = 0.1


def shapes_of(geo_precision: pd.Series) -> Bytes:
    """Return the `Shape` of each event as uint8; a missing precision is `UNKNOWN`."""
    table = {precision.value: int(shape) for precision, shape in _SHAPES.items()}
    shapes: Bytes = geo_precision.map(table).fillna(int(Shape.UNKNOWN)).to_numpy("uint8")
    return shapes


def flags_of(status: pd.Series) -> Bytes:
    """Return `Flag.NOT_HAPPENED` where the source says planned, prevented or denied."""
    flags: Bytes = status.isin(_NOT_HAPPENED).to_numpy() * np.uint8(Flag.NOT_HAPPENED)
    return flags


def radii_of(events: pd.DataFrame) -> npt.NDArray[np.uint16]:
    """Return the radius to draw on the ground, in steps of 100 m (uint16); 0 for none."""
    table = {precision.value: km for precision, km in NOMINAL_KM.items()}
    nominal = events["geo_precision"].map(table).astype("float64")
    km = events["uncertainty_km"].astype("float64").fillna(nominal).fillna(0.0)
    steps: npt.NDArray[np.uint16]
    steps = np.clip(km.to_numpy() / _RADIUS_STEP_KM, 0, 65535).astype("uint16")
    return steps


def time_classes_of(date_precision: pd.Series) -> Bytes:
    """Return the `TimeClass` of each dated event as uint8."""
    vague = [DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.YEAR, DatePrecision.RANGE]
    classes = np.zeros(len(date_precision), "uint8")
    classes[date_precision.isin([word.value for word in vague]).to_numpy()] = TimeClass.VAGUE
    classes[(date_precision == DatePrecision.OPEN.value).to_numpy()] = TimeClass.OPEN
    return classes
