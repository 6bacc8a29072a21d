"""Names of places in sentences of other languages than English: gazetteer names, with caution.

A capital letter proves much in the middle of a sentence, and nothing at its start, in German or
in a script without capitals: there a name must be that of a large place, or a word beside it
must say that a place is named. What is in doubt is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from geomap.gazetteer import Gazetteer
from geomap.geoparse.inflection import PLAIN, Known, is_large, known_names, readings
from geomap.geoparse.languages import (
    CASELESS,
    ENGLISH,
    NOUNS_ARE_CAPITAL,
    classes_of,
    languages_of,
)
from geomap.geoparse.morphology import is_adjective
from geomap.geoparse.tokens import Token, segments
from geomap.geoparse.word_lists import FIRST_NAMES
from geomap.model import ToponymKind

_LARGE, _MIDDLING, _TOWN = 100_000, 20_000, 1_000
_LARGE_ADJECTIVE = 150_000
_LETTERS = {"ko": (2, 2)}
_USUAL_LETTERS = (3, 4)
"""How many letters a name must have: of a large place, and of any other."""
_LOCAL_CASES = {
    "az": ("da", "də", "dan", "dən", "dakı", "dəki"),
    "tr": ("da", "de", "ta", "te", "dan", "den", "tan", "ten", "daki", "deki", "taki", "teki"),
    "hy": ("ում", "ից", "ուց"), "ka": ("ში", "დან", "მდე", "სკენ"),
    "kk": ("да", "де", "та", "те", "дан", "ден", "тан", "тен"), "ko": ("에서",),
}  # fmt: skip
"""Endings that say "in" or "from": names of people seldom have them."""
_LAST_WORD_HAS_CASE = frozenset({"az", "tr", "kk", "hy", "ka", "ko"})
"""Languages that give a case to the last word of a name only: "Suren Papikyanın"."""
_GENITIVE_OF_PLACE = frozenset({"ru", "uk", "be", "bg", "sr", "pl", "el"})
_SURNAMES = {
    "ru": re.compile(r"(?:[оеё]в|[иы]н|[сц]кий|ко|ян|ич|их)(?:а|у|ым|ом|е|ой|ого|ому)?$"),
    "uk": re.compile(r"(?:[оеєі]в|[иії]н|[сц]ький|ко|ян|ич|их)(?:а|у|им|ом|і|ої|ого|ому)?$"),
    "hy": re.compile(r"(?:յան|յանց)(?:ը|ի|ին|ից|ն)?$"),
}
"""What surnames end in, where a first name may have opened the sentence."""
_AND = frozenset({"и", "та", "і", "й", "və", "ve", "և", "ու", "და", "و", "et", "y", "und", "e"})
_PREFIX_IS_PROOF = {"ar": ("ب", "وب"), "he": ("ב", "מ", "ל")}
_TITLES_ARE_CAPITAL = frozenset({"az", "tr"})
_JOINER = "\u200c"  # Persian joins with it what makes another word of a name
_OPENING, _CLOSING = frozenset("«„“\"'‘"), frozenset("»“”\"'’")


class Found(NamedTuple):
    """Words [first, last) that bear a name, and the form under which it is looked up."""

    first: int
    last: int
    key: str


class Foreign:
    """The sentences of a document in other languages than English, asked for names of places."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        gazetteer: Gazetteer,
        dateline_end: int = -1,
        languages: Sequence[str] | None = None,
    ) -> None:
        self._text, self._tokens, self._gazetteer = text, tokens, gazetteer
        self._dateline_end = dateline_end
        self._languages = languages_of(tokens) if languages is None else languages
        self._small = frozenset(token.text for token in tokens if token.text[0].islower())
        self._surnames: set[str] = set()
        self._unproven: list[Found] = []
        self._end = -1

    def __contains__(self, token: Token) -> bool:
        """Return whether a word stands in a sentence that is read here."""
        return self._languages[token.sentence] != ENGLISH

    def names(self) -> list[Found]:
        """Return the names of places, not overlapping.

        What proves a name in one place proves it in the whole text.
        """
        found: list[Found] = []
        if all(language == ENGLISH for language in self._languages):
            return found
        for begin, end in segments(list(self._tokens)):
            i = begin
            while i < end:
                name = self._at(i, end) if self._tokens[i] in self else None
                if name is not None:
                    found.append(name)
                    self._end = name.last
                i = i + 1 if name is None else name.last
        proven, busy = {n.key for n in found}, {i for n in found for i in range(n.first, n.last)}
        more = (name for name in self._unproven if name.key in proven)
        return [*found, *(n for n in more if busy.isdisjoint(range(n.first, n.last)))]

    def _at(self, i: int, end: int) -> Found | None:
        """Return the longest name that starts at a word and is one of a place."""
        token = self._tokens[i]
        language = self._languages[token.sentence]
        if not token.text[0].isalpha() or not (_is_capital(token) or language in CASELESS):
            return None
        for known in known_names(self._tokens, i, end, language, self._gazetteer):
            if self._ends_as_name(known, language) and self._is_place(i, known, language):
                return Found(i, known.last, known.form.text)
        return None

    def _ends_as_name(self, known: Known, language: str) -> bool:
        """Return whether the last word has a capital, a hyphen before it, or is "region"."""
        last = self._tokens[known.last - 1]
        if known.is_wide or language in CASELESS or _is_capital(last) or not last.spaced:
            return True
        return "noun" in classes_of(last.lower, language)

    def _is_place(self, first: int, known: Known, language: str) -> bool:
        token = self._tokens[first]
        is_single = known.last - first == 1
        proves = _is_capital(token) and not token.first and not token.all_caps
        proves = proves and language not in NOUNS_ARE_CAPITAL
        if is_single and self._is_other_word(first, known, language, proves=proves):
            return False
        if ToponymKind.COUNTRY in known.kinds or token.start < self._dateline_end:
            return True
        if self._has_noun(first, known.last, language):
            return True
        if self._is_quoted(first, known.last) or self._is_thing(first, known, language):
            return False
        if language not in CASELESS and self._is_person(first, known, language):
            return False
        if self._gazetteer.is_curated(known.form.text):
            return True
        located = self._is_located(first, known, language) or not is_single
        if proves:
            return located or is_large(known, _TOWN)
        least = _MIDDLING if located or language in _LAST_WORD_HAS_CASE & CASELESS else _LARGE
        least = _TOWN if self._has_local_case(known, language) else least
        is_guess = not located and len(known.form.text) > len(token.text)
        if is_large(known, least) and not is_guess:
            return True
        self._unproven.append(Found(first, known.last, known.form.text))
        return False

    def _is_other_word(self, i: int, known: Known, language: str, *, proves: bool) -> bool:
        """Return whether one word is more likely an ordinary word, an adjective or a title."""
        token = self._tokens[i]
        classes = classes_of(token.lower, language)
        heads = {"noun", "title"} if language in _TITLES_ARE_CAPITAL or not proves else set()
        if classes & ({"small", "never"} | heads):
            return True
        least, usual = _LETTERS.get(language, _USUAL_LETTERS)
        usual = least if self._has_noun(i, i + 1, language) else usual
        letters = min(len(token.text), len(known.form.text))
        if letters < (least if is_large(known, _LARGE) else usual):
            return not (token.text.isupper() and ToponymKind.COUNTRY in known.kinds)
        attribute = is_adjective(token.text, language)
        attribute = attribute and (known.people < _LARGE_ADJECTIVE or token.text.endswith("ي"))
        if language in CASELESS:
            joined = i + 1 < len(self._tokens) and self._tokens[i + 1].gap == _JOINER
            return joined or (attribute and not self._has_noun(i, i + 1, language))
        before, after = self._before(i), self._beside(i + 1)
        has_article = before is not None and "article" in classes_of(before.lower, language)
        if has_article and not known.kinds - PLAIN - {ToponymKind.ADMIN1}:
            return True
        if token.first and token.lower in self._small:
            return True
        if after is None or _is_capital(after):
            return False
        return attribute and "small" not in classes_of(after.lower, language)

    def _beside(self, i: int) -> Token | None:
        """Return a word that only a space parts from the word before it, else None."""
        if not 0 < i < len(self._tokens) or self._tokens[i].first or not self._tokens[i].spaced:
            return None
        return self._tokens[i]

    def _before(self, first: int) -> Token | None:
        return self._tokens[first - 1] if self._beside(first) is not None else None

    def _has_noun(self, first: int, last: int, language: str) -> bool:
        """Return whether a word before, after or in a name says that it is one of a place."""
        inside = self._tokens[first:last] if last - first > 1 else ()
        words = (self._before(first), self._beside(last), *inside)
        return any(t is not None and "noun" in classes_of(t.lower, language) for t in words)

    def _is_located(self, first: int, known: Known, language: str) -> bool:
        """Return whether a word before, or the ending, says that a place is named."""
        before, is_bare = self._before(first), known.form.is_bare
        classes = classes_of(before.lower, language) if before is not None else frozenset()
        if "near" in classes or self._is_joined(first):
            return True
        if is_bare and "title" in classes and language in _GENITIVE_OF_PLACE:
            return True
        if is_bare and language in _PREFIX_IS_PROOF:
            return self._tokens[first].text.startswith(_PREFIX_IS_PROOF[language])
        return self._has_local_case(known, language)

    def _is_joined(self, first: int) -> bool:
        """Return whether only "and" or a comma stands between the name before and this one."""
        token = self._tokens[first]
        if token.first or not 0 <= first - self._end <= 1:
            return False
        between = self._tokens[self._end : first]
        return token.gap.strip() in {",", "،", "、"} or any(t.lower in _AND for t in between)

    def _has_local_case(self, known: Known, language: str) -> bool:
        endings = _LOCAL_CASES.get(language, ())
        return known.form.is_bare and self._tokens[known.last - 1].text.endswith(endings)

    def _is_quoted(self, first: int, last: int) -> bool:
        """Return whether a name stands alone in quotes, as those of ships and papers do."""
        start, end = self._tokens[first].start, self._tokens[last - 1].end
        before, after = self._text[max(0, start - 1) : start], self._text[end : end + 1]
        return before in _OPENING and after in _CLOSING

    def _is_thing(self, first: int, known: Known, language: str) -> bool:
        """Return whether a word beside a name says that a club, a paper or the like bears it."""
        if self._has_local_case(known, language):
            return False
        beside = (self._before(first), self._beside(known.last))
        return any(t is not None and "thing" in classes_of(t.lower, language) for t in beside)

    def _is_person(self, first: int, known: Known, language: str) -> bool:
        """Return whether the words around make a name that of a person."""
        if self._has_local_case(known, language):
            return False
        before, after, is_bare = self._before(first), self._beside(known.last), known.form.is_bare
        located = self._is_located(first, known, language)
        is_part = self._is_name_part(before, language) and not (
            before is not None
            and before.first
            and language in _SURNAMES
            and not _SURNAMES[language].search(self._tokens[known.last - 1].lower)
        )
        if is_part or self._has_first_name(first, known, language):
            self._surnames.add(known.form.key)
            return True
        follows = self._beside(known.last + 1)
        if follows is not None and "noun" in classes_of(follows.lower, language):
            after = None  # an adjective: "Констянтинівці Донецької області"
        if self._is_name_part(after, language):
            of_place = is_bare and language in _LAST_WORD_HAS_CASE
            return not (of_place or (located and is_large(known, _MIDDLING)))
        if located:
            return False
        if before is not None and not is_bare and "title" in classes_of(before.lower, language):
            self._surnames.add(known.form.key)
        return known.form.key in self._surnames

    def _has_first_name(self, first: int, known: Known, language: str) -> bool:
        """Return whether a name is a first name before a surname, or both as one small place."""
        if self._tokens[first].lower not in FIRST_NAMES or self._is_located(first, known, language):
            return False
        after = self._beside(known.last)
        is_given = known.last - first == 1 and after is not None and _is_capital(after)
        return is_given or (known.last - first == 2 and not is_large(known, _MIDDLING))

    def _is_name_part(self, token: Token | None, language: str) -> bool:
        """Return whether a word beside a name has a capital that nothing else explains."""
        if token is None or not _is_capital(token) or token.all_caps:
            return False
        if language in NOUNS_ARE_CAPITAL:
            return token.lower in FIRST_NAMES
        explained = {"small", "near", "noun", "title", *(("never",) if token.first else ())}
        if explained & classes_of(token.lower, language):
            return False
        if token.first and token.lower in self._small:
            return False
        forms = readings(token.text, language)
        return not any(self._gazetteer.facts(form.key).kinds - PLAIN for form in forms)


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper()
