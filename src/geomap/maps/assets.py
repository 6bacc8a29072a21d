"""The files that the map's page needs, and their addresses.

No address leaves this machine. Until `use_assets` is called every file travels
inside the page as a data URI, so that a map saved with folium opens with no network.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from geomap.errors import NotFoundError

HERE = Path(__file__).resolve().parent

MAP_SCRIPTS: tuple[tuple[str, str], ...] = (("leaflet", "leaflet.js"), ("static", "map.js"))
"""Scripts of the map's frame: Leaflet, and the bundle of ours that calls it."""

MAP_STYLES: tuple[tuple[str, str], ...] = (
    ("leaflet", "leaflet.css"),
    ("static", "map.css"),
    ("static", "events.css"),
)

UrlFor = Callable[[str, str], str]

_TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}


@cache
def asset_dirs() -> dict[str, Path]:
    """Return the folders to serve, by mount name: "leaflet", "static", "data"."""
    from xstatic.pkg import leaflet

    return {
        "leaflet": Path(leaflet.BASE_DIR),
        "static": HERE / "static",
        "data": HERE.parent / "basemap" / "data",
    }


def read_asset(mount: str, file: str) -> str:
    """Return the text of one asset.

    Raises
    ------
    NotFoundError
        When there is no such mount or file.
    """
    folder = asset_dirs().get(mount)
    path = folder / file if folder else None
    if path is None or not path.is_file():
        message = f"geomap has no asset {file!r} under {mount!r}; reinstall geomap."
        raise NotFoundError(message)
    return path.read_text(encoding="utf-8")


def json_bytes(value: object) -> bytes:
    """Return a value as compact JSON in UTF-8, for a script to fetch.

    Parameters
    ----------
    value
        Values of JSON; letters that UTF-8 does not have are replaced.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace")


@cache
def component_files(name: str) -> dict[str, str]:
    """Return markup, style and script of a control as the arguments of a Streamlit component.

    The style takes its colours and typeface from Streamlit's theme; the script has a default
    export, as Streamlit requires.

    Parameters
    ----------
    name
        "timeline" or "filters".
    """
    return {kind: read_asset("static", f"{name}.{kind}") for kind in ("html", "css", "js")}


@cache
def data_uri(mount: str, file: str) -> str:
    """Return one asset as a `data:` address."""
    return data_address(read_asset(mount, file).encode(), _TYPES[Path(file).suffix])


def data_address(content: bytes, kind: str = "application/json") -> str:
    """Return a `data:` address that holds `content` itself, for a page without a server."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


@cache
def bundle(kind: str) -> str:
    """Return all scripts ("js") or styles ("css") of the map's frame as one file.

    The frame fetches its files one after the other.
    """
    files = MAP_SCRIPTS if kind == "js" else MAP_STYLES
    return ("\n;\n" if kind == "js" else "\n").join(read_asset(*file) for file in files)


_served: dict[str, UrlFor] = {}
_bundles: dict[str, str] = {}


def use_assets(url_for: UrlFor, bundles: Mapping[str, str] | None = None) -> None:
    """Set the addresses of the files for all maps drawn from now on.

    Parameters
    ----------
    url_for
        Given a mount of `asset_dirs` and a file name, returns the address, which may be
        relative to the page that holds the map.
    bundles
        Addresses of the results of `bundle`, by "js" and "css", where they are served too.
    """
    _served["url_for"] = url_for
    _bundles.clear()
    _bundles.update(bundles or {})


def asset_url(mount: str, file: str) -> str:
    """Return the address of one asset: as set by `use_assets`, else a data URI."""
    return _served.get("url_for", data_uri)(mount, file)


def links(kind: str) -> list[tuple[str, str]]:
    """Return (name, address) of each script ("js") or style ("css"), as folium expects them."""
    if kind in _bundles:
        return [(f"geomap.{kind}", _bundles[kind])]
    files = MAP_SCRIPTS if kind == "js" else MAP_STYLES
    return [(f"{mount}/{file}", asset_url(mount, file)) for mount, file in files]
