"""States, provinces and countries are told apart by their values."""

from __future__ import annotations

import pytest

from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestResult, ingest_table
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

USA = (-125, 24, -66, 50)


def take(text: str, world: Gazetteer) -> IngestResult:
    """Return the result of taking in a table."""
    raw = read_table(text.encode(), name="t.csv")
    return ingest_table(raw, existing=empty_events(), gazetteer=world, batch_id="b")


def inside(result: IngestResult, box: tuple[float, float, float, float]) -> bool:
    """Return whether every event lies in a box, or nowhere."""
    west, south, east, north = box
    shapes = [shape.representative_point() for shape in result.events.geometry if shape is not None]
    return bool(shapes) and all(west <= p.x <= east and south <= p.y <= north for p in shapes)


@pytest.mark.parametrize(
    ("header", "rows", "box"),
    [
        ("City,State", ["Springfield,IL", "Portland,ME", "Paris,TX", "Columbus,GA"], USA),
        ("city,county,state", ["Melbourne,Brevard,FL", ",Juniata,PA", ",Cook,IL"], USA),
        ("Municipio,Estado", ["Guadalajara,Jalisco", "Oaxaca de Juárez,Oaxaca"],
         (-118, 14, -86, 33)),
        ("state,type", ["Queensland,x", "New South Wales,y", "Victoria,z"], (112, -44, 154, -9)),
        ("State Code,City", ["CA,Fresno", "DE,Dover", "IN,Gary"], USA),
    ],
)  # fmt: skip
def test_a_column_of_states_of_one_country_is_a_division(
    world: Gazetteer, header: str, rows: list[str], box: tuple[float, float, float, float]
) -> None:
    """IL is Illinois beside Springfield, not Israel; the country that all imply is reported."""
    text = "\n".join([f"date,{header}", *(f"2021-05-0{n},{row}" for n, row in enumerate(rows, 1))])
    result = take(text, world)

    assert inside(result, box)
    assert "country_implied" in {code for code, _ in result.batch.warnings}


@pytest.mark.parametrize("header", ["State", "Country", "Pays"])
def test_a_column_of_countries_stays_one(world: Gazetteer, header: str) -> None:
    """In many tables a state is a country."""
    rows = ["2021-05-01,Kenya", "2021-05-02,Norway", "2021-05-03,Georgia"]
    result = take("\n".join([f"date,{header}", *rows]), world)

    assert set(result.events["place_id"]) == {"iso:KE", "iso:NO", "iso:GE"}


def test_points_in_their_state_are_not_flagged_as_outside_their_country(world: Gazetteer) -> None:
    """A stated point that agrees is never flagged because IL was read as Israel."""
    states = {"IL": "39.78,-89.65", "GA": "33.75,-84.39", "CA": "34.05,-118.2"}
    rows = [f"2021-05-01,{state},{point}" for state, point in states.items()]
    result = take("\n".join(["date,state,lat,lon", *rows]), world)

    assert not [issue for issue in result.issues if issue.code == "outside_country"]


@pytest.mark.parametrize("district", ["CENTRO", "Salamanca", "San José"])
def test_a_division_that_several_countries_have_is_not_placed_without_one(
    world: Gazetteer, district: str
) -> None:
    """No country in row, file or workspace: the row is listed with the candidates."""
    result = take(f"date,district\n2021-05-01,{district}\n2021-05-02,Hortaleza", world)
    issues = {issue.row: issue for issue in result.issues}

    assert result.events.geometry.iloc[0] is None
    assert issues[2].code == "unplaced"
    assert "(" in issues[2].reason


def test_a_name_of_two_countries_is_neither(world: Gazetteer) -> None:
    """The short name of both Congos is no answer to which of the two."""
    result = take("date,country\n2021-05-01,Congo\n2021-05-02,DR Congo", world)

    assert result.events["place_id"].tolist()[1] == "iso:CD"
    assert result.events.geometry.iloc[0] is None
