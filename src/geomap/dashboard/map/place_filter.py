"""The filter by place: of those that events have, or by any name of the gazetteer."""

from __future__ import annotations

import streamlit as st

from geomap.dashboard.shared import cache, session
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.view_state import View
from geomap.dashboard.shared.view_url import change_query

PLACES = "map_places"
"""The key of the widget."""

_MOST_PLACES = 2000
_CANDIDATES = 3


def places(data: Data, view: View) -> None:
    """Ask for events at places: of those that events have, or by any name of the gazetteer."""
    names = place_names(data)
    found: dict[str, str] = st.session_state.setdefault("geomap_found_places", {})
    st.session_state.setdefault(PLACES, sorted(view.query.place_ids))
    listed = list(dict.fromkeys([*names, *found, *st.session_state[PLACES]]))
    st.multiselect(
        "Place",
        listed,
        key=PLACES,
        placeholder="Events at, in or on a place",
        format_func=lambda place_id: (
            names.get(place_id) or found.get(place_id) or name_of(place_id)
        ),
        accept_new_options=True,
        on_change=_placed,
        args=(tuple(names),),
    )
    room = st.empty()  # at every run: what stands below it must not move, or it is built anew
    if view.query.place_ids and not cache.table(data).has_joins:
        with room, st.spinner("Working out which events lie at which place, this once"):
            cache.table(data).prepare_joins()


def _placed(known: tuple[str, ...]) -> None:
    """Keep the chosen places; a name that was typed stands for the places that bear it."""
    found: dict[str, str] = st.session_state["geomap_found_places"]
    chosen: list[str] = []
    gazetteer = session.workspace().gazetteer
    for word in st.session_state[PLACES]:
        if word in known or word in found or gazetteer.versions(word):
            chosen.append(word)
            continue
        matches = gazetteer.find(word, limit=_CANDIDATES)
        ids = [match.place.place_id for match in matches]
        held = [place_id for place_id in ids if place_id in known]
        for match in matches:
            found[match.place.place_id] = match.place.name
        chosen += held or ids[:1]
    st.session_state[PLACES] = list(dict.fromkeys(chosen))
    change_query(place_ids=frozenset(st.session_state[PLACES]))


@st.cache_data(max_entries=4, show_spinner=False)
def place_names(data: Data) -> dict[str, str]:
    """Return the name of each place that is drawn, or that events name, by id."""
    places = cache.places(data)
    names = dict(zip(places["place_id"], places["name"], strict=True))
    for place_id in list(cache.words(data, "place_id"))[:_MOST_PLACES]:
        names.setdefault(place_id, name_of(place_id))
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def name_of(place_id: str) -> str:
    """Return the name of a place, or its id where the gazetteer has none."""
    place = session.workspace().gazetteer.get(place_id)
    return place_id if place is None else place.name
