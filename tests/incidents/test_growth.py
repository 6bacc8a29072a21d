"""Reading takes a time in proportion to the text: counted in comparisons, not in seconds."""

from __future__ import annotations

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.incidents import drafts, read_article
from geomap.incidents.incident_reader import LONGEST_SENTENCE, _parts
from geomap.readers.article_metadata import article_from_text

_SENTENCE = "On {day} May 20{year} gunmen attacked a market in {place}. "
_PLACES = ("Kharkiv", "Aleppo", "Mopti")


def _comparisons(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    seen = 0
    compare = drafts.same_event

    def counted(one: drafts.Draft, other: drafts.Draft) -> bool:
        nonlocal seen
        seen += 1
        return compare(one, other)

    text = "".join(
        _SENTENCE.format(day=n % 27 + 1, year=10 + n // 27 % 12, place=_PLACES[n % 3])
        for n in range(count)
    )
    with monkeypatch.context() as patch:
        patch.setattr(drafts, "same_event", counted)
        read_article(article_from_text(text, file_name="x"), open_gazetteer(layers={"curated"}))
    return seen


def test_the_comparisons_of_mentions_grow_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the text is twice the work, not four times."""
    once = _comparisons(600, monkeypatch)
    twice = _comparisons(1200, monkeypatch)

    assert once > 0
    assert twice < 2.6 * once


def test_a_sentence_without_end_is_read_in_parts_that_lose_nothing() -> None:
    """Each part is short enough, and together they are the sentence to the letter."""
    for text in ("and gunmen attacked " * 1_000, "x" * 10_000):
        parts = list(_parts(text, 0, len(text)))

        assert "".join(text[a:b] for a, b in parts) == text
        assert max(b - a for a, b in parts) <= LONGEST_SENTENCE


def test_an_ordinary_sentence_stays_whole() -> None:
    """Only what is too long to be a sentence is cut."""
    assert list(_parts("a " * 500, 4, 900)) == [(4, 900)]
