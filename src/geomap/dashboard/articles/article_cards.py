"""What the Articles page says of a text: which places it names, which events it reports.

Pure: takes what geomap read out of an article, gives blocks and tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.dashboard.articles.text_marks import EVERY, NESTED_WORDS, Shown, doubt_of
from geomap.dashboard.shared.event_words import text_of, title_of
from geomap.dates import words_of_span
from geomap.model import CRS, DateMention, Incident, Place, Toponym, ToponymKind
from geomap.tables import PLACE_COLUMNS

Block = dict[str, Any]
NO_DATE = "no date"


def date_notes(dates: Sequence[DateMention]) -> list[str]:
    """Return which days each date of the text names, in words."""
    return [str(words_of_span(d.span.start, d.span.end, d.span.precision)) for d in dates]


def article_items(articles: pd.DataFrame, words: Sequence[str], current: str | None) -> list[Block]:
    """Return a list entry for each article whose title or publisher has all `words`."""
    items = []
    for article_id, row in zip(articles.index, articles.to_dict("records"), strict=True):
        title, publisher = row["Title"], text_of(row, "Publisher")
        searched = f"{title} {publisher or ''}".casefold()
        if all(word.casefold() in searched for word in words):
            events = f"{row['Events']} event{'' if row['Events'] == 1 else 's'}"
            note = " · ".join(p for p in (text_of(row, "Date"), publisher, events) if p)
            items.append(
                {"text": title, "note": note, "action": article_id,
                 "current": article_id == current}
            )  # fmt: skip
    return items


def incident_items(incidents: Iterable[Incident]) -> list[Block]:
    """Return a list entry for each event that a text reports."""
    return [
        {
            "text": incident.title,
            "note": " · ".join(
                part
                for part in (
                    NO_DATE
                    if incident.span is None
                    else words_of_span(
                        incident.span.start, incident.span.end, incident.span.precision
                    ),
                    ", ".join(place.name for place in incident.places) or "no place",
                    incident.status.value,
                )
                if part
            ),
        }
        for incident in incidents
    ]


def event_items(events: pd.DataFrame, days: Sequence[str]) -> list[Block]:
    """Return a list entry for each stored event of an article; pressing it opens the map."""
    return [
        {
            "text": title_of(event),
            "note": " · ".join(
                part for part in (words, text_of(event, "place_name"), text_of(event, "status"))
                if part
            ),
            "action": f"event:{event['event_id']}",
        }
        for event, words in zip(events.to_dict("records"), days, strict=True)
    ]  # fmt: skip


def names_line(toponyms: Sequence[Toponym], shown: Shown) -> str:
    """Return how many place names a text has, how sure they are, and how that is marked."""
    doubts = Counter(doubt_of(toponym) for toponym in toponyms)
    parts = [
        f"{doubts[doubt]} {words}"
        for doubt, words in (("", "placed"), ("uncertain", "uncertain"), ("unplaced", "not placed"))
        if doubts[doubt]
    ]
    count = len(toponyms)
    if not count:
        return "No place name was found in this text."
    said = [f"{count} place name{'' if count == 1 else 's'}: {', '.join(parts)}."]
    marked = [toponym for toponym in toponyms if shown.keeps(toponym)]
    if shown.only_uncertain and not marked:
        said.append("None of them is uncertain.")
    if any(map(doubt_of, marked)):
        said.append("Dashed, with a question mark: uncertain or not placed.")
    if any(toponym.kind is ToponymKind.NESTED for toponym in marked):
        said.append(f"A thin line: {NESTED_WORDS}.")
    return " ".join(said)


def places_table(toponyms: Sequence[Toponym], shown: Shown = EVERY) -> gpd.GeoDataFrame:
    """Return the places of the names that are shown, each once, in the order of the text.

    Besides the columns of a places table there is `is_sure`: whether any of the names
    stands for the place without doubt.
    """
    kept = [t for t in toponyms if shown.keeps(t)]
    places: dict[str, Place] = {t.place.place_id: t.place for t in kept if t.place is not None}
    sure = {t.place.place_id for t in kept if t.place is not None and t.is_sure}
    rows = [{name: getattr(p, name) for name in PLACE_COLUMNS} for p in places.values()]
    frame = pd.DataFrame(rows, columns=list(PLACE_COLUMNS))
    frame["kind"] = [place.kind.value for place in places.values()]
    frame["is_sure"] = [place_id in sure for place_id in places]
    return gpd.GeoDataFrame(frame, geometry=[p.geometry for p in places.values()], crs=CRS)
