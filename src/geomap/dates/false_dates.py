"""What the words around a match show: that it is a count, a name or a score, and no date."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.dates.date_tokens import MONTH_KINDS, Token
from geomap.dates.date_words import (
    AFTER_MODAL,
    COUNTED_NOUNS,
    ENGLISH_MONTHS,
    FUNCTION_WORDS,
    LOOSE_WORDS,
    NO_DAY_AFTER_WEEKDAY,
    NO_DAY_BEFORE_WEEKDAY,
    NOT_BEFORE_PERSON,
    PERSON_MONTHS,
    words,
)
from geomap.dates.grammar import Match
from geomap.dates.months import CAPITAL_MONTHS

_DATED = frozenset({"ISO", "NUMERIC", "YEAR", "WEEKDAY"}) | MONTH_KINDS
_WITH_MONTH = frozenset({"ISO", "NUMERIC"}) | MONTH_KINDS
_DAYS = frozenset({"DAY", "ORD"})
_RANGES = frozenset(words("range from_to between ongoing"))
_COUNTING = frozenset(words("list_dm list_md range either nights"))
_PART_NOUNS = frozenset(words("beginning start middle end"))
_TOLD = frozenset(words("comma dot BREAK and close"))
_AFTER_MONTH = frozenset(words("DAY ORD YEAR dash comma"))
_LASTING = frozenset(words("for in over during last past the"))
_TIMELY = frozenset(words("on since until by from of after before the between in to comma open"))

People = frozenset[tuple[str, str]]


def is_wrong(match: Match, tokens: Sequence[Token], people: People = frozenset()) -> bool:
    """Return whether the words around a match show that it is something else.

    `people` are the names that end in a month's name, from `people_months`.
    """
    inside = tokens[match.first : match.last]
    after = tokens[match.last] if match.last < len(tokens) else None
    before = tokens[match.first - 1] if match.first else None
    if any(token.kind == "BREAK" for token in inside):
        return True
    if _is_person(inside, before, after, people) or _is_foreign_name(inside, after):
        return True
    if match.name in {"weekday", "last_weekday"}:
        return _is_name_with_weekday(before, after)
    if match.name == "today" and _is_title(inside[0], before):
        return True
    if _is_vague(match, inside, before, after):
        return True
    if match.name in {"apart", "anaphoric"} and inside[-1].kind in {"before", "after"}:
        return _is_told(after) or _is_loose(before)
    if match.name in {"apart_of", "ago_today"}:
        return _is_loose(before) or (before is not None and before.kind in _LASTING)
    if _is_short_year(inside, tokens[match.last : match.last + 2]):
        return True
    return _is_count(match, inside, before, after)


def people_months(tokens: Sequence[Token]) -> People:
    """Return the names of people in a text that end in a month's name ("theresa", "may").

    Such a name is a capital word right before the month, with a small word or a sign after
    it; a number after it would make it a date.
    """
    found = set()
    for before, month, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if month.kind != "MONTH" or month.text.lower() not in PERSON_MONTHS:
            continue
        given = before.kind == "WORD" and before.text.istitle() and month.start - before.end == 1
        plain = after.kind not in {"DAY", "ORD", "YEAR"} and not after.text[0].isupper()
        if given and plain and before.text.lower() not in NOT_BEFORE_PERSON:
            found.add((before.text.lower(), month.text.lower()))
    return frozenset(found)


def cuts_a_day(match: Match, other: Match, tokens: Sequence[Token]) -> bool:
    """Return whether `match` is `other` without a day that has no month of its own.

    "31 June 2022" means nothing, and "June 2022" is not what it says.
    """
    if not (other.first <= match.first and match.last <= other.last):
        return False
    for rest in (tokens[other.first : match.first], tokens[match.last : other.last]):
        kinds = {token.kind for token in rest}
        if kinds & _DAYS and not kinds & MONTH_KINDS:
            return True
    return False


def _is_person(
    inside: Sequence[Token], before: Token | None, after: Token | None, people: People
) -> bool:
    """Return whether a month at the start of a match is the name of a person."""
    month = inside[0].text.lower()
    if inside[0].kind != "MONTH" or before is None or month not in PERSON_MONTHS:
        return False
    if (before.text.lower(), month) in people:
        return True
    loose = before.kind in {"the", "of", "for", "by", "from", "to", "before", "after", "until"}
    if len(inside) > 1 or not loose or (after is not None and after.kind in _AFTER_MONTH):
        return False
    surname = after is not None and after.kind == "WORD" and after.text[0].isupper()
    known = any(name == month for _, name in people)
    return known or (surname and before.text.islower() and before.kind != "the")


def _is_foreign_name(inside: Sequence[Token], after: Token | None) -> bool:
    """Return whether a month of another language is a name here ("Mars 2020", "3 Mai-Mai")."""
    kinds = {token.kind for token in inside}
    foreign = next((token for token in inside if token.kind == "FMONTH"), None)
    if foreign is None:
        return False
    dated = bool(kinds & _DAYS)
    if "in" in kinds:
        return True  # "K-Mart in 1996"
    if "YEAR" in kinds and (dated or foreign.text[0].islower()):
        return False
    lower = foreign.text.lower()
    if lower in ENGLISH_MONTHS:
        return True  # "12 may be"; only between a day and a year is it sure
    if not dated:
        return foreign.text.isascii() and lower not in CAPITAL_MONTHS
    if after is None or "dot" in kinds or "of" in kinds:
        return False
    glued = after.kind == "dash" and after.start == foreign.end
    return glued or (after.kind == "WORD" and after.text[0].isupper())


def _is_count(
    match: Match, inside: Sequence[Token], before: Token | None, after: Token | None
) -> bool:
    """Return whether the number of a match counts something."""
    kinds = [token.kind for token in inside]
    if match.name in _RANGES and not _DATED.intersection(kinds):
        return True
    if match.name in _RANGES and _DAYS & {*kinds} and not _WITH_MONTH.intersection(kinds):
        return True  # "from 2009-10"
    if match.name == "split_year":
        return _is_not_later(inside)
    if match.name in {"year", "list_years"}:
        return after is not None and after.kind == "OTHER" and after.text == "%"
    if match.name == "month":
        return _is_other_month(inside[0], before, after)
    if match.name == "ongoing":
        return inside[-1].kind == "TODAY" and inside[-1].value != 0
    if match.name == "list_dm" and before is not None and before.kind == "WORD":
        return before.text.endswith(("ed", "ing"))  # "killed 3 and 5 May saw ..."
    if match.name == "weekend":
        return after is not None and after.kind == "of"
    if match.name == "ordinal":
        return _is_noun(after)
    if match.name in _COUNTING and "YEAR" not in kinds and kinds[-1] in _DAYS:
        return _is_noun(after) and "dash" not in kinds[-2:]
    if match.name == "point" and kinds == ["MONTH", "DAY"]:
        return _is_month_then_count(before, after)
    if match.name == "point" and kinds[-1] == "MONTH" and inside[-1].text == "May":
        return after is not None and after.text.lower() in AFTER_MODAL
    return False


def _is_vague(
    match: Match, inside: Sequence[Token], before: Token | None, after: Token | None
) -> bool:
    """Return whether this is "the coming months", "over a year ago" or "start in April"."""
    counted = any(token.kind in {"DAY", "NUMBER", "COUNT"} for token in inside)
    if match.name in {"anaphoric", "period", "past"} and not counted:
        last = inside[-2].kind in {"last", "past"}
        last_of = last and after is not None and after.kind == "of"  # "the last year of the war"
        coming = inside[0].kind == "the" and inside[-1].kind == "day" and _is_coming(inside)
        return last_of or coming or inside[-1].text.endswith("s")
    if match.name == "ago" and before is not None:
        return before.kind in {"over", "slash"} or before.text.lower() == "than"
    if len(inside) > 1 and inside[0].kind == "PART" and inside[0].text.lower() in _PART_NOUNS:
        dated = after is not None and after.kind in _DAYS
        return inside[1].kind == "in" or (inside[1].kind in MONTH_KINDS and dated)
    return False


def _is_title(word: Token, before: Token | None) -> bool:
    """Return whether a capital "Today" ends a name ("Russia Today")."""
    if before is None or not word.text[0].isupper():
        return False
    return before.kind == "for" or (before.kind == "WORD" and before.text[0].isupper())


def _is_coming(inside: Sequence[Token]) -> bool:
    return any(token.text.lower() in {"coming", "upcoming"} for token in inside)


def _is_short_year(inside: Sequence[Token], after: Sequence[Token]) -> bool:
    """Return whether a year of two digits follows ("12-Dec-22", "12 Dec '22")."""
    if len(after) < 2 or inside[-1].kind not in MONTH_KINDS or not after[1].text.isdigit():
        return False
    dashed = after[0].kind == "dash" and any(token.kind == "dash" for token in inside)
    return len(after[1].text) == 2 and (dashed or after[0].kind == "quote")


def _is_other_month(month: Token, before: Token | None, after: Token | None) -> bool:
    """Return whether this is "by April's friend", "in Jan Mayen", "the March On Rome"."""
    if after is None:
        return False
    if before is not None and before.kind == "the":
        return not after.text.islower()
    name = month.kind == "LMONTH" and after.kind == "WORD" and after.text[0].isupper()
    return name or after.kind == "quote"


def _is_not_later(inside: Sequence[Token]) -> bool:
    """Return whether the number after the dash is no later year: "2003-12" may be a month."""
    year, short = inside[0].value, inside[-1].value
    if not isinstance(year, int) or not isinstance(short, int):
        return True
    return short <= year % 100 or short > 99 or (short <= 12 and short != year % 100 + 1)


def _is_noun(token: Token | None) -> bool:
    """Return whether a word follows that makes the number before it a count."""
    return token is not None and token.kind == "WORD" and token.text.lower() not in FUNCTION_WORDS


def _is_told(token: Token | None) -> bool:
    """Return whether "two days before" is told of something named right after it."""
    return token is not None and token.kind not in _TOLD


def _is_loose(before: Token | None) -> bool:
    return before is not None and before.text.lower() in LOOSE_WORDS


def _is_month_then_count(before: Token | None, after: Token | None) -> bool:
    """Return whether this is "in March 10 people died", or "March 5 km"."""
    if before is not None and before.kind == "in":
        return True
    counted = after is not None and after.text.lower() in COUNTED_NOUNS
    return counted and (before is None or before.kind not in _TIMELY)


def _is_name_with_weekday(before: Token | None, after: Token | None) -> bool:
    if before and before.text.lower() in NO_DAY_BEFORE_WEEKDAY:
        return True
    if before and before.kind == "a" and not _is_noun(after):
        return True  # "it was a Tuesday", but not "in a Tuesday interview"
    return after is not None and after.text.lower() in NO_DAY_AFTER_WEEKDAY
