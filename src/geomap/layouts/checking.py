"""What is wrong with the content of a layout's YAML file, one sentence for each fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from typing import Any

from geomap.layouts.column_values import is_pattern
from geomap.layouts.fields import FIELDS
from geomap.model import DatePrecision, GeoPrecision

KEYS = (
    "name", "title", "dataset", "signature", "extends", "fields", "refuse", "date_order",
    "span", "headerless", "date_codes", "geo_codes", "geo_default", "words", "code_lists",
    "header_words", "hxl", "open_words", "total_words", "idle_words",
    "warnings",
)  # fmt: skip
DELIMITERS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_HXL = re.compile(r"#[a-z]\w*([+-][a-z]\w*)*", re.IGNORECASE)


def faults_of(raw: object) -> list[str]:
    """Return every fault of a layout as read from YAML; none means that it can be used."""
    if not isinstance(raw, dict):
        return ["it is not a list of keys such as name, title, signature and fields"]
    checks = (_keys, _signature, _fields, _codes, _headerless, _lists)
    return [fault for check in checks for fault in check(raw)]


def _keys(raw: dict[str, Any]) -> Iterator[str]:
    for key in raw:
        if key not in KEYS:
            yield f"there is no key {str(key)!r} (keys are {', '.join(KEYS)})"
    for key in ("name", "title"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            yield f"{key!r} must be a text"
    if isinstance(raw.get("name"), str) and not _NAME.fullmatch(raw["name"]):
        yield "'name' must be small letters, digits and underscores, such as 'my_log'"
    for key in ("dataset", "refuse"):
        if key in raw and not isinstance(raw[key], str):
            yield f"{key!r} must be a text"
    if raw.get("extends", "plain") != "plain":
        yield "'extends' can only be 'plain'"
    if raw.get("date_order", "dmy") not in ("dmy", "mdy"):
        yield "'date_order' must be dmy or mdy"
    if raw.get("span", "day") not in ("day", "range"):
        yield "'span' must be day (on every day from the first to the last) or range (on some)"


def _signature(raw: dict[str, Any]) -> Iterator[str]:
    given = raw.get("signature", [])
    flat = given if isinstance(given, list) else [given]
    sets = flat if flat and _are(list, flat) else [flat]
    if not isinstance(given, list) or not all(map(_is_texts, sets)):
        yield "'signature' must be a list of column names, or a list of such lists"
    elif any(not names for names in sets) and len(sets) > 1:
        yield "a list of names in 'signature' is empty, and would fit every table"
    if not (given or raw.get("headerless") or raw.get("hxl") or raw.get("name") == "plain"):
        yield "it has neither 'signature' nor 'headerless', so no table would be recognised by it"


def _fields(raw: dict[str, Any]) -> Iterator[str]:
    lists = _code_lists()
    rules: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
        ("fields", _is_texts, "a list of column names"),
        ("header_words", _is_header_words, "lists of words named any, all, none"),
        ("words", _is_pairs, "pairs of code and word"),
        ("code_lists", lambda given: given in lists, f"one of {', '.join(lists)}"),
        ("hxl", _is_tags, "a list of HXL tags such as '#date+start'"),
    )
    for key, is_right, words in rules:
        given = raw.get(key, {})
        if not isinstance(given, dict):
            yield f"{key!r} must lead from fields to {words}"
            continue
        for field, value in given.items():
            if field not in FIELDS:
                yield f"{key!r} has no field {str(field)!r} (fields are {', '.join(FIELDS)})"
            elif not is_right(value):
                yield f"{field!r} in {key!r} must be {words}"


def _code_lists() -> tuple[str, ...]:
    folder = resources.files("geomap.layouts").joinpath("codes")
    return tuple(sorted(item.name.removesuffix(".yaml") for item in folder.iterdir()))


def _codes(raw: dict[str, Any]) -> Iterator[str]:
    for key, precisions in (("date_codes", DatePrecision), ("geo_codes", GeoPrecision)):
        given = raw.get(key, {"column": "", "values": {}})
        parts = given if isinstance(given, dict) else {}
        if not isinstance(parts.get("column"), str) or not isinstance(parts.get("values"), dict):
            yield f"{key!r} must have a 'column' and 'values'"
            continue
        for code, rule in parts["values"].items():
            yield from _rule(rule, f"code {str(code)!r} in {key!r}", tuple(precisions))
    if "geo_default" in raw:
        yield from _rule(raw["geo_default"], "'geo_default'", tuple(GeoPrecision))


def _rule(rule: object, where: str, words: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(rule, dict):
        yield f"{where} must have a 'precision'"
        return
    if rule.get("precision") not in words:
        yield f"the 'precision' of {where} must be one of {', '.join(sorted(words))}"
    for name in ("before", "after", "uncertainty_km"):
        value = rule.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 25_000:
            yield f"{name!r} of {where} must be a number from 0"
    if rule.get("calendar") not in (None, "month", "year"):
        yield f"'calendar' of {where} must be month or year"
    if rule.get("whole_year") not in (None, *DatePrecision):
        yield f"'whole_year' of {where} must be a precision of dates"


def _headerless(raw: dict[str, Any]) -> Iterator[str]:
    given = raw.get("headerless", [])
    if not isinstance(given, list) or not _are(dict, given):
        yield "'headerless' must be a list of shapes, each with 'columns' and 'checks'"
        return
    for shape in given:
        columns, checks = shape.get("columns"), shape.get("checks")
        if not _is_texts(columns) or not columns or not isinstance(checks, dict) or not checks:
            yield "a shape of 'headerless' needs 'columns' (names) and 'checks' (patterns)"
            continue
        for column, pattern in checks.items():
            if column not in columns:
                yield f"a check of 'headerless' names the column {str(column)!r}, which it lacks"
            elif not (isinstance(pattern, str | int) and is_pattern(str(pattern))):
                yield f"the check of {column!r} in 'headerless' is not a regular expression of RE2"
        if shape.get("delimiter", "tab") not in DELIMITERS:
            yield f"'delimiter' in 'headerless' must be one of {', '.join(DELIMITERS)}"
        if not isinstance(shape.get("quoting", True), bool):
            yield "'quoting' in 'headerless' must be true or false"


def _lists(raw: dict[str, Any]) -> Iterator[str]:
    for key in ("open_words", "total_words", "idle_words"):
        if not _is_texts(raw.get(key, [])):
            yield f"{key!r} must be a list of words"
    given = raw.get("warnings", [])
    if not isinstance(given, list) or not _are(dict, given) or not all(
        isinstance(item.get(key), str) for item in given for key in ("code", "message")
    ):  # fmt: skip
        yield "each of 'warnings' needs a 'code' and a 'message'"


def _are(kind: type, items: Iterable[object]) -> bool:
    return all(isinstance(item, kind) for item in items)


def _is_texts(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(item, str | int) for item in given)


def _is_tags(given: object) -> bool:
    return _is_texts(given) and all(_HXL.fullmatch(str(tag)) for tag in given)  # type: ignore[attr-defined]


def _is_header_words(given: object) -> bool:
    return isinstance(given, dict) and all(
        key in ("any", "all", "none") and _is_texts(words) for key, words in given.items()
    )


def _is_pairs(given: object) -> bool:
    return isinstance(given, dict) and all(
        isinstance(word, str | int | float) for word in given.values()
    )
