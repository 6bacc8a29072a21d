"""A small real workspace, and the pages over it without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geomap.dashboard import main, session
from geomap.gazetteer import open_gazetteer
from geomap.workspace import Workspace

ROWS = """id,date,latitude,longitude,type,title,notes,source
1,2022-12-10,39.64,46.55,Blockade,Lorries held up,<img src=x onerror=alert(1)>,Agency A
2,2022-12-20,39.82,46.75,Protest,A march,peaceful,Agency A
3,2023-03-05,39.80,46.70,Clash,Shots at dawn,=1+1,Agency B
4,,39.80,46.70,Clash,No day is given,,Agency B
5,2023-04-01,,,Talks,No place is given,,Agency B
"""
TEXT = """Shusha, March 2, 2023. Lorries were stopped near Shusha on March 1, 2023.

A spokesman said talks were held in Lachin on 27 February 2023.
"""
PAGES = {"map": "", "articles": "articles", "add_data": "add-data", "report": "report"}
OpenPage = Callable[[str], AppTest]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Return the server's workspace: five rows of one table, the curated places only."""
    folder = tmp_path / "workspace"
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(folder))
    opened = Workspace.open(folder, seed=False, gazetteer=open_gazetteer(layers={"curated"}))
    opened.ingest(ROWS.encode(), name="rows.csv")
    monkeypatch.setitem(session._open, folder.resolve(), opened)
    yield opened
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def open_page(workspace: Workspace) -> OpenPage:
    """Return a function that opens a page of the app by the name of its file."""

    def run(name: str) -> AppTest:
        app = AppTest.from_file(str(main.__file__), default_timeout=30)
        app.run()
        if name != "map":
            app.switch_page(f"views/{name}.py").run()
        assert not app.exception, app.exception
        return app

    assert workspace.version > 0
    return run
