"""An article that was read, as rows of three tables, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd

from geomap.model import (
    Article,
    Candidate,
    Dateline,
    DateMention,
    DatePrecision,
    DateSpan,
    Evidence,
    GeoparsedArticle,
    GeoPrecision,
    Incident,
    Place,
    PlaceName,
    Status,
    Toponym,
    ToponymKind,
)

_PLACE_WORDS = (
    "place_id",
    "name",
    "feature_class",
    "feature_code",
    "uncertainty_km",
    "country_code",
    "layer",
    "source",
    "licence",
    "valid_from",
    "valid_to",
    "population",
    "geometry",
)


def article_frames(parsed: GeoparsedArticle, *, batch_id: str) -> dict[str, pd.DataFrame]:
    """Return the rows that hold an article: of `articles`, `toponyms` and `dates`."""
    article, dateline = parsed.article, parsed.dateline
    head = {name: getattr(article, name) for name in Article.__slots__} | {"batch_id": batch_id}
    if dateline is not None:
        placed = dateline.toponym.place if dateline.toponym else None
        head |= {
            "dateline_start": dateline.start_char,
            "dateline_end": dateline.end_char,
            "dateline_day": dateline.day,
            "dateline_place_id": placed.place_id if placed else None,
        }
    dates = [
        {
            "article_id": article.article_id,
            "start_char": mention.start_char,
            "end_char": mention.end_char,
            "text": mention.text,
            "start": mention.span.start,
            "end": mention.span.end,
            "precision": mention.span.precision.value,
        }
        for mention in parsed.dates
    ]
    toponyms = [_toponym_row(article.article_id, toponym) for toponym in parsed.toponyms]
    return {
        "articles": pd.DataFrame([head]),
        "toponyms": pd.DataFrame(toponyms),
        "dates": pd.DataFrame(dates),
    }


def _toponym_row(article_id: str, toponym: Toponym) -> dict[str, Any]:
    row: dict[str, Any] = {
        "article_id": article_id,
        "start_char": toponym.start_char,
        "end_char": toponym.end_char,
        "text": toponym.text,
        "toponym_kind": toponym.kind.value,
        "score": toponym.score,
        "reason": toponym.reason,
        "candidates": json.dumps([asdict(one) for one in toponym.candidates], ensure_ascii=False),
        "matched_name": toponym.matched_name,
        "is_sure": toponym.is_sure,
    }
    if toponym.place is not None:
        row |= {name: getattr(toponym.place, name) for name in _PLACE_WORDS}
        row["kind"] = toponym.place.kind.value
    return row


def read_parsed(
    article: Mapping[str, Any], toponyms: pd.DataFrame, dates: pd.DataFrame, events: pd.DataFrame
) -> GeoparsedArticle:
    """Return an article from its rows: one of `articles`, and its own of the other tables."""
    found = tuple(_toponym(row) for row in _rows(toponyms, "start_char"))
    places = {one.place.place_id: one.place for one in found if one.place is not None}
    head = {name: _known(article[name]) for name in Article.__slots__}
    return GeoparsedArticle(
        article=Article(**{**head, "published": _day(article["published"])}),
        toponyms=found,
        dates=tuple(_mention(row) for row in _rows(dates, "start_char")),
        incidents=tuple(_incident(row, places) for row in events.to_dict("records")),
        dateline=_dateline(article, found),
    )


def _rows(frame: pd.DataFrame, order: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.sort_values(order, kind="stable").to_dict("records")
    return rows


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _day(value: Any) -> date | None:
    found: date | None = None if pd.isna(value) else pd.Timestamp(value).date()
    return found


def _toponym(row: Mapping[str, Any]) -> Toponym:
    return Toponym(
        start_char=int(row["start_char"]),
        end_char=int(row["end_char"]),
        text=row["text"],
        kind=ToponymKind(row["toponym_kind"]),
        place=None if _known(row["place_id"]) is None else _place(row),
        score=float(row["score"]),
        reason=row["reason"],
        candidates=tuple(_candidate(one) for one in json.loads(row["candidates"])),
        matched_name=_known(row["matched_name"]),
        # Articles that were read before this was kept: nothing was said to be in doubt.
        is_sure=bool(row["is_sure"]) if _known(row["is_sure"]) is not None else True,
    )


def _candidate(stored: Mapping[str, Any]) -> Candidate:
    return Candidate(**{**stored, "kind": ToponymKind(stored.get("kind", ToponymKind.OTHER))})


def _place(row: Mapping[str, Any]) -> Place:
    known = {name: _known(row[name]) for name in _PLACE_WORDS if name != "geometry"}
    return Place(
        **{
            **known,
            "valid_from": _day(row["valid_from"]),
            "valid_to": _day(row["valid_to"]),
            "population": int(known["population"] or 0),
        },
        geometry=row["geometry"],
        kind=ToponymKind(row["kind"]),
        names=(PlaceName(row["name"]),),
    )


def _span(start: Any, end: Any, precision: Any) -> DateSpan | None:
    first = _day(start)
    return None if first is None else DateSpan(first, _day(end), DatePrecision(precision))


def _mention(row: Mapping[str, Any]) -> DateMention:
    first = pd.Timestamp(row["start"]).date()
    span = DateSpan(first, _day(row["end"]), DatePrecision(row["precision"]))
    return DateMention(int(row["start_char"]), int(row["end_char"]), row["text"], span)


def _dateline(article: Mapping[str, Any], toponyms: tuple[Toponym, ...]) -> Dateline | None:
    if _known(article["dateline_start"]) is None:
        return None
    start, end = int(article["dateline_start"]), int(article["dateline_end"])
    inside = (one for one in toponyms if start <= one.start_char < end)
    return Dateline(start, end, next(inside, None), _day(article["dateline_day"]))


def _incident(row: Mapping[str, Any], places: Mapping[str, Place]) -> Incident:
    ids = (_known(row["place_ids"]) or "").split(";")
    dead = _known(row["fatalities"])
    return Incident(
        event_id=row["event_id"],
        title=_known(row["title"]) or "",
        event_type=_known(row["event_type"]) or "",
        status=Status(row["status"]),
        span=_span(row["event_date"], row["event_date_end"], row["date_precision"]),
        places=tuple(places[place_id] for place_id in ids if place_id in places),
        geo_precision=GeoPrecision(_known(row["geo_precision"]) or GeoPrecision.UNKNOWN),
        evidence=tuple(
            Evidence(int(start), int(end))
            for start, end in json.loads(_known(row["evidence"]) or "[]")
        ),
        sub_event_type=_known(row["sub_event_type"]),
        actor1=_known(row["actor1"]),
        actor2=_known(row["actor2"]),
        fatalities=None if dead is None else int(dead),
    )
