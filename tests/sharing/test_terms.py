"""Promises of licences: rows that may not be passed on are counted and drawn, never listed."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from geomap.errors import InputError
from geomap.sharing import (
    bundled_terms,
    may_be_listed,
    read_terms,
    rows_to_give,
    terms_of,
    without_words,
)
from geomap.sharing.redaction import NO_REDACTION
from geomap.sharing.terms import Term
from geomap.tables import check_events, events_table


@pytest.fixture
def events() -> gpd.GeoDataFrame:
    known = {
        "event_date": "2023-01-02",
        "event_date_end": "2023-01-02",
        "date_precision": "day",
        "title": "SECRET",
        "geometry": shapely.Point(46.7, 39.8),
    }
    return events_table(
        [
            {**known, "event_id": "acled:1", "dataset": "acled", "source": "A newspaper"},
            {**known, "event_id": "ucdp:1", "dataset": "ucdp", "source": "Reuters"},
            {**known, "event_id": "mine:1", "dataset": "mine", "source": "ACLED (copied)"},
            {**known, "event_id": "mine:2", "dataset": "mine", "source": None},
        ]
    )


def test_acled_may_not_be_listed_by_default(events: gpd.GeoDataFrame) -> None:
    """By its dataset, and by its name as a source of somebody's own table."""
    assert may_be_listed(events, bundled_terms()).tolist() == [False, True, False, True]


def test_a_workspace_has_the_last_word(events: gpd.GeoDataFrame, tmp_path: Path) -> None:
    """Who has a licence of their own says so in a file, not in code."""
    (tmp_path / "licences.yaml").write_text(
        "- name: ACLED under contract\n  datasets: [acled]\n  licence: contract 7\n"
        "- name: My desk\n  datasets: [mine]\n  redistribute: false\n",
        "utf-8",
    )
    terms = read_terms(tmp_path)

    assert may_be_listed(events, terms).tolist() == [True, True, False, False]
    named = {term.name: int(mine.sum()) for term, mine in terms_of(events, terms)}
    assert named == {"ACLED under contract": 1, "My desk": 2, "UCDP GED": 1}
    assert read_terms(tmp_path / "none") == bundled_terms()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- name: X", "names neither datasets nor sources"),
        ("- datasets: [a]", "has no name"),
        ("- name: X\n  datasets: a", "is not a list of words"),
        ("- name: X\n  datasets: [a]\n  redistribute: maybe", "neither true nor false"),
        ("- name: X\n  datasets: [a]\n  licenses: MIT", "unknown word 'licenses'"),
        ("name: X", "is not a list of rules"),
        ("- [", "is not YAML"),
        ("- 7", "is not a mapping"),
        ("- {1: a, b: c}", "has the unknown word '1'"),
        ("- {name: X, sources: [a], licence: [b]}", "licence is not a text"),
        ("- {name: X, sources: [a], url: 2024-02-31}", "is not YAML"),
        ("- &x {name: X, sources: [*x]}", "stand for too many values"),
        ("- !!python/object/apply:os.getcwd []", "a tag"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    """A rule that is not understood must not be passed over: rows would leave."""
    (tmp_path / "licences.yaml").write_text(text, "utf-8")

    with pytest.raises(InputError, match=r"licences\.yaml") as error:
        read_terms(tmp_path)
    assert said in str(error.value)


def from_sources(*names: str) -> gpd.GeoDataFrame:
    """Return an event for each name of a source."""
    return events_table([{"event_id": str(n), "source": name} for n, name in enumerate(names)])


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example(name="(a+)+$")
@example(name="a|b")
@example(name="\\Qa")
@example(name="a\nb")
def test_a_source_fits_its_own_name_and_no_other(name: str) -> None:
    """Signs of regular expressions are letters of a name; `*` stands for any letters."""
    term = Term("X", sources=(name,))
    named = from_sources(name, f"{name}x", f"x{name}", "")

    assert term.fits(named)[0]
    if "*" not in name:
        assert term.fits(named).tolist() == [True, False, False, False]
    around = Term("X", sources=(f"*{name}*",))
    assert around.fits(named).tolist()[:3] == [True] * 3


def test_a_source_of_many_asterisks_ends_on_any_name() -> None:
    """Python's own expressions would try every way of cutting the name into thirty parts."""
    term = Term("X", sources=("*a" * 30 + "b",))

    assert term.fits(from_sources("a" * 5_000, "a" * 5_000 + "b")).tolist() == [False, True]


def test_rows_to_give_leave_out_what_may_not_be_listed_and_say_so(
    events: gpd.GeoDataFrame,
) -> None:
    """Counted, not listed."""
    given, notes = rows_to_give(events, bundled_terms(), NO_REDACTION)

    assert given["event_id"].tolist() == ["ucdp:1", "mine:2"]
    assert len(notes) == 1
    assert "ACLED (2)" in notes[0]


def test_signs_without_words_keep_place_and_day_only(events: gpd.GeoDataFrame) -> None:
    """A map needs place, day and type; with ids and texts the row would be passed on."""
    listed = np.array([False, True, False, True])
    signs = without_words(events, listed)

    check_events(signs)
    assert signs["event_id"].tolist() == ["not-listed:1", "ucdp:1", "not-listed:3", "mine:2"]
    assert signs["title"].isna().tolist() == [True, False, True, False]
    assert signs.geometry.notna().all()
    assert "SECRET" not in signs.iloc[[0, 2]].drop(columns="geometry").to_csv()
    assert events["title"].eq("SECRET").all()  # the table itself is untouched
