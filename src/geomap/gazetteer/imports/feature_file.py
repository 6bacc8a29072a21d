"""A GeoJSON collection, or a sequence of features, read one feature at a time."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from geomap.errors import FileRefusedError
from geomap.gazetteer.imports.import_row import Found, Refusal
from geomap.gazetteer.imports.place_record import Records, fields_of
from geomap.gazetteer.imports.place_stream import Source

_CHUNK = 1 << 20
_LARGEST = 64 << 20  # characters of one feature
_START = re.compile(r'"features"\s*:\s*\[')
_CRS = re.compile(r'"crs"\s*:\s*')
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326", "null")
_BETWEEN = " \t\r\n,\x1e"
_DECODER = json.JSONDecoder()


def looks_like_features(head: str) -> bool:
    """Return whether a text begins like GeoJSON."""
    start = head.lstrip("\ufeff \t\r\n\x1e")
    return start.startswith("{") and ('"Feature' in start or '"features"' in start)


def read_features(source: Source, records: Records) -> Iterator[Found]:
    """Yield the place of each feature, or why it cannot be used; the first feature is number 1.

    Raises
    ------
    FileRefusedError
        When the file is not GeoJSON to its end, or in another reference system.
    """
    fields: dict[tuple[str, ...], dict[str, str]] = {}
    for number, feature in enumerate(_Reader(source).features(), start=1):
        if not isinstance(feature, dict):
            reason = "This is not a feature."
            yield Refusal(reason, "Export the file again.", code="not_a_feature").issue(number)
            continue
        own = feature.get("properties")
        own = own if isinstance(own, dict) else {}
        keys = tuple(own)
        if keys not in fields:
            if len(fields) > 1000:
                fields.clear()
            fields[keys] = fields_of(keys)
        values = {fields[keys][key]: value for key, value in own.items() if key in fields[keys]}
        if "id" not in values and isinstance(feature.get("id"), str | int):
            values["id"] = feature["id"]
        geometry = feature.get("geometry")
        if isinstance(geometry, dict):
            yield from records.found(number, values, geometry)
        else:
            reason, remedy = "The feature has no geometry.", "Draw it."
            yield Refusal(reason, remedy, code="no_geometry", column="geometry").issue(number)


class _Reader:
    """Cuts one JSON value after the other from a stream of text."""

    def __init__(self, source: Source) -> None:
        self._stream, self._name = source.stream, source.name
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._text, self._at, self._lines, self._ended = "", 0, 1, False

    def features(self) -> Iterator[Any]:
        """Yield the members of "features", else the features that stand one after another."""
        start = self._find_start()
        if start is not None:
            self._check_crs(self._text[: start.start()])
            self._at = start.end()
        while (sign := self._next_sign()) is not None:
            if sign == "]" and start is not None:
                self._check_crs(self._text[self._at :])
                return
            value = self._value()
            if start is None and not (isinstance(value, dict) and value.get("type") == "Feature"):
                words = "is JSON but not GeoJSON; export it as GeoJSON"
                raise self._refusal(words)
            yield value
        if start is not None:
            words = f"breaks off in line {self._line()}; export it again"
            raise self._refusal(words)

    def _find_start(self) -> re.Match[str] | None:
        while True:
            found = _START.search(self._text)
            if found or '"Feature"' in self._text or len(self._text) > _LARGEST:
                return found
            if not self._fill():
                return None

    def _fill(self) -> bool:
        """Read on; forget what has been used."""
        if self._ended:
            return False
        self._lines += self._text.count("\n", 0, self._at)
        size = max(_CHUNK, len(self._text) - self._at)
        data = self._stream.read(size)
        self._ended = not data
        try:
            self._text = self._text[self._at :] + self._decode(data, self._ended)
        except UnicodeDecodeError as error:
            words = f"is not UTF-8 after line {self._line()}; save it so"
            raise self._refusal(words) from error
        self._at = 0
        return not self._ended

    def _next_sign(self) -> str | None:
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BETWEEN:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return None

    def _value(self) -> Any:
        while True:
            try:
                value, self._at = _DECODER.raw_decode(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                too_large = len(self._text) - self._at > _LARGEST
                if isinstance(error, RecursionError) or too_large or not self._fill():
                    message = f"cannot be read in line {self._line()}; export it again"
                    raise self._refusal(message) from error
            else:
                return value

    def _line(self) -> int:
        return self._lines + self._text.count("\n", 0, self._at)

    def _check_crs(self, text: str) -> None:
        if found := _CRS.search(text):
            stated = text[found.end() : found.end() + 300]
            if not any(word in stated for word in _WGS84):
                words = "is not in WGS 84; export it as EPSG:4326"
                raise self._refusal(words)

    def _refusal(self, words: str) -> FileRefusedError:
        return FileRefusedError(f"{self._name} {words}.", code="not_geojson")
