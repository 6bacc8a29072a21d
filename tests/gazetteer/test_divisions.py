"""Provinces and districts: one of each, by every name."""

from collections import Counter
from importlib import resources

import pytest

from geomap.gazetteer import normalise_name
from geomap.gazetteer.divisions import division_rows
from geomap.gazetteer.place_index import Row
from geomap.model import ToponymKind


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Return every division on its way into the index."""
    return list(division_rows())


def test_each_division_has_an_id_of_its_own(rows: list[Row]) -> None:
    """Two under one id are one place: the wrong province would be drawn."""
    again = [place_id for place_id, count in Counter(r.place_id for r in rows).items() if count > 1]

    assert again == []


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Донецкая область", "adm1:UA.05"),
        ("Донецька область", "adm1:UA.05"),
        ("Київська область", "adm1:UA.13"),
        ("Запорізька область", "adm1:UA.26"),
        ("Московская область", "adm1:RU.47"),
        ("Орловская область", "adm1:RU.56"),
        ("Laçın rayonu", "adm1:AZ.lacin"),
        ("Kəlbəcər", "adm1:AZ.26"),
        ("Ходжавендский район", "adm1:AZ.xocavand-rayonu"),
        ("Тавушская область", "adm1:AM.09"),
        ("Սյունիք", "adm1:AM.08"),
    ],
)
def test_a_division_is_one_place_under_all_its_names(
    rows: list[Row], name: str, place_id: str
) -> None:
    """GeoNames and ISO write the same province in two ways; two pins would split its events."""
    key = normalise_name(name)
    bearers = [
        row.place_id
        for row in rows
        if row.kind is ToponymKind.ADMIN1
        and key in {normalise_name(form) for form in (row.name, *row.names)}
    ]

    assert bearers == [place_id]


def test_each_line_of_the_names_finds_its_division(rows: list[Row]) -> None:
    """A line that GeoNames writes in another way would be lost without a word."""
    known = {(row.country_code, row.name) for row in rows if row.place_id.startswith("adm1:")}
    data = resources.files("geomap.gazetteer").joinpath("data/division_names.tsv")
    lines = [line for line in data.read_text("utf-8").splitlines() if not line.startswith("#")]
    lost = [line for line in lines if tuple(line.split("\t")[:2]) not in known]

    assert lines
    assert lost == []
