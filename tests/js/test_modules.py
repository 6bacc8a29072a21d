"""The scripts' own tests, without a browser, run by the Node that comes with Playwright."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import playwright
import pytest
from shapely.geometry import LineString, MultiPoint, Point

from geomap.exports.page_filters import page_filters
from geomap.maps.pack import pack_bits, pack_events
from geomap.model import DatePrecision
from geomap.query import NOT_STATED, EventQuery, NumberRange, count_events
from geomap.query.forms import texts_of
from geomap.tables import events_table

HERE = Path(__file__).parent


def run_node(root: Path, *arguments: str, given: str = "") -> str:
    """Run Node in the folder of the checkout and return what it printed; fail with that."""
    node = shutil.which("node", path=str(Path(playwright.__file__).parent / "driver"))
    if node is None:
        pytest.fail("Playwright's own Node is missing: run `make dev` anew.")
    done = subprocess.run(
        [node, *arguments], cwd=root, input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("file", sorted(path.name for path in HERE.glob("*.test.js")))
def test_modules_keep_the_promises_of_their_own_tests(root: Path, file: str) -> None:
    """Data, filters, days and cells are right in themselves, before anything is drawn."""
    report = run_node(root, "--test", "--test-force-exit", f"tests/js/{file}")

    assert "fail 0" in report


COUNT_SAVED = """
import { readFileSync } from "node:fs";
import { EventsData } from "#maps/events/data.js";
import { readBits } from "#maps/events/filter.js";
import { bitsOf } from "#maps/page/unpacked.js";
const bytes = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const { blob, bits, filters, asked } = JSON.parse(readFileSync(0, "utf8"));
const data = new EventsData(bytes(blob).buffer);
const counts = asked.map((chosen) => {
  data.filter(chosen, readBits(bitsOf(bytes(bits), filters, chosen).buffer));
  return data.countIn(-Infinity, Infinity);
});
console.log(JSON.stringify(counts));
"""

COUNT = """
import { readFileSync } from "node:fs";
import { EventsData } from "#maps/events/data.js";
import { daysOf } from "#maps/shared/days.js";
const { blob, queries } = JSON.parse(readFileSync(0, "utf8"));
const data = new EventsData(new Uint8Array(Buffer.from(blob, "hex")).buffer);
const counts = queries.map(({ filters, window }) => {
  data.filter(filters, null);
  return data.countIn(...daysOf(window));
});
console.log(JSON.stringify(counts));
"""


def some_events() -> gpd.GeoDataFrame:
    """Return events of all precisions and forms, some undated, some without a place."""
    dice = np.random.default_rng(11)
    line = LineString([(46.5, 39.6), (46.7, 39.8)])
    records: list[dict[str, Any]] = []
    for number in range(300):
        precision = str(dice.choice([*DatePrecision, "day", "day"]))
        start = date(2022, 9, 1) + timedelta(days=int(dice.integers(200)))
        end = start + timedelta(days=int(dice.integers(30)) * int(dice.integers(2)))
        records.append(
            {
                "event_id": f"e{number}",
                "event_date": start if number % 31 else None,
                "event_date_end": end if number % 31 and precision != "open" else None,
                "last_confirmed": end if number % 31 and precision == "open" else None,
                "date_precision": precision if number % 31 else None,
                "event_type": str(dice.choice(["Battles", "Talks", "Riots"])),
                "geo_precision": str(dice.choice(["exact", "near", "admin1", "unknown"])),
                "status": str(dice.choice(["reported", "denied"])),
                "source": str(dice.choice(["A", "B"])),
                "actor1": [None, "Army", "Crowd"][int(dice.integers(3))],
                "actor2": [None, "Army"][int(dice.integers(2))],
                "country": [None, "Chad", "Niger"][int(dice.integers(3))],
                **{
                    name: int(dice.integers(9)) if dice.random() < 0.6 else None
                    for name in ("fatalities", "fatalities_low", "fatalities_high")
                },
                "geometry": [line, MultiPoint([(48, 39), (49, 40)]), None, Point(47, 40)][
                    number % 4 if number % 5 == 0 else 3
                ],
            }
        )
    return events_table(records)


def test_seven_counts_without_a_browser_equal_pythons(root: Path) -> None:
    """The same bytes, window and words: the same seven numbers in both languages."""
    events, dice = some_events(), np.random.default_rng(4)
    queries = []
    for _ in range(80):
        days = sorted(date(2022, 8, 25) + timedelta(days=int(d)) for d in dice.integers(0, 260, 2))
        start, end = (day if dice.random() < 0.8 else None for day in days)
        types, precisions = (
            frozenset(dice.choice(words, int(dice.integers(0, 3)), replace=False))
            for words in (["Battles", "Talks"], ["exact", "near", "day", "month", "open"])
        )
        queries.append(EventQuery(start=start, end=end, types=types, precisions=precisions))
    given = {
        "blob": pack_events(events).blob.hex(),
        "queries": [
            {
                "filters": {"type": sorted(query.types), "precision": sorted(query.precisions)},
                "window": [day and day.isoformat() for day in (query.start, query.end)],
            }
            for query in queries
        ],
    }

    counted = run_node(root, "--input-type=module", "-e", COUNT, given=json.dumps(given))

    for query, counts in zip(queries, json.loads(counted), strict=True):
        assert counts == count_events(events, query).as_dict(), query


def test_a_saved_page_filters_by_every_criterion_as_python_does(root: Path) -> None:
    """What packed events do not hold is evaluated in the file, with the same seven numbers."""
    events = some_events()
    packed = pack_events(events)
    sure = np.ones(len(packed.order), dtype=bool)
    dice = np.random.default_rng(9)
    queries = []
    for _ in range(60):
        actors, countries, types = (
            frozenset(dice.choice(words, int(dice.integers(0, 3)), replace=False).tolist())
            for words in (["Army", "Crowd", NOT_STATED], ["Chad", NOT_STATED], ["Battles", "Talks"])
        )
        low, high = sorted(int(n) for n in dice.integers(0, 10, 2))
        ends = [None, NumberRange(low), NumberRange(None, high), NumberRange(low, high)]
        fatalities = ends[int(dice.integers(4))]
        queries.append(
            EventQuery(actors=actors, countries=countries, types=types, fatalities=fatalities)
        )
    filters = page_filters(events, packed.order)
    given = {
        "blob": packed.blob.hex(),
        "bits": pack_bits(sure, sure).hex(),
        "filters": filters,
        "asked": [
            {one.name: [text or None for text in texts_of(one, v)] for one, v in query.values()}
            for query in queries
        ],
    }

    counted = run_node(root, "--input-type=module", "-e", COUNT_SAVED, given=json.dumps(given))

    for query, counts in zip(queries, json.loads(counted), strict=True):
        assert counts == count_events(events, query).as_dict(), query
    assert set(filters["values"]) == {"actor", "country", "fatalities"}
