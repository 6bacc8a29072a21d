"""Files that the browser fetches: the map's own scripts, and one binary of events a session.

Both are served by Streamlit from declared folders, so nothing is asked of any other server.
The binary's name holds the session's random token: a hash of its content could be guessed.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import streamlit.components.v1 as components

from geomap.maps.assets import asset_dirs, use_assets

KEPT_PER_SESSION = 3
_ENDING = ".gme"


@cache
def serve_assets() -> None:
    """Serve the map's scripts and styles, once for the process, and tell folium where."""
    names = {
        mount: components.declare_component(f"geomap_{mount}", path=str(folder)).name
        for mount, folder in asset_dirs().items()
    }
    use_assets(lambda mount, file: f"../{names[mount]}/{file}")


@cache
def serve_fonts() -> None:
    """Serve a typeface with Armenian letters, which the theme names, from an installed package."""
    package = find_spec("matplotlib")  # found, not imported: only its files are wanted
    folders = package.submodule_search_locations if package else None
    if folders:
        fonts = Path(next(iter(folders))) / "mpl-data" / "fonts" / "ttf"
        components.declare_component("geomap_fonts", path=str(fonts))


@cache
def _events_folder() -> tuple[Path, str, tempfile.TemporaryDirectory[str]]:
    holder = tempfile.TemporaryDirectory(prefix="geomap-", ignore_cleanup_errors=True)
    name = components.declare_component("geomap_events", path=holder.name).name
    return Path(holder.name), name, holder  # the holder removes the folder when the server ends


def serve_events(blob: bytes, *, owner: str) -> str:
    """Return the address, as seen from the map's frame, under which `blob` can be fetched.

    Parameters
    ----------
    blob, owner
        Packed events; the session's random token. Only the session's latest few binaries
        are kept.
    """
    folder, name, _ = _events_folder()
    secret = hashlib.sha256(owner.encode() + hashlib.sha256(blob).digest()).hexdigest()[:24]
    path = folder / f"{_prefix(owner)}-{secret}{_ENDING}"
    if path.exists():
        path.touch()
    else:
        path.write_bytes(blob)
    _forget_old(folder)
    mine = sorted(folder.glob(f"{_prefix(owner)}-*{_ENDING}"), key=lambda p: p.stat().st_mtime_ns)
    for old in mine[:-KEPT_PER_SESSION]:
        old.unlink(missing_ok=True)
    return f"../{name}/{path.name}"


def _forget_old(folder: Path) -> None:
    """Remove what no page has asked for since yesterday: its session is long gone."""
    limit = time.time() - 24 * 3600
    for path in folder.glob(f"*{_ENDING}"):
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)


def _prefix(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()[:16]
