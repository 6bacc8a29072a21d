"""A dump of GeoNames: one place a line, 19 columns between tabs, no header, no quotes."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.gazetteer.imports.import_row import (
    MOST_PEOPLE,
    Found,
    Refusal,
    Seen,
    Words,
    degrees,
    kind_of_code,
    known_code,
    one_line,
)
from geomap.gazetteer.imports.place_stream import Source
from geomap.gazetteer.place_index import Row
from geomap.model import ToponymKind

COLUMNS = 19
LAYER = "imported"


def looks_like_dump(head: str) -> bool:
    """Return whether most of the first lines are rows of a dump."""
    lines = [line for line in head.split("\n")[:-1] or [head] if line.strip()][:50]
    rows = [line.split("\t") for line in lines]
    good = sum(len(row) == COLUMNS and row[0].isdecimal() for row in rows)
    return good > 0 and 2 * good >= len(rows)


def read_dump(source: Source) -> Iterator[Found]:
    """Yield the place of each line, or why it cannot be used; blank lines are no rows."""
    words, seen = Words(), Seen()
    for number, line in source.lines():
        if line is not None and not line.strip():
            continue
        try:
            yield _row(line, words, seen)
        except Refusal as refusal:
            yield refusal.issue(number)


def _row(line: bytes | None, words: Words, seen: Seen) -> Row:
    if line is None:
        reason = "The line is longer than any row of a dump."
        raise Refusal(reason, "Download the dump again.", code="columns")
    try:
        cells = line.decode("utf-8-sig").split("\t")
    except UnicodeDecodeError as error:
        reason = "The line is not UTF-8."
        raise Refusal(reason, "Download the dump again.", code="encoding") from error
    if len(cells) != COLUMNS:
        reason = f"The line has {len(cells)} columns, a row of a dump has {COLUMNS}."
        raise Refusal(reason, "Mend or remove the line.", code="columns", value=line.decode()[:80])
    number = cells[0].strip()
    if not (number.isdecimal() and number.isascii() and len(number) < 16):
        reason = "The GeoNames id is not a number."
        raise Refusal(
            reason, "Mend or remove the line.", code="id", column="geonameid", value=number
        )
    name = one_line(cells[1]) or one_line(cells[2])
    if not name:
        reason = "The place has no name."
        raise Refusal(reason, "Give it one.", code="no_name", column="name")
    lat, lon = (
        degrees(cells[4].strip(), 90, "latitude"),
        degrees(cells[5].strip(), 180, "longitude"),
    )
    if seen.before(int(number)):
        reason = "An earlier line has the same id."
        raise Refusal(reason, "Remove one.", code="duplicate", column="geonameid", value=number)
    country, code = cells[8].strip().upper(), known_code(cells[7])
    people = cells[14].strip()
    return Row(
        place_id=f"gn:{int(number)}",
        name=name,
        names=[one_line(form) for form in (cells[2], *cells[3].split(",")) if form],
        lat=lat,
        lon=lon,
        kind=kind_of_code(cells[6].strip(), code) or ToponymKind.OTHER,
        feature_code=words.kept(code),
        country_code=country if _is_country(country) else None,
        admin1=words.kept(one_line(cells[10])),
        layer=LAYER,
        population=min(int(people), MOST_PEOPLE) if people.isascii() and people.isdecimal() else 0,
    )


def _is_country(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha()
