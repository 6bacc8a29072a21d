"""`geomap batches` and `undo`: list the imports, show the report of one, take one back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.ingest import release_lines
from geomap.cli.options import Common, check_format
from geomap.cli.terminal import print_json, print_lines, table_lines
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.store import Batch
    from geomap.workspace import Workspace

FORMATS = ("csv", "json")
_HEADER = ("batch", "taken in (UTC)", "read as", "rows", "new", "updated", "rejected", "", "file")
_FIELDS = (
    *("batch_id", "file_name", "sha256", "kind", "layout", "layout_reason", "dataset"),
    *("created", "undone"),
)


def batches(
    batch_id: Annotated[
        str | None, typer.Argument(metavar="[BATCH_ID]", help="One import, with its report.")
    ] = None,
    *,
    issues: Annotated[
        bool, typer.Option("--issues", help="List each row of it that deserves a look.")
    ] = False,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="Of issues: csv or json.")
    ] = None,
    common: Common,
) -> None:
    """List the imports of the workspace, newest first, or the report of one.

    Example: geomap batches 0123456789abcdef --issues --format csv
    """
    check_format(form, FORMATS)
    if (issues or form) and batch_id is None:
        message = "--issues is about one import: give its id; geomap batches lists them."
        raise InputError(message)
    workspace = common.open_workspace()
    if batch_id is not None:
        _print_batch(workspace, batch_id, issues=issues, form="json" if common.json else form)
        return
    imports = workspace.batches()
    if common.json:
        print_json({"batches": [_shape(batch) for batch in imports]})
    elif imports:
        print_lines(table_lines(_HEADER, map(_row, imports)))
    else:
        common.note("The workspace has no imports yet: geomap ingest FILE adds one.")


def _row(batch: Batch) -> tuple[Any, ...]:
    return (
        batch.batch_id,
        batch.created[:16].replace("T", " "),
        batch.layout,
        *(batch.counts.get(word) for word in ("rows", "accepted", "updated", "rejected")),
        "undone" if batch.undone else "",
        batch.file_name,
    )


def _shape(batch: Batch) -> dict[str, Any]:
    return {
        **{word: getattr(batch, word) or None for word in _FIELDS},
        "counts": dict(batch.counts),
        "of_kept": dict(batch.of_kept),
        "warnings": [{"code": code, "message": message} for code, message in batch.warnings],
        "builds_on": list(batch.builds_on),
    }


def _print_batch(workspace: Workspace, batch_id: str, *, issues: bool, form: str | None) -> None:
    batch = workspace.batch(batch_id)
    table = workspace.issues(batch_id).drop(columns="batch_id")
    if form == "csv":
        from geomap.exports.csv_table import rows_as_csv

        sys.stdout.write(rows_as_csv(table))
        return
    shapes = json.loads(table.to_json(orient="records"))
    release = workspace.release(batch_id)
    if form == "json":
        print_json({**_shape(batch), "release": release, "issues": shapes})
        return
    if not issues:
        print_lines(_report_lines(batch, release, len(table)))
        return
    header = ("row", "column", "value", "code", "reason", "remedy")
    rows = [[shape[word] for word in header] for shape in shapes]
    print_lines(table_lines(header, rows, width=60))


def _report_lines(batch: Batch, release: dict[str, Any] | None, issues: int) -> Iterator[str]:
    state = f", undone {batch.undone[:16]}" if batch.undone else ""
    yield f"{batch.file_name}: taken in {batch.created[:16].replace('T', ' ')} UTC{state}"
    yield f"  sha256 {batch.sha256}"
    yield f"  read as {batch.layout}: {batch.layout_reason}"
    yield "  " + ", ".join(f"{count:,} {word}" for word, count in batch.counts.items())
    for _, message in batch.warnings:
        yield f"  {message}"
    yield from release_lines(release)
    if issues:
        yield f"  {issues:,} note(s) on rows: geomap batches {batch.batch_id} --issues lists them"


def undo(
    batch_id: Annotated[
        str, typer.Argument(metavar="BATCH_ID", help="As geomap batches lists it.")
    ],
    *,
    with_later: Annotated[
        bool, typer.Option("--with-later", help="And the imports that build on it.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Report what would change; change nothing.")
    ] = False,
    common: Common,
) -> None:
    """Take an import back: remove the events it added, restore those it changed.

    An import that later ones build on (they contain or change its events) is taken back after
    them, or together with them.

    Example: geomap undo 0123456789abcdef --dry-run
    """
    workspace = common.open_workspace()
    reports = workspace.undo(batch_id, with_later=with_later, dry_run=dry_run)
    total = len(workspace.events())
    if common.json:
        shapes = [report.as_dict() for report in reports]
        print_json({"undone": shapes, "dry_run": dry_run, "events_total": total})
    elif not common.quiet:
        verb = "would be undone" if dry_run else "undone"
        print_lines(
            f"{report.batch_id} ({report.file_name}) {verb}: {report.removed:,} event(s) "
            f"removed, {report.restored:,} as before, {report.unmarked:,} no longer gone"
            f"{f', {report.aggregates:,} count(s) removed' if report.aggregates else ''}"
            for report in reports
        )
        print_lines([f"Events in the workspace: {total:,}"])
