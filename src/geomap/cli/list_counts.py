"""`geomap aggregates`: list the counts per unit and period that were taken in."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from geomap.cli.options import Common, check_format
from geomap.cli.terminal import print_json, print_lines, table_lines

FORMATS = ("json", "csv")
MAX_ROWS = 50
_SHOWN = ("period_start", "period_end", "unit", "country", "event_type", "measure", "count")


def aggregates(
    *,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="json or csv.")
    ] = None,
    batch: Annotated[
        str | None, typer.Option("--batch", metavar="BATCH_ID", help="Those of one import.")
    ] = None,
    common: Common,
) -> None:
    """List the counts per unit and period, taken in with geomap ingest --aggregates; no events.

    Example: geomap aggregates --format csv
    """
    form = "json" if common.json else form
    check_format(form, FORMATS)
    workspace = common.open_workspace()
    rows = workspace.aggregates()
    if batch is not None:
        rows = rows[rows["batch_id"] == workspace.batch(batch).batch_id]
    rows = rows.sort_values(["batch_id", "row_number"], kind="stable")
    days = {name: rows[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "period_end")}
    rows = rows.assign(**days)
    if form == "json":
        shapes = json.loads(rows.to_json(orient="records", double_precision=15))
        print_json({"aggregates": shapes})
    elif form == "csv":
        from geomap.exports.csv_table import rows_as_csv

        sys.stdout.write(rows_as_csv(rows))
    elif len(rows):
        shown = rows[list(_SHOWN)].astype("object").where(rows[list(_SHOWN)].notna(), None)
        print_lines(table_lines(_SHOWN, shown.head(MAX_ROWS).to_numpy().tolist()))
        if len(rows) > MAX_ROWS:
            print_lines([f"and {len(rows) - MAX_ROWS:,} more (--format csv lists all)"])
    else:
        common.note("There are no counts yet: geomap ingest FILE --aggregates adds them.")
