"""Lines cut at a delimiter and nothing else: formats in which a quote is a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geomap.sources.rawtable import Record


def plain_records(lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    """Yield each line's cells with its number, blank lines counted but not yielded."""
    for number, line in enumerate(lines, start=1):
        text = line.rstrip("\r\n").lstrip("\ufeff")
        if text:
            yield number, text.split(delimiter)
