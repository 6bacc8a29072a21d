"""`geomap snapshot`: the view that filters give, as a figure, a page, a series or a bundle."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.filter_options import FilterOptions, check_ids
from geomap.cli.options import Common, RedactionOptions, box_of, readable
from geomap.cli.snapshot_source import SnapshotSource
from geomap.cli.terminal import print_json
from geomap.errors import InputError
from geomap.typing import Progress

if TYPE_CHECKING:
    from geomap.snapshot import SnapshotSettings, View

ENDINGS = ("png", "svg", "pdf", "html", "zip")


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """Title, page and content of a figure."""

    title: Annotated[str, typer.Option("--title", help="Title of the figure.")] = "Events"
    size: Annotated[str, typer.Option("--size", help="a4, a5, slide or square.")] = "a4"
    portrait: Annotated[bool, typer.Option("--portrait", help="Higher than wide.")] = False
    theme: Annotated[str, typer.Option("--theme", help="light or dark.")] = "light"
    dpi: Annotated[int, typer.Option("--dpi", min=50, max=600, help="Dots an inch.")] = 300
    frame: Annotated[
        str | None,
        typer.Option(
            "--frame", metavar="W,S,E,N", help="What the map shows; filters nothing, unlike --bbox."
        ),
    ] = None
    graticule: Annotated[
        bool, typer.Option("--graticule", help="Draw meridians and parallels.")
    ] = False
    boundaries: Annotated[
        str, typer.Option("--boundaries", help="disputed dashed, all alike or none.")
    ] = "disputed dashed"
    north: Annotated[
        bool | None,
        typer.Option("--north/--no-north", help="An arrow; by default where north is not up."),
    ] = None
    show_places: Annotated[
        bool, typer.Option("--places/--no-places", help="Roads, zones and names of the gazetteer.")
    ] = True
    show_histogram: Annotated[
        bool, typer.Option("--histogram/--no-histogram", help="Bars of the days under the map.")
    ] = True
    names: Annotated[
        str, typer.Option("--names", metavar="POLICY", help="source, all, side:NAME or lang:en.")
    ] = "source"
    link: Annotated[str, typer.Option("--link", metavar="URL", help="Printed on it.")] = ""

    def settings(self) -> SnapshotSettings:
        """Return the settings that the options describe, as of now."""
        from geomap.snapshot import SnapshotSettings

        values = asdict(self) | {
            "title": readable(self.title),
            "names": readable(self.names),
            "frame": box_of(self.frame, "--frame"),
        }
        return SnapshotSettings(as_of=datetime.now(UTC).replace(microsecond=0), **values)


@dataclass(frozen=True, slots=True)
class DivisionOptions:
    """How a view is divided: not at all, or in one of three ways."""

    panels: Annotated[
        str | None,
        typer.Option("--panels", metavar="UNIT", help="A map each day, week, month, year or type."),
    ] = None
    series: Annotated[
        str | None,
        typer.Option("--series", metavar="UNIT", help="A numbered PNG for each, in a .zip."),
    ] = None
    atlas: Annotated[
        bool, typer.Option("--atlas", help="A .pdf with a page and a table for each month.")
    ] = False

    def check(self, out: Path, form: str) -> None:
        """Raise InputError when the options exclude each other or the format of `out`."""
        if sum(bool(way) for way in (self.panels, self.series, self.atlas)) > 1:
            message = "--panels, --series and --atlas are three ways to divide a view: choose one."
            raise InputError(message)
        for flag, value, needed in (
            ("--series", self.series, "zip"),
            ("--atlas", self.atlas, "pdf"),
        ):
            if value and form != needed:
                message = (
                    f"{flag} makes a .{needed} file: end the name {out.name!r} with .{needed}."
                )
                raise InputError(message)
        if self.panels and form == "html":
            message = (
                "--panels: a page has one map whose dates can be moved; use .png, .svg or .pdf."
            )
            raise InputError(message)


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
    figure: FigureOptions,
    division: DivisionOptions,
    at: Annotated[
        int | None, typer.Option("--at", metavar="VERSION", help="As it was at this version.")
    ] = None,
    redacted: RedactionOptions,
    filters: FilterOptions,
    common: Common,
) -> None:
    """Draw the events that filters show, with legend, scale, sources, counts and as-of time.

    Example: geomap snapshot --from 2022-12-01 --title "December 2022" -o december.png
    """
    from geomap.files.atomic import write_file

    query = filters.query()
    form = _form_of(out)
    division.check(out, form)
    redaction = redacted.redaction()
    settings = figure.settings()
    workspace = common.open_workspace()
    check_ids(workspace, query)
    with common.progress() as progress:
        progress("Reading the events", 0.0)
        version = workspace.version if at is None else at
        source = SnapshotSource(workspace, query, version, redaction)
        source.name_places(settings.names)
        settings = source.stamped(settings)
        content = _drawn(source, settings, form, division, progress)
    write_file(out, content)
    _report(out, source.view, settings, content, common)


def _form_of(out: Path) -> str:
    form = out.suffix.removeprefix(".").lower()
    if form not in ENDINGS:
        endings = ", ".join(f".{ending}" for ending in ENDINGS)
        message = f"{str(out)!r} names no format: end the file name with one of {endings}."
        raise InputError(message)
    return form


def _drawn(
    source: SnapshotSource,
    settings: SnapshotSettings,
    form: str,
    division: DivisionOptions,
    progress: Progress,
) -> bytes:
    from geomap import snapshot as figures

    view = source.view
    if division.series or division.atlas:
        write = figures.series_bytes if division.series else figures.atlas_bytes
        return write(view, source.parts(division.series or "month"), settings, progress=progress)
    panels = source.parts(division.panels, as_panels=True) if division.panels else []
    progress("Drawing", 0.3)
    if form == "zip":
        return figures.bundle_bytes(view, settings, panels=panels, progress=progress)
    return figures.snapshot_bytes(view, settings, form, panels=panels)


def _report(
    out: Path, view: View, settings: SnapshotSettings, content: bytes, common: Common
) -> None:
    from geomap.snapshot import limits_of, unseal

    notes = limits_of(view)
    if common.json:
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
        common.summary(note)
    common.summary(f"Written to {out}: {view.counts.sentence()}.")
