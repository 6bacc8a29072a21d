"""The scorer of incidents: pairs, neutral ones, shares and the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench import incident_gold as scorer
from bench.incident_gold import count_document, main, read_gold, score
from bench.table import wilson

GOMA: dict[str, Any] = {
    "name": "Goma", "lat": -1.674, "lon": 29.228, "country": "CD", "kind": "city",
    "relation": None, "radius_km": 10,
}  # fmt: skip


def incident(at: int, *, must: bool = True, day: str = "2024-05-07") -> dict[str, Any]:
    return {
        "id": f"I{at}", "must": must, "types": ["Protests"], "status": "reported",
        "attribution": None, "event_date": day, "event_date_end": day, "date_precision": "day",
        "places": [GOMA], "evidence": [[at, at + 10]],
    }  # fmt: skip


def document(*incidents: dict[str, Any]) -> dict[str, Any]:
    return {"key": "a", "published": "2024-05-08", "incidents": list(incidents)}


def as_event(gold: dict[str, Any], **change: Any) -> dict[str, Any]:
    """Return the event of a reader that got an incident right, or changed as told."""
    start, end = gold["evidence"][0]
    event = {
        "event_type": gold["types"][0],
        "fatalities": (gold.get("killed") or [None])[0],
        "evidence": [{"start_char": start, "end_char": end}],
    }
    kept = ("status", "attribution", "event_date", "event_date_end", "date_precision", "places")
    return event | {key: gold[key] for key in kept} | change


def test_a_reader_that_repeats_the_gold_finds_all_and_is_right_in_all() -> None:
    """Whatever cannot be reached by the gold itself is a fault of the scorer."""
    for name in scorer.SETS:
        gold = read_gold(name, "tune")
        predicted = [
            {"id": d["key"], "events": [as_event(i) for i in d["incidents"]]} for d in gold
        ]
        c = score(gold, predicted)["all"]

        assert c["must"] > 0
        assert c["both"] == c["met"] == c["must"] == c["events"] == c["type"] == c["status"]
        assert c["attribution"] == c["fatalities"] == c["must"]
        assert c["area"] == c["areas"]
        assert c["neutral"] == c["may"]


def test_a_silent_reader_finds_nothing_and_gives_nothing() -> None:
    """Found is 0 of all; right has nothing to be a share of."""
    gold = read_gold("languages", "tune")
    c = score(gold, [{"id": d["key"], "events": []} for d in gold])["all"]

    assert (c["both"], c["events"]) == (0, 0)
    assert c["must"] > 0


def test_a_second_event_of_one_incident_is_wrong() -> None:
    """One happening told twice makes two pins, of which one is too many."""
    gold = incident(0)
    c = count_document([as_event(gold), as_event(gold)], document(gold))

    assert (c["events"], c["both"], c["met"]) == (2, 1, 1)


def test_an_event_of_a_may_incident_counts_in_neither_share() -> None:
    """A reader is neither praised nor blamed for what a careful annotator could leave out."""
    may = incident(0, must=False)
    c = count_document([as_event(may, event_date="2020-01-01")], document(may))

    assert (c["events"], c["neutral"], c["must"]) == (0, 1, 0)
    assert c["quiet"] == 1
    assert c["quiet with events"] == 0


def test_an_event_of_another_kind_in_the_words_of_a_may_incident_is_wrong() -> None:
    """A false battle in a sentence about a fair is still a false battle."""
    may = incident(0, must=False)
    events = [as_event(may, event_type="Battles", event_date="2024-01-01"), as_event(may)]
    c = count_document(events, document(may))

    assert (c["events"], c["neutral"], c["both"]) == (1, 1, 0)


def test_a_second_event_of_a_may_incident_counts_in_neither_share() -> None:
    """Two sentences about what may be left out may be read as two events."""
    may = incident(0, must=False)
    c = count_document([as_event(may), as_event(may)], document(may))

    assert (c["events"], c["neutral"]) == (0, 2)


def test_an_event_with_wrong_day_is_met_but_not_right() -> None:
    """The map would show it on a day on which it did not happen."""
    gold = incident(0)
    wrong = as_event(gold, event_date="2024-05-01", event_date_end="2024-05-01")
    c = count_document([wrong], document(gold))

    assert (c["met"], c["both"], c["place"], c["day"]) == (1, 0, 1, 0)


def test_pairs_are_the_best_ones_also_when_evidence_is_a_whole_sentence() -> None:
    """A sentence with two incidents must not swap them."""
    first, second = incident(0), incident(20, day="2024-05-03")
    sentence = [{"start_char": 0, "end_char": 40}]
    events = [as_event(second, evidence=sentence), as_event(first, evidence=sentence)]
    c = count_document(events, document(first, second))

    assert (c["both"], c["met"]) == (2, 2)


def test_an_event_without_common_words_pairs_only_if_day_place_and_type_agree() -> None:
    """An event that is right by chance in day and place is another event."""
    gold = incident(0)
    elsewhere = [{"start_char": 90, "end_char": 99}]
    same = as_event(gold, evidence=elsewhere)

    assert count_document([same], document(gold))["both"] == 1
    assert count_document([same | {"event_type": "Talks"}], document(gold))["met"] == 0


def test_score_refuses_predictions_that_lack_a_document() -> None:
    """Predictions of the other half would otherwise count as misses."""
    with pytest.raises(ValueError, match="No prediction for 1 documents, the first is 'a'"):
        score([document(incident(0))], [])


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilson_is_the_published_interval(hits: int, total: int, low: float, high: float) -> None:
    """Small halves need honest intervals; values by Wilson (1927) at z = 1.96."""
    assert wilson(hits, total) == pytest.approx((low, high), abs=0.001)


def test_main_writes_the_documents_and_scores_what_comes_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The two commands are all that somebody needs to score another reader."""
    documents, predicted = tmp_path / "docs.jsonl", tmp_path / "pred.jsonl"
    options = ["--set", "languages", "--half", "tune"]
    assert main(["--write", str(documents), *options]) == 0
    lines = [json.loads(line) for line in documents.read_text("utf-8").splitlines()]
    assert all({"id", "text", "published"} == set(line) for line in lines)

    rows = ({"id": line["id"], "events": []} for line in lines)
    predicted.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    assert main([str(predicted), *options]) == 0
    assert "found: must in day and place" in capsys.readouterr().out
    predicted.write_text("", encoding="utf-8")
    assert main([str(predicted), *options]) == 2
