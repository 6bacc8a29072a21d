"""The index of names on disk: every row comes back, and damage is reported."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import StoreError
from geomap.gazetteer import normalise_name
from geomap.gazetteer.place_index import (
    ABBREVIATION,
    ADJECTIVE,
    CODE,
    MAIN,
    SHORT,
    TRANSLITERATION,
    NameIndex,
    Row,
    write_index,
)
from geomap.model import ToponymKind

FILES = ("keys.marisa", "ids.marisa", "rows.npy", "starts.npy", "hits.npy", "flags.npy",
         "id_rows.npy", "blocks.npy", "names.z", "layout.json")  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=9)


def row(number: int, name: str, *names: str, marked: tuple[tuple[str, int], ...] = ()) -> Row:
    """Return a town for an index."""
    return Row(
        f"t:{number}", name, names, 40.5, -3.25, ToponymKind.CITY, "PPL", "ES", "MD", "cities",
        population=number, uncertainty_km=2.0, marked=marked,
    )  # fmt: skip


def index_of(folder: Path, *rows: Row) -> NameIndex:
    """Write rows into a folder and open it."""
    assert write_index(folder, rows, {"cities": "a list"}, {"cities": "CC0"}) == len(rows)
    return NameIndex(folder)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=150))
def test_name_index_gives_back_every_row_and_name(names: list[list[str]]) -> None:
    """A name that went in and is not found is a place lost; one too many is invented."""
    rows = [row(number, *forms) for number, forms in enumerate(names)]
    with tempfile.TemporaryDirectory() as folder:
        index = index_of(Path(folder), *rows)

        assert len(index) == len(rows)
        for number, one in enumerate(rows):
            assert index.row_of(one.place_id) == number
            place = index.place(number)
            assert place.place_id == one.place_id
            forms = [form.name for form in place.names]
            assert forms == list(dict.fromkeys([one.name, *one.names]))
            assert (place.name, place.population) == (one.name, number)
        bearers: dict[str, set[int]] = {}
        for number, one in enumerate(rows):
            for form in (one.name, *one.names):
                bearers.setdefault(normalise_name(form), set()).add(number)
        bearers.pop("", None)
        for key, wanted in bearers.items():
            assert sorted(index.hits(key)[0].tolist()) == sorted(wanted)
        assert index.row_of("t:no") is None
        assert index.row_of("t:\udcff") is None
        assert not len(index.hits("no such key at all")[0])


@pytest.mark.parametrize(
    ("form", "mark"),
    [
        ("Testford", MAIN),
        ("Prova", 0),
        ("TFD", CODE),
        ("testa forda", TRANSLITERATION),
        ("Test", SHORT),
        ("Tst.", ABBREVIATION),
        ("Testfordian", ADJECTIVE),
    ],
)
def test_each_form_keeps_its_mark(form: str, mark: int, tmp_path: Path) -> None:
    """The ranker and the recogniser weigh a code and an adjective otherwise than a name."""
    marked = (("Test", SHORT), ("Tst.", ABBREVIATION), ("Testfordian", ADJECTIVE))
    index = index_of(tmp_path, row(1, "Testford", "Prova", "TFD", "testa forda", marked=marked))

    assert index.hits(normalise_name(form))[1].tolist() == [mark]


def test_a_good_form_outweighs_a_doubtful_one_of_the_same_key(tmp_path: Path) -> None:
    """A spelling of a machine does not make the name doubtful, in whatever order they come."""
    index = index_of(
        tmp_path,
        row(1, "One", "prova", "Prova", marked=(("Prova", SHORT),)),
        row(2, "Two", "Prova", "prova"),
    )

    assert index.hits("prova")[1].tolist() == [0, 0]


def test_a_place_keeps_its_position_and_its_source(tmp_path: Path) -> None:
    """Coordinates have five decimals; the source is that of the layer."""
    place = index_of(tmp_path, row(7, "Testford")).place(0)

    assert place.geometry is not None
    assert (place.geometry.x, place.geometry.y) == (-3.25, 40.5)
    assert (place.source, place.licence, place.uncertainty_km) == ("a list", "CC0", 2.0)
    assert (place.kind, place.country_code) == (ToponymKind.CITY, "ES")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["missing", "cut short"])
def test_a_damaged_index_is_refused_at_once(name: str, damage: str, tmp_path: Path) -> None:
    """Half a file must not become wrong places later."""
    index_of(tmp_path, *(row(number, f"Testford {number}") for number in range(100)))
    file = tmp_path / name
    content = file.read_bytes()
    file.unlink()
    if damage == "cut short":
        file.write_bytes(content[: len(content) // 3])

    with pytest.raises(StoreError, match="delete that folder"):
        NameIndex(tmp_path)


def test_the_index_is_opened_without_being_read(tmp_path: Path) -> None:
    """A world of names must not be copied into memory by each process."""
    index = index_of(tmp_path, row(1, "Testford"))

    assert isinstance(index.rows, np.memmap)


def test_an_empty_index_knows_nothing(tmp_path: Path) -> None:
    """A user may switch on a layer that has no rows."""
    index = index_of(tmp_path)

    assert len(index) == 0
    assert not len(index.hits("testford")[0])
