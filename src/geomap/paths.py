"""Where geomap finds its own data, and where it keeps what it builds.

Installed from a wheel, the reference data and the sample inputs lie inside the package;
in a checkout they are the folders `geo/` and `data/` at the top.
"""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def _bundled(packaged: str, in_checkout: str) -> Path:
    inside = _PACKAGE / "_data" / packaged
    return inside if inside.is_dir() else _PACKAGE.parent.parent / in_checkout


def geo_dir() -> Path:
    """Return the folder of the curated gazetteer."""
    return _bundled("geo", "geo")


def sample_dir() -> Path:
    """Return the folder whose `articles/` and `events/` seed a new default workspace."""
    return _bundled("sample", "data")


def cache_dir() -> Path:
    """Return the user's cache folder for geomap (`GEOMAP_CACHE` overrides it); it may not exist."""
    override = os.environ.get("GEOMAP_CACHE")
    return Path(override) if override else Path(platformdirs.user_cache_dir("geomap"))


def workspace_dir() -> Path:
    """Return the default workspace folder (`GEOMAP_WORKSPACE` overrides it); it may not exist."""
    return Path(os.environ.get("GEOMAP_WORKSPACE") or "workspace")


def packaged_rows(package: str, name: str) -> list[list[str]]:
    """Return the rows of a table of words that lies beside the code, cells between tabs.

    Parameters
    ----------
    package, name
        The dotted name of a package; a file of its folder `data`. Lines that begin with "#"
        are remarks.
    """
    text = resources.files(package).joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
