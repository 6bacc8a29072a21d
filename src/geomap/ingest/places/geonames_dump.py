"""A dump of GeoNames: one place a line, 19 columns between tabs, no header, no quotes."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.gazetteer.import_shards import DUMP_LAYER
from geomap.gazetteer.place_index import Row
from geomap.ingest.places.import_row import (
    MOST_PEOPLE,
    BoundedWords,
    ImportRow,
    RowFault,
    SeenNumbers,
)
from geomap.ingest.places.place_kinds import kind_of_code, known_code
from geomap.ingest.places.place_values import degrees, is_country_code, one_line
from geomap.model import ToponymKind
from geomap.readers.streams import FileStream

COLUMNS = 19
_MEND = "Mend or remove the line."
_DOWNLOAD = "Download the dump again."


def looks_like_dump(head: str) -> bool:
    """Return whether most of the first lines of a text are rows of a dump."""
    lines = [line for line in head.split("\n")[:-1] or [head] if line.strip()][:50]
    rows = [line.split("\t") for line in lines]
    good = sum(len(row) == COLUMNS and row[0].isdecimal() for row in rows)
    return good > 0 and 2 * good >= len(rows)


def read_dump(source: FileStream) -> Iterator[ImportRow]:
    """Yield the place of each line, or why it cannot be used; blank lines are no rows."""
    words, seen = BoundedWords(), SeenNumbers()
    for number, line in source.lines():
        if line is not None and not line.strip():
            continue
        try:
            yield _row(_cells(line), words, seen)
        except RowFault as fault:
            yield fault.issue(number)


def _cells(line: bytes | None) -> list[str]:
    if line is None:
        reason = "The line is longer than any row of a dump."
        raise RowFault(reason, _DOWNLOAD, code="columns")
    try:
        cells = line.decode("utf-8-sig").split("\t")
    except UnicodeDecodeError as error:
        reason = "The line is not UTF-8."
        raise RowFault(reason, _DOWNLOAD, code="encoding") from error
    if len(cells) != COLUMNS:
        reason = f"The line has {len(cells)} columns, a row of a dump has {COLUMNS}."
        raise RowFault(reason, _MEND, code="columns", value=line.decode()[:80])
    return cells


def _row(cells: list[str], words: BoundedWords, seen: SeenNumbers) -> Row:
    number = cells[0].strip()
    if not (number.isdecimal() and number.isascii() and len(number) < 16):
        reason = "The GeoNames id is not a number."
        raise RowFault(reason, _MEND, code="id", column="geonameid", value=number)
    name = one_line(cells[1]) or one_line(cells[2])
    if not name:
        reason = "The place has no name."
        raise RowFault(reason, "Give it one.", code="no_name", column="name")
    lat = degrees(cells[4].strip(), 90, "latitude")
    lon = degrees(cells[5].strip(), 180, "longitude")
    if seen.add(int(number)):
        reason = "An earlier line has the same id."
        raise RowFault(reason, "Remove one.", code="duplicate", column="geonameid", value=number)
    country, code = cells[8].strip().upper(), known_code(cells[7])
    people = cells[14].strip()
    return Row(
        place_id=f"gn:{int(number)}",
        name=name,
        names=[one_line(form) for form in (cells[2], *cells[3].split(",")) if form],
        lat=lat,
        lon=lon,
        kind=kind_of_code(cells[6].strip(), code) or ToponymKind.OTHER,
        feature_code=words.add(code),
        country_code=country if is_country_code(country) else None,
        admin1=words.add(one_line(cells[10])),
        layer=DUMP_LAYER,
        population=min(int(people), MOST_PEOPLE) if people.isascii() and people.isdecimal() else 0,
    )
