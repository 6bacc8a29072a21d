"""The output of commands: one document or plain lines on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any


def print_json(document: Any) -> None:
    """Print a document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on stdout, made safe for a terminal by `printable`."""
    for line in lines:
        sys.stdout.write(printable(line) + "\n")


def print_message(sentence: str) -> None:
    """Print a sentence on stderr, made safe for a terminal by `printable`."""
    sys.stderr.write(printable(sentence) + "\n")


def printable(text: str) -> str:
    """Return a text of one line without the control characters that can steer a terminal."""
    return "".join(c if c.isprintable() else " " if c in "\n\t" else "\N{REPLACEMENT CHARACTER}"
                   for c in text)  # fmt: skip


def table_lines(
    header: Sequence[str], rows: Iterable[Sequence[Any]], *, width: int = 46
) -> Iterator[str]:
    """Yield the lines of a table in aligned columns, each cell cut to `width` characters."""
    cells = [[_cell(value, width) for value in row] for row in [header, *rows]]
    sizes = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True)).rstrip()


def _cell(value: Any, width: int) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= width else text[: width - 1] + "…"


def issue_line(issue: dict[str, Any]) -> str:
    """Return an issue of a row as a line: where it is, the value, the reason and the remedy."""
    where = f"row {issue['row']}" + (f", {issue['column']}" if issue["column"] else "")
    value = "" if issue["value"] is None else f" {issue['value']!r}:"
    return f"  {where}:{value} {issue['reason']} {issue['remedy']}"
