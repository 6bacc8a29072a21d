"""A CSV of places, its columns known by many names, read as a stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geomap.errors import FileRefusedError
from geomap.ingest.places.import_row import ImportRow, RowFault
from geomap.ingest.places.place_columns import fields_of
from geomap.ingest.places.place_record import PlaceRecords
from geomap.readers.delimited import CANDIDATES, Dialect, Swallowed
from geomap.readers.streams import FileStream

_LONGEST_RECORD = 1_000  # lines; past it a quote was opened and never closed


def find_place_columns(head: str) -> str | None:
    """Return the delimiter under which the first line names places with coordinates, if any."""
    for delimiter in CANDIDATES:
        fields = set(fields_of(_header(head, delimiter)).values())
        named = "name" in fields or any(field.startswith("name:") for field in fields)
        if named and {"lat", "lon"} <= fields:
            return delimiter
    return None


def _header(head: str, delimiter: str) -> Sequence[str]:
    return next(iter(Dialect(delimiter).first_rows(head.removeprefix("\ufeff"), 1)), [])


def read_place_csv(source: FileStream, records: PlaceRecords) -> Iterator[ImportRow]:
    """Yield the place of each record, or why it cannot be used.

    Records are numbered as a person counts them, the header is 1; blank lines are none.

    Raises
    ------
    FileRefusedError
        When no column holds names or coordinates, or an open quote swallows the file.
    """
    head = source.head.decode("utf-8", "replace")
    delimiter = find_place_columns(head)
    if delimiter is None:
        cells = max((_header(head, mark) for mark in CANDIDATES), key=len)
        message = (
            f"{source.name} is not a table of places: no columns for name, lat and lon among "
            f"{[cell[:40] for cell in cells[:12]]!r}; name them so in the first row."
        )
        raise FileRefusedError(message, code="no_columns")
    lines = _Lines(source)
    number, header = 0, list[str]()
    fields: dict[str, str] = {}
    for record in Dialect(delimiter).records(lines):
        if isinstance(record, Swallowed):
            if lines.ended:
                raise lines.open_quote()
            reason = "A quote in the row takes in the rows that follow."
            for text in filter(str.strip, record.texts):
                number += 1
                yield RowFault(
                    reason, "Mend the quotes of the row.", code="quotes", value=text
                ).issue(number)
        elif any(cell.strip() for cell in record[1]):
            number += 1
            if header:
                yield from _rows(number, record[1], header, fields, records)
            else:
                header = list(record[1])
                fields = fields_of(header)
        lines.taken = 0


def _rows(
    number: int,
    cells: Sequence[str],
    header: Sequence[str],
    fields: dict[str, str],
    records: PlaceRecords,
) -> Iterator[ImportRow]:
    if any(cell.strip() for cell in cells[len(header) :]):
        reason = f"The row has {len(cells)} cells, the header {len(header)}."
        text = " ".join(cells)[:80]
        yield RowFault(reason, "Mend the row.", code="columns", value=text).issue(number)
    elif any("\udc80" <= sign <= "\udcff" for cell in cells for sign in cell):
        reason, remedy = "The row is not UTF-8.", "Save the table as UTF-8."
        yield RowFault(reason, remedy, code="encoding").issue(number)
    else:
        named = zip(header, cells, strict=False)
        values = {fields[column]: cell for column, cell in named if column in fields}
        yield from records.rows(number, values, None)


class _Lines:
    """Lines as text on their way to the parser, counted so that no quote eats the file."""

    def __init__(self, source: FileStream) -> None:
        self._lines, self._name = source.lines(), source.name
        self.taken, self.number, self.ended = 0, 0, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            self.number, line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
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
