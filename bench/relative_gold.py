"""Score relative places ("20 km south of X", "between A and B") against `bench/gold/relative`.

    python -m bench.relative_gold --write DOCS.jsonl --half tune
    geomap geoparse --corpus DOCS.jsonl --out PRED.jsonl --events --all
    python -m bench.relative_gold PRED.jsonl --half tune

A prediction is `{"id", "places": [...]}` or `{"id", "events": [{"places": [...]}]}` with
places as in the contract: `lat`, `lon` of the middle of the area, `relation`, `radius_km`,
and `distance_km`, `bearing` where the reader gives them. Each sentence holds one phrase; a
phrase is right when one of the places has its kind and lies where the phrase says. Phrases
of the kind "none" only look relative: they are right when no place has a relation.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from bench import gold_fit as fit
from bench.gold_fit import Json
from bench.incident_gold import GOLD, HALVES, read_lines
from bench.table import Table, drawn, wilson

KINDS = ("distance", "near", "between", "road", "sector", "border", "unit", "coast", "none")
# Words that a reader may use for a relation, in lower case.
WORDS = {
    "distance": ("distance", "distance and bearing", "offset", "point"),
    "near": ("near", "around", "outside", "outskirts", "outskirts of", "close to", "vicinity"),
    "between": ("between",),
    "road": ("road", "on the road", "road from-to", "along"),
    "sector": ("sector", "direction", "bearing", "side"),
    "border": ("border", "border of"),
    "unit": ("in", "unit", "within"),
    "coast": ("off the coast", "off the coast of", "coast", "offshore", "off"),
}
_KIND_OF = {word: kind for kind, words in WORDS.items() for word in words}
_COMPASS = ("north", "south", "east", "west")
SLACK_KM, SLACK_SHARE, SECTOR_DEGREES = 3.0, 0.15, 45.0
SECTOR_KM, COAST_KM, UNIT_KM = 150.0, 60.0, 100.0


def kind_of(place: Json) -> str:
    """Return the kind of relation of a place; a unit as such is a "unit", the rest "none"."""
    relation = (place.get("relation") or "").strip().lower()
    if relation in _KIND_OF:
        return _KIND_OF[relation]
    if any(letter.isdigit() for letter in relation):
        return "distance"
    if relation.startswith(_COMPASS):
        return "sector"
    return "unit" if place.get("kind") in fit.UNITS else "none"


def same_kind(place: Json, gold: Json) -> bool:
    """Return whether a place has the phrase's kind.

    Between two places and on the road from one to the other are both lines, and a place at a
    distance without a bearing is a disc like "near".
    """
    kind, wanted = kind_of(place), gold["kind"]
    if {kind, wanted} <= {"between", "road"}:
        return True
    if wanted == "near" and gold["distance_km"] is not None:
        return kind in {"near", "distance"}
    return bool(kind == wanted)


def bearing_of(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Return the initial bearing from one position to another, in degrees from north."""
    a, b, turn = math.radians(lat), math.radians(to_lat), math.radians(to_lon - lon)
    x = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(turn)
    return math.degrees(math.atan2(math.sin(turn) * math.cos(b), x)) % 360


def apart(bearing: float, other: float) -> float:
    """Return the angle between two bearings, from 0 to 180 degrees."""
    return abs((bearing - other + 180) % 360 - 180)


def lies_there(place: Json, gold: Json) -> bool:
    """Return whether a place lies where the phrase says, with the slack stated above."""
    kind, base = gold["kind"], gold["base"]
    if kind == "border":
        sides = {side["country"] for side in base}
        return place.get("country") in sides or any(fit.same_name(place, s) for s in base)
    lat, lon = place.get("lat"), place.get("lon")
    if kind == "unit" and fit.same_name(place, base[0]):
        return True
    if lat is None or lon is None:
        return False
    if kind == "distance":
        slack = max(SLACK_KM, SLACK_SHARE * gold["distance_km"])
        return bool(fit.kilometres(lat, lon, gold["lat"], gold["lon"]) <= slack)
    if kind in {"between", "road"}:
        length = fit.kilometres(base[0]["lat"], base[0]["lon"], base[1]["lat"], base[1]["lon"])
        return bool(fit.kilometres_to_line(lat, lon, *base) <= max(10.0, 0.2 * length))
    away = fit.kilometres(base[0]["lat"], base[0]["lon"], lat, lon)
    if kind == "sector":
        seen = bearing_of(base[0]["lat"], base[0]["lon"], lat, lon)
        return 0 < away <= SECTOR_KM and apart(seen, gold["bearing"]) <= SECTOR_DEGREES
    reach = {"unit": UNIT_KM, "coast": COAST_KM}.get(kind, 10.0)
    return bool(away <= reach + (gold["distance_km"] or 0.0))


def places_of(line: Json) -> list[Json]:
    """Return the places of a prediction, of its own or of its events."""
    return [
        *(line.get("places") or ()),
        *(place for event in line.get("events") or () for place in event.get("places") or ()),
    ]


def judge(places: Sequence[Json], gold: Json) -> tuple[bool, bool, bool]:
    """Return whether the kind is right, the position is, and both are of one place."""
    if gold["kind"] == "none":
        plain = not any(place.get("relation") for place in places)
        return plain, plain, plain
    both = any(same_kind(place, gold) and lies_there(place, gold) for place in places)
    kind = any(same_kind(place, gold) for place in places)
    return kind, any(lies_there(place, gold) for place in places), both


def read_gold(half: str, folder: Path = GOLD) -> list[Json]:
    """Return the phrases of one half, of all languages."""
    files = sorted((folder / "relative" / half).glob("*.jsonl"))
    return [phrase for path in files for phrase in read_lines(path)]


def score(gold: Iterable[Json], predicted: Iterable[Json]) -> dict[str, Counter[str]]:
    """Return counts of right phrases by group: "all", each kind and each language."""
    lines = {str(line["id"]): line for line in predicted}
    counts: dict[str, Counter[str]] = {"all": Counter()}
    for phrase in gold:
        kind, position, both = judge(places_of(lines.get(phrase["id"], {})), phrase)
        for group in ("all", phrase["kind"], phrase["language"]):
            count = counts.setdefault(group, Counter())
            count.update(phrases=1, kind=kind, position=position, both=both)
    return counts


def table_of(counts: dict[str, Counter[str]], title: str) -> Table:
    """Return the shares of right kinds, right positions and both, by kind and language."""
    kinds = [kind for kind in KINDS if kind in counts]
    languages = sorted(set(counts) - {"all", *KINDS})
    rows: list[tuple[str | int | float, ...]] = []
    for group in ("all", *kinds, *languages):
        count, total = counts[group], counts[group]["phrases"]
        shares = [f"{count[what] / total:.3f}" for what in ("kind", "position", "both")]
        low, high = wilson(count["both"], total)
        rows.append((group, total, *shares, f"{low:.2f}-{high:.2f}"))
    return Table(title, ("phrases", "of", "kind", "position", "both", "95 %"), tuple(rows))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares of one half, or write its sentences; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("predictions", nargs="?", type=Path)
    parser.add_argument("--half", choices=HALVES, required=True)
    parser.add_argument("--write", type=Path, help="write the sentences to read, and stop")
    options = parser.parse_args(arguments)
    gold = read_gold(options.half)
    if options.write:
        rows = ({key: phrase[key] for key in ("id", "text", "published")} for phrase in gold)
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        options.write.write_text("".join(lines), encoding="utf-8")
        return 0
    if options.predictions is None:
        parser.error("name the predictions, or --write a file for the sentences")
    table = table_of(score(gold, read_lines(options.predictions)), options.half)
    Console(width=120).print(drawn(table, "relative"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
