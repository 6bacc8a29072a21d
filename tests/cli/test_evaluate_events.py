"""`geoparse --corpus --events` and `evaluate --events`: what one writes, the other scores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Geomap

TEXT = "BAKU, December 13, 2022. Protesters blocked the road near Shusha on December 12, 2022."
EVENT = {
    "event_type": "Protests",
    "event_date": "2022-12-12",
    "event_date_end": "2022-12-12",
    "places": [{"name": "Shusha", "lat": 39.76, "lon": 46.75}],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a corpus of one document with an event and one without."""
    path = tmp_path / "gold.jsonl"
    documents = [
        {"id": "a", "text": TEXT, "published": "2022-12-13", "events": [EVENT]},
        {"id": "b", "text": "Nothing happened.", "events": []},
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), "utf-8")
    return path


def test_geoparse_writes_the_events_of_a_corpus(geomap: Geomap, gold: Path) -> None:
    """Anyone can score them: days, types, places with their names, the sentences."""
    out = gold.with_name("pred.jsonl")

    answer = geomap("geoparse", "--corpus", gold, "--out", out, "--events", "--json").document
    first, second = map(json.loads, out.read_text("utf-8").splitlines())

    assert answer == {"documents": 2, "toponyms": 2, "events": 1, "path": str(out)}
    assert list(first) == ["id", "toponyms", "dates", "events"]
    assert [list(one) for one in first["dates"]] == [
        ["start", "end", "text", "from", "to", "precision"]
    ] * len(first["dates"])
    (event,) = first["events"]
    assert (event["event_type"], event["event_date"]) == ("Protests", "2022-12-12")
    assert {"status", "sub_event_type", "title", "geo_precision", "fatalities"} <= set(event)
    (place,) = event["places"]
    assert set(place) >= {"place_id", "name", "names", "lat", "lon", "country", "kind"}
    assert "Shusha" in place["names"]
    (evidence,) = event["evidence"]
    assert TEXT[evidence["start_char"] : evidence["end_char"]].startswith("Protesters")
    assert second["events"] == []


def test_evaluate_events_scores_what_geoparse_writes(geomap: Geomap, gold: Path) -> None:
    """Reading the texts and scoring a file of predictions give the same figures."""
    out = gold.with_name("pred.jsonl")
    geomap("geoparse", "--corpus", gold, "--out", out, "--events", "--quiet")

    read = geomap("evaluate", gold, "--events", "--json").document
    scored = geomap("evaluate", gold, "--events", "--pred", out, "--json").document

    assert read == scored
    assert read["type_place_date"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert (read["docs"], read["gold"], read["answers"]) == (2, 1, 1)


def test_evaluate_events_misses_a_bar_with_exit_code_1(
    geomap: Geomap, gold: Path, tmp_path: Path
) -> None:
    """A build can depend on the figures; the mistakes are written with them."""
    nothing, mistakes = tmp_path / "none.jsonl", tmp_path / "mistakes.jsonl"
    nothing.write_text("", "utf-8")
    words = ("evaluate", gold, "--events", "--pred", nothing, "--per-doc", mistakes)

    missed = geomap(*words, "--bar", "type_place_date_r=0.5")

    assert missed.code == 1
    assert "type_place_date_r is 0, below the bar of 0.5." in missed.err
    assert "documents with most mistakes" in missed.out
    first, second = map(json.loads, mistakes.read_text("utf-8").splitlines())
    assert [len(first["missed"]), len(second["missed"])] == [1, 0]
    assert geomap(*words, "--bar", "calibration_error=0.1").code == 1
    assert geomap(*words, "--boot", "20", "--bar", "type_r=0").code == 0


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (("--gold-spans",), "--events and --gold-spans exclude each other"),
        (("--bar", "acc161=0.5"), "names no figure"),
        (("--pred", "-"), "no document"),
    ],
)
def test_evaluate_events_refuses_in_a_sentence(
    geomap: Geomap, gold: Path, extra: tuple[str, ...], words: str
) -> None:
    """A wrong option is no traceback."""
    answer = geomap("evaluate", gold, "--events", *extra, stdin=b'{"id": "x", "events": []}')

    assert answer.code == 2
    assert words in answer.err or "the gold file does not hold" in answer.err


def test_geoparse_refuses_events_without_a_corpus(geomap: Geomap, tmp_path: Path) -> None:
    """The events of one article are always written."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")

    assert geomap("geoparse", path, "--events").code == 2
