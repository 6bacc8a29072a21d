"""Words that people's own tables use for how exact a place or a date is."""

from __future__ import annotations

import re

from geomap.model import DatePrecision, GeoPrecision

_PLACE_WORDS: dict[GeoPrecision, tuple[str, ...]] = {
    GeoPrecision.EXACT: (
        "exact location", "known exactly", "precise", "point", "address", "building", "site",
        "street", "rooftop", "gps", "village", "town", "city", "settlement", "locality", "exakt",
        "genau", "exacto", "точно", "точное", "dəqiq",
    ),
    GeoPrecision.NEAR: (
        "approximate", "approx", "approximately", "around", "vicinity", "neighborhood",
        "neighbourhood", "area", "circa", "rough", "estimated", "ungefähr", "aproximado",
        "approximatif", "приблизительно", "təxmini",
    ),
    GeoPrecision.ADMIN2: (
        "district", "county", "municipality", "adm2", "admin 2", "rayon", "район",
    ),
    GeoPrecision.ADMIN1: (
        "province", "state", "governorate", "oblast", "adm1", "admin 1", "область", "provinz",
    ),
    GeoPrecision.REGION: ("regional", "part of country"),
    GeoPrecision.COUNTRY: ("national", "nation", "country centroid", "adm0", "admin0", "страна"),
    GeoPrecision.UNKNOWN: ("not known", "unclear", "unspecified", "unsure", "unbekannt", "?"),
}  # fmt: skip
_DATE_WORDS: dict[DatePrecision, tuple[str, ...]] = {
    DatePrecision.DAY: ("exact", "daily", "exact day", "exact date", "known", "tag", "день", "gün"),
    DatePrecision.WEEK: ("weekly", "woche", "неделя", "həftə"),
    DatePrecision.MONTH: ("monthly", "monat", "mois", "mes", "месяц", "ay"),
    DatePrecision.YEAR: ("annual", "yearly", "jahr", "année", "año", "год", "il"),
    DatePrecision.RANGE: ("approximate", "approx", "circa", "estimated", "between", "interval"),
    DatePrecision.OPEN: ("ongoing", "open ended"),
}  # fmt: skip
_PLACES = {word: kind.value for kind, words in _PLACE_WORDS.items() for word in words} | {
    kind.value: kind.value for kind in GeoPrecision
}
_DATES = {word: kind.value for kind, words in _DATE_WORDS.items() for word in words} | {
    kind.value: kind.value for kind in DatePrecision
}
_UNKNOWN = re.compile(r"^(?:unknown|unsure|unclear|not known|nk)\b", re.IGNORECASE)


def _plain(cell: str) -> str:
    return " ".join(re.sub(r"[_\-]+", " ", cell.casefold()).split()).rstrip(".")


def precision_word(cell: str) -> str | None:
    """Return our word for how exact a place is, None where the cell has none that we know."""
    return _PLACES.get(cell.casefold().strip()) or _PLACES.get(_plain(cell))


def date_precision_word(cell: str) -> str | None:
    """Return our word for how exact a date is, None where the cell has none that we know."""
    return _DATES.get(_plain(cell))


def says_unknown(cell: str) -> bool:
    """Return whether a cell that should hold a radius says that nobody knows it."""
    return bool(_UNKNOWN.search(_plain(cell)))
