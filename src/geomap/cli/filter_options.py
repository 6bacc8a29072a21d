"""The filters that `events`, `export` and `snapshot` share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.options import Words, box_of, day_of, readable
from geomap.errors import NotFoundError

if TYPE_CHECKING:
    from geomap.query import EventQuery
    from geomap.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """The criteria of a query, one option each."""

    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day, included.")
    ] = None
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day, included.")] = (
        None
    )
    types: Annotated[Words, typer.Option("--type", metavar="TYPE", help="Event type; repeat.")] = (
        None
    )
    sources: Annotated[
        Words, typer.Option("--source", metavar="SOURCE", help="Source as written; repeat.")
    ] = None
    statuses: Annotated[
        Words,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="reported, claimed, planned, prevented, denied; repeat.",
        ),
    ] = None
    precisions: Annotated[
        Words,
        typer.Option(
            "--precision",
            metavar="WORD",
            help="Of the date or the place (day, exact, ...); repeat.",
        ),
    ] = None
    text: Annotated[
        str, typer.Option("--text", metavar="WORDS", help="Words that the event must hold.")
    ] = ""
    bbox: Annotated[
        str | None, typer.Option("--bbox", metavar="W,S,E,N", help="Box in degrees.")
    ] = None
    place_ids: Annotated[
        Words,
        typer.Option("--place", metavar="PLACE_ID", help="At this place (geomap places); repeat."),
    ] = None
    batches: Annotated[
        Words, typer.Option("--batch", metavar="BATCH_ID", help="Of this import; repeat.")
    ] = None

    def query(self) -> EventQuery:
        """Return the query that the options describe."""
        from geomap.query import EventQuery

        names = ("types", "sources", "statuses", "precisions", "place_ids", "batches")
        words: dict[str, Any] = {
            name: frozenset(map(readable, getattr(self, name) or ())) for name in names
        }
        return EventQuery(
            start=day_of(self.start, "--from"),
            end=day_of(self.end, "--to"),
            text=readable(self.text),
            bbox=box_of(self.bbox, "--bbox"),
            **words,
        )


def check_ids(workspace: Workspace, query: EventQuery) -> None:
    """Raise NotFoundError when a query names a place or an import that does not exist."""
    for place_id in sorted(query.place_ids):
        if workspace.gazetteer.get(place_id) is None:
            message = f"--place: there is no place {place_id!r}; geomap places NAME finds its id."
            raise NotFoundError(message)
    known = {batch.batch_id for batch in workspace.batches()} if query.batches else set()
    for batch_id in sorted(query.batches - known):
        message = f"--batch: there is no import {batch_id!r}; geomap batches lists them."
        raise NotFoundError(message)
