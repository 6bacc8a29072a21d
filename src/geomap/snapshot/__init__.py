"""Snapshots: the current view as evidence, a figure or a page that opens with no network.

The heavy drawing libraries are imported when something is drawn, not before.
"""

from geomap.snapshot.settings import FORMATS, SIZES_INCHES, SnapshotSettings
from geomap.snapshot.view import View, view_of
from geomap.snapshot.words import caption
from geomap.snapshot.write import snapshot_bytes, write_snapshot

__all__ = [
    "FORMATS",
    "SIZES_INCHES",
    "SnapshotSettings",
    "View",
    "caption",
    "snapshot_bytes",
    "view_of",
    "write_snapshot",
]
