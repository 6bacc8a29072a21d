"""`geomap snapshot`: the view that filters give, as a figure or a page that opens anywhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from geomap.cli import options as opt
from geomap.cli.events import answer
from geomap.cli.output import open_workspace, print_json, progress_bar, say
from geomap.errors import InputError


def snapshot(
    *,
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="FILE", help="Ends with .png .svg .pdf or .html."),
    ],
    title: Annotated[str, typer.Option("--title", help="Title of the figure.")] = "Events",
    size: Annotated[str, typer.Option("--size", help="a4, a5, slide or square.")] = "a4",
    portrait: Annotated[bool, typer.Option("--portrait", help="Higher than wide.")] = False,
    at: opt.AtOption = None,
    first: opt.FromOption = None,
    last: opt.ToOption = None,
    types: opt.TypeOption = None,
    sources: opt.SourceOption = None,
    statuses: opt.StatusOption = None,
    precisions: opt.PrecisionOption = None,
    text: opt.TextOption = "",
    bbox: opt.BBoxOption = None,
    place_ids: opt.PlaceOption = None,
    batches: opt.BatchOption = None,
    workspace: opt.WorkspaceOption = None,
    json: opt.JsonOption = False,
    quiet: opt.QuietOption = False,
) -> None:
    """Draw the events that filters show, with legend, scale, sources, counts and as-of time.

    Example: geomap snapshot --from 2022-12-01 --title "December 2022" -o december.png
    """
    from geomap.snapshot import FORMATS, SnapshotSettings, view_of, write_snapshot

    query = opt.query_of(
        first=first,
        last=last,
        types=types,
        sources=sources,
        statuses=statuses,
        precisions=precisions,
        text=text,
        bbox=bbox,
        place_ids=place_ids,
        batches=batches,
    )
    if out.suffix.removeprefix(".").lower() not in FORMATS:
        endings = ", ".join(f".{form}" for form in FORMATS)
        message = f"{str(out)!r} names no format: end the file name with one of {endings}."
        raise InputError(message)
    space = open_workspace(workspace, quiet=quiet)
    version = space.version if at is None else at
    now = datetime.now(UTC).replace(microsecond=0)
    settings = SnapshotSettings(title, now, size=size, portrait=portrait, version=version)
    _, counts = answer(space, query, at=at)
    with progress_bar(quiet=quiet) as progress:
        progress("Drawing", 0.3)
        table, joins = space.events(at=at), space.joins(at=at) if query.place_ids else None
        write_snapshot(out, view_of(table, query, space.places(), joins=joins), settings)
    if json:
        shape = {"path": str(out), "version": version, "as_of": now.isoformat()}
        print_json({**shape, "counts": counts.as_dict()})
    say(f"Written to {out}: {counts.sentence()}.", quiet=quiet or json)
