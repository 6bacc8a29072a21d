"""The sentences of a text that are not read for events, because of their language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from geomap.geoparse.sentence_languages import Sentence, language_names, sentences_by_language

EVENT_LANGUAGES = frozenset({"en"})
"""Languages whose sentences are read for events; names and days are read in more."""


def unread_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences in which no event is looked for, in the order of the text.

    Parameters
    ----------
    text
        Text of an article.
    """
    return tuple(
        sentence
        for sentence in sentences_by_language(text)
        if sentence.language not in EVENT_LANGUAGES
    )


def unread_words(unread: Iterable[Sentence]) -> str:
    """Return how many sentences there are of each language: "12 sentences in Russian".

    Parameters
    ----------
    unread
        Sentences of one text or of several, at least one.
    """
    counts = Counter(sentence.language for sentence in unread).most_common()
    (language, count), *rest = counts
    first = f"{count:,} sentence{'' if count == 1 else 's'} in {_name(language)}"
    parts = [first, *(f"{count:,} in {_name(language)}" for language, count in rest)]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _name(language: str | None) -> str:
    return "a language that is not known" if language is None else language_names()[language]
