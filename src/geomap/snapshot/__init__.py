"""Snapshots: the current view as evidence, a figure or a page that opens with no network.

`plan` decides what is shown where, `draw` draws a plan, `proof` holds manifest, seal and
verification, `output` makes files of all three. Drawing libraries are imported when something is
drawn, not before.
"""

from geomap.snapshot.output.figure_file import snapshot_bytes
from geomap.snapshot.output.report_bundle import bundle_bytes, data_bytes
from geomap.snapshot.output.series import atlas_bytes, series_bytes
from geomap.snapshot.plan.captions import alt_text, caption, limits_of
from geomap.snapshot.plan.parts import MAX_PANELS, Part, parts_of
from geomap.snapshot.plan.settings import FORMATS, SIZES_INCHES, THEMES, SnapshotSettings
from geomap.snapshot.plan.view import View, moment_of, view_of
from geomap.snapshot.proof.changes_since import ChangesSince, changes_since
from geomap.snapshot.proof.manifest import manifest_of
from geomap.snapshot.proof.seal import Unsealed, unseal
from geomap.snapshot.proof.verification import Comparison, compare_with, report_of

__all__ = [
    "FORMATS",
    "MAX_PANELS",
    "SIZES_INCHES",
    "THEMES",
    "ChangesSince",
    "Comparison",
    "Part",
    "SnapshotSettings",
    "Unsealed",
    "View",
    "alt_text",
    "atlas_bytes",
    "bundle_bytes",
    "caption",
    "changes_since",
    "compare_with",
    "data_bytes",
    "limits_of",
    "manifest_of",
    "moment_of",
    "parts_of",
    "report_of",
    "series_bytes",
    "snapshot_bytes",
    "unseal",
    "view_of",
]
