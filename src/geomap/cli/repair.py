"""`geomap repair`: rebuild a damaged workspace from what is whole of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.options import Common
from geomap.cli.terminal import print_json, print_lines

if TYPE_CHECKING:
    from geomap.workspace.rebuilt import ImportOutcome
    from geomap.workspace.repair_folder import RepairReport

_ORIGINS = {
    "whole": "whole in the tables",
    "file": "taken in again from the kept file",
    "rows": "brought back from rows that can still be read",
    "nothing": "nothing of it can be brought back",
}


def repair(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Report what would change; change nothing.")
    ] = False,
    common: Common,
) -> None:
    """Rebuild a damaged workspace from its newest whole version and the kept files.

    Nothing is deleted: what is replaced is moved to a folder damaged-... in the workspace. Exit
    code 1 when events are lost, and with --dry-run when something is damaged.

    Example: geomap repair --dry-run
    """
    from geomap.workspace.repair_folder import repair as repaired

    with common.progress() as progress:
        report = repaired(common.folder, dry_run=dry_run, progress=progress)
    if common.json:
        print_json({**report.as_dict(), "dry_run": dry_run})
    elif not report.faults:
        common.note("Every table and every kept file is whole: there is nothing to repair.")
    else:
        print_lines(_lines(report, dry_run=dry_run))
    is_done = bool(report.aside) and not report.lost
    if report.faults and not is_done:
        raise typer.Exit(1)


def _lines(report: RepairReport, *, dry_run: bool) -> Iterator[str]:
    yield from (f"{fault.part}: {fault.message}" for fault in report.faults)
    if report.is_hopeless:
        yield (
            "Nothing can be rebuilt: no version of the tables and no kept file is whole. Nothing "
            "was changed; restore a backup with geomap restore."
        )
        return
    if report.imports:
        yield f"Newest whole version of the tables: {report.base}."
    yield from map(_line, report.imports)
    yield from (f"Kept file that is damaged: {name}." for name in report.lost_files)
    for name in report.unread:
        yield f"Kept file that belongs to no import: {name}; geomap ingest takes it in."
    if report.imports:
        would = "would have" if dry_run else "has"
        yield f"The workspace {would} {report.events:,} event(s); {report.lost:,} are lost."
    if report.aside:
        yield f"What was replaced is in {report.aside}."


def _line(outcome: ImportOutcome) -> str:
    lost = f", {outcome.lost:,} lost" if outcome.lost else ""
    return (
        f"{outcome.batch_id} ({outcome.file_name}): {_ORIGINS[outcome.origin]}, "
        f"{outcome.rows:,} event(s){lost}"
    )
