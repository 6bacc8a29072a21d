"""The words and signs of one cell of a table, each with all that it may stand for.

A cell has no sentence round it, so words of all languages are known here at once, also cut short
and without their accents; what stands beside a word decides which of its meanings holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from geomap.dates.calendars import Calendar
from geomap.vocabulary import month_names, read_data_rows

Meaning = tuple[str, object]
"""A kind of word, and the number that it stands for."""

_SHORTEST = 3  # letters of a month that is cut short
_LONGEST_PHRASE = 4
_TOKEN = re.compile(r"\d+|[^\W\d_](?:[^\W\d_]|[\u0900-\u0dff\u0f00-\u109f])*|[^\w\s]|_")
_MARKS = re.compile(
    r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c-\u200f]"
)
_SIGNS = {
    "-": "dash", "–": "to", "—": "to", "−": "to", "‒": "to", "‑": "dash", "~": "to", "→": "to",
    ">": "to", "÷": "to", "/": "slash", "\\": "slash", "|": "slash", ".": "dot", "_": "dash",
    ",": "comma", "،": "comma", ";": "comma", "、": "comma", "&": "and", "+": "and",
    "’": "quote", "'": "quote", "‘": "quote",
}  # fmt: skip
_DROPPED = frozenset('«»“”„"`()[]*:·﴾﴿（）【】')


@dataclass(frozen=True, slots=True)
class CellToken:
    """A number, word, phrase or sign of a cell, with its possible meanings."""

    text: str
    start: int
    end: int
    meanings: tuple[Meaning, ...]

    def is_a(self, *kinds: str) -> bool:
        """Return whether one of the meanings is of one of these kinds."""
        return any(kind in kinds for kind, _ in self.meanings)


def fold_words(text: str) -> str:
    """Return a text in small letters, without the accents that people leave out."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFD", text.replace("İ", "i").lower().replace("ı", "i"))
    plain = _MARKS.sub("", plain).replace("ı", "i").replace("ى", "ي").replace("ي", "ی")
    return unicodedata.normalize("NFC", plain.replace("ك", "ک").replace("ß", "ss"))


def squeezed(words: str) -> str:
    """Return folded words without blanks, full stops and dashes, as `NO_DATE` has them."""
    return re.sub(r"[\s.\-/–—…]+", "", words)


def _rows() -> dict[str, list[str]]:
    rows: dict[str, list[str]] = defaultdict(list)
    for kind, _, words in read_data_rows("geomap.dates", "cell_words.tsv"):
        rows[kind].extend(fold_words(word) for word in words.split("|"))
    return rows


_WORDS = _rows()
NO_DATE = frozenset(map(squeezed, _WORDS.pop("no-date")))
"""Whole cells that say in words that there is no date, without blanks and full stops."""
HEADER_CALENDARS: dict[Calendar, frozenset[str]] = {
    "jalali": frozenset(_WORDS.pop("jalali-header")),
    "ethiopian": frozenset(_WORDS.pop("ethiopian-header")),
}
"""Words of a header that say in which calendar its column is written."""
GOES_ON = frozenset(_WORDS["ongoing"])
"""Words that say that something has not ended."""
_ORDINAL_ENDINGS = frozenset(_WORDS.pop("ordinal-ending"))
_DECADE_ENDINGS = frozenset(_WORDS.pop("decade-ending"))
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_MONTHS_OF_YEAR = {"jalali": 12, "ethiopian": 13}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def _meanings() -> dict[str, tuple[Meaning, ...]]:
    """Return the meanings of each word or phrase, blanks between its words."""
    found: dict[str, list[Meaning]] = defaultdict(list)
    for word, month in _months().items():
        found[word].append(("month", ("gregorian", month)))
    for kind, words in _WORDS.items():
        for place, word in enumerate(words):
            if kind.endswith("-months"):
                calendar = kind.removesuffix("-months")
                meaning: Meaning = (
                    "month",
                    (calendar, place % (12 if calendar == "jalali" else 13) + 1),
                )
            elif kind in _NUMBERS:
                meaning = ("nth", _NUMBERS[kind])
            elif kind in _SEASONS:
                meaning = ("season", _SEASONS[kind])
            elif kind in {"early", "mid", "late"}:
                meaning = ("part", kind)
            else:
                meaning = (kind, None)
            if meaning not in found[word]:
                found[word].append(meaning)
    return {word: tuple(meanings) for word, meanings in found.items()}


def _months() -> dict[str, int]:
    """Return the month of each form, and of each beginning of a form that only it has.

    A word that is written in full in one language is never a beginning in another.
    """
    whole: dict[str, int] = {}
    cut: dict[str, set[int]] = defaultdict(set)
    for names in month_names():
        for number, forms in enumerate(names.forms, 1):
            for form in map(fold_words, forms):
                whole.setdefault(form, number)
                for length in range(_SHORTEST, len(form)):
                    cut[form[:length]].add(number)
    only = {form: min(numbers) for form, numbers in cut.items() if len(numbers) == 1}
    return only | whole


_MEANINGS = _meanings()


def read_cell_tokens(text: str) -> tuple[CellToken, ...] | None:
    """Return the tokens of a folded cell, None where one of them has no meaning in a date."""
    spans = [match.span() for match in _TOKEN.finditer(text) if match[0] not in _DROPPED]
    tokens: list[CellToken] = []
    place = 0
    while place < len(spans):
        token, used = _token(text, spans, place, tokens[-1] if tokens else None)
        if token is None:
            return None
        tokens.append(token)
        place += used
    return tuple(tokens)


def _token(
    text: str, spans: list[tuple[int, int]], place: int, before: CellToken | None
) -> tuple[CellToken | None, int]:
    """Return the token at a place and of how many pieces it is made, the longest first."""
    start, end = spans[place]
    piece = text[start:end]
    if piece.isdigit():
        meaning = ("number", int(piece)) if len(piece) < 5 else ("digits", None)
        return CellToken(piece, start, end, (meaning,)), 1
    if not piece[0].isalpha():
        sign = _SIGNS.get(piece)
        return (CellToken(piece, start, end, ((sign, None),)) if sign else None), 1
    for used in range(min(_LONGEST_PHRASE, len(spans) - place), 0, -1):
        end = spans[place + used - 1][1]
        phrase = re.sub(r"\s+", " ", text[start:end])
        meanings = _MEANINGS.get(phrase, ())
        if (
            used == 1
            and before
            and before.end >= start - 1
            and before.is_a("number", "dash", "quote")
        ):
            meanings = _endings(phrase, before, start) + meanings
        if meanings:
            return CellToken(phrase, start, end, meanings), used
    return None, 1


def _endings(word: str, before: CellToken, start: int) -> tuple[Meaning, ...]:
    """Return the meanings of letters right after a number: "1st", "1950s", "14-го"."""
    close = before.end == start
    found: list[Meaning] = []
    if word in _DECADE_ENDINGS and close and len(before.text) != 2:
        found.append(("decade", None))
    if word in _ORDINAL_ENDINGS and (close or word == "er"):
        found.append(("ordinal", None))
    return tuple(found)
