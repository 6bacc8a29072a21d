"""Case endings by language: the forms that a word may have without its ending.

Each language has a table of endings as its grammar gives them (`data/languages.tsv`). The
forms are guesses; a caller uses those that the gazetteer has. English has no table, so that
English words are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import product

from geomap.geoparse.data_tables import languages_with, words_by_language

_LEAST_STEM = 3
_CYRILLIC_VOWELS = frozenset("аеёиоуыэюяіїє")
_SHORT_NAMES = languages_with("short-names")
_ADJECTIVES = {
    language: re.compile(pattern) for language, (pattern,) in words_by_language("adjective").items()
}
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
_LETTERS_BACK = str.maketrans({"ی": "ي", "ک": "ك"})
_ARTICLES = frozenset({"l", "d", "dell", "nell", "all", "dall", "sull"})

_BACK, _FRONT = "aıouâ", "eəiöüî"
_VOWELS = re.compile(f"[{_BACK}{_FRONT}]")
# Endings after a vowel (True) and after a consonant; capitals stand for vowels in harmony.
_PATTERNS = {
    True: "nIn yA yI nI dA dAn ndA ndAn nA ylA lA dAkI ndAkI lI dIr cA",
    False: "In A I dA dAn tA tAn lA dAkI tAkI lI dIr cA çA",
}
_HARMONY = {True: {"A": "a", "I": "ıu"}, False: {"A": "eə", "I": "iü"}}
_TURKIC = {
    (after_vowel, is_back): frozenset(
        "".join(ending)
        for pattern in patterns.split()
        for ending in product(*(harmony.get(mark, mark) for mark in pattern))
    )
    for after_vowel, patterns in _PATTERNS.items()
    for is_back, harmony in _HARMONY.items()
}
_HARDENED = {"ğ": "kq", "y": "k", "b": "p", "d": "t", "c": "ç"}


_Rule = Callable[[str], Iterator[str]]


def bare_forms(word: str, language: str | None = None) -> Iterator[str]:
    """Yield the forms of a word without its case ending, the likeliest first.

    Without a language the letters decide, which are those of one language in some scripts.
    """
    head, mark, _ = word.replace("’", "'").replace("ʼ", "'").partition("'")
    if mark and len(head) >= _LEAST_STEM:
        yield head
    telling = (code for code, letters in _TELLING if letters.search(word))
    rule = _RULES.get(next(telling, None) if language is None else language)
    if rule is None:
        return
    least = 2 if language in _SHORT_NAMES else _LEAST_STEM
    seen = {word, head}
    for form in rule(word):
        if form not in seen and len(form) >= least:
            seen.add(form)
            yield form


def is_adjective(word: str, language: str) -> bool:
    """Return whether a word has the form of an adjective made from a name ("Донецкой")."""
    return language in _ADJECTIVES and _ADJECTIVES[language].search(word.lower()) is not None


@lru_cache(maxsize=32)
def _endings(language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each ending with what may stand in its place, the longest ending first."""
    rows: dict[str, list[str]] = {}
    for row in words_by_language("endings")[language]:
        ending, _, instead = row.partition("=")
        rows.setdefault(ending.strip("-"), []).extend(one.strip("-") for one in instead.split(","))
    ordered = sorted(rows.items(), key=lambda row: -len(row[0]))
    return tuple((ending, tuple(bare)) for ending, bare in ordered)


def _without_ending(word: str, language: str) -> Iterator[str]:
    for ending, instead in _endings(language):
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            yield from (stem + bare for bare in instead)


def _russian(word: str) -> Iterator[str]:
    """Yield by the table, and with the vowel that drops out of the last syllable: Орла, Орёл."""
    yield from _with_vowel(word, "ru", "еёо")


def _ukrainian(word: str) -> Iterator[str]:
    """Yield by the table, with the vowel that drops out, and with "і" for "о", "е": Харкова."""
    for form in _with_vowel(word, "uk", "ео"):
        yield form
        closed = re.sub(r"[оеє](?=[^аеєиіїоуюя]+$)", lambda m: "ї" if m[0] == "є" else "і", form)
        if closed != form:
            yield closed


def _with_vowel(word: str, language: str, vowels: str) -> Iterator[str]:
    for form in _without_ending(word, language):
        if form.endswith("й") and form[-2:-1] not in _CYRILLIC_VOWELS:
            continue
        yield form
        bare = form.removesuffix("ь")
        drops = len(bare) > 2 and bare[-1] in "лцкнрв" and bare[-2] not in _CYRILLIC_VOWELS
        if drops and bare != word:
            soft = form[len(bare) :]
            before = bare[:-1].removesuffix("ь")
            yield from (before + vowel + bare[-1] + soft for vowel in vowels)


def _armenian(word: str) -> Iterator[str]:
    """Yield by the table; the article after a case ending goes first (Երևանում, Երևանից)."""
    yield from _without_ending(word, "hy")
    if word.endswith("ն") and len(word) > _LEAST_STEM + 2:
        yield from _without_ending(word[:-1], "hy")


def _georgian(word: str) -> Iterator[str]:
    """Yield by the table, and with the vowel that drops out before an ending: ერევნის."""
    for form in _without_ending(word, "ka"):
        yield form
        if form.endswith("ი") and len(form) > _LEAST_STEM:
            stem = form[:-1]
            yield from (stem[:-1] + vowel + stem[-1] + "ი" for vowel in "აეო")


def _turkic(word: str) -> Iterator[str]:
    """Yield the word without an ending that agrees with the last vowel: Bakıda, Gəncəyə.

    Endings stand behind each other ("rayonunda"); a consonant that softened before a vowel
    hardens again (k for ğ and y).
    """
    lower = word.replace("I", "ı").replace("İ", "i").lower()
    if len(lower) != len(word):
        return
    for cut in range(len(word) - 1, _LEAST_STEM - 1, -1):
        stem, ending = lower[:cut], lower[cut:]
        if len(ending) > 6:
            return
        vowels = _VOWELS.findall(stem)
        kind = stem[-1] in _BACK + _FRONT, bool(vowels) and vowels[-1] in _BACK
        if not vowels or ending not in _TURKIC[kind]:
            continue
        yield word[:cut]
        if ending[0] in _BACK + _FRONT:
            yield from (word[: cut - 1] + hard for hard in _HARDENED.get(stem[-1], ""))


def _without_prefix(word: str, language: str) -> Iterator[str]:
    """Yield the word without a prefix, and with the Arabic article in its place."""
    for prefix in words_by_language("prefixes")[language]:
        if word.startswith(prefix):
            yield word[len(prefix) :]
            if prefix == "لل" or (prefix.endswith("ال") and prefix != "ال"):
                yield "ال" + word[len(prefix) :]


def _arabic(word: str) -> Iterator[str]:
    """Yield without a prefix; and in the letters that Arabic and Persian keyboards swap."""
    for form in (word, *_without_prefix(word, "ar")):
        yield form
        yield from _persian(form)


def _romance(word: str) -> Iterator[str]:
    """Yield without the article that opens a sentence: L'Ukraine."""
    article, mark, name = word.replace("’", "'").partition("'")
    if mark and article.lower() in _ARTICLES:
        yield name


def _persian(word: str) -> Iterator[str]:
    """Yield in the letters that Arabic and Persian keyboards swap."""
    yield word.translate(_LETTERS)
    yield word.translate(_LETTERS_BACK)


_RULES: dict[str | None, _Rule] = {
    **{
        language: partial(_without_ending, language=language)
        for language in words_by_language("endings")
    },
    "ru": _russian, "be": _russian, "uk": _ukrainian, "hy": _armenian, "ka": _georgian,
    "az": _turkic, "tr": _turkic, "fr": _romance, "it": _romance,
    "ar": _arabic, "fa": _persian, "ur": _persian,
    "he": partial(_without_prefix, language="he"),
}  # fmt: skip
_TELLING = (
    ("uk", re.compile("[іїєґ]", re.IGNORECASE)), ("ru", re.compile("[а-яё]", re.IGNORECASE)),
    ("hy", re.compile("[\u0531-\u0587]")), ("ka", re.compile("[\u10a0-\u10ff]")),
    ("az", re.compile("[əğışçöüıİŞÇÖÜĞƏ]")),
)  # fmt: skip
