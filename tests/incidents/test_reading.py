"""What short reports of every kind come out as."""

from collections.abc import Callable
from datetime import date

import pytest
from shapely import LineString

from geomap.incidents import incidents_table
from geomap.model import DatePrecision, GeoparsedArticle, GeoPrecision, Incident, Status

Read = Callable[..., GeoparsedArticle]


def only(parsed: GeoparsedArticle) -> Incident:
    """Return the one incident of a text."""
    (incident,) = parsed.incidents
    return incident


def names(incident: Incident) -> list[str]:
    """Return the names of an incident's places."""
    return [place.name for place in incident.places]


def days(parsed: GeoparsedArticle) -> list[date]:
    """Return the first days of all incidents."""
    return [i.span.start for i in parsed.incidents if i.span is not None]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("A bomb exploded in Kaduna on 12 June.", Status.REPORTED),
        ("The rebels claimed that their men had shelled Kaduna on 12 June.", Status.CLAIMED),
        ("The army said its troops shelled a camp near Kaduna on 12 June.", Status.CLAIMED),
        ("The ministry denied that its planes had bombed Kaduna on 12 June.", Status.DENIED),
        ("A protest will be held in Kaduna on 20 June.", Status.PLANNED),
        ("The talks planned for 12 June in Kaduna did not take place.", Status.PREVENTED),
        ("Police foiled an attack on a market in Kaduna on 12 June.", Status.PREVENTED),
        ("A rally in Kaduna on 12 June was called off.", Status.PREVENTED),
    ],
)
def test_find_incidents_reads_the_status_from_the_words(
    read: Read, sentence: str, status: Status
) -> None:
    """What was planned, prevented, claimed or denied must not pass for what happened."""
    incident = only(read(sentence))

    assert incident.status is status
    assert [name.removeprefix("near ") for name in names(incident)] == ["Kaduna"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The envoy called for talks in Kaduna.",
        "The mayor warned of riots in Kaduna.",
        "No attack was reported in Kaduna on 12 June.",
        "The minister stressed the importance of talks and mutual visits.",
        "The Kaduna Times has twelve reporters.",
    ],
)
def test_find_incidents_reports_nothing_that_is_only_asked_for_or_feared(
    read: Read, sentence: str
) -> None:
    """A wish is no event."""
    assert read(sentence).incidents == ()


def test_find_incidents_gives_each_day_of_a_list_its_event(read: Read) -> None:
    """The list "3 and 7 June" is two days, not the week between."""
    parsed = read("Police clashed with demonstrators in Cali on 3 and 7 June.")

    assert days(parsed) == [date(2023, 6, 3), date(2023, 6, 7)]
    assert all(names(i) == ["Cali"] for i in parsed.incidents)


def test_find_incidents_tells_two_events_of_one_sentence_apart(read: Read) -> None:
    """Each clause keeps its own day and place."""
    parsed = read("Soldiers shelled Lashio on 3 June, and villagers fled to Mandalay on 5 June.")

    assert [(i.event_type, names(i), i.span and i.span.start.day) for i in parsed.incidents] == [
        ("Explosions/Remote violence", ["Lashio"], 3),
        ("Displacement", ["Mandalay"], 5),
    ]


def test_find_incidents_pairs_places_with_their_days(read: Read) -> None:
    """One verb may tell of two meetings."""
    parsed = read("The ministers met in Prague on 6 May and in Sochi on 31 May.")

    assert [(names(i), i.span and i.span.start) for i in parsed.incidents] == [
        (["Prague"], date(2023, 5, 6)),
        (["Sochi"], date(2023, 5, 31)),
    ]


def test_find_incidents_leaves_open_what_has_not_ended(read: Read) -> None:
    """The word "since" opens a span that the report confirms, on the road."""
    parsed = read("Drivers have been blocking the Cali-Buenaventura road since 28 May.")
    incident = only(parsed)

    assert incident.span is not None
    assert (incident.span.start, incident.span.end) == (date(2023, 5, 28), None)
    assert incident.geo_precision is GeoPrecision.APPROXIMATE_LINE
    (row,) = incidents_table(parsed, batch_id="b").itertuples()
    assert isinstance(row.geometry, LineString)
    assert row.last_confirmed.date() == date(2023, 6, 14)


def test_find_incidents_joins_a_plan_with_its_failure(read: Read) -> None:
    """One event, prevented, at the places of the plan, with both sentences as evidence."""
    incident = only(
        read(
            "Observers were going to inspect a mine near Kaya on 10 June. They were also expected "
            "to inspect a dam near Dori. The inspection did not take place because guards "
            "prevented it."
        )
    )

    assert incident.status is Status.PREVENTED
    assert incident.span is not None
    assert incident.span.start == date(2023, 6, 10)
    assert set(names(incident)) == {"near Kaya", "near Dori"}
    assert len(incident.evidence) == 3


def test_find_incidents_never_places_an_event_in_a_country(read: Read) -> None:
    """A country is kept as a precision, not as a pin."""
    incident = only(read("An earthquake shook villages in Peru on 12 June."))

    assert incident.places == ()
    assert incident.geo_precision is GeoPrecision.COUNTRY


def test_find_incidents_takes_town_and_day_of_a_meeting_from_the_dateline(read: Read) -> None:
    """A report from a capital tells its news without naming place and day again."""
    incident = only(
        read("BELGRADE, June 13. The foreign ministers of Serbia and Norway have held talks.")
    )

    assert names(incident) == ["Belgrade"]
    assert incident.span is not None
    assert incident.span.start == date(2023, 6, 13)


def test_find_incidents_does_not_date_an_event_by_the_name_of_a_treaty_or_war(read: Read) -> None:
    """A name such as "the agreement of 10 November 2020" dates the agreement alone."""
    parsed = read(
        "Under the agreement of 10 November 2020 troops withdrew from Dori on 12 June. It was the "
        "first withdrawal since May 2014."
    )

    assert days(parsed) == [date(2023, 6, 12)]


def test_find_incidents_takes_the_day_of_the_deed_before_the_day_of_the_word(read: Read) -> None:
    """The words "police said on Tuesday" do not say when the bomb went off."""
    incident = only(read("A bomb exploded in Mosul on Sunday, police said on Tuesday."))

    assert incident.span is not None
    assert incident.span.start == date(2023, 6, 11)


def test_find_incidents_keeps_an_imprecise_day_imprecise(read: Read) -> None:
    """Early June is ten days, not the first."""
    incident = only(read("Gunmen raided a village near Jos in early June."))

    assert incident.span is not None
    assert incident.span.precision is DatePrecision.RANGE
    assert incident.span.end == date(2023, 6, 10)


def test_find_incidents_is_the_same_twice_and_its_evidence_lies_in_the_text(read: Read) -> None:
    """Ids must be stable, and offsets must point at words."""
    text = (
        "A bomb exploded in Mosul on Sunday, killing three people. "
        "Two men were arrested in Erbil on Monday."
    )
    once, again = read(text), read(text)

    assert once.incidents == again.incidents
    assert len({i.event_id for i in once.incidents}) == 2
    assert all(
        0 <= e.start_char < e.end_char <= len(text) for i in once.incidents for e in i.evidence
    )


def test_incidents_table_keeps_undated_and_unplaced_apart(read: Read) -> None:
    """An empty article gives a table without rows, with all its columns."""
    assert len(incidents_table(read("Nothing was said."), batch_id="b")) == 0


def test_find_incidents_refines_the_day_of_the_lead(read: Read) -> None:
    """A lead dated by "police said" gives way to the day told a sentence later."""
    incident = only(
        read(
            "Gunmen killed five people in an attack in Lamu, police said on Tuesday.\n\n"
            "The attackers struck on Sunday, a resident said."
        )
    )

    assert incident.span is not None
    assert incident.span.start == date(2023, 6, 11)
    assert incident.fatalities == 5


def test_find_incidents_prevents_the_match_and_not_the_attack_before_it(read: Read) -> None:
    """What was put off because of an attack does not undo the attack."""
    parsed = read("A visit to Jos was postponed after an attack in Kaduna on 12 June.")

    assert [(i.status, names(i)) for i in parsed.incidents if "Kaduna" in names(i)] == [
        (Status.REPORTED, ["Kaduna"])
    ]


def test_find_incidents_reads_a_place_that_opens_the_sentence(read: Read) -> None:
    """The words "In Lyon, ..." place what follows as well as "... in Lyon" does."""
    incident = only(read("In Lyon, protesters set fire to a police station on Saturday."))

    assert names(incident) == ["Lyon"]


def test_find_incidents_keeps_a_plan_apart_from_background_of_other_years(read: Read) -> None:
    """The election of another year is neither the planned one nor an event of its own."""
    incident = only(
        read("An election is set for 25 February 2024. The 2015 election was put off by weeks.")
    )

    assert incident.status is Status.PLANNED
    assert incident.span is not None
    assert incident.span.start == date(2024, 2, 25)
