"""The entry script of the app: page settings, the four pages, opening the workspace.

`geomap run` starts Streamlit on this file; the `app.py` of a checkout calls `main` too.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geomap.dashboard import server
from geomap.dashboard.shared import asset_server, components, keys, session
from geomap.errors import GeomapError

VIEWS = Path(__file__).parent / "views"
ICON = Path(__file__).parent / "static" / "icon.png"
PAGES = (
    ("map.py", "Map", "", ":material/map:"),
    ("articles.py", "Articles", "articles", ":material/article:"),
    ("add_data.py", "Add data", "add-data", ":material/upload_file:"),
    ("report.py", "Report", "report", ":material/summarize:"),
)


def main() -> None:
    """Draw the page that the address names."""
    server.block_address_lookup()
    # A symbol of a font as the icon of the tab would be fetched from another server.
    st.set_page_config(page_title="geomap", page_icon=str(ICON), layout="wide")
    components.page_style()
    remember_choices()
    asset_server.serve_fonts()
    pages = [
        st.Page(VIEWS / file, title=title, icon=icon, url_path=path or None, default=not path)
        for file, title, path, icon in PAGES
    ]
    page = st.navigation(pages, position="top")
    try:
        open_workspace()
        switch_page(pages)
        page.run()
    except GeomapError as error:
        components.notice(str(error), key="geomap_error", tone="problem")


def remember_choices() -> None:
    """Set the choices of other pages again: Streamlit forgets those of widgets it does not draw."""
    for key in keys.REMEMBERED:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def switch_page(pages: list[st.Page]) -> None:
    """Switch to the page that a callback named: it cannot do so itself."""
    wanted = st.session_state.pop(keys.GO_TO, None)
    for page, (file, *_) in zip(pages, PAGES, strict=True):
        if wanted == file.removesuffix(".py"):
            st.switch_page(page)


def open_workspace() -> None:
    """Open the workspace, with a progress bar the first time."""
    room = st.empty()  # at every run: if what is below it moved, it would be built anew
    if session.is_open():
        return
    bar = components.ProgressBar("Opening the workspace", room)
    session.workspace(bar.show)
    bar.close()


if __name__ == "__main__":
    main()
