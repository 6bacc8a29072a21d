"""Tables of each kind that was once read wrong, in other words, orders and languages.

A block of kinds/*.txt is a file: its kind and what it is (and `=> asks:ABOUT` or `=> refused:CODE`
where it is not taken), and its lines. Each row ends in `=> ` and what it is: first and last day,
date_precision, latitude, longitude, geo_precision (- for none, * for any), then `no:CODE` for a
code that it must not have; or a word that `_fault` reads. NUL stands for that byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely

from geomap.errors import FileRefusedError
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestResult, ingest_table
from geomap.ingest.events.ingest_records import Past
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

_FOLDER = Path(__file__).parent / "kinds"
_BY_NAME = 0.35
"""Degrees by which a place found by its name may lie off."""
_TODAY = date(2026, 11, 29)


@dataclass(frozen=True, slots=True)
class Block:
    """A file of a kind, and what must become of it or of its rows."""

    kind: int
    title: str
    text: str
    whole: str
    rows: tuple[str, ...]


def blocks() -> Iterator[Block]:
    """Yield the files of all blocks."""
    for path in sorted(_FOLDER.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        starts = [n for n, line in enumerate(lines) if line[:2] == "# " and line[2].isdigit()]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            head, _, whole = lines[start].partition(" => ")
            number, _, title = head.removeprefix("# ").partition(" ")
            parts = [line.partition(" => ") for line in lines[start + 1 : end]]
            text = "\n".join(cells for cells, _, _ in parts) + "\n"
            rows = tuple(truth for _, _, truth in parts if truth)
            yield Block(int(number), title, text.replace("NUL", "\0"), whole, rows)


def _taken(block: Block, world: Gazetteer) -> IngestResult:
    raw = read_table(block.text.encode(), name="table.csv")
    return ingest_table(
        raw, existing=empty_events(), gazetteer=world, batch_id="b", past=Past((), _TODAY)
    )


def _faults(result: IngestResult, rows: tuple[str, ...]) -> Iterator[str]:
    events = {int(event["row_number"]): event for _, event in result.events.iterrows()}
    codes: dict[int, set[str]] = {}
    for issue in result.issues:
        codes.setdefault(issue.row, set()).add(issue.code)
    for number, truth in enumerate(rows, start=2):
        event, listed = events.get(number), codes.get(number, set())
        if event is not None and not pd.isna(event["flags"]):
            listed = listed | set(event["flags"].split(";"))
        fault = _fault(event, listed, truth)
        if fault:
            yield f"row {number}: {fault} for {truth!r} {sorted(listed)}"


def _fault(event: pd.Series | None, codes: set[str], truth: str) -> str:
    word, _, rest = truth.partition(":")
    if word == "duplicate":
        return "" if event is None and codes == {"duplicate_row"} else "not one of two equal rows"
    if word in ("rejected", "older"):
        return "" if event is None and codes else "an event, or no word"
    if event is None:
        return "no event"
    if word == "issue":
        return "" if codes else "no word"
    if word == "flag":
        return "" if rest in codes else "no such code"
    if word == "undated":
        return "" if pd.isna(event["event_date"]) and codes else f"{event['event_date']}, {codes}"
    if word == "unplaced":
        return "" if event.geometry is None and codes else f"at {event.geometry}"
    if word == "doubt":
        return "" if codes else f"taken for {event['place_id']} in silence"
    return _differences(event, codes, truth)


def _differences(event: pd.Series, codes: set[str], truth: str) -> str:
    words = truth.split()
    unwanted = [word[3:] for word in words if word.startswith("no:")]
    values = [word for word in words if ":" not in word]
    if truth.startswith("may ask"):
        values = ["*", "*", "*", *words[2:]]
    point = None if event.geometry is None else shapely.point_on_surface(event.geometry)
    is_of = [
        str(event["event_date"])[:10],
        "-" if pd.isna(event["event_date_end"]) else str(event["event_date_end"])[:10],
        str(event["date_precision"]),
        None if point is None else point.y,
        None if point is None else point.x,
        str(event["geo_precision"]),
    ]
    wrong = [
        f"{value} not {right}"
        for value, right in zip(is_of, values, strict=False)
        if right != "*" and not _is_same(value, right)
    ]
    return "; ".join([*wrong, *(f"has {code}" for code in unwanted if code in codes)])


def _is_same(value: Any, right: str) -> bool:
    if not isinstance(value, float):
        return bool(value == right)
    decimals = len(right.partition(".")[2])
    return abs(value - float(right)) < (5e-4 if decimals > 1 else _BY_NAME)


@pytest.mark.parametrize("block", list(blocks()), ids=lambda b: f"{b.kind} {b.title}")
def test_ingest_reads_a_table_of_a_kind_that_was_read_wrong(block: Block, world: Gazetteer) -> None:
    """The day, the place, a question or a word about the row: never a silent mistake."""
    outcome, _, code = block.whole.partition(":")
    if outcome == "refused":
        with pytest.raises(FileRefusedError) as refusal:
            _taken(block, world)
        assert refusal.value.code == code
        return
    result = _taken(block, world)
    if outcome == "asks":
        assert result.question is not None
        assert result.question.about == code
        return
    if result.question is not None:
        assert all(row.startswith("may ask") for row in block.rows), result.question
        return

    assert not list(_faults(result, block.rows)), dict(result.batch.mapping)


def test_each_kind_has_five_variants() -> None:
    """Kinds 17 and 18 have their own: published layouts, and round trips in five formats."""
    counts = Counter(block.kind for block in blocks())

    assert set(counts) == {*range(1, 17), 19}
    assert min(counts.values()) >= 5
