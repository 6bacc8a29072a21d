"""The open workspace, and the random token of each browser session.

A workspace is opened once for the whole server and shared by its sessions. The token is part of
the addresses of the session's files and of its broadcast channel, so that two tabs or two people
never see or move each other's map.
"""

from __future__ import annotations

import secrets
import threading
from pathlib import Path

import streamlit as st

from geomap import paths
from geomap.dashboard.shared import keys
from geomap.dashboard.shared.asset_server import ServedFile, Visitor
from geomap.typing import Progress
from geomap.workspace import Workspace

_open: dict[Path, Workspace] = {}
_lock = threading.Lock()


def folder() -> Path:
    """Return the folder of the server's workspace."""
    return paths.workspace_dir().resolve()


def workspace(progress: Progress | None = None) -> Workspace:
    """Return the server's workspace; the first call opens it, and seeds it if it is new."""
    where = folder()
    with _lock:
        if where not in _open:
            _open[where] = Workspace.open(where, progress=progress)
        return _open[where]


def workspace_at(where: str) -> Workspace:
    """Return the open workspace of a folder."""
    return _open[Path(where)]


def is_open() -> bool:
    """Return whether the server has opened its workspace."""
    return folder() in _open


def address(file: ServedFile) -> str:
    """Return the address at which this session can fetch a file, until it ends."""
    if keys.VISITOR not in st.session_state:
        st.session_state[keys.VISITOR] = Visitor(token())
    visitor: Visitor = st.session_state[keys.VISITOR]
    return visitor.address(file)


def token() -> str:
    """Return this session's random token."""
    if keys.SESSION_TOKEN not in st.session_state:
        st.session_state[keys.SESSION_TOKEN] = secrets.token_urlsafe(18).replace("_", "-")
    value: str = st.session_state[keys.SESSION_TOKEN]
    return value
