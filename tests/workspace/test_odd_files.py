"""Files that are plain tables under an odd coat: they are read, and their names stay theirs."""

from __future__ import annotations

import gzip
import io

import pytest

from geomap.errors import FileRefusedError
from geomap.readers.encodings import find_encoding
from geomap.readers.header_tags import plain_name
from geomap.readers.table_file import read_table
from geomap.workspace import Workspace

HEADER = "id,date,latitude,longitude,title"
ROWS = "1,2023-01-05,39.8,46.7,one\n2,2023-01-06,39.9,46.8,two\n"
TABLE = f"{HEADER}\n{ROWS}".encode()


@pytest.mark.parametrize("filler", [0, 200])
@pytest.mark.parametrize("place", [b"one", b"2023-01-05", b"title", b"46.7"])
def test_a_nul_byte_in_a_table_is_left_out_and_reported(
    place: bytes, filler: int, workspace: Workspace
) -> None:
    """A logger that lost power leaves one: the rows are still the rows."""
    more = b"".join(b"%d,2023-01-07,39.9,46.8,more\n" % number for number in range(3, 3 + filler))
    data = TABLE.replace(place, place[:1] + b"\0" + place[1:]) + more

    result = workspace.ingest(data, name="log.csv")

    assert result.batch.counts["accepted"] == 2 + filler
    assert "nul_bytes" in {warning.code for warning in result.batch.warnings}
    assert workspace.events()["title"].tolist()[:2] == ["one", "two"]


def test_a_file_of_control_bytes_is_still_binary() -> None:
    """A few stray bytes are forgiven in a text, not in a file that is made of them."""
    for data in (b"\x00\x01\x02abc", b"a\0b\0\0c,d\n1,2\n", b"\xff\xfe\x80\0a,b\n" + b"\x90" * 50):
        with pytest.raises(FileRefusedError, match="binary"):
            find_encoding(b"\x93" + data, name="x.csv")


TAGGED = (
    "<b>id</b>,<b>date</b>,<b>latitude</b>,<b>longitude</b>,<b>title</b>",
    "id,<b>date</b>,<span class='a'>latitude</span>,longitude<br/>,<i>title</i>",
    "<th>id</th>,<TH>date</TH>,<p>latitude</p>,<em>longitude</em>,<strong>title&nbsp;</strong>",
    'id,"<a href=""https://example.org"">date</a>",latitude,<font color=red>longitude</font>,title',
)


@pytest.mark.parametrize("header", TAGGED)
def test_tags_round_the_names_of_columns_are_no_part_of_them(
    header: str, workspace: Workspace
) -> None:
    """A header copied out of a web page means what a reader of the page saw."""
    result = workspace.ingest(f"{header}\n{ROWS}".encode(), name="page.csv")

    assert list(result.batch.columns) == HEADER.split(",")
    assert result.batch.counts["accepted"] == 2
    assert workspace.events()["title"].tolist() == ["one", "two"]


def test_only_tags_that_mark_text_are_taken_off_a_name() -> None:
    """A name may hold a sign of less or a word in brackets, which are shown as they are."""
    names = ("under <5 years", "a <b", "<unknown>", "<script>title", "x < y > z", "R&amp;D")

    assert [plain_name(name) for name in names] == list(names)
    assert plain_name("<b>R&amp;D</b> <br>units") == "R&D units"


def test_columns_whose_names_differ_in_tags_only_stay_apart() -> None:
    """Two columns never become one: the second is numbered."""
    table = read_table(b"<b>date</b>,date,latitude\n2023-01-05,2023-01-06,1\n", name="x.csv")

    assert table.columns == ("date", "date (2)", "latitude")


def test_a_web_page_is_no_table_with_tags() -> None:
    """A page that begins with a tag and has commas is still a page."""
    page = b"<p>The date, the place and the title were read out, and then he left.</p>\n" * 5

    with pytest.raises(FileRefusedError) as refusal:
        read_table(page, name="page.csv")

    assert refusal.value.code == "web_page"


def test_a_gzip_called_csv_keeps_its_own_name(workspace: Workspace) -> None:
    """The name inside the archive is that of another time: its owner knows the outer one."""
    packed = io.BytesIO()
    with gzip.GzipFile("inner_name.csv", "wb", fileobj=packed) as file:
        file.write(TABLE)

    result = workspace.ingest(packed.getvalue(), name="mine.csv")

    assert result.batch.file_name == "mine.csv"
    assert workspace.events()["event_id"].tolist() == ["mine:1", "mine:2"]


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        ("a..b.csv", "a..b"),
        ("../../etc/log.csv", "log"),
        ("..\\log.csv", "log"),
        ("..log.csv", "log"),
        ("log..csv", "log"),
        ("..", "table"),
        ("x/..", "table"),
        ("..csv", "table"),
    ],
)
def test_dots_in_the_name_of_a_file_lead_nowhere(
    name: str, dataset: str, workspace: Workspace
) -> None:
    """A name is data: it is shown as it is, and is neither a path nor a nameless dataset."""
    before = {path.name for path in workspace.folder.parent.iterdir()}

    result = workspace.ingest(TABLE, name=name)

    assert result.batch.file_name == name
    assert workspace.events()["dataset"].tolist() == [dataset] * 2
    assert {path.name for path in workspace.folder.parent.iterdir()} == before


def ids_of(workspace: Workspace) -> list[str]:
    return sorted(workspace.events()["event_id"])


def test_ids_that_a_spreadsheet_made_decimals_are_the_same_ids(workspace: Workspace) -> None:
    """100 and 100.0 are one event: a spreadsheet writes a column with a gap as decimals."""
    workspace.ingest(TABLE, name="log.csv")
    floats = TABLE.replace(b"\n1,", b"\n1.0,").replace(b"\n2,", b"\n2.0,")

    counts = workspace.ingest(floats, name="log.csv").batch.counts

    assert (counts["accepted"], counts["unchanged"]) == (0, 2)
    assert ids_of(workspace) == ["log:1", "log:2"]


def test_one_id_in_both_forms_in_a_file_is_one_event(workspace: Workspace) -> None:
    """A sheet that was put together from two holds both forms, and its rows are not doubled."""
    both = TABLE + b"1.0,2023-01-05,39.8,46.7,one\n"

    counts = workspace.ingest(both, name="log.csv").batch.counts

    assert (counts["accepted"], counts["duplicate"]) == (2, 1)


def test_ids_with_real_decimals_are_left_as_they_are(workspace: Workspace) -> None:
    """1.0 and 1.5 are numbers of sections: nothing is cut off them."""
    sections = TABLE.replace(b"\n1,", b"\n1.0,").replace(b"\n2,", b"\n1.5,")

    workspace.ingest(sections, name="log.csv")

    assert ids_of(workspace) == ["log:1.0", "log:1.5"]
