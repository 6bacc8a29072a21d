"""Bad files, ours and those kept outside the project, do what their manifest lines say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import FileRefusedError
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestResult, ingest_table
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

OWN = Path(__file__).resolve().parent.parent / "data" / "bad"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "bad"
FLAGGED_AND_COUNTED_AS_GOOD = {
    "43_wkt_geometry.csv": "an outline that crosses itself is repaired, drawn and flagged",
    "49_duplicate_events.csv": "the version that won a conflict is flagged",
}


def _lines(folder: Path) -> list[dict[str, Any]]:
    manifest = folder / "manifest.jsonl"
    if not manifest.is_file():
        return []
    lines = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if not line["file"].endswith(".py")]


def _take(path: Path, gazetteer: Gazetteer) -> IngestResult:
    raw = read_table(path, name=path.name)
    return ingest_table(raw, existing=empty_events(), gazetteer=gazetteer, batch_id="b")


def _check_rows(line: dict[str, Any], result: IngestResult) -> None:
    """Check that good rows are events without a flag, and each other row has its reason."""
    counts, kept = result.batch.counts, result.batch.of_kept
    ok, bad = line["rows_ok"], line["rows_bad"]
    shape = dict(counts)
    assert shape.pop("rows") == sum(shape.values()) == ok + bad
    is_excepted = line["file"] in FLAGGED_AND_COUNTED_AS_GOOD
    assert counts["accepted"] - (0 if is_excepted else kept["flagged"]) == ok
    rows = {issue.row for issue in result.issues}
    assert len(rows) >= counts["rejected"] + counts["duplicate"] + (
        0 if is_excepted else kept["flagged"]
    )
    assert all(issue.reason and issue.remedy for issue in result.issues)


@pytest.mark.parametrize("line", _lines(SHARED), ids=lambda line: str(line["file"]))
def test_ingest_does_with_a_bad_file_what_its_manifest_says(
    line: dict[str, Any], shared: Path, gazetteer: Gazetteer
) -> None:
    """Good rows are taken clean, bad ones rejected, doubled or flagged; the numbers are exact."""
    path = shared / "bad" / line["file"]
    if line["expect"] == "refuse":
        with pytest.raises(FileRefusedError, match=line["file"]):
            _take(path, gazetteer)
        return

    result = _take(path, gazetteer)

    _check_rows(line, result)
    if line["expect"] == "accept_with_warning":
        assert "coordinates_swapped" in {warning.code for warning in result.batch.warnings}


def test_ingest_has_a_manifest_to_hold_itself_against(shared: Path) -> None:
    """The parametrised test above must not pass by finding nothing."""
    assert (shared / "bad" / "manifest.jsonl").is_file()
    assert len(_lines(SHARED)) > 20


@pytest.mark.parametrize("line", _lines(OWN), ids=lambda line: str(line["file"]))
def test_ingest_does_with_our_own_bad_files_what_it_should(
    line: dict[str, Any], gazetteer: Gazetteer
) -> None:
    """The same kinds of faults, in files that come with the project."""
    path = OWN / line["file"]
    if line["expect"] == "refuse":
        with pytest.raises(FileRefusedError) as refused:
            _take(path, gazetteer)
        assert str(refused.value).startswith(line["file"])
        assert "\n" not in str(refused.value)
        return

    result = _take(path, gazetteer)

    if line["expect"] == "ask":
        assert result.question is not None
        assert not result.batch.counts
        assert result.question.proof
        return
    _check_rows(line, result)
    assert {issue.code for issue in result.issues} == set(line["codes"])


def test_every_bad_file_of_ours_has_a_line_in_the_manifest() -> None:
    """A file that no test reads protects nothing."""
    there = {path.name for path in OWN.iterdir()} - {"manifest.jsonl"}

    assert there == {line["file"] for line in _lines(OWN)}
