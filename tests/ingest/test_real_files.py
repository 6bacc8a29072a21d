"""Every real file, good and bad, against what its manifest says of it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import FileRefusedError
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestResult, ingest_table
from geomap.sources.tables import read_table
from geomap.tables import empty_events

SHARED = Path(__file__).resolve().parents[3] / "shared"
READ_WHERE_REFUSING_WAS_ALLOWED = {"51_unicode_digits.csv": 1}
"""Rows that a manifest counts as bad but lets us read: a typographic minus, read as a minus."""


def _bad_files() -> list[dict[str, Any]]:
    manifest = SHARED / "bad" / "manifest.jsonl"
    if not manifest.is_file():
        return []
    lines = [json.loads(line) for line in manifest.read_text().splitlines()]
    return [line for line in lines if not line["file"].endswith(".py")]


def _take(path: Path, gazetteer: Gazetteer) -> IngestResult:
    raw = read_table(path, name=path.name)
    return ingest_table(raw, existing=empty_events(), gazetteer=gazetteer, batch_id="b")


@pytest.mark.parametrize("line", _bad_files(), ids=lambda line: str(line["file"]))
def test_ingest_does_with_a_bad_file_what_its_manifest_says(
    line: dict[str, Any], shared: Path, gazetteer: Gazetteer
) -> None:
    """Rows are good, or rejected, doubled or flagged with a reason; none is lost."""
    path = shared / "bad" / line["file"]
    if line["expect"] == "refuse":
        with pytest.raises(FileRefusedError, match=line["file"]):
            _take(path, gazetteer)
        return

    result = _take(path, gazetteer)

    counts, kept = result.counts, result.of_kept
    assert counts is not None
    assert kept is not None
    ok, bad = line["rows_ok"], line["rows_bad"]
    assert counts.rows == ok + bad
    clean = counts.accepted - kept.flagged - READ_WHERE_REFUSING_WAS_ALLOWED.get(line["file"], 0)
    assert clean <= ok <= counts.accepted
    told = {issue.row for issue in result.issues}
    assert len(told) >= counts.rejected + counts.duplicate
    if line["expect"] == "accept_with_warning":
        assert "coordinates_swapped" in {warning.code for warning in result.warnings}


def test_ingest_has_a_manifest_to_hold_itself_against(shared: Path) -> None:
    """The parametrised test above must not pass by finding nothing."""
    assert (shared / "bad" / "manifest.jsonl").is_file()
    assert len(_bad_files()) > 20


EVENT_FILES = [
    ("acled_UkraineACLED_2022.csv", "acled", 5290, 5290, "2022-01-01", "2022-04-15"),
    ("hdx_ucdp_ukr_a.csv", "ucdp_ged", 2989, 2989, "2014-01-22", "2021-12-31"),
    ("ucdp_ged231_sample1000_fromR.csv", "ucdp_ged", 1000, 1000, "1989-01-07", None),
    ("usgs_all_month.csv", "plain", 10134, 10134, "2022-02-06", "2022-03-08"),
    ("ushahidi_haiti_2010.csv", "plain", 3593, 3593, None, None),
    ("nasa_landslide_b.csv", "plain", 1693, 1693, None, None),
    ("bellingcat_export_like.csv", "plain", 1219, 1218, "2022-02-24", "2023-07-24"),
    ("kenya_dms_cp1252_semicolon_dmy.csv", "plain", 600, 600, None, "2022-03-31"),
    ("kenya_merged_header.xlsx", "plain", 301, 300, None, None),
    ("unmiss_incidents.geojson", "plain", 5, 5, None, None),
]


@pytest.mark.parametrize(("name", "layout", "rows", "accepted", "first", "last"), EVENT_FILES)
def test_ingest_takes_every_event_of_a_real_file(
    name: str,
    layout: str,
    rows: int,
    accepted: int,
    first: str | None,
    last: str | None,
    shared: Path,
    gazetteer: Gazetteer,
) -> None:
    """Layout, counts and days are those of the manifest, without any option."""
    result = _take(shared / "events" / name, gazetteer)

    assert result.question is None
    assert result.layout == layout
    assert result.counts is not None
    assert (result.counts.rows, result.counts.accepted) == (rows, accepted)
    if first:
        assert str(result.events["event_date"].min().date()) >= first
    if last:
        assert str(result.events["event_date"].max().date()) == last


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
    """A country's centroid is told from a place, and a span from a day."""
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

    assert result.counts is not None
    assert result.of_kept is not None
    assert result.counts.rows == 617
    assert result.counts.rejected == 0
    assert result.of_kept.unplaced == 31
    assert result.of_kept.imprecise_date == result.counts.accepted
    assert sum(issue.code == "equal_rows" for issue in result.issues) == 31
