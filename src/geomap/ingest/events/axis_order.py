"""Whether latitude and longitude stand in each other's columns, judged for the file as a whole.

The answer is a warning and an offer, never a correction: that is up to the owner of the file.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geomap.geo.distance import great_circle_km
from geomap.ingest.events.place_names import PlaceFinder
from geomap.ingest.events.positions import Positions
from geomap.model import Place, ToponymKind

_NAMES = 200
_NEAR_KM = 150.0
_COUNTRY_KM = 1500.0
_SHARE = 0.8


def looks_swapped(
    positions: Positions, names: pd.Series | None, countries: pd.Series | None, finder: PlaceFinder
) -> str | None:
    """Return why the two columns look exchanged, None when they do not.

    Rows are compared with the places of the name, or the country, that they state: nearly
    all must lie far from them as given and near them when exchanged.
    """
    lat, lon = positions.latitude, positions.longitude
    for cells, near, what in ((names, _NEAR_KM, "places"), (countries, _COUNTRY_KM, "countries")):
        if cells is None:
            continue
        judged = _judged(lat, lon, cells, near, finder)
        if judged and sum(judged.values()) >= _SHARE * len(judged):
            example = next(name for name, swapped in judged.items() if swapped)
            return (
                f"The points lie far from the {what} they name (for example {example!r}) and near "
                "them when latitude and longitude are exchanged"
            )
    return None


def _judged(
    lat: np.ndarray, lon: np.ndarray, cells: pd.Series, near: float, finder: PlaceFinder
) -> dict[str, bool]:
    """Return for each name with known places whether its first row is right only when exchanged."""
    usable = cells.notna().to_numpy() & np.isfinite(lat) & (np.abs(lat - lon) > 0.5)
    judged: dict[str, bool] = {}
    places = np.flatnonzero(usable)
    for name, rows in list(pd.Series(places).groupby(cells.to_numpy()[places]))[:_NAMES]:
        row = int(rows.iloc[0])
        points = [_point(m.place) for m in finder.matches(str(name))]
        known = np.array([point for point in points if point is not None])
        if not len(known):
            continue
        straight = great_circle_km(lon[row], lat[row], known[:, 1], known[:, 0]).min()
        turned = great_circle_km(lat[row], lon[row], known[:, 1], known[:, 0]).min()
        if np.abs(lon[row]) > 90:
            turned = np.inf
        judged[str(name)] = bool(straight > 2 * near and turned < min(near, straight / 2))
    return judged


def _point(place: Place) -> tuple[float, float] | None:
    if place.geometry is None or place.kind is ToponymKind.CONTINENT:
        return None
    centre = place.geometry.representative_point()
    return centre.y, centre.x
