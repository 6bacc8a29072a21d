"""`geomap ingest`: files into the workspace, with an account of every row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from geomap.cli.inputs import STDIN, read_input
from geomap.cli.options import JsonOption, QuietOption, WorkspaceOption
from geomap.cli.output import open_workspace, print_json, print_lines, progress_bar, say
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.ingest import IngestOptions
    from geomap.workspace import FileReport, Workspace

BAD_INPUT = 2
ISSUES_SHOWN = 10
DIFF_SHOWN = 3
CELL_SHOWN = 60


def ingest(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Tables or articles; - reads standard input."),
    ],
    *,
    yes: Annotated[
        bool,
        typer.Option("--yes", help="Take the first answer to a question and flag what it decided."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; change nothing.")
    ] = False,
    layout: Annotated[
        str | None, typer.Option("--layout", metavar="NAME", help="acled, ucdp_ged, plain, ...")
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column holds a field; repeat."),
    ] = None,
    dayfirst: Annotated[bool, typer.Option("--dayfirst", help="03/04/2024 is 3 April.")] = False,
    monthfirst: Annotated[
        bool, typer.Option("--monthfirst", help="03/04/2024 is 4 March.")
    ] = False,
    dataset: Annotated[
        str | None,
        typer.Option(
            "--dataset", metavar="NAME", help="The dataset that the ids of the rows belong to."
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="A whole release: what it lacks is marked as gone.")
    ] = False,
    part: Annotated[
        bool, typer.Option("--part", help="A part of a dataset: what it lacks stays.")
    ] = False,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="Which sheet of a workbook.")
    ] = None,
    swap: Annotated[
        bool, typer.Option("--swap", help="Latitude and longitude stand in each other's column.")
    ] = False,
    read_as: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="events or articles, where a file may be both."),
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Take files into the workspace and report what became of every row.

    A file that cannot be used is told on stderr; the others still go in. Taking in the
    same file again changes nothing; a newer release updates by the source's own ids, and
    geomap undo takes it back.

    Example: geomap ingest reports.csv --map event_date=Day --dayfirst
    """
    order = _order(dayfirst=dayfirst, monthfirst=monthfirst)
    from geomap.ingest import IngestOptions

    options = IngestOptions(
        layout=layout,
        mapping=_mapping(mapping),
        order=order,
        sheet=sheet,
        swap=swap,
        assume_yes=yes,
        dataset=dataset,
        coverage=_coverage(full=full, part=part),
        read_as=_kind(read_as),
    )
    space = open_workspace(workspace, quiet=quiet)
    reports = _take_in(space, files, options, dry_run=dry_run, quiet=quiet)
    total, gone = space.count_events()
    if json:
        files_shape = [report.as_dict() for report in reports]
        print_json({"files": files_shape, "events_total": total})
    elif not quiet:
        for report in reports:
            print_lines(_for_a_person(report, dry_run=dry_run))
        told = f" ({gone:,} of them gone from the newest release of their source)" if gone else ""
        print_lines([f"Events in the workspace: {total:,}{told}"])
    failures = [sentence for report in reports if (sentence := _failure(report))]
    for sentence in failures:
        say(f"geomap: {sentence}")
    if failures:
        raise typer.Exit(BAD_INPUT)


def _order(*, dayfirst: bool, monthfirst: bool) -> Literal["dmy", "mdy"] | None:
    if dayfirst and monthfirst:
        message = "--dayfirst and --monthfirst exclude each other: give one of them."
        raise InputError(message)
    if dayfirst:
        return "dmy"
    return "mdy" if monthfirst else None


def _coverage(*, full: bool, part: bool) -> Literal["full", "part"] | None:
    if full and part:
        message = "--full and --part exclude each other: give one of them."
        raise InputError(message)
    if full:
        return "full"
    return "part" if part else None


def _kind(word: str | None) -> Literal["events", "articles"] | None:
    if word not in {None, "events", "articles"}:
        message = f"--as {word!r}: give events or articles."
        raise InputError(message)
    return cast("Literal['events', 'articles'] | None", word)


def _mapping(pairs: list[str] | None) -> dict[str, str]:
    mapping = {}
    for pair in pairs or ():
        field, equals, column = pair.partition("=")
        if not (field and equals):
            message = f"--map: {pair!r} is not FIELD=COLUMN, for example event_date=Day."
            raise InputError(message)
        mapping[field.strip()] = column.strip()
    return mapping


def _take_in(
    space: Workspace, files: list[str], options: IngestOptions, *, dry_run: bool, quiet: bool
) -> list[FileReport]:
    from dataclasses import replace

    reports = []
    with progress_bar(quiet=quiet) as progress:
        for number, file in enumerate(files):

            def show(words: str, share: float, *, before: int = number) -> None:
                progress(words, (before + share) / len(files))

            is_stream = file == STDIN
            report = space.ingest(
                read_input(STDIN) if is_stream else Path(file),
                name="standard input" if is_stream else None,
                options=options,
                dry_run=dry_run,
                progress=show,
            )
            reports.append(replace(report, path=file))
    return reports


def _failure(report: FileReport) -> str | None:
    """Return why a file was not taken in, as a sentence that names it; None when it was."""
    if report.question is not None:
        reason = report.question.message
    elif report.counts is None:
        reason = report.warnings[-1][1] if report.warnings else "it cannot be used."
    else:
        return None
    return reason if Path(report.path).name in reason else f"{report.path}: {reason}"


def _for_a_person(report: FileReport, *, dry_run: bool) -> Iterator[str]:
    if report.counts is None:
        yield f"{report.path}: not taken in"
        return
    counts = ", ".join(f"{count:,} {word}" for word, count in report.counts.items())
    yield f"{report.path}: {counts}{' (nothing was changed: --dry-run)' if dry_run else ''}"
    yield f"  read as {report.layout}: {report.layout_reason}"
    kept = [f"{count:,} {word.replace('_', ' ')}" for word, count in (report.of_kept or {}).items()
            if count]  # fmt: skip
    if kept:
        yield f"  of those kept: {', '.join(kept)}"
    for _, message in report.warnings:
        yield f"  {message}"
    yield from release_lines(report.as_dict()["release"], dry_run=dry_run)
    for issue in report.issues[:ISSUES_SHOWN]:
        where = f"row {issue.row}" + (f", {issue.column}" if issue.column else "")
        value = "" if issue.value is None else f" {issue.value!r}:"
        yield f"  {where}:{value} {issue.reason} {issue.remedy}"
    if len(report.issues) > ISSUES_SHOWN:
        rest = len(report.issues) - ISSUES_SHOWN
        yield f"  and {rest:,} more; geomap batches {report.batch_id} --issues lists all"


def release_lines(release: dict[str, Any] | None, *, dry_run: bool = False) -> Iterator[str]:
    """Give what a newer release changes, for a person: numbers, then examples."""
    if release is None:
        return
    verb = "would be" if dry_run else "is"
    parts = [f"{release['added']:,} added", f"{release['changed']:,} changed"]
    parts += (
        [f"{release['gone']:,} gone (it {verb} marked, not deleted)"] if release["gone"] else []
    )
    parts += [f"{release['returned']:,} back again"] if release["returned"] else []
    yield f"  a newer release of {release['dataset']}: {', '.join(parts)}"
    for column in release["columns"]:
        yield f"    {column['column']}: {column['count']:,} changed"
        for cell in column["examples"][:DIFF_SHOWN]:
            old, new = (_short(cell[word]) for word in ("old", "new"))
            yield f"      row {cell['row']}, {cell['event_id']}: {old} -> {new}"
    for event in release["gone_events"][:ISSUES_SHOWN]:
        yield f"    gone: {event['event_id']} {event['event_date'] or ''} {event['title'] or ''}"


def _short(value: str | None) -> str:
    if value is None:
        return "(nothing)"
    return repr(value if len(value) <= CELL_SHOWN else value[: CELL_SHOWN - 1] + "…")
