"""The filters that `events`, `export` and `snapshot` share: an option for each criterion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, make_dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.options import Words, readable
from geomap.errors import InputError, NotFoundError
from geomap.vocabulary.criteria import CRITERIA, Criterion, Kind

if TYPE_CHECKING:
    from geomap.query import EventQuery
    from geomap.workspace import Workspace

_REPEATED = (Kind.WORDS, Kind.PLACES)


def _option(criterion: Criterion) -> tuple[str, Any, Any]:
    """Return the field of the option of a criterion: its name, annotation and default."""
    if criterion.kind is Kind.SWITCH:
        switch = typer.Option(criterion.flag, help=criterion.help)
        return criterion.field, Annotated[bool, switch], field(default=False)
    option = typer.Option(criterion.flag, metavar=criterion.metavar, help=criterion.help)
    value = Words if criterion.kind in _REPEATED else str | None
    return criterion.field, Annotated[value, option], field(default=None)


def _options(criteria: Iterable[Criterion]) -> Any:
    return make_dataclass("_Options", map(_option, criteria), frozen=True, slots=True)


class FilterOptions(_options(one for one in CRITERIA if one.flag)):  # type: ignore[misc]  # made of the registry
    """The criteria of a query, one option each."""

    def query(self) -> EventQuery:
        """Return the query that the options describe.

        Raises
        ------
        InputError
            When the value of an option is not of its kind, or a query refuses it.
        """
        from geomap.query import EventQuery

        return EventQuery(**{one.field: self._value(one) for one in CRITERIA if one.flag})

    def _value(self, criterion: Criterion) -> Any:
        from geomap.query.forms import FORMS, value_of

        given = getattr(self, criterion.field)
        if criterion.kind is Kind.SWITCH:
            return given
        texts = [readable(text) for text in ([given] if isinstance(given, str) else given or ())]
        try:
            return value_of(criterion, texts)
        except ValueError as error:
            wanted = FORMS[criterion.kind].wanted
            message = f"{criterion.flag}: {texts[0]!r} is not {wanted}."
            raise InputError(message) from error


def check_ids(workspace: Workspace, query: EventQuery) -> None:
    """Raise NotFoundError when a query names a place or an import that does not exist."""
    for place_id in sorted(query.place_ids):
        if workspace.gazetteer.get(place_id) is None:
            message = f"--place: there is no place {place_id!r}; geomap places NAME finds its id."
            raise NotFoundError(message)
    known = {batch.batch_id for batch in workspace.batches()} if query.batches else set()
    for batch_id in sorted(query.batches - known):
        message = f"--batch: there is no import {batch_id!r}; geomap batches lists them."
        raise NotFoundError(message)
