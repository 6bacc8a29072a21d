"""Delimited text (CSV, TSV and kin) cut into records; rows that a stray quote swallows are listed.

Lines may end in LF, CRLF or CR, mixed in one file. A quote that is opened and never closed
would make everything after it one cell: such rows are reported one by one.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geomap.raw_table import Cells, Record

# A cell may be as long as a whole file: a limit would turn an open quote into an error.
csv.field_size_limit(2**31 - 1)

CANDIDATES = (",", ";", "\t", "|", "\x01")
_SEP_LINE = re.compile(r"^\ufeff?\"?sep=([^\"\r\n])\"?[\r\n]*$", re.IGNORECASE)
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)?")
_FEWEST_ROWLIKE_COLUMNS = 3


_BYTES_A_LINE = 60  # that Python needs beside the text
_LONGEST = 50_000_000


class LongRecordError(ValueError):
    """A record, with the lines that its quotes hold together, is longer than its dialect allows."""


@dataclass(frozen=True, slots=True)
class Swallowed:
    """A record in which an open quote took in the rows that follow it.

    `rows` are their numbers, counted as if each line were a record; `texts` the lines.
    """

    rows: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How lines are cut into cells: by a delimiter, and whether quotes hold a cell together.

    `longest` is the memory in bytes that the lines of one record may fill.
    """

    delimiter: str
    quoting: bool = True
    longest: int = _LONGEST

    def records(
        self, lines: Iterable[str], *, before: int = 0, width: int = 0
    ) -> Iterator[Record | Swallowed]:
        """Return an iterator of numbered records; blank lines are counted and are empty records.

        Parameters
        ----------
        lines
            Physical lines with their ends, as a text file opened with `newline=""` gives.
        before, width
            How many records came before these lines, and how many cells the widest of the
            first ones has; a reader who goes on in the middle of a file gives both.

        Raises
        ------
        LongRecordError
            While the records are read, at one that is longer than `longest`.
        """
        if self.quoting:
            tracked = _Tracked(lines, self.longest)
            return _quoted_records(tracked, self.delimiter, before, width)
        texts = (line.rstrip("\r\n").lstrip("\ufeff") for line in lines)
        return enumerate((text.split(self.delimiter) if text else () for text in texts), before + 1)

    def first_rows(self, text: str, count: int) -> list[Cells]:
        """Return the cells of the first rows that are not blank; swallowed lines are rows too.

        Parameters
        ----------
        text, count
            The head of a file; how many rows to return at most.
        """
        rows: list[Cells] = []
        for record in self.records(text.splitlines(keepends=True)):
            if isinstance(record, Swallowed):
                rows += [line.split(self.delimiter) for line in record.texts]
            elif any(record[1]):
                rows.append(record[1])
            if len(rows) >= count:
                break
        return rows[:count]


def has_line_over(data: bytes, most: int) -> bool:
    """Return whether a line of a text is longer than so many bytes.

    Parameters
    ----------
    data, most
        The text in any encoding with the line ends of ASCII; the number of bytes.
    """
    start = 0
    while len(data) - start > most:
        end = max(data.rfind(mark, start, start + most) for mark in (b"\n", b"\r"))
        if end < start:
            return True
        start = end + 1
    return False


def whole_lines(sample: str, *, is_cut: bool) -> str:
    """Return a sample without its last line when that may be cut and is not the only one."""
    end = max(sample.rfind("\n"), sample.rfind("\r")) if is_cut else 0
    return sample[: end + 1] if end > 0 else sample


def find_delimiter(sample: str) -> str | None:
    """Return the delimiter under which most lines of `sample` have the same number of cells.

    None when no candidate cuts the lines into at least two cells.
    """
    scores = {delimiter: _regularity(sample, delimiter) for delimiter in CANDIDATES}
    best = max(CANDIDATES, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else None


def _regularity(sample: str, delimiter: str) -> float:
    lines = sample.splitlines(keepends=True)
    widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter) if any(cells))
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 0.0
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    # More columns win among equally regular readings: a note may hold one comma a line.
    return count / widths.total() + min(width, 100) / 1000


def sep_line(first: str) -> str | None:
    """Return the delimiter that a first line such as `sep=;` states, None for another line."""
    match = _SEP_LINE.match(first)
    return match.group(1) if match else None


class Lines:
    """The physical lines of UTF-8 text with their ends; `position` is where the next begins."""

    def __init__(self, data: bytes, position: int = 0) -> None:
        self._data = data
        self.position = position

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        match = _LINE.match(self._data, self.position)
        if match is None or self.position >= len(self._data):
            raise StopIteration
        self.position = match.end()
        return match.group().decode("utf-8", "replace")


class _Tracked:
    """Lines on their way to the parser; `taken` are those of the record being read."""

    def __init__(self, lines: Iterable[str], longest: int) -> None:
        self._lines = iter(lines)
        self._longest = longest
        self._bytes = 0
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._bytes = len(line) + _BYTES_A_LINE + (self._bytes if self.taken else 0)
        if self._bytes > self._longest:
            raise LongRecordError
        self.taken.append(line)
        return line


def _quoted_records(
    tracked: _Tracked, delimiter: str, number: int, width: int
) -> Iterator[Record | Swallowed]:
    for cells in csv.reader(tracked, delimiter=delimiter):
        taken, tracked.taken = tracked.taken, []
        number += 1
        width = max(width, len(cells)) if number <= 20 else width
        if _is_swallowed(cells, taken, width, delimiter):
            numbers = tuple(range(number, number + len(taken)))
            yield Swallowed(numbers, tuple(line.rstrip("\r\n") for line in taken))
            number += len(taken) - 1
        else:
            yield number, cells


def _is_swallowed(cells: list[str], taken: list[str], width: int, delimiter: str) -> bool:
    """Return whether an open quote took in rows.

    It did when the file ends inside it; also when the quote that closes it stands where one
    opens (text follows it) and the lines it took in have as many cells as a row has.
    """
    if len(taken) == 1:
        return len(cells) < width and '"' in taken[0] and _quote_fault(taken, delimiter) == "open"
    fault = _quote_fault(taken, delimiter)
    if fault != "misplaced" or width < _FEWEST_ROWLIKE_COLUMNS:
        return fault == "open"
    return all(
        len(next(csv.reader([line], delimiter=delimiter), ())) == width for line in taken[1:]
    )


def _quote_fault(taken: list[str], delimiter: str) -> str | None:
    """Return "open" when the lines end inside a quoted cell, "misplaced" for other faults."""
    try:
        for _ in csv.reader(taken, delimiter=delimiter, strict=True):
            pass
    except csv.Error as fault:
        return "open" if "unexpected end" in str(fault) else "misplaced"
    return None
