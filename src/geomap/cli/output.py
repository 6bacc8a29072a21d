"""What a command says: one document or plain lines on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap import paths
from geomap.typing import Progress

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.workspace import Workspace


def print_json(document: Any) -> None:
    """Print a document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on stdout; a line break or other control character in one is shown as such."""
    for line in lines:
        sys.stdout.write(shown(line) + "\n")


def say(sentence: str, *, quiet: bool = False) -> None:
    """Say a sentence on stderr."""
    if not quiet:
        sys.stderr.write(shown(sentence) + "\n")


def shown(text: str) -> str:
    """Return a text in which nothing can steer the terminal."""
    return "".join(c if c.isprintable() else " " if c in "\n\t" else "\N{REPLACEMENT CHARACTER}"
                   for c in text)  # fmt: skip


def table_lines(
    header: Sequence[str], rows: Iterable[Sequence[Any]], *, width: int = 46
) -> Iterator[str]:
    """Give the lines of a table for a person, cells cut to `width`."""
    cells = [[_cell(value, width) for value in row] for row in [header, *rows]]
    sizes = [max(len(row[place]) for row in cells) for place in range(len(header))]
    for row in cells:
        yield "  ".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True)).rstrip()


def _cell(value: Any, width: int) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= width else text[: width - 1] + "…"


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """Show a bar on stderr while something long goes on; only where somebody can see it."""
    if quiet or not sys.stderr.isatty():
        yield lambda _words, _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def show(words: str, share: float) -> None:
            bar.update(task, description=shown(words), completed=min(max(share, 0.0), 1.0))

        yield show


def open_workspace(folder: Path | None, *, quiet: bool, sample: bool | None = None) -> Workspace:
    """Return the workspace that a command works on.

    The default workspace starts with the samples; a folder that was named starts empty,
    unless `sample` says otherwise.
    """
    from geomap.workspace import Workspace

    chosen = folder or paths.workspace_dir()
    is_default = chosen.resolve() == Path("workspace").resolve()
    with progress_bar(quiet=quiet) as progress:
        return Workspace.open(
            chosen, seed=is_default if sample is None else sample, progress=progress
        )


def open_names(workspace: Path | None, *, quiet: bool) -> Gazetteer:
    """Return the gazetteer with the own places of a workspace; nothing is made or changed."""
    from geomap.gazetteer import open_gazetteer

    folder = workspace or paths.workspace_dir()
    with progress_bar(quiet=quiet) as progress:
        return open_gazetteer(
            user_places=folder / "places.geojson", imports=folder / "gazetteer", progress=progress
        )
