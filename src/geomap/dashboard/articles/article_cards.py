"""The lists and tables of the Articles page, made of articles and what geomap read in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import geopandas as gpd
import pandas as pd

from geomap.dashboard.articles.text_marks import EVERY, NESTED_WORDS, Shown, doubt_of
from geomap.dashboard.shared.blocks import Block, heading, item, listing, quiet
from geomap.dashboard.shared.event_words import days_of, event_item, text_of
from geomap.dates import words_of_span
from geomap.geoparse.sentence_languages import Sentence
from geomap.incidents import unread_words
from geomap.model import CRS, Article, DateSpan, Incident, Place, Toponym, ToponymKind
from geomap.tables import PLACE_COLUMNS

MOST_UNREAD = 50
"""Sentences of a text in another language that are listed; the others are counted."""
UNREAD_LETTERS = 160
"""Letters of such a sentence in the list; the text beside it has all of them."""
_DOUBT_WORDS = {"": "placed", "uncertain": "uncertain", "unplaced": "not placed"}


def article_items(articles: pd.DataFrame, words: Sequence[str], current: str | None) -> list[Block]:
    """Return a list entry for each article whose title or publisher has all `words`."""
    items = []
    for article_id, row in zip(articles.index, articles.to_dict("records"), strict=True):
        title, publisher = row["Title"], text_of(row, "Publisher")
        searched = f"{title} {publisher or ''}".casefold()
        if all(word.casefold() in searched for word in words):
            events = f"{row['Events']} event{'' if row['Events'] == 1 else 's'}"
            notes = (text_of(row, "Date"), publisher, events)
            is_current = article_id == current
            items.append(item(title, *notes, action=article_id, current=is_current))
    return items


def draft_items(drafts: Iterable[Article], current: str | None) -> list[Block]:
    """Return a list entry for each article that is not in the workspace."""
    return [
        item(
            *(draft.title or draft.text[:80], "read, not in the workspace yet"),
            action=draft.article_id,
            current=draft.article_id == current,
        )
        for draft in drafts
    ]


def incident_items(incidents: Iterable[Incident]) -> list[Block]:
    """Return a list entry for each event that a text reports."""
    return [
        item(
            incident.title,
            _span_words(incident.span),
            ", ".join(place.name for place in incident.places) or "no place",
            incident.status.value,
        )
        for incident in incidents
    ]


def _span_words(span: DateSpan | None) -> str:
    return "no date" if span is None else words_of_span(span.start, span.end, span.precision)


def event_items(events: pd.DataFrame) -> list[Block]:
    """Return a list entry for each stored event of an article; pressing it opens the map."""
    return [
        event_item(event, days_of(event), text_of(event, "place_name"), text_of(event, "status"))
        for event in events.to_dict("records")
    ]


def unread_blocks(text: str, unread: Sequence[Sentence]) -> list[Block]:
    """Return the list of the sentences of a text that were not read for events, and why."""
    sentences = [
        item(
            f"{text[one.start_char : one.end_char][:UNREAD_LETTERS].rstrip()}…"
            if one.end_char - one.start_char > UNREAD_LETTERS
            else text[one.start_char : one.end_char]
        )
        for one in unread[:MOST_UNREAD]
    ]
    words = f"{unread_words(unread)}: place names and days are marked, events are not looked for."
    more = len(unread) - len(sentences)
    return [
        heading("Not read for events", len(unread)),
        quiet(words),
        listing(sentences),
        *([quiet(f"And {more:,} more.")] if more else []),
    ]


def names_line(toponyms: Sequence[Toponym], shown: Shown) -> str:
    """Return how many place names a text has, how sure they are, and how that is marked."""
    count = len(toponyms)
    if not count:
        return "No place name was found in this text."
    doubts = Counter(doubt_of(toponym) for toponym in toponyms)
    parts = [f"{doubts[doubt]} {words}" for doubt, words in _DOUBT_WORDS.items() if doubts[doubt]]
    sentences = [f"{count} place name{'' if count == 1 else 's'}: {', '.join(parts)}."]
    marked = [toponym for toponym in toponyms if shown.includes(toponym)]
    if shown.only_uncertain and not marked:
        sentences.append("None of them is uncertain.")
    if any(map(doubt_of, marked)):
        sentences.append("Dashed, with a question mark: uncertain or not placed.")
    if any(toponym.kind is ToponymKind.NESTED for toponym in marked):
        sentences.append(f"A thin line: {NESTED_WORDS}.")
    return " ".join(sentences)


def places_table(toponyms: Sequence[Toponym], shown: Shown = EVERY) -> gpd.GeoDataFrame:
    """Return the places of the names that are shown, each once, in the order of the text.

    Besides the columns of a places table there is `is_sure`: whether any of the names
    stands for the place without doubt.
    """
    placed = [(t.place, t.is_sure) for t in toponyms if shown.includes(t) and t.place is not None]
    places: dict[str, Place] = {place.place_id: place for place, _ in placed}
    sure = {place.place_id for place, is_sure in placed if is_sure}
    rows = [{name: getattr(p, name) for name in PLACE_COLUMNS} for p in places.values()]
    frame = pd.DataFrame(rows, columns=list(PLACE_COLUMNS))
    frame["kind"] = [place.kind.value for place in places.values()]
    frame["is_sure"] = [place_id in sure for place_id in places]
    return gpd.GeoDataFrame(frame, geometry=[p.geometry for p in places.values()], crs=CRS)
