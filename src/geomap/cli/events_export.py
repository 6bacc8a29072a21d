"""`geomap events` and `export`: what the workspace holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli import options as opt
from geomap.cli.terminal import open_workspace, print_json, print_lines, say, table_lines
from geomap.errors import InputError, NotFoundError

if TYPE_CHECKING:
    import geopandas as gpd

    from geomap.query import EventCounts, EventQuery
    from geomap.workspace import Workspace

FORMATS = ("json", "geojson", "csv")
SHOWN = 50
RAW_WARNING = (
    "Raw: cells that begin with = + - @ are as the source wrote them; "
    "a spreadsheet runs them as formulas."
)


def events(
    *,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="json, geojson or csv.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, help="Most events to list.")
    ] = None,
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
    """List the events that filters show, with the seven counts that add up.

    Example: geomap events --from 2022-12-01 --to 2022-12-31 --format json
    """
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
    chosen = "json" if json else form
    if chosen is not None and chosen not in FORMATS:
        message = f"--format: {chosen!r} is not one of {', '.join(FORMATS)}."
        raise InputError(message)
    space = open_workspace(workspace, quiet=quiet)
    found, counts = answer(space, query)
    listed = found if limit is None else found.head(limit)
    _print(listed, counts, chosen, quiet=quiet)


def answer(
    space: Workspace, query: EventQuery, *, at: int | None = None
) -> tuple[gpd.GeoDataFrame, EventCounts]:
    """Return the events that a query shows, in order of time with their verdict, and the counts.

    Raises
    ------
    NotFoundError
        When the query names a place or import that does not exist.
    """
    from geomap.query import VISIBLE, classify_events, count_verdicts

    table = space.events(at=at)
    check_ids(space, query)
    joins = space.joins(at=at) if query.place_ids else None
    verdicts = classify_events(table, query, joins=joins)
    shown = table.assign(verdict=verdicts.astype("str"))[verdicts.isin([v.value for v in VISIBLE])]
    ordered = shown.sort_values(["event_date", "event_id"], kind="stable", ignore_index=True)
    return ordered, count_verdicts(verdicts)


def check_ids(space: Workspace, query: EventQuery) -> None:
    """Refuse a query that names a place or import that does not exist."""
    for place_id in sorted(query.place_ids):
        if space.gazetteer.get(place_id) is None:
            message = f"--place: there is no place {place_id!r}; geomap places NAME finds its id."
            raise NotFoundError(message)
    known = {batch.batch_id for batch in space.batches()} if query.batches else set()
    for batch_id in sorted(query.batches - known):
        message = f"--batch: there is no import {batch_id!r}; geomap batches lists them."
        raise NotFoundError(message)


def _print(listed: gpd.GeoDataFrame, counts: EventCounts, form: str | None, *, quiet: bool) -> None:
    from geomap.json_shapes import event_rows, feature_collection

    if form == "json":
        print_json({"counts": counts.as_dict(), "events": list(event_rows(listed))})
    elif form == "geojson":
        print_json({**feature_collection(listed), "counts": counts.as_dict()})
    elif form == "csv":
        from geomap.exports.csv_table import csv_text

        sys.stdout.write(csv_text(listed))
        say(counts.sentence(), quiet=quiet)
    else:
        header = ("event_date", "event_date_end", "status", "event_type", "place_name", "title")
        rows = list(event_rows(listed.head(SHOWN)))
        print_lines(table_lines(header, [[row[word] for word in header] for row in rows]))
        if len(listed) > SHOWN:
            print_lines([f"and {len(listed) - SHOWN:,} more (--format csv lists all)"])
        print_lines([counts.sentence()])


def export(
    *,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="FILE", help="Ends with .csv .geojson .gpkg .parquet .kml .zip."
        ),
    ],
    raw: Annotated[
        bool,
        typer.Option(
            "--raw",
            help="A CSV with its text to the letter: a spreadsheet may run cells of it.",
        ),
    ] = False,
    own_use: Annotated[
        bool,
        typer.Option(
            "--own-use",
            help="Write rows too that their licence does not let you pass on: keep the file.",
        ),
    ] = False,
    grid: opt.GridOption = None,
    drop: opt.DropOption = None,
    hidden: opt.HideSourceOption = None,
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
    """Write the events that filters show to a file for other tools.

    Events of a source whose licence forbids it are only counted (licences.yaml, --own-use).

    Example: geomap export --type Protests -o protests.gpkg
    """
    from geomap.exports import export_events, format_of
    from geomap.sharing import read_terms, rows_to_give
    from geomap.symbology.colours import colours_of

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
    form = format_of(out.name)
    if raw and form != "csv":
        message = f"--raw is about CSV: {form} holds every text to the letter, leave it out."
        raise InputError(message)
    space = open_workspace(workspace, quiet=quiet)
    found, counts = answer(space, query)
    redaction = opt.redaction_of(grid, drop, hidden)
    found, notes = rows_to_give(found, read_terms(space.folder), redaction, own_use=own_use)
    colours = colours_of(space.events()["event_type"])
    export_events(
        found, out, form, query=query, counts=counts, raw=raw, notes=notes, colours=colours
    )
    if raw:
        say(RAW_WARNING, quiet=quiet)
    for note in notes:
        say(note, quiet=quiet)
    if json:
        shape = {"path": str(out), "format": form, "events": len(found), "notes": notes}
        print_json({**shape, "counts": counts.as_dict()})
    say(f"{len(found):,} events written to {out}: {counts.sentence()}.", quiet=quiet or json)
