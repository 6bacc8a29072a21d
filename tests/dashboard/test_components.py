"""Words of others in the elements of Streamlit."""

from streamlit.testing.v1 import AppTest
from tests.hostile import TEXT


def _page(words: str) -> None:
    from geomap.dashboard.shared.components import ProgressBar

    ProgressBar("Beginning").show(f"Reading {words}.csv", 0.5)


def test_a_progress_bar_says_names_to_the_letter() -> None:
    """A file may be called anything; Markdown, also escaped, makes links of addresses in it."""
    app = AppTest.from_function(_page, kwargs={"words": TEXT}).run()

    assert not app.exception
    assert [line.value for line in app.text] == [f"Reading {TEXT}.csv"]
    assert not app.markdown
