"""Score the events that a reader gives against the incidents marked in `bench/gold`.

    python -m bench.incident_gold --write DOCS.jsonl --set languages --half tune
    geomap geoparse --corpus DOCS.jsonl --out PRED.jsonl --events
    python -m bench.incident_gold PRED.jsonl --set languages --half tune

An event and an incident are paired when they rest on words in common or agree in day, place
and type; pairs are one to one, the best first. *Found* is the share of the `must` incidents
whose event is right in day and place, *right* the share of the events that are. An event
of a `may` incident (words in common and a fitting type) counts in neither. The other rows
are shares of the paired `must` incidents. Intervals are Wilson's, at 95 %.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from bench import gold_fit as fit
from bench.gold_fit import Json
from bench.table import Table, drawn, wilson

GOLD = Path(__file__).resolve().parent / "gold"
CORPORA = GOLD.parents[2] / "shared" / "corpora"
SETS, HALVES = ("ordinary", "languages"), ("tune", "held")
_OF_MET = ("day", "place", "type", "status", "attribution", "fatalities")


def read_lines(path: Path) -> list[Json]:
    """Return the objects of a JSONL file, whose strings may hold any other line separator."""
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def read_gold(name: str, half: str, folder: Path = GOLD) -> list[Json]:
    """Return the documents of one half of a set, in the order of their files."""
    files = sorted(folder.glob(f"{name}/{half}/gold.jsonl"))
    files += sorted(folder.glob(f"{name}/*/{half}/gold.jsonl"))
    return [
        document | {"key": _key(document), "folder": str(path.parent)}
        for path in files
        for document in read_lines(path)
    ]


def _key(document: Json) -> str:
    """Return an id that is one document's only: the corpora number theirs from 0."""
    corpus = document.get("corpus")
    return f"{corpus}:{document['id']}" if corpus else str(document["id"])


def texts(gold: Iterable[Json], corpora: Path = CORPORA) -> list[Json]:
    """Return the documents' texts, as `geomap geoparse --corpus` reads them.

    Raises
    ------
    FileNotFoundError
        The corpora of the ordinary news, which are not part of the project, are not there.
    """
    found: dict[str, str] = {}
    lines = []
    for document in gold:
        if "file" in document:
            text = (Path(document["folder"]) / document["file"]).read_text(encoding="utf-8")
        else:
            corpus = document["corpus"]
            if document["key"] not in found:
                rows = read_lines(corpora / f"{corpus}.jsonl")
                found |= {f"{corpus}:{row['id']}": row["text"] for row in rows}
            text = found[document["key"]]
        lines.append({"id": document["key"], "text": text, "published": document["published"]})
    return lines


def _rank(event: Json, incident: Json, published: str | None) -> tuple[int, ...] | None:
    """Return how well an event and an incident go together, or None when they do not."""
    shared = fit.evidence_meets(event, incident)
    day = fit.day_fits(event, incident, published)
    place = fit.places_fit(event.get("places") or (), incident["places"])
    kind = fit.type_fits(event, incident)
    agrees = day and place and kind and bool(incident["places"])
    if not agrees and not (shared and (kind or incident["must"])):
        return None
    return day and place, shared, kind, day + place, incident["must"]


def pairs_of(events: Sequence[Json], document: Json) -> dict[int, int]:
    """Return the event paired with each incident, by position: one to one, the best first."""
    ranked = []
    for j, event in enumerate(events):
        for i, incident in enumerate(document["incidents"]):
            rank = _rank(event, incident, document["published"])
            if rank is not None:
                ranked.append((rank, -i, -j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(ranked, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def _is_neutral(event: Json, incidents: Sequence[Json]) -> bool:
    """Return whether an event without a partner can only be one more of a `may` incident."""
    met = [
        incident["must"]
        for incident in incidents
        if fit.evidence_meets(event, incident) and fit.type_fits(event, incident)
    ]
    return bool(met) and not any(met)


def count_document(events: Sequence[Json], document: Json) -> Counter[str]:
    """Return one document's counts: of incidents, of events, and of what is right."""
    count: Counter[str] = Counter(documents=1)
    incidents = document["incidents"]
    pairs = pairs_of(events, document)
    owners = {j: i for i, j in pairs.items()}
    count["must"] = sum(incident["must"] for incident in incidents)
    count["may"] = len(incidents) - count["must"]
    for j, event in enumerate(events):
        count["unknown types"] += fit.type_of(event) is None
        incident = incidents[owners[j]] if j in owners else None
        if (incident and not incident["must"]) or (not incident and _is_neutral(event, incidents)):
            count["neutral"] += 1
            continue
        count["events"] += 1
        if incident:
            count.update(_compare(event, incident, document["published"]))
    if not count["must"]:
        count["quiet"] = 1
        count["quiet with events"] = count["events"] > 0
    return count


def _compare(event: Json, incident: Json, published: str | None) -> Counter[str]:
    places = event.get("places") or ()
    day = fit.day_fits(event, incident, published)
    place = fit.places_fit(places, incident["places"])
    count = Counter(
        {
            "met": 1,
            "both": day and place,
            "whole": day and place and fit.type_fits(event, incident),
            "day": day,
            "place": place,
            "type": fit.type_fits(event, incident),
            "status": fit.status_fits(event, incident),
            "attribution": bool(event.get("attribution")) == bool(incident["attribution"]),
            "fatalities": fit.fatalities_fit(event, incident),
        }
    )
    if fit.is_area(incident["places"]):
        count.update({"areas": 1, "area": fit.is_area(places)})
    return count


def score(gold: Sequence[Json], predicted: Iterable[Json]) -> dict[str, Counter[str]]:
    """Return counts by group: "all", and each language where the set has several.

    Raises
    ------
    ValueError
        A document of the gold has no prediction, so that the halves may have been mixed up.
    """
    events = {str(line["id"]): line.get("events") or [] for line in predicted}
    missing = [document["key"] for document in gold if document["key"] not in events]
    if missing:
        message = f"No prediction for {len(missing)} documents, the first is {missing[0]!r}."
        raise ValueError(message)
    counts: dict[str, Counter[str]] = {"all": Counter()}
    for document in gold:
        count = count_document(events[document["key"]], document)
        counts["all"].update(count)
        if "language" in document:
            counts.setdefault(document["language"], Counter()).update(count)
    return counts


def _row(label: str, hits: int, total: int) -> tuple[str | int | float, ...]:
    low, high = wilson(hits, total)
    share = f"{hits / total:.3f}" if total else ""
    return label, hits, total, share, f"{low:.2f}-{high:.2f}"


def table_of(counts: dict[str, Counter[str]], title: str) -> Table:
    """Return the shares with their intervals, of all documents and of each language."""
    c = counts["all"]
    rows = [
        _row("found: must in day and place", c["both"], c["must"]),
        _row("right: events in day and place", c["both"], c["events"]),
        _row("found, right in type too", c["whole"], c["must"]),
        _row("right, right in type too", c["whole"], c["events"]),
        _row("must that were met at all", c["met"], c["must"]),
        _row("events that met one", c["met"], c["events"]),
        *(_row(f"of the met: {what}", c[what], c["met"]) for what in _OF_MET),
        _row("of the met areas: as areas", c["area"], c["areas"]),
        _row("quiet documents with events", c["quiet with events"], c["quiet"]),
    ]
    for name in sorted(set(counts) - {"all"}):
        count = counts[name]
        rows.append(_row(f"{name}: found", count["both"], count["must"]))
        rows.append(_row(f"{name}: right", count["both"], count["events"]))
    title += (
        f"; {c['documents']} documents, {c['must']} must, {c['may']} may, "
        f"{c['neutral']} events neutral, {c['unknown types']} of unknown type"
    )
    return Table(title, ("what", "hits", "of", "share", "95 %"), tuple(rows))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of one set and half, or write its documents; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("predictions", nargs="?", type=Path, help="what the reader gave")
    parser.add_argument("--set", choices=SETS, required=True, dest="name")
    parser.add_argument("--half", choices=HALVES, required=True)
    parser.add_argument("--write", type=Path, help="write the documents to read, and stop")
    options = parser.parse_args(arguments)
    gold = read_gold(options.name, options.half)
    try:
        if options.write:
            lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in texts(gold))
            options.write.write_text("".join(lines), encoding="utf-8")
            return 0
        if options.predictions is None:
            parser.error("name the predictions, or --write a file for the documents")
        table = table_of(score(gold, read_lines(options.predictions)), options.half)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    Console(width=120).print(drawn(table, options.name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
