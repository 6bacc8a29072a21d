"""The country of a name that no place bears, from the names around it in the text."""

from pathlib import Path

import pandas as pd
import pytest

from geomap.store.schemas import empty
from geomap.workspace.contents import Contents
from geomap.workspace.unplaced_names import unplaced_names

Row = tuple[int, str, str | None, str | None]


def contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *rows: Row) -> Contents:
    """Return a workspace whose one article has these toponyms: start, text, place, country."""
    columns = ("start_char", "text", "place_id", "country_code")
    toponyms = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])
    toponyms["article_id"] = "a"
    opened = Contents(tmp_path)
    monkeypatch.setattr(opened, "toponyms", lambda: toponyms)
    monkeypatch.setattr(opened, "events", lambda: empty("events"))
    return opened


def test_unplaced_names_are_in_the_country_of_their_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that begins in one country and goes on in another names villages of both."""
    first: list[Row] = [(n * 10, f"A{n}", f"p{n}", "ML") for n in range(5)]
    second: list[Row] = [(5000 + n * 10, f"B{n}", f"q{n}", "UA") for n in range(5)]
    village: list[Row] = [(25, "Oura", None, None), (5025, "Staryi", None, None)]
    workspace = contents(tmp_path, monkeypatch, *first, *second, *village)

    assert [(one.name, one.country_code) for one in unplaced_names(workspace)] == [
        ("Oura", "ML"),
        ("Staryi", "UA"),
    ]


def test_unplaced_names_of_a_text_without_places_have_no_country(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is guessed from the name alone."""
    workspace = contents(tmp_path, monkeypatch, (0, "Oura", None, None))

    assert [one.country_code for one in unplaced_names(workspace)] == [None]
