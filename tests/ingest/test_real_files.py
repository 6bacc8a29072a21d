"""Every real file of events against the facts of its manifest."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestResult, ingest_table
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

_START, _END = "<!-- written by the tests: begin -->", "<!-- written by the tests: end -->"


def _take(path: Path, gazetteer: Gazetteer) -> IngestResult:
    raw = read_table(path, name=path.name)
    return ingest_table(raw, existing=empty_events(), gazetteer=gazetteer, batch_id="b")


@dataclass(frozen=True)
class Facts:
    """The line of the manifest for a file: layout, rows, events, first and last day, more."""

    layout: str
    rows: int
    events: int
    first: str | None = None
    last: str | None = None
    unplaced: int = 0
    undated: int = 0
    rejected: int = 0


FACTS = {
    "acled_UkraineACLED_2022.csv": Facts("acled", 5290, 5290, "2022-01-01", "2022-04-15"),
    # two of its rows share an id at other days and places: parts of one event, both kept
    "bellingcat_export_like.csv": Facts("plain", 1219, 1219, "2022-02-24", "2023-07-24"),
    "gdelt2_20191024143000.export.CSV": Facts(
        "gdelt", 2111, 2111, "2018-10-24", "2019-10-24", unplaced=38
    ),
    "hdx_ucdp_ukr_a.csv": Facts("ucdp_ged", 2989, 2989, "2014-01-22", "2021-12-31"),
    "kenya_dms_cp1252_semicolon_dmy.csv": Facts("plain", 600, 600, None, "2022-03-31"),
    # the row TOTAL is a row of the file, and no event
    "kenya_merged_header.xlsx": Facts("plain", 301, 300, None, "2022-03-31", rejected=1),
    # three rows have an empty date
    "nasa_landslide_b.csv": Facts("plain", 1693, 1693, undated=3),
    "ucdp_ged231_sample1000_fromR.csv": Facts("ucdp_ged", 1000, 1000, "1989-01-07", "2022-12-19"),
    # four of the crimes have two rows under one id: the later is taken, both are listed
    "ukpolice_2019-01-city-of-london-street.csv": Facts(
        "police_uk", 617, 613, "2019-01-01", "2019-01-01", unplaced=31
    ),
    "unmiss_incidents.geojson": Facts("plain", 5, 5),
    "usgs_all_month.csv": Facts("usgs", 10134, 10134, "2022-02-06", "2022-03-08"),
    "usgs_quakes.kml": Facts("kml", 400, 400),
    "ushahidi_haiti_2010.csv": Facts("ushahidi", 3593, 3593),
}


@pytest.fixture(scope="module")
def results(shared: Path, world: Gazetteer) -> dict[str, IngestResult]:
    """Return what each file of the folder becomes, without any option."""
    folder = shared / "events"
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    names = sorted(json.loads(line)["file"] for line in lines)
    return {name: _take(folder / name, world) for name in names}


def test_ingest_knows_the_facts_of_every_real_file(results: dict[str, IngestResult]) -> None:
    """A file that is added outside needs its line here, and in the table of the guide."""
    assert set(results) == set(FACTS)


@pytest.mark.parametrize("name", FACTS)
def test_ingest_takes_every_event_of_a_real_file(
    name: str, results: dict[str, IngestResult]
) -> None:
    """Layout, counts and days are those of the manifest, without any option or question."""
    result, facts = results[name], FACTS[name]

    assert result.question is None
    counts, kept = result.batch.counts, result.batch.of_kept
    assert result.batch.layout == facts.layout
    assert (counts["rows"], counts["accepted"]) == (facts.rows, facts.events)
    assert (kept["unplaced"], kept["undated"], counts["rejected"]) == (
        facts.unplaced, facts.undated, facts.rejected,
    )  # fmt: skip
    assert counts["rows"] == counts["accepted"] + counts["duplicate"] + counts["rejected"]
    days = result.events["event_date"]
    assert facts.first in {None, str(days.min().date())}
    assert facts.last in {None, str(days.max().date())}


def _table(results: dict[str, IngestResult]) -> str:
    """Return the table of the guide: what becomes of each file."""
    head = (
        "| file | recognised as | rows | events | duplicate | rejected | without place "
        "| without date | rough place | rough date |"
    )
    lines = [head, "|---|---" + "|---:" * 8 + "|"]
    for name, result in results.items():
        counts, kept = result.batch.counts, result.batch.of_kept
        numbers = [counts[name] for name in ("rows", "accepted", "duplicate", "rejected")]
        numbers += [
            kept[name] for name in ("unplaced", "undated", "imprecise_place", "imprecise_date")
        ]
        lines.append(
            f"| {name} | {result.batch.layout} | " + " | ".join(f"{n:,}" for n in numbers) + " |"
        )
    return "\n".join(lines)


def test_the_guide_tells_what_becomes_of_every_real_file(
    results: dict[str, IngestResult], root: Path
) -> None:
    """The table of docs/formats.md is written by this test, and never by hand."""
    guide = root / "docs" / "formats.md"
    before, start, rest = guide.read_text(encoding="utf-8").partition(_START)
    old, end, after = rest.partition(_END)
    assert start, f"the guide has no line {_START!r}"
    assert end, f"the guide has no line {_END!r}"
    new = f"\n{_table(results)}\n"
    if old != new:
        guide.write_text(f"{before}{start}{new}{end}{after}", encoding="utf-8")

    assert old == new, "docs/formats.md was out of date; it has been written anew: look and commit"


def test_ingest_keeps_the_geo_type_of_a_real_gdelt_file(
    results: dict[str, IngestResult],
) -> None:
    """Countries and states are areas, what has no place has none, codes stay text."""
    events = results["gdelt2_20191024143000.export.CSV"].events

    assert Counter(events["geo_precision"]) == {
        "unknown": 38, "country": 549, "admin1": 283 + 62, "exact": 368 + 811,
    }  # fmt: skip
    assert {"040", "057"} <= set(events["sub_event_type"])
    assert set(
        events.loc[events["place_name"] == "Minsk, Belarus (general), Belarus", "country"]
    ) == {"BY"}


def test_ingest_reads_the_accuracy_words_of_a_real_file_as_a_radius(
    results: dict[str, IngestResult],
) -> None:
    """Within 5 km is a radius; an unknown radius is not exact."""
    events = results["nasa_landslide_b.csv"].events

    assert {1, 5, 25} <= set(events["uncertainty_km"].dropna())
    assert Counter(events["geo_precision"])["unknown"] > 0


def test_ingest_tells_of_points_far_from_all_others_in_a_real_file(
    results: dict[str, IngestResult],
) -> None:
    """Points on other continents are kept, and flagged."""
    events = results["ushahidi_haiti_2010.csv"].events
    far = events[events["flags"].fillna("").str.contains("far_from_others")]

    assert sorted(far.geometry.y.round()) == [22, 44, 50]


def test_ingest_takes_only_text_from_the_descriptions_of_a_real_kml(
    results: dict[str, IngestResult],
) -> None:
    """HTML stays out, its link is the link of the event."""
    events = results["usgs_quakes.kml"].events

    assert not events["notes"].str.contains("<").any()
    assert events["source_url"].str.startswith("https://earthquake.usgs.gov/").all()


def test_ingest_keeps_the_precision_codes_of_a_real_acled_file(
    shared: Path, gazetteer: Gazetteer
) -> None:
    """Weeks, months, near places and provinces stay what their codes say."""
    events = _take(shared / "events" / "acled_UkraineACLED_2022.csv", gazetteer).events

    assert Counter(events["date_precision"]) == {"day": 5205, "week": 54, "month": 31}
    assert Counter(events["geo_precision"]) == {"exact": 2406, "near": 2670, "admin1": 214}


def test_ingest_keeps_the_precision_codes_of_a_real_ged_file(
    shared: Path, gazetteer: Gazetteer
) -> None:
    """A country's centroid is not a place, and a span is not a day."""
    events = _take(shared / "events" / "hdx_ucdp_ukr_a.csv", gazetteer).events

    places = Counter(events["geo_precision"])
    assert places == {
        "exact": 730, "near": 1542, "admin2": 16, "admin1": 470, "region": 229, "country": 2,
    }  # fmt: skip
    days = Counter(events["date_precision"])
    assert (days["day"], days["week"], days["month"]) == (2323, 76, 110)
    assert days["range"] + days["year"] == 444 + 36


def test_ingest_keeps_equal_rows_without_an_id_apart(shared: Path, gazetteer: Gazetteer) -> None:
    """Two crimes on one corner are two crimes; 31 of this file have no place at all."""
    name = "ukpolice_2019-01-city-of-london-street.csv"
    result = _take(shared / "events" / name, gazetteer)

    assert result.batch.counts["rows"] == 617
    assert result.batch.counts["rejected"] == 0
    assert result.batch.of_kept["unplaced"] == 31
    assert result.batch.of_kept["imprecise_date"] == result.batch.counts["accepted"]
    assert sum(issue.code == "equal_rows" for issue in result.issues) == 31
