"""Every file is accounted for, and the same file twice changes nothing."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from geomap import paths
from geomap.errors import StoreError
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions
from geomap.ingest.events.result_shape import result_shape
from geomap.readers.article_metadata import article_from_text
from geomap.store import Store
from geomap.workspace import Workspace

CSV = b"""id,date,latitude,longitude,type,notes
1,2023-03-05,39.80,46.75,Protest,A crowd met.
2,2023-03-06,39.81,46.76,Protest,=1+1
3,not a day,39.82,46.77,Protest,
"""
AMBIGUOUS = b"id,date,latitude,longitude\n1,03/04/2024,39.8,46.7\n2,05/06/2024,39.8,46.7\n"
TEXT = (
    "Protesters blocked the Lachin-Khankendi road on 12 December 2022, officials said.\n\n"
    "Shooting was reported in Shusha on 14 December 2022.\n"
)


def test_ingest_accounts_for_every_row(workspace: Workspace) -> None:
    """The numbers of the report add up and are those of the table."""
    report = result_shape(workspace.ingest(CSV, name="reports.csv"))

    counts = report["counts"]
    assert counts == {
        "rows": 3,
        "accepted": 2,
        "updated": 0,
        "unchanged": 0,
        "duplicate": 0,
        "rejected": 1,
    }
    assert len(workspace.events()) == 2
    rejected = [issue for issue in report["issues"] if issue["row"] == 4]
    assert rejected[0]["value"] == "not a day"
    stored = workspace.issues(report["batch_id"])
    assert stored["row"].tolist() == [issue["row"] for issue in report["issues"]]


@pytest.mark.parametrize("name", ["reports.csv", "reports (1).csv", "elsewhere.csv"])
def test_ingest_of_the_same_file_changes_nothing(workspace: Workspace, name: str) -> None:
    """A file that is uploaded twice, under whatever name, is not counted twice."""
    workspace.ingest(CSV, name="reports.csv")
    version = workspace.version

    again = workspace.ingest(CSV, name=name)

    assert (again.batch.counts["unchanged"], again.batch.counts["accepted"]) == (2, 0)
    assert again.path == name
    assert workspace.version == version
    assert len(workspace.batches()) == 1


def test_ingest_keeps_the_file_as_it_came(workspace: Workspace) -> None:
    """The answer to "where is this from" is the file itself."""
    report = workspace.ingest(CSV, name="../../evil/reports.CSV")

    kept = list((workspace.folder / "files").iterdir())
    assert [path.name for path in kept] == [f"{report.batch.sha256}.csv"]
    assert kept[0].read_bytes() == CSV


def test_dry_run_writes_nothing(workspace: Workspace) -> None:
    """A preview says what would change without changing it."""
    before = sorted(workspace.folder.rglob("*"))

    report = workspace.ingest(CSV, name="reports.csv", dry_run=True)

    assert report.batch.counts["accepted"] == 2
    assert sorted(workspace.folder.rglob("*")) == before
    assert workspace.events().empty


def test_a_question_takes_nothing_in(workspace: Workspace) -> None:
    """Whether 03/04 is in March or April is asked, and the answer is used."""
    asked = workspace.ingest(AMBIGUOUS, name="days.csv")

    shape = result_shape(asked)
    assert shape["counts"] is None
    assert not asked.is_refused
    assert set(shape["question"]) == {"about", "choices", "proof"}
    assert workspace.version == 0
    workspace.ingest(AMBIGUOUS, name="days.csv", options=IngestOptions(order="mdy"))
    assert workspace.events()["event_date"].min() == pd.Timestamp(2024, 3, 4)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"<!doctype html><html><body>Log in</body></html>", "page.csv"),
        (b"\x00\x01\x02\xff" * 500, "binary.csv"),
        (b"", "empty.txt"),
    ],
)
def test_a_refused_file_is_reported_with_its_reason(
    workspace: Workspace, content: bytes, name: str
) -> None:
    """One sentence that names the file; the other files still go in."""
    report = workspace.ingest(content, name=name)

    assert report.is_refused
    assert result_shape(report)["counts"] is None
    assert name in report.batch.warnings[-1][1]
    assert workspace.version == 0


def test_a_missing_file_and_a_folder_are_reported(workspace: Workspace, tmp_path: Path) -> None:
    """A typing error in a name must not end in a traceback."""
    assert "no file" in workspace.ingest(tmp_path / "none.csv").batch.warnings[0].message
    assert "folder" in workspace.ingest(tmp_path).batch.warnings[0].message


def test_an_unknown_layout_is_reported(workspace: Workspace) -> None:
    """The message lists the existing layouts."""
    report = workspace.ingest(CSV, name="a.csv", options=IngestOptions(layout="nonsense"))

    assert report.is_refused
    assert "nonsense" in report.batch.warnings[-1][1]


def test_an_article_becomes_events_and_is_kept_to_the_letter(workspace: Workspace) -> None:
    """Offsets into the stored text stay true."""
    report = workspace.ingest(TEXT.encode(), name="wire.txt")

    assert report.batch.layout == "article"
    article_id = workspace.articles()["article_id"].iloc[0]
    parsed = workspace.article(article_id)
    assert parsed.article.text == TEXT
    for toponym in parsed.toponyms:
        assert TEXT[toponym.start_char : toponym.end_char] == toponym.text
    events = workspace.events()
    assert set(events["article_id"]) == {article_id}
    assert {one.event_id for one in parsed.incidents} == set(events["event_id"])
    assert "shusha" in set(events["place_id"])


def test_add_article_twice_changes_nothing(workspace: Workspace) -> None:
    """A text that is pasted twice is one article."""
    article = article_from_text(TEXT, published=date(2022, 12, 15))
    workspace.add_article(article)
    version, count = workspace.version, len(workspace.events())

    again = workspace.add_article(article)

    assert again.batch.counts["accepted"] == again.batch.counts["updated"] == 0
    assert (workspace.version, len(workspace.events())) == (version, count)
    assert len(workspace.articles()) == 1


def test_origin_leads_back_to_the_file_and_the_row(workspace: Workspace) -> None:
    """Every event says which file and row it came from."""
    workspace.ingest(CSV, name="reports.csv")
    event = workspace.event_table().event("reports:2")

    assert event is not None
    assert workspace.origin(event) == "reports.csv, row 3"
    assert workspace.origin({**event, "row_number": None}) == "reports.csv"
    assert workspace.origin({**event, "batch_id": "unknown"}) == "unknown file, row 3"


def test_joins_follow_the_events(workspace: Workspace) -> None:
    """A new file is joined at once, and the result is cached."""
    assert workspace.joins().empty
    workspace.ingest(TEXT.encode(), name="wire.txt")

    joins = workspace.joins()
    assert "lachin_khankendi_road" in set(joins["place_id"])
    assert workspace.joins() is joins
    again = Workspace.open(workspace.folder, gazetteer=workspace.gazetteer)
    pd.testing.assert_frame_equal(again.joins(), joins)
    workspace.ingest(CSV, name="reports.csv")
    assert len(workspace.joins()) >= len(joins)
    assert len(list((workspace.folder / "cache").iterdir())) == 2  # of the last two versions


def test_events_at_a_version(workspace: Workspace) -> None:
    """Time travel: what was there before the second file."""
    workspace.ingest(CSV, name="reports.csv")
    first = workspace.version
    workspace.ingest(TEXT.encode(), name="wire.txt")

    assert len(workspace.events(at=first)) == 2
    assert len(workspace.events()) > 2


def test_ingest_compares_again_when_another_import_was_faster(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people who upload the same file at the same moment do not double its events."""
    other = Workspace.open(workspace.folder, gazetteer=workspace.gazetteer)
    commit = Store.commit
    rivals = [other]

    def slow(store: Store, *args: object, **options: object) -> int | None:
        if rivals:
            rivals.pop().ingest(CSV, name="reports.csv")
        return commit(store, *args, **options)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(Store, "commit", slow)
    report = workspace.ingest(CSV, name="reports.csv")

    assert report.batch.counts["unchanged"] == 2
    assert len(workspace.events()) == 2


def test_open_seeds_only_a_new_workspace_that_is_asked_to(
    tmp_path: Path, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The samples come once; one's own workspace never gets them."""
    sample = tmp_path / "sample"
    (sample / "events").mkdir(parents=True)
    (sample / "articles").mkdir()
    (sample / "events" / "a.csv").write_bytes(CSV)
    monkeypatch.setattr(paths, "sample_dir", lambda: sample)
    told: list[float] = []

    seeded = Workspace.open(
        tmp_path / "one", gazetteer=gazetteer, progress=lambda _, share: told.append(share)
    )
    own = Workspace.open(tmp_path / "two", seed=False, gazetteer=gazetteer)

    assert len(seeded.events()) == 2
    assert told[-1] == 1.0
    assert own.events().empty
    assert Workspace.open(tmp_path / "two", gazetteer=gazetteer).events().empty
    assert Workspace.open(tmp_path / "one", gazetteer=gazetteer).version == seeded.version


def test_open_finishes_a_seeding_that_was_killed(
    tmp_path: Path, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first start that was stopped half-way is completed by the next."""
    sample = tmp_path / "sample"
    (sample / "events").mkdir(parents=True)
    (sample / "events" / "a.csv").write_bytes(CSV)
    (sample / "events" / "b.csv").write_bytes(b"")
    monkeypatch.setattr(paths, "sample_dir", lambda: sample)
    with pytest.raises(ValueError, match=r"b\.csv"):
        Workspace.open(tmp_path / "one", gazetteer=gazetteer)
    (sample / "events" / "b.csv").write_bytes(
        CSV.replace(b"2023-03", b"2024-04").replace(b",46.7", b",45.7")
    )

    assert len(Workspace.open(tmp_path / "one", gazetteer=gazetteer).events()) == 4


def test_open_says_when_the_folder_is_a_file(tmp_path: Path, gazetteer: Gazetteer) -> None:
    """A sentence, not a traceback."""
    (tmp_path / "file").write_text("x")

    with pytest.raises(StoreError, match="file"):
        Workspace.open(tmp_path / "file", gazetteer=gazetteer)


@pytest.mark.parametrize(
    ("name", "content", "layout"),
    [
        ("notes.txt", TEXT.encode(), "article"),
        ("table.txt", CSV, "plain"),
        ("-", CSV, "plain"),
        ("story.md", b"---\ntitle: T\n---\n" + TEXT.encode(), "article"),
    ],
)
def test_ingest_distinguishes_texts_from_tables(
    workspace: Workspace, name: str, content: bytes, layout: str
) -> None:
    """A .txt may be either: its content decides."""
    assert workspace.ingest(content, name=name, dry_run=True).batch.layout == layout


def test_ingest_reads_a_table_by_a_layout_of_the_workspace(workspace: Workspace) -> None:
    """A YAML file in the folder is enough; a faulty one refuses files with its faults."""
    folder = workspace.folder / "layouts"
    folder.mkdir()
    layout = folder / "log.yaml"
    layout.write_text(
        "name: log\ntitle: our log\nsignature: [alpha, beta]\n"
        "fields: {event_date: [alpha], place_name: [beta]}\n"
    )
    table = b"alpha,beta\n2022-12-12,Shusha\n2022-12-13,Shusha\n"

    report = workspace.ingest(table, name="t.csv", dry_run=True)
    layout.write_text("name: log\n")
    refused = workspace.ingest(table, name="t.csv", dry_run=True)

    assert report.batch.layout == "log"
    assert report.batch.counts["accepted"] == 2
    assert refused.is_refused
    assert "log.yaml" in refused.batch.warnings[-1].message
