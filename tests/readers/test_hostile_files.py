"""A file that was made to break a library is refused with one sentence, and breaks nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.readers import hostile_files
from tests.readers.workbooks import workbook

from geomap.errors import Cancelled, FileRefusedError
from geomap.gazetteer import open_gazetteer
from geomap.geo.wkt import DEEPEST, read_wkt
from geomap.ingest import IngestOptions, ingest_table
from geomap.limits import TableLimits
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

_HASTY = TableLimits(reader_seconds=4)
_MOST_MEMORY = 1_200_000_000
_STRAY = ("A0", "ZZZZZZZ1", "A99999999999", "XFE1", "1A", "A-1", "AAAAAAAAAAAAAAAAAAAA9", "$A$1")


def _refusal(data: bytes, limits: TableLimits = _HASTY) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as caught:
        read_table(data, name="t.bin", limits=limits)
    message = str(caught.value)
    assert re.fullmatch(r"t\.bin [^\n]+\.", message), message
    return caught.value


_MEASURE = """
import resource, sys
from pathlib import Path
from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.readers.table_file import read_table
try:
    read_table(Path(sys.argv[1]), name="t.bin", limits=TableLimits(unpacked_ratio=1000))
except FileRefusedError as error:
    print(error.code)
else:
    print("read")
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def _answer_and_memory(data: bytes, folder: Path) -> tuple[str, int]:
    """Return the code of the refusal, or "read", and the memory of the process that read it.

    Measured from a small process: a child counts the memory of the one that it came from.
    """
    path = folder / "t.bin"
    path.write_bytes(data)
    command = [sys.executable, "-c", _MEASURE, str(path)]
    answer, memory = subprocess.check_output(command, text=True).split()
    return answer, int(memory)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
@pytest.mark.parametrize(
    "make",
    [
        hostile_files.long_shared_string,
        hostile_files.merged_over_long_text,
        hostile_files.expanding_parquet,
    ],
)
def test_a_file_that_fills_the_memory_is_refused(make: Callable[[], bytes], tmp_path: Path) -> None:
    """Some kB that stand for GB of text end the process that reads them, and not the app."""
    answer, memory = _answer_and_memory(make(), tmp_path)

    assert answer in {"too_large", "zip_bomb"}
    assert memory < _MOST_MEMORY


@pytest.mark.parametrize(
    "make",
    [
        hostile_files.recursive_view,
        hostile_files.large_blob,
        hostile_files.merged_over_everything,
    ],
)
def test_a_file_that_is_read_without_end_is_refused(make: Callable[[], bytes]) -> None:
    """The limit of time is named, and how to raise it."""
    error = _refusal(make())

    assert error.code == "too_large"
    assert "GEOMAP_MAX_" in str(error)


@pytest.mark.parametrize("reference", _STRAY)
def test_a_workbook_with_a_stray_reference_is_read_or_refused(reference: str) -> None:
    """A library that panics on it ends its own process."""
    data = hostile_files.stray_reference(reference)
    try:
        table = read_table(data, name="t.bin", limits=_HASTY)
    except FileRefusedError:
        assert _refusal(data).code in {"too_large", "broken_file", "broken_workbook"}
    else:
        assert table.columns[:2] == ("date", "notes")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_an_honest_workbook_that_expands_a_lot_stays_within_the_memory(tmp_path: Path) -> None:
    """It is read or refused; either way in less than 1.2 GB."""
    answer, memory = _answer_and_memory(hostile_files.expanding_workbook(), tmp_path)

    assert answer in {"read", "too_large"}
    assert memory < _MOST_MEMORY


def test_an_archive_with_a_nameless_entry_is_refused() -> None:
    """Python's zip reader asks for the last letter of its name, and there is none."""
    assert _refusal(hostile_files.nameless_entry()).code == "broken_archive"


@pytest.mark.parametrize("cell", ["x" * 5_000, "x," * 2_500, '"' + "x\n" * 2_500])
def test_a_line_that_is_too_long_is_refused(cell: str) -> None:
    """It is refused before it is cut into cells."""
    data = f"date,lat,lon,notes\n2020-01-01,1,2,{cell}\n".encode()

    assert "GEOMAP_MAX_LINE_BYTES" in str(_refusal(data, TableLimits(line_bytes=4_000)))


@pytest.mark.parametrize("depth", [DEEPEST, 200_000])
def test_deeply_nested_wkt_is_a_rejected_row(depth: int) -> None:
    """The library that reads WKT overflows the stack on it, which ends the whole process."""
    rows = f"2020-01-01,{hostile_files.nested_wkt(depth)}\n2020-01-02,POINT (3 4)\n"
    raw = read_table(f"date,geometry\n{rows}".encode(), name="t.csv")
    result = ingest_table(
        raw, existing=empty_events(), gazetteer=open_gazetteer(layers={"curated"}),
        options=IngestOptions(assume_yes=True), batch_id="b",
    )  # fmt: skip

    assert result.batch.counts["rows"] == 2
    assert result.batch.counts["accepted"] == 1


def test_read_wkt_reads_what_real_layers_hold() -> None:
    """Many brackets side by side are not deep."""
    part = "((0 0, 1 0, 1 1, 0 0))"
    texts = [f"MULTIPOLYGON ({', '.join([part] * 500)})", hostile_files.nested_wkt(2), "POINT x"]
    shapes = read_wkt(np.array(texts, dtype=object))

    assert [shape is not None for shape in shapes] == [True, True, False]
    assert len(shapes[0].geoms) == 500


def test_a_reading_in_another_process_can_be_cancelled() -> None:
    """Cancel ends the process too."""

    def cancel(sentence: str, share: float) -> None:
        assert (sentence, share) == ("Reading t.xlsx", 0.0)
        raise Cancelled

    with pytest.raises(Cancelled):
        read_table(workbook({"s": [["date"], ["2020"]]}), name="t.xlsx", progress=cancel)


def test_a_name_with_odd_letters_goes_to_the_other_process_and_back() -> None:
    """A name from the file system may hold bytes that are no text."""
    table = read_table(workbook({"s": [["date", "lat"], ["2020", 1]]}), name="a\udce9\n.xlsx")

    assert table.file_name == "a\udce9\n.xlsx"
    assert table.frame.to_dict("list") == {"date": ["2020"], "lat": ["1"]}
