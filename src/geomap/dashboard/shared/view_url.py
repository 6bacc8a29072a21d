"""The view of the session, and the one place where it meets the URL.

The view lives in the session under its own key, so that it survives a visit to another
page (Streamlit forgets the state of widgets that are not on the page). Widgets are seeded
from it and read back into it.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from geomap.dashboard.shared.view_state import PARAMETERS, View, read_view, write_view
from geomap.query import EventQuery

_VIEW = "geomap_view"
_PROBLEMS = "geomap_link_problems"


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


def change_query(**changes: object) -> None:
    """Change some criteria of the session's view, by their fields in `EventQuery`."""
    change_view(query=replace(current_view().query, **changes))  # type: ignore[arg-type]  # its names


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
    """Return the query that `view` stands for; a cumulative one begins at the beginning."""
    return replace(view.query, start=None) if view.mode == "cumulative" else view.query


def link_to(view: View) -> str:
    """Return an address that opens `view`."""
    base = (st.context.url or "").split("?")[0]
    query = urlencode(write_view(view), doseq=True)
    return f"{base}?{query}" if query else base
