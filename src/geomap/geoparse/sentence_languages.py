"""The sentences of a text, each with the language that it is written in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geomap.geoparse.data_tables import ENGLISH, words_of
from geomap.geoparse.languages import languages_of, script_of
from geomap.geoparse.tokens import Token, sentences, tokenise
from geomap.vocabulary import read_data_rows


@dataclass(frozen=True, slots=True)
class Sentence:
    """The characters [start_char, end_char) of a text.

    `language` is an ISO 639-1 code; None in a script whose languages geomap does not tell apart.
    """

    start_char: int
    end_char: int
    language: str | None


def sentences_by_language(text: str) -> Iterator[Sentence]:
    """Yield each sentence of a text that has a word, in order.

    Parameters
    ----------
    text
        Text of an article. A sentence in Latin letters without little words of its own, such as
        a list of names, has the language of the text around it.
    """
    bounds = sentences(text)
    words: dict[int, list[Token]] = defaultdict(list)
    tokens = tokenise(text, bounds)
    for token in tokens:
        if token.text[0].isalpha():
            words[token.sentence].append(token)
    languages = dict(enumerate(languages_of(tokens)))
    proven = {languages[number] for number in words if _speaks(words[number], languages[number])}
    for number in sorted(words):
        language = languages[number]
        # the letters of a name alone make no other language out of English around it
        by_letters = script_of(words[number][0].text) == "Latin" and language not in proven
        is_english = by_letters and (ENGLISH in proven or _speaks(words[number], ENGLISH))
        yield Sentence(*bounds[number], ENGLISH if is_english else language or None)


def _speaks(words: Sequence[Token], language: str) -> bool:
    """Return whether the words of a sentence that are no names show its language.

    A little word does so, and for any language but English two words with letters beyond a to z.
    """
    own = {word.lower for word in words if word.first or not word.text[0].isupper()}
    if own & words_of(language, "small"):
        return True
    return language != ENGLISH and sum(not word.isascii() for word in own) > 1


@lru_cache(maxsize=1)
def language_names() -> dict[str, str]:
    """Return the English name of each language that sentences are told apart in, by its code."""
    return dict(read_data_rows("geomap.geoparse", "language_names.tsv"))
