"""`geomap snapshot`: the view that filters give, as a figure, a page, a series or a bundle."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli import options as opt
from geomap.cli.events_export import check_ids
from geomap.cli.output import open_workspace, print_json, progress_bar, say
from geomap.errors import InputError
from geomap.typing import Progress

if TYPE_CHECKING:
    from geomap.query import EventQuery
    from geomap.sharing import Redaction
    from geomap.snapshot import SnapshotSettings, View
    from geomap.workspace import Workspace

ENDINGS = ("png", "svg", "pdf", "html", "zip")


def snapshot(
    *,
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help="Ends with .png .svg .pdf .html, or .zip (a bundle).",
        ),
    ],
    title: Annotated[str, typer.Option("--title", help="Title of the figure.")] = "Events",
    size: Annotated[str, typer.Option("--size", help="a4, a5, slide or square.")] = "a4",
    portrait: Annotated[bool, typer.Option("--portrait", help="Higher than wide.")] = False,
    theme: Annotated[str, typer.Option("--theme", help="light or dark.")] = "light",
    dpi: Annotated[int, typer.Option("--dpi", min=50, max=600, help="Dots an inch.")] = 300,
    frame: Annotated[
        str | None,
        typer.Option(
            "--frame", metavar="W,S,E,N", help="What the map shows; filters nothing, unlike --bbox."
        ),
    ] = None,
    graticule: Annotated[
        bool, typer.Option("--graticule", help="Draw meridians and parallels.")
    ] = False,
    boundaries: Annotated[
        str, typer.Option("--boundaries", help="disputed dashed, all alike or none.")
    ] = "disputed dashed",
    north: Annotated[
        bool | None,
        typer.Option("--north/--no-north", help="An arrow; by default where north is not up."),
    ] = None,
    places: Annotated[
        bool, typer.Option("--places/--no-places", help="Roads, zones and names of the gazetteer.")
    ] = True,
    histogram: Annotated[
        bool, typer.Option("--histogram/--no-histogram", help="Bars of the days under the map.")
    ] = True,
    names: Annotated[
        str,
        typer.Option("--names", metavar="POLICY", help="source, all, side:NAME or lang:en."),
    ] = "source",
    link: Annotated[str, typer.Option("--link", metavar="URL", help="Printed on it.")] = "",
    panels: Annotated[
        str | None,
        typer.Option("--panels", metavar="UNIT", help="A map each day, week, month, year or type."),
    ] = None,
    series: Annotated[
        str | None,
        typer.Option("--series", metavar="UNIT", help="A numbered PNG for each, in a .zip."),
    ] = None,
    atlas: Annotated[
        bool, typer.Option("--atlas", help="A .pdf with a page and a table for each month.")
    ] = False,
    at: opt.AtOption = None,
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
    """Draw the events that filters show, with legend, scale, sources, counts and as-of time.

    Example: geomap snapshot --from 2022-12-01 --title "December 2022" -o december.png
    """
    from geomap.files.atomic import write_file
    from geomap.snapshot import SnapshotSettings

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
    form = _form_of(out, panels=panels, series=series, atlas=atlas)
    redaction = opt.redaction_of(grid, drop, hidden)
    settings = SnapshotSettings(
        opt.readable(title),
        datetime.now(UTC).replace(microsecond=0),
        size=size,
        portrait=portrait,
        dpi=dpi,
        frame=opt.box_of(frame, "--frame"),
        theme=theme,
        graticule=graticule,
        north=north,
        boundaries=boundaries,
        show_places=places,
        show_histogram=histogram,
        names=opt.readable(names),
        link=link,
    )
    space = open_workspace(workspace, quiet=quiet)
    check_ids(space, query)
    with progress_bar(quiet=quiet) as progress:
        progress("Reading the events", 0.0)
        source = Reading(space, query, space.version if at is None else at, redaction)
        source.name_places(settings.names)
        settings = source.stamped(settings)
        content = source.drawn(settings, form, panels, series, progress, atlas=atlas)
    write_file(out, content)
    _tell(out, source.view, settings, content, json=json, quiet=quiet)


def _form_of(out: Path, *, panels: str | None, series: str | None, atlas: bool) -> str:
    form = out.suffix.removeprefix(".").lower()
    if form not in ENDINGS:
        endings = ", ".join(f".{known}" for known in ENDINGS)
        message = f"{str(out)!r} names no format: end the file name with one of {endings}."
        raise InputError(message)
    if sum(bool(one) for one in (panels, series, atlas)) > 1:
        message = "--panels, --series and --atlas are three ways to divide a view: choose one."
        raise InputError(message)
    for flag, asked, needed in (("--series", series, "zip"), ("--atlas", atlas, "pdf")):
        if asked and form != needed:
            message = f"{flag} makes a .{needed} file: end the name {out.name!r} with .{needed}."
            raise InputError(message)
    if panels and form == "html":
        message = "--panels: a page has one map whose dates can be moved; use .png, .svg or .pdf."
        raise InputError(message)
    return form


class Reading:
    """The view of a query at a version of a workspace, and what it is made of."""

    def __init__(
        self, space: Workspace, query: EventQuery, version: int, redaction: Redaction
    ) -> None:
        from geomap.sharing import read_terms
        from geomap.snapshot import view_of
        from geomap.store import Store

        # Asked before the tables are read: a version that is not there is refused in a sentence.
        self.batches = Store(space.folder / "tables").read_batches(at=version)
        is_now = version == space.version
        self.version = version
        self.events = space.events(at=None if is_now else version)
        self.places = space.places()
        self.gazetteer = space.gazetteer
        self.made_of: dict[str, Any] = {
            "joins": space.joins(at=None if is_now else version) if query.place_ids else None,
            "terms": read_terms(space.folder),
            "batches": self.batches,
            "redaction": redaction,
        }
        self.view = view_of(self.events, query, self.places, **self.made_of)

    def name_places(self, policy: str) -> None:
        """Give the places the forms of their names, where a policy asks for them.

        Raises
        ------
        InputError
            When no place has a name under the policy.
        """
        if policy == "source":
            return
        from dataclasses import replace

        from geomap.symbology.name_policy import names_policies, with_names

        self.places = with_names(self.places, self.gazetteer)
        known = names_policies(self.places)
        if policy not in known:
            message = f"--names: there is no policy {policy!r}: use one of {', '.join(known)}."
            raise InputError(message)
        named = self.places.loc[self.view.places.index]
        self.view = replace(self.view, places=named)

    def stamped(self, settings: SnapshotSettings) -> SnapshotSettings:
        """Return settings with the version, and the moment at which it came about."""
        from dataclasses import replace

        from geomap.snapshot import moment_of

        moment = moment_of(self.batches, self.version)
        as_of = datetime.fromisoformat(moment) if moment else settings.as_of
        return replace(settings, version=self.version, as_of=as_of)

    def drawn(
        self,
        settings: SnapshotSettings,
        form: str,
        panels: str | None,
        series: str | None,
        progress: Progress,
        *,
        atlas: bool,
    ) -> bytes:
        """Return the file that was asked for."""
        from geomap import snapshot as make

        view = self.view
        if series or atlas:
            parts = make.parts_of(view, self.events, self.places, series or "month", **self.made_of)
            made = make.series_bytes if series else make.atlas_bytes
            return made(view, parts, settings, progress=progress)
        parts = []
        if panels:
            parts = make.parts_of(
                view, self.events, self.places, panels, most=make.MAX_PANELS, **self.made_of
            )
        progress("Drawing", 0.3)
        if form == "zip":
            return make.bundle_bytes(view, settings, panels=parts, progress=progress)
        return make.snapshot_bytes(view, settings, form, panels=parts)


def _tell(
    out: Path, view: View, settings: SnapshotSettings, content: bytes, *, json: bool, quiet: bool
) -> None:
    from geomap.snapshot import limits_of, unseal

    notes = limits_of(view)
    if json:
        print_json(
            {
                "path": str(out),
                "version": settings.version,
                "as_of": settings.as_of.isoformat(),
                "snapshot_id": unseal(content).manifest["snapshot_id"],
                "bytes": len(content),
                "notes": notes,
                "counts": view.counts.as_dict(),
            }
        )
    for note in notes:
        say(note, quiet=quiet or json)
    say(f"Written to {out}: {view.counts.sentence()}.", quiet=quiet or json)
