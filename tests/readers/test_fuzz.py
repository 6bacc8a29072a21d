"""Whatever bytes come in, geomap answers in its own words: a table or one sentence why not."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from tests.readers.test_documents import FILES

from geomap.errors import FileRefusedError, GeomapError
from geomap.limits import TableLimits
from geomap.readers.article_files import read_opened_articles
from geomap.readers.binary_tables import BINARY_FORMS, read_binary
from geomap.readers.sniff import open_file
from geomap.readers.table_draft import TableDraft
from geomap.readers.table_file import RawTable, read_opened_table, read_table
from geomap.readers.table_handover import read_handover, write_table

_LIMITS = TableLimits(bytes=1 << 20, unpacked_bytes=1 << 20, rows=5_000, cell_chars=100_000)
_PLAIN = (
    "event_id,event_date,event_type,location,latitude,longitude,notes\n"
    'E1,2023-09-19,Battles,Shusha,39.76,46.75,"a ""quoted"", note"\n'
    'E2,19/09/2023,Riots,"two\nlines",39\u00b045\'N,46.75,\n'
)
_EXAMPLES = int(os.environ.get("GEOMAP_FUZZ_EXAMPLES", "150"))
_QUICK = settings(
    deadline=None, max_examples=_EXAMPLES, suppress_health_check=[HealthCheck.too_slow]
)


def _zipped(name: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _parquet() -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table({"date": ["2023-09-19"], "lat": [1.5], "lon": [2.5]}), out)
    return out.getvalue()


_FEATURE = {
    "type": "Feature",
    "properties": {"date": "2023-09-19", "a": {"b": [1]}},
    "geometry": {"type": "Point", "coordinates": [46.75, 39.76]},
}
_KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>x</name><TimeStamp><when>2023'
    "</when></TimeStamp><Point><coordinates>1,2</coordinates></Point></Placemark></kml>"
)
_GOOD = (
    _PLAIN.encode(),
    b"\xef\xbb\xbf" + _PLAIN.encode(),
    _PLAIN.encode("utf-16"),
    _PLAIN.encode("utf-16-le"),
    _PLAIN.encode("cp1252"),
    gzip.compress(_PLAIN.encode()),
    _zipped("a.csv", _PLAIN),
    _zipped("doc.kml", _KML),
    _KML.encode(),
    json.dumps({"type": "FeatureCollection", "features": [_FEATURE]}).encode(),
    _parquet(),
)


def _answer(data: bytes) -> RawTable | None:
    try:
        file = open_file(data, name="fuzz.csv", limits=_LIMITS)
        if file.form in BINARY_FORMS:  # in this process, whose exceptions are seen
            draft = TableDraft(file.name, file.sha256, file.encoding, _LIMITS)
            with tempfile.TemporaryDirectory() as name:
                path = Path(name) / "data"
                path.write_bytes(file.data)
                blocks = read_binary(path, file.form, draft, None)
                write_table(blocks, draft, len(file.data), path.parent)
                table = read_handover(path.parent)
        else:
            table = read_opened_table(file, limits=_LIMITS)
    except GeomapError:
        return None
    rows = [*table.frame.index, *table.lost_rows]
    assert len(rows) == len(set(rows)), "a row is counted twice"
    assert table.frame.index.is_monotonic_increasing
    return table


@_QUICK
@given(st.binary(max_size=2000))
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    """An upload of anything at all never ends in a traceback."""
    _answer(data)


_DOCUMENTS = tuple(data.encode() if isinstance(data, str) else data for data, *_ in FILES.values())


@st.composite
def _mutated(draw: st.DrawFn, good: tuple[bytes, ...]) -> bytes:
    data = bytearray(draw(st.sampled_from(good)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        gone = draw(st.integers(0, 12))
        data[start : start + gone] = draw(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from([b'"', b"\x00", b"\r", b'""', b"\xff\xfe", b"]]]", b"PK\x03\x04"]),
            )
        )
    return bytes(data)


@_QUICK
@given(_mutated(_GOOD))
def test_good_files_with_faults_are_read_or_refused(data: bytes) -> None:
    """A cut download, or a spoilt byte, is reported and raises nothing else."""
    _answer(data)


@_QUICK
@given(_mutated(_DOCUMENTS))
def test_documents_with_faults_are_read_or_refused(data: bytes) -> None:
    """Python's own exceptions, and those of its libraries, are never the answer."""
    with pytest.MonkeyPatch.context() as patch, suppress(GeomapError):
        # In this process, whose exceptions are seen.
        patch.setattr("geomap.readers.article_texts.is_risky", lambda *_: False)
        file = open_file(data, name="fuzz", limits=_LIMITS)
        if file.verdict.kinds[:1] == ("articles",):
            assert all(one.text for one in read_opened_articles(file, limits=_LIMITS).articles)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            b'{"date":"2020-01-01","lat":1,"lon":2,"place":"\\ud800x"}', id="half a letter"
        ),
        pytest.param(b'{"date":"2020-01-01","lat":1,"lon":2,"place":"\\ud83d\\ude00"}', id="pair"),
    ],
)
def test_found_by_fuzzing(data: bytes) -> None:
    """Each finding stays as a test; half of a surrogate pair has no place in a table."""
    table = _answer(data)

    assert table is not None
    assert table.frame["place"].tolist() in (["\ufffdx"], ["\U0001f600"])


_CELLS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cc"]),
    min_size=1,
    max_size=12,
)


@_QUICK
@given(
    rows=st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=2, max_size=20),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_quoted_table_comes_back_cell_by_cell(
    rows: list[list[str]], delimiter: str, encoding: str, ending: str
) -> None:
    """Reading is the reverse of writing in every encoding, delimiter and line end."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    names = ["first name", "second name", "third name"]
    writer.writerow(names)
    writer.writerows(rows)

    table = _answer(out.getvalue().encode(encoding))

    assert table is not None
    assert table.delimiter == delimiter
    assert table.frame.to_numpy().tolist() == rows


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"date,place\n2024-01-01," + b"x" * 200_000 + b"\n", id="one long cell"),
        pytest.param(b"date,place\n" + b"\n" * 300_000 + b"2024-01-01,x\n", id="blank lines"),
        pytest.param(b"date,place\n" + b'"\n' * 20_000, id="quotes without end"),
        pytest.param(b'"' * 300_000, id="nothing but quotes"),
        pytest.param(b"," * 300_000, id="nothing but commas"),
        pytest.param(b",".join(b"c%d" % n for n in range(100_000)) + b"\n1\n", id="columns"),
        pytest.param(b"[" * 300_000, id="brackets"),
        pytest.param(
            b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"d":'
            + b"[" * 950 + b"]" * 950
            + b'},"geometry":{"type":"Polygon","coordinates":' + b"[" * 950 + b"]" * 950 + b"}}]}",
            id="nested features",
        ),
        pytest.param(gzip.compress(b"\0" * 20_000_000), id="gzip bomb"),
        pytest.param(b"date,place\n" + b"\x00,\x00\n" * 10_000, id="NUL bytes"),
    ],
)  # fmt: skip
def test_hostile_files_end_in_a_table_or_a_sentence(data: bytes) -> None:
    """What is made to fill the memory or the day is answered like any other file."""
    _answer(data)


def test_a_known_layout_without_its_dates_is_no_fault_of_ours() -> None:
    """Found by fuzzing: the signature of a dataset without the columns that feed its fields."""
    from geomap.layouts import recognise_layout

    table = read_table(b"where_prec,date_prec,geom_wkt\n1,1,POINT (1 2)\n", name="t.csv")

    assert recognise_layout(table).missing == ("event_date",)


def test_a_cell_longer_than_the_limit_refuses_the_file() -> None:
    """One cell of 50 MB is a fault of the export, and no place name."""
    with pytest.raises(FileRefusedError, match="cell_chars"):
        read_table(b"date,place\n1," + b"x" * 200_000 + b"\n", name="t.csv", limits=_LIMITS)
