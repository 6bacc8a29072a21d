"""A text as a row of tokens, each of a kind that the grammar of dates uses.

A kind is one character, so that a whole text becomes one short string and the grammar is
a handful of ordinary regular expressions over that string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from geomap.dates import date_words

_KINDS = (
    "ISO", "NUMERIC", "DAY", "ORD", "YEAR", "DECADE", "NUMBER", "QUARTER", "COUNT", "WEEKDAY",
    "WDAY", "PART", "NTH", "TODAY",
    # months: English, shortened, of other languages, of those where the day may come after
    "MONTH", "LMONTH", "FMONTH", "GMONTH",
    "comma", "dot", "dash", "slash", "open", "close", "quote", "BREAK", "WORD", "OTHER",
)  # fmt: skip

MONTH_KINDS = frozenset({"MONTH", "LMONTH", "FMONTH", "GMONTH"})
DAY_KINDS = frozenset({"DAY", "ORD"})

KIND: dict[str, str] = {
    name: chr(0xE000 + number) for number, name in enumerate([*_KINDS, *date_words.KEYWORDS])
}
"""The character that stands for each kind."""

FIRST_YEAR, LAST_YEAR = 1700, 2200
"""Years that are taken for years; the same bounds hold for columns of tables.

It is 1700 because much of the world changed its calendar between 1582 and 1752: the same
written day of those years is another day in another country, so that earlier days cannot be
compared. Placeholders such as 0001-01-01 and 9999-12-31 fall outside as well.
"""

_HALVES = frozenset(("m", "am", "pm"))
_AFTER_CLOCK = frozenset(("WEEKDAY", "WDAY", "MONTH", "LMONTH"))
_PIVOT_YEAR = 1990  # "41" to "99" are of the last century, "00" to "40" of this one
_MOST_DIGITS = 9  # longer numbers are amounts, codes or noise; Python reads no endless ones
_TOKEN = re.compile(
    r"""
    (?P<iso>\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}\S*)?(?!\d)
  | (?P<ymd>\d{4}[./]\d{1,2}[./]\d{1,2})(?![\d/])
  | (?P<numeric>\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)\d{4}|\d{2}\.\d{2}\.\d{2}(?![.]\d)
      |\d{1,2}/\d{1,2}/\d{2})(?![\d/])
  | (?P<clock>\d{1,2}:\d{2}(?::\d{2})?)
  | (?P<quarter>Q[1-4]|H[12])\b
  | (?P<ord>\d{1,2})(?:st|nd|rd|th|er|º|ª|-(?:го|е|й|ое|ci|cı|cu|cü))\b
  | (?P<decade>1[89]\d0(?=['’]?s\b)|20\d0(?=s\b))['’]?s\b
  | (?P<glued>\d{1,2})(?=,\d{4}(?!\d))
  | (?P<number>\d+(?:[.,]\d+)*)
  | (?P<word>[^\W\d_]+)
  | (?P<blank>\n\s*\n)
  | (?P<sign>[^\w\s])
    """,
    re.VERBOSE,
)
_SIGNS = {
    ",": "comma", ".": "dot", "!": "dot", "?": "dot", "/": "slash", "(": "open", ")": "close",
    "-": "dash", "–": "dash", "—": "dash", "‒": "dash", "−": "dash", "‑": "dash",
    "'": "quote", "’": "quote", "&": "and",
}  # fmt: skip


_YEAR_SIGNS = "թгр"  # "2022թ.", "2022г.", "2022р.": the word for year without a blank


@dataclass(slots=True)
class Token:
    """A word, number or sign; `value` is what it stands for in the grammar."""

    kind: str
    text: str
    start: int
    end: int
    value: Any = None
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class NumericDate:
    """Digits such as 12/10/2022, with every day they may mean (day first, then month first)."""

    readings: tuple[date, ...]


def read_tokens(text: str) -> list[Token]:
    """Return the tokens of `text` in order, each with the number of its sentence."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        token = _token(match, text)
        before = tokens[-1].kind if tokens else ""
        if token.kind == "dot" and before in {"LMONTH", "FMONTH", "GMONTH", "WDAY"}:
            continue  # "Dec." and "Tue.": the full stop belongs to the word
        if before == "YEAR" and token.kind == "WORD" and token.text in date_words.COUNTED_NOUNS:
            tokens[-1].kind = "NUMBER"
        tokens.append(token)
    _number_sentences(tokens)
    return tokens


def kinds_of(tokens: Iterable[Token]) -> str:
    """Return one character for each token."""
    return "".join([KIND[token.kind] for token in tokens])


def valid_day(year: int, month: int, day: int) -> date | None:
    """Return that day, or None where the calendar or our bounds do not have it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _token(match: re.Match[str], text: str) -> Token:
    group = match.lastgroup or ""
    if group == "sep":
        group = "numeric"
    start, end = match.span(group)
    raw = match[group]
    if group == "word":
        return _word(raw, start, end)
    if group == "blank":
        return Token("BREAK", raw, start, end)
    if group == "sign":
        return Token(_SIGNS.get(raw, "OTHER"), raw, start, end)
    if group in {"ord", "decade"}:
        end = match.end()
        raw = match[0]
    kind, value = _number(group, match[group], text, start, match.end())
    return Token(kind, raw, start, end, value)


def _number(group: str, raw: str, text: str, start: int, end: int) -> tuple[str, object]:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    code = before == "-" and start > 1 and text[start - 2].isalpha() and not _is_part(text, start)
    glued = after.isalpha() and not (after in _YEAR_SIGNS and len(raw) > 3)
    if before.isalpha() or before in "$€£₽₼#№_" or code or glued or after in "%$€£°_":
        return "OTHER", None
    if group in {"iso", "ymd"}:
        day = valid_day(*(int(part) for part in re.split(r"[-./]", raw)))
        return ("ISO", day) if day else ("OTHER", None)
    if group == "numeric":
        return _numeric(raw)
    if group == "quarter":
        size, number = (3 if raw[0] == "Q" else 6), int(raw[1])
        return "QUARTER", (size * number - size + 1, size * number)
    if group == "decade":
        return "DECADE", int(raw)
    if group == "clock" or not raw.isdigit() or len(raw) > _MOST_DIGITS:
        return "OTHER", None
    number = int(raw)
    if group == "ord":
        return ("ORD", number) if 1 <= number <= 31 else ("OTHER", None)
    if len(raw) <= 2 and 1 <= number <= 31:
        return "DAY", number
    if len(raw) == 4 and FIRST_YEAR <= number <= LAST_YEAR:
        return "YEAR", number
    return ("NUMBER", number) if number < 1000 else ("OTHER", None)


def _is_part(text: str, start: int) -> bool:
    """Return whether the word before a hyphen belongs to a date ("mid-2022", "15-Apr-2022")."""
    word = re.search(r"[^\W\d_]+$", text[max(0, start - 12) : start - 1])
    return word is not None and _word(word[0], 0, 0).kind in {"PART", *MONTH_KINDS}


def full_year(short: int, near: date | None = None) -> int:
    """Return the year that two digits stand for: the one nearest to `near`, or to 1990."""
    pivot = near.year if near else _PIVOT_YEAR
    return min((1800 + short, 1900 + short, 2000 + short), key=lambda year: abs(year - pivot))


def _numeric(raw: str) -> tuple[str, object]:
    first, second, year = (int(part) for part in re.split(r"[./-]", raw))
    if len(re.split(r"[./-]", raw)[2]) == 2:
        year = full_year(year)
    readings = [valid_day(year, second, first)]
    if "." not in raw:  # with full stops it is always the day that comes first
        readings.append(valid_day(year, first, second))
    days = tuple(dict.fromkeys(day for day in readings if day))
    return ("NUMERIC", NumericDate(days)) if days else ("OTHER", None)


def _meanings(*rows: tuple[str, Mapping[str, object]]) -> dict[str, tuple[str, object]]:
    """Return the kind and the value of each word, those of the first row that has it."""
    return {
        word: (kind, value) for kind, values in reversed(rows) for word, value in values.items()
    }


_KEYWORDS = [(kind, dict.fromkeys(words)) for kind, words in date_words.KEYWORDS.items()]
_SMALL = _meanings(
    *_KEYWORDS,
    ("COUNT", date_words.COUNTS),
    ("NTH", date_words.NTHS),
    ("PART", date_words.PARTS),
    ("TODAY", date_words.DAY_WORDS),
    ("GMONTH", date_words.EITHER_WAY_MONTHS),
    ("FMONTH", date_words.ENGLISH_MONTHS),
    ("FMONTH", date_words.DAY_FIRST_MONTHS),
)
_CAPITAL = _SMALL | _meanings(
    *_KEYWORDS,
    ("MONTH", date_words.ENGLISH_MONTHS),
    ("LMONTH", date_words.MONTH_ABBREVIATIONS),
    ("WEEKDAY", date_words.WEEKDAYS),
    ("WDAY", date_words.WEEKDAY_ABBREVIATIONS),
)


def _word(raw: str, start: int, end: int) -> Token:
    known = _CAPITAL if raw[0].isupper() else _SMALL
    kind, value = known.get(raw.replace("İ", "i").lower(), ("WORD", None))
    return Token(kind, raw, start, end, value)


def _number_sentences(tokens: list[Token]) -> None:
    number = 0
    for position, token in enumerate(tokens):
        token.sentence = number
        if token.kind == "BREAK":
            number += 1
        elif token.kind == "dot" and position + 1 < len(tokens):
            after, before = tokens[position + 1], tokens[position - 1] if position else token
            initial = len(before.text) == 1 and before.text.isupper()
            clock = before.text in _HALVES and after.kind in _AFTER_CLOCK  # "at 1 p.m. Saturday"
            if not (initial or clock) and after.start > token.end and not after.text[0].islower():
                number += 1
