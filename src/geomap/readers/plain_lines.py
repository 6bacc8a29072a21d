"""Lines cut at a delimiter and nothing else: formats in which a quote is a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geomap.raw_table import Record


def plain_records(lines: Iterable[str], delimiter: str, *, before: int = 0) -> Iterator[Record]:
    """Yield each line's cells with its number, `before` lines counted; blank ones are empty."""
    for number, line in enumerate(lines, start=before + 1):
        text = line.rstrip("\r\n").lstrip("\ufeff")
        yield number, text.split(delimiter) if text else ()
