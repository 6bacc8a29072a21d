"""`geomap verify`: whether a snapshot is as it was made, and what differs if it is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap import paths
from geomap.cli import options as opt
from geomap.cli.terminal import open_workspace, print_json, print_lines
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.query import EventQuery
    from geomap.sharing import Redaction
    from geomap.snapshot import Comparison, Unsealed, View

LARGEST = 500_000_000


def verify(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of geomap snapshot.")],
    hidden: opt.HideSourceOption = None,
    workspace: opt.WorkspaceOption = None,
    json: opt.JsonOption = False,
    quiet: opt.QuietOption = False,
) -> None:
    """Say whether a snapshot is as it was made: exit code 0, or 1 and what differs.

    With the workspace it was made from at hand, what it shows is compared with the data too.

    Example: geomap verify december.png
    """
    from geomap.snapshot import report_of, unseal

    try:
        if file.stat().st_size > LARGEST:
            message = f"{file.name} is larger than {LARGEST // 1_000_000} MB: it is no snapshot."
            raise InputError(message)
        content = file.read_bytes()
    except OSError as error:
        message = f"{str(file)!r} cannot be read ({error.strerror}): check the name."
        raise InputError(message) from error
    try:
        found = unseal(content)
    except InputError as error:
        message = f"{file.name}: {error}"
        raise InputError(message) from error
    comparison = _compared(found, workspace, tuple(map(opt.readable, hidden or ())), quiet=quiet)
    report = report_of(str(file), found, comparison)
    if json:
        print_json(report)
    elif not quiet or not report["intact"]:
        print_lines(_lines(report))
    if not report["intact"]:
        raise typer.Exit(1)


def _compared(
    found: Unsealed, workspace: Path | None, hidden: tuple[str, ...], *, quiet: bool
) -> Comparison:
    from geomap.cli.snapshot import Reading
    from geomap.snapshot import Comparison, compare_with

    folder = workspace or paths.workspace_dir()
    if found.faults:
        return Comparison(compared=False, why_not="The file itself is not as it was made.")
    if not (folder / "tables").is_dir():
        return Comparison(compared=False, why_not=f"There is no workspace in {folder}.")
    space = open_workspace(workspace, quiet=quiet, sample=False)
    held = {batch.sha256[:8] for batch in space.batches()}
    asked = {one.get("file_sha256_begins") for one in found.manifest.get("sources") or []} - {None}
    version = (found.manifest.get("data") or {}).get("version")
    # A view without events names no file by which its workspace could be known.
    if (
        not asked
        or not asked <= held
        or not isinstance(version, int)
        or not 0 <= version <= space.version
    ):
        why = f"The workspace {folder} does not hold the files or the version that it was made of."
        return Comparison(compared=False, why_not=why)

    def remake(query: EventQuery, version: int, redaction: Redaction) -> View:
        return Reading(space, query, version, redaction).view

    return compare_with(found, remake, hidden=hidden)


def _lines(report: dict[str, object]) -> list[str]:
    data = report["data"]
    assert isinstance(data, dict)  # noqa: S101 - made a line before
    faults = report["faults"]
    assert isinstance(faults, list)  # noqa: S101
    name = f"{report['path']}: {report['form']}, snapshot {report['snapshot_id']}"
    lines = [f"{name}, {'intact' if report['intact'] else 'NOT as it was made'}."]
    lines += [f"  {fault}" for fault in faults]
    if data["compared"]:
        if report["intact"]:
            lines.append(f"  It shows what the data say at version {report['version']}.")
        lines += [f"  {note}" for note in data["notes"]]
    else:
        lines.append(f"  Not compared with the data: {data['why_not']}")
    return lines
