"""A thousand events of every kind, from a seed: what an export must bring back."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.model import GeoPrecision, Status
from geomap.tables import events_table

_TEXTS = (
    "Shelling near the bridge", 'He said "no" and left', '"', "'quoted'", "=cmd|' /C calc'!A0",
    "'=1+1", "''-2", "-5", "+7 people", "@home", "a, b; c | d\te", "line\nbreak", "two\r\nlines",
    "Ağdam → Şuşa", "Մարտունի", "مدينة", "日本語のタイトル", "e\u0301 and é", "🙂",
    "NA", "null", "0", "100.0",
    "007", "1e5", "<b>bold</b> & more", "$[name] &amp;", "{{ x }}", "None", "2023-01-02",
    "a\u2028b",
    "one\n\nthree, \"four\"\n=five", "\\backslash\\", "total", "[1, 2]",
    "#date+start", "\uff1dwide",
)  # fmt: skip
_TYPES = ("Battles", "Protests", "=Riots", "Strategic developments", "Взрыв")


def generated_events(count: int, seed: int = 7) -> gpd.GeoDataFrame:
    """Return events of every kind: each geometry, precision, status and sort of text."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return events_table(_event(number, chance) for number in range(count))


def _event(number: int, chance: random.Random) -> dict[str, Any]:
    def maybe(value: Any) -> Any:
        return value if chance.random() < 0.7 else None

    def text() -> str | None:
        return chance.choice(_TEXTS) if chance.random() < 0.7 else None

    geometry, precision = _place(chance)
    dataset = chance.choice(("acled", "my, table", "ΑΒΓ"))
    places = chance.sample(("geonames:1", "curated:b", "x-9"), chance.randint(0, 3))
    spans = [[start, start + 5] for start in range(chance.randint(0, 3))]
    return {
        "event_id": f"{dataset}:{chance.choice(('', '0', 'id '))}{number}",
        "dataset": dataset,
        **_days(chance),
        **{name: text() for name in ("sub_event_type", "title", "notes", "actor1", "actor2",
                                     "place_name", "country", "admin1", "source")},
        "event_type": maybe(chance.choice(_TYPES)),
        "fatalities": chance.choice((None, 0, 0, 1, 12, 100_000)),
        "fatalities_low": chance.choice((None, 0, -1)),
        "fatalities_high": chance.choice((None, 0, 3)),
        "place_id": places[0] if places else None,
        "place_ids": ";".join(places) or None,
        "geo_precision": precision,
        "uncertainty_km": maybe(chance.choice((0.1, 2.5, 1 / 3, 100.0))),
        "status": chance.choice(tuple(Status)).value,
        "source_url": maybe("https://example.org/a?b=c&d=%20e#f"),
        "article_id": maybe("a1b2"),
        "evidence": json.dumps(spans) if spans else None,
        "batch_id": "0011223344556677",
        "row_number": maybe(number + 2),
        "flags": chance.choice((None, "null_island", "equal_rows;place_ambiguous")),
        "source_timestamp": maybe(chance.randint(1, 1_900_000_000)),
        "gone_since": chance.choice((None, None, date(2024, 1, 1))),
        "geometry": geometry,
    }  # fmt: skip


def _days(chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(("day", "day", "days", "week", "month", "year", "range", "open", None))
    if kind is None:
        return {}
    first = date(1890, 1, 1) + timedelta(days=chance.randint(0, 50_000))
    if kind == "open":
        confirmed = chance.choice((None, first + timedelta(days=40)))
        return {"event_date": first, "date_precision": "open", "last_confirmed": confirmed}
    length = {"day": 0, "week": 6, "month": 27, "year": 364}.get(kind, chance.randint(1, 90))
    word = "day" if kind == "days" else kind
    return {
        "event_date": first,
        "event_date_end": first + timedelta(days=length),
        "date_precision": word,
    }


def _place(chance: random.Random) -> tuple[BaseGeometry | None, str]:
    west, south = chance.uniform(-179, 170), chance.uniform(-89, 80)

    def point(by: float = 0.0) -> tuple[float, float]:
        return west + by + chance.uniform(0, 0.5), south + by + chance.uniform(0, 0.5)

    line, other = ([point(by) for by in (0, 1, 2)] for _ in range(2))
    area = shapely.box(west, south, west + 1, south + 1, ccw=chance.random() < 0.5)
    hole = shapely.box(west + 0.25, south + 0.25, west + 0.5, south + 0.5)
    away = shapely.box(west + 2, south + 2, west + 3, south + 3)
    holed = area.difference(hole)
    areas = [word.value for word in GeoPrecision]
    shape = chance.choice(
        (
            None, shapely.Point(point()), shapely.Point(point()), shapely.Point(0, 0),
            shapely.LineString(line), area, holed, shapely.MultiPoint([point(), point(1)]),
            shapely.MultiPoint([point()]), shapely.MultiLineString([line, other]),
            shapely.MultiPolygon([holed, away]), shapely.MultiPolygon([area]),
            shapely.GeometryCollection(
                [shapely.Point(point()), shapely.LineString(line), away]
            ),
        )
    )  # fmt: skip
    return shape, "unknown" if shape is None else chance.choice(areas)
