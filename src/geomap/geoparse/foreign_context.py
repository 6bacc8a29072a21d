"""Evidence in the words around a gazetteer name in a sentence of another language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from geomap.geoparse.data_tables import WORDS, languages_with, words_by_language
from geomap.geoparse.inflection import PLAIN, Known, is_large, readings
from geomap.geoparse.languages import classes_of
from geomap.geoparse.morphology import is_adjective
from geomap.geoparse.reading import RULES_CHANCE, NameInText, Reading, name_of
from geomap.geoparse.tokens import Token
from geomap.model import ToponymKind

CASELESS = languages_with("caseless")
CASE_ON_LAST_WORD = languages_with("case-on-last-word")
_CAPITAL_NOUNS = languages_with("capital-nouns")
_CAPITAL_TITLES = languages_with("capital-titles")
_GENITIVE_OF_PLACE = languages_with("genitive-of-place")
_LOCAL_CASES = words_by_language("local-cases")
_LOCAL_PREFIXES = words_by_language("local-prefixes")
_SURNAMES = {
    language: re.compile(pattern) for language, (pattern,) in words_by_language("surname").items()
}
_AND = frozenset(word for words in words_by_language("and").values() for word in words)
_LARGE, _LARGE_ADJECTIVE, _MIDDLING = 100_000, 150_000, 20_000
_LETTERS = {"ko": (2, 2)}
_USUAL_LETTERS = (3, 4)
"""How many letters a name must have: of a large place, and of any other."""
_JOINER = "\u200c"  # joins the parts of one Persian word, of which a name is only the first
_OPENING, _CLOSING = frozenset("«„“\"'‘"), frozenset("»“”\"'’")


@dataclass(frozen=True, eq=False)
class ForeignName:
    """A gazetteer name that starts at word `first`; `last` is where the place before it ended."""

    reading: Reading
    first: int
    known: Known
    language: str
    last: int

    @property
    def in_text(self) -> NameInText:
        """The name as the text has it."""
        form, tokens = self.known.form, self.reading.tokens
        return name_of(tokens, self.first, self.known.last, RULES_CHANCE, form.text, foreign=True)

    @property
    def token(self) -> Token:
        """The first word of the name."""
        return self.reading.tokens[self.first]

    @property
    def is_single(self) -> bool:
        """Whether the name is one word."""
        return self.known.last - self.first == 1

    def classes(self, token: Token | None) -> frozenset[str]:
        """Return the classes that a word belongs to, none for no word."""
        return frozenset() if token is None else classes_of(token.lower, self.language)

    def _beside(self, i: int) -> Token | None:
        """Return a word that only a space parts from the word before it, else None."""
        token = self.reading.at(i) if i > 0 else None
        return None if token is None or token.first or not token.spaced else token

    @cached_property
    def before(self) -> Token | None:
        """The word that only a space parts from the name, None where there is none."""
        beside = self._beside(self.first) is not None
        return self.reading.tokens[self.first - 1] if beside else None

    @cached_property
    def after(self) -> Token | None:
        """The word after the name that only a space parts from it, None where there is none."""
        return self._beside(self.known.last)

    @property
    def ends_as_name(self) -> bool:
        """Whether the last word has a capital, a hyphen before it, or is "region"."""
        last = self.reading.tokens[self.known.last - 1]
        if self.known.is_wide or self.language in CASELESS or _is_capital(last) or not last.spaced:
            return True
        return "noun" in self.classes(last)

    @property
    def has_proving_capital(self) -> bool:
        """Whether its capital letter shows that it is a name."""
        capital = _is_capital(self.token) and not self.token.first and not self.token.all_caps
        return capital and self.language not in _CAPITAL_NOUNS

    @property
    def is_other_word(self) -> bool:
        """Whether one word is more likely an ordinary word, an adjective or a title."""
        token, known = self.token, self.known
        large_heads = self.language in _CAPITAL_TITLES or not self.has_proving_capital
        others = {"small", "never", *(("noun", "title") if large_heads else ())}
        if others & self.classes(token):
            return True
        least, usual = _LETTERS.get(self.language, _USUAL_LETTERS)
        usual = least if self.has_noun else usual
        letters = min(len(token.text), len(known.form.text))
        if letters < (least if is_large(known, _LARGE) else usual):
            return not (token.text.isupper() and ToponymKind.COUNTRY in known.kinds)
        small = known.people < _LARGE_ADJECTIVE or token.text.endswith("ي")
        attribute = small and is_adjective(token.text, self.language)
        if self.language in CASELESS:
            following = self.reading.at(self.first + 1)
            joined = following is not None and following.gap == _JOINER
            return joined or (attribute and not self.has_noun)
        if "article" in self.classes(self.before) and not known.kinds - PLAIN - {
            ToponymKind.ADMIN1
        }:
            return True
        if token.first and token.lower in self.reading.lower_words:
            return True
        if self.after is None or _is_capital(self.after):
            return False
        return attribute and "small" not in self.classes(self.after)

    @cached_property
    def has_noun(self) -> bool:
        """Whether a word before, after or in the name says that it is one of a place."""
        inside = () if self.is_single else self.reading.tokens[self.first : self.known.last]
        return any("noun" in self.classes(t) for t in (self.before, self.after, *inside))

    @cached_property
    def is_located(self) -> bool:
        """Whether a word before, or the ending, says that a place is named."""
        classes, is_bare = self.classes(self.before), self.known.form.is_bare
        if "near" in classes or self._is_joined():
            return True
        if is_bare and "title" in classes and self.language in _GENITIVE_OF_PLACE:
            return True
        if is_bare and self.language in _LOCAL_PREFIXES:
            return self.token.text.startswith(_LOCAL_PREFIXES[self.language])
        return self.has_local_case

    def _is_joined(self) -> bool:
        """Return whether only "and" or a comma stands between the place before and this one."""
        if self.token.first or not 0 <= self.first - self.last <= 1:
            return False
        between = self.reading.tokens[self.last : self.first]
        return self.token.gap.strip() in {",", "،", "、"} or any(t.lower in _AND for t in between)

    @cached_property
    def has_local_case(self) -> bool:
        """Whether its ending says "in" or "from"."""
        last = self.reading.tokens[self.known.last - 1]
        endings = _LOCAL_CASES.get(self.language, ())
        return self.known.form.is_bare and last.text.endswith(endings)

    @property
    def is_quoted(self) -> bool:
        """Whether it stands alone in quotes, as the names of ships and papers do."""
        text, end = self.reading.text, self.reading.tokens[self.known.last - 1].end
        before = text[max(0, self.token.start - 1) : self.token.start]
        return before in _OPENING and text[end : end + 1] in _CLOSING

    @property
    def is_thing(self) -> bool:
        """Whether a word beside it makes it the name of a club, a paper or the like."""
        beside = (self.before, self.after)
        return not self.has_local_case and any("thing" in self.classes(t) for t in beside)

    @property
    def follows_name_part(self) -> bool:
        """Whether the word before is a part of a person's name."""
        last = self.reading.tokens[self.known.last - 1].lower
        opens = self.before is not None and self.before.first and self.language in _SURNAMES
        is_no_surname = opens and not _SURNAMES[self.language].search(last)
        return self._is_name_part(self.before) and not is_no_surname

    @property
    def precedes_name_part(self) -> bool:
        """Whether the word after is a part of a person's name, and of no other place's."""
        if "noun" in self.classes(self._beside(self.known.last + 1)):
            return False  # an adjective: "Констянтинівці Донецької області"
        return self._is_name_part(self.after)

    @property
    def has_first_name(self) -> bool:
        """Whether it is a first name before a surname, or both as one small place."""
        if self.token.lower not in WORDS["first-names"] or self.is_located:
            return False
        is_given = self.is_single and self.after is not None and _is_capital(self.after)
        both = self.known.last - self.first == 2 and not is_large(self.known, _MIDDLING)
        return is_given or both

    def _is_name_part(self, token: Token | None) -> bool:
        """Return whether a word beside the name has a capital that nothing else explains."""
        if token is None or not _is_capital(token) or token.all_caps:
            return False
        if self.language in _CAPITAL_NOUNS:
            return token.lower in WORDS["first-names"]
        explained = {"small", "near", "noun", "title", *(("never",) if token.first else ())}
        if explained & self.classes(token):
            return False
        if token.first and token.lower in self.reading.lower_words:
            return False
        forms = readings(token.text, self.language)
        return not any(self.reading.gazetteer.facts(form.key).kinds - PLAIN for form in forms)


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper()
