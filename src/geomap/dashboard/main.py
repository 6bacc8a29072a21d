"""The entry script of the app: page settings, the four pages, and opening the workspace.

`geomap run` starts Streamlit on this file; `app.py` of a checkout calls `main` too.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geomap.dashboard import server
from geomap.dashboard.shared import asset_server, components, session
from geomap.dashboard.shared.callbacks import (
    GO_TO,
    LIST,
    NESTED,
    ONLY_UNCERTAIN,
    REPORT_CHOICES,
    TABLE_OPEN,
)
from geomap.errors import GeomapError

VIEWS = Path(__file__).parent / "views"
ICON = Path(__file__).parent / "static" / "icon.png"
KEPT = (*REPORT_CHOICES, TABLE_OPEN, LIST, NESTED, ONLY_UNCERTAIN)
PAGES = (
    ("map.py", "Map", "", ":material/map:"),
    ("articles.py", "Articles", "articles", ":material/article:"),
    ("add_data.py", "Add data", "add-data", ":material/upload_file:"),
    ("report.py", "Report", "report", ":material/summarize:"),
)


def main() -> None:
    """Draw the page that the address asks for."""
    server.ask_nobody()
    # A symbol of a font as the icon of the tab would be fetched from another server.
    st.set_page_config(page_title="geomap", page_icon=str(ICON), layout="wide")
    components.page_style()
    keep_choices()
    asset_server.serve_fonts()
    pages = [
        st.Page(VIEWS / file, title=title, icon=icon, url_path=path or None, default=not path)
        for file, title, path, icon in PAGES
    ]
    page = st.navigation(pages, position="top")
    try:
        open_workspace()
        go_where_asked(pages)
        page.run()
    except GeomapError as error:
        components.notice(str(error), key="geomap_error", tone="problem")


def keep_choices() -> None:
    """Keep what was chosen on a page while another is open: Streamlit would forget it."""
    for key in KEPT:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def go_where_asked(pages: list[st.Page]) -> None:
    """Switch to the page that a button asked for: a callback itself cannot."""
    wanted = st.session_state.pop(GO_TO, None)
    for page, (file, *_) in zip(pages, PAGES, strict=True):
        if wanted == file.removesuffix(".py"):
            st.switch_page(page)


def open_workspace() -> None:
    """Open the workspace; the first time in a server's life, show how far it is."""
    room = st.empty()  # at every run: what stands below it must not move, or it is built anew
    if session.is_open():
        return
    bar = components.ProgressBar("Opening the workspace", room)
    session.workspace(bar.show)
    bar.close()


if __name__ == "__main__":
    main()
