"""How large an imprecise place is drawn on the ground: one table of radii in kilometres."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from geomap.model import GeoPrecision

Floats = npt.NDArray[np.float64]

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
