"""Reading in bulk gives what reading record by record gives, whatever the text."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.readers import bulk_csv
from geomap.readers.table_file import RawTable, read_table

_HEAD = "day,place,note\n"
_MARKS = st.text(alphabet='a1,"\n\r;\u00e9 ', max_size=12)
_LINES = st.sampled_from(
    ["1,b,c\n", '2,"b,b",c\n', '3,"b\nb",c\n', '4,b"b,c\r\n', "\n", "5,b\n", "6,b,c,\n",
     ",,\n", '7,b,"\n', '8,"b"b,c\n', '9,b,"c\n9,b,c\n9"\n', "10,b,c,d\n", '11,"b""",c\r']
)  # fmt: skip


def _read(text: str, patch: pytest.MonkeyPatch, *, bulk: bool, size: int) -> RawTable | str:
    with patch.context() as context:
        context.setattr(bulk_csv, "LARGEST", size)
        context.setattr(bulk_csv, "SMALLEST", max(1, size // 8))
        if not bulk:
            context.setattr(bulk_csv, "_in_bulk", lambda *_: None)
        try:
            return read_table(text.encode(), name="t.csv")
        except FileRefusedError as error:
            return error.code


@settings(deadline=None, max_examples=200)
@given(
    body=st.lists(st.one_of(_LINES, _MARKS), max_size=30).map("".join),
    size=st.sampled_from([8, 24, 64, 1 << 20]),
)
def test_bulk_reading_gives_the_cells_rows_and_faults_of_careful_reading(
    body: str, size: int
) -> None:
    """Speed may never change the cells of a file."""
    with pytest.MonkeyPatch.context() as patch:
        careful = _read(_HEAD + body, patch, bulk=False, size=1 << 20)
        fast = _read(_HEAD + body, patch, bulk=True, size=size)

    if isinstance(careful, str) or isinstance(fast, str):
        assert fast == careful
        return
    assert fast.frame.index.tolist() == careful.frame.index.tolist()
    assert fast.frame.to_numpy().tolist() == careful.frame.to_numpy().tolist()
    assert fast.bad_rows == careful.bad_rows


def test_row_numbers_hold_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report points at the row that a person sees, however far down the file."""
    monkeypatch.setattr(bulk_csv, "LARGEST", 256)
    monkeypatch.setattr(bulk_csv, "SMALLEST", 64)
    rows = [f'{n},place,"a\nnote {n}"\n' if n % 7 == 0 else f"{n},p,x\n" for n in range(2, 400)]
    rows[101] = "103,too,many,cells\n"

    table = read_table(f"title,,\n{_HEAD}{''.join(rows)}".encode(), name="t.csv")

    assert table.lost_rows == (103,)
    assert (table.frame.index == table.frame["day"].astype(int)).all()


@pytest.mark.parametrize(
    ("limit", "data"),
    [
        ("rows", _HEAD + "1,2,3\n" * 50),
        ("columns", ",".join(f"c{n}" for n in range(30)) + "\n"),
        ("cell_chars", _HEAD + f"1,2,{'x' * 2000}\n"),
        ("bytes", _HEAD + "1,2,3\n" * 5000),
    ],
)
def test_a_refusal_names_the_limit_its_value_and_how_to_raise_it(limit: str, data: str) -> None:
    """Whoever meets a limit can decide about it without asking anyone."""
    limits = TableLimits(rows=20, columns=10, cell_chars=1000, bytes=20_000)

    with pytest.raises(FileRefusedError, match=rf"\({limit}\) is .*GEOMAP_MAX_{limit.upper()}"):
        read_table(data.encode(), name="t.csv", limits=limits)


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server with less memory sets them without a change to the program."""
    monkeypatch.setenv("GEOMAP_MAX_ROWS", "2")

    with pytest.raises(FileRefusedError, match=r"limit \(rows\) is 2"):
        read_table(f"{_HEAD}1,2,3\n4,5,6\n7,8,9\n".encode(), name="t.csv")


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5"])
def test_a_limit_that_is_no_number_is_told(value: str) -> None:
    """A slip in a setting must not switch a limit off."""
    with pytest.raises(ValueError, match="GEOMAP_MAX_ROWS"):
        TableLimits.from_environment({"GEOMAP_MAX_ROWS": value})


def test_reading_can_be_followed_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever gives up on a large file need not wait for its end."""
    monkeypatch.setattr(bulk_csv, "LARGEST", 64)
    shares: list[float] = []

    def show(_words: str, share: float) -> None:
        shares.append(share)
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_table((_HEAD + "1,2,3\n" * 200).encode(), name="t.csv", progress=show)

    assert shares == sorted(shares)
    assert 2 < len(shares) < 20


def _zip_with_a_wrong_offset() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", _HEAD)
    data = out.getvalue()
    end = data.rindex(b"PK\x05\x06")
    return data[: end + 16] + (end + 99).to_bytes(4, "little") + data[end + 20 :]


def test_an_archive_with_wrong_offsets_is_refused_in_words() -> None:
    """Found by fuzzing: the standard library answers with a ValueError about a seek."""
    with pytest.raises(FileRefusedError):
        read_table(_zip_with_a_wrong_offset(), name="t.zip")
