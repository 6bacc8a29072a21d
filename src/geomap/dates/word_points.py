"""Points in time that a cell writes in words: 5 May 2021, Q3 2021, week 12 of 2021, summer 1953.

Words that say nothing about the day ("of", "the", a weekday) are passed over. What the rest may
be is a row of signs, one for each token, and the forms that are dates are listed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, product

from geomap.dates.calendars import Calendar, is_in_calendar
from geomap.dates.cell_points import Given, Part, Point, full_year
from geomap.dates.cell_words import CellToken, Meaning

_SIGNS = {
    "number": "n", "month": "m", "nth": "o", "part": "p", "season": "s", "quarter": "Q",
    "half": "H", "week": "W", "month-number": "M", "decade": "d", "quote": "'",
}  # fmt: skip
_SILENT = frozenset(["filler", "weekday", "ordinal", "dash", "slash", "dot", "comma"])
_COUNTED: dict[str, Part] = {"Q": "quarter", "H": "half", "W": "week"}
_LAST = 4  # "fourth" and "last" are one in the list of words
_MOST_READINGS = 96
_SHORT_LAST = frozenset(["mnn", "Qnn", "Hnn", "sn", "nQn"])
_SHORT_FIRST_OR_LAST = frozenset(["nmn"])  # 05-Jul-99, 99-Jul-05

_WORD_FORMS: dict[Part, list[str]] = {
    "day": ["nmy", "mny", "ymn", "nm'n", "mn'n", "nmn", "mnn", "nMny", "nm", "mn", "nMn"],
    "month": ["my", "ym", "m'n", "mn", "nm", "Mny", "m", "pmy", "ypm", "pm"],
    "year": ["py", "yp", "'n"],
    "quarter": ["Qny", "yQn", "nQy", "oQy", "yoQ", "ynQ", "Qoy", "yQo", "Qn", "nQ", "oQ", "Qnn",
                "Qn'n", "nQn"],
    "half": ["Hny", "yHn", "nHy", "oHy", "yoH", "ynH", "Hn", "nH", "oH", "oHmy", "Hnn", "Hoy",
             "Hn'n"],
    "week": ["Wny", "yWn", "nWy", "oWy", "ynW", "Wn", "oWmy", "nWmy"],
    "season": ["sy", "ys", "s'n", "s", "sn"],
    "decade": ["yd", "pyd"],
}  # fmt: skip
_PART_OF = {form: part for part, forms in reversed(_WORD_FORMS.items()) for form in forms}
_SPLIT_FORMS: dict[str, Part] = {"n": "day", "ny": "day", "y": "year"}
"""Forms that are a point only beside the other end of a range: "12" to "14 March"."""


def words_point(tokens: Sequence[CellToken], given: Given, *, beside: bool = False) -> Point | None:
    """Return the point that the words of a cell are, None where they are none.

    Parameters
    ----------
    tokens, given
        Tokens of a cell or of one end of a range; what is known round them.
    beside
        Whether the other end of a range may give what is missing.
    """
    readings = product(*(_meanings(tokens, place) for place in range(len(tokens))))
    for reading in islice(readings, _MOST_READINGS):
        spoken = [(kind, value) for kind, value in reading if kind not in _SILENT]
        if not all(kind in _SIGNS for kind, _ in spoken):
            continue
        form = "".join(
            "y" if kind == "number" and isinstance(value, int) and value > 99 else _SIGNS[kind]
            for kind, value in spoken
        )
        part = _PART_OF.get(form) or (_SPLIT_FORMS.get(form) if beside else None)
        point = _filled(form, [value for _, value in spoken], given, tokens) if part else None
        if point:
            return point
    return None


def _meanings(tokens: Sequence[CellToken], place: int) -> Sequence[Meaning]:
    """Return what a token may stand for: "mar" is a Tuesday only right before a day."""
    token, after = tokens[place], tokens[place + 1 : place + 3]
    if not (token.is_a("month") and token.is_a("weekday")):
        return token.meanings
    before_day = place == 0 and next((t for t in after if not t.is_a("dot", "comma")), None)
    if before_day and before_day.is_a("number"):
        return token.meanings
    return [meaning for meaning in token.meanings if meaning[0] != "weekday"]


def _filled(
    form: str, values: list[object], given: Given, tokens: Sequence[CellToken]
) -> Point | None:
    """Return the point of a form with its values, None where they do not fit it."""
    numbers = [int(str(value)) for sign, value in zip(form, values, strict=True) if sign == "n"]
    value = dict(zip(form, values, strict=True))
    year = int(str(value["y"])) if "y" in value else None
    month, calendar = _month(value.get("m"))
    if "M" in form:
        month = numbers.pop(-1)  # its number stands after the word for month
    short = _short_year(form, numbers, given, tokens)
    if short is not None:
        numbers.remove(short)
        year = full_year(short, given)
    if calendar != "gregorian" and year is not None and not is_in_calendar(calendar, year):
        return None
    point = Point("day", year, month, calendar=calendar, short_year=short is not None)
    for sign, part in _COUNTED.items():
        if sign in form:
            return replace(point, part=part, number=_count(part, value.get("o"), numbers))
    if "s" in form:
        return replace(point, part="season", number=int(str(value["s"])))
    if "d" in form:
        return _decade(year)
    if numbers:
        last = 13 if calendar == "ethiopian" else 12
        return replace(point, day=numbers[0]) if month is None or 1 <= month <= last else None
    third = str(value["p"]) if "p" in value else None
    return replace(point, part="year" if month is None else "month", third=third)


def _month(value: object) -> tuple[int | None, Calendar]:
    if not isinstance(value, tuple):
        return None, "gregorian"
    return value[1], value[0]


def _short_year(
    form: str, numbers: Sequence[int], given: Given, tokens: Sequence[CellToken]
) -> int | None:
    """Return the two digits that are a year: those of "Jul-99" and "Sept-21", not of "5-Jan"."""
    if form in _SHORT_FIRST_OR_LAST:
        return numbers[0] if numbers[0] > 31 else numbers[-1]
    if form.endswith("'n") or form in _SHORT_LAST:
        return numbers[-1]
    if form not in {"mn", "nm"}:
        return None
    number = numbers[0]
    if number > 31:
        return number
    if form == "nm" or not any(token.is_a("dash", "slash") for token in tokens):
        return None
    return number if given.year is None or given.year % 100 == number else None


def _count(part: str, nth: object, numbers: Sequence[int]) -> int:
    """Return which quarter, half or week is meant; "the last half" is the second."""
    number = nth if isinstance(nth, int) else numbers[0] if numbers else 0
    return 2 if part == "half" and nth == _LAST else number


def _decade(year: int | None) -> Point | None:
    """Return the decade of "1950s"; the years of "1900s" may be those of the whole century."""
    if year is None or year % 10:
        return None
    return Point("decade", year, number=10 if year % 100 else 100)
