"""How the map looks: layers, names, boundaries and background, in the sidebar of the Map page."""

from __future__ import annotations

import streamlit as st

from geomap.dashboard.map import map_cache
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.choices import BOUNDARIES, LAYERS, TILES, label_of
from geomap.dashboard.shared.view_state import View
from geomap.dashboard.shared.view_url import change_view
from geomap.symbology.map_choices import TILES_WARNING

_LOOKS = {
    "map_layers": "layers",
    "map_boundaries": "boundaries",
    "map_names": "names",
    "map_graticule": "graticule",
    "map_tiles": "tiles",
}


def looks(data: Data, view: View) -> None:
    """Draw the choices; each changes the session's view."""
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
