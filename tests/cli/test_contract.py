"""The commands and shapes that others rely on: names, keys, exit codes, streams."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geomap.model import DatePrecision, Status, ToponymKind

Geomap = Callable[..., Any]

CSV = b"""id,date,latitude,longitude,type,notes
1,2023-03-05,39.80,46.75,Protest,A crowd met.
2,2023-03-06,39.81,46.76,Talks,=1+1
3,not a day,39.82,46.77,Protest,
4,,39.82,46.77,Protest,
5,2023-04-01,,,Protest,
"""
AMBIGUOUS = b"id,date,latitude,longitude\n1,03/04/2024,39.8,46.7\n2,05/06/2024,39.8,46.7\n"
NO_DATE = b"a,b,c\nx,y,z\nu,v,w\n"
TEXT = (
    "Protesters blocked the Lachin-Khankendi road on 12 December 2022, officials said.\n\n"
    "A crowd held a protest in Shusha on 14 December 2022. Nobody saw Xyzzyville.\n"
)
COMMANDS = (
    *("run", "ingest", "places", "geoparse", "events", "export", "snapshot", "batches"),
    *("evaluate", "undo", "verify"),
)
COUNTS = ["rows", "accepted", "updated", "unchanged", "duplicate", "rejected"]
SEVEN = ["total", "shown", "possible", "outside_dates", "filtered", "unplaced", "undated"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "reports.csv"
    path.write_bytes(CSV)
    return path


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "wire.txt"
    path.write_text(TEXT, "utf-8")
    return path


def is_one_sentence(text: str) -> bool:
    return text.startswith("geomap: ") and text.count("\n") == 1 and text.rstrip().endswith(".")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_an_example(geomap: Geomap, command: str) -> None:
    """A user who has forgotten the options gets a line to copy."""
    answer = geomap(command, "--help")

    assert answer.code == 0
    assert f"Example: geomap {command}" in " ".join(answer.out.split())
    for option in ("--workspace", "--json", "--quiet"):
        assert option in answer.out


def test_help_lists_every_command(geomap: Geomap) -> None:
    """`geomap` alone prints the help."""
    for answer in (geomap(), geomap("--help")):
        assert answer.code == 0
        assert all(f"  {command}" in answer.out for command in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ("places", "Baku", "--nope"),
        ("nope",),
        ("places",),
        ("places", "Baku", "--limit", "many"),
        ("places", "Baku", "--on", "yesterday"),
        ("events", "--from", "2023-02-30"),
        ("events", "--from", "2023-02-03", "--to", "2023-02-01"),
        ("events", "--bbox", "1,2,3"),
        ("events", "--bbox", "1,20,3,4"),
        ("events", "--status", "rumoured"),
        ("events", "--fatalities", "some"),
        ("events", "--fatalities", "5..1"),
        ("events", "--precision", "roughly"),
        ("events", "--format", "xls"),
        ("events", "--place", "no_such_place"),
        ("events", "--batch", "no_such_batch"),
        ("export", "-o", "events.doc"),
        ("export",),
        ("snapshot", "-o", "figure.gif"),
        ("snapshot", "-o", "figure.png", "--size", "a0"),
        ("snapshot", "-o", "figure.png", "--at", "77"),
        ("geoparse", "no_such_file.txt"),
        ("geoparse",),
        ("geoparse", "--corpus", "no_such_file.jsonl", "--out", "x.jsonl"),
        ("evaluate",),
        ("evaluate", "no_such_file.jsonl"),
        ("evaluate", "-", "--pred", "-"),
        ("evaluate", "-", "--pred", "x.jsonl", "--gold-spans"),
        ("evaluate", "-", "--bar", "accuracy=0.8"),
        ("evaluate", "-", "--bar", "acc161=80"),
        ("evaluate", "-", "--boot", "-1"),
        ("evaluate", "-", "--json", "--per-doc", "-"),
        ("evaluate", "-"),
        ("ingest", "no_such_file.csv"),
        ("ingest", "x.csv", "--map", "date"),
        ("ingest", "x.csv", "--dayfirst", "--monthfirst"),
        ("run", "--port", "0"),
        ("run", "--address", "256.1.1.1"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(geomap: Geomap, words: tuple[str, ...]) -> None:
    """A script gets the exit code, a person the remedy, and neither a traceback."""
    answer = geomap(*words)

    assert answer.code == 2
    assert is_one_sentence(answer.err), answer.err
    assert "Traceback" not in answer.err


def test_places_has_its_shape(geomap: Geomap) -> None:
    """Two names of one town lead to one place."""
    one = geomap("places", "Stepanakert", "--json").document
    other = geomap("places", "Xankəndi", "--json").document

    assert list(one) == ["query", "places"]
    place = one["places"][0]
    assert list(place) == [
        *("place_id", "name", "names", "feature_code", "country_code", "lat", "lon"),
        *("geometry_type", "uncertainty_km", "valid_from", "valid_to", "layer", "source"),
        *("score", "reason"),
    ]
    assert set(place["names"][0]) == {"name", "lang", "side", "valid_from", "valid_to"}
    assert place["place_id"] == other["places"][0]["place_id"]
    assert other["query"] == "Xankəndi"


def test_places_limits_and_finds_nothing(geomap: Geomap) -> None:
    """An unknown name is an empty list, not an error."""
    assert len(geomap("places", "Springfield", "--limit", "2", "--json").document["places"]) == 2
    unknown = geomap("places", "Xyzzyville", "--json")
    assert (unknown.code, unknown.document["places"]) == (0, [])


def check_geoparse_shape(shape: dict[str, Any], text: str) -> None:
    assert list(shape) == ["article", "toponyms", "dates", "events", "demonyms", "unread"]
    assert list(shape["article"]) == [
        *("article_id", "title", "publisher", "published", "dateline_place_id", "chars")
    ]
    assert shape["article"]["chars"] == len(text)
    for toponym in shape["toponyms"]:
        assert list(toponym) == [
            *("start_char", "end_char", "text", "place_id", "name", "kind", "country"),
            *("lat", "lon", "geometry_type", "uncertainty_km", "score", "reason", "candidates"),
            *("matched_name", "sure"),
        ]
        assert isinstance(toponym["sure"], bool)
        assert text[toponym["start_char"] : toponym["end_char"]] == toponym["text"]
        assert toponym["kind"] in {kind.value for kind in ToponymKind}
        if toponym["place_id"] is None:
            assert (toponym["lat"], toponym["lon"]) == (None, None)
        for candidate in toponym["candidates"]:
            assert list(candidate) == [*("place_id", "name", "score", "kind", "country", "reason")]
            assert candidate["kind"] in {kind.value for kind in ToponymKind}
    for mention in shape["dates"]:
        assert list(mention) == ["start_char", "end_char", "text", "start", "end", "precision"]
        assert text[mention["start_char"] : mention["end_char"]] == mention["text"]
        assert mention["precision"] in {precision.value for precision in DatePrecision}
    for event in shape["events"]:
        assert list(event) == [
            *("event_id", "event_date", "event_date_end", "date_precision", "event_type"),
            *("title", "status", "place_ids", "geometry_type", "geo_precision", "evidence"),
        ]
        assert event["status"] in {status.value for status in Status}
        for evidence in event["evidence"]:
            assert list(evidence) == ["start_char", "end_char"]
            assert 0 <= evidence["start_char"] < evidence["end_char"] <= len(text)


def test_geoparse_has_its_shape(geomap: Geomap, article: Path) -> None:
    """Offsets are string indices into the text as read."""
    shape = geomap("geoparse", article, "--published", "2022-12-15", "--json").document

    check_geoparse_shape(shape, TEXT)
    assert shape["article"]["published"] == "2022-12-15"
    assert {"shusha"} <= {toponym["place_id"] for toponym in shape["toponyms"]}
    assert shape["events"]


def test_geoparse_reads_standard_input(geomap: Geomap, article: Path) -> None:
    """Standard input is read as the file is."""
    piped = geomap("geoparse", "-", "--json", stdin=TEXT.encode())

    assert piped.document == geomap("geoparse", article, "--json").document


def test_geoparse_takes_the_seed_article(geomap: Geomap, shared: Path) -> None:
    """The real article of the first issue keeps the shape."""
    path = next((shared / "articles").glob("*.txt"))

    answer = geomap("geoparse", path, "--json")

    check_geoparse_shape(answer.document, path.read_text("utf-8"))


def test_geoparse_of_a_corpus_keeps_the_order(geomap: Geomap, tmp_path: Path) -> None:
    """Predictions are scored line by line against the gold file."""
    marks = [{"start": 3, "end": 7, "text": "Baku"}]
    gold = [
        {"id": "b", "text": "In Baku. \u2028 A line separator.", "toponyms": marks},
        {"id": "a", "text": "Nothing here.", "toponyms": []},
        {"id": 3, "text": "Quiet."},
    ]
    lines = "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in gold)
    (tmp_path / "gold.jsonl").write_text(lines, "utf-8")
    out = tmp_path / "pred.jsonl"

    for extra in ((), ("--gold-spans",)):
        answer = geomap("geoparse", "--corpus", tmp_path / "gold.jsonl", "--out", out, *extra)
        assert (answer.code, answer.out) == (0, "")
        rows = [json.loads(line) for line in out.read_text("utf-8").split("\n") if line]
        assert [row["id"] for row in rows] == ["b", "a", 3]
        assert all(list(row) == ["id", "toponyms"] for row in rows)
        first = rows[0]["toponyms"][0]
        assert list(first) == ["start", "end", "text", "lat", "lon", "kind", "country", "score"]
        assert (first["start"], first["end"], first["country"]) == (3, 7, "AZ")
        assert first["lat"] == pytest.approx(40.4, abs=0.2)


def test_geoparse_names_the_broken_line_of_a_corpus(geomap: Geomap, tmp_path: Path) -> None:
    """Line 2 of 2,000 is refused at once."""
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "text": "x"}\nnot json\n', "utf-8")

    answer = geomap("geoparse", "--corpus", tmp_path / "gold.jsonl", "--out", tmp_path / "x")

    assert answer.code == 2
    assert "line 2" in answer.err


@pytest.mark.parametrize("marks", [3, [{"start": "x", "end": 2}], [{"end": 2}]])
def test_geoparse_names_the_document_whose_spans_cannot_be_read(
    geomap: Geomap, tmp_path: Path, marks: object
) -> None:
    """Gold files are written by hand."""
    corpus = tmp_path / "gold.jsonl"
    corpus.write_text(json.dumps({"id": "d7", "text": "In Baku.", "toponyms": marks}), "utf-8")

    done = geomap("geoparse", "--corpus", corpus, "--out", tmp_path / "p.jsonl", "--gold-spans")

    assert done.code == 2
    assert "'d7'" in done.err
    assert is_one_sentence(done.err)


def test_ingest_has_its_shape(geomap: Geomap, table: Path) -> None:
    """Every row is accounted for by its number in the file."""
    answer = geomap("ingest", table, "--json")

    document = answer.document
    assert (answer.code, list(document)) == (0, ["files", "events_total"])
    file = document["files"][0]
    assert list(file) == [
        *("path", "sha256", "batch_id", "layout", "layout_reason"),
        *("counts", "of_kept", "warnings", "issues", "question", "columns", "release"),
    ]
    assert list(file["counts"]) == COUNTS
    assert file["counts"]["rows"] == 5 == sum(file["counts"].values()) - 5
    assert list(file["of_kept"]) == [
        *("unplaced", "undated", "imprecise_place", "imprecise_date", "flagged")
    ]
    assert (file["of_kept"]["unplaced"], file["of_kept"]["undated"]) == (1, 1)
    assert document["events_total"] == file["counts"]["accepted"] == 4
    assert file["question"] is None
    assert all(list(one) == ["column", "field", "reason", "sample"] for one in file["columns"])
    for issue in file["issues"]:
        assert list(issue) == ["row", "column", "value", "code", "reason", "remedy"]
    assert {"row": 4, "value": "not a day"}.items() <= next(
        issue for issue in file["issues"] if issue["row"] == 4
    ).items()


def test_ingest_twice_and_dry_run_change_nothing(geomap: Geomap, table: Path) -> None:
    """The same file again is all unchanged."""
    assert geomap("ingest", table, "--dry-run", "--json").document["events_total"] == 0
    geomap("ingest", table)

    again = geomap("ingest", table, "--json").document

    assert again["events_total"] == 4
    assert again["files"][0]["counts"]["unchanged"] == 4
    assert len(geomap("batches", "--json").document["batches"]) == 1


def test_ingest_refuses_one_file_and_takes_the_others(
    geomap: Geomap, table: Path, tmp_path: Path
) -> None:
    """One broken file of twenty does not stop the nineteen."""
    (tmp_path / "empty.csv").write_bytes(b"")

    answer = geomap("ingest", tmp_path / "empty.csv", table, "--json")

    assert answer.code == 2
    assert is_one_sentence(answer.err)
    assert "empty.csv" in answer.err
    refused, taken = answer.document["files"]
    assert refused["counts"] is None
    assert list(refused["warnings"][-1]) == ["code", "message"]
    assert taken["counts"]["accepted"] == 4


@pytest.mark.parametrize(
    ("content", "about", "flags"),
    [
        (AMBIGUOUS, "date_order", ("--dayfirst", "--monthfirst")),
        (NO_DATE, "mapping", ("--map",)),
    ],
)
def test_ingest_asks_and_names_the_flag(
    geomap: Geomap, tmp_path: Path, content: bytes, about: str, flags: tuple[str, ...]
) -> None:
    """A fact that only the user can state is never guessed."""
    (tmp_path / "question.csv").write_bytes(content)

    answer = geomap("ingest", tmp_path / "question.csv", "--json")

    assert answer.code == 2
    assert all(flag in answer.err for flag in flags)
    file = answer.document["files"][0]
    assert (file["counts"], file["question"]["about"]) == (None, about)
    assert list(file["question"]) == ["about", "choices", "proof"]
    assert answer.document["events_total"] == 0


def test_ingest_takes_the_answer_to_a_question(geomap: Geomap, tmp_path: Path) -> None:
    """Two flags, two months; --yes decides too, but flags every row that it decided."""
    (tmp_path / "days.csv").write_bytes(AMBIGUOUS)
    path = tmp_path / "days.csv"
    for flag, first in (("--dayfirst", "2024-04-03"), ("--monthfirst", "2024-03-04")):
        space = ("--workspace", tmp_path / flag)
        assert geomap("ingest", path, flag, *space).code == 0
        events = geomap("events", "--json", *space).document["events"]
        assert events[0]["event_date"] == first

    assumed = geomap("ingest", path, "--yes", "--json", "--workspace", tmp_path / "yes")
    assert assumed.code == 0
    assert assumed.document["files"][0]["of_kept"]["flagged"] == 2


def test_ingest_reads_standard_input_and_mappings(geomap: Geomap) -> None:
    """Columns that cannot be recognised are named by the user."""
    odd = b"k,wann,breite,laenge\n1,2023-03-05,39.8,46.7\n"
    names = ("event_date=wann", "latitude=breite", "longitude=laenge")

    answer = geomap("ingest", "-", *(w for n in names for w in ("--map", n)), "--json", stdin=odd)

    assert (answer.code, answer.document["events_total"]) == (0, 1)
    assert answer.document["files"][0]["path"] == "-"


def test_events_counts_add_up_under_every_filter(
    geomap: Geomap, table: Path, article: Path
) -> None:
    """Six numbers and their total, for every query."""
    geomap("ingest", table, article)
    for words in (
        (),
        ("--from", "2023-03-06", "--to", "2023-03-31"),
        ("--type", "Protest", "--type", "Talks"),
        ("--source", "nobody"),
        ("--status", "reported"),
        ("--precision", "exact"),
        ("--text", "crowd"),
        ("--bbox", "46,39,47,40"),
        ("--place", "shusha"),
        ("--actor", "Army", "--country", "Chad"),
        ("--fatalities", "1..5"),
    ):
        document = geomap("events", "--json", *words).document
        assert list(document) == ["counts", "events"]
        counts = document["counts"]
        assert list(counts) == SEVEN
        assert counts["total"] == sum(counts.values()) - counts["total"]
        assert len(document["events"]) == counts["shown"] + counts["possible"]


def test_events_filters_find_what_they_name(geomap: Geomap, table: Path, article: Path) -> None:
    """Each filter of the contract selects the right event."""
    geomap("ingest", table, article)
    batch = next(
        one["batch_id"]
        for one in geomap("batches", "--json").document["batches"]
        if one["file_name"] == "reports.csv"
    )

    def ids(*words: str) -> set[str]:
        document = geomap("events", "--json", *words).document
        return {event["event_id"] for event in document["events"]}

    assert ids("--batch", batch) == {"reports:1", "reports:2"}
    assert ids("--from", "2023-03-06") == {"reports:2"}
    assert ids("--type", "Talks") == {"reports:2"}
    assert ids("--text", "CROWD met") == {"reports:1"}
    assert ids("--bbox", "46.74,39.79,46.755,39.805", "--batch", batch) == {"reports:1"}
    assert any(one.startswith("article:") for one in ids("--place", "shusha"))


def test_events_are_found_by_either_actor_country_and_deaths(
    geomap: Geomap, tmp_path: Path
) -> None:
    """Either side counts as the actor, and an unknown number of deaths is in no range."""
    table = tmp_path / "sides.csv"
    table.write_text(
        "event_id,event_date,latitude,longitude,event_type,actor1,actor2,country,fatalities\n"
        "1,2023-03-05,12.1,15.1,Battle,Army,Crowd,Chad,4\n"
        "2,2023-03-06,12.2,15.2,Battle,Crowd,,Chad,0\n"
        "3,2023-03-07,13.5,2.1,Battle,Crowd,Army,Niger,\n",
        "utf-8",
    )
    geomap("ingest", table)

    def ids(*words: str) -> str:
        document = geomap("events", "--json", *words).document
        return "".join(event["event_id"][-1] for event in document["events"])

    assert ids("--actor", "Army") == "13"
    assert ids("--actor", "Crowd", "--country", "Chad") == "12"
    assert ids("--country", "Chad", "--country", "Niger") == "123"
    assert ids("--fatalities", "1") == ids("--fatalities", "1..") == "1"
    assert ids("--fatalities", "..4") == "12"
    assert ids("--fatalities", "0..3") == "2"


def test_events_come_in_three_formats_and_a_limit(geomap: Geomap, table: Path) -> None:
    """The limit cuts the list, never the counts."""
    geomap("ingest", table)

    limited = geomap("events", "--format", "json", "--limit", "1").document
    assert (len(limited["events"]), limited["counts"]["shown"]) == (1, 2)
    features = geomap("events", "--format", "geojson").document
    assert features["type"] == "FeatureCollection"
    assert len(features["features"]) == 2
    lines = geomap("events", "--format", "csv").out.splitlines()
    assert lines[0].startswith("event_id,event_date")
    assert "'=1+1" in lines[2]


@pytest.mark.parametrize("ending", ["csv", "geojson", "gpkg", "parquet", "kml", "zip"])
def test_export_writes_every_format(
    geomap: Geomap, table: Path, tmp_path: Path, ending: str
) -> None:
    """The file is there, stdout has one document, stderr is empty with --quiet."""
    geomap("ingest", table)
    out = tmp_path / f"events.{ending}"

    answer = geomap("export", "-o", out, "--json", "--quiet", "--from", "2023-03-06")

    assert (answer.code, answer.err) == (0, "")
    assert answer.document["events"] == 1
    assert out.stat().st_size > 100
    if ending == "zip":
        with zipfile.ZipFile(out) as archive:
            assert "from 2023-03-06" in archive.read("README.txt").decode()


@pytest.mark.parametrize("ending", ["csv", "geojson", "gpkg", "parquet", "kml"])
def test_export_of_everything_comes_back_whole(geomap: Geomap, tmp_path: Path, ending: str) -> None:
    """Events without a place or a day are in no view: they must not be lost on the way."""
    rows = "id,date,latitude,longitude\na,2023-03-05,39.8,46.7\nb,2023-03-06,,\nc,,39.9,46.8\n"
    (tmp_path / "rows.csv").write_text(rows)
    geomap("ingest", tmp_path / "rows.csv", "--yes")
    before = geomap("events", "--json").document["counts"]
    out, copy = tmp_path / f"all.{ending}", tmp_path / "copy"

    assert geomap("export", "-o", out, "--json").document["events"] == 1
    assert geomap("export", "-o", out, "--everything", "--json").document["events"] == 3
    assert geomap("ingest", out, "--workspace", copy).code == 0
    assert geomap("events", "--json", "--workspace", copy).document["counts"] == before
    assert before["unplaced"] == before["undated"] == 1
    assert geomap("export", "-o", out, "--everything", "--type", "Talks").code == 2


def test_snapshot_writes_a_figure(geomap: Geomap, table: Path, tmp_path: Path) -> None:
    """The size and the moment are chosen by flags."""
    geomap("ingest", table)
    out = tmp_path / "figure.png"

    answer = geomap("snapshot", "-o", out, "--title", "T", "--size", "a5", "--portrait", "--json")

    assert answer.code == 0
    assert out.read_bytes().startswith(b"\x89PNG")
    assert list(answer.document["counts"]) == SEVEN


def test_batches_has_its_shape(geomap: Geomap, table: Path) -> None:
    """Each import is listed with its time and its layout."""
    assert geomap("batches", "--json").document == {"batches": []}
    geomap("ingest", table)

    batch = geomap("batches", "--json").document["batches"][0]
    assert (batch["file_name"], batch["layout"]) == ("reports.csv", "plain")
    assert list(batch["counts"]) == COUNTS
    assert len(batch["batch_id"]) == 16


@pytest.mark.parametrize("command", [("events",), ("batches",), ("places", "Baku")])
def test_quiet_says_nothing_on_stderr(geomap: Geomap, command: tuple[str, ...]) -> None:
    """A cron job that succeeds sends no mail."""
    assert geomap(*command, "--quiet").err == ""


def test_a_named_workspace_is_created_without_samples(geomap: Geomap, tmp_path: Path) -> None:
    """A folder that a user names has the user's events only."""
    answer = geomap("events", "--workspace", tmp_path / "mine", "--json")

    assert answer.document["counts"]["total"] == 0
    assert (tmp_path / "mine").is_dir()


def test_a_workspace_that_is_a_file_is_told(geomap: Geomap, table: Path) -> None:
    """The error names the file."""
    answer = geomap("events", "--workspace", table)

    assert answer.code == 2
    assert is_one_sentence(answer.err)


def test_every_bad_file_gets_a_report_or_a_sentence(
    geomap: Geomap, shared: Path, tmp_path: Path
) -> None:
    """No file that anybody may drop ends in a traceback or loses a row."""
    paths = sorted(path for path in (shared / "bad").iterdir() if path.suffix in {".csv", ".tsv"})
    assert paths
    for path in paths:
        answer = geomap("ingest", path, "--json", "--workspace", tmp_path / path.stem)
        assert answer.code in {0, 2}, path.name
        file = answer.document["files"][0]
        if answer.code == 2:
            assert is_one_sentence(answer.err), (path.name, answer.err)
            assert file["counts"] is None
        else:
            counts = file["counts"]
            assert counts["rows"] == sum(counts.values()) - counts["rows"], path.name


def test_the_module_is_the_command(tmp_path: Path) -> None:
    """`python -m geomap` works where the script is not on the path, whatever the locale."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "geomap", "places", "Xankəndi", "--json"]

    answer = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, check=False
    )

    assert (answer.returncode, answer.stderr) == (0, b"")
    assert json.loads(answer.stdout.decode("utf-8"))["query"] == "Xankəndi"
    assert list(tmp_path.iterdir()) == []
