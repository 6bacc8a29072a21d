"""The features of a GeoJSON file one at a time, so that a file of any size can be read."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from geomap.errors import FileRefusedError
from geomap.readers.streams import FileStream

_CHUNK = 1 << 20
_LARGEST = 64 << 20  # characters of one feature
_START = re.compile(r'"features"\s*:\s*\[')
_CRS = re.compile(r'"crs"\s*:\s*')
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326", "null")
_BETWEEN = " \t\r\n,\x1e"
_DECODER = json.JSONDecoder()


def looks_like_features(head: str) -> bool:
    """Return whether a text begins like GeoJSON.

    Parameters
    ----------
    head
        The first characters of a file.
    """
    start = head.lstrip("\ufeff \t\r\n\x1e")
    return start.startswith("{") and ('"Feature' in start or '"features"' in start)


def stream_features(source: FileStream) -> Iterator[Any]:
    """Yield the members of "features", else the features that stand one after another.

    Parameters
    ----------
    source
        An open file in UTF-8, in longitude and latitude (WGS 84).

    Raises
    ------
    FileRefusedError
        When the file is not GeoJSON to its end, or in another reference system.
    """
    yield from _Reader(source).features()


class _Reader:
    """Cuts one JSON value after the other from a stream of text."""

    def __init__(self, source: FileStream) -> None:
        self._stream, self._name = source.stream, source.name
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._text, self._at, self._lines, self._ended = "", 0, 1, False

    def features(self) -> Iterator[Any]:
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
                raise self._refusal(words="is JSON but not GeoJSON; export it as GeoJSON")
            yield value
        if start is not None:
            raise self._refusal(words=f"breaks off in line {self._line()}; export it again")

    def _find_start(self) -> re.Match[str] | None:
        while True:
            match = _START.search(self._text)
            if match or '"Feature"' in self._text or len(self._text) > _LARGEST:
                return match
            if not self._fill():
                return None

    def _fill(self) -> bool:
        """Read on; forget what has been used."""
        if self._ended:
            return False
        self._lines += self._text.count("\n", 0, self._at)
        data = self._stream.read(max(_CHUNK, len(self._text) - self._at))
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
                    words = f"cannot be read in line {self._line()}; export it again"
                    raise self._refusal(words) from error
            else:
                return value

    def _line(self) -> int:
        return self._lines + self._text.count("\n", 0, self._at)

    def _check_crs(self, text: str) -> None:
        if match := _CRS.search(text):
            stated = text[match.end() : match.end() + 300]
            if not any(word in stated for word in _WGS84):
                raise self._refusal(words="is not in WGS 84; export it as EPSG:4326")

    def _refusal(self, words: str) -> FileRefusedError:
        return FileRefusedError(f"{self._name} {words}.", code="not_geojson")
