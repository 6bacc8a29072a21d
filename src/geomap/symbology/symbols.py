"""How an event looks on the map: its shape and radius say how exactly its place is known.

The browser draws by these numbers (maps/js/events/marks.js), figures by the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, IntFlag
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from geomap.model import DatePrecision, GeoPrecision, Status
from geomap.symbology.colours import OTHER_COLOUR, STATUS_COLOURS, colours_by_count
from geomap.symbology.word_codes import Codes, counted
from geomap.typing import Floats

Bytes = npt.NDArray[np.uint8]

NOMINAL_KM: Mapping[str, float] = MappingProxyType(
    {
        GeoPrecision.ADMIN2.value: 15.0,
        GeoPrecision.ADMIN1.value: 40.0,
        GeoPrecision.REGION.value: 60.0,
        GeoPrecision.COUNTRY.value: 100.0,
    }
)
"""Radius of a unit whose extent is not known, by geo_precision; legends call it nominal."""

_STEP_KM = 0.1


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


class Facts(IntFlag):
    """The bits of a packed row above the codes of its status and of its date's precision."""

    GEOMETRY = 64
    EXTRA = 128


DATE_SHIFT = 3
"""The code of the date's precision is in the three bits above the three of the status."""

GEO_MASK = 15
"""The bits of the byte that holds the code of a row's `geo_precision`."""

STATUS_WORDS: tuple[str, ...] = tuple(word.value for word in Status)
DATE_WORDS: tuple[str, ...] = tuple(word.value for word in DatePrecision)
GEO_WORDS: tuple[str, ...] = tuple(word.value for word in GeoPrecision)
VAGUE: tuple[str, ...] = (
    DatePrecision.WEEK.value,
    DatePrecision.MONTH.value,
    DatePrecision.YEAR.value,
    DatePrecision.RANGE.value,
)
"""Precisions that mean some day of the span, not every day: see `geomap.query`."""

_SHAPES = MappingProxyType(
    {
        **dict.fromkeys((GeoPrecision.EXACT, GeoPrecision.LINE), Shape.EXACT),
        **dict.fromkeys((GeoPrecision.APPROXIMATE_LINE, GeoPrecision.NEAR), Shape.NEAR),
        **dict.fromkeys((GeoPrecision.ZONE, *map(GeoPrecision, NOMINAL_KM)), Shape.AREA),
        GeoPrecision.UNKNOWN: Shape.UNKNOWN,
    }
)

NOT_HAPPENED = (Status.PLANNED.value, Status.PREVENTED.value, Status.DENIED.value)
"""Statuses of events that were reported but did not take place."""

SHAPE_WORDS: tuple[str, ...] = tuple(_SHAPES[GeoPrecision(word)].name.lower() for word in GEO_WORDS)
"""The form of each of `GEO_WORDS`, in the word that the browser reads."""

WIDE_WORDS: tuple[str, ...] = tuple(
    word.value
    for word, shape in _SHAPES.items()
    if shape is Shape.AREA or word in (GeoPrecision.LINE, GeoPrecision.APPROXIMATE_LINE)
)
"""Precisions of events that are at no single point: areas and roads."""


def shapes_of(geo_precision: pd.Series) -> Bytes:
    """Return the `Shape` of each event as uint8; a missing precision is `UNKNOWN`.

    Parameters
    ----------
    geo_precision
        Column of words of `GeoPrecision`.
    """
    table = {precision.value: int(shape) for precision, shape in _SHAPES.items()}
    shapes: Bytes = geo_precision.map(table).fillna(int(Shape.UNKNOWN)).to_numpy("uint8")
    return shapes


def metres_of(table: pa.Table, geo: Bytes) -> npt.NDArray[np.float64]:
    """Return the radius to draw for each row of an Arrow table, in metres; 0 for none.

    Parameters
    ----------
    table
        Events with the column `uncertainty_km`.
    geo
        Code of each row's `geo_precision`: its place in `GEO_WORDS`.
    """
    nominal = np.array([NOMINAL_KM.get(word, 0.0) for word in GEO_WORDS])
    given = table["uncertainty_km"].cast(pa.float64()).to_numpy()
    return np.where(np.isfinite(given) & (given >= 0), given, nominal[geo]) * 1000.0


def colours_for(
    words: Mapping[str, Codes], chosen: Mapping[str, Mapping[str, str]]
) -> dict[str, list[str]]:
    """Return a colour for each word of the columns that a map can be coloured by.

    Parameters
    ----------
    words
        Codes of the columns "type", "source" and "actor".
    chosen
        Colours that are known already, by column; the others go by frequency.
    """
    table = {"status": [STATUS_COLOURS[word] for word in STATUS_WORDS]}
    for name in ("type", "source", "actor"):
        known = chosen.get(name) or colours_by_count(counted(words[name]))
        table[name] = [known.get(word or "", OTHER_COLOUR) for word in words[name].words]
    return table


def radii_km(events: pd.DataFrame) -> Floats:
    """Return the radius of each event in kilometres; NaN where neither it nor its unit is known.

    Parameters
    ----------
    events
        Table with the columns `geo_precision` and `uncertainty_km`.
    """
    nominal = events["geo_precision"].map(NOMINAL_KM).astype("float64")
    km: Floats = events["uncertainty_km"].astype("float64").fillna(nominal).to_numpy()
    return km


def drawn_km(events: pd.DataFrame) -> Floats:
    """Return the radius to draw for each event in kilometres, in whole steps of 100 m; 0 for none.

    Parameters
    ----------
    events
        Table with the columns `geo_precision` and `uncertainty_km`.
    """
    km = np.nan_to_num(radii_km(events))
    return np.clip(km / _STEP_KM, 0, 65535).astype("uint16") / 10.0
