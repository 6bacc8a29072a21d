"""`geomap compact`: join the small files that many imports leave."""

from __future__ import annotations

from geomap.cli.options import Common
from geomap.cli.terminal import print_json


def compact(*, common: Common) -> None:
    """Join the small files of many imports, and remove what no version needs.

    Every version stays readable. Imports do this by themselves after every twenty.

    Example: geomap compact
    """
    report = common.open_workspace().compact()
    if common.json:
        print_json(report._asdict())
    elif not common.quiet:
        common.note(
            f"Compacted: version {report.version}, {report.bytes_before / 1e6:,.2f} MB before and "
            f"{report.bytes_after / 1e6:,.2f} MB now."
        )
