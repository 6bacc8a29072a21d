"""The sidebar of the Map page: what to look for, what to keep, how the map looks.

The criteria of words and numbers are in a component of ours; those that packed events have are
filtered in the browser at once, the others, as text, place and drawn area, in the events' files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from geomap.dashboard.map.look_panel import looks
from geomap.dashboard.map.place_filter import PLACES, places
from geomap.dashboard.shared import cache, components, session
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.filter_labels import labels
from geomap.dashboard.shared.view_state import View
from geomap.dashboard.shared.view_url import change_query, change_view, current_view
from geomap.engine.facet_counts import number_extent, word_counts
from geomap.maps.assets import component_files
from geomap.maps.filter_component import (
    filters_data,
    listed_words,
)
from geomap.query import NOT_STATED, EventQuery, NumberRange
from geomap.query.forms import texts_of, value_of, write_range
from geomap.vocabulary.criteria import FACETS, Kind

FILTERS = "map_filters"
SEARCH = "map_text"


def sidebar(data: Data) -> None:
    """Draw the filters; each changes the session's view."""
    view = current_view()
    with st.sidebar:
        st.session_state.setdefault(SEARCH, view.query.text)
        st.text_input(
            "Search",
            key=SEARCH,
            placeholder="Words in titles, notes, actors, places",
            on_change=_searched,
        )
        places(data, view)
        _facets(data, view)
        if view.query.polygon:
            st.button(
                f"Remove the drawn area ({len(view.query.polygon)} corners)",
                key="map_no_area",
                on_click=change_query,
                kwargs={"polygon": ()},
                width="stretch",
            )
        looks(data, view)


def _searched() -> None:
    change_query(text=st.session_state[SEARCH].strip())


def _facets(data: Data, view: View) -> None:
    words, totals = words_and_totals(data)
    components.registered("filters", **component_files("filters"))(
        key=FILTERS,
        data=filters_data(
            channel=session.token(),
            words=words,
            totals=totals,
            chosen={
                one.name: [text or None for text in texts_of(one, getattr(view.query, one.field))]
                for one in FACETS
            },
            labels=labels(data),
            colour_by=view.colour_by,  # type: ignore[arg-type]  # one of COLOURS
            density=view.density,  # type: ignore[arg-type]  # one of DENSITIES
        ),
        default={"filters": None, "colourBy": None, "density": None, "cleared": None},
        on_filters_change=_filtered,
        on_colourBy_change=_coloured,
        on_density_change=_thickened,
        on_cleared_change=_cleared,
    )


@st.cache_data(max_entries=4, show_spinner=False)
def words_and_totals(
    data: Data,
) -> tuple[dict[str, list[str | None]], dict[str, list[int]]]:
    """Return the words of each criterion, and how many events have each."""
    database, events = cache.table(data).database, cache.table(data).not_hidden
    words: dict[str, list[str | None]] = {}
    totals: dict[str, list[int]] = {}
    for criterion in FACETS:
        name = criterion.name
        if criterion.kind is Kind.RANGE:
            extent = number_extent(database, criterion, events=events)
            words[name] = [write_range(NumberRange(*extent[:2]))] if extent else []
            totals[name] = [extent[2]] if extent else []
        else:
            counts = word_counts(database, criterion, events=events)
            words[name], totals[name] = listed_words(criterion, counts, labels(data).get(name))
    return words, totals


def _filtered() -> None:
    change_query(**values_of(components.value_of(FILTERS, "filters") or {}))


def values_of(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a query that the words of the filters stand for.

    Words of a closed list that it does not have, and what is no range, are left out: a page can
    send anything.

    Parameters
    ----------
    filters
        Words by the name of the criterion; None among them is "not stated".
    """
    values = {}
    for criterion in FACETS:
        texts = [NOT_STATED if w is None else str(w) for w in filters.get(criterion.name) or ()]
        known = {*criterion.words, NOT_STATED}
        usable = [text for text in texts if not criterion.words or text in known]
        try:
            values[criterion.field] = value_of(criterion, usable)
        except ValueError:
            values[criterion.field] = value_of(criterion, ())
    return values


def _coloured() -> None:
    if word := components.value_of(FILTERS, "colourBy"):
        change_view(colour_by=word)


def _thickened() -> None:
    if word := components.value_of(FILTERS, "density"):
        change_view(density=word)


def _cleared() -> None:
    if components.value_of(FILTERS, "cleared"):
        st.session_state[SEARCH], st.session_state[PLACES] = "", []
        query = current_view().query
        change_view(query=EventQuery(start=query.start, end=query.end))
