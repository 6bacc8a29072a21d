"""A workspace lies in any folder that its tables can be addressed in, and says where it cannot."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from pathlib import Path

import pytest

from geomap.errors import StoreError
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions
from geomap.query import EventQuery
from geomap.workspace import Workspace

CSV = (
    b"id,date,latitude,longitude,type,status,title\n"
    b"1,2023-03-05,39.80,46.75,Protest,reported,One\n"
    b"2,2023-03-06,39.81,46.76,Clash,claimed,Two\n"
)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")


@pytest.mark.parametrize(
    "name",
    [
        "it's", "100%", "%zz", "status=claimed", "event_id=7", "year=2023", "{a,b}", "~", "$HOME",
        "#x", "a;b", "-- x", "Karabakh é Ղարաբաղ", " a", "..a",
        "x" * 200, "é" * 100,
        *(pytest.param(name, marks=POSIX) for name in ('q"q', "a*b", "**", "a?b", "s3:", "<b>")),
        *(pytest.param(name, marks=POSIX) for name in ("a.", "a ")),
    ],
)  # fmt: skip
def test_a_workspace_answers_the_same_whatever_its_folder_is_called(
    tmp_path: Path, gazetteer: Gazetteer, name: str
) -> None:
    """A sign of a pattern, a quote or `column=value` in a path changes no row."""
    for decoy in ("axb", "a", "~x"):  # what a pattern would find too
        Workspace.open(tmp_path / decoy, seed=False, gazetteer=gazetteer).ingest(CSV, name="d.csv")
    workspace = Workspace.open(tmp_path / name, seed=False, gazetteer=gazetteer)

    report = workspace.ingest(CSV, name="log.csv")

    table = workspace.event_table()
    listed = table.listed(EventQuery()).sort_values("event_id")
    assert listed["event_id"].tolist() == ["log:1", "log:2"]
    assert listed["status"].tolist() == ["reported", "claimed"]
    assert workspace.events()["status"].tolist() == ["reported", "claimed"]
    assert table.counts(EventQuery(statuses=frozenset({"claimed"}))).shown == 1
    assert workspace.positions().box(EventQuery()) is not None
    table.prepare_joins()
    workspace.undo(report.batch.batch_id)
    assert len(workspace.event_table()) == 0


@POSIX
@pytest.mark.parametrize(
    "name",
    ["[ab]", "a]", "a^b", "a|b", "a\\b", "..\\..\\x", "%41", "a%20b", "%2e%2e", "a\nb", "\t"],
)
def test_a_folder_that_deltalake_takes_for_another_is_refused(
    tmp_path: Path, gazetteer: Gazetteer, name: str
) -> None:
    """`[` ends deltalake's process, and `%41` and a backslash lead to other folders."""
    place = tmp_path / name / "workspace"

    with pytest.raises(StoreError, match="Choose another folder, or rename it"):
        Workspace.open(place, seed=False, gazetteer=gazetteer)

    assert list(tmp_path.iterdir()) == []


NAMES = [
    "../../evil.csv", "/etc/evil.csv", "..\\..\\evil.csv", "C:\\evil.csv", "\\\\host\\evil.csv",
    "CON.csv", "evil.csv:stream", "~/evil.csv", ".csv", "..", "a\nb.csv", "\u202evsc.csv",
    "x" * 300, "evil.csv/../../evil.csv", "$(touch evil).csv", "%2e%2e%2fevil.csv", "\udcff.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, "a\0b.csv"])
def test_the_name_of_an_upload_is_never_a_path(
    tmp_path: Path, gazetteer: Gazetteer, name: str
) -> None:
    """The file is kept under the digest of its content, its name is a text in a table."""
    workspace = Workspace.open(tmp_path / "in" / "here", seed=False, gazetteer=gazetteer)

    report = workspace.ingest(CSV, name=name, options=IngestOptions(layout="plain"))

    assert report.batch.counts["accepted"] == 2
    (kept,) = (workspace.folder / "files").iterdir()
    assert kept.stem == hashlib.sha256(CSV).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["here"]
    assert workspace.batches()[0].file_name == name.replace("\udcff", "\ufffd")


@pytest.mark.parametrize("name", [name for name in NAMES if "\udcff" not in name])
def test_the_name_of_a_member_of_an_archive_is_never_a_path(
    tmp_path: Path, gazetteer: Gazetteer, name: str
) -> None:
    """Nothing of an archive is unpacked onto the disk, so no member lands outside."""
    workspace = Workspace.open(tmp_path / "in" / "here", seed=False, gazetteer=gazetteer)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}/data.csv"), CSV)

    report = workspace.ingest(packed.getvalue(), name="sent.zip")

    assert report.batch.counts["accepted"] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["here"]
    assert [path.suffix for path in (workspace.folder / "files").iterdir()] == [".zip"]
