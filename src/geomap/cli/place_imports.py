"""`geomap gazetteer import`, `list`, `remove` and `suggest`: a user's own places."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.inputs import STDIN
from geomap.cli.options import Common
from geomap.cli.terminal import issue_line, print_json, print_lines, table_lines

if TYPE_CHECKING:
    from geomap.gazetteer.dump_suggestions import DumpSuggestion
    from geomap.gazetteer.import_store import ImportReport

MAX_ISSUES = 10


def import_(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="GeoNames dump, GeoJSON or CSV; - is standard input."),
    ],
    *,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="Its name; by default that of the file."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="auto, geonames, geojson or csv.")
    ] = "auto",
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace an import of the same name.")
    ] = False,
    common: Common,
) -> None:
    """Take places into the workspace: a GeoNames dump, also zipped, or your own file.

    All rows are read or nothing is kept; rows that cannot be used are listed with the reason.

    Example: geomap gazetteer import AZ.zip --name azerbaijan
    """
    from geomap.ingest.places import import_places
    from geomap.workspace.user_places import changing_places

    with (
        _on_disk(file) as path,
        common.progress() as progress,
        changing_places(common.folder) as folder,
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
    if common.json:
        print_json(asdict(report))
    elif not common.quiet:
        print_lines(_report_lines(report))


def list_(*, common: Common) -> None:
    """List the imports of the workspace with the counts of each.

    Example: geomap gazetteer list --json
    """
    from geomap.gazetteer.import_store import known_imports
    from geomap.workspace.user_places import places_folder

    imports = [asdict(report) for report in known_imports(places_folder(common.folder))]
    if common.json:
        shapes = [{k: v for k, v in shape.items() if k != "issues"} for shape in imports]
        print_json({"imports": shapes})
    elif imports:
        header = ("name", "format", "rows", "accepted", "rejected", "outlines", "path")
        print_lines(table_lines(header, [[shape[word] for word in header] for shape in imports]))
    else:
        common.note("Nothing was imported; geomap gazetteer import FILE does it.")


def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the import.")],
    *,
    common: Common,
) -> None:
    """Remove an import from the workspace; events that it placed stay where they are.

    Example: geomap gazetteer remove azerbaijan
    """
    from geomap.gazetteer.import_store import forget_places
    from geomap.workspace.user_places import changing_places

    with changing_places(common.folder) as folder:
        forget_places(folder, name)
    if common.json:
        print_json({"removed": name})
    common.summary(f"Removed {name}.")


def suggest(*, common: Common) -> None:
    """Name the GeoNames dumps that may place names which no known place bears.

    The names are those of the articles and tables in the workspace. How many of them a dump
    really has is known once it was imported; geomap fetches nothing by itself.

    Example: geomap gazetteer suggest
    """
    from geomap.gazetteer.dump_suggestions import suggest_dumps
    from geomap.workspace.unplaced_names import unplaced_names

    suggestions = suggest_dumps(unplaced_names(common.open_workspace()))
    countries = [one for one in suggestions if one.country]
    if common.json:
        unknown = next((one for one in suggestions if not one.country), None)
        print_json(
            {
                "countries": [asdict(one) for one in countries],
                "without_country": {
                    "unplaced_names": unknown.unplaced_names if unknown else 0,
                    "examples": unknown.examples if unknown else (),
                },
            }
        )
    elif suggestions:
        print_lines(_suggestion_lines(suggestions))
    else:
        common.note("Every place name in the workspace was placed.")


def _suggestion_lines(suggestions: Sequence[DumpSuggestion]) -> Iterator[str]:
    header = ("country", "names", "for example", "dump")
    rows = [
        (one.country or "not known", f"{one.unplaced_names:,}", ", ".join(one.examples), one.dump)
        for one in suggestions
    ]
    yield from table_lines(header, rows, width=60)
    if any(one.dump for one in suggestions):
        yield "Fetch a dump with your browser; geomap gazetteer import FILE.zip takes it in."


@contextmanager
def _on_disk(file: str) -> Iterator[Path]:
    """Yield the path of a file; standard input is copied to a temporary file."""
    if file != STDIN:
        yield Path(file)
        return
    with tempfile.TemporaryDirectory(prefix="geomap-") as folder:
        path = Path(folder) / "standard-input"
        with path.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield path


def _report_lines(report: ImportReport) -> Iterator[str]:
    yield (
        f"{report.path}: {report.rows:,} rows, {report.accepted:,} accepted, "
        f"{report.rejected:,} rejected; imported as {report.name}"
    )
    yield f"  read as {report.format}"
    if report.outlines:
        yield f"  of those accepted: {report.outlines:,} with an outline, dates or sides"
    yield from map(issue_line, report.issues[:MAX_ISSUES])
    if len(report.issues) > MAX_ISSUES:
        yield f"  and more; --json lists the first {len(report.issues):,}"
