"""The Map page: the map with its time control, the card beside it, the events as a table.

Three fragments, each drawn by itself: moving the dates runs the map's, a click on the map the
card's, another page of rows the table's. They follow each other over the map's channel. The
map's frame is the same string at every run, so that its zoom and pan are never lost.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geomap.dashboard.map import (
    callbacks,
    card_data,
    decision_form,
    event_table,
    filter_panel,
    map_source,
    marker_events,
    welcome,
)
from geomap.dashboard.shared import asset_server, cache, components, keys, session, view_url
from geomap.dashboard.shared.asset_server import ServedFile
from geomap.dashboard.shared.blocks import Block
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.choices import TILES
from geomap.dashboard.shared.view_state import View
from geomap.maps.assets import component_files
from geomap.maps.map_layers import EventLayer, base_map
from geomap.maps.time_component import timeline_data
from geomap.query import EventQuery

MAP_HEIGHT = 520  # pixels
ELSEWHERE = {"elsewhere": ["picked", "place"]}
"""Events of the map that the card receives itself: a click then runs the card's fragment alone."""
_COUNTS_HTML = """
<div class="counts" data-testid="geomap-counts" role="group" aria-label="Counts"></div>
"""
_NO_COUNTS = "\n.geomap-timeline [data-part=counts] { display: none; }\n"  # the page has a line


def map_page(data: Data) -> None:
    """Draw the page for the session's view."""
    for number, problem in enumerate(view_url.link_problems()):
        components.notice(problem, key=f"map_link_problem_{number}", tone="problem")
    filter_panel.sidebar(data)
    welcome.greet()
    st.session_state.pop(keys.REDRAW, None)
    asset_server.serve_assets()
    map_side, card_side = st.columns([0.68, 0.32], gap="medium")
    with map_side:
        _map_part(data)
    with card_side:
        _card_part(data)
    if st.session_state[keys.TABLE_OPEN]:
        event_table.table_part(data)


def _leave_fragment() -> None:
    """Draw the whole page if a callback asks for it: only that can switch pages or add a table."""
    if keys.GO_TO in st.session_state or keys.REDRAW in st.session_state:
        st.rerun()


@st.fragment
def _map_part(data: Data) -> None:
    _leave_fragment()
    view = view_url.current_view()
    numbers, buttons = st.columns([0.62, 0.38], vertical_alignment="center")
    with numbers:
        _counts_line(data, view)
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
    _leave_fragment()
    view = view_url.current_view()
    query = view_url.query_of(view)
    if view.event_id:
        card = card_data.event_card(data, view.event_id)
    elif view.place_id:
        card = card_data.place_card(data, view.place_id, query)
    else:
        card = card_data.latest_events(data, query)
    components.panel(
        card,
        key=keys.CARD,
        label="Details",
        framed=True,
        follows=event_table.follows_of(data, view, window=not view.event_id),
        on_action=partial(callbacks.card_pressed, keys.CARD),
        on_picked_change=partial(callbacks.event_picked, data, keys.CARD),
        on_place_change=partial(callbacks.place_picked, keys.CARD),
        on_window_change=partial(callbacks.window_changed, keys.CARD),
        on_changed_change=components.ignore,
    )
    view_url.show_in_url(view)
    if not view.event_id:
        return
    decision_form.decision_part(data, view.event_id)
    if listed := marker_events.marker_blocks(data, view.event_id):
        _list_card(listed, keys.MARKER_CARD, "Events here")
    # After the card, which the reader waits for: this is looked for among all events.
    if near := card_data.near_card(data, view.event_id):
        _list_card(near, keys.NEAR_CARD, "Near events")


def _list_card(content: list[Block], key: str, label: str) -> None:
    on_action = partial(callbacks.card_pressed, key)
    components.panel(content, key=key, label=label, framed=True, on_action=on_action)


def _time_control(data: Data, view: View) -> None:
    query = view_url.query_of(view)
    days = cache.days(data, query)
    first, last = days.days or (None, None)
    files = map_source.map_files(data, query)
    is_large = map_source.is_large(data)
    parts = component_files("timeline")
    parts = {**parts, "css": parts["css"] + _NO_COUNTS}
    timeline = components.registered("timeline", **parts)
    timeline(
        key=keys.TIMELINE,
        data=ELSEWHERE
        | timeline_data(
            channel=session.token(),
            src=_address(files.points),
            bits=_address(files.bits),
            grid=_address(files.grid),
            served=is_large,
            histogram=days.histogram() if is_large else None,
            window=(view.query.start, view.query.end),
            mode=view.mode,  # type: ignore[arg-type]  # one of MODES
            counts=cache.counts(data, query).as_dict(),
            selected=files.rows.row_of(view.event_id),
            fit=_fit(data, query),
            furniture=_furniture(view),
            first=first,
            last=last,
        ),
        default={"range": None, "mode": None, "view": None, "drawn": None},
        on_range_change=callbacks.range_changed,
        on_mode_change=callbacks.mode_changed,
        on_view_change=callbacks.camera_changed,
        on_drawn_change=callbacks.area_changed,
    )


def _address(file: ServedFile | None) -> str | None:
    return None if file is None else session.address(file)


def _fit(data: Data, query: EventQuery) -> dict[str, Any] | None:
    """Return the last request to show all events, with their box where the server works it out."""
    request: dict[str, Any] | None = st.session_state.get(keys.FIT)
    if request and "bbox" not in request:
        request["bbox"] = map_source.box(data, query)
    return request


def _furniture(view: View) -> dict[str, Any]:
    """Return how the map draws its lines, names and background."""
    return {
        "graticule": view.graticule,
        "boundaries": view.boundaries,
        "tiles": None if view.tiles == TILES[0] else view.tiles,
        "names": view.names,
    }


def _map(data: Data, view: View) -> None:
    channel = session.token()
    theme = st.context.theme.type or "light"
    figure = base_map(**_first_camera(data), theme=theme, channel=channel, area=True)
    EventLayer(channel=channel).add_to(figure)
    st_folium(
        figure,
        key="map",
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=[],
        render=False,  # the whole page that folium would write is not needed
        feature_group_to_add=map_source.places_layer(data, view.layers, channel),
    )


def _first_camera(data: Data) -> dict[str, Any]:
    """Return the camera with which the session's map began: with another it would be rebuilt."""
    if keys.FIRST_CAMERA not in st.session_state:
        camera = view_url.current_view().camera
        st.session_state[keys.FIRST_CAMERA] = (
            {"bounds": map_source.bounds(data)}
            if camera is None
            else {"center": (camera.longitude, camera.latitude), "zoom": round(camera.zoom)}
        )
    first: dict[str, Any] = st.session_state[keys.FIRST_CAMERA]
    return first


def _counts_line(data: Data, view: View) -> None:
    """Draw the eight counts as buttons; they follow what the map paints between two runs."""
    state = st.session_state
    components.component("counts", _COUNTS_HTML)(
        key=keys.COUNTS,
        data={
            "counts": cache.counts(data, view_url.query_of(view)).as_dict(),
            "listed": state.get(keys.LIST) if state.get(keys.TABLE_OPEN) else None,
            "channel": session.token(),
        },
        on_listed_change=callbacks.number_pressed,
    )


def _controls(view: View) -> None:
    st.button("Fit", key="map_fit", help="Show all events of these days", on_click=callbacks.fit)
    with st.popover("Link", key="map_link", help="An address that opens this view"):
        st.code(view_url.link_to(view), language=None, wrap_lines=True)
    st.toggle("Table", key=keys.TABLE_OPEN, on_change=callbacks.redraw)
