"""The view in the URL: a pasted link gives the same view, nonsense gives a sentence."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.dashboard.shared import choices
from geomap.dashboard.shared.choices import LAYERS
from geomap.dashboard.shared.view_state import Camera, View, read_view, write_view
from geomap.query import NOT_STATED, EventQuery, NumberRange
from geomap.vocabulary.criteria import CRITERIA, Criterion, Kind

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


def _subset(words: Iterable[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(tuple(words)), max_size=3)


RANGES = st.tuples(st.none() | st.integers(0, 99), st.none() | st.integers(99, 10**8)).filter(any)


def _values(criterion: Criterion) -> st.SearchStrategy[Any]:
    """Return values that a link can carry for a criterion of the registry."""
    if criterion.kind is Kind.WORDS:
        words = _subset(criterion.words) if criterion.words else st.frozensets(WORDS, max_size=3)
        return st.builds(frozenset.union, words, _subset([NOT_STATED]))
    return {
        Kind.PLACES: st.frozensets(WORDS, max_size=2),
        Kind.RANGE: st.none() | RANGES.map(lambda ends: NumberRange(*ends)),
        Kind.TEXT: st.just("") | WORDS,
        Kind.POLYGON: st.just(()) | POLYGONS,
    }[criterion.kind]


@st.composite
def queries(draw: st.DrawFn) -> EventQuery:
    start = draw(st.none() | DAYS)
    length = draw(st.integers(0, 4000))
    values = {c.field: draw(_values(c)) for c in CRITERIA if c.link and c.kind is not Kind.DAY}
    end = draw(st.none() if start is None else st.just(start + timedelta(days=length)))
    return EventQuery(start=start, end=end, **values)


def _corner(most: int) -> st.SearchStrategy[float]:
    return st.integers(-most * 10_000, most * 10_000).map(lambda n: n / 10_000)


POLYGONS = st.lists(st.tuples(_corner(360), _corner(90)), min_size=3, max_size=9).map(tuple)


@st.composite
def views(draw: st.DrawFn) -> View:
    return View(
        query=draw(queries()),
        mode=draw(st.sampled_from(choices.MODES)),
        colour_by=draw(st.sampled_from(choices.COLOURS)),
        density=draw(st.sampled_from(choices.DENSITIES)),
        graticule=draw(st.booleans()),
        boundaries=draw(st.sampled_from(choices.BOUNDARIES)),
        names=draw(st.sampled_from(["source", "all", "side:Azərbaycan", "lang:hy"])),
        tiles=draw(st.sampled_from(choices.TILES)),
        layers=tuple(name for name in LAYERS if draw(st.booleans())),
        camera=draw(st.none() | st.just(Camera(40.2, -47.125, 7.5))),
        event_id=draw(st.none() | WORDS),
        place_id=draw(st.none() | WORDS),
    )


@given(views())
def test_view_survives_the_round_trip_through_a_link(view: View) -> None:
    """A colleague who pastes the link must see the same map."""
    assert read_view(write_view(view)) == (view, ())


def test_write_view_of_the_default_is_an_empty_link() -> None:
    """A default view has no parameters."""
    assert write_view(View()) == {}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"from": ["yesterday"]}, "'from' is 'yesterday'"),
        ({"from": ["2022-05-02"], "to": ["2022-05-01"]}, "end .* before they start"),
        ({"status": ["murky"]}, "'status' has 'murky'"),
        ({"map": ["7/95/10"]}, "'map' is '7/95/10'"),
        ({"map": ["a/b"]}, "'map' is 'a/b'"),
        ({"map": ["nan/1/1"]}, "'map' is 'nan/1/1'"),
        ({"layer": ["<script>"]}, "'layer' has '<script>'"),
        ({"mode": ["sideways"]}, "'mode' is 'sideways', which is not one of window"),
        ({"tiles": ["https://evil.example/{z}"]}, "'tiles' is 'https"),
        ({"area": ["1,2;3,4"]}, "'area' is '1,2;3,4'"),
        ({"area": ["1,2;3,4;nan,5"]}, "'area' is"),
        ({"area": ["1,2,3;3,4;6,5"]}, "'area' is"),
        ({"fatalities": ["5..2"]}, "'fatalities' is '5..2', which is not a range"),
        ({"fatalities": ["many"]}, "'fatalities' is 'many'"),
        ({"fatalities": ["99999999999"]}, "'fatalities' is"),
        ({"without": ["hope"]}, "'without' has 'hope'"),
        ({"names": ["<b>"]}, "'names' is '<b>'"),
        ({"graticule": ["1"]}, "'graticule' is '1'"),
    ],
)
def test_read_view_says_what_a_link_has_that_makes_no_sense(
    params: dict[str, list[str]], words: str
) -> None:
    """A broken link opens the default view and says why, it never fails."""
    view, problems = read_view(params)

    assert view == View()
    assert len(problems) == 1
    assert re.search(words, problems[0])


def test_read_view_leaves_unknown_parameters_alone() -> None:
    """A tracking parameter of another tool is left alone."""
    assert read_view({"utm_source": ["mail"]}) == (View(), ())
