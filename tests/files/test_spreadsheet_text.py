"""The guard against formulas can be taken off again, whatever the text was."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from geomap.files.spreadsheet_text import guarded, unguarded


@given(st.text(alphabet="'=+-@ \t\n\uff1dab1"))
@example("''=1")
@example("'quoted'")
def test_a_guarded_text_comes_back_as_it_was_and_never_begins_a_formula(text: str) -> None:
    """A cell must neither run nor change on its way through a spreadsheet and back."""
    cell = guarded(text)

    assert unguarded(cell) == text
    assert cell.lstrip(" ")[:1] not in ("=", "+", "-", "@", "\uff1d")
