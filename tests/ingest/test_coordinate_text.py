"""Coordinates as people write them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.ingest.events.coordinate_text import Axis, read_degrees
from geomap.ingest.events.row_report import issue_sentences


@pytest.mark.parametrize(
    ("cell", "axis", "degrees"),
    [
        ("39.76", "latitude", 39.76),
        ("39,76", "latitude", 39.76),
        ("-39.76", "latitude", -39.76),
        ("\u221239.76", "latitude", -39.76),
        ("39.76N", "latitude", 39.76),
        ("S 33.87", "latitude", -33.87),
        ("46.75 W", "longitude", -46.75),
        ("39\u00b045'36\"N", "latitude", 39.76),
        ("39 45 36 N", "latitude", 39.76),
        ("39\u00ba45\u201936\u201d", "latitude", 39.76),
        ("39:45:36", "latitude", 39.76),
        ("39\u00b045.6'S", "latitude", -39.76),
        ("39\u00b0", "latitude", 39.0),
        ("394536N", "latitude", 39.76),
        ("0464500E", "longitude", 46.75),
        ("\u0663\u0669.\u0667\u0666", "latitude", 39.76),
        ("\uff13\uff19\uff0e\uff17\uff16", "latitude", 39.76),
    ],
)
def test_read_degrees_reads_every_typography(cell: str, axis: Axis, degrees: float) -> None:
    """One place written in many ways is one place."""
    read = read_degrees(pd.Series([cell], dtype="str"), axis)

    assert read.degrees.iloc[0] == pytest.approx(degrees, abs=1e-6)
    assert read.problem.isna().all()


@pytest.mark.parametrize(
    ("cell", "axis", "code"),
    [
        ("-39.76S", "latitude", "coordinate_sign"),
        ("-39.76N", "latitude", "coordinate_sign"),
        ("46.75E", "latitude", "coordinate_axis"),
        ("91", "latitude", "coordinate_out_of_range"),
        ("200", "longitude", "coordinate_wrapped"),
        ("4459999", "latitude", "coordinate_projected"),
        ("inf", "latitude", "coordinate_not_a_number"),
        ("NaN", "longitude", "coordinate_not_a_number"),
        ("#REF!", "longitude", "coordinate_not_a_number"),
        ("1e309", "longitude", "coordinate_not_a_number"),
        ("39 76 36", "latitude", "coordinate_unreadable"),
        ("1,234.5", "longitude", "coordinate_unreadable"),
        ("here", "latitude", "coordinate_unreadable"),
        ("1_0", "latitude", "coordinate_unreadable"),
        ("0x1A", "latitude", "coordinate_unreadable"),
    ],
)
def test_read_degrees_says_why_it_cannot_use_a_cell(cell: str, axis: Axis, code: str) -> None:
    """Each code has a reason in words."""
    read = read_degrees(pd.Series([cell], dtype="str"), axis)

    assert read.degrees.isna().all()
    assert read.problem.tolist() == [code]
    assert all(issue_sentences()[code])


@pytest.mark.parametrize("cell", ["", "  ", "NA", "n/a", "-", "\u2013", "?"])
def test_read_degrees_tells_an_empty_cell_from_a_bad_one(cell: str) -> None:
    """Nothing recorded is not a fault."""
    read = read_degrees(pd.Series([cell], dtype="str"), "latitude")

    assert read.degrees.isna().all()
    assert read.problem.isna().all()


@given(st.text(max_size=12), st.sampled_from(["latitude", "longitude"]))
def test_read_degrees_never_gives_a_place_off_the_earth(cell: str, axis: Axis) -> None:
    """Any text at all is a number within the limits, a reason, or nothing."""
    limit = 90 if axis == "latitude" else 180
    read = read_degrees(pd.Series([cell], dtype="str"), axis)

    value = read.degrees.iloc[0]
    assert pd.isna(value) or (abs(value) <= limit and pd.isna(read.problem.iloc[0]))


@given(st.floats(min_value=-90, max_value=90))
def test_read_degrees_reads_back_what_a_program_wrote(value: float) -> None:
    """Decimal degrees lose nothing."""
    read = read_degrees(pd.Series([repr(value)], dtype="str"), "latitude")

    assert read.degrees.iloc[0] == pytest.approx(value, abs=1e-12)
