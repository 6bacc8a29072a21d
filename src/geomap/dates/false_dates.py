"""Rules against words that only look like a date: a count, a name, a score.

Each rule is a row of `RULES` with two examples in which [brackets] mark a match of the
grammar: in the first the rule refuses it, in the second it lets it pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geomap.dates import date_words
from geomap.dates.date_tokens import DAY_KINDS, MONTH_KINDS, Token
from geomap.dates.grammar import PATTERNS, Match
from geomap.dates.surroundings import People, Surroundings, surroundings_of

_DATED = frozenset({"ISO", "NUMERIC", "YEAR", "WEEKDAY"}) | MONTH_KINDS
_WITH_MONTH = frozenset({"ISO", "NUMERIC"}) | MONTH_KINDS
_NUMBERS = frozenset({"DAY", "NUMBER", "COUNT"})
_RANGES = ("range", "from_to", "between", "ongoing")
_LISTS = ("list_dm", "list_md", "range", "either", "nights")
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
    if not isinstance(year, int) or not isinstance(short, int):
        return True
    return short <= year % 100 or short > 99 or (short <= 12 and short != year % 100 + 1)


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


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason why a match is no date.

    `patterns` are the names of the patterns that it looks at, all without any; `refused` and
    `passed` are its examples.
    """

    name: str
    refused: str
    passed: str
    refuses: Callable[[Surroundings], bool]
    patterns: tuple[str, ...] = ()


RULES: tuple[Rule, ...] = (
    Rule("a person", "Theresa May spoke. It was sent to [May] by him.", "They met in [May].",
         _is_person),
    Rule("a foreign name", "The [Mars 2020] rover landed.", "Le [3 mars 2020] à Paris.",
         _is_foreign_name),
    Rule("a weekday in a name", "Services on Good [Friday] were full.", "It fell on [Friday].",
         _is_named_weekday, ("weekday", "last_weekday")),
    Rule("a title", "A report by Russia [Today] said so.", "It is closed [today].",
         _is_title, ("today",)),
    Rule("a vague period", "It is due in [the next days].", "It fell in [the past week].",
         _is_vague_period, ("anaphoric", "period", "past")),
    Rule("an inexact time ago", "It fell more than [two days ago].", "It fell [two days ago].",
         lambda it: it.kind_before in {"over", "slash"} or it.word_before == "than", ("ago",)),
    Rule("a verb before a month", "Exports [start in May 2022].", "Near [the end of May 2022].",
         _is_verb_before_month),
    Rule("time apart from a thing", "On 3 May 2022 it fell, [two days before] the vote.",
         "On 3 May 2022 it fell. [Two days after], it rose.",
         _is_apart_from_a_thing, ("apart", "anaphoric")),
    Rule("a lasting time", "It went on for [two days after] 3 May 2022.",
         "It fell [two days after] 3 May 2022.",
         lambda it: it.word_before in date_words.INEXACT_WORDS or it.kind_before in _LASTING,
         ("apart_of", "ago_today")),
    Rule("a short year", "Paid on [12 Dec] '22 in cash.", "Paid on [12 Dec], in cash.",
         _is_short_year),
    Rule("a range of numbers", "Rated from [5 to 7] there.", "It ran from [5 to 7 May 2022].",
         lambda it: not _DATED.intersection(it.kinds), _RANGES),
    Rule("half of a season", "Cuts from [2009 to 10] hurt.", "It ran from [2009 to May 2010].",
         lambda it: bool(DAY_KINDS.intersection(it.kinds))
         and not _WITH_MONTH.intersection(it.kinds), _RANGES),
    Rule("no later year", "The form of [2003-12] changed.", "The cup of [2003-04] was held.",
         _is_no_later_year, ("split_year",)),
    Rule("a percentage", "A rise of [2022] % was seen.", "A rise of [2022] was seen.",
         lambda it: it.word_after == "%" and it.kind_after == "OTHER", ("year", "list_years")),
    Rule("a month in a name", "They sailed in [Jan] Mayen.", "They sailed in [Jan], he said.",
         _is_month_in_name, ("month",)),
    Rule("an end that is not today", "It runs from [3 May 2022 to tomorrow].",
         "It runs from [3 May 2022 to today].",
         lambda it: it.inside[-1].kind == "TODAY" and it.inside[-1].value != 0, ("ongoing",)),
    Rule("a count before a list", "They killed [3 and 5 May] ended.", "It fell on [3 and 5 May].",
         lambda it: it.kind_before == "WORD" and it.word_before.endswith(("ed", "ing")),
         ("list_dm",)),
    Rule("a weekend of something", "It fell on [the weekend] of the vote.",
         "It fell on [the weekend].", lambda it: it.kind_after == "of", ("weekend",)),
    Rule("a rank", "On 2 May 2022, on the [3rd] attempt, it fell.",
         "On 2 May 2022 it fell, on the [3rd] it rose.",
         lambda it: it.counts_a_noun, ("ordinal",)),
    Rule("a list and a count", "On [May 3 and 7] people died.", "On [May 3 and 7] it was shut.",
         lambda it: it.kinds[-1] in DAY_KINDS and "YEAR" not in it.kinds and it.counts_a_noun
         and "dash" not in it.kinds[-2:], _LISTS),
    Rule("a month and a count", "In [March 10] people died.", "On [March 10] people died.",
         _is_month_then_count, ("point",)),
    Rule("a verb", "Up to [30 May] Have Died", "By [30 May] Ten Had Died",
         lambda it: it.kinds[-1] == "MONTH" and it.inside[-1].text == "May"
         and it.word_after in date_words.AFTER_MODAL, ("point",)),
)  # fmt: skip

_RULES_OF = {
    pattern: tuple(rule for rule in RULES if not rule.patterns or pattern in rule.patterns)
    for pattern in PATTERNS
}
