"""Groups of options that several commands share, and how the words of an option are read.

A group is a frozen dataclass whose fields are options. A command takes the whole group as one
parameter; `flattened` puts the fields into the signature that Typer reads.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from geomap import paths
from geomap.cli.terminal import print_message, printable
from geomap.errors import InputError
from geomap.typing import BBox, Progress, silent

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.sharing import Redaction
    from geomap.workspace import Workspace

Words = list[str] | None
HideSourceOption = Annotated[
    Words,
    typer.Option(
        "--hide-source", metavar="SOURCE", help="Leave the events of a source out; repeat."
    ),
]


def flattened(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command in whose signature each group is replaced by its options.

    A parameter annotated with a dataclass is a group; the command receives an instance of it.
    """
    parameters = inspect.signature(command, eval_str=True).parameters.values()
    groups: dict[str, Any] = {}
    options: list[inspect.Parameter] = []
    for parameter in parameters:
        if is_dataclass(parameter.annotation):
            groups[parameter.name] = parameter.annotation
            options += _options(parameter.annotation)
        else:
            options.append(parameter)

    @wraps(command)
    def run(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group(**{field.name: values.pop(field.name) for field in fields(group)})
        command(**values)

    run.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]  # read by inspect
    run.__annotations__ = {option.name: option.annotation for option in options}
    return run


def _options(group: Any) -> list[inspect.Parameter]:
    annotations = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=annotations[field.name],
        )
        for field in fields(group)
    ]


@dataclass(frozen=True, slots=True)
class Common:
    """The options of every command: which workspace, and what is printed."""

    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            metavar="DIR",
            help="Folder of the workspace; also GEOMAP_WORKSPACE, by default workspace/.",
        ),
    ] = None
    json: Annotated[
        bool,
        typer.Option("--json", help="Print one JSON document on stdout and nothing else there."),
    ] = False
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Print nothing on stderr unless something is wrong.")
    ] = False

    @property
    def folder(self) -> Path:
        """The folder of the workspace; it may not exist."""
        return self.workspace or paths.workspace_dir()

    def note(self, sentence: str) -> None:
        """Print a sentence on stderr, unless the command is to be quiet."""
        if not self.quiet:
            print_message(sentence)

    def summary(self, sentence: str) -> None:
        """Print a sentence on stderr that a JSON document makes unnecessary."""
        if not self.json:
            self.note(sentence)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Show a progress bar on stderr, if that is a terminal and the command is not quiet."""
        if self.quiet or not sys.stderr.isatty():
            yield silent
            return
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn
        from rich.progress import Progress as Bar

        text = TextColumn("{task.description}", markup=False)
        console = Console(stderr=True)
        with Bar(text, BarColumn(), TaskProgressColumn(), console=console, transient=True) as bar:
            task = bar.add_task("", total=1.0)

            def show(words: str, share: float) -> None:
                bar.update(task, description=printable(words), completed=min(max(share, 0.0), 1.0))

            yield show

    def open_workspace(self, *, sample: bool | None = None) -> Workspace:
        """Return the workspace; it is made when absent.

        A new one starts with the samples if `sample` is true, or, where it is not given, if the
        workspace is the one in the default folder.
        """
        from geomap.workspace import Workspace

        if sample is None:
            sample = self.folder.resolve() == Path("workspace").resolve()
        with self.progress() as progress:
            return Workspace.open(self.folder, seed=sample, progress=progress)

    def open_gazetteer(self) -> Gazetteer:
        """Return the gazetteer with the workspace's own places; no workspace is made."""
        from geomap.gazetteer import open_gazetteer

        with self.progress() as progress:
            return open_gazetteer(
                user_places=self.folder / "places.geojson",
                imports=self.folder / "gazetteer",
                progress=progress,
            )


@dataclass(frozen=True, slots=True)
class RedactionOptions:
    """The options of `export` and `snapshot` that keep something out of the file."""

    grid: Annotated[
        float | None,
        typer.Option(
            "--grid",
            metavar="DEGREES",
            help="Make places coarse: each becomes the cell of this grid that holds it.",
        ),
    ] = None
    drop: Annotated[
        Words, typer.Option("--drop", metavar="COLUMN", help="Leave a column out; repeat.")
    ] = None
    hidden: HideSourceOption = None

    def redaction(self) -> Redaction:
        """Return the redaction that the options describe."""
        from geomap.sharing import Redaction

        return Redaction(self.grid, tuple(self.drop or ()), tuple(map(readable, self.hidden or ())))


def day_of(text: str | None, option: str) -> date | None:
    """Return the ISO day that is the value of an option, None when the option is absent."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{option}: {text!r} is not a day; write it as YYYY-MM-DD."
        raise InputError(message) from error


def box_of(text: str | None, option: str) -> BBox | None:
    """Return the box that is the value of an option, None when the option is absent."""
    if text is None:
        return None
    from geomap.query.forms import read_box

    try:
        return read_box(text)
    except ValueError as error:
        message = f"{option}: {text!r} is not four numbers; write west,south,east,north in degrees."
        raise InputError(message) from error


def check_format(form: str | None, formats: Sequence[str]) -> None:
    """Raise InputError when `--format` has a value that is not one of `formats`."""
    if form is not None and form not in formats:
        message = f"--format: {form!r} is not one of {', '.join(formats)}."
        raise InputError(message)


def readable(text: str) -> str:
    """Return the value of an option as text; a terminal without UTF-8 passes bytes."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
