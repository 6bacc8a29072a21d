"""Files that the browser fetches: the map's own scripts, and events and places for sessions.

All are served by Streamlit from declared folders, so nothing is asked of any other server.
A file lies on the disk once, however many sessions look at it; each session reaches it
under a name of its own, which holds its random token: a hash of the content could be
guessed. The name is gone when the session ends.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import secrets
import shutil
import tempfile
import time
import weakref
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import streamlit as st
import streamlit.components.v1 as components

from geomap.maps.assets import asset_dirs, bundle, use_assets

KEPT_PER_SESSION = 6
"""A map fetches up to three files (places, events, bits or a grid): those of two runs are kept."""

_ENDING = ".gz"
"""Streamlit's server packs what it sends, at each request, unless it is packed already."""


@cache
def serve_assets() -> None:
    """Serve the map's scripts and styles, once for the process, and tell folium where."""
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
        file = folder / f"map-{hashlib.sha256(content).hexdigest()[:16]}.{kind}"
        file.write_bytes(content)
        addresses[kind] = f"../{name}/{file.name}"
    return addresses


@cache
def serve_fonts() -> None:
    """Serve a typeface with Armenian letters, which the theme names, from an installed package."""
    package = find_spec("matplotlib")  # found, not imported: only its files are wanted
    folders = package.submodule_search_locations if package else None
    if folders:
        fonts = Path(next(iter(folders))) / "mpl-data" / "fonts" / "ttf"
        components.declare_component("geomap_fonts", path=str(fonts))


@cache
def _folders() -> tuple[Path, Path, str, tempfile.TemporaryDirectory[str]]:
    """Return where files lie, where sessions reach them, and under which address."""
    holder = tempfile.TemporaryDirectory(prefix="geomap-", ignore_cleanup_errors=True)
    kept, served = Path(holder.name) / "kept", Path(holder.name) / "served"
    kept.mkdir()
    served.mkdir()
    name = components.declare_component("geomap_events", path=str(served)).name
    return kept, served, name, holder  # the holder removes the folder when the server ends


class Kept:
    """A file on the disk; it is removed when nobody in the server holds this any more.

    Sessions that reach it under names of their own still do: its bytes go with the last name.
    """

    def __init__(self, blob: bytes) -> None:
        kept, _, _, _ = _folders()
        self.path = kept / f"{secrets.token_hex(12)}{_ENDING}"
        # Not compressed, only wrapped: on one machine packing takes longer than sending.
        self.path.write_bytes(gzip.compress(blob, compresslevel=0, mtime=0))
        weakref.finalize(self, _remove, [self.path])


@st.cache_resource(max_entries=64, show_spinner=False)
def kept(content: bytes) -> Kept:
    """Return a file of the same content each time, so that its address stays what it was."""
    return Kept(content)


class Visitor:
    """What one session can fetch. When the session ends and this goes, so do its addresses."""

    def __init__(self, token: str) -> None:
        self.token = token
        self._names: list[Path] = []  # the latest last
        weakref.finalize(self, _remove, self._names)

    def address(self, file: Kept) -> str:
        """Return where the map's frame can fetch a file; the same each time it is asked.

        Only the session's latest few files can be fetched.
        """
        _, served, name, _ = _folders()
        secret = hashlib.sha256(f"{self.token} {file.path.name}".encode()).hexdigest()[:32]
        path = served / f"{secret}{_ENDING}"
        if path in self._names:
            self._names.remove(path)
        if path.exists():
            path.touch()
        else:
            _link(file.path, path)
        self._names.append(path)
        _remove(self._names[:-KEPT_PER_SESSION])
        del self._names[:-KEPT_PER_SESSION]
        _forget_old(served)
        return f"../{name}/{path.name}"


def _link(source: Path, target: Path) -> None:
    """Give a file a second name; where the disk has no such thing, copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _forget_old(folder: Path) -> None:
    """Remove what no page has asked for since yesterday: its session is long gone."""
    limit = time.time() - 24 * 3600
    for path in folder.glob(f"*{_ENDING}"):
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
