"""A CSV of places, its columns known by many names, read as a stream."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from geomap.errors import FileRefusedError
from geomap.gazetteer.imports.import_row import Found, Refusal
from geomap.gazetteer.imports.place_record import Records, fields_of
from geomap.gazetteer.imports.place_stream import Source

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_RECORD = 1_000  # lines; past it a quote was opened and never closed
_MEND = "Mend the quotes of the row."


def find_table(head: str) -> str | None:
    """Return the delimiter under which the first line names places with coordinates, if any."""
    for delimiter in _DELIMITERS:
        cells = _header(head, delimiter)
        if {"name", "lat", "lon"} <= set(fields_of(cells).values()) or (
            {"lat", "lon"} <= set(fields_of(cells).values()) and _has_language(cells)
        ):
            return delimiter
    return None


def _has_language(cells: list[str]) -> bool:
    return any(field.startswith("name:") for field in fields_of(cells).values())


def _header(head: str, delimiter: str) -> list[str]:
    lines = (line for line in head.lstrip("\ufeff").splitlines() if line.strip())
    return next(csv.reader(lines, delimiter=delimiter), [])


def read_table(source: Source, records: Records) -> Iterator[Found]:
    """Yield the place of each record, or why it cannot be used.

    Records are numbered as a person sees them, the header is 1; blank lines are none.

    Raises
    ------
    FileRefusedError
        When no column holds names or coordinates, or an open quote swallows the file.
    """
    head = source.head.decode("utf-8", "replace")
    delimiter = find_table(head)
    if delimiter is None:
        told = max((_header(head, mark) for mark in _DELIMITERS), key=len)
        message = (
            f"{source.name} is not a table of places: no columns for name, lat and lon among "
            f"{[cell[:40] for cell in told[:12]]!r}; name them so in the first row."
        )
        raise FileRefusedError(message, code="no_columns")
    lines = _Lines(source)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number, headers = 0, list[str]()
    fields: dict[str, str] = {}
    while True:
        lines.taken = 0
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if lines.ended or "unexpected end" in str(error):
                raise lines.open_quote() from error
            number += 1
            reason = f"The row cannot be cut into cells ({error})."
            yield Refusal(reason, _MEND, code="quotes").issue(number)
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if not headers:
            headers, fields = cells, fields_of(cells)
        else:
            yield from _found(number, cells, headers, fields, records)


def _found(
    number: int, cells: list[str], headers: list[str], fields: dict[str, str], records: Records
) -> Iterator[Found]:
    fault = None
    if len(cells) > len(headers) and any(cell.strip() for cell in cells[len(headers) :]):
        reason = f"The row has {len(cells)} cells, the header {len(headers)}."
        fault = Refusal(reason, "Mend the row.", code="columns", value=" ".join(cells)[:80])
    elif any("\udc80" <= sign <= "\udcff" for cell in cells for sign in cell):
        fault = Refusal("The row is not UTF-8.", "Save the table as UTF-8.", code="encoding")
    if fault is not None:
        yield fault.issue(number)
        return
    told = zip(headers, cells, strict=False)
    values = {fields[header]: cell for header, cell in told if header in fields}
    yield from records.found(number, values, None)


class _Lines:
    """Lines as text on their way to the parser, counted so that no quote eats the file."""

    def __init__(self, source: Source) -> None:
        self._lines, self._name = source.lines(), source.name
        self.taken, self.number, self.ended = 0, 0, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        self.taken += 1
        if line is None or self.taken > _LONGEST_RECORD:
            raise self.open_quote()
        text = line.decode("utf-8", "surrogateescape")
        return (text.removeprefix("\ufeff") if self.number == 1 else text).replace("\0", "") + "\n"

    def open_quote(self) -> FileRefusedError:
        """Return the refusal of a file in which a quote is opened and never closed."""
        line = max(self.number - self.taken + 1, 1)
        message = (
            f"{self._name}: a row that begins in line {line} does not end, perhaps because a quote "
            "in it is never closed; mend it there."
        )
        return FileRefusedError(message, code="open_quote")
