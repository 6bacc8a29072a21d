"""The work of reading an article grows with its length, whatever it is made of."""

from __future__ import annotations

import cProfile
import pstats

import pytest

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.incidents import read_article
from geomap.readers.article_metadata import article_from_text

_CHARS = 5_000
_SHAPES = {
    "news": "Two people were killed in Baku on 3 March 2022, police said. Talks go on in Shusha. ",
    "dates": "It was 3 March 2022, 5 May 2021, ",
    "names": "Baku and Paris, Shusha. Goma ",
    "lines": "Baku\n",
    "endless": "soldiers killed two people in Baku on 3 March 2022 and the army said that ",
    "no blanks": "abcdefghij",
    "scripts": "В Киеве взрыв 3 марта. 北京发生爆炸。 قتل شخصان في حلب. Shots in Paris. ",
    "roads": "the road between Baku and Shusha, the M4 highway from Paris to Lyon, ",
    "zones": "in the area between Goma, Baku, Paris and Lyon, ",
    "marks": "Word. .,;([\"' ",
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Return the names of the curated layer."""
    return open_gazetteer(layers={"curated"})


def _calls(text: str, gazetteer: Gazetteer) -> int:
    """Return how many functions are called to read a text."""
    profile = cProfile.Profile()
    article = article_from_text(text, file_name="t.txt")
    profile.runcall(read_article, article, gazetteer)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("shape", _SHAPES)
def test_the_work_grows_in_proportion_to_the_text(shape: str, gazetteer: Gazetteer) -> None:
    """Four times the text is four times the work: what compares all with all is sixteen times."""
    text = _SHAPES[shape] * (_CHARS // len(_SHAPES[shape]))
    _calls(text[:500], gazetteer)  # fills the caches

    once, four_times = _calls(text, gazetteer), _calls(text * 4, gazetteer)

    assert four_times < 4.4 * once
