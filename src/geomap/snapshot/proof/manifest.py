"""The manifest of a snapshot: what was asked, what is shown, of which data, made with what.

It goes into every file that leaves, and `verify` compares the file and the workspace with it.
The id of a snapshot is a digest of what it says, so that the same content has the same id in
every format and on every day.
"""

from __future__ import annotations

import dataclasses
import json
import platform
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from geomap import __version__
from geomap.files.sha256 import sha256_of
from geomap.query import EventQuery
from geomap.sharing import digest_of_events, digest_of_places
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.view import View

FORMAT = 1
MANIFEST_ID = "geomap-manifest"
"""The id of the block of an HTML file, and the name of the chunk of a PNG, that holds it."""

_PACKAGES = ("matplotlib", "numpy", "pandas", "geopandas", "shapely", "pyproj", "pillow")
_SAID = ("title", "size", "portrait", "theme", "graticule", "north", "locator", "show_places",
         "show_histogram", "frame", "boundaries", "names")  # fmt: skip


def manifest_of(
    view: View,
    settings: SnapshotSettings,
    *,
    kind: str = "figure",
    parts: Sequence[tuple[str, View]] = (),
) -> dict[str, Any]:
    """Return the manifest of a snapshot, before it is sealed into a file.

    Parameters
    ----------
    view, settings
        What is shown, and how.
    kind
        "figure", "panels", "series", "atlas", "page" (HTML) or "bundle".
    parts
        The panels or pictures: a name and what each shows.
    """
    said: dict[str, Any] = {
        "kind": kind,
        "title": settings.title,
        "settings": {name: getattr(settings, name) for name in _SAID if name != "title"},
        "query": query_as_dict(view.query),
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
        said["parts"] = [{"name": name, "counts": part.counts.as_dict()} for name, part in parts]
    said = json.loads(canonical(said))  # tuples are lists in every file that holds it
    return {
        "geomap_manifest": FORMAT,
        "snapshot_id": id_of(said),
        **said,
        "as_of": settings.as_of.isoformat(),
        "link": settings.link,
        "sources": [
            {
                "name": origin.term.name or None,
                "licence": origin.term.licence,
                "url": origin.term.url or None,
                "rows_may_be_listed": origin.term.redistribute,
                "file": origin.file_name or None,
                "file_sha256_begins": origin.version or None,
                "accessed": origin.accessed or None,
                "events": origin.events,
            }
            for origin in view.origins
        ],
        "software": _software(),
        "dpi": settings.dpi,
    }


def id_of(said: Mapping[str, Any]) -> str:
    """Return the id of what a manifest says: 16 hexadecimal digits."""
    return sha256_of(canonical(said))[:16]


IN_ID = ("kind", "title", "settings", "query", "query_in_words", "counts", "data", "redaction",
         "withheld", "parts")  # fmt: skip
"""The parts of a manifest that its id is a digest of."""


def id_again(manifest: Mapping[str, Any]) -> str:
    """Return the id that a manifest should have, by what it says."""
    return id_of({name: manifest[name] for name in IN_ID if name in manifest})


def canonical(value: Any) -> str:
    """Return a value as JSON that is the same for equal values."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


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


def query_as_dict(query: EventQuery) -> dict[str, Any]:
    """Return the criteria of a query that are set, as values of JSON."""
    told = {}
    for part in dataclasses.fields(query):
        value = getattr(query, part.name)
        if value in (None, "", frozenset(), ()):
            continue
        told[part.name] = _plain(value)
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value


def query_from_dict(told: Mapping[str, Any]) -> EventQuery:
    """Return the query that `query_as_dict` told."""
    values: dict[str, Any] = {}
    for part in dataclasses.fields(EventQuery):
        if part.name not in told:
            continue
        value = told[part.name]
        if part.name in ("start", "end"):
            values[part.name] = date.fromisoformat(value)
        elif isinstance(part.default, frozenset):
            values[part.name] = frozenset(value)
        else:
            values[part.name] = _tuples(value)
    return EventQuery(**values)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value
