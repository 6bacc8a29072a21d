"""Which GeoNames dumps a workspace lacks, by the names in its texts that no place bears.

A dump is the file of one country, with its villages, which the world index leaves out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from geomap.gazetteer.name_keys import normalise_name

DUMPS = "https://download.geonames.org/export/dump/"
"""Where GeoNames offers its dumps; geomap never asks for them by itself."""

MAX_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class UnplacedName:
    """A name as a source wrote it that no known place bears.

    `country_code` is the ISO 3166-1 code of the country that it is likely in, None where nothing
    around the name says so.
    """

    name: str
    country_code: str | None


@dataclass(frozen=True, slots=True)
class DumpSuggestion:
    """A country whose dump may place names: at most `unplaced_names` different ones.

    `country` and `dump` are None for the names whose country is not known. `examples` are the
    names that occur most often.
    """

    country: str | None
    dump: str | None
    unplaced_names: int
    examples: tuple[str, ...]


def suggest_dumps(names: Iterable[UnplacedName]) -> tuple[DumpSuggestion, ...]:
    """Return a suggestion for each country, the one with the most names first.

    Whether a dump has a name is known only once it was imported: the counts are upper limits.
    Names whose country is not known come last, without a dump.

    Parameters
    ----------
    names
        Every occurrence of every unplaced name. Spellings that differ in case, accents and
        hyphens only are one name.
    """
    spellings: dict[str | None, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in names:
        spellings[one.country_code][normalise_name(one.name)].append(one.name)
    suggestions = [_suggestion(country, by_key) for country, by_key in spellings.items()]
    return tuple(
        sorted(
            suggestions,
            key=lambda one: (one.country is None, -one.unplaced_names, one.country or ""),
        )
    )


def _suggestion(country: str | None, spellings: dict[str, list[str]]) -> DumpSuggestion:
    by_count = sorted(spellings.values(), key=lambda forms: (-len(forms), forms[0]))
    return DumpSuggestion(
        country=country,
        dump=f"{DUMPS}{country}.zip" if country else None,
        unplaced_names=len(spellings),
        examples=tuple(forms[0] for forms in by_count[:MAX_EXAMPLES]),
    )
