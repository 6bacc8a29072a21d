"""`geomap ingest`: import files into the workspace and report on every row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, cast

import typer

from geomap.cli.inputs import STDIN, read_input
from geomap.cli.options import Common
from geomap.cli.terminal import issue_line, print_json, print_lines, print_message
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.ingest import IngestOptions, IngestResult
    from geomap.workspace import Workspace

BAD_INPUT = 2
MAX_ISSUES = 10
MAX_EXAMPLES = 3
MAX_LETTERS = 60

Word = TypeVar("Word", bound=str)


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
        bool, typer.Option("--dry-run", help="Report what would change; change nothing.")
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
        bool, typer.Option("--swap", help="The columns of latitude and longitude are exchanged.")
    ] = False,
    read_as: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="events or articles, where a file may be both."),
    ] = None,
    aggregates: Annotated[
        bool,
        typer.Option(
            "--aggregates", help="Take a table of counts per unit and period as counts, not events."
        ),
    ] = False,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer", metavar="QUESTION=CHOICE", help="An answer to a question; repeat."
        ),
    ] = None,
    common: Common,
) -> None:
    """Import files into the workspace and report on every row.

    A file that cannot be used is reported on stderr; the others are still imported. Importing
    the same file again changes nothing; a newer release updates by the source's own ids, and
    geomap undo reverses it.

    Example: geomap ingest reports.csv --map event_date=Day --dayfirst
    """
    from geomap.ingest import IngestOptions

    options = IngestOptions(
        layout=layout,
        mapping=_pairs(mapping, "--map", "FIELD=COLUMN, for example event_date=Day"),
        order=_one_of(("--dayfirst", dayfirst, "dmy"), ("--monthfirst", monthfirst, "mdy")),
        sheet=sheet,
        swap=swap,
        assume_yes=yes,
        dataset=dataset,
        coverage=_one_of(("--full", full, "full"), ("--part", part, "part")),
        read_as=_kind(read_as, aggregates=aggregates),
        answers=_pairs(answer, "--answer", "QUESTION=CHOICE"),
    )
    workspace = common.open_workspace()
    reports = _take_in(workspace, files, options, common, dry_run=dry_run)
    total, gone = workspace.count_events()
    if common.json:
        from geomap.ingest.events.result_shape import result_shape

        files_shape = [result_shape(report) for report in reports]
        print_json({"files": files_shape, "events_total": total})
    elif not common.quiet:
        for report in reports:
            print_lines(_report_lines(report, dry_run=dry_run))
        note = f" ({gone:,} of them gone from the newest release of their source)" if gone else ""
        print_lines([f"Events in the workspace: {total:,}{note}"])
    failures = [sentence for report in reports if (sentence := _failure(report))]
    for sentence in failures:
        print_message(f"geomap: {sentence}")
    if failures:
        raise typer.Exit(BAD_INPUT)


def _one_of(*flags: tuple[str, bool, Word]) -> Word | None:
    """Return the word of the flag that is set; None when none is."""
    words = [word for _, is_set, word in flags if is_set]
    if len(words) > 1:
        names = " and ".join(name for name, _, _ in flags)
        message = f"{names} exclude each other: give one of them."
        raise InputError(message)
    return words[0] if words else None


def _kind(
    word: str | None, *, aggregates: bool
) -> Literal["events", "articles", "aggregates"] | None:
    if aggregates:
        return _one_of(("--aggregates", True, "aggregates"), ("--as", word is not None, "events"))
    if word not in {None, "events", "articles"}:
        message = f"--as {word!r}: give events or articles."
        raise InputError(message)
    return cast("Literal['events', 'articles'] | None", word)


def _pairs(pairs: list[str] | None, flag: str, form: str) -> dict[str, str]:
    """Return what a repeated option leads from and to, each given as two words round "="."""
    given = {}
    for pair in pairs or ():
        name, equals, value = pair.partition("=")
        if not (name and equals):
            message = f"{flag}: {pair!r} is not {form}."
            raise InputError(message)
        given[name.strip()] = value.strip()
    return given


def _take_in(
    workspace: Workspace, files: list[str], options: IngestOptions, common: Common, *, dry_run: bool
) -> list[IngestResult]:
    reports = []
    with common.progress() as progress:
        for number, file in enumerate(files):

            def show(words: str, share: float, *, before: int = number) -> None:
                progress(words, (before + share) / len(files))

            is_stream = file == STDIN
            report = workspace.ingest(
                read_input(STDIN) if is_stream else Path(file),
                name="standard input" if is_stream else None,
                options=options,
                dry_run=dry_run,
                progress=show,
            )
            reports.append(replace(report, path=file))
    return reports


def _failure(report: IngestResult) -> str | None:
    """Return why a file was not taken in, as a sentence that names it; None when it was."""
    if report.question is not None:
        reason = report.question.message
    elif not report.batch.counts:
        warnings = report.batch.warnings
        reason = warnings[-1].message if warnings else "it cannot be used."
    else:
        return None
    return reason if Path(report.path).name in reason else f"{report.path}: {reason}"


def _report_lines(report: IngestResult, *, dry_run: bool) -> Iterator[str]:
    from geomap.ingest.events.result_shape import release_shape

    batch = report.batch
    if not batch.counts:
        yield f"{report.path}: not taken in"
        return
    counts = ", ".join(f"{count:,} {word}" for word, count in batch.counts.items())
    yield f"{report.path}: {counts}{' (nothing was changed: --dry-run)' if dry_run else ''}"
    yield f"  read as {batch.layout}: {batch.layout_reason}"
    kept = [f"{count:,} {word.replace('_', ' ')}" for word, count in batch.of_kept.items() if count]
    if kept:
        yield f"  of those kept: {', '.join(kept)}"
    for _, message in batch.warnings:
        yield f"  {message}"
    if report.release is not None:
        yield from release_lines(release_shape(report.release, batch.counts), dry_run=dry_run)
    yield from map(issue_line, map(asdict, report.issues[:MAX_ISSUES]))
    if len(report.issues) > MAX_ISSUES:
        rest = len(report.issues) - MAX_ISSUES
        yield f"  and {rest:,} more; geomap batches {batch.batch_id} --issues lists all"


def release_lines(release: dict[str, Any] | None, *, dry_run: bool = False) -> Iterator[str]:
    """Yield the lines on what a newer release changes: the numbers, then examples."""
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
        for cell in column["examples"][:MAX_EXAMPLES]:
            old, new = (_short(cell[word]) for word in ("old", "new"))
            yield f"      row {cell['row']}, {cell['event_id']}: {old} -> {new}"
    for event in release["gone_events"][:MAX_ISSUES]:
        yield f"    gone: {event['event_id']} {event['event_date'] or ''} {event['title'] or ''}"


def _short(value: str | None) -> str:
    if value is None:
        return "(nothing)"
    return repr(value if len(value) <= MAX_LETTERS else value[: MAX_LETTERS - 1] + "…")
