"""Words for people on the command line: beside the places, and in a corpus among them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Geomap

TEXT = "The Israeli minister met officers in Baku."


def test_demonyms_are_beside_the_toponyms(geomap: Geomap) -> None:
    """A map of places has no pin for an adjective."""
    shape = geomap("geoparse", "-", "--json", stdin=TEXT.encode()).document

    assert [t["text"] for t in shape["toponyms"]] == ["Baku"]
    assert [t["text"] for t in shape["demonyms"]] == ["Israeli"]


def test_a_corpus_counts_demonyms_as_names(tmp_path: Path, geomap: Geomap) -> None:
    """Corpora annotate them; figures must be comparable."""
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text(json.dumps({"doc_id": "a", "text": TEXT, "toponyms": []}) + "\n", "utf-8")

    answer = geomap("geoparse", "--corpus", str(gold), "--out", str(out))

    assert answer.code == 0, answer.err
    (line,) = out.read_text("utf-8").splitlines()
    assert sorted(text_of(t) for t in json.loads(line)["toponyms"]) == ["Baku", "Israeli"]


def text_of(toponym: dict[str, int]) -> str:
    """Return the words that a toponym of a corpus stands on."""
    return TEXT[toponym["start"] : toponym["end"]]
