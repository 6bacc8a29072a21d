"""The language of each sentence of a text, and the kinds of place that its nouns allow.

The script determines the language or leaves few; the little words of the sentence choose
among those.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from geomap.geoparse.data_tables import ENGLISH, languages_with, words_by_language, words_of
from geomap.geoparse.morphology import bare_forms
from geomap.geoparse.tokens import Token
from geomap.model import ToponymKind
from geomap.vocabulary import read_data_rows

_WRITTEN, _INFLECTED = ("small", "near", "article"), ("title", "thing", "never")
_NOUN_AFTER = languages_with("noun-after")
_K = ToponymKind
_KINDS = {
    "town": frozenset({_K.CITY}),
    "county": frozenset({_K.ADMIN2}),
    "district": frozenset({_K.ADMIN1, _K.ADMIN2}),
    "province": frozenset({_K.ADMIN1, _K.ADMIN2, _K.REGION}),
    "country": frozenset({_K.COUNTRY}),
    "land": frozenset({_K.REGION, _K.ADMIN1, _K.COUNTRY}),
    "water": frozenset({_K.WATER}),
    "airport": frozenset({_K.FACILITY}),
}
_SCRIPTS = [
    (script, [tuple(int(end, 16) for end in span.split("-")) for span in spans.split()])
    for script, spans, _ in read_data_rows("geomap.geoparse", "scripts.tsv")
]
_OF_SCRIPT = {
    script: tuple(languages.split())
    for script, _, languages in read_data_rows("geomap.geoparse", "scripts.tsv")
}
_LETTERS = {
    language: (frozenset(letters), float(weight))
    for language, (letters, weight) in words_by_language("letters").items()
}
_LEAST_LATIN, _LEAST_BESIDE_ENGLISH, _LEAD_LATIN = 1.0, 3.0, 1.0


@lru_cache(maxsize=16_384)
def classes_of(word: str, language: str) -> frozenset[str]:
    """Return the classes that a word, in lower case, belongs to, with any case ending.

    A little word or a preposition belongs to its class only as it stands.
    """
    forms = {word, *bare_forms(word, language)}
    as_written = (kind for kind in _WRITTEN if word in words_of(language, kind))
    inflected = (kind for kind in _INFLECTED if forms & words_of(language, kind))
    nouns = ("noun",) if forms & words_of(language, "noun", *_KINDS) else ()
    return frozenset((*as_written, *inflected, *nouns))


@lru_cache(maxsize=16_384)
def kinds_by_noun(word: str, *, after: bool) -> frozenset[ToponymKind]:
    """Return the kinds of place that a noun before or after a name allows, English left out."""
    for language in _OF_SCRIPT.get(script_of(word), ()):
        if language != ENGLISH and (language in _NOUN_AFTER) == after:
            kinds = _kinds({word, *bare_forms(word, language)}, language)
            if kinds:
                return kinds
    return frozenset()


@lru_cache(maxsize=16_384)
def kinds_by_english_noun(word: str) -> frozenset[ToponymKind]:
    """Return the kinds of place that an English noun in, before or after a name allows."""
    return _kinds({word}, ENGLISH)


def _kinds(forms: set[str], language: str) -> frozenset[ToponymKind]:
    kinds = (kinds for kind, kinds in _KINDS.items() if forms & words_of(language, kind))
    return next(kinds, frozenset())


def script_of(text: str) -> str:
    """Return the script of the first letter of a word, "" for one that the table lacks."""
    return _script_of_letter(text[0])


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    code = ord(letter)
    return next(
        (name for name, spans in _SCRIPTS if any(first <= code <= last for first, last in spans)),
        "",
    )


@lru_cache(maxsize=32)
def _languages_by_word(script: str) -> dict[str, tuple[str, ...]]:
    """Return the languages of a script that each little word speaks for."""
    languages: dict[str, list[str]] = defaultdict(list)
    for language in _OF_SCRIPT.get(script, ()):
        for word in words_of(language, "small"):
            languages[word].append(language)
    return {word: tuple(spoken) for word, spoken in languages.items()}


def languages_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the language of each sentence, "" where nothing shows it.

    A sentence in Latin letters is taken for the document's language unless its own little
    words say otherwise: names of foreign places alone make no foreign sentence.
    """
    sentences: dict[int, list[Token]] = defaultdict(list)
    for token in tokens:
        if token.text[0].isalpha():
            sentences[token.sentence].append(token)
    known: dict[tuple[tuple[str, bool], ...], tuple[str, dict[str, float]]] = {}
    scores = {}
    for number, words in sentences.items():  # a list repeats its lines
        key = tuple([(word.text, word.first) for word in words])
        if key not in known:
            known[key] = _scores(words)
        scores[number] = known[key]
    whole: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for script, counts in scores.values():
        for language, score in counts.items():
            whole[script][language] += score
    in_text = {
        script: max(spoken, key=lambda language: whole[script][language])
        for script, spoken in _OF_SCRIPT.items()
        if script in whole and spoken
    }
    count = tokens[-1].sentence + 1 if tokens else 0
    return tuple(_language(*scores[n], in_text) if n in scores else "" for n in range(count))


def _scores(words: Sequence[Token]) -> tuple[str, dict[str, float]]:
    """Return the commonest script of a sentence and how much speaks for each language of it."""
    scripts = Counter(script_of(word.text) for word in words)
    script = "Kana" if scripts["Kana"] else scripts.most_common(1)[0][0]
    counts: dict[str, float] = dict.fromkeys(_OF_SCRIPT.get(script, ()), 0.0)
    languages = _languages_by_word(script)
    for word in words:
        if word.first or not word.text[0].isupper():
            for language in languages.get(word.lower, ()):
                counts[language] += 1
    letters = set("".join([word.lower for word in words]))
    for language in _LETTERS.keys() & counts.keys():
        own, weight = _LETTERS[language]
        counts[language] += weight * len(letters & own)
    return script, counts


def _language(script: str, counts: Mapping[str, float], spoken: Mapping[str, str]) -> str:
    """Return the language of a sentence beside those of the document in each script."""
    if script not in spoken:
        return ""
    in_text = spoken[script]
    best = max(_OF_SCRIPT[script], key=lambda language: counts[language])
    if script != "Latin":
        return best if counts[best] > counts[in_text] else in_text
    least = _LEAST_BESIDE_ENGLISH if in_text == ENGLISH else _LEAST_LATIN
    return best if counts[best] >= max(least, counts[in_text] + _LEAD_LATIN) else in_text
