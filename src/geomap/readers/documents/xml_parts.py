"""XML of strangers as a stream of its elements: no entity is expanded, nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from geomap.errors import FileRefusedError

DEEPEST = 200
"""Levels of nesting; a document, a feed or a page of text has under 60."""

_CHUNK = 1 << 16


class XmlEvents:
    """The events of a parser; a subclass takes those that it needs."""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element, by its name without the namespace."""

    def finish(self, name: str) -> None:
        """Take the end of an element."""

    def take(self, text: str) -> None:
        """Take characters between tags."""


def parse_xml(data: bytes, events: XmlEvents, refuse: Callable[[str], FileRefusedError]) -> None:
    """Send the elements of an XML text to `events`, in their order.

    Parameters
    ----------
    data, events
        The bytes; what takes their elements.
    refuse
        Makes the refusal from the words on what is wrong.

    Raises
    ------
    FileRefusedError
        When it is not well formed, declares entities, or is nested more than `DEEPEST` deep.
    """
    with _refusing(refuse):
        parser = DefusedXMLParser(target=_Target(events))
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
        parser.close()


@contextmanager
def _refusing(refuse: Callable[[str], FileRefusedError]) -> Iterator[None]:
    try:
        yield
    except DefusedXmlException as fault:
        words = "declares entities, which are not expanded"
        raise refuse(words) from fault
    except _DeepError as fault:
        words = f"is nested more than {DEEPEST} levels deep"
        raise refuse(words) from fault
    except (ET.ParseError, ValueError, LookupError) as fault:
        where = f" in line {fault.position[0]}" if isinstance(fault, ET.ParseError) else ""
        words = f"is not well formed{where}"
        raise refuse(words) from fault


class _DeepError(ValueError):
    """The elements are nested too deep."""


class _Target:
    def __init__(self, events: XmlEvents) -> None:
        self._events, self._depth = events, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _DeepError
        self._events.begin(_local(tag), {_local(key): v for key, v in attributes.items()})

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._events.finish(_local(tag))

    def data(self, text: str) -> None:
        self._events.take(text)

    def close(self) -> Any:
        return None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
