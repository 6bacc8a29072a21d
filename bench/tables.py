"""Seeded event tables for the benchmarks: plain rows, and files in the layout of UCDP GED."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

GED_COLUMNS = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
_WORDS = [
    "government",
    "forces",
    "and",
    "rebels",
    "clashed",
    "near",
    "the",
    "village",
    "after",
    "an",
    "attack",
    "on",
    "a",
    "convoy",
    "while",
    "officials",
    "said",
    "that",
    "several",
    "people",
    "were",
    "killed",
    "or",
    "wounded",
    "in",
    "the",
    "area",
    "on",
    "the",
    "same",
    "day",
]
_PLACES = (("Azerbaijan", 373), ("Mali", 432), ("Ukraine", 369), ("Colombia", 100))


def write_plain(path: Path, rows: int) -> None:
    """Write a CSV in the plain layout with `rows` invented events."""
    source = random.Random(rows)  # noqa: S311  # a benchmark needs repeatable rows, not secrets
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(
            "event_id,event_date,event_type,location,latitude,longitude,fatalities,notes\n"
        )
        for number in range(rows):
            day = date(2018, 1, 1) + timedelta(days=source.randrange(2500))
            kind = source.choice(["Protests", "Battles", "Riots"])
            stream.write(
                f"E{number},{day},{kind},L{number % 5000},{source.uniform(-60, 70):.5f},"
                f"{source.uniform(-179, 179):.5f},{int(source.random() ** 8 * 40)},n{number}\n"
            )


def write_ged(path: Path, rows: int) -> None:
    """Write a CSV with the 49 columns of UCDP GED, about 650 bytes a row, quotes in quotes."""
    source = random.Random(rows)  # noqa: S311  # see above
    prose = [" ".join(source.choices(_WORDS, k=11)) for _ in range(2000)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(GED_COLUMNS)
        for number in range(rows):
            writer.writerow(_ged_row(number, source, prose))


def _ged_row(number: int, source: random.Random, prose: list[str]) -> list[object]:
    country, code = _PLACES[number % len(_PLACES)]
    start = date(1989, 1, 1) + timedelta(days=source.randrange(12_700))
    precision = source.choices([1, 2, 3, 4, 5], [80, 8, 4, 6, 2])[0]
    end = start + timedelta(days=(0, 0, 4, 6, 27, 300)[precision])
    lat, lon = round(source.uniform(-35, 55), 6), round(source.uniform(-75, 60), 6)
    deaths = [int(source.random() ** 6 * 20) for _ in range(4)]
    dyad = number % 900
    side_a, side_b = f"Government of {country}", f"Group {dyad}"
    office = source.choice(["Reuters", "AFP", "BBC Monitoring"])
    head = source.choice(prose)
    article = f'"{office},{start},{head[:70]}";"{office},{end},{source.choice(prose)[:70]}"'
    return [
        number + 1, f"{code}-{start.year}-1-{dyad}-{number}", start.year, 1, "Clear",
        source.randint(1, 3), dyad, dyad + 200, f"{country}: Government", dyad, dyad + 400,
        f"{side_a} - {side_b}", code, code, side_a, dyad, dyad + 1000, side_b, 2, article,
        office, start, head, source.choice(prose)[:60],
        source.choices([1, 2, 3, 4, 5, 6], [48, 14, 16, 12, 6, 4])[0], f"Village {number % 7000}",
        source.choice(prose)[:60], f"Province {number % 40}", f"District {number % 300}",
        lat, lon, f"POINT ({lon} {lat})", 100_000 + number % 90_000, country, code,
        source.choice(["Europe", "Africa", "Asia", "Americas"]), source.randint(1, 2), precision,
        f"{start} 00:00:00.000", f"{end} 00:00:00.000", *deaths, sum(deaths), sum(deaths) + 2,
        sum(deaths), code, "",
    ]  # fmt: skip
