"""Dates and coordinates of random tables: how one table writes them, and what they mean."""

from __future__ import annotations

import calendar
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.ingest.random_words import AXIS_NAMES, MONTHS, ODD_AXIS_NAMES, PAIR_NAMES

Column = tuple[str, list[Any]]
Point = tuple[float, float]

NUMERIC_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d-%m-%Y",
                 "%Y-%m-%dT00:00:00Z", "%Y-%m-%d 14:05:00", "%d/%m/%Y 09:30", "%d-%b-%Y",
                 "%b %d, %Y", "%Y.%m.%d", "%A, %d %B %Y", "%d%b%Y",
                 "%m/%d/%Y 12:00:00 AM")  # fmt: skip
SHORT_DATES = ("%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d-%b-%y", "%y-%m-%d")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one row: first and last; `is_exact` where both are the same day."""

    start: date
    end: date


def month_of(day: date) -> Days:
    """Return the month that a day is in."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Days(day.replace(day=1), day.replace(day=last))


def date_columns(
    days: Sequence[date], header: str, language: str, chance: random.Random
) -> tuple[str, list[Column], list[Days]]:
    """Return how the dates of a table are written, their columns, and what they mean."""
    kinds: tuple[tuple[float, Callable[[], tuple[str, list[Column], list[Days]]]], ...] = (
        (6, lambda: _by_pattern(days, header, chance.choice(NUMERIC_DATES))),
        (1, lambda: _by_pattern(days, header, chance.choice(SHORT_DATES))),
        (2, lambda: _in_words(days, header, language, chance)),
        (1, lambda: _in_parts(days, chance)),
        (1, lambda: _months(days, header, chance)),
        (0.5, lambda: _ranges(days, header, chance)),
        (0.5, lambda: _years(days, header)),
    )
    weights, writers = zip(*kinds, strict=True)
    written: tuple[str, list[Column], list[Days]] = chance.choices(writers, weights)[0]()
    return written


def _by_pattern(
    days: Sequence[date], header: str, pattern: str
) -> tuple[str, list[Column], list[Days]]:
    return pattern, [(header, [day.strftime(pattern) for day in days])], [Days(d, d) for d in days]


def _in_words(
    days: Sequence[date], header: str, language: str, chance: random.Random
) -> tuple[str, list[Column], list[Days]]:
    if language in ("ja", "zh"):
        cells = [f"{day.year}年{day.month}月{day.day}日" for day in days]
        return "words", [(header, cells)], [Days(day, day) for day in days]
    names = MONTHS[language].split()
    form = {"es": "{d} de {m} de {y}", "pt": "{d} de {m} de {y}", "de": "{d}. {m} {y}"}.get(
        language, chance.choice(("{d} {m} {y}", "{d:02} {m} {y}"))
    )
    cells = [form.format(d=day.day, m=names[day.month - 1], y=day.year) for day in days]
    return "words", [(header, cells)], [Days(day, day) for day in days]


def _in_parts(days: Sequence[date], chance: random.Random) -> tuple[str, list[Column], list[Days]]:
    names = chance.choice((("year", "month", "day"), ("Year", "Month", "Day"),
                           ("iyear", "imonth", "iday"), ("año", "mes", "día"),
                           ("Jahr", "Monat", "Tag"), ("год", "месяц", "день")))  # fmt: skip
    parts = zip(*((day.year, day.month, day.day) for day in days), strict=True)
    columns = [(name, list(cells)) for name, cells in zip(names, parts, strict=True)]
    return "parts", columns, [Days(day, day) for day in days]


def _months(
    days: Sequence[date], header: str, chance: random.Random
) -> tuple[str, list[Column], list[Days]]:
    names = MONTHS["en"].split()
    form = chance.choice(("{n} {y}", "{y}-{m:02}", "{m:02}/{y}", "{s}-{y}"))
    cells = [
        form.format(n=names[d.month - 1], s=names[d.month - 1][:3], m=d.month, y=d.year)
        for d in days
    ]
    return "months", [(header, cells)], [month_of(day) for day in days]


def _ranges(
    days: Sequence[date], header: str, chance: random.Random
) -> tuple[str, list[Column], list[Days]]:
    spans = [Days(day, day + timedelta(days=chance.randint(1, 40))) for day in days]
    form = chance.choice(("{0} - {1}", "{0} to {1}", "{0}/{1}"))
    cells = [form.format(span.start.isoformat(), span.end.isoformat()) for span in spans]
    return "ranges", [(header, cells)], spans


def _years(days: Sequence[date], header: str) -> tuple[str, list[Column], list[Days]]:
    spans = [Days(date(day.year, 1, 1), date(day.year, 12, 31)) for day in days]
    return "years", [(header, [day.year for day in days])], spans


def point_columns(
    points: Sequence[Point], headers: tuple[str, str], chance: random.Random
) -> tuple[str, list[Column]]:
    """Return how the coordinates of a table are written, and their columns."""
    kind = chance.choices(
        ("own", "named", "odd", "pair", "turned pair", "dms", "minutes", "letters", "hemispheres",
         "comma", "wkt", "geojson", "parts", "west", "none", "degree sign"),
        (4, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5, 1, 0.5, 1, 0.5),
    )[0]  # fmt: skip
    named = {"named": AXIS_NAMES, "odd": ODD_AXIS_NAMES}
    names = chance.choice(named[kind]) if kind in named else headers
    columns = _WRITERS.get(kind, _decimal)(points, names, chance)
    return kind, columns if chance.random() < 0.7 else columns[::-1]


def _decimal(points: Sequence[Point], names: tuple[str, str], _: random.Random) -> list[Column]:
    return [(name, [point[axis] for point in points]) for axis, name in enumerate(names)]


def _pair(points: Sequence[Point], _: tuple[str, str], chance: random.Random) -> list[Column]:
    form = chance.choice(("{0}, {1}", "{0},{1}", "({0}, {1})", "{0} {1}", "{0}; {1}", "{0} / {1}"))
    return [(chance.choice(PAIR_NAMES), [form.format(*point) for point in points])]


def _turned(points: Sequence[Point], _: tuple[str, str], chance: random.Random) -> list[Column]:
    form = chance.choice(("{1}, {0}", "{1},{0}", "[{1}, {0}]", "{1} {0}"))
    return [(chance.choice(PAIR_NAMES), [form.format(*point) for point in points])]


def _by_angle(form: Callable[[float, str], str]) -> Callable[..., list[Column]]:
    def columns(points: Sequence[Point], names: tuple[str, str], _: random.Random) -> list[Column]:
        letters = ("NS", "EW")
        return [
            (name, [form(point[axis], letters[axis][point[axis] < 0]) for point in points])
            for axis, name in enumerate(names)
        ]

    return columns


def _sexagesimal(value: float) -> tuple[int, int, float]:
    seconds = round(abs(value) * 3600, 2)
    return int(seconds // 3600), int(seconds % 3600 // 60), seconds % 60


def _dms(value: float, letter: str) -> str:
    degrees, minutes, seconds = _sexagesimal(value)
    return f"{degrees}°{minutes:02}'{seconds:05.2f}\"{letter}"


def _minutes(value: float, letter: str) -> str:
    return f"{int(abs(value))}° {abs(value) % 1 * 60:.4f}' {letter}"


def _hemispheres(
    points: Sequence[Point], names: tuple[str, str], chance: random.Random
) -> list[Column]:
    marks = chance.choice((("N/S", "E/W"), ("NS", "EW"), ("lat_dir", "lon_dir"), ("Hem1", "Hem2")))
    columns: list[Column] = []
    for axis, (name, mark) in enumerate(zip(names, marks, strict=True)):
        letters = ("NS", "EW")[axis]
        columns.append((name, [abs(point[axis]) for point in points]))
        columns.append((mark, [letters[point[axis] < 0] for point in points]))
    return columns


def _west(points: Sequence[Point], names: tuple[str, str], chance: random.Random) -> list[Column]:
    """Return unsigned angles whose hemisphere is in the header, where all have the same one."""
    columns: list[Column] = []
    for axis, name in enumerate(names):
        signs = {point[axis] < 0 for point in points}
        if len(signs) > 1:
            return _decimal(points, names, chance)
        letter = ("NS", "EW")[axis][signs.pop()]
        columns.append((f"{name} ({letter})", [abs(point[axis]) for point in points]))
    return columns


def _parts(points: Sequence[Point], *_: object) -> list[Column]:
    columns: list[Column] = []
    for axis, name in enumerate(("LAT", "LON")):
        parts = [_sexagesimal(point[axis]) for point in points]
        for at, part in enumerate(("DEG", "MIN", "SEC")):
            cells = [each[at] if at < 2 else round(each[at], 2) for each in parts]
            columns.append((f"{name}_{part}", cells))
        letters = ("NS", "EW")[axis]
        columns.append((f"{name}_{letters}", [letters[point[axis] < 0] for point in points]))
    return columns


_WRITERS: dict[str, Callable[..., list[Column]]] = {
    "pair": _pair, "turned pair": _turned, "hemispheres": _hemispheres, "west": _west,
    "parts": _parts, "none": lambda *_: [],
    "dms": _by_angle(_dms), "minutes": _by_angle(_minutes),
    "letters": _by_angle(lambda value, letter: f"{abs(value)}{letter}"),
    "degree sign": _by_angle(lambda value, _: f"{value}°"),
    "comma": _by_angle(lambda value, _: str(value).replace(".", ",")),
    "wkt": lambda points, *_: [
        ("geom", [f"POINT ({lon} {lat})" for lat, lon in points])
    ],
    "geojson": lambda points, *_: [
        ("geometry", [f'{{"type":"Point","coordinates":[{lon},{lat}]}}' for lat, lon in points])
    ],
}  # fmt: skip
