"""Tables into events: what is kept, what is rejected, and that the numbers always add up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.errors import FileRefusedError, InputError
from geomap.ingest import IngestOptions, IngestResult

Ingest = Callable[..., IngestResult]

IDS = st.sampled_from(["", "1", "2", "3", "A"])
DATES = st.sampled_from(
    ["2022-12-12", "", "31/02/2022", "2022-12", "yesterday", "9999-12-31", "13/12/2022", "x"]
)
ENDS = st.sampled_from(["", "2022-12-20", "2021-01-01", "present", "??"])
NUMBERS = st.sampled_from(
    ["39.76", "46,75", "", "91", "inf", "0", "-39.7S", "4459999", "N/A", "abc"]
)
TEXTS = st.sampled_from(["Shusha", "", "Nowhere at all", "Total", "<b>x</b>", '"', "=1+1", "a;b"])
ROWS = st.lists(st.tuples(IDS, DATES, ENDS, NUMBERS, NUMBERS, TEXTS), max_size=12)


def _csv(rows: list[tuple[str, ...]]) -> str:
    frame = pd.DataFrame(rows, columns=["id", "date_start", "date_end", "lat", "lon", "place"])
    return str(frame.to_csv(index=False))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_ingest_counts_add_up_and_a_second_time_changes_nothing(
    rows: list[tuple[str, ...]], ingest: Ingest
) -> None:
    """Accepted, updated, unchanged, duplicate and rejected make up the rows of any table."""
    options = IngestOptions(order="dmy")
    once = ingest(_csv(rows), options=options)
    again = ingest(_csv(rows), existing=once.events, options=options)

    for result in (once, again):
        counts = dict(result.batch.counts)
        assert counts.pop("rows") == sum(counts.values()) == len(rows)
    assert again.batch.counts["accepted"] == again.batch.counts["updated"] == len(again.events) == 0
    assert again.batch.counts["unchanged"] == once.batch.counts["accepted"] == len(once.events)
    rejected = {issue.row for issue in once.issues if issue.rejected}
    assert len(rejected) == once.batch.counts["rejected"]


def test_ingest_rejects_coordinates_that_cannot_be_but_keeps_absent_ones(ingest: Ingest) -> None:
    """A wrong pin is worse than none; a place that is not known is data."""
    result = ingest("date,lat,lon\n2022-12-12,,\n2022-12-12,91,46\n2022-12-12,39.7,46.7\n")

    assert result.batch.of_kept["unplaced"] == 1
    (issue,) = (issue for issue in result.issues if issue.rejected)
    assert (issue.row, issue.column, issue.value) == (3, "lat", "91")
    assert issue.reason
    assert issue.remedy


def test_ingest_asks_when_day_and_month_cannot_be_told_apart(ingest: Ingest) -> None:
    """03/04 is in March for one reader and in April for another."""
    text = "date,lat,lon\n03/04/2022,39.7,46.7\n05/06/2022,39.7,46.7\n"

    asked = ingest(text)
    answered = ingest(text, options=IngestOptions(order="mdy"))

    assert asked.question is not None
    assert asked.question.about == "date_order"
    assert not asked.batch.counts
    assert len(asked.events) == 0
    assert list(answered.events["event_date"].dt.month) == [3, 5]


def test_ingest_flags_rows_when_a_yes_decided_the_order(ingest: Ingest) -> None:
    """Somebody who says yes to all still sees the rows that it decided."""
    text = "date,lat,lon\n03/04/2022,39.7,46.7\n05/05/2022,39.7,46.7\n"

    result = ingest(text, options=IngestOptions(assume_yes=True))

    assert result.question is None
    assert [issue.row for issue in result.issues] == [2]
    assert list(result.events["event_date"].dt.month) == [4, 5]


def test_ingest_asks_for_columns_it_does_not_know_and_takes_the_answer(ingest: Ingest) -> None:
    """A table in words of its own needs one answer, not an editor."""
    text = "alpha,beta,gamma\n2022-12-12,39.7,46.7\n"

    asked = ingest(text)
    mapping = {"date": "alpha", "lat": "beta", "lon": "gamma"}
    answered = ingest(text, options=IngestOptions(mapping=mapping))

    assert asked.question is not None
    assert asked.question.choices == ("alpha", "beta", "gamma")
    assert answered.batch.counts["accepted"] == 1


def test_ingest_names_every_fault_of_a_mapping_at_once(ingest: Ingest) -> None:
    """A typing slip in a flag is reported with the names that exist."""
    options = IngestOptions(mapping={"wen": "date", "lat": "breadth"})

    with pytest.raises(InputError, match=r"no field 'wen'; the table has no column 'breadth'"):
        ingest("date,lat,lon\n2022-12-12,1,2\n", options=options)


def test_ingest_lists_a_conflict_with_both_rows_and_takes_the_newest(ingest: Ingest) -> None:
    """The source's own clock decides, not the order in the file."""
    text = (
        "id,date,lat,lon,notes,updated\n"
        "7,2022-12-12,39.7,46.7,new,2023-02-01T00:00:00Z\n"
        "7,2022-12-12,39.7,46.7,old,2023-01-01T00:00:00Z\n"
        "7,2022-12-12,39.7,46.7,new,2023-02-01T00:00:00Z\n"
    )

    result = ingest(text)

    assert (result.batch.counts["accepted"], result.batch.counts["duplicate"]) == (1, 2)
    assert result.events["notes"].tolist() == ["new"]
    codes = {issue.row: issue.code for issue in result.issues}
    assert codes == {2: "duplicate_row", 3: "conflicting_version", 4: "conflicting_versions"}


def test_ingest_updates_by_the_sources_own_id(ingest: Ingest) -> None:
    """A second release of a file changes the event instead of doubling it."""
    first = ingest("id,date,lat,lon,deaths\n7,2022-12-12,39.7,46.7,1\n", "log.csv")
    second = ingest(
        "id,date,lat,lon,deaths\n7,2022-12-12,39.7,46.7,2\n", "log (1).csv", existing=first.events
    )

    assert second.batch.counts["updated"] == 1
    assert second.events["event_id"].tolist() == ["log:7"]
    assert second.events["fatalities"].tolist() == [2]


def test_ingest_offers_to_exchange_swapped_columns_and_does_so_only_when_asked(
    ingest: Ingest,
) -> None:
    """The points lie in another country than the town they name."""
    text = "date,place,lat,lon\n" + "2022-12-12,Shusha,46.75,39.76\n" * 3

    offered = ingest(text)
    swapped = ingest(text, options=IngestOptions(swap=True))

    assert "coordinates_swapped" in {warning.code for warning in offered.batch.warnings}
    assert offered.events.geometry.x.round(2).tolist() == [39.76] * 3
    assert "coordinates_swapped" not in {warning.code for warning in swapped.batch.warnings}
    assert swapped.events.geometry.x.round(2).tolist() == [46.75] * 3


def test_ingest_reads_open_ends_and_months_as_what_they_are(ingest: Ingest) -> None:
    """An unfinished blockade is not one day long, and a month is not its first day."""
    header = "date_start,date_end,lat,lon\n"
    text = header + "2022-12-12,ongoing,39.7,46.7\n2022-11-01,2022-11-03,39.7,46.7\n"

    spans = ingest(text).events
    month = ingest("month,lat,lon\n2019-02,51.5,-0.1\n").events

    assert spans["date_precision"].tolist() == ["open", "day"]
    assert spans["event_date_end"].isna().tolist() == [True, False]
    assert month["date_precision"].tolist() == ["month"]
    assert str(month["event_date_end"].iloc[0].date()) == "2019-02-28"


def test_ingest_places_rows_by_name_on_the_day_of_the_event(ingest: Ingest) -> None:
    """Towns are points, the road a line, two deposits two points; an unknown name is kept."""
    text = (
        "date,place\n2022-12-12,Shusha\n2022-12-12,Lachin-Khankendi road\n"
        "2022-12-10,Gizilbulagh;Damirli\n2022-12-12,Nowhere at all\n"
    )

    result = ingest(text)

    kinds = [None if shape is None else shape.geom_type for shape in result.events.geometry]
    assert kinds[0] == "Point"
    assert kinds[1] in {"LineString", "MultiLineString"}
    assert kinds[2:] == ["MultiPoint", None]
    assert result.events["geo_precision"].tolist()[1] == "line"
    assert [issue.row for issue in result.issues if issue.code == "unplaced"] == [5]


def test_ingest_refuses_weekly_counts_as_events(ingest: Ingest) -> None:
    """A province's centroid with a number of events is not an event."""
    text = (
        "WEEK,ADMIN1,EVENT_TYPE,EVENTS,CENTROID_LATITUDE,CENTROID_LONGITUDE\n2022-01-01,X,Y,3,1,2\n"
    )

    with pytest.raises(FileRefusedError, match="weekly counts"):
        ingest(text)


def test_ingest_takes_the_sample_files_whole(root: Path, ingest: Ingest) -> None:
    """The first start must show no report of rejected rows; invented rows say that they are."""
    for path in sorted((root / "data" / "events").glob("*.csv")):
        result = ingest(path.read_bytes(), path.name)

        assert result.question is None
        assert result.batch.counts["accepted"] == result.batch.counts["rows"] > 0
        assert result.events["source"].notna().all()
        if path.stem != "timeline":
            assert result.events["source"].str.contains("Invented").all()


@pytest.mark.parametrize("cell", ["9" * 400, "POINT (1e309 2)", "inf", "\u0663" * 50])
def test_ingest_survives_numbers_without_end(cell: str, ingest: Ingest) -> None:
    """Too many digits are a bad cell, not a crash."""
    for text in (f"date,lat,lon\n{cell},1,2\n", f"date,wkt\n2022-12-12,{cell}\n"):
        result = ingest(text)

        assert (result.batch.counts["rows"], result.batch.counts["rejected"]) == (1, 1)


def test_ingest_puts_dates_together_from_columns_of_their_parts(ingest: Ingest) -> None:
    """A part that is empty, or zero, is not known; months may be words; ends are ends."""
    text = (
        "year,month,day,end year,end month,lat,lon\n2022,12,5,,,39.7,46.7\n2022,12,0,,,39.7,46.7\n"
        "2022,,,,,39.7,46.7\n2022,December,,,,39.7,46.7\n2022,11,,2022,12,39.7,46.7\n"
        "2022,13,1,,,39.7,46.7\n"
    )
    result = ingest(text)

    spans = [
        (str(first.date()), str(last.date()), precision)
        for first, last, precision in zip(
            result.events["event_date"],
            result.events["event_date_end"],
            result.events["date_precision"],
            strict=True,
        )
    ]
    assert spans == [
        ("2022-12-05", "2022-12-05", "day"),
        ("2022-12-01", "2022-12-31", "month"),
        ("2022-01-01", "2022-12-31", "year"),
        ("2022-12-01", "2022-12-31", "month"),
        ("2022-11-01", "2022-12-31", "range"),
    ]
    assert [(issue.row, issue.code) for issue in result.issues] == [(7, "date_impossible")]


@pytest.mark.parametrize(
    ("cell", "word", "radius"),
    [
        ("5 km", "near", 5.0), ("Known_within_25_km", "near", 25.0), ("500m", "exact", 0.5),
        ("unknown", "unknown", None), ("exact", "exact", None), ("", "exact", None),
    ],
)  # fmt: skip
def test_ingest_reads_words_of_accuracy_as_a_radius(
    cell: str, word: str, radius: float | None, ingest: Ingest
) -> None:
    """An unknown precision is not exact."""
    events = ingest(f"date,lat,lon,location_accuracy\n2022-12-12,39.7,46.7,{cell}\n").events

    assert events["geo_precision"].tolist() == [word]
    assert events["uncertainty_km"].dropna().tolist() == ([] if radius is None else [radius])


@pytest.mark.parametrize(
    "cell",
    ["39.76, 46.75", "39.76 46.75", "39.76/46.75", "46.75E 39.76N", "N39.76 E46.75",
     "POINT (46.75 39.76)", "(39.76; 46.75)", "39\u00b045'36\"\"N 46\u00b045'00\"\"E"],
)  # fmt: skip
def test_ingest_reads_both_coordinates_from_one_cell(cell: str, ingest: Ingest) -> None:
    """Letters and WKT say which comes first; without them it is the latitude."""
    (point,) = ingest(f'date,coords\n2022-12-12,"{cell}"\n').events.geometry

    assert (round(point.y, 4), round(point.x, 4)) == (39.76, 46.75)


def test_ingest_reads_the_times_of_placemarks_as_what_they_are(ingest: Ingest) -> None:
    """A year is a year, a month a month, a span a span, and an open end stays open."""
    times = [
        "<TimeStamp><when>2022</when></TimeStamp>",
        "<TimeStamp><when>2022-12</when></TimeStamp>",
        "<TimeStamp><when>2022-12-12T10:00:00Z</when></TimeStamp>",
        "<TimeSpan><begin>2022-12-12</begin><end>2023-09-19</end></TimeSpan>",
        "<TimeSpan><begin>2022-12-12</begin></TimeSpan>",
        "<TimeSpan><begin>2022-11</begin><end>2022-12</end></TimeSpan>",
        "",
    ]
    marks = "".join(
        f"<Placemark>{time}<Point><coordinates>46.75,39.76</coordinates></Point></Placemark>"
        for time in times
    )
    result = ingest(f"<kml><Folder><name>Posts</name>{marks}</Folder></kml>", "t.kml")

    events = result.events
    assert events["date_precision"].fillna("").tolist() == [
        "year", "month", "day", "day", "open", "range", "",
    ]  # fmt: skip
    assert str(events["event_date_end"].iloc[3].date()) == "2023-09-19"
    assert set(events["event_type"]) == {"Posts"}
    assert [issue.code for issue in result.issues] == ["date_missing"]
