"""Words of others in the elements of Streamlit that read Markdown."""

import re

from hypothesis import given
from hypothesis import strategies as st

from geomap.dashboard.shared.components import plain_words


@given(st.text(max_size=60))
def test_plain_words_leaves_no_mark_that_markdown_could_read(text: str) -> None:
    """A file may be called anything, an image of another server included."""
    said = plain_words(text)

    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", said) == " ".join(text.split())
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\.", "", said))


def test_plain_words_leaves_letters_of_every_script_alone() -> None:
    """A backslash before a letter would be seen."""
    assert plain_words("Xankəndi Ստեփանակերտ") == "Xankəndi Ստեփանակերտ"
