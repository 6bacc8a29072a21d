"""A finished import is stored as a whole, an unfinished one not at all."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely.geometry import LineString, Point, Polygon

from geomap.errors import NotFoundError, StoreError
from geomap.model import (
    Article,
    Candidate,
    Dateline,
    DateMention,
    DatePrecision,
    DateSpan,
    GeoparsedArticle,
    Place,
    PlaceName,
    Toponym,
    ToponymKind,
)
from geomap.store import Batch, Store, article_frames, batches_of, keep_file, read_parsed
from geomap.store.locks import write_lock
from geomap.tables import events_table


def batch(batch_id: str = "b1", **values: Any) -> Batch:
    base: dict[str, Any] = {"file_name": "a.csv", "sha256": "0" * 64, "kind": "table"}
    return Batch(batch_id, layout="plain", layout_reason="Columns.", **{**base, **values})


def record(event_id: str, **values: Any) -> dict[str, Any]:
    day = {"event_date": date(2023, 3, 5), "event_date_end": date(2023, 3, 5)}
    return {"event_id": event_id, "date_precision": "day", **day, **values}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "tables")


def test_a_store_that_is_not_there_yet_reads_as_empty(store: Store) -> None:
    """The first look at a new workspace must not need a write."""
    assert store.version == 0
    assert store.read("events").empty
    assert batches_of(store.read("batches")) == ()
    assert not store.folder.exists()


def test_events_come_back_exactly_as_they_were(store: Store) -> None:
    """Unknown stays unknown, geometry stays to the last digit."""
    events = events_table(
        [
            record("a", geometry=Point(46.123456789, 40), fatalities=0, notes="x; 'y'\n\"z\""),
            record("b", geometry=LineString([(0, 0), (1, 1)]), uncertainty_km=2.5),
            record("c", geometry=Polygon([(0, 0), (1, 0), (1, 1)]), actor1="Ə"),
            {"event_id": "d"},
            record("e", event_date=date(1650, 1, 1)),
        ]
    )

    store.commit(batch(), {"events": events})

    found = store.read("events").sort_values("event_id").reset_index(drop=True)
    assert_frame_equal(pd.DataFrame(found), pd.DataFrame(events))
    assert found.crs == events.crs


def test_commit_replaces_events_of_the_same_id(store: Store) -> None:
    """A corrected row of a later file replaces the earlier one and leaves the others."""
    store.commit(batch("b1"), {"events": events_table([record("a"), record("b")])})
    store.commit(batch("b2"), {"events": events_table([record("b", title="new"), record("c")])})

    titles = store.read("events").set_index("event_id")["title"]
    assert set(titles.index) == {"a", "b", "c"}
    assert titles["b"] == "new"


def test_read_at_a_version_shows_what_was_there_then(store: Store) -> None:
    """A figure can be made again from the data it was made from."""
    first = store.commit(batch("b1"), {"events": events_table([record("a")])})
    second = store.commit(batch("b2"), {"events": events_table([record("b")])})

    assert list(store.read("events", at=first)["event_id"]) == ["a"]
    assert len(store.read("events", at=second)) == 2
    assert [one.batch_id for one in batches_of(store.read("batches", at=first))] == ["b1"]
    with pytest.raises(NotFoundError, match="no version 99"):
        store.read("events", at=99)


class KilledError(Exception):
    """Stands for the end of the process."""


def test_a_killed_import_leaves_nothing_visible(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half an import must never be counted, and must not come back with the next one."""
    store.commit(batch("b1"), {"events": events_table([record("a")])})
    write = store._write

    def dies(table: str, rows: Any) -> int:
        if table == "batches":
            raise KilledError
        return write(table, rows)

    monkeypatch.setattr(store, "_write", dies)
    with pytest.raises(KilledError):
        store.commit(batch("b2"), {"events": events_table([record("a", title="x"), record("b")])})
    monkeypatch.undo()

    assert list(store.read("events")["event_id"]) == ["a"]
    store.commit(batch("b3"), {"events": events_table([record("c")])})
    titles = store.read("events").set_index("event_id")["title"]
    assert set(titles.index) == {"a", "c"}
    assert titles.isna().all()


def test_a_killed_first_import_leaves_an_empty_store(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same holds when there was nothing before."""
    write = store._write

    def dies(table: str, rows: Any) -> int:
        if table == "batches":
            raise KilledError
        return write(table, rows)

    monkeypatch.setattr(store, "_write", dies)
    with pytest.raises(KilledError):
        store.commit(batch("b1"), {"events": events_table([record("a")])})
    monkeypatch.undo()

    assert store.read("events").empty
    store.commit(batch("b2"), {"events": events_table([record("b")])})
    assert list(store.read("events")["event_id"]) == ["b"]


def test_issues_of_a_batch_are_replaced_not_repeated(store: Store) -> None:
    """Taking the same file in again must not double its report."""
    issue = {"batch_id": "b'1", "row": 2, "code": "c", "reason": "r", "remedy": "m"}
    issues = pd.DataFrame([issue | {"rejected": True}, issue | {"row": 3, "rejected": False}])
    store.commit(batch("b0"), {"issues": issues.assign(batch_id="b0")})
    store.commit(batch("b'1"), {"issues": issues})
    store.commit(batch("b'1"), {"issues": issues})

    found = store.read("issues")
    assert len(found) == 4
    assert found["column"].isna().all()
    assert [one.batch_id for one in batches_of(store.read("batches"))] == ["b'1", "b0"]


def test_a_batch_comes_back_with_its_report(store: Store) -> None:
    """A year later it can still be seen how an upload was understood."""
    written = batch(
        mapping={"event_date": "Tarix"},
        counts={"rows": 3},
        warnings=(("encoding_guessed", "It was read as cp1251."),),
        options={"order": "dmy"},
        created="2026-01-01T00:00:00+00:00",
        dataset="a",
        columns=("id", "Tarix"),
        builds_on=("b0",),
        sequence=1,
    )

    store.commit(written, {})

    assert batches_of(store.read("batches")) == (written,)


def test_an_article_comes_back_with_what_was_read_out_of_it(store: Store) -> None:
    """The page of an article must show the reading that its events came from."""
    shusha = Place(
        "shusha",
        "Shusha",
        (PlaceName("Shusha"),),
        "P",
        "PPL",
        ToponymKind.CITY,
        Point(46.75, 39.76),
        None,
        "AZ",
        "curated",
        "s",
        "l",
        valid_from=date(1900, 1, 1),
    )
    losers = (
        Candidate("shusha", "Shusha", 0.6, ToponymKind.CITY, "AZ", "nearest"),
        Candidate("gn:1", "Shusha", 0.3, ToponymKind.ADMIN2, None, "no noun beside it"),
    )
    placed = Toponym(
        *(0, 6, "SHUSHA", ToponymKind.NESTED, shusha, 0.6, "why"),
        candidates=losers,
        matched_name="Shusha",
        is_sure=False,
    )
    lost = Toponym(20, 25, "Lost", ToponymKind.OTHER, None, 0.1, "not known")
    mentions = (
        DateMention(
            8, 13, "3 May", DateSpan(date(2023, 5, 3), date(2023, 5, 3), DatePrecision.DAY)
        ),
        DateMention(30, 40, "since May", DateSpan(date(2023, 5, 1), None, DatePrecision.OPEN)),
    )
    text = "SHUSHA, 3 May. — \r\n A text\u0000 kept to the letter."
    parsed = GeoparsedArticle(
        Article("f" * 20, text, title="T", published=date(2023, 5, 3)),
        (placed, lost),
        mentions,
        dateline=Dateline(0, 13, placed, date(2023, 5, 3)),
    )

    store.commit(batch(), article_frames(parsed, batch_id="b1"))

    rows = store.read("articles").to_dict("records")
    found = read_parsed(rows[0], store.read("toponyms"), store.read("dates"), store.read("events"))
    assert found == parsed
    assert isinstance(found.toponyms[0].candidates[0].kind, ToponymKind)


def test_an_article_of_an_older_workspace_still_opens(store: Store) -> None:
    """Its tables lack the column for uncertain names: no name was in doubt then."""
    name = Toponym(
        *(0, 4, "Lost", ToponymKind.OTHER, None, 0.1, "not known"),
        candidates=(Candidate("p", "P", 0.5),),
    )
    frames = article_frames(GeoparsedArticle(Article("f" * 20, "Lost"), (name,), ()), batch_id="b1")
    old = frames["toponyms"].drop(columns=["matched_name", "is_sure"])
    old["candidates"] = '[{"place_id": "p", "name": "P", "score": 0.5}]'
    store.commit(batch(), {**frames, "toponyms": old})

    rows = store.read("articles").to_dict("records")
    found = read_parsed(rows[0], store.read("toponyms"), store.read("dates"), store.read("events"))

    assert found.toponyms == (name,)


@settings(max_examples=25)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example(text="' OR '1'='1")
@example(text="\\'")
@example(text="a') OR event_id IN ('kept")
@example(text="\0")
def test_rows_are_removed_and_replaced_by_exactly_their_ids(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """Ids come from files: one that looks like SQL is an id like any other."""
    store = Store(tmp_path_factory.mktemp("ids", numbered=True))
    ids = [text, f"{text}'", f"x{text}"]
    store.commit(batch(), {"events": events_table([record(one, title="old") for one in ids])})

    store.commit(batch("b2"), {"events": events_table([record(text, title="new")])})
    replaced = store.read("events").set_index("event_id")["title"].to_dict()
    store.commit(batch("b3"), {}, removed={"events": ("event_id", {text})})

    assert replaced == {**dict.fromkeys(ids, "old"), text: "new"}
    assert sorted(store.read("events")["event_id"]) == sorted(ids[1:])


def test_keep_file_never_makes_a_path_of_a_name(tmp_path: Path) -> None:
    """The name of an upload is untrusted."""
    kept = keep_file(tmp_path / "files", b"data", sha256="a" * 64, name="../../etc/x.csv\\..\\y.SH")

    assert kept == tmp_path / "files" / ("a" * 64 + ".bin")
    assert kept.read_bytes() == b"data"
    assert keep_file(tmp_path / "files", b"data", sha256="b" * 64, name="A.CSV").suffix == ".csv"


def test_keep_file_removes_what_a_killed_import_left_long_ago(tmp_path: Path) -> None:
    """An old partial file is garbage; a new one is being written right now."""
    old, new = tmp_path / ".partial-old", tmp_path / ".partial-new"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (0, 0))

    keep_file(tmp_path, b"x", sha256="b" * 64, name="a.csv")

    assert not old.exists()
    assert new.exists()


def test_write_lock_names_the_folder_when_another_holds_it(tmp_path: Path) -> None:
    """Two imports at once wait for each other instead of losing rows."""
    with (
        write_lock(tmp_path),
        pytest.raises(StoreError, match="Another geomap is writing"),
        write_lock(tmp_path, patience=0.1),
    ):
        pass

    with write_lock(tmp_path, patience=0.1):
        pass


def test_a_damaged_table_is_a_store_error(store: Store) -> None:
    """A broken disk is reported in a sentence, not in a traceback."""
    store.commit(batch(), {"events": events_table([record("a")])})
    log = next((store.folder / "batches" / "_delta_log").glob("*1.json"))
    log.write_text("not json")

    with pytest.raises(StoreError, match="cannot be read"):
        store.read("events")


@pytest.mark.parametrize(
    "path",
    [
        "{secret}",
        "../../secret.parquet",
        "..%2F..%2Fsecret.parquet",
        "..%252F..%252Fsecret.parquet",
    ],
)
def test_the_log_of_a_table_leads_out_of_no_folder(store: Store, tmp_path: Path, path: str) -> None:
    """A workspace that a stranger sent shows its own files, not those of the machine."""
    store.commit(batch(), {"events": events_table([record("a")])})
    log = store.folder / "events" / "_delta_log" / "00000000000000000001.json"
    entries = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    (added,) = (entry["add"] for entry in entries if "add" in entry)
    secret = tmp_path / "secret.parquet"
    (store.folder / "events" / added["path"]).rename(secret)
    added["path"] = path.format(secret=secret)
    log.write_text("\n".join(map(json.dumps, entries)), "utf-8")

    with pytest.raises(StoreError, match="is missing"):
        store.files("events")


def test_count_is_the_number_of_rows_that_a_read_would_give(store: Store) -> None:
    """The command line reports the number of events without loading a million of them."""
    assert store.count("events") == 0
    store.commit(batch(), {"events": events_table([record("a"), record("b")])})
    store.commit(batch("b2"), {"events": events_table([record("b"), record("c")])})

    assert store.count("events") == len(store.read("events")) == 3
    assert store.count("events", filled="gone_since") == 0
