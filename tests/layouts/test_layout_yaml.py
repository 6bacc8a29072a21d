"""Layouts that users write: read, checked, and preferred to what geomap brings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import InputError
from geomap.layouts import named_table, read_layouts, recognise_layout
from geomap.layouts.checking import KEYS
from geomap.layouts.column_values import fits, is_pattern
from geomap.layouts.layout_yaml import plain_spec, spec_from_yaml
from geomap.readers.table_file import read_table

OWN = """
name: checkpoint_log
title: our checkpoint log
dataset: checkpoints
signature: [log no, tag der meldung, posten]
date_order: dmy
fields:
  event_id: [log no]
  event_date: [tag der meldung]
  place_name: [posten]
geo_codes:
  column: guete
  values: {A: {precision: exact}, B: {precision: near, uncertainty_km: 5}}
words:
  event_type: {1: Closed, 2: Open}
"""
TABLE = b"Log No;Tag der Meldung;Posten;Guete\n1;03/04/2022;Shusha;A\n"


def test_read_layouts_lets_a_file_of_the_users_decide(tmp_path: Path) -> None:
    """One file in a folder, and the next upload is understood without a question."""
    (tmp_path / "log.yaml").write_text(OWN)
    own = read_layouts(tmp_path)
    layout = recognise_layout(read_table(TABLE, name="t.csv"), own=own)

    assert (layout.name, layout.missing) == ("checkpoint_log", ())
    assert "Log No, Tag der Meldung, Posten" in layout.reason
    assert layout.spec.date_order == "dmy"
    assert layout.spec.words["event_type"]["1"] == "Closed"


def test_read_layouts_takes_a_shape_without_header(tmp_path: Path) -> None:
    """A logger that writes no header is described by its columns and their form."""
    (tmp_path / "logger.yaml").write_text(
        "name: logger\ntitle: a logger\nheaderless:\n"
        "  - {columns: [at, lat, lon, what], delimiter: pipe, quoting: false,\n"
        "     checks: {at: '\\d{8}', what: '.?K\\d+'}}\n"
        "fields: {event_date: [at], latitude: [lat], longitude: [lon], event_type: [what]}\n"
    )
    own = read_layouts(tmp_path)
    table = read_table(b'20221212|39.7|46.7|"K1\n' * 2, name="t.txt", layouts=own)
    layout = recognise_layout(named_table(table, own), own=own)

    assert layout.name == "logger"
    assert "no header, 4 columns" in layout.reason
    assert table.frame["what"].tolist() == ['"K1', '"K1']


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name: [", "is not YAML (line"),
        ("- a", "it is not a list of keys"),
        ("title: x", "'name' must be a text"),
        ("name: Big Name\ntitle: x", "must be small letters"),
        ("name: a\ntitle: x", "no table would be recognised"),
        ("name: a\ntitle: x\nsignature: [b]\ncolour: red", "there is no key 'colour'"),
        ("name: a\ntitle: x\nsignature: [b]\nfields: {wen: [b]}", "has no field 'wen'"),
        ("name: a\ntitle: x\nsignature: [b]\nfields: {event_date: b}", "must be a list of column"),
        ("name: a\ntitle: x\nsignature: [b]\ndate_order: ymd", "must be dmy or mdy"),
        (
            (
                "name: a\ntitle: x\nsignature: [b]\n"
                "geo_codes: {column: c, values: {1: {precision: d}}}"
            ),
            "the 'precision' of code '1' in 'geo_codes' must be one of",
        ),
        (
            "name: a\ntitle: x\nheaderless: [{columns: [b], checks: {b: '(', c: x}}]",
            "is not a regular expression of RE2; a check of 'headerless' names the column 'c'",
        ),
        ("name: a\ntitle: x\nsignature: [b]\ncode_lists: {country: iso9}", "must be one of fips"),
    ],
)
def test_spec_from_yaml_names_every_fault_in_a_sentence(text: str, sentence: str) -> None:
    """Who writes a layout sees what is wrong with it, not a traceback."""
    with pytest.raises(InputError) as fault:
        spec_from_yaml(text, name="mine.yaml")

    assert str(fault.value).startswith("The layout mine.yaml ")
    assert sentence in str(fault.value)


def test_read_layouts_names_the_faults_of_all_files(tmp_path: Path) -> None:
    """Two bad files are two sentences; the name of a layout of ours is taken."""
    (tmp_path / "a.yaml").write_text("name: a")
    (tmp_path / "b.yml").write_text(OWN.replace("checkpoint_log", "acled"))
    (tmp_path / "c.yaml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InputError) as fault:
        read_layouts(tmp_path)

    for word in ("a.yaml", "'acled'", "c.yaml"):
        assert word in str(fault.value)


PARTS = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.dates()
    | st.text(max_size=5) | st.sampled_from(["day", "exact", "plain", "a", "tab", "any", "title"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["column", "values", "precision", "calendar", "whole_year", "any", "all",
                         "columns", "checks", "delimiter", "title", "code", "message", "a", 1]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(raw=st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, PARTS)), is_named=st.booleans())
def test_spec_from_yaml_gives_a_layout_or_sentences(
    raw: dict[str, object], *, is_named: bool
) -> None:
    """Whatever a layout of somebody else holds, the page says what is wrong with it."""
    whole = {**raw, "name": "a", "title": "A", "signature": ["b"]} if is_named else raw
    text = json.dumps(whole, default=str)

    try:
        spec = spec_from_yaml(text, name="a.yaml", base=plain_spec())
    except InputError as error:
        assert "a.yaml" in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert spec.name == whole["name"]


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ("words: {event_type: {1: [a, b]}}", "'words' must be pairs of code and word"),
        ("header_words: {event_type: {any: 5}}", "'header_words' must be lists of words"),
        ("header_words: {event_type: {one: [a]}}", "'header_words' must be lists of words"),
        ("date_order: [dmy]", "must be dmy or mdy"),
        ("span: month", "'span' must be day"),
        ("geo_default: {precision: [exact]}", "the 'precision' of 'geo_default'"),
        ("geo_default: {precision: exact, calendar: [month]}", "must be month or year"),
        ("words: {event_type: {1: 2024-02-31}}", "is not YAML"),
        ("words: {event_type: {1: !!int ''}}", "a tag"),
        ("code_lists: {country: ../plain}", "must be one of"),
        ("words: {event_type: &x {1: *x}}", "stand for too many values"),
    ],
)
def test_spec_from_yaml_refuses_values_of_another_kind(keys: str, sentence: str) -> None:
    """A list where a word belongs was an error of the program, not a sentence."""
    with pytest.raises(InputError, match=sentence):
        spec_from_yaml(f"name: a\ntitle: A\nsignature: [b]\n{keys}\n", name="a.yaml")


def test_checks_of_a_layout_end_on_any_cell(tmp_path: Path) -> None:
    """With Python's own expressions this pattern would not be done with this cell this year."""
    (tmp_path / "slow.yaml").write_text(
        "name: slow\ntitle: slow\nheaderless:\n"
        "  - {columns: [at, what], delimiter: pipe, checks: {at: '\\d{8}', what: '(a+)+b'}}\n"
        "fields: {event_date: [at], event_type: [what]}\n"
    )
    own = read_layouts(tmp_path)
    cell = "a" * 5_000

    table = read_table(f"20221212|{cell}b\n".encode() * 3, name="t.txt", layouts=own)
    other = read_table(f"20221212|{cell}\n".encode() * 3, name="t.txt", layouts=own)

    assert list(table.frame.columns) == ["at", "what"]
    assert list(other.frame.columns) != ["at", "what"]


@pytest.mark.parametrize("pattern", ["(?=a)a", r"(a)\1", "a{1000}{1000}", "(", "a)(b", "[", "\\Qa"])
def test_checks_of_a_layout_are_patterns_of_re2(pattern: str) -> None:
    """What could take for ever is refused when the layout is read, not met in a table."""
    assert not is_pattern(pattern)


@given(cell=st.text())
def test_a_pattern_fits_whole_cells_only(cell: str) -> None:
    """`a` is not found somewhere inside `cat`."""
    assert fits("a", [cell, "a", "ab", "ba", "a\n"]).tolist() == [cell == "a", True, *[False] * 3]
    assert fits("a|b+", [cell, "bb"]).tolist()[1]
