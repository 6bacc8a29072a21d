"""A view divided into parts, one for each day, week, month, year or type, all counted alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import geopandas as gpd
import pandas as pd

from geomap.errors import InputError
from geomap.query import EventQuery
from geomap.sharing import NO_REDACTION, Redaction, Term
from geomap.snapshot.plan.captions import day_words
from geomap.snapshot.plan.view import View, view_of
from geomap.store import Batch
from geomap.vocabulary import ENGLISH_MONTHS

UNITS = ("day", "week", "month", "year", "type")
MAX_PANELS, MAX_PICTURES = 24, 400


@dataclass(frozen=True, slots=True)
class Part:
    """One panel of a figure or picture of a series: name for files, label for readers, view."""

    name: str
    label: str
    view: View


def parts_of(
    whole: View,
    events: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    unit: str,
    *,
    joins: pd.DataFrame | None = None,
    terms: Sequence[Term] | None = None,
    batches: Sequence[Batch] = (),
    redaction: Redaction = NO_REDACTION,
    most: int = MAX_PICTURES,
) -> list[Part]:
    """Return the parts of a view, in the order of time or of the types' frequency.

    An event that lasts several days is in every part that it meets, as in any window.

    Parameters
    ----------
    whole
        The view to divide.
    events, places, joins, terms, batches, redaction
        The arguments of `view_of` that it was made from.
    unit, most
        One of `UNITS`; the largest number of parts.

    Raises
    ------
    InputError
        When the unit is unknown, or there would be no parts or too many.
    """
    if unit not in UNITS:
        message = f"No unit {unit!r}: choose one of {', '.join(UNITS)}."
        raise InputError(message)
    queries = _by_type(whole) if unit == "type" else _by_time(whole, unit)
    if not queries:
        message = f"Nothing is shown, so there is no {unit} to draw: widen the dates or filters."
        raise InputError(message)
    if len(queries) > most:
        message = (
            f"There would be {len(queries)} parts, one for each {unit}: {most} at most can be "
            "drawn; choose a longer unit or fewer dates."
        )
        raise InputError(message)
    same = {"joins": joins, "terms": terms, "batches": batches, "redaction": redaction}
    return [
        Part(name, label, view_of(events, query, places, **same))  # type: ignore[arg-type]
        for name, label, query in queries
    ]


def _by_type(whole: View) -> list[tuple[str, str, EventQuery]]:
    ranked = whole.events["event_type"].dropna().value_counts().index
    return [
        (str(word), str(word), replace(whole.query, types=frozenset({str(word)})))
        for word in ranked
    ]


def _by_time(whole: View, unit: str) -> list[tuple[str, str, EventQuery]]:
    days = whole.events["event_date"].dropna()
    ends = whole.events["event_date_end"].dropna()
    if days.empty:
        return []
    first = whole.query.start or days.min().date()
    last = whole.query.end or max([days.max().date(), *([ends.max().date()] if len(ends) else [])])
    queries: list[tuple[str, str, EventQuery]] = []
    begin = first
    while begin <= last and len(queries) <= MAX_PICTURES:
        end = min(_end_of(begin, unit), last)
        name, label = _named(begin, end, unit)
        queries.append((name, label, replace(whole.query, start=begin, end=end)))
        begin = end + timedelta(days=1)
    return queries


def _end_of(day: date, unit: str) -> date:
    if unit == "day":
        return day
    if unit == "week":
        return day + timedelta(days=6 - day.weekday())
    if unit == "year":
        return date(day.year, 12, 31)
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def _named(begin: date, end: date, unit: str) -> tuple[str, str]:
    is_whole = begin.day == 1 and _end_of(begin, unit) == end
    if unit == "month":
        label = f"{ENGLISH_MONTHS[begin.month - 1]} {begin.year}"
        return f"{begin:%Y-%m}", label if is_whole else f"{label} (days {begin.day} to {end.day})"
    if unit == "year":
        return f"{begin:%Y}", f"{begin.year}" + ("" if is_whole and begin.month == 1 else " (part)")
    if begin == end:
        return f"{begin}", day_words(begin)
    year, week, _ = begin.isocalendar()
    start, stop = (f"{day.day} {ENGLISH_MONTHS[day.month - 1][:3]}" for day in (begin, end))
    return f"{year}-W{week:02d}", f"{start} to {stop} {end.year}"
