"""The usual way with folium and Streamlit, for comparison: the map is rebuilt at each move.

Up to 100,000 events one GeoJson layer through st_folium; above, counts on a grid made on
the server. Run by `bench.map`, which passes the workspace and the way in the environment.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import folium
import numpy as np
import pandas as pd
import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium

from bench.workspaces import DAYS, FIRST_DAY
from geomap.maps.assets import asset_dirs
from geomap.workspace import Workspace


@st.cache_resource
def leaflet() -> str:
    """Serve Leaflet from this machine; return the name of the folder."""
    declared = components.declare_component("bench_leaflet", path=str(asset_dirs()["leaflet"]))
    name: str = declared.name
    return name


@st.cache_resource
def points() -> pd.DataFrame:
    """Return longitude, latitude and day of every event."""
    events = Workspace(Path(os.environ["GEOMAP_WORKSPACE"])).events()
    return pd.DataFrame(
        {"x": events.geometry.x, "y": events.geometry.y, "day": events["event_date"]}
    ).sort_values("day")


def geojson(table: pd.DataFrame, stamp: int) -> dict[str, Any]:
    """Return the events as points."""
    features = [
        {
            "type": "Feature",
            "properties": {"stamp": stamp},
            "geometry": {"type": "Point", "coordinates": [x, y]},
        }
        for x, y in zip(table["x"].tolist(), table["y"].tolist(), strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def grid(table: pd.DataFrame, stamp: int) -> dict[str, Any]:
    """Return counts of the events on a grid of a degree as points."""
    cells = np.floor(table[["x", "y"]].to_numpy()).astype(int)
    corners, counts = np.unique(cells, axis=0, return_counts=True)
    made = geojson(pd.DataFrame(corners + 0.5, columns=["x", "y"]), stamp)
    for feature, count in zip(made["features"], counts.tolist(), strict=True):
        feature["properties"]["count"] = count
    return made


first = pd.Timestamp(FIRST_DAY).date()
start = st.slider("First day", 0, DAYS // 2, 0)
table = points()
low = pd.Timestamp(first + timedelta(days=start))
kept = table[table["day"].between(low, low + pd.Timedelta(days=DAYS // 2))]
figure = folium.Map([5, 20], zoom_start=3, tiles=None, prefer_canvas=True)
# folium loads its scripts from four servers and draws nothing without them: serve Leaflet here.
address = f"../{leaflet()}/leaflet"
figure.default_js = [("leaflet", f"{address}.js")]
figure.default_css = [("leaflet", f"{address}.css")]
group = folium.FeatureGroup(name="events")
made = (grid if os.environ["GEOMAP_BENCH_WAY"] == "grid" else geojson)(kept, start)
folium.GeoJson(made, marker=folium.CircleMarker(radius=3)).add_to(group)
st_folium(figure, key="map", height=520, returned_objects=[], feature_group_to_add=group)
