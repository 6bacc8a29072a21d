"""The same bytes have the same fate whatever the file is called, and none ends in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from geomap.ingest import IngestOptions, IngestResult
from geomap.ingest.events.result_shape import result_shape
from geomap.workspace import Workspace

ENDINGS = ("", ".json", ".jsonl", ".ndjson", ".geojson", ".txt", ".csv", ".html", ".md", ".xml")
ROWS = [
    {"id": 1, "date": "2023-03-05", "latitude": 39.8, "longitude": 46.75, "type": "Protest"},
    {"id": 2, "date": "2023-03-06", "latitude": 39.9, "longitude": 46.76, "type": "Clash"},
]
WITH_TEXT = [{**row, "text": "A crowd met in the square."} for row in ROWS]
STORY = (
    "Protesters blocked the road near Shusha on 12 December 2022, officials said.\n\n"
    "Shots were fired in Stepanakert on 14 December 2022.\n"
)
QUIET = "The committee will meet again, its chair said. Nothing else is known so far.\n"
STORIES = [{"id": "a", "title": "One", "text": STORY}, {"id": "b", "title": "Two", "text": QUIET}]


def feature(**properties: Any) -> dict[str, Any]:
    """Return a GeoJSON feature of one event."""
    geometry = {"type": "Point", "coordinates": [46.75, 39.8]}
    days = {"date": "2023-03-05"}
    return {"type": "Feature", "properties": days | properties, "geometry": geometry}


def lines(values: list[dict[str, Any]]) -> str:
    """Return one JSON value a line."""
    return "".join(json.dumps(value) + "\n" for value in values)


def csv(rows: list[dict[str, Any]], delimiter: str = ",") -> str:
    """Return rows as delimited text."""
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    return "".join(delimiter.join(map(str, cells)) + "\n" for cells in table)


EVENTS = {
    "rows in a JSON list": (json.dumps(ROWS), 2),
    "one row in a JSON list": (json.dumps(ROWS[:1]), 1),
    "one row as a JSON object": (json.dumps(ROWS[0]), 1),
    "a JSON row a line": (lines(ROWS), 2),
    "the answer of an interface": (json.dumps({"count": 2, "data": ROWS}), 2),
    "rows in a CSV": (csv(ROWS), 2),
    "rows with a text in a CSV": (csv(WITH_TEXT), 2),
    "rows between semicolons": (csv(ROWS, ";"), 2),
    "rows between tabs": (csv(WITH_TEXT, "\t"), 2),
    "one feature": (json.dumps(feature()), 1),
    "one feature with a text": (json.dumps(feature(text=STORY)), 1),
    "a collection of features": (
        json.dumps({"type": "FeatureCollection", "features": [feature(), feature(text=STORY)]}), 2,
    ),
    "a feature a line": (lines([feature(), feature(n=2)]), 2),
    "placemarks": (
        (
            "<?xml version='1.0'?><kml><Placemark><TimeStamp><when>2023-03-05</when></TimeStamp>"
            "<Point><coordinates>46.75,39.8</coordinates></Point></Placemark></kml>"
        ), 1,
    ),
}  # fmt: skip
ARTICLES = {
    "a text": (STORY, 1),
    "a text without incidents": (QUIET, 1),
    "front matter": (f"---\ntitle: A walk\npublished: 2022-12-15\n---\n{STORY}", 1),
    "a web page": (f"<!DOCTYPE html><html><body><p>{STORY}</p></body></html>", 1),
    "an article as JSON": (json.dumps(STORIES[0]), 1),
    "articles in a JSON list": (json.dumps(STORIES), 2),
    "an article a line": (lines(STORIES), 2),
    "articles in an answer": (json.dumps({"status": "ok", "articles": STORIES}), 2),
    "an article that names places by itself": (
        json.dumps({"text": STORY, "toponyms": [{"name": "Shusha", "lat": 39.7, "lon": 46.7}]}), 1,
    ),
}  # fmt: skip
EITHER = {
    "rows with a text in a JSON list": json.dumps(WITH_TEXT),
    "a row with a text as JSON": json.dumps(WITH_TEXT[0]),
    "a row with a text a line": lines(WITH_TEXT),
    "texts of places": json.dumps([{"text": STORY, "location": "Shusha"}]),
    "texts with the id of an event": json.dumps([{"text": STORY, "event_id": "E1"}]),
}
NEITHER = {
    "numbers": "[1, 2, 3]",
    "the error of an interface": json.dumps({"error": "not found", "code": 404}),
    "broken JSON": '{"type": "FeatureCollection", "features": [{"a": ',
    "a feed without texts": "<?xml version='1.0'?><rss><channel><item>x</item></channel></rss>",
    "words": "one column\nof words\n",
    "a login page": "<html><body><form>Name<input></form></body></html>",
    "no features": '{"type": "FeatureCollection", "features": []}',
    "nothing": " \n",
}

Ingest = Callable[[str, str], IngestResult]


@pytest.fixture
def look(workspace: Workspace) -> Ingest:
    """Return a function that reports what a text under a name would change."""

    def run(text: str, ending: str) -> IngestResult:
        return workspace.ingest(text.encode(), name=f"file{ending}", dry_run=True)

    return run


def fate(report: IngestResult) -> tuple[object, ...]:
    """Return the content of a report apart from the name of the file."""
    answer = result_shape(report)
    warnings = [warning["code"] for warning in answer["warnings"]]
    question = answer["question"] and answer["question"]["about"]
    return (answer["layout"], answer["counts"], question, warnings, len(answer["issues"]))


def warned(report: IngestResult) -> set[str]:
    """Return the codes of the warnings of a report."""
    return {code for code, _ in report.batch.warnings}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", EVENTS)
def test_rows_of_events_go_in_under_any_name(look: Ingest, kind: str, ending: str) -> None:
    """A name decides nothing: rows that are a table as .csv are one as .txt and as .json."""
    text, count = EVENTS[kind]

    report = look(text, ending)

    assert report.batch.counts, report.batch.warnings
    assert report.batch.counts["accepted"] == report.batch.counts["rows"] == count
    assert report.batch.layout != "article"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", ARTICLES)
def test_articles_are_read_under_any_name(look: Ingest, kind: str, ending: str) -> None:
    """An article without an incident comes with a warning: no silent "0 rows"."""
    text, count = ARTICLES[kind]

    report = look(text, ending)

    assert report.batch.layout == "article", report.batch.warnings
    assert report.batch.counts["rows"] or "no_incidents" in warned(report)
    several = "texts" if count > 1 else "a text"
    assert several in (report.batch.layout_reason or "")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", EITHER)
def test_records_that_may_be_both_are_a_question(look: Ingest, kind: str, ending: str) -> None:
    """Only its owner can decide, and the question names the option that answers it."""
    report = look(EITHER[kind], ending)

    assert not report.batch.counts
    assert report.question is not None
    assert (report.question.about, set(report.question.choices)) == ("kind", {"events", "articles"})
    assert "--as events or --as articles" in report.question.message
    assert report.question.proof


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", NEITHER)
def test_what_holds_neither_is_refused_in_a_sentence(look: Ingest, kind: str, ending: str) -> None:
    """Refused, with the reason, under every name."""
    report = look(NEITHER[kind], ending)

    assert report.is_refused
    ((code, sentence),) = report.batch.warnings
    assert code
    assert sentence.startswith(f"file{ending}")
    assert sentence.endswith(".")


@pytest.mark.parametrize("kind", [*EVENTS, *ARTICLES, *EITHER, *NEITHER])
def test_the_same_bytes_have_the_same_fate(look: Ingest, kind: str) -> None:
    """Counts, layout, question and warnings do not depend on the ending."""
    texts = {k: v[0] for k, v in (EVENTS | ARTICLES).items()} | EITHER | NEITHER

    fates = {repr(fate(look(texts[kind], ending))) for ending in ENDINGS}

    assert len(fates) == 1


def test_a_table_without_rows_says_so(look: Ingest) -> None:
    """A header alone adds nothing, and the reason is stated."""
    report = look("id,date,latitude,longitude\n", ".csv")

    assert report.batch.counts["rows"] == 0
    assert "no_rows" in warned(report)


@pytest.mark.parametrize(("kind", "rows"), [("events", 2), ("articles", 0)])
def test_the_owner_says_what_a_file_holds(workspace: Workspace, kind: Any, rows: int) -> None:
    """The answer to the question is taken, and kept with the import."""
    data = json.dumps([{**row, "text": QUIET} for row in ROWS]).encode()

    report = workspace.ingest(data, name="rows.json", options=IngestOptions(read_as=kind))

    assert report.batch.counts["rows"] == rows
    assert (report.batch.layout == "article") == (kind == "articles")
    assert workspace.batches()[0].options["read_as"] == kind


def test_a_yes_takes_the_likelier_kind_and_says_so(workspace: Workspace) -> None:
    """`--yes` answers this question like the others, in the open."""
    data = json.dumps(WITH_TEXT).encode()

    report = workspace.ingest(data, name="rows.json", options=IngestOptions(assume_yes=True))

    assert report.batch.counts["accepted"] == 2
    assert "kind_assumed" in warned(report)
    assert set(workspace.events()["notes"]) == {"A crowd met in the square."}
