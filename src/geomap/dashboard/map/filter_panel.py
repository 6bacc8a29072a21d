"""The sidebar of the Map page: what to look for, what to keep, how the map looks.

Words of the packed events (type, source, status, precision, batch) are filtered in the
browser by a component of ours; text, place and drawn area are asked of the events' files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from geomap.dashboard.map import map_cache
from geomap.dashboard.shared import cache, components, session
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.choices import (
    BOUNDARIES,
    LAYERS,
    PRECISIONS,
    STATUSES,
    TILES,
    label_of,
)
from geomap.dashboard.shared.filter_labels import labels
from geomap.dashboard.shared.view_state import View
from geomap.dashboard.shared.view_url import change_view, current_view
from geomap.maps.filter_component import (
    filters_css,
    filters_data,
    filters_html,
    filters_js,
    ranked_words,
)
from geomap.query import NOT_STATED
from geomap.symbology.map_choices import TILES_WARNING

FILTERS = "map_filters"
SEARCH, PLACES = "map_text", "map_places"
_LOOKS = {
    "map_layers": "layers",
    "map_boundaries": "boundaries",
    "map_names": "names",
    "map_graticule": "graticule",
    "map_tiles": "tiles",
}
_COLUMNS = {"type": "event_type", "source": "source", "status": "status", "batch": "batch_id"}
_FIELDS = {
    "type": "types",
    "source": "sources",
    "status": "statuses",
    "precision": "precisions",
    "batch": "batches",
}
_MOST_PLACES = 2000
_CANDIDATES = 3


def sidebar(data: Data) -> None:
    """Draw the filters; each changes the session's view."""
    view = current_view()
    with st.sidebar:
        st.session_state.setdefault(SEARCH, view.text)
        st.text_input(
            "Search",
            key=SEARCH,
            placeholder="Words in titles, notes, actors, places",
            on_change=_searched,
        )
        _places(data, view)
        _words(data, view)
        if view.polygon:
            st.button(
                f"Remove the drawn area ({len(view.polygon)} corners)",
                key="map_no_area",
                on_click=change_view,
                kwargs={"polygon": ()},
                width="stretch",
            )
        _looks(data, view)


def _searched() -> None:
    change_view(text=st.session_state[SEARCH].strip())


def _places(data: Data, view: View) -> None:
    """Ask for events at places: of those that events have, or by any name of the gazetteer."""
    names = place_names(data)
    found: dict[str, str] = st.session_state.setdefault("geomap_found_places", {})
    st.session_state.setdefault(PLACES, list(view.places))
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
    if view.places and not cache.table(data).has_joins:
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
    change_view(places=tuple(st.session_state[PLACES]))


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


def _words(data: Data, view: View) -> None:
    words, totals = words_and_totals(data)
    components.registered("filters", html=filters_html(), css=filters_css(), js=filters_js())(
        key=FILTERS,
        data=filters_data(
            channel=session.token(),
            words=words,
            totals=totals,
            chosen={
                name: [word or None for word in getattr(view, field)]
                for name, field in _FIELDS.items()
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
    size = len(cache.table(data))
    words: dict[str, list[str | None]] = {}
    totals: dict[str, list[int]] = {}
    for name, column in _COLUMNS.items():
        counted: dict[str | None, int] = dict(cache.words(data, column).items())
        if (missing := size - sum(counted.values())) > 0:
            counted[None] = missing
        if name == "status":
            counted = {word: counted.get(word, 0) for word in (*STATUSES, None) if word in counted}
        words[name], totals[name] = ranked_words(counted, labels(data).get(name))
    if len(words["batch"]) == 1:
        words["batch"], totals["batch"] = [], []  # one file: nothing to choose from
    both = {**cache.words(data, "date_precision"), **cache.words(data, "geo_precision")}
    words["precision"] = [word for word in PRECISIONS if word in both]
    totals["precision"] = [both[str(word)] for word in words["precision"]]
    return words, totals


def _told(name: str) -> Any:
    return (st.session_state.get(FILTERS) or {}).get(name)


def _filtered() -> None:
    change_view(**fields_of(_told("filters") or {}))


def fields_of(told: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the fields of a view that the words of the filters stand for.

    Words of a closed list that it does not have are left out: a page can be told anything.
    """
    closed = {"status": STATUSES, "precision": PRECISIONS}
    fields = {}
    for name, field in _FIELDS.items():
        words = [NOT_STATED if word is None else str(word) for word in told.get(name) or ()]
        known = closed.get(name)
        fields[field] = tuple(
            word for word in words if known is None or word in known or word == NOT_STATED
        )
    return fields


def _coloured() -> None:
    if _told("colourBy"):
        change_view(colour_by=_told("colourBy"))


def _thickened() -> None:
    if _told("density"):
        change_view(density=_told("density"))


def _cleared() -> None:
    if _told("cleared"):
        st.session_state[SEARCH], st.session_state[PLACES] = "", []
        change_view(text="", places=(), polygon=(), **fields_of({}))


def _looks(data: Data, view: View) -> None:
    policies = map_cache.policies(data)
    for key, field in _LOOKS.items():
        value = getattr(view, field)
        st.session_state.setdefault(key, list(value) if isinstance(value, tuple) else value)
    if st.session_state["map_names"] not in policies:
        policies = {**policies, st.session_state["map_names"]: st.session_state["map_names"]}
    with st.expander("The map itself", key="map_looks"):
        st.pills(
            "Layers", LAYERS, selection_mode="multi", key="map_layers",
            format_func=label_of, on_change=_looked, args=("map_layers",),
        )  # fmt: skip
        st.selectbox(
            "Names of places", list(policies), key="map_names",
            format_func=lambda word: policies.get(word, word),
            on_change=_looked, args=("map_names",),
        )  # fmt: skip
        st.selectbox(
            "Boundaries", BOUNDARIES, key="map_boundaries",
            format_func=label_of, on_change=_looked, args=("map_boundaries",),
        )  # fmt: skip
        st.toggle(
            "Lines of longitude and latitude", key="map_graticule",
            on_change=_looked, args=("map_graticule",),
        )  # fmt: skip
        st.selectbox(
            "Online background", TILES, key="map_tiles",
            format_func=lambda name: "None: the map asks no other server" if name == TILES[0]
            else name, on_change=_looked, args=("map_tiles",),
        )  # fmt: skip
        st.caption(TILES_WARNING)


def _looked(key: str) -> None:
    value = st.session_state[key]
    if key == "map_layers":
        value = tuple(name for name in LAYERS if name in value)
    change_view(**{_LOOKS[key]: value})
