"""Examples of files and of code in the documentation do what they are shown for."""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.pages import DOCSTRINGS, PAGES, blocks

from geomap.layouts import read_layouts, recognise_layout
from geomap.layouts.checking import KEYS
from geomap.readers.table_file import read_table
from geomap.sharing import bundled_terms, read_terms

LANGUAGES = {"sh", "text", "json", "yaml"}
"""Languages of blocks; each is run, read or compared by a test of this folder."""
RUN_ELSEWHERE = {"docs/map-component.md"}
"""Pages with a recipe in Python that a test of its room runs."""
TABLE = b"Log No;Tag der Meldung;Posten;Art;Guete;Zeit\n1;03/04/2022;Shusha;2;B;W\n"


def test_licences_of_the_example_come_before_the_bundled_ones(tmp_path: Path) -> None:
    """An example that is refused would teach nothing."""
    (example,) = blocks(PAGES["docs/figures.md"], "yaml")
    (tmp_path / "licences.yaml").write_text(example, "utf-8")
    terms = read_terms(tmp_path)

    assert [term.redistribute for term in terms[:2]] == [True, False]
    assert terms[2:] == bundled_terms()


def test_layout_of_the_example_decides_on_a_table_as_it_describes(tmp_path: Path) -> None:
    """It is the only introduction to layouts that people get."""
    (example,) = blocks(PAGES["docs/formats.md"], "yaml")
    (tmp_path / "checkpoints.yaml").write_text(example, "utf-8")
    own = read_layouts(tmp_path)
    layout = recognise_layout(read_table(TABLE, name="t.csv"), own=own)

    assert (layout.name, layout.missing) == ("checkpoints", ())
    assert layout.spec.date_order == "dmy"
    assert layout.spec.words["event_type"]["2"] == "Open"


def test_keys_of_a_layout_are_all_described() -> None:
    """Whoever may write a key must be able to read of it."""
    guide = PAGES["docs/formats.md"].split("## A layout of your own", 1)[1]

    assert not [key for key in KEYS if not re.search(rf"\b{key}\b", guide)]


def test_code_of_the_documentation_is_all_under_test() -> None:
    """A block in another language, or a new recipe in a docstring, needs a test here first."""
    block = re.compile(r"^```(\w*)\n.*?^```$", re.MULTILINE | re.DOTALL)
    for page, text in PAGES.items():
        allowed = {*LANGUAGES, "python"} if page in RUN_ELSEWHERE else LANGUAGES
        assert set(block.findall(text)) <= allowed, page
    assert not [name for name, text in DOCSTRINGS.items() if re.search(r"::\n|>>> |```", text)]
