"""The pieces of an article, joined, are the article to the letter."""

from hypothesis import given
from hypothesis import strategies as st
from tests.dashboard.conftest import doubtful_article

from geomap.dashboard.articles.text_marks import Mark, Shown, cut_text, mark_toponyms

MARKS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30)).map(
        lambda pair: Mark(pair[0], pair[0] + pair[1], "place", "0")
    ),
    max_size=8,
)


@given(st.text(max_size=50), MARKS)
def test_cut_text_keeps_every_character_whatever_the_marks(text: str, marks: list[Mark]) -> None:
    """Marks that overlap or lie outside the text must not lose or repeat a word."""
    assert "".join(piece["text"] for piece in cut_text(text, marks)) == text


def test_cut_text_prefers_the_longest_of_marks_that_start_together() -> None:
    """The road of two towns is one mark, not the first town and a rest."""
    text = "The Aba-Bebe road is open."
    marks = [Mark(4, 7, "place", "town"), Mark(4, 17, "place", "road")]

    marked = [piece for piece in cut_text(text, marks) if "kind" in piece]

    assert [(piece["text"], piece["id"]) for piece in marked] == [("Aba-Bebe road", "road")]


def test_mark_toponyms_reports_doubt_by_more_than_looks() -> None:
    """A dashed line is for the eye, a label for a screen reader; a sure name needs neither."""
    marks = mark_toponyms(doubtful_article().toponyms)

    assert [(mark.mark_id, mark.kind, mark.label) for mark in marks] == [
        ("0", "place", ""),
        ("1", "place nested", "Bebe, part of the name of an organisation"),
        ("2", "place uncertain", "Cece, uncertain place"),
        ("3", "place unplaced", "Dede, not placed"),
        ("4", "place", ""),
    ]
    assert marks[2].note == "Cece, uncertain place"


def test_mark_toponyms_leaves_out_what_is_not_shown_and_keeps_the_numbers() -> None:
    """A press sends the number back: it must lead to the same name under every filter."""
    toponyms = doubtful_article().toponyms

    outside = mark_toponyms(toponyms, Shown(nested=False))
    doubtful = mark_toponyms(toponyms, Shown(only_uncertain=True))

    assert [mark.mark_id for mark in outside] == ["0", "2", "3", "4"]
    assert [mark.mark_id for mark in doubtful] == ["2", "3"]
