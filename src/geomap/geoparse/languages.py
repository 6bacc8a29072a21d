"""Which language a sentence is in, and the words of each language that speak of places.

The script tells the language or leaves few; its little words choose among those. The words
are data: `data/languages.tsv`. English has rules and word lists of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from geomap.geoparse.morphology import bare_forms
from geomap.geoparse.tokens import Token
from geomap.geoparse.word_lists import ENGLISH_MARKS
from geomap.model import ToponymKind

ENGLISH = "en"
CASELESS = frozenset({"ka", "fa", "ar", "ur", "he", "hi", "am", "zh", "ja", "ko"})
NOUNS_ARE_CAPITAL = frozenset({"de"})
_WRITTEN, _INFLECTED = ("small", "near", "article"), ("noun", "title", "thing", "never")
NOUN_AFTER = frozenset({"az", "tr", "kk", "hy", "ko"})
"""Languages that write "town" after the name of one; the others write it before."""
_KINDS = {
    "town": frozenset({ToponymKind.CITY}),
    "district": frozenset({ToponymKind.ADMIN1, ToponymKind.ADMIN2}),
    "province": frozenset({ToponymKind.ADMIN1, ToponymKind.ADMIN2, ToponymKind.REGION}),
    "water": frozenset({ToponymKind.WATER}),
    "airport": frozenset({ToponymKind.FACILITY}),
}
_SCRIPTS = (
    ("Latin", 0x41, 0x24F), ("Greek", 0x370, 0x3FF), ("Cyrillic", 0x400, 0x52F),
    ("Armenian", 0x531, 0x58F), ("Hebrew", 0x590, 0x5FF), ("Arabic", 0x600, 0x77F),
    ("Devanagari", 0x900, 0x97F), ("Georgian", 0x10A0, 0x10FF), ("Ethiopic", 0x1200, 0x139F),
    ("Latin", 0x1E00, 0x1EFF), ("Kana", 0x3040, 0x30FF), ("Han", 0x4E00, 0x9FFF),
    ("Hangul", 0xAC00, 0xD7A3),
)  # fmt: skip
_OF_SCRIPT = {
    "Latin": (
        ENGLISH, "tr", "az", "fr", "es", "de", "pt", "it", "nl", "pl", "ro", "sq", "ku", "so", "sw",
    ),
    "Cyrillic": ("ru", "uk", "bg", "sr", "be", "kk"), "Arabic": ("ar", "fa", "ur"),
    "Greek": ("el",), "Armenian": ("hy",), "Hebrew": ("he",), "Devanagari": ("hi",),
    "Georgian": ("ka",), "Ethiopic": ("am",), "Kana": ("ja",), "Han": ("zh",), "Hangul": ("ko",),
}  # fmt: skip
_LETTERS = {
    "az": ("ə", 3.0), "tr": ("ğışçöü\u0307", 0.4), "uk": ("іїєґ", 1.0), "ru": ("ыэё", 0.5),
    "be": ("ўі", 1.0), "sr": ("јљњћђџ", 2.0), "kk": ("қғүұңөәі", 1.0), "fa": ("پچژگکی", 0.5),
    "ur": ("ٹڈڑےںہ", 1.0), "de": ("äßöü", 0.4), "es": ("ñáíóú", 0.3), "pt": ("ãõçâê", 0.3),
    "pl": ("łżśćąę", 0.5), "ro": ("țăș", 0.5),
    "fr": ("éèêàçœùâîô", 0.3),
}  # fmt: skip
"""Letters that speak for a language, and what each different one of them weighs."""
_LEAST_LATIN, _LEAST_BESIDE_ENGLISH, _LEAD_LATIN = 1.0, 3.0, 1.0


@dataclass(frozen=True)
class Words:
    """The words of one language by class; a class that the language lacks is empty."""

    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> frozenset[str]:
        """Return the words of a class."""
        return self.classes.get(kind, frozenset())


@lru_cache(maxsize=1)
def _table() -> dict[str, Words]:
    data = resources.files("geomap.geoparse").joinpath("data/languages.tsv").read_text("utf-8")
    listed: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for line in data.splitlines():
        if not line.startswith("#"):
            language, kind, words = line.split("\t")
            listed[language][kind] = words.split()
    return {language: _words(kinds) for language, kinds in listed.items()}


def _words(kinds: dict[str, list[str]]) -> Words:
    pairs = (word.partition("=") for word in kinds.pop("short", ()))
    classes = {kind: frozenset(words) for kind, words in kinds.items()}
    classes["noun"] = frozenset().union(*(classes.get(kind, ()) for kind in ("noun", *_KINDS)))
    return Words(classes, {word: name for word, _, name in pairs})


def words_in(language: str) -> Words:
    """Return the words of a language, none for one that the table lacks."""
    return _table().get(language, Words())


@lru_cache(maxsize=16_384)
def classes_of(word: str, language: str) -> frozenset[str]:
    """Return the classes that a word, in lower case, belongs to, with any case ending.

    A little word or a preposition is one only as it stands.
    """
    words = words_in(language)
    forms = {word, *bare_forms(word, language)}
    as_written = (kind for kind in _WRITTEN if word in words.of(kind))
    inflected = (kind for kind in _INFLECTED if forms & words.of(kind))
    return frozenset((*as_written, *inflected))


@lru_cache(maxsize=16_384)
def kinds_by_noun(word: str, *, after: bool) -> frozenset[ToponymKind]:
    """Return the kinds of place that a noun before or after a name allows, in any language.

    English is left out: its nouns are read by `senses`.
    """
    for language in _OF_SCRIPT.get(script_of(word), ()):
        if (language in NOUN_AFTER) == after:
            words = words_in(language)
            forms = {word, *bare_forms(word, language)} if words.of("noun") else frozenset()
            for kind, kinds in _KINDS.items():
                if forms & words.of(kind):
                    return kinds
    return frozenset()


def script_of(text: str) -> str:
    """Return the script of the first letter of a word, "" for one that is not told apart."""
    return _script_of_letter(text[0])


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    code = ord(letter)
    return next((name for name, first, last in _SCRIPTS if first <= code <= last), "")


@lru_cache(maxsize=32)
def _speaking_for(script: str) -> dict[str, tuple[str, ...]]:
    """Return the languages of a script that each little word speaks for."""
    found: dict[str, list[str]] = defaultdict(list)
    for language in _OF_SCRIPT.get(script, ()):
        small = ENGLISH_MARKS if language == ENGLISH else words_in(language).of("small")
        for word in small:
            found[word].append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def languages_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the language of each sentence, "" where nothing tells it.

    A sentence in Latin letters is taken for the document's language unless its own little
    words say otherwise: names of foreign places alone make no foreign sentence.
    """
    sentences: dict[int, list[Token]] = defaultdict(list)
    for token in tokens:
        if token.text[0].isalpha():
            sentences[token.sentence].append(token)
    scores = {number: _scores(words) for number, words in sentences.items()}
    whole: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for script, counts in scores.values():
        for language, score in counts.items():
            whole[script][language] += score
    count = tokens[-1].sentence + 1 if tokens else 0
    return tuple(_language(*scores[n], whole) if n in scores else "" for n in range(count))


def _scores(words: Sequence[Token]) -> tuple[str, dict[str, float]]:
    """Return the commonest script of a sentence and how much speaks for each language of it."""
    scripts = Counter(script_of(word.text) for word in words)
    script = "Kana" if scripts["Kana"] else scripts.most_common(1)[0][0]
    counts: dict[str, float] = dict.fromkeys(_OF_SCRIPT.get(script, ()), 0.0)
    speaking = _speaking_for(script)
    for word in words:
        if word.first or not word.text[0].isupper():
            for language in speaking.get(word.lower, ()):
                counts[language] += 1
    letters = set("".join([word.lower for word in words]))
    for language in counts:
        own, weight = _LETTERS.get(language, ("", 0.0))
        if weight:
            counts[language] += weight * len(letters.intersection(own))
    return script, counts


def _language(script: str, own: dict[str, float], whole: dict[str, dict[str, float]]) -> str:
    among = _OF_SCRIPT.get(script, ())
    if not among:
        return ""
    best = max(among, key=lambda language: own[language])
    in_text = max(among, key=lambda language: whole[script][language])
    if script != "Latin":
        return best if own[best] > own[in_text] else in_text
    least = _LEAST_BESIDE_ENGLISH if in_text == ENGLISH else _LEAST_LATIN
    return best if own[best] >= max(least, own[in_text] + _LEAD_LATIN) else in_text
