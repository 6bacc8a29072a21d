"""Repeated files and newer releases: updated by id, previewed, marked as gone, undone."""

import gzip
from typing import Any

import pandas as pd
import pytest

from geomap.errors import InputError, NotFoundError, StoreError
from geomap.ingest import IngestOptions, IngestResult
from geomap.ingest.events.result_shape import result_shape
from geomap.workspace import Workspace

HEADER = "id,date,latitude,longitude,type,title,deaths\n"
ROWS = [
    f"{n},2023-03-{n:02d},39.{80 + n},46.7{n % 10},Protest,Crowd {n},{n}\n" for n in range(1, 6)
]
FIRST = (HEADER + "".join(ROWS)).encode()
NEWER = (
    HEADER
    + "".join(ROWS[:2])
    + ROWS[2].replace("Crowd 3,3", "Crowd three,30")
    + ROWS[4]
    + "6,2023-03-06,39.86,46.76,Protest,Crowd 6,6\n"
).encode()
NO_IDS = (
    "date,latitude,longitude,type\n2023-03-01,39.8,46.7,Theft\n2023-03-01,39.8,46.7,Theft\n"
    "2023-03-02,39.8,46.7,Theft\n"
)


def counts(report: IngestResult) -> dict[str, int]:
    """Return the counts that are not zero."""
    assert report.batch.counts, report.batch.warnings
    return {name: count for name, count in report.batch.counts.items() if count}


def state(workspace: Workspace) -> pd.DataFrame:
    """Return everything the events say, in an order of its own."""
    events = workspace.events()
    table = pd.DataFrame(events).assign(geometry=events.geometry.to_wkt().to_numpy())
    return table.sort_values("event_id", ignore_index=True)


@pytest.mark.parametrize("content", [FIRST, NO_IDS.encode()])
@pytest.mark.parametrize("name", ["log.csv", "renamed.csv", "log.csv.gz"])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_same_rows_again_change_nothing(
    workspace: Workspace, content: bytes, name: str, *, is_reversed: bool
) -> None:
    """A file under another name, packed or sorted another way is the same file."""
    workspace.ingest(content, name="log.csv")
    before = state(workspace)
    head, *rows = content.decode().splitlines(keepends=True)
    again = "".join([head, *(reversed(rows) if is_reversed else rows)]).encode()

    report = workspace.ingest(gzip.compress(again) if name.endswith(".gz") else again, name=name)

    assert counts(report) == {"rows": len(rows), "unchanged": len(rows)}
    pd.testing.assert_frame_equal(state(workspace), before)


@pytest.mark.parametrize("name", ["log.csv", "log_2023_v2.csv"])
def test_a_newer_release_shows_its_diff_and_then_does_what_it_showed(
    workspace: Workspace, name: str
) -> None:
    """Added, changed by column and gone are seen before anything is written."""
    first = workspace.ingest(FIRST, name="log.csv")
    before = state(workspace)

    shown = workspace.ingest(NEWER, name=name, dry_run=True)
    pd.testing.assert_frame_equal(state(workspace), before)
    done = workspace.ingest(NEWER, name=name)

    assert counts(shown) == counts(done) == {"rows": 5, "accepted": 1, "updated": 1, "unchanged": 3}
    release = result_shape(shown)["release"]
    assert release == result_shape(done)["release"]
    assert (release["of"], release["added"], release["changed"]) == ([first.batch.batch_id], 1, 1)
    assert [event["event_id"] for event in release["gone_events"]] == ["log:4"]
    cells = {one["column"]: one["examples"][0] for one in release["columns"]}
    assert (cells["fatalities"]["old"], cells["fatalities"]["new"]) == ("3", "30")
    assert cells["title"] == {
        "event_id": "log:3", "row": 4, "old": "Crowd 3", "new": "Crowd three",
    }  # fmt: skip
    events = state(workspace).set_index("event_id")
    assert len(events) == 6
    assert events["gone_since"].notna().sum() == 1
    assert events.loc["log:4", "gone_batch"] == done.batch.batch_id


def test_what_is_gone_returns_with_a_release_that_has_it(workspace: Workspace) -> None:
    """A mark is a statement about the newest release, not about the event."""
    workspace.ingest(FIRST, name="log.csv")
    workspace.ingest(NEWER, name="log.csv")
    newest = NEWER + ROWS[3].encode()

    report = workspace.ingest(newest, name="log.csv")

    assert counts(report) == {"rows": 6, "updated": 1, "unchanged": 5}
    assert report.release is not None
    assert report.release.returned == 1
    assert state(workspace)["gone_since"].isna().all()


def test_the_older_file_again_does_not_take_back_what_a_newer_changed(
    workspace: Workspace,
) -> None:
    """Uploading a file twice is harmless, whatever came in between."""
    workspace.ingest(FIRST, name="log.csv")
    workspace.ingest(NEWER, name="log.csv")
    before = state(workspace)

    report = workspace.ingest(FIRST, name="log.csv")

    assert counts(report) == {"rows": 5, "unchanged": 5}
    pd.testing.assert_frame_equal(state(workspace), before)


def test_a_row_that_became_unreadable_is_not_gone(workspace: Workspace) -> None:
    """The release contains it: it is in the list of rejected rows."""
    workspace.ingest(FIRST, name="log.csv")

    report = workspace.ingest(FIRST.replace(b"2,2023-03-02", b"2,soon"), name="log.csv")

    assert counts(report)["rejected"] == 1
    assert state(workspace)["gone_since"].isna().all()


def test_a_later_period_and_a_part_mark_nothing_as_gone(workspace: Workspace) -> None:
    """A file of the last thirty days says nothing about the month before."""
    days = pd.date_range("2023-01-01", periods=60).strftime("%Y-%m-%d")
    rows = [f"{n},{day},39.8,46.7,Protest,Crowd {n},0\n" for n, day in enumerate(days, 1)]
    workspace.ingest((HEADER + "".join(rows[:40])).encode(), name="last_40_days.csv")

    window = workspace.ingest((HEADER + "".join(rows[10:])).encode(), name="last_50_days.csv")
    part = workspace.ingest(
        (HEADER + "".join(rows[10:40:2])).encode(), name="part.csv",
    )  # fmt: skip

    assert counts(window) == {"rows": 50, "accepted": 20, "unchanged": 30}
    assert "not_covered" in {code for code, _ in window.batch.warnings}
    assert counts(part) == {"rows": 15, "unchanged": 15}
    assert state(workspace)["gone_since"].isna().all()


def test_a_release_that_lacks_much_asks_whether_it_is_full(workspace: Workspace) -> None:
    """Half of a table is a filtered download more often than a retraction."""
    rows = [f"{n},2023-03-05,39.8,46.7,Protest,Crowd {n},0\n" for n in range(100)]
    workspace.ingest((HEADER + "".join(rows)).encode(), name="log.csv")
    fewer = (HEADER + "".join(rows[:60])).encode()

    asked = workspace.ingest(fewer, name="log.csv")
    full = workspace.ingest(
        fewer, name="log.csv", options=IngestOptions(coverage="full"), dry_run=True
    )
    part = workspace.ingest(fewer, name="log.csv", options=IngestOptions(coverage="part"))

    assert asked.question is not None
    assert (asked.question.about, asked.question.choices) == ("release", ("full", "part"))
    assert "--full" in asked.question.message
    assert full.release is not None
    assert len(full.release.gone) == 40
    assert counts(part) == {"rows": 60, "unchanged": 60}
    assert state(workspace)["gone_since"].isna().all()


def test_other_events_under_the_same_ids_are_kept_apart(workspace: Workspace) -> None:
    """Every export that is called export.csv and counts from 1 is a dataset of its own."""
    workspace.ingest(FIRST, name="export.csv")
    other = FIRST.replace(b"2023-03", b"2024-08").replace(b",46.7", b",45.1")
    other = other.replace(b"Crowd", b"Storm")

    report = workspace.ingest(other, name="export.csv")
    again = workspace.ingest(other.replace(b"Storm 1", b"Gale 1"), name="export.csv")

    assert counts(report) == {"rows": 5, "accepted": 5}
    assert "other_dataset" in {code for code, _ in report.batch.warnings}
    assert len(workspace.events()) == 10
    assert counts(again) == {"rows": 5, "updated": 1, "unchanged": 4}


def test_a_dataset_can_be_named(workspace: Workspace) -> None:
    """The owner of a file may know better than the rule."""
    workspace.ingest(FIRST, name="log.csv")

    report = workspace.ingest(FIRST + b"", name="copy.csv", options=IngestOptions(dataset="mine"))

    assert counts(report) == {"rows": 5, "accepted": 5}
    assert len(workspace.events()) == 10


def test_undo_removes_a_batch_without_a_trace(workspace: Workspace) -> None:
    """Added events are removed, changed ones restored; the file can be taken in again."""
    workspace.ingest(FIRST, name="log.csv")
    before = state(workspace)
    newer = workspace.ingest(NEWER, name="log.csv")
    after = state(workspace)

    (planned,) = workspace.undo(newer.batch.batch_id, dry_run=True)
    pd.testing.assert_frame_equal(state(workspace), after)
    (done,) = workspace.undo(newer.batch.batch_id)

    assert planned == done
    assert (done.removed, done.restored, done.unmarked) == (1, 1, 1)
    pd.testing.assert_frame_equal(state(workspace), before)
    undone = {batch.batch_id: bool(batch.undone) for batch in workspace.batches()}
    assert undone[newer.batch.batch_id]
    with pytest.raises(InputError, match="undone already"):
        workspace.undo(newer.batch.batch_id)
    assert counts(workspace.ingest(NEWER, name="log.csv"))["accepted"] == 1
    pd.testing.assert_frame_equal(state(workspace), after)


def test_undo_of_what_others_build_on_is_refused_or_undoes_them_too(
    workspace: Workspace,
) -> None:
    """A report must not refer to events that a later undo has removed."""
    first = workspace.ingest(FIRST, name="log.csv")
    second = workspace.ingest(NEWER, name="log.csv")
    third = workspace.ingest(NEWER + ROWS[3].encode(), name="log.csv")
    other = workspace.ingest(NO_IDS.encode(), name="thefts.csv")

    with pytest.raises(InputError, match=f"{third.batch.batch_id} .*{second.batch.batch_id}"):
        workspace.undo(first.batch.batch_id)
    reports = workspace.undo(first.batch.batch_id, with_later=True)

    undone = [third.batch.batch_id, second.batch.batch_id, first.batch.batch_id]
    assert [report.batch_id for report in reports] == undone
    assert set(workspace.events()["batch_id"]) == {other.batch.batch_id}
    with pytest.raises(NotFoundError, match="geomap batches"):
        workspace.undo("nothing")


def import_before_the_next_commit(
    workspace: Workspace, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> list[IngestResult]:
    """Let another process import a file between the question of an undo and its commit."""
    other = Workspace.open(workspace.folder, seed=False, gazetteer=workspace.gazetteer)
    commit = workspace._store.commit
    reports: list[IngestResult] = []

    def meanwhile(*arguments: Any, **options: Any) -> int | None:
        if not reports:
            reports.append(other.ingest(content, name="log.csv"))
        return commit(*arguments, **options)

    monkeypatch.setattr(workspace._store, "commit", meanwhile)
    return reports


def test_undo_is_refused_when_a_release_comes_in_before_it_is_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that the newer release counts as unchanged must not vanish without a word."""
    first = workspace.ingest(FIRST, name="log.csv")
    came_between = import_before_the_next_commit(workspace, NEWER, monkeypatch)

    with pytest.raises(InputError, match="what later ones build on"):
        workspace.undo(first.batch.batch_id)

    assert counts(came_between[0]) == {"rows": 5, "accepted": 1, "updated": 1, "unchanged": 3}
    assert len(workspace.events()) == 6
    assert not any(batch.undone for batch in workspace.batches())


def test_undo_with_later_takes_along_what_comes_in_meanwhile(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who agreed to lose the later imports agreed to lose the latest of them too."""
    first = workspace.ingest(FIRST, name="log.csv")
    second = workspace.ingest(NEWER, name="log.csv")
    third = import_before_the_next_commit(workspace, NEWER + ROWS[3].encode(), monkeypatch)

    undone = workspace.undo(first.batch.batch_id, with_later=True)

    order = [third[0].batch.batch_id, second.batch.batch_id, first.batch.batch_id]
    assert [report.batch_id for report in undone] == order
    assert workspace.events().empty
    assert all(batch.undone for batch in workspace.batches())


def test_undo_gives_up_in_a_sentence_when_imports_never_stop(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy workspace is told apart from one whose import is gone."""
    first = workspace.ingest(FIRST, name="log.csv")
    monkeypatch.setattr(workspace._store, "commit", lambda *_arguments, **_options: None)
    monkeypatch.setattr("geomap.workspace.turns._PATIENCE", 0.0)

    with pytest.raises(StoreError, match=f"{first.batch.batch_id} was not undone: .* try again"):
        workspace.undo(first.batch.batch_id)

    assert len(workspace.events()) == 5


def test_undo_of_an_article_removes_its_events_and_places(workspace: Workspace) -> None:
    """Nothing of a text stays; one that came under two names goes with the second."""
    text = b"Shooting was reported in Shusha on 14 December 2022, officials said.\n"
    first = workspace.ingest(text, name="wire.txt")
    assert not workspace.events().empty

    workspace.undo(first.batch.batch_id)

    assert workspace.events().empty
    assert workspace.articles().empty
    again = workspace.ingest(text, name="wire.txt")
    assert counts(again)["accepted"] == len(workspace.events()) > 0
