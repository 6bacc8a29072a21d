"""Promises of redaction: nothing that was taken out can be found in the result."""

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import InputError
from geomap.sharing import NO_REDACTION, Redaction, redact_events
from geomap.tables import check_events, events_table


def event(number: int, **columns: Any) -> dict[str, Any]:
    """Return one invented event."""
    return {
        "event_id": f"acled:AZE{number}",
        "event_date": f"2023-01-{number + 1:02d}",
        "event_date_end": f"2023-01-{number + 1:02d}",
        "date_precision": "day",
        "event_type": "Protests",
        "title": "A march in Aba",
        "notes": "It began in Aba",
        "place_name": "Aba",
        "place_id": "aba",
        "source_url": "https://example.org/aba",
        "admin1": "Aba district",
        "source": "Wire",
        "geo_precision": "exact",
        "geometry": shapely.Point(46.731, 39.812),
        **columns,
    }


def test_a_coarse_place_is_the_cell_that_holds_it_and_says_so() -> None:
    """An area, never a pin where nobody was."""
    table = events_table([event(0)])
    coarse = check_events(redact_events(table, Redaction(0.1)))

    assert coarse.geometry.iloc[0].bounds == pytest.approx((46.7, 39.8, 46.8, 39.9))
    assert coarse["geo_precision"].iloc[0] == "zone"
    assert coarse["uncertainty_km"].iloc[0] == pytest.approx(7.0, abs=0.3)


def test_nothing_that_leads_to_the_place_is_left() -> None:
    """A headline, a link or the source's own id would give it away."""
    coarse = redact_events(events_table([event(0), event(1)]), Redaction(0.1))

    text = coarse.drop(columns="geometry").to_csv().lower()
    assert "aba" not in text
    assert "aze" not in text
    assert coarse["event_id"].tolist() == ["redacted:1", "redacted:2"]
    assert coarse["event_type"].tolist() == ["Protests", "Protests"]


def test_a_province_stays_a_province() -> None:
    """Its middle gives nobody away, and a cell around it would say too much."""
    table = events_table([event(0, geo_precision="admin1"), event(1, geo_precision="country",
                         uncertainty_km=3.0)])  # fmt: skip
    coarse = redact_events(table, Redaction(0.1))

    assert coarse.geometry.iloc[0].equals(table.geometry.iloc[0])
    assert coarse["geo_precision"].tolist() == ["admin1", "zone"]


def test_roads_and_zones_become_the_cells_around_them() -> None:
    """A short road is as telling as a point."""
    road = shapely.LineString([(46.72, 39.81), (46.93, 39.86)])
    coarse = redact_events(
        events_table([event(0, geometry=road, geo_precision="line"), event(1, geometry=None)]),
        Redaction(0.1),
    )

    assert coarse.geometry.iloc[0].bounds == pytest.approx((46.7, 39.8, 47.0, 39.9))
    assert coarse.geometry.iloc[1] is None


@given(
    st.floats(-180, 180), st.floats(-90, 90), st.sampled_from([0.001, 0.05, 0.1, 0.25, 1.0, 10.0])
)
def test_every_place_lies_in_its_cell_on_the_grid(x: float, y: float, grid: float) -> None:
    """A law: the cell holds the place, lies on the grid, and all its places look alike."""
    table = events_table([event(0, geometry=shapely.Point(x, y))])
    cell = redact_events(table, Redaction(grid)).geometry.iloc[0]

    west, south, east, north = cell.bounds
    assert west - 1e-6 <= x <= east + 1e-6
    assert south - 1e-6 <= y <= north + 1e-6
    assert east - west == pytest.approx(grid, rel=1e-6)
    for edge in (west, east):
        assert edge / grid == pytest.approx(round(edge / grid), abs=1e-6)


def test_columns_and_sources_go_as_a_whole() -> None:
    """Dropped is dropped, hidden is hidden."""
    table = events_table([event(0), event(1, source="Informant")])
    left = check_events(redact_events(table, Redaction(None, ("notes", "title"), ("Informant",))))

    assert left["event_id"].tolist() == ["acled:AZE0"]
    assert left["notes"].isna().all()
    assert left["title"].isna().all()
    assert left["place_name"].tolist() == ["Aba"]
    assert redact_events(table, NO_REDACTION) is table


def test_the_words_say_what_was_done_and_name_no_hidden_source() -> None:
    """A reader must know; a source must not be known."""
    redaction = Redaction(0.25, ("notes",), ("Informant", "Other"))
    words = " ".join(redaction.in_words())

    assert "grid of 0.25 degrees" in words
    assert "Columns left out: notes" in words
    assert "Events of 2 sources are hidden" in words
    assert "Informant" not in words
    assert "Informant" not in str(redaction.as_dict())
    assert Redaction.from_dict(redaction.as_dict(), redaction.sources) == redaction


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((0.0,), "choose one from 0.001 to 10"),
        ((50.0,), "choose one from 0.001 to 10"),
        ((float("nan"),), "cannot be used"),
        ((None, ("event_date",)), "cannot be dropped"),
        ((None, ("nonsense",)), "cannot be dropped"),
    ],
)
def test_what_cannot_be_done_is_refused(arguments: tuple[Any, ...], said: str) -> None:
    """A slip must not leave more than was meant."""
    with pytest.raises(InputError, match=said):
        Redaction(*arguments)


def test_the_same_events_in_another_order_get_the_same_numbers() -> None:
    """Or nobody could compare two copies."""
    table = events_table([event(n) for n in range(5)])

    one = redact_events(table, Redaction(0.1))
    other = redact_events(table.iloc[::-1], Redaction(0.1)).sort_index()
    assert one["event_id"].tolist() == other["event_id"].tolist()
    assert np.array_equal(shapely.to_wkb(one.geometry), shapely.to_wkb(other.geometry))
    assert isinstance(one, gpd.GeoDataFrame)
