"""Years of two digits and days in figures without a year, made into whole dates.

Both are only read where something vouches for them: a year of two digits stands after a day
and its month and before no counted noun; a day in figures ("14/3") stands where a date would,
in a text whose day of publication is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from geomap.dates.date_tokens import MONTH_KINDS, NumericDate, Token, full_year, valid_day
from geomap.dates.date_words import FUNCTION_WORDS

_AHEAD = timedelta(days=31)
_IDIOMS = frozenset({"24/7", "9/11", "11/9", "7/7"})
_BEFORE_FIGURES = frozenset(
    {"on", "from", "since", "until", "by", "and", "to", "dash", "open", "BREAK", "OTHER"}
)


def complete_short_dates(tokens: Sequence[Token], text: str, published: date | None) -> list[Token]:
    """Return the tokens with years of two digits and days in figures completed.

    Parameters
    ----------
    tokens, text
        Tokens of the text; the text.
    published
        Day of publication: settles the century, and the year of days in figures.
    """
    done: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        figures = _figures(tokens, position, text, published)
        if figures is not None:
            done.append(figures)
            position += 3
            continue
        if token.kind == "quote" and _is_short_year(tokens, position + 1, quoted=True):
            position += 1
            token = tokens[position]
            token.kind, token.value = "YEAR", full_year(int(token.text), published)
        elif _is_short_year(tokens, position, quoted=False):
            token.kind, token.value = "YEAR", full_year(int(token.text), published)
        done.append(token)
        position += 1
    return done


def _is_short_year(tokens: Sequence[Token], position: int, *, quoted: bool) -> bool:
    """Return whether two digits are the year of the day and month, or month, before them."""
    if position >= len(tokens) or not position:
        return False
    token = tokens[position]
    if token.kind not in {"DAY", "NUMBER"} or len(token.text) != 2:
        return False
    kinds = [t.kind for t in tokens[max(0, position - 3 - quoted) : position - quoted]]
    if quoted:
        return bool(kinds) and (kinds[-1] in MONTH_KINDS or _is_month_and_day(kinds))
    if len(kinds) < 2 or kinds[-1] not in MONTH_KINDS or kinds[-2] not in {"DAY", "ORD"}:
        return False
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is None or following.kind in {"dash", "open", "close", "comma", "dot", "BREAK"}:
        return True
    return token.kind == "NUMBER" and following.text.lower() in FUNCTION_WORDS


def _is_month_and_day(kinds: Sequence[str]) -> bool:
    core = [kind for kind in kinds if kind != "comma"]
    return len(core) > 1 and core[-1] in {"DAY", "ORD"} and core[-2] in MONTH_KINDS


def _figures(
    tokens: Sequence[Token], position: int, text: str, published: date | None
) -> Token | None:
    """Return "14/3" as one token where it stands for a day of the year of publication."""
    three = tokens[position : position + 3]
    if published is None or [t.kind for t in three] != ["DAY", "slash", "DAY"]:
        return None
    start, end = three[0].start, three[2].end
    raw = text[start:end]
    glued = three[0].end == three[1].start and three[1].end == three[2].start
    opens = position == 0 or "\n" in text[tokens[position - 1].end : start]
    stands = opens or tokens[position - 1].kind in _BEFORE_FIGURES
    after = {token.kind for token in tokens[position + 3 : position + 5]}
    if not glued or not stands or raw in _IDIOMS or after & MONTH_KINDS:
        return None
    if text[end : end + 1] in {"/", "%"}:
        return None
    first, second = (int(part) for part in raw.split("/"))
    days = [_nearest(second, first, published), _nearest(first, second, published)]
    readings = tuple(dict.fromkeys(day for day in days if day is not None))
    if not readings:
        return None
    return Token("NUMERIC", raw, start, end, NumericDate(readings), three[0].sentence)


def _nearest(month: int, day: int, published: date) -> date | None:
    years = (published.year - 1, published.year, published.year + 1)
    days = [found for year in years if (found := valid_day(year, month, day))]
    return max((found for found in days if found <= published + _AHEAD), default=None)
