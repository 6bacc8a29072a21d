"""The recipe that the documentation gives."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
from streamlit.testing.v1 import AppTest

IMPORTS = """
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
from streamlit import components
from streamlit_folium import st_folium

from geomap.maps.assets import asset_dirs, component_files, use_assets
from geomap.maps.map_layers import EventLayer, base_map
from geomap.maps.pack import pack_events
from geomap.maps.place_layer import place_layers, places_json
from geomap.maps.time_component import timeline_data
from geomap.query import EventQuery, count_events

served, served_name, token, secret = Path(FOLDER), "map_served", "token", "secret"
events, places = (pd.read_pickle(served / f"{name}.pickle") for name in ("events", "places"))
"""


def test_the_recipe_of_the_documentation_runs(
    tmp_path: Path, events: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> None:
    """A recipe that does not is worse than none."""
    events.to_pickle(tmp_path / "events.pickle")
    places.to_pickle(tmp_path / "places.pickle")
    recipe = Path("docs/map-component.md").read_text("utf-8")
    code = recipe.split("```python\n", 1)[1].split("```", 1)[0]
    page = tmp_path / "page.py"
    page.write_text(IMPORTS.replace("FOLDER", repr(str(tmp_path))) + code, "utf-8")

    app = AppTest.from_file(str(page)).run()

    assert not app.exception, app.exception
    assert (tmp_path / "secret.gme").read_bytes()
    assert b"The road" in (tmp_path / "secret.json").read_bytes()
    kinds = [type(element.proto).__name__ for element in app.main.children.values()]
    assert kinds == ["ComponentInstance", "BidiComponent"]
