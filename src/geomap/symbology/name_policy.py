"""Which of its names a place bears on a map: a policy that the user chooses.

"source" is the main name of the gazetteer, "all" every side's form, "side:X" the form that X
uses, "lang:x" the form in a language. A place that lacks the form keeps its main name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import geopandas as gpd
import pandas as pd

from geomap.model import Place, PlaceName

MAIN_NAMES = "source"
"""The policy that is in force until another is chosen."""

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Arabic", "az": "Azerbaijani", "de": "German", "en": "English", "es": "Spanish",
        "fa": "Persian", "fr": "French", "hy": "Armenian", "ka": "Georgian", "ru": "Russian",
        "tr": "Turkish", "uk": "Ukrainian",
    }
)  # fmt: skip
"""English names of languages by ISO 639-1 code, for those in which places are named."""


def with_names(places: gpd.GeoDataFrame, versions: Iterable[Place]) -> gpd.GeoDataFrame:
    """Return the places table with a column `names`: the forms of each version's name.

    Parameters
    ----------
    places
        Places table, one row for each dated version (`place_id`, `valid_from`).
    versions
        The same places as the gazetteer has them (iterate over a `Gazetteer`).
    """
    forms = {(place.place_id, place.valid_from): place.names for place in versions}
    names = [
        forms.get((row.place_id, None if pd.isna(row.valid_from) else row.valid_from.date()), ())
        for row in places.itertuples()
    ]
    return places.assign(names=pd.Series(names, index=places.index, dtype="object"))


def names_policies(places: gpd.GeoDataFrame) -> dict[str, str]:
    """Return the policies that these places allow: the word of each, and its label.

    Parameters
    ----------
    places
        Places table; without the column `names` of `with_names` only main names are left.
    """
    forms = [form for names in places.get("names", ()) for form in names]
    sides = sorted({form.side for form in forms if form.side})
    languages = sorted({form.lang for form in forms if form.lang})
    policies = {MAIN_NAMES: "As in the gazetteer"}
    if sides:
        policies["all"] = "Every side's form"
    policies |= {f"side:{side}": f"As used by: {side}" for side in sides}
    return policies | {f"lang:{x}": f"In {LANGUAGES.get(x, x)}" for x in languages}


def names_by_policy(name: str, forms: Sequence[PlaceName]) -> dict[str, str]:
    """Return what a place is called under each policy that differs from its main name.

    Of several forms of one side the first in Latin letters is taken, as in the table.

    Parameters
    ----------
    name, forms
        Main name of the place; all forms of its name.
    """
    sides = dict.fromkeys(form.side for form in forms if form.side)
    languages = dict.fromkeys(form.lang for form in forms if form.lang)
    by_side = {side: _preferred([form for form in forms if form.side == side]) for side in sides}
    names = {f"side:{side}": form for side, form in by_side.items()}
    names |= {f"lang:{x}": next(f.name for f in forms if f.lang == x) for x in languages}
    names["all"] = " / ".join(dict.fromkeys([name, *by_side.values()]))
    return {policy: text for policy, text in names.items() if text != name}


def named_by_policy(places: gpd.GeoDataFrame, policy: str) -> list[str]:
    """Return what each place of a table is called under one policy.

    Parameters
    ----------
    places
        Places table with `name` and, unless only main names are wanted, `names`.
    policy
        A word of `names_policies`.
    """
    names: list[str] = places["name"].astype("str").tolist()
    if policy == MAIN_NAMES or "names" not in places:
        return names
    return [
        names_by_policy(name, forms).get(policy, name)
        for name, forms in zip(names, places["names"], strict=True)
    ]


def policy_words(policy: str) -> str:
    """Return a policy as it is stated on a figure.

    Parameters
    ----------
    policy
        A word of `names_policies`.
    """
    kind, _, word = policy.partition(":")
    return {
        "all": "every side's form of each place",
        "side": f"as used by {word}, where known",
        "lang": f"in the language {word}, where known",
    }.get(kind, "the gazetteer's first name of each place")


def _preferred(forms: Sequence[PlaceName]) -> str:
    return next((form.name for form in forms if _is_latin(form.name)), forms[0].name)


def _is_latin(text: str) -> bool:
    letters = filter(str.isalpha, text)
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
