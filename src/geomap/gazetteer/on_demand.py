"""Places and forms of names that are made at their first use, since most never are used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from geomap.gazetteer.name_keys import name_key
from geomap.model import Place, PlaceName

Forms = Mapping[str, tuple[PlaceName, ...]]
"""The forms of a name by the id of the place that has it."""

_Raw = TypeVar("_Raw")
_Made = TypeVar("_Made")


class OnDemand(Mapping[str, _Made], Generic[_Raw, _Made]):
    """Values by key, each made from its raw form at its first use and then cached."""

    def __init__(self, raw: Mapping[str, _Raw], make: Callable[[_Raw], _Made]) -> None:
        self._raw, self._make = raw, make
        self._made: dict[str, _Made] = {}

    def __getitem__(self, key: str) -> _Made:
        if key not in self._made:
            self._made[key] = self._make(self._raw[key])
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


def forms_on_demand(
    versions: Mapping[str, tuple[Place, ...]], bearers: Mapping[str, Iterable[str]]
) -> Mapping[str, Forms]:
    """Return the forms by key of places by id, made at first use; `bearers` are the ids by key."""

    def forms(bearer: tuple[str, Iterable[str]]) -> Forms:
        key, ids = bearer
        return {
            place_id: tuple(f for f in forms_of(versions[place_id]) if name_key(f.name) == key)
            for place_id in ids
        }

    return OnDemand({key: (key, ids) for key, ids in bearers.items() if key}, forms)


def forms_of(versions: Sequence[Place]) -> tuple[PlaceName, ...]:
    """Return every form of the name of a place in all its versions, each once."""
    main = [PlaceName(version.name) for version in versions]
    return tuple(dict.fromkeys([*(form for v in versions for form in v.names), *main]))
