"""Files that the browser fetches: the map's own scripts, and events and places for sessions.

Streamlit serves them from declared folders; no other server is involved. A file is on the disk
once, however many sessions use it; each session reaches it under a name of its own, which is
derived from its random token: a hash of the content could be guessed. The name is removed when
the session ends.
"""

from __future__ import annotations

import gzip
import os
import secrets
import shutil
import tempfile
import time
import weakref
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import streamlit as st
import streamlit.components.v1 as components

from geomap.files.sha256 import sha256_of
from geomap.maps.assets import asset_dirs, bundle, use_assets

FILES_PER_SESSION = 6
"""A map fetches up to three files (places, events, bits or a grid): enough for two runs."""

_ENDING = ".gz"
"""Streamlit's server compresses whatever it sends, at each request, unless it is a .gz file."""
_MAX_AGE = 24 * 3600  # seconds


@cache
def serve_assets() -> None:
    """Serve the map's scripts and styles, once for the process, and tell folium their addresses."""
    names = {
        mount: components.declare_component(f"geomap_{mount}", path=str(folder)).name
        for mount, folder in asset_dirs().items()
    }
    use_assets(lambda mount, file: f"../{names[mount]}/{file}", _bundles())


def _bundles() -> dict[str, str]:
    """Serve the map's scripts and styles as one file each; return their addresses."""
    folder = Path(tempfile.mkdtemp(prefix="geomap-map-"))
    weakref.finalize(serve_assets, shutil.rmtree, folder, ignore_errors=True)
    name = components.declare_component("geomap_bundle", path=str(folder)).name
    addresses = {}
    for kind in ("js", "css"):
        content = bundle(kind).encode()
        file = folder / f"map-{sha256_of(content)[:16]}.{kind}"
        file.write_bytes(content)
        addresses[kind] = f"../{name}/{file.name}"
    return addresses


@cache
def serve_fonts() -> None:
    """Serve a typeface with Armenian letters, named by the theme, from an installed package."""
    package = find_spec("matplotlib")  # located, not imported: only its files are needed
    folders = package.submodule_search_locations if package else None
    if folders:
        fonts = Path(next(iter(folders))) / "mpl-data" / "fonts" / "ttf"
        components.declare_component("geomap_fonts", path=str(fonts))


class _Folders(NamedTuple):
    """Where files are stored, where sessions reach them, and the name of the latter's mount."""

    stored: Path
    served: Path
    mount: str
    temporary: tempfile.TemporaryDirectory[str]  # removes the folders when the server ends


@cache
def _folders() -> _Folders:
    temporary = tempfile.TemporaryDirectory(prefix="geomap-", ignore_cleanup_errors=True)
    stored, served = Path(temporary.name) / "stored", Path(temporary.name) / "served"
    stored.mkdir()
    served.mkdir()
    mount = components.declare_component("geomap_events", path=str(served)).name
    return _Folders(stored, served, mount, temporary)


class ServedFile:
    """A file on the disk, removed when nothing in the server refers to this object any more.

    Sessions that have a name for it can still fetch it: its bytes go with the last name.
    """

    def __init__(self, content: bytes) -> None:
        self.path = _folders().stored / f"{secrets.token_hex(12)}{_ENDING}"
        # Wrapped, not compressed: on one machine compressing takes longer than sending.
        self.path.write_bytes(gzip.compress(content, compresslevel=0, mtime=0))
        weakref.finalize(self, _remove, [self.path])


@st.cache_resource(max_entries=64, show_spinner=False)
def served_file(content: bytes) -> ServedFile:
    """Return the same file for the same content, so that its address stays the same."""
    return ServedFile(content)


class Visitor:
    """The files that one session can fetch; their addresses end with it."""

    def __init__(self, token: str) -> None:
        self.token = token
        self._names: list[Path] = []  # the latest last
        weakref.finalize(self, _remove, self._names)

    def address(self, file: ServedFile) -> str:
        """Return the address of a file for the map's frame, the same at every call.

        Only the session's latest few files can be fetched.
        """
        folders = _folders()
        secret = sha256_of(f"{self.token} {file.path.name}")[:32]
        path = folders.served / f"{secret}{_ENDING}"
        if path in self._names:
            self._names.remove(path)
        if path.exists():
            path.touch()
        else:
            _link(file.path, path)
        self._names.append(path)
        _remove(self._names[:-FILES_PER_SESSION])
        del self._names[:-FILES_PER_SESSION]
        _remove_old(folders.served)
        return f"../{folders.mount}/{path.name}"


def _link(source: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the disk has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _remove_old(folder: Path) -> None:
    """Remove the names of sessions that are long gone."""
    oldest = time.time() - _MAX_AGE
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # another session may end meanwhile
            if path.stat().st_mtime < oldest:
                path.unlink()


def _remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
