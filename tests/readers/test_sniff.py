"""What a file holds, judged from its content: rows of events, articles, both or neither."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import FileRefusedError
from geomap.readers.sniff import judge_head, open_file

TABLE = "date,place,type\n2022-12-12,Shusha,Protest\n"
PROSE = (
    "Protesters blocked the road, officials said on Monday.\n\n"
    "Nobody was hurt, the ministry added, and the road is open again.\n"
)


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        "alpha;beta;gamma\n1;2;3\n4;5;6\n",
        'id,note\n1,"A crowd met, and left."\n2,Shots were fired.\n',
        "A title\n\nDatum;Ort;Breite\n19.09.2023;Schuscha;39,76\n",
        "w\tx\n#date+occurred\t#loc+name\n2022-12-12\tShusha\n",
        "sep=|\nwhen|where\n2022|Shusha\n",
        "date,lat,lon\n",
        'id,date,lat,lon\n1,2022-12-12,"39.8,46.7\n2,2022-12-13,39.8,46.7\n',
    ],
)
def test_lines_of_cells_are_a_table(text: str) -> None:
    """Delimiters, a title above, tags or a quote that is never closed change nothing."""
    assert open_file(text.encode(), name="x").verdict.kinds == ("events",)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "One sentence, with two commas, and no more.",
        "Dear all,\nthe meeting is off.\n",
        "\tA first line, indented.\n\tA second one, indented too.\n",
        "Bakıda etiraz aksiyası keçirilib, polis bildirib.\nYollar bağlanıb, sonra açılıb.\n",
        "昨天，示威者封锁了通往城市的道路，警方随后赶到现场。\n交通现已恢复。\n",
        "- talks in Baku on 3 May\n- shots near the bridge at night\n- nobody claimed them yet\n",
        f"---\ntitle: x\n---\n{PROSE}",
        "<3 of them were there, witnesses said.\n",
        "[UPDATED] Protesters blocked the road on Monday.\n",
    ],
)
def test_sentences_are_an_article(text: str) -> None:
    """In any script, with commas in every line, and also when it begins like a tag or a list."""
    assert open_file(text.encode(), name="x.csv").verdict.kinds == ("articles",)


def test_lines_that_are_cells_and_sentences_may_be_both() -> None:
    """Nothing in such a text settles it: the question shows its lines."""
    text = "".join(f"On day {n}, in the town, they met.\n" for n in range(5))
    verdict = open_file(text.encode(), name="x").verdict

    assert set(verdict.kinds) == {"events", "articles"}
    assert verdict.proof[0] == "On day 0, in the town, they met."


@given(st.binary(max_size=300))
def test_any_bytes_are_judged_or_refused(data: bytes) -> None:
    """The head of a file in an archive is judged like the file itself, whatever it is."""
    try:
        kinds = set(open_file(data, name="x").verdict.kinds)
    except FileRefusedError:
        kinds = set()

    assert kinds | set(judge_head(data)) <= {"events", "articles"}


def packed(**files: str | bytes) -> bytes:
    """Return a zip; a name has "__" for its dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("files", "kinds"),
    [
        ({"rows__dat": TABLE, "notes__txt": PROSE}, ("events",)),
        ({"rows": TABLE, "pin__png": b"\x89PNG\r\n", "about__html": "<html><p>x</p></html>"},
         ("events",)),
        ({"story__dat": PROSE, "pin__png": b"\x89PNG\r\n"}, ("articles",)),
        ({"only__xyz": TABLE}, ("events",)),
    ],
)  # fmt: skip
def test_an_archive_is_opened_by_the_content_of_its_files(
    files: dict[str, str | bytes], kinds: tuple[str, ...]
) -> None:
    """A table beside a note, a picture or a page is the one that is meant, whatever its ending."""
    assert open_file(packed(**files), name="x.zip").verdict.kinds == kinds


def test_an_archive_of_several_tables_or_of_too_many_files_is_refused() -> None:
    """The one that is meant cannot be guessed."""
    for files in ({"a__x": TABLE, "b__y": TABLE}, {f"f{n}": PROSE for n in range(1_100)}):
        with pytest.raises(FileRefusedError, match="holds") as refused:
            open_file(packed(**files), name="x.zip")
        assert refused.value.code == "archive_tables"
