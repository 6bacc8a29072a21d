"""`geomap gazetteer`: places in, listed, out again, by exit code and JSON."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Geomap = Callable[..., Any]
KEYS = {"name", "path", "sha256", "format", "rows", "accepted", "rejected", "shards", "issues"}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a file of three places, one of them nowhere."""
    path = tmp_path / "Own.csv"
    path.write_text("name,lat,lon\nQuietford,40.1,45.2\nNowhere,,\nTwobridges,40.2,45.3\n", "utf-8")
    return path


@pytest.mark.parametrize("command", ["import", "list", "remove", "suggest"])
def test_help_names_an_example(geomap: Geomap, command: str) -> None:
    """A user who has forgotten the options gets a line to copy."""
    answer = geomap("gazetteer", command, "--help")

    assert answer.code == 0
    assert f"Example: geomap gazetteer {command}" in " ".join(answer.out.split())


def test_import_list_and_remove_keep_to_their_shapes(geomap: Geomap, own: Path) -> None:
    """Scripts rely on these keys and counts."""
    taken = geomap("gazetteer", "import", own, "--json").document
    listed = geomap("gazetteer", "list", "--json").document
    removed = geomap("gazetteer", "remove", "own", "--json").document

    assert set(taken) >= KEYS
    assert (taken["name"], taken["format"], taken["path"]) == ("own", "csv", str(own))
    assert (taken["rows"], taken["accepted"], taken["rejected"]) == (3, 2, 1)
    assert set(taken["issues"][0]) == {"row", "column", "value", "code", "reason", "remedy"}
    assert taken["issues"][0]["row"] == 3
    assert [one["name"] for one in listed["imports"]] == ["own"]
    assert removed == {"removed": "own"}
    assert geomap("gazetteer", "list", "--json").document == {"imports": []}


def test_import_tells_a_person_what_became_of_the_rows(geomap: Geomap, own: Path) -> None:
    """The counts and the first reasons are printed, with --quiet nothing is."""
    answer = geomap("gazetteer", "import", own)
    again = geomap("gazetteer", "import", own, "--replace", "--quiet")

    assert "3 rows, 2 accepted, 1 rejected; imported as own" in answer.out
    assert "row 3, latitude: There is no latitude." in answer.out
    assert (again.code, again.out, again.err) == (0, "", "")


def test_import_reads_standard_input(geomap: Geomap, own: Path) -> None:
    """The output of another program need not be saved to a file."""
    answer = geomap("gazetteer", "import", "-", "--name", "piped", "--json", stdin=own.read_bytes())

    assert answer.code == 0
    assert (answer.document["path"], answer.document["accepted"]) == ("standard input", 2)


@pytest.mark.parametrize(
    "words",
    [
        ("import", "missing.csv"),
        ("import", "."),
        ("import", "{own}", "--format", "shapefile"),
        ("import", "{own}", "--name", "../x"),
        ("remove", "missing"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    geomap: Geomap, own: Path, words: tuple[str, ...]
) -> None:
    """An error is one sentence, not a traceback."""
    answer = geomap("gazetteer", *(word.format(own=own) for word in words))

    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("geomap: ")
    assert answer.err.count("\n") == 1


def test_a_taken_name_is_refused_with_the_way_out(geomap: Geomap, own: Path) -> None:
    """The sentence names the two options that help."""
    geomap("gazetteer", "import", own)
    answer = geomap("gazetteer", "import", own)

    assert answer.code == 2
    assert "--name" in answer.err
    assert "--replace" in answer.err


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_stopped_import_leaves_no_import(
    tmp_path: Path, geomap: Geomap, own: Path, sign: signal.Signals, code: int
) -> None:
    """Ctrl-C leaves nothing; files left by a kill are ignored and removed by the next import."""
    dump = tmp_path / "big.txt"
    row = "\tTown\tTown\t\t40\t45\tP\tPPL\tAZ\t\t\t\t\t\t1\t\t1\tAsia/Baku\t2020-01-01\n"
    with dump.open("w", encoding="utf-8") as out:
        out.writelines(f"{number}{row}" for number in range(300_000))
    shelf = tmp_path / "workspace" / "gazetteer"
    words = [sys.executable, "-m", "geomap", "gazetteer", "import", str(dump)]
    running = subprocess.Popen(
        words,
        env=dict(os.environ),
        stderr=subprocess.DEVNULL,
        # A shell's background jobs start with Ctrl-C ignored; the import must not inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    deadline = time.monotonic() + 60
    while not list(shelf.glob(".draft-*/shard-001")) and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(sign)

    assert running.wait(60) == code
    assert not (shelf / "big").exists()
    if sign == signal.SIGINT:
        assert [path.name for path in shelf.iterdir()] == [".lock"]
    assert json.loads(geomap("gazetteer", "list", "--json").out) == {"imports": []}
    assert geomap("gazetteer", "import", own).code == 0
    assert sorted(path.name for path in shelf.iterdir()) == [".lock", "own"]


def test_suggest_counts_unplaced_names_of_tables_and_articles(
    geomap: Geomap, tmp_path: Path
) -> None:
    """The user learns which dump to fetch; a name without a country is counted beside it."""
    table = tmp_path / "rows.csv"
    table.write_text(
        "date,place,country,title\n"
        "2023-01-01,Obscurevillage,Mali,a\n"
        "2023-01-02,Bamako,Mali,b\n"
        "2023-01-03,Zorblit,Ukraine,c\n"
        "2023-01-04,Obscurevillage,Mali,d\n"
        "2023-01-05,Nowhereton,,e\n",
        "utf-8",
    )
    assert geomap("ingest", table, "--yes").code == 0

    suggestion = geomap("gazetteer", "suggest", "--json").document
    lines = geomap("gazetteer", "suggest").out.splitlines()

    assert [(one["country"], one["unplaced_names"]) for one in suggestion["countries"]] == [
        ("ML", 1),
        ("UA", 1),
    ]
    assert set(suggestion["countries"][0]) == {"country", "dump", "unplaced_names", "examples"}
    assert suggestion["countries"][0]["examples"] == ["Obscurevillage"]
    assert suggestion["without_country"] == {"unplaced_names": 1, "examples": ["Nowhereton"]}
    assert len(lines) == 5
    assert lines[1].split()[:2] == ["ML", "1"]
    assert "geomap gazetteer import" in lines[-1]


def test_suggest_leaves_out_what_an_import_has_placed(geomap: Geomap, tmp_path: Path) -> None:
    """Once the dump is in and the rows are read again, the name is no longer missing."""
    table, places = tmp_path / "rows.csv", tmp_path / "places.csv"
    table.write_text("date,place,country,title\n2023-01-01,Obscurevillage,Mali,a\n", "utf-8")
    places.write_text("name,lat,lon,country_code\nObscurevillage,14.5,-4.2,ML\n", "utf-8")
    geomap("gazetteer", "import", places)
    geomap("ingest", table, "--yes")

    assert geomap("gazetteer", "suggest", "--json").document["countries"] == []
    assert "Every place name in the workspace was placed." in geomap("gazetteer", "suggest").err
