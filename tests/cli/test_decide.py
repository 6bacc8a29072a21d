"""`geomap decide`, `history` and `decisions`, and that every output agrees with what they did."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

Geomap = Callable[..., Any]

CSV = """id,date,latitude,longitude,type,title,source
1,2023-03-05,39.80,46.75,Protest,First crowd,A
2,2023-03-06,39.81,46.76,Protest,Second crowd,B
3,2023-03-07,39.82,46.77,Protest,Third crowd,C
"""


@pytest.fixture
def filled(geomap: Geomap, tmp_path: Path) -> Geomap:
    """Return the command line with a workspace of three events."""
    (tmp_path / "log.csv").write_text(CSV, "utf-8")
    assert geomap("ingest", tmp_path / "log.csv").code == 0
    return geomap


@pytest.fixture
def decided(filled: Geomap) -> Geomap:
    """Return the same with one event corrected and another one hidden."""
    words = ("--set", "title=Corrected crowd", "--set", "place=40.5,46.5")
    assert filled("decide", "log:1", *words, "--reason", "seen", "--author", "Ann").code == 0
    assert filled("decide", "log:2", "--hide", "--reason", "double").code == 0
    return filled


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return title and position of the events in an export of any format."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            name = next(one for one in names if one.endswith(".csv"))
            text = archive.read(name).decode("utf-8-sig")
        return [_row(row, row["longitude"]) for row in csv.DictReader(io.StringIO(text))]
    if path.suffix == ".csv":
        rows = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
        return [_row(row, row["longitude"]) for row in rows]
    if path.suffix == ".parquet":
        table = gpd.read_parquet(path)
    elif path.suffix == ".gpkg":
        with sqlite3.connect(path) as database:
            assert database.execute("SELECT count(*) FROM points").fetchone() == (2,)
        table = gpd.read_file(path, layer="points")
    else:
        table = gpd.read_file(path)
    names = table["title"] if "title" in table else table["Name"]
    return [{"title": t, "longitude": x} for t, x in zip(names, table.geometry.x, strict=True)]


def _row(row: dict[str, Any], longitude: str) -> dict[str, Any]:
    return {"title": row["title"], "longitude": float(longitude)}


@pytest.mark.parametrize("form", ["csv", "geojson", "gpkg", "parquet", "kml", "zip"])
def test_export_of_every_format_holds_what_was_decided(
    decided: Geomap, tmp_path: Path, form: str
) -> None:
    """No format may show what a person corrected or hid."""
    out = tmp_path / f"out.{form}"
    answer = decided("export", "-o", out, "--json")
    titles = {row["title"]: row["longitude"] for row in read_rows(out)}

    assert answer.document["counts"]["hidden"] == 1
    assert titles == {"Corrected crowd": 46.5, "Third crowd": 46.77}


@pytest.mark.parametrize("form", ["png", "svg", "pdf", "html"])
def test_snapshot_counts_and_seals_what_was_decided(
    decided: Geomap, tmp_path: Path, form: str
) -> None:
    """A figure names the hidden ones, and the one made before them stays true."""
    figure = tmp_path / f"map.{form}"
    assert decided("snapshot", "-o", figure).code == 0
    report = decided("verify", figure, "--json").document
    decided("decide", "log:3", "--hide", "--reason", "double too")
    later = decided("verify", figure, "--json").document

    assert report["counts"]["hidden"] == later["counts"]["hidden"] == 1
    assert report["counts"]["shown"] == 2
    assert (report["intact"], later["intact"]) == (True, True)
    if form == "svg":
        assert "1 hidden" in figure.read_text("utf-8")


def test_snapshot_at_an_older_version_is_that_of_before(decided: Geomap, tmp_path: Path) -> None:
    """Yesterday's figure can be made again."""
    assert decided("snapshot", "-o", tmp_path / "old.svg", "--at", 1).code == 0

    assert decided("verify", tmp_path / "old.svg", "--json").document["counts"]["shown"] == 3


def test_events_of_every_form_count_hidden_ones_apart(decided: Geomap) -> None:
    """JSON, GeoJSON, CSV and the line for a person agree."""
    document = decided("events", "--json").document
    shapes = json.loads(decided("events", "--format", "geojson").out)
    table = decided("events", "--format", "csv")

    assert document["counts"] == shapes["counts"]
    assert document["counts"]["hidden"] == 1
    assert len(document["events"]) == len(shapes["features"]) == 2
    assert "Second crowd" not in table.out
    assert table.err.strip().endswith("0 undated · 1 hidden")


def test_events_with_hidden_lists_them_with_their_flag(decided: Geomap) -> None:
    """What was hidden can be looked at, and is marked."""
    document = decided("events", "--hidden", "--json").document

    assert document["counts"]["shown"] == 3
    assert document["counts"]["hidden"] == 0
    assert [row["flags"] for row in document["events"]] == [["corrected"], ["hidden"], []]


def test_export_with_hidden_comes_back_as_events_to_be_seen(
    decided: Geomap, tmp_path: Path
) -> None:
    """An uploaded table hides nothing."""
    decided("export", "-o", tmp_path / "all.csv", "--everything", "--hidden")
    decided("ingest", tmp_path / "all.csv", "--workspace", tmp_path / "other")
    counts = decided("events", "--json", "--workspace", tmp_path / "other").document["counts"]

    assert (counts["shown"], counts["hidden"]) == (3, 0)


def test_export_everything_leaves_hidden_ones_out(decided: Geomap, tmp_path: Path) -> None:
    """Only who asks for them gets them."""
    decided("export", "-o", tmp_path / "all.csv", "--everything")

    assert len(read_rows(tmp_path / "all.csv")) == 2


def test_history_says_who_decided_what_and_why(decided: Geomap) -> None:
    """The whole way from the source to what is shown can be read."""
    document = decided("history", "log:1", "--json").document
    by_field = {entry["field"]: entry for entry in document["history"]}

    assert document["corrected"] == ["place", "title"]
    assert by_field["title"]["old"] == {"title": "First crowd"}
    assert by_field["title"]["new_words"] == "Corrected crowd"
    assert (by_field["title"]["author"], by_field["title"]["reason"]) == ("Ann", "seen")
    assert len(decided("history", "--json").document["history"]) == 3


def test_decide_withdraw_brings_back_what_the_source_says(decided: Geomap) -> None:
    """One correction is taken back, the others stay."""
    entries = decided("history", "log:1", "--json").document["history"]
    chosen = next(entry for entry in entries if entry["field"] == "title")
    answer = decided("decide", "--withdraw", chosen["decision_id"], "--reason", "was right")
    event = decided("events", "--json").document["events"][0]

    assert answer.code == 0
    assert event["title"] == "First crowd"
    assert event["flags"] == ["corrected"], "the place is still as it was corrected"
    withdrawn = decided("history", "log:1", "--json").document["history"]
    assert [entry["in_force"] for entry in withdrawn if entry["field"] == "title"] == [False]


def test_decide_uses_the_author_of_the_environment(
    filled: Geomap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who decides need not be typed each time."""
    monkeypatch.setenv("GEOMAP_AUTHOR", "Bob")
    filled("decide", "log:1", "--note", "ask again")

    entry = filled("history", "log:1", "--json").document["history"][0]
    assert (entry["author"], entry["new"]) == ("Bob", "ask again")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("log:1", "--set", "colour=red", "--reason", "r"), "no field 'colour'"),
        (("log:1", "--set", "title", "--reason", "r"), "FIELD=VALUE"),
        (("log:1", "--set", "date=soon", "--reason", "r"), "'soon' is not a date"),
        (("log:1", "--set", "place=95,200", "--reason", "r"), "latitudes"),
        (("log:1", "--set", "place=Xyzzyville", "--reason", "r"), "no place 'Xyzzyville'"),
        (("log:1", "--set", "title=X"), "needs a reason"),
        (("log:9", "--hide", "--reason", "r"), "no event 'log:9'"),
        (("log:1", "--hide", "--restore", "--reason", "r"), "one of them"),
        (("log:1", "--reason", "r"), "what to decide"),
        (("log:1", "--hide", "--withdraw", "x", "--reason", "r"), "--withdraw"),
        (("log:1", "--hide", "--seen", "x", "--reason", "r"), "no decision about this event"),
    ],
)
def test_decide_refuses_with_one_sentence(
    filled: Geomap, words: tuple[str, ...], sentence: str
) -> None:
    """Exit code 2, what is wrong, and nothing written."""
    answer = filled("decide", *words)

    assert answer.code == 2
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert filled("history", "--json").document["history"] == []


def test_decide_seen_refuses_what_somebody_decided_later(filled: Geomap) -> None:
    """A script that read the history replaces nothing newer."""
    filled("decide", "log:1", "--set", "title=One", "--reason", "r", "--author", "Ann")
    first = filled("history", "log:1", "--json").document["history"][0]["decision_id"]
    filled("decide", "log:1", "--set", "title=Two", "--reason", "r", "--author", "Ann")
    words = ("decide", "log:1", "--set", "title=Three", "--reason", "r", "--seen", first)

    assert filled(*words).code == 2
    assert filled("events", "--json").document["events"][0]["title"] == "Two"


def test_decisions_travel_as_a_file_that_runs_no_formula(decided: Geomap, tmp_path: Path) -> None:
    """Two people join their work; the same file twice changes nothing."""
    decided("decide", "log:3", "--note", "=1+1", "--reason", "@SUM(A1)")
    file, other = tmp_path / "decisions.csv", tmp_path / "other"
    decided("decisions", "export", file)
    decided("ingest", tmp_path / "log.csv", "--workspace", other)
    first = decided("decisions", "import", file, "--workspace", other, "--json").document
    second = decided("decisions", "import", file, "--workspace", other, "--json").document

    lines = csv.reader(io.StringIO(file.read_text("utf-8")))
    assert all(not cell.startswith(("=", "@")) for row in lines for cell in row)
    assert (first["added"], second["added"], second["known"]) == (4, 0, 4)
    assert decided("events", "--json", "--workspace", other).document["counts"]["hidden"] == 1
    assert decided("history", "--json").document == (
        decided("history", "--json", "--workspace", other).document
    )


def test_decisions_import_refuses_what_is_no_export_of_them(filled: Geomap, tmp_path: Path) -> None:
    """A table of events is not taken for decisions."""
    answer = filled("decisions", "import", tmp_path / "log.csv")

    assert answer.code == 2
    assert "no export of decisions" in answer.err


def test_verify_counts_what_became_of_the_events_since(filled: Geomap, tmp_path: Path) -> None:
    """Whoever reads an old figure learns what it shows that no longer holds."""
    figure = tmp_path / "map.svg"
    filled("snapshot", "-o", figure)
    none = filled("verify", figure, "--json").document["since"]
    filled("decide", "log:1", "--set", "title=Other", "--reason", "r")
    filled("decide", "log:2", "--hide", "--reason", "r")
    newer = CSV.replace("3,2023-03-07,39.82,46.77,Protest,Third crowd,C\n", "")
    (tmp_path / "log.csv").write_text(newer + "4,2023-03-06,39.8,46.7,Protest,New,A\n", "utf-8")
    assert filled("ingest", tmp_path / "log.csv", "--yes").code == 0
    report = filled("verify", figure, "--json")

    assert none == {"corrected": 0, "hidden": 0, "gone": 0, "added": 0}
    assert report.code == 0
    assert report.document["intact"]
    assert report.document["since"]["corrected"] == 1
    assert report.document["since"]["hidden"] == 1
    assert report.document["since"]["added"] == 1
    assert "1 corrected, 1 hidden" in filled("verify", figure).out


def test_flags_of_decisions_in_an_export_are_left_out(geomap: Geomap, tmp_path: Path) -> None:
    """A file decides nothing: what another workspace hid or corrected is neither of it here."""
    table, export = tmp_path / "log.csv", tmp_path / "export.csv"
    table.write_text("id,date,latitude,longitude,title\na,2023-01-01,39.8,46.7,One\n", "utf-8")
    assert geomap("ingest", table, "--yes").code == 0
    (event,) = geomap("events", "--json").document["events"]
    reason = ("--reason", "A double.", "--author", "A. Analyst")
    assert geomap("decide", event["event_id"], "--set", "title=Two", *reason).code == 0
    assert geomap("decide", event["event_id"], "--hide", *reason).code == 0
    assert geomap("export", "-o", export, "--everything", "--hidden").code == 0
    assert "corrected;hidden" in export.read_text("utf-8")

    other = ("--workspace", tmp_path / "other")
    assert geomap("ingest", export, "--yes", *other).code == 0

    (event,) = geomap("events", "--json", *other).document["events"]
    assert (event["title"], event["flags"]) == ("Two", [])
