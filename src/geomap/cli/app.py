"""The list of commands, and the one place where an error becomes a sentence and an exit code.

0 is done, 1 is "no", 2 is bad input: one sentence on stderr, never a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from geomap.cli import articles, evaluate, events, figures, ingest, places, serve
from geomap.errors import GeomapError

BAD_INPUT = 2

# Typer keeps the classes of its errors to itself; the public one tells where they derive from.
_UsageError = typer.BadParameter.__mro__[2]

app = typer.Typer(
    name="geomap",
    help="From news text and event tables to a dated, cited map.",
    epilog="Example: geomap ingest reports.csv && geomap run",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)

for command in (
    serve.run,
    ingest.ingest,
    places.places,
    articles.geoparse,
    events.events,
    events.export,
    figures.snapshot,
    events.batches,
    evaluate.evaluate,
):
    lines = (command.__doc__ or "").strip().splitlines()
    example = next(line.strip() for line in lines if line.strip().startswith("Example:"))
    words = "\n".join(line for line in lines if line.strip() != example)
    app.command(command.__name__, help=words, epilog=example)(command)


def main(args: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    given = list(sys.argv[1:] if args is None else args)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Names are in every script, whatever the terminal's locale says.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result = app(given or ["--help"], prog_name="geomap", standalone_mode=False)
        sys.stdout.flush()
    except GeomapError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        # Who reads has seen enough; Python must not complain about it when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except typer.Abort:
        return 130
    except Exception as error:
        if not isinstance(error, _UsageError):
            raise
        return _refuse(f"{_told(error)} See geomap --help.")
    return result if isinstance(result, int) else 0


def _told(error: BaseException) -> str:
    told = getattr(error, "format_message", lambda: str(error))()
    return " ".join(str(told).split()).rstrip(".") + "."


def _refuse(sentence: str) -> int:
    # A sentence stays one line, whatever a file name or cell in it holds.
    sys.stderr.write(f"geomap: {' '.join(sentence.split())}\n")
    return BAD_INPUT
