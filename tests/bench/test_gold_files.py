"""The gold itself: offsets hold, words are those of the guideline, no text that is not ours."""

import hashlib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench.gold_fit import TYPES, dest_of, kilometres
from bench.incident_gold import GOLD, HALVES, SETS, read_gold, read_lines, texts
from bench.relative_gold import KINDS
from bench.relative_gold import read_gold as read_phrases

LANGUAGES = ("ru", "uk", "az", "tr", "hy", "ar", "es", "fr")
OF_PHRASES = ("en", "ru", "az", "tr", "fr", "ar")
BOTH = [(name, half) for name in SETS for half in HALVES]
COUNTED = ("killed", "injured", "missing", "detained", "displaced", "rescued")


def documents(name: str, half: str) -> list[tuple[dict[str, Any], str]]:
    gold = read_gold(name, half)
    return [(g, line["text"]) for g, line in zip(gold, texts(gold), strict=True)]


@pytest.mark.parametrize(("name", "half"), BOTH)
def test_incidents_have_the_words_and_order_of_the_guideline(name: str, half: str) -> None:
    """A type that no reader can give would make it miss for ever."""
    faults = []
    for document in read_gold(name, half):
        for incident in document["incidents"]:
            start, end = incident["event_date"], incident["event_date_end"]
            sound = (
                incident["types"]
                and set(incident["types"]) <= set(TYPES)
                and incident["status"]
                in {"reported", "planned", "prevented", "attempted", "denied"}
                and incident["evidence"]
                and (not incident["must"] or incident["places"])
                and (start is None) == (incident["date_precision"] is None)
                and (not start or not end or date.fromisoformat(start) <= date.fromisoformat(end))
                and all(
                    incident[what][1] is None or (incident[what][0] or 0) <= incident[what][1]
                    for what in COUNTED
                    if what in incident
                )
            )
            if not sound:
                faults.append((document["key"], incident["id"]))

    assert faults == []


@pytest.mark.parametrize("half", HALVES)
def test_offsets_of_our_texts_point_at_the_words_they_name(half: str) -> None:
    """A slipped offset would pair an event with its neighbour."""
    faults = []
    for document, text in documents("languages", half):
        assert hashlib.sha256(text.encode()).hexdigest() == document["sha256"]
        for incident in document["incidents"]:
            places = incident["places"]
            sound = all(text[p["start"] : p["end"]] == p["name"] for p in places)
            if not sound or not all(text[a:b].strip() for a, b in incident["evidence"]):
                faults.append((document["key"], incident["id"]))

    assert faults == []


@pytest.mark.parametrize("half", HALVES)
def test_offsets_in_the_corpora_point_at_the_words_they_name(shared: Path, half: str) -> None:
    """The texts are not here: a corpus in another edition must not be scored in silence."""
    assert shared.is_dir()
    faults = []
    for document, text in documents("ordinary", half):
        assert hashlib.sha256(text.encode()).hexdigest() == document["sha256"]
        for incident in document["incidents"]:
            wrong = [p for p in incident["places"] if text[p["start"] : p["end"]] != p["name"]]
            faults += [(document["key"], incident["id"], p["start"]) for p in wrong]

    assert faults == []


def test_the_gold_of_the_corpora_holds_no_text_of_them() -> None:
    """Facts and names of places may be given on, sentences and titles may not."""
    longest = 0
    for half in HALVES:
        for document in read_lines(GOLD / "ordinary" / half / "gold.jsonl"):
            assert {"text", "title"} & set(document) == set()
            for incident in document["incidents"]:
                names = [place["name"] for place in incident["places"]]
                names += [v for v in (incident["attribution"] or {}).values() if v]
                longest = max(longest, *(len(name.split()) for name in names or [""]))

    assert longest <= 7


def test_halves_share_no_document_and_each_language_has_four_in_each() -> None:
    """What was tuned on must not be scored at the end."""
    keys = {half: {d["key"] for n in SETS for d in read_gold(n, half)} for half in HALVES}
    assert keys["tune"] & keys["held"] == set()

    for half in HALVES:
        per_language = Counter(d["language"] for d in read_gold("languages", half))
        assert per_language == dict.fromkeys(LANGUAGES, 4)


@pytest.mark.parametrize("half", HALVES)
def test_phrases_are_fifty_a_language_and_compute_to_their_points(half: str) -> None:
    """The expected point follows from base, distance and bearing, nothing else."""
    phrases = read_phrases(half)
    assert Counter(p["language"] for p in phrases) == dict.fromkeys(OF_PHRASES, 50)
    assert {p["kind"] for p in phrases} == set(KINDS)

    for phrase in phrases:
        assert 0 <= phrase["start"] < phrase["end"] <= len(phrase["text"])
        if phrase["kind"] == "distance":
            base = phrase["base"][0]
            point = dest_of(base["lat"], base["lon"], phrase["bearing"], phrase["distance_km"])
            assert kilometres(*point, phrase["lat"], phrase["lon"]) < 0.1
