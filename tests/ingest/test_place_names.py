"""Rows without coordinates: placed by what their columns name, in the division they state."""

from __future__ import annotations

import pytest

from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestResult, ingest_table
from geomap.ingest.events.named_place import Context
from geomap.ingest.events.place_names import PlaceFinder
from geomap.readers.table_file import read_table
from geomap.tables import empty_events


@pytest.fixture(scope="module")
def finder(world: Gazetteer) -> PlaceFinder:
    """Return a finder over the places of the world."""
    return PlaceFinder(world)


def _take(text: str, gazetteer: Gazetteer) -> IngestResult:
    raw = read_table(text.encode(), name="t.csv")
    return ingest_table(raw, existing=empty_events(), gazetteer=gazetteer, batch_id="b")


@pytest.mark.parametrize(
    ("context", "place_id", "precision"),
    [
        (Context("Springfield", "Illinois", None, "United States"), "gn:4250542", "exact"),
        (Context("Springfield", "Missouri", None, "USA"), "gn:4409896", "exact"),
        (Context("Donetsk", "Donetsk", None, "Ukraine"), "gn:709717", "exact"),
        (Context("Donetsk", None, None, "RUS"), "gn:565348", "exact"),
        (Context("Paris, Texas"), "gn:4717560", "exact"),
        (Context("Jacmel, Haiti"), "gn:3723779", "exact"),
        (Context("near Kapsabet", "Nandi", None, "Kenya"), "gn:194038", "near"),
        (Context("Aleppo city", "Aleppo governorate", None, "Syria"), "gn:170063", "exact"),
        (Context("Nandi county", None, None, "Kenya"), "adm1:KE.40", "admin1"),
        (Context(None, "Nandi", None, "Kenya"), "adm1:KE.40", "admin1"),
        (Context(None, None, None, "Kenya"), "iso:KE", "country"),
        (Context("No such village", "Nandi", None, "Kenya"), "adm1:KE.40", "admin1"),
        (Context("Georgia"), "iso:GE", "country"),
    ],
)
def test_find_places_a_row_within_the_division_it_states(
    context: Context, place_id: str, precision: str, finder: PlaceFinder
) -> None:
    """A town of the right name in the wrong province is the wrong town."""
    named = finder.find(context, None)

    assert named is not None
    assert [place.place_id for place in named.places] == [place_id]
    assert named.precision == precision


@pytest.mark.parametrize(
    "context",
    [
        Context("No such village", None, None, "Kenya"),
        Context("No such village"),
        Context("Kapsabet", None, None, "Iceland"),
        Context(),
    ],
)
def test_find_leaves_a_row_unplaced_rather_than_guess(
    context: Context, finder: PlaceFinder
) -> None:
    """A country is not the place of an unknown village."""
    assert finder.find(context, None) is None


def test_ingest_places_divisions_as_areas_and_tells_what_it_did(world: Gazetteer) -> None:
    """An area has no pin; a row placed only by its province says so; the rest stay counted."""
    result = _take(
        "date,place,province,country\n2022-12-12,Kapsabet,Nandi,Kenya\n2022-12-12,,Nandi,Kenya\n"
        "2022-12-12,Nowhere at all,Nandi,Kenya\n2022-12-12,Nowhere at all,,Kenya\n2022-12-12,,,\n",
        world,
    )

    events = result.events
    assert events["geo_precision"].tolist() == ["exact", "admin1", "admin1", "unknown", "unknown"]
    assert events["place_id"].notna().tolist() == [True, True, True, False, False]
    assert [(i.row, i.code) for i in result.issues] == [
        (4, "placed_in_division"), (5, "unplaced"), (6, "place_missing"),
    ]  # fmt: skip
    assert result.batch.of_kept["unplaced"] == 2
