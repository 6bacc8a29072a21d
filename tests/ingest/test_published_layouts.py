"""Files in the layouts that the trade publishes, row by row against an independent reading.

Each block of published/*.txt is a file: its name (and delimiter), the header as published, the
columns that are filled, and for each row its cells (* for none) and what the row is by the
codebook: own id, first day, last day, date_precision, latitude, longitude, geo_precision,
fatalities (- for none, * where the layout does not decide). The rows are made up.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import shapely

from geomap.errors import FileRefusedError
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestResult, Past, ingest_table
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

_FOLDER = Path(__file__).parent / "published"
_BY_NAME_DEGREES = 0.3
_TODAY = date(2026, 11, 29)


@dataclass(frozen=True, slots=True)
class Published:
    """A file in a published layout, and the independent reading of its rows."""

    name: str
    data: bytes
    truth: tuple[tuple[str, ...], ...]


def published() -> Iterator[Published]:
    """Yield the files of all blocks."""
    for path in sorted(_FOLDER.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").removeprefix("# ").split("\n# "):
            title, header, filled, *lines = block.strip().split("\n")
            name, _, sign = title.partition(" ")
            delimiter = {"": ",", "tab": "\t"}.get(sign, sign)
            columns, own = header.split(delimiter), filled.split("|")
            assert set(own) <= set(columns), name
            parts = [line.split(" => ") for line in lines]
            records = [
                dict(zip(own, (c.replace("*", "") for c in cells.split("|")), strict=True))
                for cells, _ in parts
            ]
            data = _as_json(records) if name.endswith("json") else _as_csv(
                columns, records, delimiter
            )  # fmt: skip
            yield Published(name, data, tuple(tuple(truth.split()) for _, truth in parts))


def _as_csv(columns: list[str], records: list[dict[str, str]], delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode()


def _as_json(records: list[dict[str, str]]) -> bytes:
    return json.dumps({"TotalCount": len(records), "Result": records}).encode()


def differences(result: IngestResult, truth: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Yield what differs from the independent reading without an issue of the row."""
    events = result.events.sort_values("row_number").reset_index(drop=True)
    if len(events) != len(truth):
        yield f"{len(events)} events for {len(truth)} rows: {result.issues[:2]}"
        return
    listed = {issue.row for issue in result.issues}
    for place, wanted in enumerate(truth):
        event = events.loc[place]
        if wanted == ("reported",):
            if event["row_number"] not in listed:
                yield f"row {place + 1} has no issue"
            continue
        for name, value, right in zip(_NAMES, _values(event), wanted, strict=True):
            if right != "*" and not _is_same(name, value, right):
                yield f"row {place + 1}: {name} {value} for {right}"


_NAMES = ("event_id", "event_date", "event_date_end", "date_precision", "latitude", "longitude",
          "geo_precision", "fatalities")  # fmt: skip


def _values(event: pd.Series) -> tuple[str, ...]:
    first, last = event["event_date"], event["event_date_end"]
    last = first if pd.isna(last) else last
    shape = event.geometry
    point = None if shape is None else shapely.point_on_surface(shape)
    return (
        str(event["event_id"]), str(first)[:10], str(last)[:10], str(event["date_precision"]),
        "-" if point is None else str(point.y), "-" if point is None else str(point.x),
        str(event["geo_precision"]),
        "-" if pd.isna(event["fatalities"]) else str(int(event["fatalities"])),
    )  # fmt: skip


def _is_same(name: str, value: str, right: str) -> bool:
    if name == "event_id":
        return value.rpartition(":")[2] == right
    if name in ("latitude", "longitude") and "-" not in (value, right):
        decimals = len(right.partition(".")[2])
        return abs(float(value) - float(right)) < (1e-6 if decimals > 2 else _BY_NAME_DEGREES)
    return value == right


@pytest.mark.parametrize("file", list(published()), ids=lambda file: file.name)
def test_ingest_reads_a_published_layout_as_its_codebook_says(
    file: Published, world: Gazetteer
) -> None:
    """The day, its precision, the place, the id and the deaths of each row; or a word about it."""
    raw = read_table(file.data, name=file.name)
    if file.truth[0] == ("refused",):
        with pytest.raises(FileRefusedError, match="counts"):
            ingest_table(raw, existing=empty_events(), gazetteer=world, batch_id="b")
        return
    result = ingest_table(
        raw, existing=empty_events(), gazetteer=world, batch_id="b", past=Past((), _TODAY)
    )

    assert result.question is None, result.question
    assert not list(differences(result, file.truth)), dict(result.batch.mapping)
