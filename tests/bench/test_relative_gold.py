"""The scorer of relative places: kind, distance and bearing."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.gold_fit import dest_of
from bench.relative_gold import judge, kind_of, main, read_gold, score

KHARKIV: dict[str, Any] = {
    "name": "Kharkiv", "lat": 49.99, "lon": 36.23, "country": "UA", "kind": "city",
}  # fmt: skip


def phrase(kind: str, km: float | None = None, bearing: float | None = None) -> dict[str, Any]:
    gold = {"kind": kind, "base": [KHARKIV], "distance_km": km, "bearing": bearing}
    if kind == "distance":
        gold["lat"], gold["lon"] = dest_of(49.99, 36.23, bearing or 0, km or 0)
    return gold


def at(bearing: float, km: float, relation: str | None) -> dict[str, Any]:
    lat, lon = dest_of(49.99, 36.23, bearing, km)
    return {"name": "x", "lat": lat, "lon": lon, "relation": relation, "country": "UA"}


@pytest.mark.parametrize(
    ("gold", "place", "right"),
    [
        (phrase("distance", 20, 180), at(180, 20, "20 km south of"), True),
        (phrase("distance", 20, 180), at(180, 26, "distance"), False),
        (phrase("distance", 20, 180), at(0, 20, "distance"), False),
        (phrase("distance", 20, 180), at(180, 20, None), False),
        (phrase("near"), at(0, 0, "near"), True),
        (phrase("near"), at(0, 0, None), False),
        (phrase("near", 12), at(90, 12, "distance"), True),
        (phrase("sector", None, 0), at(20, 40, "north of"), True),
        (phrase("sector", None, 0), at(120, 40, "north of"), False),
        (phrase("coast"), at(90, 30, "off the coast"), True),
        (phrase("none"), at(0, 0, None), True),
        (phrase("none"), at(0, 0, "near"), False),
    ],
)
def test_judge_wants_kind_and_position_of_one_place(
    gold: dict[str, Any], place: dict[str, Any], right: bool
) -> None:
    """A pin on the base is not 20 km south of it."""
    assert judge([place], gold)[2] is right


def test_a_road_is_right_as_a_line_between_its_ends() -> None:
    """Both words mean the same stretch of land."""
    poltava = {"name": "Poltava", "lat": 49.588, "lon": 34.551, "country": "UA", "kind": "city"}
    gold = phrase("road") | {"base": [KHARKIV, poltava]}
    middle = {"lat": 49.79, "lon": 35.39, "relation": "between"}

    assert judge([middle], gold) == (True, True, True)
    assert judge([middle | {"lat": 51.0}], gold) == (True, False, False)


def test_kind_of_reads_a_relation_in_the_words_of_the_text() -> None:
    """Readers name relations differently."""
    assert kind_of({"relation": "12 miles north-west of"}) == "distance"
    assert kind_of({"relation": "South-east of"}) == "sector"
    assert kind_of({"kind": "admin1"}) == "unit"
    assert kind_of({"kind": "city"}) == "none"


def test_score_counts_a_phrase_without_prediction_as_wrong() -> None:
    """Silence is not right, except where there is nothing relative."""
    counts = score(read_gold("tune"), [])

    assert counts["all"]["phrases"] == 300
    assert counts["all"]["both"] == counts["none"]["both"] == counts["none"]["phrases"]


def test_main_writes_the_sentences_and_scores_what_comes_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The two commands are all that somebody needs to score another reader."""
    sentences, predicted = tmp_path / "docs.jsonl", tmp_path / "pred.jsonl"
    assert main(["--write", str(sentences), "--half", "tune"]) == 0
    lines = [json.loads(line) for line in sentences.read_text("utf-8").splitlines()]
    rows = ({"id": line["id"], "events": []} for line in lines)
    predicted.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    assert main([str(predicted), "--half", "tune"]) == 0
    assert "distance" in capsys.readouterr().out
