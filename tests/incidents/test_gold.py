"""The gold articles of the benchmark: their offsets hold, and what we read does not slide back."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from bench.incidents import measure
from geomap.gazetteer import Gazetteer

FOLDER = Path(__file__).resolve().parents[2] / "bench" / "gold" / "articles"
GOLD = sorted(FOLDER.glob("*.gold.json"))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name[:-10])
def test_gold_offsets_point_at_the_words_they_name(path: Path) -> None:
    """A slipped offset would score every reader wrong."""
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_name(gold["file"]).read_text(encoding="utf-8")
    marks = [*gold["places"], *gold["dates"], *gold["not_places"]]
    marks += [mark for event in gold["events"] for mark in event["evidence"]]

    assert hashlib.sha256(text.encode()).hexdigest() == gold["sha256"]
    assert [m for m in marks if text[m["start"] : m["end"]] != m["text"]] == []


def test_incidents_of_both_halves_keep_their_precision_and_recall(gazetteer: Gazetteer) -> None:
    """Four of five events right, and four of five found ones true, also where nobody tuned."""
    counts, _, _ = measure(gazetteer)

    assert set(counts) == {"dev", "held", "new held"}  # the last is scored by `bench` alone
    for half in ("dev", "held"):
        count = counts[half]
        assert count["events right"] / count["events gold"] > 0.8
        assert count["events right"] / count["events found"] > 0.8
        assert count["status right"] / count["status gold"] > 0.85
