"""`geomap events` and `export`: list the events of the workspace, or write them to a file."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.filter_options import FilterOptions, check_ids
from geomap.cli.options import Common, RedactionOptions, check_format
from geomap.cli.terminal import print_json, print_lines, table_lines
from geomap.errors import InputError

if TYPE_CHECKING:
    import geopandas as gpd

    from geomap.query import EventCounts, EventQuery
    from geomap.workspace import Workspace

FORMATS = ("json", "geojson", "csv")
MAX_ROWS = 50
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
    filters: FilterOptions,
    common: Common,
) -> None:
    """List the events that filters show, with the eight counts that add up.

    Example: geomap events --from 2022-12-01 --to 2022-12-31 --format json
    """
    query = filters.query()
    form = "json" if common.json else form
    check_format(form, FORMATS)
    shown, counts = _shown_events(common.open_workspace(), query)
    listed = shown if limit is None else shown.head(limit)
    _print(listed, counts, form, common)


def _shown_events(
    workspace: Workspace, query: EventQuery, *, everything: bool = False
) -> tuple[gpd.GeoDataFrame, EventCounts]:
    """Return the events that a query shows, or all, by date with their verdict, and the counts."""
    from geomap.query import VISIBLE, Verdict, classify_events, count_verdicts

    table = workspace.events()
    check_ids(workspace, query)
    joins = workspace.joins() if query.place_ids else None
    verdicts = classify_events(table, query, joins=joins)
    wanted = tuple(v for v in Verdict if v is not Verdict.HIDDEN) if everything else VISIBLE
    kept = verdicts.isin([verdict.value for verdict in wanted])
    shown = table.assign(verdict=verdicts.astype("str"))[kept]
    ordered = shown.sort_values(["event_date", "event_id"], kind="stable", ignore_index=True)
    return ordered, count_verdicts(verdicts)


def _print(events: gpd.GeoDataFrame, counts: EventCounts, form: str | None, common: Common) -> None:
    from geomap.json_shapes import event_rows, feature_collection

    if form == "json":
        print_json({"counts": counts.as_dict(), "events": list(event_rows(events))})
    elif form == "geojson":
        print_json({**feature_collection(events), "counts": counts.as_dict()})
    elif form == "csv":
        from geomap.exports.csv_table import csv_text

        sys.stdout.write(csv_text(events))
        common.note(counts.sentence())
    else:
        header = ("event_date", "event_date_end", "status", "event_type", "place_name", "title")
        rows = list(event_rows(events.head(MAX_ROWS)))
        print_lines(table_lines(header, [[row[word] for word in header] for row in rows]))
        if len(events) > MAX_ROWS:
            print_lines([f"and {len(events) - MAX_ROWS:,} more (--format csv lists all)"])
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
            "--raw", help="A CSV with its text to the letter: a spreadsheet may run cells of it."
        ),
    ] = False,
    own_use: Annotated[
        bool,
        typer.Option(
            "--own-use",
            help="Write rows too that their licence does not let you pass on: keep the file.",
        ),
    ] = False,
    everything: Annotated[
        bool,
        typer.Option(
            "--everything", help="All events but hidden ones, also those without a place or a day."
        ),
    ] = False,
    redacted: RedactionOptions,
    filters: FilterOptions,
    common: Common,
) -> None:
    """Write the events that filters show to a file for other tools.

    Events of a source whose licence forbids it are only counted (licences.yaml, --own-use).

    Example: geomap export --type Protests -o protests.gpkg
    """
    from geomap.exports import export_bytes, format_of
    from geomap.files.atomic import write_file
    from geomap.query import EventQuery
    from geomap.sharing import read_terms, rows_to_give
    from geomap.symbology.colours import colours_of

    query = filters.query()
    form = format_of(out.name)
    if raw and form != "csv":
        message = f"--raw is about CSV: {form} holds every text to the letter, leave it out."
        raise InputError(message)
    if everything and replace(query, with_hidden=False) != EventQuery():
        message = "--everything writes all events: leave it or the filters out."
        raise InputError(message)
    redaction = redacted.redaction()
    workspace = common.open_workspace()
    shown, counts = _shown_events(workspace, query, everything=everything)
    rows, notes = rows_to_give(shown, read_terms(workspace.folder), redaction, own_use=own_use)
    colours = colours_of(workspace.events()["event_type"])
    content = export_bytes(
        rows, form, query=query, counts=counts, raw=raw, notes=notes, colours=colours
    )
    write_file(out, content)
    for note in ([RAW_WARNING] if raw else []) + notes:
        common.note(note)
    if common.json:
        shape = {"path": str(out), "format": form, "events": len(rows), "notes": notes}
        print_json({**shape, "counts": counts.as_dict()})
    common.summary(f"{len(rows):,} events written to {out}: {counts.sentence()}.")
