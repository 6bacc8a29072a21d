"""The law of the account: every row of every file ends in exactly one of five numbers."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions, Past, ingest_table
from geomap.readers.table_file import read_table
from geomap.store import Batch
from geomap.tables import empty_events

IDS = st.sampled_from(["", "", "1", "2", "3", "4", "A"])
DAYS = st.sampled_from(["2023-03-01", "2023-03-02", "2023-04", "", "soon", "31/02/2023"])
NUMBERS = st.sampled_from(["39.8", "46,7", "", "91", "inf", "x"])
WORDS = st.sampled_from(["Crowd", "Crowd", "Shots", "", "=1+1", "Total", 'a"b', "two\nlines"])
STAMPS = st.sampled_from(["", "2023-05-01T00:00:00Z", "2023-06-01T00:00:00Z", "never"])
ROWS = st.lists(st.tuples(IDS, DAYS, NUMBERS, NUMBERS, WORDS, STAMPS), max_size=10)
COLUMNS = ["id", "date", "lat", "lon", "title", "updated"]


def file_of(rows: list[tuple[str, ...]], *, clock: bool) -> bytes:
    """Return rows as the bytes of a file, with or without the source's own time of change."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    text: str = (frame if clock else frame[COLUMNS[:-1]]).to_csv(index=False)
    return text.encode()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=ROWS, newer=ROWS, clock=st.booleans(), order=st.randoms(use_true_random=False))
def test_every_row_of_two_releases_is_accounted_for(
    first: list[tuple[str, ...]],
    newer: list[tuple[str, ...]],
    clock: bool,
    order: random.Random,
    gazetteer: Gazetteer,
) -> None:
    """Duplicates, conflicts, bad rows, the same file again, sorted anew, and a newer release."""
    batches: list[Batch] = []
    events = empty_events()
    today = datetime.now(UTC).date()

    def take_in(rows: list[tuple[str, ...]], name: str, batch_id: str) -> dict[str, int]:
        nonlocal events
        raw = read_table(file_of(rows, clock=clock), name=name)
        result = ingest_table(
            raw, existing=events, gazetteer=gazetteer, batch_id=batch_id,
            options=IngestOptions(order="dmy", coverage="full"),
            past=Past(tuple(batches), today),
        )  # fmt: skip
        counts = dict(result.batch.counts)
        total = counts.pop("rows")
        assert total == sum(counts.values()) == len(rows)
        listed = {issue.row for issue in result.issues}
        rejected = {issue.row for issue in result.issues if issue.rejected}
        assert len(rejected) == counts["rejected"]
        assert result.fates is not None
        kept = counts["accepted"] + counts["updated"] + counts["unchanged"]
        assert len(result.fates) == kept == total - counts["duplicate"] - counts["rejected"]
        silent = set(range(2, total + 2)) - listed - set(result.fates["row"])
        assert not silent, "a row that became no event is listed with its reason"
        changed = [result.events] + ([result.release.gone] if result.release else [])
        ids = {one for table in changed for one in table["event_id"]}
        parts = [events[~events["event_id"].isin(ids)], *changed]
        before, filled = len(events), [part for part in parts if len(part)]
        events = pd.concat(filled, ignore_index=True) if filled else events
        assert len(events) == before + counts["accepted"], "nothing is ever deleted"
        batches.append(result.batch)
        return counts

    if not first or not newer:
        return
    take_in(first, "log.csv", "b1")
    again = take_in(first, "log.csv", "b2")
    assert again["accepted"] == again["updated"] == 0
    assert take_in(order.sample(first, len(first)), "log.csv", "b2")["accepted"] == 0
    take_in(newer, "log.csv", "b3")
    renewed = take_in(newer, "log.csv", "b4")
    assert renewed["accepted"] == renewed["updated"] == 0


def test_equal_rows_without_an_id_are_kept_and_flagged(
    gazetteer: Gazetteer,
) -> None:
    """Two crimes on one corner are two crimes."""
    text = b"date,lat,lon,type\n" + b"2023-03-01,39.8,46.7,Theft\n" * 3

    result = ingest_table(
        read_table(text, name="log.csv"), existing=empty_events(), gazetteer=gazetteer,
        batch_id="b",
    )  # fmt: skip

    assert result.batch.counts["accepted"] == 3
    assert [(issue.row, issue.code) for issue in result.issues] == [
        (3, "equal_rows"),
        (4, "equal_rows"),
    ]
    assert result.events["flags"].fillna("").tolist() == ["", "equal_rows", "equal_rows"]


def test_a_conflict_without_a_clock_takes_the_last_row_and_says_so(gazetteer: Gazetteer) -> None:
    """Both rows are named, and why the one was preferred."""
    text = b"id,date,lat,lon,title\n1,2023-03-01,39.8,46.7,old\n1,2023-03-01,39.8,46.7,new\n"

    result = ingest_table(
        read_table(text, name="log.csv"), existing=empty_events(), gazetteer=gazetteer,
        batch_id="b",
    )  # fmt: skip

    assert result.events["title"].tolist() == ["new"]
    reasons = {issue.row: issue.reason for issue in result.issues}
    assert "Row 3" in reasons[2]
    assert "Row 2" in reasons[3]
    assert all("last of them in the file" in reason for reason in reasons.values())
