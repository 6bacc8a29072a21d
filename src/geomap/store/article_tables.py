"""An article that was read, as rows of three tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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

_NAME = ("start_char", "end_char", "text", "score", "reason", "matched_name", "is_sure")
_PLACE = (
    "place_id", "name", "feature_class", "feature_code", "uncertainty_km", "country_code", "layer",
    "source", "licence", "valid_from", "valid_to", "population", "geometry",
)  # fmt: skip


def article_frames(parsed: GeoparsedArticle, *, batch_id: str) -> dict[str, pd.DataFrame]:
    """Return the rows that hold an article, by table: `articles`, `toponyms` and `dates`.

    Parameters
    ----------
    parsed, batch_id
        The article, and the import that it came with.
    """
    article, dateline = parsed.article, parsed.dateline
    row = _fields(article, Article.__slots__) | {"batch_id": batch_id}
    if dateline is not None:
        place = dateline.toponym.place if dateline.toponym else None
        row |= {
            "dateline_start": dateline.start_char,
            "dateline_end": dateline.end_char,
            "dateline_day": dateline.day,
            "dateline_place_id": place.place_id if place else None,
        }
    dates = [
        _fields(mention, ("start_char", "end_char", "text"))
        | _fields(mention.span, ("start", "end", "precision"))
        for mention in parsed.dates
    ]
    tables = {
        "articles": [row],
        "toponyms": [_toponym_row(toponym) for toponym in parsed.toponyms],
        "dates": dates,
    }
    own = {"article_id": article.article_id}
    return {table: pd.DataFrame([own | row for row in rows]) for table, rows in tables.items()}


def _fields(record: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _toponym_row(toponym: Toponym) -> dict[str, Any]:
    candidates = json.dumps([asdict(one) for one in toponym.candidates], ensure_ascii=False)
    row = _fields(toponym, _NAME) | {"toponym_kind": toponym.kind, "candidates": candidates}
    place = toponym.place
    return row if place is None else row | _fields(place, (*_PLACE, "kind"))


def read_parsed(
    article: Mapping[str, Any], toponyms: pd.DataFrame, dates: pd.DataFrame, events: pd.DataFrame
) -> GeoparsedArticle:
    """Return an article from its rows.

    Parameters
    ----------
    article
        Its row of the table of articles.
    toponyms, dates, events
        Its rows of the other tables, with the columns of `schemas.COLUMNS`.
    """
    names = tuple(_toponym(row) for row in _by_start(toponyms))
    places = {one.place.place_id: one.place for one in names if one.place is not None}
    return GeoparsedArticle(
        article=article_of(article),
        toponyms=names,
        dates=tuple(_mention(row) for row in _by_start(dates)),
        incidents=tuple(_incident(row, places) for row in events.to_dict("records")),
        dateline=_dateline(article, names),
    )


def article_of(row: Mapping[str, Any]) -> Article:
    """Return an article, without what was read out of it, from its row.

    Parameters
    ----------
    row
        Its row of the table of articles.
    """
    fields = {name: _known(row[name]) for name in Article.__slots__}
    return Article(**{**fields, "published": _day(row["published"])})


def _by_start(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.sort_values("start_char", kind="stable").to_dict("records")
    return rows


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _day(value: Any) -> date | None:
    day: date | None = None if pd.isna(value) else pd.Timestamp(value).date()
    return day


def _toponym(row: Mapping[str, Any]) -> Toponym:
    is_sure = _known(row["is_sure"])
    return Toponym(
        start_char=int(row["start_char"]),
        end_char=int(row["end_char"]),
        text=row["text"],
        kind=ToponymKind(row["toponym_kind"]),
        place=None if _known(row["place_id"]) is None else _place(row),
        score=float(row["score"]),
        reason=row["reason"],
        candidates=tuple(_candidate(stored) for stored in json.loads(row["candidates"])),
        matched_name=_known(row["matched_name"]),
        # Articles that were read before this was stored had no name in doubt.
        is_sure=True if is_sure is None else bool(is_sure),
    )


def _candidate(stored: Mapping[str, Any]) -> Candidate:
    return Candidate(**{**stored, "kind": ToponymKind(stored.get("kind", ToponymKind.OTHER))})


def _place(row: Mapping[str, Any]) -> Place:
    known = {name: _known(row[name]) for name in _PLACE if name != "geometry"}
    days = {name: _day(row[name]) for name in ("valid_from", "valid_to")}
    return Place(
        **{**known, **days, "population": int(known["population"] or 0)},
        geometry=row["geometry"],
        kind=ToponymKind(row["kind"]),
        names=(PlaceName(row["name"]),),
    )


def _span(start: Any, end: Any, precision: Any) -> DateSpan | None:
    first = _day(start)
    return None if first is None else DateSpan(first, _day(end), DatePrecision(precision))


def _mention(row: Mapping[str, Any]) -> DateMention:
    span = _span(row["start"], row["end"], row["precision"])
    assert span is not None  # noqa: S101 - a mention is stored with its days
    return DateMention(int(row["start_char"]), int(row["end_char"]), row["text"], span)


def _dateline(article: Mapping[str, Any], toponyms: tuple[Toponym, ...]) -> Dateline | None:
    if _known(article["dateline_start"]) is None:
        return None
    start, end = int(article["dateline_start"]), int(article["dateline_end"])
    inside = (one for one in toponyms if start <= one.start_char < end)
    return Dateline(start, end, next(inside, None), _day(article["dateline_day"]))


def _incident(row: Mapping[str, Any], places: Mapping[str, Place]) -> Incident:
    ids = (_known(row["place_ids"]) or "").split(";")
    fatalities = _known(row["fatalities"])
    evidence = json.loads(_known(row["evidence"]) or "[]")
    return Incident(
        event_id=row["event_id"],
        title=_known(row["title"]) or "",
        event_type=_known(row["event_type"]) or "",
        status=Status(row["status"]),
        span=_span(row["event_date"], row["event_date_end"], row["date_precision"]),
        places=tuple(places[place_id] for place_id in ids if place_id in places),
        geo_precision=GeoPrecision(_known(row["geo_precision"]) or GeoPrecision.UNKNOWN),
        evidence=tuple(Evidence(int(start), int(end)) for start, end in evidence),
        sub_event_type=_known(row["sub_event_type"]),
        actor1=_known(row["actor1"]),
        actor2=_known(row["actor2"]),
        fatalities=None if fatalities is None else int(fatalities),
    )
