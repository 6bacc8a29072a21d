"""Files as people have them, read as text with every row accounted for."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from geomap.errors import FileRefusedError
from geomap.readers.table_file import RawTable, TableLimits, read_table

PLAIN = "id,date,lat,lon,note\n1,2022-12-12,39.76,46.75,first\n2,2022-12-13,39.77,46.76,second\n"


def _read(data: bytes | str, name: str = "t.csv") -> RawTable:
    return read_table(data.encode() if isinstance(data, str) else data, name=name)


def _zip(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "."), text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_read_table_decodes_unicode_with_and_without_a_mark(encoding: str) -> None:
    """Letters beyond Latin survive, and the mark never sticks to the first header."""
    table = _read(
        PLAIN.replace("first", "\u015eu\u015fa, Xank\u0259ndi").replace(", ", " ").encode(encoding)
    )

    assert table.columns[0] == "id"
    assert table.frame["note"].tolist() == ["\u015eu\u015fa Xank\u0259ndi", "second"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "K\u00f6ln \u2013 Stra\u00dfe gesperrt, \u00dcbung f\u00fcr alle"),
        (
            "cp1251",
            "Улица перекрыта из-за протеста жителей",
        ),
    ],
)
def test_read_table_says_when_the_encoding_is_a_guess(encoding: str, text: str) -> None:
    """Older code pages are read without broken letters, and the user is warned."""
    table = _read(f"date;place\n2022-12-12;{text}\n2022-12-13;{text}\n".encode(encoding))

    assert table.frame["place"].tolist() == [text, text]
    assert [warning.code for warning in table.warnings] == ["encoding_guessed"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_read_table_finds_the_delimiter_past_decimal_commas(delimiter: str) -> None:
    """A note with commas or a coordinate with a decimal comma does not mislead."""
    rows = [
        ["date", "lat", "note"],
        ["2022-12-12", '"39,76"', '"a, b; c"'],
        ["2022-12-13", "39.77", "d"],
    ]
    table = _read("\n".join(delimiter.join(row) for row in rows))

    assert table.delimiter == delimiter
    assert table.frame["lat"].tolist() == ["39,76", "39.77"]


def test_read_table_obeys_a_sep_line() -> None:
    """Excel writes one and hides it: it is not a row."""
    table = _read("sep=;\ndate;lat;lon\n2022-12-12;1;2\n")

    assert table.columns == ("date", "lat", "lon")
    assert table.frame.index.tolist() == [2]


def test_read_table_counts_rows_from_the_header() -> None:
    """The header is row 1 with the title above it; blank rows count, lines of a cell do not."""
    text = (
        'Report\n,,\ndate,lat,note\n2022-12-12,1,"two\r\nlines"\n2022-12-13,2,b\n\n2022-12-14,3,c\n'
    )
    table = _read(text)

    assert table.frame.index.tolist() == [2, 3, 5]
    assert table.frame["note"].iloc[0] == "two\r\nlines"
    words = {warning.code: warning.message for warning in table.warnings}
    assert words["preamble_rows"].endswith("row 2 is row 4 of the file.")


@pytest.mark.parametrize(
    "head",
    [
        "When,Where,,What\nDate,Lat,Lon,Title",
        "Incidents of 2020,,,\nas of May,,,\nDate,Lat,Lon,Title",
        ",,,\nDate,Lat,Lon,Title\n#date,#geo+lat,#geo+lon,#event",
        "Date,Lat,Lon,Title",
    ],
)
def test_read_table_takes_a_header_of_several_rows_for_row_1(head: str) -> None:
    """Who counts from the names of the columns gets the numbers of the report, also of bad rows."""
    table = _read(head + "\n2020-03-01,1.1,36.1,a\n2020-03-02,1.2,36.2,b,c,d\n2020-03-03,1,36,e\n")

    assert table.frame.index.tolist() == [2, 4]
    assert table.lost_rows == (3,)


def test_read_table_reads_line_ends_of_every_kind_in_one_file() -> None:
    """CR, LF and CRLF all end a row."""
    assert len(_read("a,b\r\n1,2\r3,4\n\r\n5,6").frame) == 3


def test_read_table_lists_each_row_that_an_open_quote_swallowed() -> None:
    """Four rows are in the file; four are in the table or in the list."""
    table = _read('a,b,c\n1,2,x\n2,2,"never closed\n3,2,x\n4,2,x\n')

    assert table.frame.index.tolist() == [2]
    assert table.lost_rows == (3, 4, 5)
    assert {issue.code for issue in table.bad_rows} == {"unterminated_quote", "inside_open_quote"}


def test_read_table_notices_a_quote_closed_by_the_next_one() -> None:
    """Rows between two stray quotes would otherwise become the text of one cell."""
    table = _read('a,b,c\n1,2,x\n2,2,"open\n3,2,x\n4,2,"y"\n5,2,z\n')

    assert table.frame.index.tolist() == [2, 6]
    assert table.lost_rows == (3, 4, 5)


def test_read_table_rejects_rows_whose_cells_have_shifted() -> None:
    """An unquoted decimal comma makes two cells of one: which is which is unclear."""
    table = _read("a,b,c\n1,39,76,46\n1,2,3\n1,2\n")

    assert table.lost_rows == (2,)
    assert table.frame.index.tolist() == [3, 4]
    assert [issue.code for issue in table.bad_rows] == ["too_many_cells", "too_few_cells"]


def test_read_table_reads_the_one_table_in_an_archive() -> None:
    """Archives are unpacked; a zip with two tables is a question, not a guess."""
    assert len(_read(gzip.compress(PLAIN.encode()), "t.csv.gz").frame) == 2
    assert len(_read(_zip(t__csv=PLAIN, README__txt="read me"), "t.zip").frame) == 2
    with pytest.raises(FileRefusedError, match="holds 2") as refused:
        _read(_zip(a__csv=PLAIN, b__csv=PLAIN), "t.zip")
    assert refused.value.code == "archive_tables"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"<!DOCTYPE html><html><body>a,b</body></html>", "web_page"),
        (b"<?xml version='1.0'?><kml></kml>", "empty"),
        (b"<?xml version='1.0'?><gpx></gpx>", "not_a_table"),
        (b'{"type": "FeatureCollection", "features": []}', "empty"),
        (b'{"a": 1}', "not_a_table"),
        (b"[[[[", "not_a_table"),
        (b"only one column\nof words\n", "no_columns"),
        (b"\x1f\x8bbroken", "broken_archive"),
        (b"PK\x03\x04broken", "broken_archive"),
        (gzip.compress(b"0" * 20_000_000), "zip_bomb"),
    ],
)
def test_read_table_refuses_what_is_no_table_in_one_sentence(data: bytes, code: str) -> None:
    """The sentence names the file and never echoes its content."""
    with pytest.raises(FileRefusedError, match=r"^odd\.csv") as refused:
        _read(data, "odd.csv")

    assert refused.value.code == code
    assert "<" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_read_table_holds_its_limits() -> None:
    """A limit that is passed refuses the file instead of filling the memory."""
    with pytest.raises(FileRefusedError, match="columns"):
        read_table(PLAIN.encode(), name="t.csv", limits=TableLimits(columns=3))
    with pytest.raises(FileRefusedError, match="rows"):
        read_table(PLAIN.encode(), name="t.csv", limits=TableLimits(rows=1))
    with pytest.raises(FileRefusedError, match="MB"):
        read_table(PLAIN.encode(), name="t.csv", limits=TableLimits(bytes=10))


def test_read_table_drops_the_hxl_row_and_keeps_its_tags() -> None:
    """The tag row is neither an event nor lost."""
    table = _read("when,where\n#date+occurred,#loc+name\n2022-12-12,Shusha\n")

    assert table.frame.index.tolist() == [2]
    assert dict(table.hxl) == {"when": "#date+occurred", "where": "#loc+name"}
