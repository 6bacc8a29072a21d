"""Options that several commands share, and how their words are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.query import BBox, EventQuery
    from geomap.sharing import Redaction

Words = list[str] | None

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="DIR",
        help="Folder of the workspace; also GEOMAP_WORKSPACE, by default workspace/.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON document on stdout and nothing else there.")
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", help="Say nothing on stderr unless something is wrong.")
]
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Day (YYYY-MM-DD).")]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Day of publication, if the text has none."),
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="First day, included.")
]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day, included.")]
TypeOption = Annotated[Words, typer.Option("--type", metavar="TYPE", help="Event type; repeat.")]
SourceOption = Annotated[
    Words, typer.Option("--source", metavar="SOURCE", help="Source as written; repeat.")
]
StatusOption = Annotated[
    Words,
    typer.Option(
        "--status", metavar="STATUS", help="reported, claimed, planned, prevented, denied; repeat."
    ),
]
PrecisionOption = Annotated[
    Words,
    typer.Option(
        "--precision", metavar="WORD", help="Of the date or the place (day, exact, ...); repeat."
    ),
]
TextOption = Annotated[
    str, typer.Option("--text", metavar="WORDS", help="Words that the event must hold.")
]
BBoxOption = Annotated[
    str | None, typer.Option("--bbox", metavar="W,S,E,N", help="Box in degrees.")
]
PlaceOption = Annotated[
    Words,
    typer.Option("--place", metavar="PLACE_ID", help="At this place (geomap places); repeat."),
]
BatchOption = Annotated[
    Words, typer.Option("--batch", metavar="BATCH_ID", help="Of this import; repeat.")
]
AtOption = Annotated[
    int | None, typer.Option("--at", metavar="VERSION", help="As it was at this version.")
]
GridOption = Annotated[
    float | None,
    typer.Option(
        "--grid",
        metavar="DEGREES",
        help="Make places coarse: each becomes the cell of this grid that holds it.",
    ),
]
DropOption = Annotated[
    Words, typer.Option("--drop", metavar="COLUMN", help="Leave a column out; repeat.")
]
HideSourceOption = Annotated[
    Words,
    typer.Option(
        "--hide-source", metavar="SOURCE", help="Leave the events of a source out; repeat."
    ),
]


def redaction_of(grid: float | None, columns: Words, sources: Words) -> Redaction:
    """Return what the options say must not leave."""
    from geomap.sharing import Redaction

    return Redaction(grid, tuple(columns or ()), tuple(map(readable, sources or ())))


def day_of(text: str | None, option: str) -> date | None:
    """Return the day that an option gives.

    Raises
    ------
    InputError
        When it is not an ISO day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{option}: {text!r} is not a day; write it as YYYY-MM-DD."
        raise InputError(message) from error


def readable(text: str) -> str:
    """Return words of the command line as text; a terminal without UTF-8 hands over bytes."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def box_of(text: str | None, option: str = "--bbox") -> BBox | None:
    """Return the box that an option gives.

    Raises
    ------
    InputError
        When it is not four numbers.
    """
    if text is None:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        message = f"{option}: {text!r} is not four numbers; write west,south,east,north in degrees."
        raise InputError(message) from error
    return west, south, east, north


def query_of(
    *,
    first: str | None,
    last: str | None,
    types: Words,
    sources: Words,
    statuses: Words,
    precisions: Words,
    text: str,
    bbox: str | None,
    place_ids: Words,
    batches: Words,
) -> EventQuery:
    """Return the question that the filter options ask."""
    from geomap.query import EventQuery

    return EventQuery(
        start=day_of(first, "--from"),
        end=day_of(last, "--to"),
        types=frozenset(map(readable, types or ())),
        sources=frozenset(map(readable, sources or ())),
        statuses=frozenset(statuses or ()),
        precisions=frozenset(precisions or ()),
        text=readable(text),
        bbox=box_of(bbox),
        place_ids=frozenset(place_ids or ()),
        batches=frozenset(batches or ()),
    )
