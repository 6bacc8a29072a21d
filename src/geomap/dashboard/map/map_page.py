"""The Map page: the map with its time control, the card beside it, the events as a table.

Three parts that are drawn anew each by itself: moving the dates reruns the map's part, a
click on the map the card's, a page turned the table's. They follow each other over the
map's own channel. The map's frame is the same string at every run, so that its zoom and pan
are never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geomap.dashboard.map import card_data, event_table, map_source, marker_events
from geomap.dashboard.shared import asset_server, cache, components, session, view_url
from geomap.dashboard.shared.asset_server import Kept
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.callbacks import (
    CARD,
    COUNTS,
    FIT,
    GO_TO,
    HERE,
    LIST,
    NEAR,
    REDRAW,
    TABLE_OPEN,
    TIMELINE,
    camera_changed,
    card_pressed,
    drawn_changed,
    fit,
    here_pressed,
    mode_changed,
    near_pressed,
    number_pressed,
    picked,
    place_changed,
    range_changed,
    redraw,
    window_followed,
)
from geomap.dashboard.shared.choices import TILES
from geomap.dashboard.shared.view_state import View
from geomap.maps.map_layers import EventLayer, base_map
from geomap.maps.time_component import timeline_css, timeline_data, timeline_html, timeline_js
from geomap.query import EventQuery

MAP_HEIGHT = 520
ELSEWHERE = {"elsewhere": ["picked", "place"]}
"""What the card hears from the map itself: a click then draws the card's part alone."""
_FIRST_LOOK = "geomap_first_look"
_OURS = "\n.geomap-timeline [data-part=counts] { display: none; }\n"  # the page's own line has them


def map_page(data: Data) -> None:
    """Draw the three parts of the page for the session's view."""
    st.session_state.pop(REDRAW, None)
    asset_server.serve_assets()
    map_side, card_side = st.columns([0.68, 0.32], gap="medium")
    with map_side:
        _map_part(data)
    with card_side:
        _card_part(data)
    if st.session_state[TABLE_OPEN]:
        event_table.table_part(data)


def _go_where_asked() -> None:
    """Leave a part of the page for the whole: only that can switch pages or show a table."""
    if GO_TO in st.session_state or REDRAW in st.session_state:
        st.rerun()


@st.fragment
def _map_part(data: Data) -> None:
    _go_where_asked()
    view = view_url.current_view()
    numbers, buttons = st.columns([0.62, 0.38], vertical_alignment="center")
    with numbers:
        _numbers(data, view)
    with buttons.container(
        horizontal=True,
        horizontal_alignment="right",
        vertical_alignment="center",
        key="map_controls",
    ):
        _controls(view)
    _map(data, view)
    _time_control(data, view)
    view_url.show_in_url(view)


@st.fragment
def _card_part(data: Data) -> None:
    _go_where_asked()
    view = view_url.current_view()
    query = view_url.query_of(view)
    if view.event_id:
        blocks = card_data.event_card(data, view.event_id)
    elif view.place_id:
        blocks = card_data.place_card(data, view.place_id, query)
    else:
        blocks = card_data.latest_events(data, query)
    components.panel(
        blocks,
        key=CARD,
        label="Details",
        framed=True,
        follows=event_table.follows_of(data, view, window=not view.event_id),
        on_action=card_pressed,
        on_picked_change=lambda: picked(data, CARD),
        on_place_change=lambda: place_changed(CARD),
        on_window_change=lambda: window_followed(CARD),
        on_changed_change=_nothing,
    )
    view_url.show_in_url(view)
    if view.event_id and (mark := marker_events.here_of(view.event_id)):
        listed = marker_events.here_blocks(data, mark, view.event_id)
        components.panel(listed, key=HERE, label="Events here", framed=True, on_action=here_pressed)
    # After the card, which the reader waits for: this is looked for among all events.
    if view.event_id and (near := card_data.near_card(data, view.event_id)):
        components.panel(near, key=NEAR, label="Near events", framed=True, on_action=near_pressed)


def _nothing() -> None:
    """Nothing to do: that the part is drawn anew is the answer."""


def _time_control(data: Data, view: View) -> None:
    query = view_url.query_of(view)
    days = cache.days(data, query)
    span = days.days or (None, None)
    now = map_source.scene(data, query)
    points, bits, grid = (_address(binary) for binary in (now.points, now.bits, now.grid))
    _timeline()(
        key=TIMELINE,
        data=ELSEWHERE
        | timeline_data(
            channel=session.token(),
            src=points,
            bits=bits,
            grid=grid,
            served=map_source.is_beyond(data),
            histogram=days.histogram() if map_source.is_beyond(data) else None,
            window=(view.start, view.end),
            mode=view.mode,  # type: ignore[arg-type]  # one of MODES
            counts=cache.counts(data, query).as_dict(),
            selected=now.rows.row_of(view.event_id),
            fit=_fit(data, query),
            furniture=furniture_of(view),
            first=span[0],
            last=span[1],
        ),
        default={"range": None, "mode": None, "view": None, "drawn": None},
        on_range_change=range_changed,
        on_mode_change=mode_changed,
        on_view_change=camera_changed,
        on_drawn_change=drawn_changed,
    )


def _fit(data: Data, query: EventQuery) -> dict[str, Any] | None:
    """Return what the map was last asked to show, with the box where the server knows it."""
    asked: dict[str, Any] | None = st.session_state.get(FIT)
    if asked and "bbox" not in asked:
        asked["bbox"] = map_source.box(data, query)
    return asked


def _address(binary: Kept | None) -> str | None:
    return None if binary is None else session.visitor().address(binary)


def furniture_of(view: View) -> dict[str, Any]:
    """Return what the map is told of its lines, names and background."""
    return {
        "graticule": view.graticule,
        "boundaries": view.boundaries,
        "tiles": None if view.tiles == TILES[0] else view.tiles,
        "names": view.names,
    }


def _timeline() -> Callable[..., Any]:
    return components.registered(
        "timeline", html=timeline_html(), css=timeline_css() + _OURS, js=timeline_js()
    )


def _map(data: Data, view: View) -> None:
    channel = session.token()
    theme = st.context.theme.type or "light"
    figure = base_map(**_first_look(data), theme=theme, channel=channel, area=True)
    EventLayer(channel=channel).add_to(figure)
    st_folium(
        figure,
        key="map",
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=[],
        render=False,  # as a page of its own: nobody reads that, and the parts are the same
        feature_group_to_add=card_data.layer_of(data, view.layers, channel),
    )


def _first_look(data: Data) -> dict[str, Any]:
    """Return where the session's map began: another beginning would build it anew."""
    if _FIRST_LOOK not in st.session_state:
        camera = view_url.current_view().camera
        st.session_state[_FIRST_LOOK] = (
            {"bounds": map_source.bounds(data)}
            if camera is None
            else {"center": (camera.longitude, camera.latitude), "zoom": round(camera.zoom)}
        )
    look: dict[str, Any] = st.session_state[_FIRST_LOOK]
    return look


def _numbers(data: Data, view: View) -> None:
    components.counts_line(
        cache.counts(data, view_url.query_of(view)),
        key=COUNTS,
        channel=session.token(),
        listed=st.session_state.get(LIST) if st.session_state.get(TABLE_OPEN) else None,
        on_listed=number_pressed,
    )


def _controls(view: View) -> None:
    st.button("Fit", key="map_fit", help="Show all events of these days", on_click=fit)
    with st.popover("Link", key="map_link", help="An address that opens this view"):
        st.code(view_url.link_to(view), language=None, wrap_lines=True)
    st.toggle("Table", key=TABLE_OPEN, on_change=redraw)
