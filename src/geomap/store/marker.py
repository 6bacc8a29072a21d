"""The marker beside the tables: it tells a workspace that is empty from one that lost its tables.

The marker names the workspace, its schema version, its newest version and the Delta id of each
table. It is written after the commit that it names, so it may be one version behind the tables,
and never ahead of them.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path

from geomap.errors import StoreError
from geomap.files.atomic import write_file

SCHEMA = 3
"""Version of the layout of the tables that this geomap reads and writes."""

MARKER = "marker.json"
"""Name of the file in the folder of the tables."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Identity and newest version of a workspace; `tables` maps each table to its Delta id."""

    workspace_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    schema: int = SCHEMA
    version: int = 0
    tables: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write the marker into the folder of the tables, flushed to disk.

        Raises
        ------
        StoreError
            When it cannot be written.
        """
        write_file(folder / MARKER, json.dumps(asdict(self), indent=1).encode())


def read_marker(folder: Path) -> Marker | None:
    """Return the marker of a folder of tables; None when there is none.

    Raises
    ------
    StoreError
        When it cannot be read, or a newer geomap wrote it.
    """
    path = folder / MARKER
    try:
        stored = json.loads(path.read_bytes())
        marker = Marker(
            str(stored["workspace_id"]),
            int(stored["schema"]),
            int(stored["version"]),
            {str(name): str(table_id) for name, table_id in stored["tables"].items()},
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = (
            f"The marker of the workspace, {str(path)!r}, cannot be read: restore it from a "
            "backup, or move it aside once geomap check finds every table whole."
        )
        raise StoreError(message) from error
    if marker.schema > SCHEMA:
        message = (
            f"The workspace in {str(folder.parent)!r} was written by a newer geomap (schema "
            f"{marker.schema}; this one reads up to {SCHEMA}): update geomap."
        )
        raise StoreError(message)
    return marker
