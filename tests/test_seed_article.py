"""A real wire article, outside the project, against its gold: the bar of the whole chain."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.incidents import read_article
from geomap.model import GeoparsedArticle, Incident, Status, Toponym, ToponymKind
from geomap.readers.article_files import read_articles

KILOMETRES_PER_DEGREE = 111.2
POINTLESS = {ToponymKind.COUNTRY, ToponymKind.CONTINENT}


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Any]:
    """Return the gold of the one article kept outside the project."""
    path = next((shared / "articles").glob("*.gold.json"))
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Return all layers: the curated one must win against the whole world."""
    return open_gazetteer()


@pytest.fixture(scope="module")
def parsed(shared: Path, gold: dict[str, Any], gazetteer: Gazetteer) -> GeoparsedArticle:
    """Return the article as geomap reads it."""
    (article,) = read_articles(shared / "articles" / gold["file"])
    return read_article(article, gazetteer)


def at(parsed: GeoparsedArticle, start: int, end: int) -> list[Toponym]:
    """Return the toponyms that overlap a stretch of the text."""
    return [t for t in parsed.toponyms if t.start_char < end and start < t.end_char]


def test_the_text_is_kept_to_the_letter(gold: dict[str, Any], parsed: GeoparsedArticle) -> None:
    """Offsets are only worth something against the text as it came."""
    assert len(parsed.article.text) == gold["chars"]


def test_publication_day_and_dateline_are_found(parsed: GeoparsedArticle) -> None:
    """The dateline day gets its year from the article, not from today."""
    assert parsed.article.published == date(2023, 3, 1)
    assert parsed.dateline is not None
    assert parsed.dateline.day == date(2023, 2, 28)


def test_every_place_that_must_be_mapped_is(gold: dict[str, Any], parsed: GeoparsedArticle) -> None:
    """Seven mentions, five entities, each within its tolerance and with its geometry."""
    missed = []
    for wanted in (place for place in gold["places"] if place["must_map"]):
        found = [t for t in at(parsed, wanted["start"], wanted["end"]) if t.place is not None]
        if not any(fits(toponym, wanted) for toponym in found):
            missed.append((wanted["text"], [(t.text, t.kind, t.place) for t in found]))
    assert not missed


def fits(toponym: Toponym, wanted: dict[str, Any]) -> bool:
    """Return whether a toponym is the wanted place."""
    place = toponym.place
    if place is None or place.geometry is None:
        return False
    if "geometry" in wanted:
        return bool(place.geometry.geom_type == wanted["geometry"])
    from shapely import Point

    off = place.geometry.distance(Point(wanted["lon"], wanted["lat"])) * KILOMETRES_PER_DEGREE
    return bool(off <= wanted["tol_km"])


def test_no_person_company_or_agency_is_mapped(
    gold: dict[str, Any], parsed: GeoparsedArticle
) -> None:
    """A minister is not a town in Siberia."""
    wrong = [
        (name["text"], toponym.place.place_id)
        for name in gold["not_places"]
        for toponym in at(parsed, name["start"], name["end"])
        if toponym.place is not None
        and toponym.kind is not ToponymKind.ZONE  # a demonym may be part of a zone's description
        and toponym.kind not in POINTLESS
    ]
    assert not wrong


def events_of(parsed: GeoparsedArticle, day: date) -> list[Incident]:
    """Return the incidents that begin on a day."""
    return [i for i in parsed.incidents if i.span is not None and i.span.start == day]


def ids(incident: Incident) -> set[str]:
    """Return the ids of an incident's places."""
    return {place.place_id for place in incident.places}


def test_the_protest_is_open_and_lies_on_the_road(parsed: GeoparsedArticle) -> None:
    """E1: one line, not a pin in either of the towns that name the road."""
    (protest,) = events_of(parsed, date(2022, 12, 12))
    assert protest.span is not None
    assert protest.span.end is None
    assert protest.status is Status.REPORTED
    assert {p.geometry.geom_type for p in protest.places if p.geometry} == {"LineString"}


@pytest.mark.parametrize("day", [date(2022, 12, 3), date(2022, 12, 7)])
def test_the_talks_of_two_days_are_two_events(parsed: GeoparsedArticle, day: date) -> None:
    """E2, E3: a list of days is not a range."""
    (talks,) = events_of(parsed, day)
    assert talks.span is not None
    assert talks.span.end == day
    assert talks.status is Status.REPORTED
    assert ids(talks) <= {"rpk_zone"}


def test_the_inspection_was_prevented_not_held(parsed: GeoparsedArticle) -> None:
    """E4: planned, then said not to have taken place: one event, prevented, at the deposits."""
    (visit,) = events_of(parsed, date(2022, 12, 10))
    assert visit.span is not None
    assert visit.span.end == date(2022, 12, 10)
    assert visit.status is Status.PREVENTED
    assert ids(visit) in (
        {"gizilbulagh_deposit", "damirli_deposit"},
        {"gizilbulagh_deposit", "damirli_deposit", "rpk_zone"},
    )


def test_the_meeting_is_in_the_dateline_town(parsed: GeoparsedArticle) -> None:
    """E5: place and day come from the dateline."""
    (meeting,) = events_of(parsed, date(2023, 2, 28))
    assert meeting.span is not None
    assert meeting.span.end == date(2023, 2, 28)
    assert ids(meeting) == {"baku"}
    assert meeting.status is Status.REPORTED


def test_no_other_event_is_drawn(parsed: GeoparsedArticle) -> None:
    """Background (a war, two statements of other years) may be listed, never placed as new."""
    wanted = {date(2022, 12, d) for d in (3, 7, 10, 12)} | {date(2023, 2, 28)}
    drawn = [i for i in parsed.incidents if i.places and i.span and i.span.start not in wanted]
    assert [i.title for i in drawn] == []


def test_no_country_becomes_a_pin(parsed: GeoparsedArticle) -> None:
    """A country is a party here, not a position."""
    countries = [i.title for i in parsed.incidents if any(p.kind in POINTLESS for p in i.places)]
    assert countries == []
