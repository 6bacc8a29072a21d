"""The keys under which records, tables and pages state the text of an article and its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geomap.layouts import plain_spec
from geomap.layouts.fields import fold

TEXT_KEYS = ("text", "body", "content", "maintext", "fulltext", "articletext", "articlebody",
             "articlecontent", "contenttext", "contenthtml")  # fmt: skip
"""Names, as `fold` has them, under which the text of an article stands."""

SUMMARY_KEYS = ("description", "summary", "abstract", "lead", "title", "headline")
"""Names of what stands for a text where a record among others has none."""

ARTICLE_KEYS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "sourcename", "site", "sitename", "medianame", "domain"),
    "url": ("url", "link", "sourceurl", "permalink"),
    "published": ("published", "publishedat", "date", "publicationdate", "publisheddate",
                  "publishdate", "publishedtime", "datepublished", "pubdate"),
}  # fmt: skip
"""Names, as `fold` has them, of what is stated about an article, by field."""

_PLACE_FIELDS = ("place_name", "admin1", "admin2", "country")
_POINT_FIELDS = ("latitude", "longitude", "coordinates", "geometry")
_EVENT_ID = re.compile(r"(?:global)?(?:event|incident|crime|case)(?:id\w*|number|no)")


def text_keys(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the keys of records that hold the text of an article, the likeliest first."""
    keys = dict.fromkeys(
        key
        for record in records
        for key, text in record.items()
        if fold(key) in TEXT_KEYS and _words(text).strip()
    )
    return sorted(keys, key=lambda key: TEXT_KEYS.index(fold(key)))


def event_keys(keys: Iterable[str]) -> list[str]:
    """Return the keys that name a place, coordinates or the id of an event."""
    places = _names(_PLACE_FIELDS) | _names(_POINT_FIELDS)
    return [key for key in keys if (name := fold(key)) in places or _EVENT_ID.fullmatch(name)]


def point_keys(keys: Iterable[str]) -> list[str]:
    """Return the keys that name coordinates or a geometry."""
    return [key for key in keys if fold(key) in _names(_POINT_FIELDS)]


def _names(fields: tuple[str, ...]) -> set[str]:
    named = {name for field in fields for name in plain_spec().fields[field]}
    return named - {name for names in ARTICLE_KEYS.values() for name in names}


def text_of(record: Mapping[str, Any], names: tuple[str, ...] = TEXT_KEYS) -> str:
    """Return the text of a record, "" where it has none.

    Parameters
    ----------
    record, names
        A mapping of keys to values; the folded names of the keys that are looked for, in order.
    """
    by_name = {fold(key): _words(value) for key, value in record.items()}
    return next((text for name in names if (text := by_name.get(name, "")).strip()), "")


def facts_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record states about its article: title, publisher, url, published."""
    by_name = {fold(key): _named(value) for key, value in record.items()}
    return {
        field: value
        for field, names in ARTICLE_KEYS.items()
        if (value := next((by_name[n] for n in names if by_name.get(n) not in (None, "")), None))
    }


def _named(value: Any) -> Any:
    """Return the name of a thing that is described by an object, such as a publisher."""
    return value.get("name") or value.get("title") if isinstance(value, dict) else value


def _words(value: Any) -> str:
    if isinstance(value, dict):  # as WordPress answers: {"rendered": "<p>..."}
        value = value.get("rendered")
    return value if isinstance(value, str) else ""
