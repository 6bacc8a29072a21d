"""`geomap places`: what is known of where a name may be."""

from __future__ import annotations

from typing import Annotated

import typer

from geomap.cli.options import JsonOption, OnOption, QuietOption, WorkspaceOption, day_of, readable
from geomap.cli.terminal import open_names, print_json, print_lines, say, table_lines

SHOWN = 20


def places(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name in any script.")],
    *,
    on: OnOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most places to list.")] = SHOWN,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """List every place that bears a name, the likeliest first, with the reason.

    Example: geomap places Stepanakert --on 2022-12-12 --json
    """
    from geomap.json_shapes import place_shape

    day, name = day_of(on, "--on"), readable(name)
    gazetteer = open_names(workspace, quiet=quiet)
    found = [place_shape(match) for match in gazetteer.find(name, on=day, limit=limit)]
    if json:
        print_json({"query": name, "places": found})
        return
    if not found:
        say(f"No place that geomap knows bears the name {name!r}.", quiet=quiet)
        return
    header = ("score", "place_id", "name", "country", "lat", "lon", "why")
    rows = [
        (
            f"{place['score']:.2f}",
            place["place_id"],
            place["name"],
            place["country_code"],
            place["lat"],
            place["lon"],
            place["reason"],
        )
        for place in found
    ]
    print_lines(table_lines(header, rows, width=60))
