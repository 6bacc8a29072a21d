"""Doubts about the places of a whole file are reported row by row, and nothing is moved."""

from __future__ import annotations

import datetime as dt

from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions, IngestResult, ingest_table
from geomap.readers.table_file import read_table
from geomap.tables import empty_events


def _take(
    rows: list[str], gazetteer: Gazetteer, options: IngestOptions | None = None
) -> IngestResult:
    raw = read_table("\n".join(rows).encode(), name="t.csv")
    return ingest_table(
        raw, existing=empty_events(), gazetteer=gazetteer, batch_id="b", options=options
    )


def _told(result: IngestResult, code: str) -> list[int]:
    return [issue.row for issue in result.issues if issue.code == code]


def test_review_flags_points_far_outside_the_stated_country(world: Gazetteer) -> None:
    """A wrong sign or a wrong country is kept as it is, and reported."""
    result = _take(
        ["id,date,lat,lon,country", "1,2022-12-12,39.76,46.75,Azerbaijan",
         "2,2022-12-12,39.76,-46.75,Azerbaijan", "3,2022-12-12,-17.5,179.9,Fiji",
         "4,2022-12-12,-17.5,-179.9,Fiji", "5,2022-12-12,66.1,-169.7,Russia"],
        world,
    )  # fmt: skip

    assert _told(result, "outside_country") == [3]
    assert result.events.geometry.x.tolist()[1] == -46.75
    assert "outside_country" in {warning.code for warning in result.batch.warnings}


def test_review_flags_points_far_from_all_others(world: Gazetteer) -> None:
    """Two of a hundred points on another continent are slips more often than news."""
    near = [f"{n},2010-01-12,{18.5 + n / 100},{-72.3 - n / 100}" for n in range(100)]
    far = ["200,2010-01-12,50.2,5.7", "201,2010-01-12,22.2,114.2"]

    assert _told(_take(["id,date,lat,lon", *near, *far], world), "far_from_others") == [102, 103]
    spread = [f"{n},2010-01-12,{n % 60},{3 * n - 150}" for n in range(100)]
    assert _told(_take(["id,date,lat,lon", *spread], world), "far_from_others") == []


def test_review_flags_many_rows_at_the_middle_of_a_country_or_province(world: Gazetteer) -> None:
    """A centroid drawn as a pin is a place where nothing happened; a town's centre is one."""
    middle = [f"m{n},2022-12-12,49,32,somewhere,,Ukraine" for n in range(6)]
    named = [f"n{n},2022-12-12,31.1,31.2,Ukraine,,Ukraine" for n in range(6)]
    town = [f"t{n},2022-12-12,33.513,36.292,Damascus city,Damascus,Syria" for n in range(6)]
    few = [f"f{n},2022-12-12,40.5,47.5,there,,Azerbaijan" for n in range(2)]
    result = _take(["id,date,lat,lon,place,admin1,country", *middle, *named, *town, *few], world)

    assert _told(result, "possible_centroid") == list(range(2, 14))
    assert set(result.events["geo_precision"]) == {"exact"}


def test_review_takes_counts_that_its_owner_insists_on_as_weeks_and_areas(world: Gazetteer) -> None:
    """Saturdays and one point a province: a week and an area, never a day and a pin."""
    weeks = [dt.date(2024, 1, 6) + dt.timedelta(days=7 * n) for n in range(10)]
    rows = [
        f"{week},Ukraine,{admin1},Battles,{lat},{lon},3"
        for week in weeks
        for admin1, lat, lon in (("Donetsk", 48.1, 37.7), ("Kherson", 46.6, 33.5))
    ]
    header = "event_date,country,admin1,event_type,latitude,longitude,fatalities"
    result = _take([header, *rows], world, IngestOptions(read_as="events"))

    assert set(result.events["geo_precision"]) == {"admin1"}
    assert set(result.events["date_precision"]) == {"week"}
    assert str(result.events["event_date_end"].iloc[0].date()) == "2024-01-12"
    assert "weekly_aggregate" in {warning.code for warning in result.batch.warnings}
    assert result.batch.counts["accepted"] == 20
