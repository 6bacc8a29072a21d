"""`geomap check`: whether every table and every kept file of the workspace is whole."""

from __future__ import annotations

import typer

from geomap.cli.options import Common
from geomap.cli.terminal import print_json, print_lines
from geomap.errors import NotFoundError


def check(*, common: Common) -> None:
    """Check that every table and every kept file is whole; exit code 1 when one is not.

    Example: geomap check --json
    """
    from geomap.workspace.check_folder import check_folder

    if not common.folder.is_dir():
        message = f"There is no workspace in {str(common.folder)!r}: check the name."
        raise NotFoundError(message)
    report = check_folder(common.folder.resolve())
    if common.json:
        faults = [fault._asdict() for fault in report.faults]
        print_json({"faults": faults, "whole_versions": list(report.whole_versions)})
    else:
        print_lines(f"{fault.part}: {fault.message}" for fault in report.faults)
        if report.faults:
            common.note(f"Whole versions: {report.spans() or 'none'}.")
        else:
            common.note("Every table and every kept file is whole.")
    if report.faults:
        raise typer.Exit(1)
