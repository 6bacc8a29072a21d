"""Recall and precision of places, dates, events and status on the project's gold articles.

The gold (`bench/gold/articles/`) was written for this benchmark: invented events at real
places, in several house styles. The regions marked "held" were not looked at while the
rules were made. An event is right when its days and its places are; its status is then
scored over the right ones. Gold marked `must: false` (background, side remarks) counts
neither for nor against the result. Since then the "held" articles have been looked at; "new held"
are eight others, marked before any reader was run on them, printed only with `--new-held`:
whoever works on the reader scores them once, at the end, and never looks at their faults.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.table import Table
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.incidents import read_article
from geomap.model import GeoparsedArticle, Incident, Place, ToponymKind
from geomap.readers.article_files import read_articles

GOLD = Path(__file__).resolve().parent / "gold" / "articles"
KM = 111.2
WIDE = {ToponymKind.COUNTRY, ToponymKind.CONTINENT, ToponymKind.NESTED}


def off_by(place: Place, lat: float, lon: float) -> float:
    """Return the distance between a place and a position in kilometres."""
    if place.geometry is None:
        return math.inf
    point = place.geometry.representative_point()
    return math.hypot(KM * (point.y - lat), KM * (point.x - lon) * math.cos(math.radians(lat)))


def is_place(place: Place, wanted: dict[str, Any]) -> bool:
    """Return whether a found place is the gold one."""
    if "road" in wanted:
        return place.geometry is not None and place.geometry.geom_type == "LineString"
    if wanted.get("entity") == place.place_id:
        return True
    return "lat" in wanted and off_by(place, wanted["lat"], wanted["lon"]) <= 20


def same_places(incident: Incident, gold: dict[str, Any]) -> bool:
    """Return whether an incident lies at the gold's places, all of them and no other."""
    wanted = gold["places"]
    if not wanted:
        return not incident.places
    every = all(any(is_place(place, want) for place in incident.places) for want in wanted)
    return every and all(any(is_place(p, want) for want in wanted) for p in incident.places)


def same_days(incident: Incident, gold: dict[str, Any]) -> bool:
    """Return whether an incident's days are the gold's; an open end must stay open."""
    span = incident.span
    if gold["date_start"] is None:
        return span is None
    if span is None:
        return False
    end = gold["date_end"] and date.fromisoformat(gold["date_end"])
    return span.start == date.fromisoformat(gold["date_start"]) and span.end == end


def score_places(parsed: GeoparsedArticle, gold: dict[str, Any], count: Counter[str]) -> list[str]:
    """Count toponyms that are drawn against the gold's."""
    found = [t for t in parsed.toponyms if t.place is not None and t.kind not in WIDE]
    used: set[int] = set()
    faults = []
    for want in gold["places"]:
        count["places gold"] += 1
        hits = [
            i
            for i, t in enumerate(found)
            if t.start_char < want["end"] and want["start"] < t.end_char and i not in used
            and t.place is not None
            and (is_place(t.place, want) if want["type"] != "road" else t.kind is ToponymKind.ROAD)
        ]  # fmt: skip
        if hits:
            used.add(hits[0])
            count["places right"] += 1
        else:
            faults.append(f"missed place {want['text']!r}")
    count["places found"] += len(found)
    faults += [f"extra place {t.text!r} {t.kind}" for i, t in enumerate(found) if i not in used]
    return faults


def score_dates(parsed: GeoparsedArticle, gold: dict[str, Any], count: Counter[str]) -> list[str]:
    """Count the gold's dates that were read with the right days."""
    faults = []
    for want in gold["dates"]:
        value = want["value"]
        start = date.fromisoformat(value["start"] if isinstance(value, dict) else value)
        count["dates gold"] += 1
        near = [
            d for d in parsed.dates if d.start_char < want["end"] and want["start"] < d.end_char
        ]
        if any(d.span.start == start for d in near):
            count["dates right"] += 1
        else:
            faults.append(f"missed date {want['text']!r}: {[d.span for d in near]}")
    return faults


def score_events(parsed: GeoparsedArticle, gold: dict[str, Any], count: Counter[str]) -> list[str]:
    """Count events that are right in days and places, and the status of those."""
    left = list(parsed.incidents)
    faults = []
    for want in sorted(gold["events"], key=lambda e: not e["must"]):
        fits = [i for i in left if same_days(i, want) and same_places(i, want)]
        fits.sort(key=lambda i: (i.event_type[:6] != want["category"][:6], not _near(i, want)))
        if want["must"]:
            count["events gold"] += 1
        if not fits:
            if want["must"]:
                faults.append(f"missed event {_line(want)}")
            else:
                left = [i for i in left if not (_near(i, want) and same_days(i, want))]
            continue
        left.remove(fits[0])
        if not want["must"]:
            continue
        count["events right"] += 1
        count["events found"] += 1
        count["status gold"] += 1
        count["status found"] += 1
        count["types gold"] += 1
        count["types found"] += 1
        if fits[0].event_type[:6] != want["category"][:6]:
            faults.append(f"type of {_line(want)}: {fits[0].event_type}")
        count["types right"] += fits[0].event_type[:6] == want["category"][:6]
        right = fits[0].status.value == want["status"]
        count["status right"] += right
        if not right:
            faults.append(f"status of {_line(want)}: {fits[0].status.value}")
    count["events found"] += len(left)
    return faults + [f"extra event {show(i)}" for i in left]


def _near(incident: Incident, want: dict[str, Any]) -> bool:
    return any(
        e.start_char <= w["start"] < e.end_char for e in incident.evidence for w in want["evidence"]
    )


def _line(want: dict[str, Any]) -> str:
    where = [place["entity"] for place in want["places"]]
    return f"{want['category']} {want['status']} {want['date_start']}..{want['date_end']} {where}"


def show(incident: Incident) -> str:
    """Return an incident on one line."""
    span = incident.span
    days = f"{span.start}..{span.end}" if span else "undated"
    where = [place.place_id for place in incident.places]
    return f"{incident.event_type} {incident.status.value} {days} {where}"


def measure(
    gazetteer: Gazetteer, folder: Path = GOLD
) -> tuple[dict[str, Counter[str]], dict[str, list[str]], float]:
    """Return counts by half, faults by article, and milliseconds an article."""
    counts: dict[str, Counter[str]] = {}
    faults: dict[str, list[str]] = {}
    taken = 0.0
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        (article,) = read_articles(path.with_name(gold["file"]))
        if article.published is None:  # what `--published` is for
            article = replace(article, published=date.fromisoformat(gold["publication_date"]))
        start = time.perf_counter()
        parsed = read_article(article, gazetteer)
        taken += time.perf_counter() - start
        count = counts.setdefault(gold.get("half", "dev"), Counter())
        faults[gold["file"]] = [
            line for score in (score_places, score_dates, score_events)
            for line in score(parsed, gold, count)
        ]  # fmt: skip
    return counts, faults, 1000 * taken / max(1, len(faults))


def run(halves: Sequence[str] = ("dev", "held")) -> Table:
    """Return precision and recall of some halves and by what is scored."""
    gazetteer = open_gazetteer()
    counts, _, taken = measure(gazetteer)
    rows: list[tuple[str | int | float, ...]] = []
    for half in halves:
        c = counts[half]
        for what in ("types", "status"):  # a type or status of a missed event is missed too
            c[f"{what} gold"], c[f"{what} found"] = c["events gold"], c["events found"]
        for what in ("places", "dates", "events", "types", "status"):
            gold, found, right = (c[f"{what} {k}"] for k in ("gold", "found", "right"))
            name, recall = f"{half}: {what}", round(right / max(1, gold), 3)
            if what == "dates":  # the gold does not list every date of a text
                rows.append((name, gold, "", right, "", recall))
            else:
                rows.append((name, gold, found, right, round(right / max(1, found), 3), recall))
    return Table(
        f"gold articles; {taken:.1f} ms an article, first reading",
        ("half: what", "gold", "found", "right", "precision", "recall"),
        tuple(rows),
    )


def main() -> None:
    """Print the table, and with `--faults` what is wrong in the dev half.

    `--new-held` prints the figures of the new held articles alone.
    """
    table = run(("new held",) if "--new-held" in sys.argv else ("dev", "held"))
    console = Console(width=120)
    for row in (table.columns, *table.rows):
        console.print("  ".join(f"{cell!s:>12}" for cell in row), highlight=False)
    if "--faults" in sys.argv:
        _, faults, _ = measure(open_gazetteer())
        held = {p.name[:-10] for p in GOLD.glob("*.gold.json") if 'held",' in p.read_text()}
        for name, lines in faults.items():
            if Path(name).stem not in held:
                console.print(name, *lines, sep="\n   ", highlight=False)


if __name__ == "__main__":
    main()
