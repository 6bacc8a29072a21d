"""`geomap backup` and `restore`: the workspace as one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.options import Common
from geomap.cli.terminal import print_json

if TYPE_CHECKING:
    from geomap.workspace.backup_file import BackupReport


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The ZIP file to write.")],
    *,
    common: Common,
) -> None:
    """Write the whole workspace to one ZIP file, and read it back to be sure.

    Imports wait meanwhile. A file of that name is replaced once the new one is whole.

    Example: geomap backup monday.zip
    """
    from geomap.workspace.backup_file import back_up

    _report(back_up(common.folder, file), "Backed up", common)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As geomap backup wrote it.")],
    *,
    common: Common,
) -> None:
    """Make a workspace from a backup, in a folder that is empty or does not exist yet.

    Example: geomap restore monday.zip --workspace restored
    """
    from geomap.workspace.backup_file import restore as restored

    _report(restored(file, common.folder), "Restored", common)


def _report(report: BackupReport, done: str, common: Common) -> None:
    if common.json:
        print_json(report._asdict())
    else:
        amount = f"{report.files:,} files, {report.bytes / 1e6:,.1f} MB"
        common.note(f"{done}: {report.path} ({amount}).")
