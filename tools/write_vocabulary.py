"""Write the constants of the scripts from those of the program; `make js` runs it first.

Usage: python tools/write_vocabulary.py
"""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

from geomap.geo.mercator import LARGEST
from geomap.maps.packed_rows import MAGIC
from geomap.model import DatePrecision
from geomap.query.counts import COUNT_WORDS, ONLY_IF_ANY
from geomap.symbology import map_choices, name_policy
from geomap.symbology.colours import PALETTE
from geomap.symbology.symbols import DATE_SHIFT, GEO_MASK, Facts, Shape
from geomap.vocabulary.criteria import FACETS, FAILS_SERVER, PACKED_COLUMNS, UNSURE, Criterion, Kind

FILE = Path(__file__).resolve().parent.parent / "src/geomap/maps/js/shared/vocabulary.js"

_FACTS = {
    "status": (1 << DATE_SHIFT) - 1,
    "date": (Facts.GEOMETRY >> DATE_SHIFT) - 1,
    "dateShift": DATE_SHIFT,
    "geometry": Facts.GEOMETRY.value,
    "extra": Facts.EXTRA.value,
}
_HEAD = """/* Words, numbers and bits that mean the same in Python and in the scripts.
   Written by tools/write_vocabulary.py (`make js`): change them in Python. */
"""
_LABELS = {criterion.name: criterion.label for criterion in FACETS}


def _criterion(criterion: Criterion) -> dict[str, Any]:
    is_apart = len(criterion.columns) > 1
    columns = {
        column.packed: {"label": column.label, "words": column.words} if is_apart else {}
        for column in criterion.columns
        if criterion.is_packed
    }
    return {"label": criterion.label, "kind": str(criterion.kind), "columns": columns}


CONSTANTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Units of a packed position along each side of the Mercator square.", {"WORLD": LARGEST + 1}),
    ("Length of the equator in metres, as Web Mercator has it.", {"EQUATOR_METRES": 40_075_016.7}),
    (
        "The first four bytes of packed events as a little-endian number.",
        {"MAGIC": int.from_bytes(MAGIC, "little")},
    ),
    (
        "The byte `facts` of a packed row: masks, and how far the date's precision is shifted.",
        {"FACTS": _FACTS},
    ),
    ("The bits of the byte `geo` that hold the precision of the place.", {"GEO_MASK": GEO_MASK}),
    (
        (
            "Bits of a row: of each column whose words it fails, of one that the server's answer "
            "leaves out, all that leave it out, of one that passes but is possible at best."
        ),
        {
            "FAILS": {column.packed: column.bit for column in PACKED_COLUMNS},
            "FAILS_SERVER": FAILS_SERVER,
            "FAILS_ANY": UNSURE - 1,
            "UNSURE": UNSURE,
        },
    ),
    ("What a window and the filters make of an event.", {"OUT": 0, "POSSIBLE": 1, "SHOWN": 2}),
    (
        "What a date's precision says of the days of a span: all, some, or all from the first.",
        {"CERTAIN": 0, "VAGUE": 1, "OPEN": 2, "OPEN_PRECISION": str(DatePrecision.OPEN)},
    ),
    (
        "The form of a mark, by how exactly its place is known.",
        {"SHAPES": {shape.name.lower(): shape.name.lower() for shape in Shape}},
    ),
    (
        "The form of a place of the gazetteer.",
        {"FORMS": {form: form for form in ("point", "line", "area")}},
    ),
    (
        (
            "What can be filtered by: the heading of its list, its kind, and the packed columns "
            "that answer it; of several columns each with its words."
        ),
        {
            "KINDS": {str(kind): str(kind) for kind in (Kind.WORDS, Kind.RANGE)},
            "CRITERIA": {criterion.name: _criterion(criterion) for criterion in FACETS},
        },
    ),
    (
        "What colours can stand for, and how crowded views are drawn; the first is the default.",
        {
            "COLOUR_BY": {name: _LABELS[name] for name in map_choices.COLOUR_BY},
            "DENSITIES": map_choices.DENSITY_LABELS,
        },
    ),
    (
        "Colours of one column, the last of which is that of all other words.",
        {"MOST_COLOURS": len(PALETTE) + 1, "OTHER": "other", "NOT_STATED": "not stated"},
    ),
    ("How the time control reads its two days.", {"MODES": {m: m for m in map_choices.MODES}}),
    (
        "How boundaries are drawn, and whose names places bear at first.",
        {
            "BOUNDARIES": dict(
                zip(("dashed", "alike", "none"), map_choices.BOUNDARIES, strict=True)
            ),
            "SOURCE_NAMES": name_policy.MAIN_NAMES,
        },
    ),
    (
        "The eight counts in order: name, words before and after it; those left out while 0.",
        {"COUNTS": COUNT_WORDS, "ONLY_IF_ANY": sorted(ONLY_IF_ANY)},
    ),
)
"""What a group of constants means, and their values by name."""


def _literal(value: Any) -> str:
    """Return a value as a literal; of a table each entry has a line."""
    if isinstance(value, dict) and any(isinstance(entry, dict) for entry in value.values()):
        lines = [f"  {json.dumps(name)}: {_line(entry)},\n" for name, entry in value.items()]
        return "{\n" + "".join(lines) + "}"
    return _line(value)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def script() -> str:
    """Return the text of the module."""
    parts = [_HEAD]
    for meaning, values in CONSTANTS:
        lines = [f"export const {name} = {_literal(value)};\n" for name, value in values.items()]
        comment = textwrap.fill(f"/** {meaning} */", 100, subsequent_indent="    ")
        parts.append(f"{comment}\n{''.join(lines)}")
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(script(), encoding="utf-8", newline="\n")
