"""`geomap places`: the places that bear a name."""

from __future__ import annotations

from typing import Annotated

import typer

from geomap.cli.options import Common, day_of, readable
from geomap.cli.terminal import print_json, print_lines, table_lines

DEFAULT_LIMIT = 20


def places(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name in any script.")],
    *,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day (YYYY-MM-DD).")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="Most places to list.")
    ] = DEFAULT_LIMIT,
    common: Common,
) -> None:
    """List every place with a name, the likeliest first, with the reason.

    Example: geomap places Stepanakert --on 2022-12-12 --json
    """
    from geomap.json_shapes import place_shape

    day, name = day_of(on, "--on"), readable(name)
    gazetteer = common.open_gazetteer()
    matches = [place_shape(match) for match in gazetteer.find(name, on=day, limit=limit)]
    if common.json:
        print_json({"query": name, "places": matches})
        return
    if not matches:
        common.note(f"The gazetteer has no place with the name {name!r}.")
        return
    header = ("score", "place_id", "name", "country", "lat", "lon", "why")
    columns = ("place_id", "name", "country_code", "lat", "lon", "reason")
    rows = [(f"{place['score']:.2f}", *(place[column] for column in columns)) for place in matches]
    print_lines(table_lines(header, rows, width=60))
