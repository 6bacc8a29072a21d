"""A query in the address of a page, and the reading of an address that may be nonsense."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from geomap.query.event_query import EventQuery
from geomap.query.forms import FORMS, texts_of, value_of
from geomap.vocabulary.criteria import CRITERIA, NOT_STATED, Kind

MAX_TEXT = 200
WITHOUT = "without"
"""The key of the criteria for which events without a word are asked for."""

_LINKED = {criterion.link: criterion for criterion in CRITERIA if criterion.link}
_WORDS = {key: one for key, one in _LINKED.items() if one.kind is Kind.WORDS}
QUERY_KEYS = frozenset({*_LINKED, WITHOUT})
"""The keys of an address that belong to the query."""

T = TypeVar("T")


class Link:
    """The parameters of a link; `problems` has a sentence for each part that made no sense.

    Parameters
    ----------
    params
        Every value of every parameter.
    """

    def __init__(self, params: Mapping[str, Iterable[str]]) -> None:
        self.given = {name: [v for v in values if v] for name, values in params.items()}
        self.problems: list[str] = []

    def one(self, key: str, read: Callable[[str], T], wanted: str) -> T | None:
        """Return the first value of a parameter as `read` gives it; None without a usable one.

        Parameters
        ----------
        key, read, wanted
            Name of the parameter; a function that raises ValueError for a text that is not
            `wanted`, such as "a day".
        """
        values = self.given.get(key)
        if not values:
            return None
        try:
            return read(values[0])
        except ValueError:
            self.problems.append(
                f"The link's {key!r} is {values[0][:60]!r}, which is not {wanted}; it was left out."
            )
            return None

    def many(self, key: str, closed: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the different values of a parameter.

        Parameters
        ----------
        key, closed
            Name of the parameter; the only values that it may have, () for any.
        """
        values, known = tuple(dict.fromkeys(self.given.get(key, []))), tuple(closed)
        strange = [value[:60] for value in values if known and value not in known]
        if strange:
            listed = ", ".join(repr(value) for value in strange)
            self.problems.append(f"The link's {key!r} has {listed}, which geomap does not know.")
        return tuple(value for value in values if not known or value in known)


def query_of_link(link: Link) -> EventQuery:
    """Return the query of a link; what could not be used is left out.

    Parameters
    ----------
    link
        Its `problems` grow by what made no sense.
    """
    values: dict[str, Any] = {}
    for key, criterion in _LINKED.items():
        form = FORMS.get(criterion.kind)
        if criterion.kind is Kind.TEXT:
            values[criterion.field] = " ".join(link.given.get(key, []))[:MAX_TEXT].strip()
        elif form is None:
            values[criterion.field] = value_of(criterion, link.many(key, criterion.words))
        else:
            value = link.one(key, form.read, form.wanted)
            values[criterion.field] = value_of(criterion, ()) if value is None else value
    for key in link.many(WITHOUT, _WORDS):
        values[_WORDS[key].field] |= {NOT_STATED}
    start, end = values["start"], values["end"]
    if start and end and end < start:
        link.problems.append(
            f"The link's days end ({end}) before they start ({start}): all are shown."
        )
        values |= {"start": None, "end": None}
    return EventQuery(**values)


def link_of_query(query: EventQuery) -> dict[str, list[str]]:
    """Return the parameters of a link for the criteria that are set.

    Parameters
    ----------
    query
        A criterion without a key for links, such as a box, is left out.
    """
    params: dict[str, list[str]] = {}
    for criterion, value in query.values():
        if criterion.link:
            texts = texts_of(criterion, value)
            params[criterion.link] = [text for text in texts if text != NOT_STATED]
    params[WITHOUT] = [k for k, one in _WORDS.items() if NOT_STATED in getattr(query, one.field)]
    return {key: texts for key, texts in params.items() if texts}
