"""Laws of the ledger: only what was decided counts, not the order in which it came in."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely import Point

from geomap.decisions import (
    DISAGREEING,
    SOURCE_CHANGED,
    Ledger,
    apply_decisions,
    as_text,
    ledger_csv,
    read_ledger_csv,
    values_of,
)
from geomap.errors import InputError
from geomap.model import Decision, DecisionKind, TargetKind
from geomap.tables import HIDDEN, events_table

IDS = ("a", "b", "c")


def table(title: str = "as reported") -> gpd.GeoDataFrame:
    """Return three events of one day and place each."""
    return events_table(
        {
            "event_id": event_id,
            "event_date": "2023-03-05",
            "event_date_end": "2023-03-05",
            "date_precision": "day",
            "title": title,
            "geometry": Point(46.7, 39.8),
            "geo_precision": "exact",
            "status": "reported",
            "flags": "duplicate_row" if event_id == "b" else None,
        }
        for event_id in IDS
    )


def override(event_id: str, title: str, second: int = 0, **more: object) -> Decision:
    """Return a correction of the title of an event of `table()`."""
    return Decision(
        DecisionKind.OVERRIDE,
        event_id,
        field="title",
        old=as_text({"title": "as reported"}, "title"),
        new=as_text({"title": title}, "title"),
        reason="seen",
        author="x",
        at=f"2026-01-01T00:00:{second:02}+00:00",
        **more,  # type: ignore[arg-type]
    )


def withdrawal(decision: Decision, second: int = 59) -> Decision:
    """Return the decision that takes another one back."""
    return Decision(
        DecisionKind.WITHDRAW,
        decision.decision_id,
        TargetKind.DECISION,
        reason="wrong",
        at=f"2026-01-01T00:00:{second:02}+00:00",
    )


@st.composite
def ledgers(draw: st.DrawFn) -> list[Decision]:
    """Return decisions of people of whom each has seen some of the earlier ones."""
    decisions: list[Decision] = []
    for second in range(draw(st.integers(0, 9))):
        event_id, action = draw(st.sampled_from(IDS)), draw(st.integers(0, 4))
        at = f"2026-01-01T00:00:{second:02}+00:00"
        if action == 0 and decisions:
            decisions.append(withdrawal(draw(st.sampled_from(decisions)), second))
            continue
        if action in {1, 2}:
            kind = DecisionKind.HIDE if action == 1 else DecisionKind.RESTORE
            new = Decision(kind, event_id, reason="r", at=at)
        else:
            new = override(event_id, draw(st.sampled_from("XYZ")), second)
        knows_all = draw(st.booleans())
        seen = Ledger.of(decisions).about(event_id, new.slot) if knows_all else ()
        decisions.append(replace(new, seen=seen))
    return decisions


@given(ledgers(), st.randoms())
def test_ledger_gives_the_same_events_in_any_order(decisions: list[Decision], chance) -> None:  # type: ignore[no-untyped-def]
    """Two people who exchange their files see the same map, whoever went first."""
    mixed = [*decisions, *decisions]
    chance.shuffle(mixed)

    assert_frame_equal(
        apply_decisions(table(), Ledger.of(mixed)), apply_decisions(table(), Ledger.of(decisions))
    )


@given(ledgers(), st.data())
def test_ledger_with_a_withdrawal_is_as_if_the_decision_had_not_been(
    decisions: list[Decision], data: st.DataObject
) -> None:
    """Taking back one correction leaves all others as they were."""
    standing = [one for one in decisions if one.decision_id in Ledger.of(decisions).in_force]
    if not standing:
        return
    chosen = data.draw(st.sampled_from(standing))
    without = [one for one in decisions if one is not chosen]

    taken_back = Ledger.of([*decisions, withdrawal(chosen)])

    assert taken_back.states == Ledger.of(without).states


@given(ledgers())
def test_apply_decisions_twice_changes_nothing_more(decisions: list[Decision]) -> None:
    """Corrected events that are read again are the same events."""
    ledger = Ledger.of(decisions)
    once = apply_decisions(table(), ledger)
    twice = apply_decisions(once, ledger)

    assert_frame_equal(once.drop(columns="flags"), twice.drop(columns="flags"))


@given(ledgers())
def test_ledger_comes_back_from_its_csv_to_the_letter(decisions: list[Decision]) -> None:
    """What was exported is the same decisions for whoever takes it in."""
    ledger = Ledger.of(decisions)

    assert Ledger.of(read_ledger_csv(ledger_csv(ledger.decisions), "x.csv")) == ledger


def test_apply_decisions_keeps_the_event_and_flags_a_source_that_moved() -> None:
    """A correction survives a newer release, and whoever made it learns of the new value."""
    ledger = Ledger.of([override("b", "corrected")])

    events = apply_decisions(table("as reported later"), ledger).set_index("event_id")

    assert events["title"].tolist() == ["as reported later", "corrected", "as reported later"]
    assert events["flags"]["b"] == f"duplicate_row;corrected;{SOURCE_CHANGED}"
    assert events["flags"].drop("b").isna().all()


def test_apply_decisions_says_nothing_where_the_source_agrees_by_now() -> None:
    """A source that took the correction over leaves nothing to look at."""
    events = table("corrected")

    assert_frame_equal(apply_decisions(events, Ledger.of([override("a", "corrected")])), events)


def test_ledger_flags_decisions_that_disagree_and_keeps_the_earlier() -> None:
    """No correction of one person silently replaces another's."""
    first, second = override("a", "one", 1), override("a", "two", 2)
    settled = override("a", "two", 3, seen=(first.decision_id, second.decision_id))

    apart = apply_decisions(table(), Ledger.of([first, second])).iloc[0]
    after = apply_decisions(table(), Ledger.of([first, second, settled])).iloc[0]

    assert (apart["title"], apart["flags"]) == ("one", f"corrected;{DISAGREEING}")
    assert (after["title"], after["flags"]) == ("two", "corrected")


def test_ledger_of_equal_decisions_of_two_people_has_no_disagreement() -> None:
    """Two who correct the same thing in the same way agree."""
    both = [override("a", "one", 1), override("a", "one", 2)]

    assert not Ledger.of(both).state("a").differing


def test_ledger_takes_a_withdrawal_back_as_well() -> None:
    """What was undone can be done again."""
    hide = Decision(DecisionKind.HIDE, "a", reason="r", at="2026-01-01T00:00:00+00:00")
    undone = withdrawal(hide, 1)

    assert Ledger.of([hide]).state("a").is_hidden
    assert not Ledger.of([hide, undone]).state("a").is_hidden
    assert Ledger.of([hide, undone, withdrawal(undone, 2)]).state("a").is_hidden
    assert HIDDEN in apply_decisions(table(), Ledger.of([hide]))["flags"].iloc[0]


def test_read_ledger_csv_undoes_what_keeps_spreadsheets_from_running_text() -> None:
    """A reason that looks like a formula is text in a spreadsheet and here."""
    one = replace(override("a", "one"), reason='=HYPERLINK("x")')
    text = ledger_csv([one])

    assert "'=HYPERLINK" in text
    assert read_ledger_csv(text, "x.csv") == (one,)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("override", "rewrite", "line 2: 'rewrite' is no kind"),
        ("seen,", "guessed,", "was changed since it was exported"),
        ("2026-01-01T", "2026-13-01T", "is no moment"),
        ('""title""', '""headline""', "a value has the columns title"),
        ("decision_id", "id", "it lacks decision_id"),
    ],
)
def test_read_ledger_csv_refuses_a_file_with_a_fault(before: str, after: str, words: str) -> None:
    """Nothing of a file that is not as it was written goes into the ledger."""
    text = ledger_csv([replace(override("a", "one"), reason="seen, really")])

    with pytest.raises(InputError, match=words):
        read_ledger_csv(text.replace(before, after, 1), "x.csv")


def test_values_of_an_event_come_back_from_their_text() -> None:
    """What is compared with the source later is what the source said, to the letter."""
    event = table().iloc[0]

    assert values_of(event, "place")["geometry"] == "POINT (46.7 39.8)"
    assert values_of(event, "date")["event_date"] == "2023-03-05"
