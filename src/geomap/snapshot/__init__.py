"""Snapshots: the current view as evidence, a figure or a page that opens with no network.

The heavy drawing libraries are imported when something is drawn, not before.
"""

from geomap.snapshot.atlas import atlas_bytes
from geomap.snapshot.plan.captions import alt_text, caption
from geomap.snapshot.plan.panels import MAX_PANELS, UNITS, Part, parts_of
from geomap.snapshot.plan.settings import FORMATS, SIZES_INCHES, THEMES, SnapshotSettings
from geomap.snapshot.plan.view import View, moment_of, view_of
from geomap.snapshot.proof.manifest import manifest_of
from geomap.snapshot.proof.report_bundle import bundle_bytes, data_bytes, limits_of
from geomap.snapshot.proof.seal import Unsealed, seal_html, unseal
from geomap.snapshot.proof.verification import Comparison, compare_with, report_of
from geomap.snapshot.series import series_bytes
from geomap.snapshot.write import snapshot_bytes, write_snapshot

__all__ = [
    "FORMATS",
    "MAX_PANELS",
    "SIZES_INCHES",
    "THEMES",
    "UNITS",
    "Comparison",
    "Part",
    "SnapshotSettings",
    "Unsealed",
    "View",
    "alt_text",
    "atlas_bytes",
    "bundle_bytes",
    "caption",
    "compare_with",
    "data_bytes",
    "limits_of",
    "manifest_of",
    "moment_of",
    "parts_of",
    "report_of",
    "seal_html",
    "series_bytes",
    "snapshot_bytes",
    "unseal",
    "view_of",
    "write_snapshot",
]
