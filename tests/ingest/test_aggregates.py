"""Tables of counts are no tables of events: they are refused with a sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from geomap.errors import FileRefusedError
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions, IngestResult, ingest_table
from geomap.readers.table_file import read_table
from geomap.tables import empty_events


def take(text: str, world: Gazetteer, **options: object) -> IngestResult:
    """Return the result of taking in a table."""
    raw = read_table(text.encode(), name="t.csv")
    chosen = IngestOptions(**options)  # type: ignore[arg-type]
    return ingest_table(raw, existing=empty_events(), gazetteer=world, batch_id="b", options=chosen)


def weeks(count: int) -> list[str]:
    """Return the Saturdays of some weeks."""
    return [str(dt.date(2021, 1, 2) + dt.timedelta(days=7 * n)) for n in range(count)]


def months(count: int) -> list[str]:
    """Return the first days of some months."""
    return [f"{2020 + n // 12}-{n % 12 + 1:02}-01" for n in range(count)]


UNITS = [("Nairobi", -1.29, 36.82), ("Mombasa", -4.04, 39.67), ("Kisumu", -0.09, 34.77)]
GRIDS = {
    "weeks and points": ("date,latitude,longitude,fatalities,type",
                         [f"{w},{a},{o},0,{k}" for w in weeks(8) for _, a, o in UNITS
                          for k in ("x", "y")]),
    "months and provinces": ("date,admin1,country,events",
                             [f"{m},{u},Kenya,{n}" for n, m in enumerate(months(8))
                              for u, *_ in UNITS]),
    "months by name": ("month,region,deaths",
                       [f"{m[:7]},{u},3" for m in months(8) for u, *_ in UNITS]),
    "years and countries": ("year,country,number of incidents",
                            [f"{y},{c},{y - 1990}" for y in range(1995, 2005)
                             for c in ("Kenya", "Norway")]),
    "weeks and districts": ("week,district,country,cases",
                            [f"{w},{u},Kenya,0" for w in weeks(6) for u, *_ in UNITS]),
}  # fmt: skip


@pytest.mark.parametrize("grid", GRIDS)
def test_counts_per_unit_and_period_are_refused_unless_their_owner_insists(
    world: Gazetteer, grid: str
) -> None:
    """A dot for each week without an event would be an event that never was."""
    header, rows = GRIDS[grid]
    text = "\n".join([header, *rows])
    named = {"mapping": {"event_date": header.split(",")[0]}}

    with pytest.raises(FileRefusedError, match="counts, not single events") as refusal:
        take(text, world, **named)
    assert refusal.value.code == "aggregate"
    insisted = take(text, world, read_as="events", **named)
    assert insisted.batch.counts["accepted"] == len(rows)
    assert "aggregate" in {code for code, _ in insisted.batch.warnings}


@pytest.mark.parametrize(
    ("header", "row"),
    [("date,latitude,longitude,fatalities", "{day},{lat:.4f},{lon:.4f},{n}"),
     ("date,place,country,deaths", "{day},Nairobi,Kenya,{n}")],
)  # fmt: skip
def test_lists_of_events_are_not_taken_for_counts(world: Gazetteer, header: str, row: str) -> None:
    """Days here and there, points here and there: events, also with numbers of dead."""
    days = [dt.date(2021, 1, 1) + dt.timedelta(days=n * n % 97) for n in range(30)]
    rows = [row.format(day=day, lat=-1 - n / 90, lon=36 + n / 70, n=n % 4)
            for n, day in enumerate(days)]  # fmt: skip

    assert take("\n".join([header, *rows]), world).batch.counts["accepted"] == 30
