"""Rules against words that only look like a date: a count, a name, a score.

Each rule is a row of `data/false_dates.tsv` with two examples in which [brackets] mark a match of
the grammar: in the first the rule refuses it, in the second it lets it pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from geomap.dates import date_words
from geomap.dates.date_tokens import DAY_KINDS, MONTH_KINDS, Token
from geomap.dates.grammar import PATTERNS, Match
from geomap.dates.surroundings import People, Surroundings, surroundings_of
from geomap.vocabulary import read_data_rows

_DATED = frozenset({"ISO", "NUMERIC", "YEAR", "WEEKDAY"}) | MONTH_KINDS
_WITH_MONTH = frozenset({"ISO", "NUMERIC"}) | MONTH_KINDS
_NUMBERS = frozenset({"DAY", "NUMBER", "COUNT"})
_PART_NOUNS = frozenset({"beginning", "start", "middle", "end"})
_STANDS_ALONE = frozenset({"comma", "dot", "BREAK", "and", "close"})
_AFTER_MONTH = frozenset({"DAY", "ORD", "YEAR", "dash", "comma"})
_LASTING = frozenset({"for", "in", "over", "during", "last", "past", "the"})
_TIMELY = frozenset(
    {"on", "since", "until", "by", "from", "of", "after", "before", "the", "between", "in", "to",
     "comma", "open"}
)  # fmt: skip
_BEFORE_NAME = frozenset({"the", "of", "for", "by", "from", "to", "before", "after", "until"})


def find_rule(match: Match, tokens: Sequence[Token], people: People = frozenset()) -> Rule | None:
    """Return the first rule that refuses a match among the tokens of a text, None for a date."""
    around = surroundings_of(match, tokens, people)
    return next((rule for rule in _RULES_OF[match.name] if rule.refuses(around)), None)


def _is_person(it: Surroundings) -> bool:
    month = it.inside[0].text.lower()
    if it.inside[0].kind != "MONTH" or not it.before or month not in date_words.PERSON_MONTHS:
        return False
    if (it.word_before, month) in it.people:
        return True
    if len(it.inside) > 1 or it.kind_before not in _BEFORE_NAME or it.kind_after in _AFTER_MONTH:
        return False
    surname = it.kind_after == "WORD" and it.after[0].text[0].isupper()
    known = any(name == month for _, name in it.people)
    return known or (surname and it.before[0].text.islower() and it.kind_before != "the")


def _is_foreign_name(it: Surroundings) -> bool:
    kinds = set(it.kinds)
    foreign = next((token for token in it.inside if token.kind == "FMONTH"), None)
    if foreign is None:
        return False
    dated = bool(kinds & DAY_KINDS)
    if "in" in kinds:
        return True  # "K-Mart in 1996"
    if "YEAR" in kinds and (dated or foreign.text[0].islower()):
        return False
    lower = foreign.text.lower()
    if lower in date_words.ENGLISH_MONTHS:
        return True  # "12 may be"; only between a day and a year is it sure
    if not dated:
        return foreign.text.isascii() and lower not in date_words.CAPITAL_MONTHS
    if not it.after or "dot" in kinds or "of" in kinds:
        return False
    glued = it.kind_after == "dash" and it.after[0].start == foreign.end
    return glued or (it.kind_after == "WORD" and it.after[0].text[0].isupper())


def _is_verb_before_month(it: Surroundings) -> bool:
    if len(it.inside) < 2 or it.inside[0].text.lower() not in _PART_NOUNS:
        return False
    month = it.inside[1].kind in MONTH_KINDS
    return it.inside[1].kind == "in" or (month and it.kind_after in DAY_KINDS)


def _is_vague_period(it: Surroundings) -> bool:
    if _NUMBERS.intersection(it.kinds):
        return False
    of_what = it.inside[-2].kind in {"last", "past"} and it.kind_after == "of"
    coming = any(token.text.lower() in {"coming", "upcoming"} for token in it.inside)
    coming_day = coming and it.inside[0].kind == "the" and it.inside[-1].kind == "day"
    return of_what or coming_day or it.inside[-1].text.endswith("s")


def _is_apart_from_a_thing(it: Surroundings) -> bool:
    if it.inside[-1].kind not in {"before", "after"}:
        return False
    beside_a_thing = bool(it.after) and it.kind_after not in _STANDS_ALONE
    return beside_a_thing or it.word_before in date_words.INEXACT_WORDS


def _is_short_year(it: Surroundings) -> bool:
    if len(it.after) < 2 or it.inside[-1].kind not in MONTH_KINDS:
        return False
    two_digits = len(it.after[1].text) == 2 and it.after[1].text.isdigit()
    dashed = it.kind_after == "dash" and "dash" in it.kinds
    return two_digits and (dashed or it.kind_after == "quote")


def _is_no_later_year(it: Surroundings) -> bool:
    year, short = it.inside[0].value, it.inside[-1].value
    return bool(short <= year % 100 or short > 99 or (short <= 12 and short != year % 100 + 1))


def _is_month_in_name(it: Surroundings) -> bool:
    if it.kind_before == "the":
        return bool(it.after) and not it.after[0].text.islower()
    capital = it.kind_after == "WORD" and it.after[0].text[0].isupper()
    return (it.inside[0].kind == "LMONTH" and capital) or it.kind_after == "quote"


def _is_month_then_count(it: Surroundings) -> bool:
    if it.kinds != ["MONTH", "DAY"]:
        return False
    counted = it.word_after in date_words.COUNTED_NOUNS and it.kind_before not in _TIMELY
    return it.kind_before == "in" or counted


def _is_named_weekday(it: Surroundings) -> bool:
    named = it.word_before in date_words.BEFORE_NAMED_WEEKDAY
    any_such = it.kind_before == "a" and not it.counts_a_noun
    return named or any_such or it.word_after in date_words.AFTER_NAMED_WEEKDAY


def _is_title(it: Surroundings) -> bool:
    named = it.kind_before == "WORD" and it.before[0].text[0].isupper()
    return it.inside[0].text[0].isupper() and (named or it.kind_before == "for")


_REFUSES: dict[str, Callable[[Surroundings], bool]] = {
    "a person": _is_person,
    "a foreign name": _is_foreign_name,
    "a weekday in a name": _is_named_weekday,
    "a title": _is_title,
    "a vague period": _is_vague_period,
    "an inexact time ago": lambda it: it.kind_before in {"over", "slash"}
    or it.word_before == "than",
    "a verb before a month": _is_verb_before_month,
    "time apart from a thing": _is_apart_from_a_thing,
    "a lasting time": lambda it: it.word_before in date_words.INEXACT_WORDS
    or it.kind_before in _LASTING,
    "a short year": _is_short_year,
    "a range of numbers": lambda it: _DATED.isdisjoint(it.kinds),
    "half of a season": lambda it: not DAY_KINDS.isdisjoint(it.kinds)
    and _WITH_MONTH.isdisjoint(it.kinds),
    "no later year": _is_no_later_year,
    "a percentage": lambda it: it.word_after == "%" and it.kind_after == "OTHER",
    "a month in a name": _is_month_in_name,
    "an end that is not today": lambda it: it.inside[-1].kind == "TODAY"
    and it.inside[-1].value != 0,
    "a count before a list": lambda it: it.kind_before == "WORD"
    and it.word_before.endswith(("ed", "ing")),
    "a weekend of something": lambda it: it.kind_after == "of",
    "a rank": lambda it: it.counts_a_noun,
    "a list and a count": lambda it: it.kinds[-1] in DAY_KINDS and "YEAR" not in it.kinds
    and it.counts_a_noun and "dash" not in it.kinds[-2:],
    "a month and a count": _is_month_then_count,
    "a verb": lambda it: it.kinds[-1] == "MONTH" and it.inside[-1].text == "May"
    and it.word_after in date_words.AFTER_MODAL,
}  # fmt: skip


class Rule(NamedTuple):
    """One reason why a match is no date.

    `patterns` are the names of the patterns that it looks at, all without any; `refused` and
    `passed` are its examples.
    """

    name: str
    patterns: tuple[str, ...]
    refused: str
    passed: str
    refuses: Callable[[Surroundings], bool]


RULES = tuple(
    Rule(name, tuple(patterns.split()), refused, passed, _REFUSES[name])
    for name, patterns, refused, passed in read_data_rows("geomap.dates", "false_dates.tsv")
)

_RULES_OF = {
    pattern: tuple(rule for rule in RULES if not rule.patterns or pattern in rule.patterns)
    for pattern in PATTERNS
}
