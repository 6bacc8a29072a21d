"""Counts through the command line: refused as events, taken in, listed, taken back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.cli.conftest import Geomap

TEXT = "month,province,country,events\n" + "".join(
    f"2021-0{m},{unit},Kenya,{m}\n" for m in range(1, 7) for unit in ("Nairobi", "Kisumu")
)


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    """Return a table of counts per province and month."""
    path = tmp_path / "monthly.csv"
    path.write_text(TEXT, "utf-8")
    return path


def test_aggregates_come_in_by_the_flag_that_the_refusal_names(
    counts: Path, geomap: Geomap
) -> None:
    """They are listed, counted in no number of events, and undone as one import."""
    events = geomap("events", "--json").document["counts"]["total"]
    refused = geomap("ingest", counts, "--json")
    assert refused.code == 2
    assert "--aggregates" in refused.document["files"][0]["warnings"][-1]["message"]

    taken = geomap("ingest", counts, "--aggregates", "--json")
    file = taken.document["files"][0]
    assert (taken.code, file["counts"]["accepted"]) == (0, 12)
    assert geomap("events", "--json").document["counts"]["total"] == events
    listed = geomap("aggregates", "--json").document["aggregates"]
    assert len(listed) == 12
    assert {name: listed[0][name] for name in ("unit", "period_start", "period_end", "count")} == {
        "unit": "Nairobi", "period_start": "2021-01-01", "period_end": "2021-01-31", "count": 1,
    }  # fmt: skip
    assert geomap("batches", "--json").document["batches"][0]["kind"] == "aggregates"
    assert geomap("check").code == 0
    table = list(csv.DictReader(io.StringIO(geomap("aggregates", "--format", "csv").out)))
    assert [row["count"] for row in table] == [str(row["count"]) for row in listed]

    again = geomap("ingest", counts, "--aggregates", "--json").document["files"][0]["counts"]
    assert (again["unchanged"], again["accepted"]) == (12, 0)
    assert len(geomap("aggregates", "--json").document["aggregates"]) == 12
    undone = geomap("undo", file["batch_id"], "--json").document["undone"][0]
    assert (undone["aggregates"], undone["removed"]) == (12, 0)
    assert not geomap("aggregates", "--json").document["aggregates"]
    assert geomap("check").code == 0
    geomap("ingest", counts, "--aggregates")
    assert len(geomap("aggregates", "--json").document["aggregates"]) == 12


def test_aggregates_of_a_second_file_of_the_dataset_are_said_to_add_up(
    counts: Path, tmp_path: Path, geomap: Geomap
) -> None:
    """A newer release beside the older one would count everything twice."""
    geomap("ingest", counts, "--aggregates")
    newer = tmp_path / "newer" / "monthly.csv"
    newer.parent.mkdir()
    newer.write_text(TEXT + "2021-07,Nairobi,Kenya,9\n", "utf-8")
    file = geomap("ingest", newer, "--aggregates", "--json").document["files"][0]

    assert "aggregates_again" in {warning["code"] for warning in file["warnings"]}


def test_ingest_takes_aggregates_or_a_kind_not_both(counts: Path, geomap: Geomap) -> None:
    """Two answers to one question."""
    assert geomap("ingest", counts, "--aggregates", "--as", "events").code == 2
