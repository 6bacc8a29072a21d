"""The sidebar of the Map page, and the one place where the view meets the URL.

The view lives in the session under its own key, so that it survives a visit to another
page (Streamlit forgets the state of widgets that are not on the page). Widgets are seeded
from it and read back into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from geomap.dashboard.state import (
    LAYERS,
    PARAMETERS,
    PRECISIONS,
    STATUSES,
    View,
    read_view,
    write_view,
)
from geomap.query import EventQuery

_VIEW = "geomap_view"
_PROBLEMS = "geomap_link_problems"
_FIELDS = {
    "map_text": "text",
    "map_types": "types",
    "map_sources": "sources",
    "map_statuses": "statuses",
    "map_precisions": "precisions",
    "map_layers": "layers",
}
_LAYER_WORDS = {
    "roads": "Roads",
    "zones": "Zones",
    "sites": "Deposits and sites",
    "towns": "Towns",
}


def current_view() -> View:
    """Return the session's view; the first time it is read from the link."""
    if _VIEW not in st.session_state:
        params = {name: st.query_params.get_all(name) for name in st.query_params}
        st.session_state[_VIEW], st.session_state[_PROBLEMS] = read_view(params)
    view: View = st.session_state[_VIEW]
    return view


def keep_view(view: View) -> None:
    """Make `view` the session's view; `show_in_url` puts it into the address."""
    st.session_state[_VIEW] = view


def change_view(**changes: object) -> None:
    """Change some fields of the session's view, for callbacks of widgets."""
    keep_view(replace(current_view(), **changes))  # type: ignore[arg-type]  # names of View


def link_problems() -> tuple[str, ...]:
    """Return a sentence for each part of the link that made no sense."""
    current_view()
    problems: tuple[str, ...] = st.session_state.get(_PROBLEMS, ())
    return problems


def show_in_url(view: View) -> None:
    """Write what differs from the default into the address; leave other parameters alone."""
    wanted = write_view(view)
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    others = {name: values for name, values in now.items() if name not in PARAMETERS}
    if now != {**others, **wanted}:
        st.query_params.from_dict({**others, **wanted})


def query_of(view: View) -> EventQuery:
    """Return the query that `view` stands for."""
    return EventQuery(
        start=view.start,
        end=view.end,
        types=frozenset(view.types),
        sources=frozenset(view.sources),
        statuses=frozenset(view.statuses),
        precisions=frozenset(view.precisions),
        text=view.text.strip(),
    )


def sidebar(types: Sequence[str], sources: Sequence[str]) -> View:
    """Draw the filters and return the view they ask for."""
    view = current_view()
    for key, field in _FIELDS.items():
        if key not in st.session_state:
            value = getattr(view, field)
            st.session_state[key] = value if isinstance(value, str) else list(value)
    with st.sidebar:
        st.text_input(
            "Search", key="map_text", placeholder="Words in titles, notes, actors, places"
        )
        _choice("Type", "map_types", types, view.types)
        _choice("Source", "map_sources", sources, view.sources)
        _choice("Status", "map_statuses", STATUSES, ())
        _choice("Precision", "map_precisions", PRECISIONS, ())
        st.pills("Layers", LAYERS, selection_mode="multi", key="map_layers", format_func=_words)
        st.button("Clear filters", key="map_clear", on_click=_clear, width="stretch")
    chosen = st.session_state
    view = replace(
        current_view(),
        text=chosen["map_text"],
        types=tuple(chosen["map_types"]),
        sources=tuple(chosen["map_sources"]),
        statuses=tuple(chosen["map_statuses"]),
        precisions=tuple(chosen["map_precisions"]),
        layers=tuple(name for name in LAYERS if name in chosen["map_layers"]),
    )
    keep_view(view)
    return view


def _choice(
    label: str,
    key: str,
    options: Iterable[str],
    also: Iterable[str],
) -> None:
    # A link may name a type that this workspace does not hold: it stays, and finds nothing.
    listed = list(dict.fromkeys([*options, *also, *st.session_state[key]]))
    st.multiselect(label, listed, key=key, placeholder="All", format_func=_words)


def _words(option: str) -> str:
    return _LAYER_WORDS.get(option, option.replace("_", " "))


def _clear() -> None:
    for key, field in _FIELDS.items():
        value = getattr(View(), field)
        st.session_state[key] = value if isinstance(value, str) else list(value)
    change_view(start=None, end=None)


def link_to(view: View) -> str:
    """Return an address that opens `view`."""
    base = (st.context.url or "").split("?")[0]
    query = urlencode(write_view(view), doseq=True)
    return f"{base}?{query}" if query else base
