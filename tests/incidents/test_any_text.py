"""Any text can be read: an empty one, one without words, one of odd letters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.gazetteer import open_gazetteer
from geomap.incidents import read_article
from geomap.readers.article_metadata import article_from_text

WORDS = st.sampled_from(
    [
        *("BAKU", "Lachin", "road", "the", "Lachin-Khankendi", "on", "3", "May", "2023", "-", "."),
        *("killed", "said", "(Reuters)", "—", "talks", "will", "in", "Şuşa", "«Лачин»", "İ", "$"),
        "\n\n",
    ]
)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "—", "\ufeff", "🙂", "a", "A", "3"])
def test_read_article_takes_texts_without_words(text: str) -> None:
    """A blank line of a corpus must not end the run."""
    parsed = read_article(article_from_text(text), open_gazetteer(layers={"curated"}))

    assert parsed.toponyms == ()
    assert parsed.incidents == ()


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=200)))
def test_read_article_keeps_every_offset_within_the_text(text: str) -> None:
    """Whatever is pasted, what is marked is what stands there."""
    parsed = read_article(article_from_text(text), open_gazetteer(layers={"curated"}))

    assert all(text[t.start_char : t.end_char] == t.text for t in parsed.toponyms)
    assert all(text[d.start_char : d.end_char] == d.text for d in parsed.dates)
    ends = [(e.start_char, e.end_char) for i in parsed.incidents for e in i.evidence]
    assert all(0 <= start < end <= len(text) for start, end in ends)
