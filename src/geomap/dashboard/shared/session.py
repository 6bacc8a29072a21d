"""What a browser session holds: the open workspace, and a token nobody else knows.

A workspace is opened once for the whole server and shared by its sessions. The token names
the session's binary of events and its broadcast channel, so that two tabs or two people
never see or move each other's map.
"""

from __future__ import annotations

import secrets
import threading
from pathlib import Path

import streamlit as st

from geomap import paths
from geomap.dashboard.shared.asset_server import Visitor
from geomap.typing import Progress
from geomap.workspace import Workspace

_open: dict[Path, Workspace] = {}
_lock = threading.Lock()


def folder() -> Path:
    """Return the folder of the server's workspace."""
    return paths.workspace_dir().resolve()


def workspace(progress: Progress | None = None) -> Workspace:
    """Return the server's workspace, opened (and seeded, the first time) when first asked for."""
    where = folder()
    with _lock:
        if where not in _open:
            _open[where] = Workspace.open(where, progress=progress)
        return _open[where]


def workspace_at(where: str) -> Workspace:
    """Return the open workspace of a folder."""
    return _open[Path(where)]


def is_open() -> bool:
    """Return whether the server has opened its workspace already."""
    return folder() in _open


def visitor() -> Visitor:
    """Return what this session can fetch; it goes with the session."""
    if "geomap_visitor" not in st.session_state:
        st.session_state["geomap_visitor"] = Visitor(token())
    found: Visitor = st.session_state["geomap_visitor"]
    return found


def token() -> str:
    """Return this session's random token."""
    if "geomap_token" not in st.session_state:
        st.session_state["geomap_token"] = secrets.token_urlsafe(18).replace("_", "-")
    value: str = st.session_state["geomap_token"]
    return value
