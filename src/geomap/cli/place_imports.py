"""`geomap gazetteer import`, `list` and `remove`: places that a user brings along."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap import paths
from geomap.cli.inputs import STDIN
from geomap.cli.options import JsonOption, QuietOption, WorkspaceOption
from geomap.cli.terminal import print_json, print_lines, progress_bar, say, table_lines

if TYPE_CHECKING:
    from geomap.gazetteer.imports import ImportReport

ISSUES_SHOWN = 10

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of the import.")]


def import_(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="GeoNames dump, GeoJSON or CSV; - is standard input."),
    ],
    *,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What to call it; by default after the file."),
    ] = None,
    form: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help="auto, geonames, geojson or csv."),
    ] = "auto",
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of an import of the same name.")
    ] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Take places into the workspace: a GeoNames dump, also zipped, or your own file.

    All rows are read or nothing is kept; rows that cannot be used are listed with the reason.

    Example: geomap gazetteer import AZ.zip --name azerbaijan
    """
    from geomap.gazetteer.imports import import_places
    from geomap.workspace.user_places import changing_places

    with (
        _on_disk(file) as path,
        progress_bar(quiet=quiet) as progress,
        changing_places(workspace or paths.workspace_dir()) as folder,
    ):
        report = import_places(
            folder,
            path,
            name=name,
            label="standard input" if file == STDIN else file,
            form=form,
            replace=replace,
            progress=progress,
        )
    if json:
        print_json(asdict(report))
    elif not quiet:
        print_lines(_for_a_person(report))


def list_(
    *,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """List the imports of the workspace with the counts of each.

    Example: geomap gazetteer list --json
    """
    from geomap.gazetteer.imports import known_imports
    from geomap.workspace.user_places import places_folder

    found = known_imports(places_folder(workspace or paths.workspace_dir()))
    if json:
        shapes = [{k: v for k, v in asdict(one).items() if k != "issues"} for one in found]
        print_json({"imports": shapes})
    elif found:
        header = ("name", "format", "rows", "accepted", "rejected", "outlines", "path")
        rows = [[getattr(one, word) for word in header] for one in found]
        print_lines(table_lines(header, rows))
    else:
        say("Nothing was imported; geomap gazetteer import FILE does it.", quiet=quiet)


def remove(
    name: NameArgument,
    *,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Remove an import from the workspace; events that it placed stay where they are.

    Example: geomap gazetteer remove azerbaijan
    """
    from geomap.gazetteer.imports import forget_places
    from geomap.workspace.user_places import changing_places

    with changing_places(workspace or paths.workspace_dir()) as folder:
        forget_places(folder, name)
    if json:
        print_json({"removed": name})
    else:
        say(f"Removed {name}.", quiet=quiet)


@contextmanager
def _on_disk(file: str) -> Iterator[Path]:
    """Give the path of a file; standard input is kept in one while it is read."""
    if file != STDIN:
        yield Path(file)
        return
    with tempfile.TemporaryDirectory(prefix="geomap-") as folder:
        path = Path(folder) / "standard-input"
        with path.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield path


def _for_a_person(report: ImportReport) -> Iterator[str]:
    yield (
        f"{report.path}: {report.rows:,} rows, {report.accepted:,} accepted, "
        f"{report.rejected:,} rejected; imported as {report.name}"
    )
    yield f"  read as {report.format}"
    if report.outlines:
        yield f"  of those accepted: {report.outlines:,} with an outline, dates or sides"
    for issue in report.issues[:ISSUES_SHOWN]:
        where = f"row {issue['row']}" + (f", {issue['column']}" if issue["column"] else "")
        value = "" if issue["value"] is None else f" {issue['value']!r}:"
        yield f"  {where}:{value} {issue['reason']} {issue['remedy']}"
    if len(report.issues) > ISSUES_SHOWN:
        yield f"  and more; --json lists the first {len(report.issues):,}"
