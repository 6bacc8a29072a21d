"""The manifest of a snapshot: query, counts, digests of the data, sources, software.

It goes into every file, and `verify` compares the file and the workspace with it. The id of a
snapshot is a digest of its statements: the same content has the same id in every format and on
every day.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from geomap import __version__
from geomap.files.sha256 import sha256_of
from geomap.query.forms import query_as_json
from geomap.sharing import digest_of_events, digest_of_places
from geomap.snapshot.plan.parts import Part
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.view import Origin, View

FORMAT = 1
MANIFEST_ID = "geomap-manifest"
"""The id of the element of an HTML or SVG file, and the name of the chunk of a PNG, with it."""

_PACKAGES = ("matplotlib", "numpy", "pandas", "geopandas", "shapely", "pyproj", "pillow")
_SETTINGS = ("size", "portrait", "theme", "graticule", "north", "locator", "show_places",
         "show_histogram", "frame", "boundaries", "names")  # fmt: skip

IN_ID = ("kind", "title", "settings", "query", "query_in_words", "counts", "data", "redaction",
         "withheld", "parts")  # fmt: skip
"""The parts of a manifest that its id is a digest of."""


def manifest_of(
    view: View,
    settings: SnapshotSettings,
    *,
    kind: str = "figure",
    parts: Sequence[Part] = (),
) -> dict[str, Any]:
    """Return the manifest of a snapshot, before it is sealed into a file.

    Parameters
    ----------
    view, settings
        What is shown, and how.
    kind
        "figure", "panels", "series", "atlas", "page" (HTML) or "bundle".
    parts
        The panels or pictures (see `parts_of`).

    Returns
    -------
    manifest
        Values of JSON only.
    """
    statements: dict[str, Any] = {
        "kind": kind,
        "title": settings.title,
        "settings": {name: getattr(settings, name) for name in _SETTINGS},
        "query": query_as_json(view.query),
        "query_in_words": view.query.in_words(),
        "counts": view.counts.as_dict(),
        "data": {
            "version": settings.version,
            "events": len(view.events),
            "events_sha256": digest_of_events(view.events),
            "places": len(view.places) if settings.show_places else 0,
            "places_sha256": digest_of_places(view.places) if settings.show_places else None,
        },
        "redaction": view.redaction.as_dict(),
        "withheld": view.withheld,
    }
    if parts:
        statements["parts"] = [
            {"name": part.name, "counts": part.view.counts.as_dict()} for part in parts
        ]
    statements = json.loads(canonical(statements))  # tuples become lists, as in every file
    return {
        "geomap_manifest": FORMAT,
        "snapshot_id": id_again(statements),
        **statements,
        "as_of": settings.as_of.isoformat(),
        "link": settings.link,
        "sources": [_source_of(origin) for origin in view.origins],
        "software": _software(),
        "dpi": settings.dpi,
    }


def _source_of(origin: Origin) -> dict[str, Any]:
    return {
        "name": origin.term.name or None,
        "licence": origin.term.licence,
        "url": origin.term.url or None,
        "rows_may_be_listed": origin.term.redistribute,
        "file": origin.file_name or None,
        "file_sha256_begins": origin.version or None,
        "accessed": origin.accessed or None,
        "events": origin.events,
    }


def id_again(manifest: Mapping[str, Any]) -> str:
    """Return the id that a manifest must have, 16 hexadecimal digits, by its statements."""
    statements = {name: manifest[name] for name in IN_ID if name in manifest}
    return sha256_of(canonical(statements))[:16]


def canonical(value: Any) -> str:
    """Return a value as JSON text that is the same for equal values."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False,
        default=_plain,
    )  # fmt: skip


def _plain(value: object) -> object:
    """Return a day or a set as a value of JSON."""
    return value.isoformat() if isinstance(value, date) else sorted(value)  # type: ignore[call-overload]


@cache
def _software() -> dict[str, str]:
    from importlib import metadata

    versions = {"geomap": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "unknown"
    return versions
