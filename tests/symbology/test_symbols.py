"""Promises of radii: one table for the map, figures, redaction and the documentation."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from geomap.model import AREA_PRECISIONS, GeoPrecision
from geomap.symbology.symbols import (
    GEO_WORDS,
    NOMINAL_KM,
    Shape,
    drawn_km,
    metres_of,
    radii_km,
    shapes_of,
)


def test_every_unit_whose_point_is_a_centroid_has_a_radius() -> None:
    """Without one it would be drawn as a point at which nothing is known to have happened."""
    assert set(NOMINAL_KM) == {word.value for word in AREA_PRECISIONS}
    words = pd.Series(list(NOMINAL_KM))
    assert (shapes_of(words) == Shape.AREA).all()


def test_a_stated_radius_comes_before_the_nominal_one() -> None:
    """The source knows its own uncertainty; an event without either has no radius."""
    events = pd.DataFrame(
        {
            "geo_precision": ["admin1", "admin1", "exact", None],
            "uncertainty_km": [7.5, None, None, 3],
        }
    )

    assert radii_km(events).tolist()[:2] == [7.5, NOMINAL_KM["admin1"]]
    assert np.isnan(radii_km(events)[2])
    assert drawn_km(events).tolist() == [7.5, NOMINAL_KM["admin1"], 0.0, 3.0]


def test_the_map_draws_the_same_radii_as_figures() -> None:
    """Two pictures of one event must not differ in how exact it seems."""
    table = pd.DataFrame(
        {
            "geo_precision": [word.value for word in GeoPrecision] * 2,
            "uncertainty_km": [None] * len(GeoPrecision) + [12.5] * len(GeoPrecision),
        }
    )
    codes = np.array([GEO_WORDS.index(word) for word in table["geo_precision"]], dtype="uint8")
    column = pa.array(table["uncertainty_km"].astype("float64"))
    metres = metres_of(pa.table({"uncertainty_km": pa.chunked_array([column])}), codes)

    assert metres.tolist() == (drawn_km(table) * 1000).tolist()


def test_the_documentation_states_the_radii(root: Path) -> None:
    """A reader who measures on the map finds the number that is drawn."""
    words = (root / "docs" / "map.md").read_text("utf-8")
    district, province, region, country = (f"{km:g}" for km in NOMINAL_KM.values())

    assert (
        f"{district} km for a district, {province} for a province, {region} for a region, "
        f"{country} for a country"
    ) in words
