"""The map with its time control, the card beside it and the same events as a table.

One fragment: moving the dates, picking an event or a row reruns this part only, and the
map's frame stays as it is (same key, same script), so its zoom and pan are never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geomap.dashboard import cache, components, filters, framing, listing, lookup, served, session
from geomap.dashboard.cache import Data
from geomap.dashboard.picking import (
    CARD,
    COUNTS,
    FIT,
    GO_TO,
    LIST,
    TABLE_OPEN,
    TIMELINE,
    camera_changed,
    card_pressed,
    fit,
    number_pressed,
    picked_changed,
    place_changed,
    range_changed,
)
from geomap.dashboard.state import View
from geomap.maps.layers import EventLayer, base_map
from geomap.maps.places import place_layers
from geomap.maps.timeline import timeline_css, timeline_data, timeline_html, timeline_js

MAP_HEIGHT = 520
_FIRST_LOOK = "geomap_first_look"
_OURS = "\n.geomap-timeline [data-part=counts] { display: none; }\n"  # the page's own line has them


@st.fragment
def map_panel(data: Data) -> None:
    """Draw the map, its controls, the card and the table for the session's view."""
    if GO_TO in st.session_state:
        st.rerun()  # the whole app: only it can switch the page
    served.serve_assets()
    numbers, buttons = st.columns([0.72, 0.28], vertical_alignment="center")
    map_side, card_side = st.columns([0.68, 0.32], gap="medium")
    view = filters.current_view()
    with map_side:
        _map(data, view)
        _time_control(data, view)
    with card_side:
        _card(data, view)
    with numbers:
        _numbers(data, view)
    with buttons.container(
        horizontal=True,
        horizontal_alignment="right",
        vertical_alignment="center",
        key="map_controls",
    ):
        _controls(view)
    if st.session_state[TABLE_OPEN]:
        listing.events_table(data, view)
    filters.show_in_url(view)


def _time_control(data: Data, view: View) -> None:
    query = filters.query_of(view)
    _timeline()(
        key=TIMELINE,
        data=timeline_data(
            channel=session.token(),
            src=_packed_address(data, view),
            histogram=cache.histogram(data, query),
            window=(view.start, view.end),
            counts=cache.counts(data, query).as_dict(),
            selected=_row_of(data, view),
            fit=st.session_state.get(FIT),
        ),
        default={"range": None, "picked": None, "place": None, "view": None},
        on_range_change=range_changed,
        on_picked_change=picked_changed,
        on_place_change=place_changed,
        on_view_change=camera_changed,
    )


def _row_of(data: Data, view: View) -> int | None:
    query = filters.query_of(replace(view, start=None, end=None))
    ids = cache.packed(data, query).event_ids
    found = ids.index(view.event_id).as_py() if view.event_id else -1
    return found if found >= 0 else None


def _timeline() -> Callable[..., Any]:
    return components.registered(
        "timeline", html=timeline_html(), css=timeline_css() + _OURS, js=timeline_js()
    )


def _packed_address(data: Data, view: View) -> str:
    query = filters.query_of(replace(view, start=None, end=None))
    return served.serve_events(cache.packed(data, query).blob, owner=session.token())


def _map(data: Data, view: View) -> None:
    channel = session.token()
    theme = st.context.theme.type or "light"
    figure = base_map(**_first_look(data), theme=theme, channel=channel)
    EventLayer(channel=channel).add_to(figure)
    places = lookup.places_for(data, view.layers)
    st_folium(
        figure,
        key="map",
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=place_layers(places, view.start, view.end, channel=channel),
    )


def _first_look(data: Data) -> dict[str, Any]:
    """Return where the session's map began: another beginning would build it anew."""
    if _FIRST_LOOK not in st.session_state:
        camera = filters.current_view().camera
        st.session_state[_FIRST_LOOK] = (
            {"bounds": framing.bounds_of(cache.events(data))}
            if camera is None
            else {"center": (camera.longitude, camera.latitude), "zoom": round(camera.zoom)}
        )
    look: dict[str, Any] = st.session_state[_FIRST_LOOK]
    return look


def _card(data: Data, view: View) -> None:
    query = filters.query_of(view)
    if view.event_id:
        blocks = lookup.event_card(data, view.event_id)
    elif view.place_id:
        blocks = lookup.place_card(data, view.place_id, query)
    else:
        blocks = lookup.latest_events(data, query)
    components.panel(blocks, key=CARD, label="Details", framed=True, on_action=card_pressed)


def _numbers(data: Data, view: View) -> None:
    components.counts_line(
        cache.counts(data, filters.query_of(view)),
        key=COUNTS,
        channel=session.token(),
        listed=st.session_state.get(LIST) if st.session_state.get(TABLE_OPEN) else None,
        on_listed=number_pressed,
    )


def _controls(view: View) -> None:
    st.button("Fit", key="map_fit", help="Show all events of these days", on_click=fit)
    with st.popover("Link", key="map_link", help="An address that opens this view"):
        st.code(filters.link_to(view), language=None, wrap_lines=True)
    st.toggle("Table", key=TABLE_OPEN)
