"""Tables that are right but for something odd: a stray NUL, tags in a header, another ending."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from geomap.raw_table import RawTable
from geomap.readers.table_file import read_table

PLAIN = b"date,lat,lon,notes\n2019-06-01,1.5,36.5,first\n2019-06-02,1.6,36.6,second\n"


def zipped(data: bytes, name: str) -> bytes:
    """Return a ZIP archive with one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def check(table: RawTable) -> None:
    """Fail unless a table has the two rows of the plain one."""
    assert list(table.frame.columns) == ["date", "lat", "lon", "notes"]
    assert table.frame["date"].tolist() == ["2019-06-01", "2019-06-02"]
    assert table.frame["lon"].tolist() == ["36.5", "36.6"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"first", b"fir\x00st"),
        (b"first", b"first\x00"),
        (b"first", b"\x00"),
        (b"second\n", b"second\n\x00"),
        (b"second\n", b"sec\x00ond\x00\n"),
        (b"first", b'"a ""quoted""\x00 note"'),
    ],
)
def test_read_table_survives_a_stray_nul(old: bytes, new: bytes) -> None:
    """A NUL that a program left behind does not make a table binary."""
    table = read_table(PLAIN.replace(old, new), name="t.csv")

    assert table.frame["date"].tolist()[:2] == ["2019-06-01", "2019-06-02"]
    assert table.frame["lon"].tolist()[:2] == ["36.5", "36.6"]


@pytest.mark.parametrize(
    "header",
    [
        "<b>date</b>,<b>lat</b>,<b>lon</b>,<b>notes</b>",
        "<th>date</th>,<th>lat</th>,<th>lon</th>,<th>notes</th>",
        '<span class="x">date</span>,lat,lon,<i>notes</i>',
        "date<br/>,lat<br>,lon,<p>notes</p>",
        '<a href="https://example.org/d">date</a>,lat,lon,notes',
        "<td><strong>date</strong></td>,<em>lat</em>,lon,notes",
    ],
)
def test_read_table_takes_the_tags_off_a_header(header: str) -> None:
    """Columns that were copied out of a web page are known by their names."""
    check(read_table(header.encode() + PLAIN[PLAIN.index(b"\n") :], name="t.csv"))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (gzip.compress(PLAIN, mtime=0), "events.csv"),
        (gzip.compress(PLAIN, mtime=0), "events.txt"),
        (gzip.compress(PLAIN, mtime=0), "events"),
        (gzip.compress(PLAIN, mtime=0), "events.xlsx"),
        (zipped(PLAIN, "inside.csv"), "events.csv"),
        (zipped(PLAIN, "../inside.csv"), "events.csv"),
    ],
)
def test_read_table_reads_by_content_and_keeps_the_name(data: bytes, name: str) -> None:
    """What a file is called decides nothing, but its people know it by that name."""
    table = read_table(data, name=name)

    check(table)
    assert name in table.file_name


@pytest.mark.parametrize("name", ["..", "../t.csv", "/etc/t.csv", "a/../../t.csv", "C:\\t.csv", ""])
def test_read_table_takes_a_file_name_for_no_path(name: str) -> None:
    """A name is a label: it opens nothing and hinders nothing."""
    check(read_table(PLAIN, name=name))


def test_read_table_cuts_at_the_sign_that_hive_writes() -> None:
    """Ctrl-A between cells is a control character in a file that is text all the same."""
    check(read_table(PLAIN.replace(b",", b"\x01"), name="000000_0"))


def test_read_table_takes_a_list_of_one_record_for_the_record() -> None:
    """Interfaces answer with the one country of a disaster as a list of countries."""
    records = [
        {"fields": {"country": [{"name": "Kenya", "location": {"lat": n / 2}}]}} for n in (1, 2)
    ]
    table = read_table(json.dumps({"data": records}).encode(), name="t.json")

    assert table.frame["country.name"].tolist() == ["Kenya", "Kenya"]
    assert table.frame["country.location.lat"].tolist() == ["0.5", "1.0"]


def test_read_table_keeps_a_list_of_several_records_as_text() -> None:
    """Which of them is meant is not for the reader to say."""
    record = {"date": "2020-01-01", "places": [{"name": "a"}, {"name": "b"}]}
    table = read_table(json.dumps([record, record]).encode(), name="t.json")

    assert json.loads(table.frame["places"].iloc[0]) == [{"name": "a"}, {"name": "b"}]
