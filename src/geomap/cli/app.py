"""The list of commands, and the one place that turns an error into a sentence and an exit code.

Exit codes: 0 done, 1 "no", 2 bad input, 130 stopped. An error is one sentence on stderr.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence

import typer

from geomap.cli import (
    backup,
    check,
    compact,
    evaluate,
    events_export,
    geoparse,
    history,
    ingest,
    place_imports,
    place_search,
    run,
    snapshot,
    verify,
)
from geomap.cli.options import flattened
from geomap.errors import GeomapError

BAD_INPUT = 2
INTERRUPTED = 130
GC_THRESHOLD = 1_000_000
STOPPED = "Stopped: what was not finished left no trace, what was finished before it stays."

# Typer does not export the base class of its errors; its public class derives from it.
_UsageError = typer.BadParameter.__mro__[2]

app = typer.Typer(
    name="geomap",
    help="From news text and event tables to a dated, cited map.",
    epilog="Example: geomap ingest reports.csv && geomap run",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)

names = typer.Typer(
    name="gazetteer",
    help="Places of your own: take them in, list them, remove them; which dumps would help.",
    epilog="Example: geomap gazetteer import AZ.zip",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(names)


def _add(group: typer.Typer, command: Callable[..., None]) -> None:
    """Add a command whose docstring contains a line that starts with "Example:"."""
    lines = (command.__doc__ or "").strip().splitlines()
    example = next(line.strip() for line in lines if line.strip().startswith("Example:"))
    words = "\n".join(line for line in lines if line.strip() != example)
    name = command.__name__.rstrip("_")
    group.command(name, help=words, epilog=example)(flattened(command))


for command in (
    run.run,
    ingest.ingest,
    place_search.places,
    geoparse.geoparse,
    events_export.events,
    events_export.export,
    snapshot.snapshot,
    verify.verify,
    history.batches,
    history.undo,
    check.check,
    compact.compact,
    backup.backup,
    backup.restore,
    evaluate.evaluate,
):
    _add(app, command)
for named in (
    place_imports.import_,
    place_imports.list_,
    place_imports.remove,
    place_imports.suggest,
):
    _add(names, named)


def main(args: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 "no", 2 bad input, 130 stopped.

    Parameters
    ----------
    args
        Words of the command line after the program's name; by default those of the process.
    """
    words = list(sys.argv[1:] if args is None else args)
    if args is None:
        # A command makes millions of small objects that live to its end: searching them for cycles
        # at the usual rate takes a tenth of the time of an import.
        gc.set_threshold(GC_THRESHOLD)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Names are in every script, whatever the terminal's locale is.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result = app(words or ["--help"], prog_name="geomap", standalone_mode=False)
        sys.stdout.flush()
    except GeomapError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        # The reader of the pipe has ended; without this Python complains about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (typer.Abort, KeyboardInterrupt):
        result = INTERRUPTED
    except Exception as error:
        if not isinstance(error, _UsageError):
            raise
        return _refuse(f"{_message_of(error)} See geomap --help.")
    if result == INTERRUPTED:  # Typer returns this one instead of raising it
        sys.stderr.write(f"geomap: {STOPPED}\n")
    return result if isinstance(result, int) else 0


def _message_of(error: BaseException) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    return " ".join(str(message).split()).rstrip(".") + "."


def _refuse(sentence: str) -> int:
    # A file name or a cell in the sentence may contain line breaks: print one line all the same.
    sys.stderr.write(f"geomap: {' '.join(sentence.split())}\n")
    return BAD_INPUT
