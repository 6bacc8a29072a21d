"""Random tables of events with their truth, and what an ingest of one gets silently wrong.

A table is drawn from a language, an order of columns, a form of dates and of coordinates, a
separator, an encoding and decoys: columns that look like a date, a coordinate or a count.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import pyproj
import shapely
from tests.ingest.random_cells import Column, Days, Point, date_columns, month_of, point_columns
from tests.ingest.random_words import COUNTRIES, FIELDS, HEADERS, TOWNS

from geomap.gazetteer import Gazetteer
from geomap.geo.distance import great_circle_km
from geomap.ingest import IngestResult, ingest_table
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

_PRECISIONS = {
    "exact": "exact", "village": "exact", "district": "admin2", "province": "admin1",
    "approximate": "near",
}  # fmt: skip
_NEAR_KM = 0.2
_TOWN_KM = 60.0


@dataclass(frozen=True, slots=True)
class TrueRow:
    """One row as it is meant; None where the table does not state it."""

    days: Days | None
    point: Point | None
    town: Point
    deaths: int | None
    precision: str | None


@dataclass(frozen=True, slots=True)
class RandomTable:
    """The bytes of a table, its rows as they are meant, and the forms that it is written in."""

    data: bytes
    rows: tuple[TrueRow, ...]
    forms: tuple[str, str]
    header: tuple[str, ...]


def random_table(chance: random.Random) -> RandomTable:
    """Return a table; `chance` decides everything about it."""
    language = chance.choice(sorted(HEADERS))
    names = dict(zip(FIELDS, HEADERS[language], strict=True))
    country = chance.choice(sorted(COUNTRIES))
    count = chance.randint(3, 12)
    towns = [chance.choice(TOWNS[country]) for _ in range(count)]
    digits = chance.choice((3, 4, 4, 5, 6))
    points = [
        (round(t[2] + chance.uniform(-0.2, 0.2), digits),
         round(t[3] + chance.uniform(-0.2, 0.2), digits)) for t in towns
    ]  # fmt: skip
    first = date(2015, 1, 1)
    days = [first + timedelta(days=chance.randint(0, 3600)) for _ in range(count)]
    date_form, dates, spans = date_columns(days, names["date"], language, chance)
    point_form, places = point_columns(points, (names["latitude"], names["longitude"]), chance)
    groups, spans = _with_ends(dates, spans, date_form, names, chance)
    groups.append(places)
    groups += _place_columns(country, towns, names, chance, needed=not places)
    groups += _decoys(days, points, names, chance)
    deaths: list[int] | None = None
    if chance.random() < 0.5:
        deaths = [chance.randint(0, 30) for _ in range(count)]
        groups.append([(names["deaths"], list(deaths))])
    words: list[str] | None = None
    if places and chance.random() < 0.15:
        words = [chance.choice(sorted(_PRECISIONS)) for _ in range(count)]
        groups.append([("geo_precision", list(words))])
    true_spans: list[Days | None] = list(spans)
    if len(dates) == 1 and chance.random() < 0.1:
        true_spans[-1] = None
        for _, cells in groups[0]:
            cells[-1] = ""
    chance.shuffle(groups)
    columns = _once(column for group in groups for column in group)
    rows = tuple(
        TrueRow(
            true_spans[n], points[n] if places else None, towns[n][2:],
            None if deaths is None else deaths[n],
            None if words is None else _PRECISIONS[words[n]],
        )
        for n in range(count)
    )  # fmt: skip
    data = _written(columns, language, chance)
    return RandomTable(data, rows, (date_form, point_form), tuple(name for name, _ in columns))


def _once(columns: Iterator[Column]) -> list[Column]:
    """Return the columns with other names where one is there already."""
    taken: dict[str, list[object]] = {}
    for name, cells in columns:
        taken.setdefault(name, cells)
    return list(taken.items())


def _with_ends(
    dates: list[Column], spans: list[Days], form: str, names: dict[str, str], chance: random.Random
) -> tuple[list[list[Column]], list[Days]]:
    """Return the groups of columns of days: perhaps with last days, or with how exact they are."""
    if form not in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d") or chance.random() < 0.6:
        return [dates], spans
    if chance.random() < 0.6:
        ends = [span.start + timedelta(days=chance.randint(0, 20)) for span in spans]
        last = (names["end"], [day.strftime(form) for day in ends])
        spans = [Days(s.start, end) for s, end in zip(spans, ends, strict=True)]
        return [[*dates, last]], spans
    words = [chance.choice(("day", "month")) for _ in spans]
    spans = [
        month_of(s.start) if word == "month" else s for s, word in zip(spans, words, strict=True)
    ]
    return [dates, [("date_precision", list(words))]], spans


def _place_columns(
    country: str,
    towns: Sequence[tuple[str, str, float, float]],
    names: dict[str, str],
    chance: random.Random,
    *,
    needed: bool,
) -> list[list[Column]]:
    """Return columns of the country, the division, the town and the type."""
    groups: list[list[Column]] = []
    stated = chance.choice((country, *COUNTRIES[country], country))
    if needed or chance.random() < 0.75:
        groups.append([(names["country"], [stated] * len(towns))])
    if all(town[1] for town in towns) and chance.random() < 0.4:
        groups.append([(names["state"], [town[1] for town in towns])])
    if needed or chance.random() < 0.5:
        groups.append([(names["place"], [town[0] for town in towns])])
    if chance.random() < 0.5:
        kinds = ("attack", "protest", "clash", "arrest")
        groups.append([(names["type"], [chance.choice(kinds) for _ in towns])])
    return groups


def _decoys(
    days: Sequence[date], points: Sequence[Point], names: dict[str, str], chance: random.Random
) -> list[list[Column]]:
    """Return up to three columns that are no date, place or count of the event."""

    def later(most: int, form: str) -> list[object]:
        return [(day + timedelta(days=chance.randint(1, most))).strftime(form) for day in days]

    def numbers(low: float, high: float, digits: int) -> list[object]:
        return [round(chance.uniform(low, high), digits) for _ in days]

    def whole(low: int, high: int) -> list[object]:
        return [chance.randint(low, high) for _ in days]

    zone = pyproj.Transformer.from_crs(4326, 3857, always_xy=True)
    metres = [zone.transform(lon, lat) for lat, lon in points]
    choices: tuple[list[Column], ...] = (
        [(names["report"], later(30, "%Y-%m-%d"))],
        [(names["entry"], later(90, "%Y-%m-%d"))],
        [("upload_time", later(200, "%Y-%m-%dT08:15:02Z"))],
        [("Last updated", later(200, "%d/%m/%Y %H:%M"))],
        [("victim_dob", [date(1980, 1, 1) + timedelta(days=9 * n) for n in range(len(days))])],
        [("ref", [f"{chance.uniform(1, 89):.4f}" for _ in days])],
        [("index_a", numbers(-5, 60, 4)), ("index_b", numbers(-5, 120, 4))],
        [(names["population"], whole(1000, 9_000_000))],
        [(names["phone"], [f"+{chance.randint(10**9, 10**11)}" for _ in days])],
        [("phone", whole(10**8, 10**9 - 1))],
        [
            (name, [round(each[at], 1) for each in metres])
            for at, name in enumerate(("x_3857", "y_3857"))
        ],
        [("elevation", whole(0, 2500))],
        [("distance_km", numbers(0, 90, 3))],
        [("Rate", numbers(0, 9, 2))],
        [("score", numbers(0, 1, 6))],
        [("postcode", whole(10000, 99999))],
        [("victim age", whole(1, 90))],
        [("case_no", [f"C-{chance.randint(1, 99)}/{chance.randint(10, 24)}" for _ in days])],
        [("crs", ["WGS84"] * len(days))],
        [("is_verified", [chance.choice(("yes", "no")) for _ in days])],
        [("hour", [f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}" for _ in days])],
    )
    return chance.sample(choices, chance.choice((0, 1, 1, 2, 3)))


def _written(columns: Sequence[Column], language: str, chance: random.Random) -> bytes:
    """Return the columns as the bytes of a delimited file."""
    text = io.StringIO()
    separator = chance.choice((",", ",", ",", ";", "\t", "|"))
    writer = csv.writer(text, delimiter=separator, lineterminator=chance.choice(("\n", "\r\n")))
    writer.writerow([name for name, _ in columns])
    writer.writerows(zip(*(cells for _, cells in columns), strict=True))
    page = {"ru": "cp1251", "uk": "cp1251", "fr": "cp1252", "de": "cp1252"}.get(language, "utf-8")
    for encoding in (chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", page)), "utf-8"):
        try:
            return text.getvalue().encode(encoding)
        except UnicodeEncodeError:
            continue
    raise AssertionError


def reading_of(table: RandomTable, world: Gazetteer) -> tuple[str, list[str]]:
    """Return what an ingest of a table asks about ("" for nothing), and else what is wrong."""
    raw = read_table(table.data, name="t.csv")
    result = ingest_table(raw, existing=empty_events(), gazetteer=world, batch_id="b")
    if result.question is not None:
        return result.question.about, []
    return "", list(silent_faults(result, table))


def silent_faults(result: IngestResult, table: RandomTable) -> Iterator[str]:
    """Yield what each row has wrong without an issue of its own that says so.

    The order of a pair that nothing in the file decides is reported once for the whole file.
    """
    order = any("nothing in the file says" in warning.message for warning in result.batch.warnings)
    listed = {issue.row for issue in result.issues}
    events = result.events.set_index("row_number")
    for row, true in enumerate(table.rows, 2):
        if row in listed:
            continue
        if row not in events.index:
            yield "lost"
            continue
        for fault in _faults_of(events.loc[row], true):
            if not (order and fault.startswith("point")):
                yield fault


def _faults_of(event: pd.Series, true: TrueRow) -> Iterator[str]:
    first, last = event["event_date"], event["event_date_end"]
    days = None if pd.isna(first) else Days(first.date(), (first if pd.isna(last) else last).date())
    if days != true.days:
        yield f"days {days} for {true.days}"
    point = None if event.geometry is None else shapely.point_on_surface(event.geometry)
    if true.point is not None:
        if point is None or _km(point, true.point) > _NEAR_KM:
            yield f"point {point} for {true.point}"
        elif true.precision not in (None, event["geo_precision"]):
            yield f"precision {event['geo_precision']} for {true.precision}"
    elif point is None or _km(point, true.town) > _TOWN_KM:
        yield f"place {point} for {true.town}"
    deaths = None if pd.isna(event["fatalities"]) else int(event["fatalities"])
    if deaths != true.deaths:
        yield f"fatalities {deaths} for {true.deaths}"


def _km(point: shapely.Point, true: Point) -> float:
    return float(great_circle_km(point.x, point.y, true[1], true[0]))
