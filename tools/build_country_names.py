"""Write src/geomap/gazetteer/data/country_names.tsv.gz: countries' names in many languages.

The names are CLDR's (Unicode licence), from its npm package, which has the short and the
variant forms ("ԱՄՆ", "Birma") that the packages of PyPI leave out:

    npm pack cldr-localenames-full@48.2.0 && tar xzf cldr-localenames-full-*.tgz  # makes package/
    python -m tools.build_country_names package

A form is omitted when it would be ambiguous: when it is a key of another
country or, in Latin letters, very short, an English word, a given name, a word for a people
or the name of a town that is large beside the country. Omitted forms are printed.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.gazetteer.countries import demonyms, own_names
from geomap.gazetteer.name_keys import common_words, name_key
from geomap.gazetteer.world import WORLD_LAYERS
from geomap.geoparse.data_tables import long_lists

TARGET = Path(__file__).parents[1] / "src/geomap/gazetteer/data/country_names.tsv.gz"
LANGUAGES = (
    "az", "ru", "hy", "tr", "ka", "uk", "be", "kk", "fa", "ar", "he", "ku", "fr", "de", "es",
    "pt", "it", "nl", "pl", "cs", "ro", "hu", "el", "bg", "sr", "sr-Latn", "hr", "sq", "zh",
    "zh-Hant", "ja", "ko", "hi", "ur", "sw", "am", "so",
)  # fmt: skip
TWO_NAMES = frozenset({"MM", "FK", "NZ", "TL", "CI"})
"""Countries of which CLDR gives two names in one, the second in brackets."""
ENGLISH_SPEAKING = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
LEAST_TOWN, LEAST_SHARE = 20_000, 0.01
SHORTEST = 4
_BRACKETS = re.compile(r"^(?P<one>.+?)\s*[(（](?P<other>[^()（）]+)[)）]$")
_HEADER = (
    "# CLDR {version} (Unicode licence); written by tools/build_country_names.py.\n"
    "# country, keys of its names, the names and their languages: name@az,tr\n"
)
Form = tuple[str, str, str]
"""Country, language, name."""


def cldr_forms(folder: Path, codes: frozenset[str]) -> Iterator[Form]:
    """Yield each form of the package in the order of `LANGUAGES`."""
    for language in LANGUAGES:
        text = (folder / "main" / language / "territories.json").read_text("utf-8")
        names = json.loads(text)["main"][language]["localeDisplayNames"]["territories"]
        for code, written in names.items():
            country = code.partition("-")[0]
            if country in codes:
                for name in split_names(country, written):
                    yield country, language.partition("-")[0], name


def split_names(country: str, written: str) -> Iterator[str]:
    """Yield the names in one entry; brackets contain a second name, or a remark."""
    found = _BRACKETS.match(written)
    if found is None:
        yield written
        return
    yield found["one"]
    if country in TWO_NAMES:
        yield found["other"]


def refusals(forms: list[Form], gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    """Return the reason for each form (country, key) that is omitted."""
    owners: dict[str, set[str]] = defaultdict(set)
    first: dict[str, str] = {}
    for code, names in own_names().items():
        for own in names:
            first.setdefault(name_key(own.name), code)
    for code, _, name in forms:
        owners[name_key(name)].add(code)
    refused: dict[tuple[str, str], str] = {}
    for code, _, name in forms:
        key = name_key(name)
        if first.get(key) == code:
            continue
        if key in first or len(owners[key]) > 1:
            refused[code, key] = "a name of another country"
        elif key.isascii() and (reason := _other_sense(key, code, gazetteer)):
            refused[code, key] = reason
    return refused


def _other_sense(key: str, country: str, gazetteer: Gazetteer) -> str | None:
    """Return the other meaning of a form in Latin letters for a reader of English."""
    if len(key) < SHORTEST:
        return "a very short form"
    if key in demonyms():
        return "a word for a people"
    if key in common_words() or key in long_lists()["english"]:
        return "an English word"
    if key in long_lists()["given"]:
        return "a given name"
    home = gazetteer.country(country)
    people = home.population if home else 0
    for match in gazetteer.find(key, limit=None):
        place = match.place
        if place.country_code == country or name_key(place.name) != key:
            continue
        english = place.country_code in ENGLISH_SPEAKING and place.population >= LEAST_TOWN
        if english or place.population > LEAST_SHARE * people:
            return f"{place.name}, {place.country_code}"
    return None


def main(folder: Path) -> None:
    """Write the file and print the omitted forms, with the reason for each."""
    version = json.loads((folder / "package.json").read_text("utf-8"))["version"]
    forms = list(cldr_forms(folder, frozenset(own_names())))
    refused = refusals(forms, open_gazetteer(layers={"countries", *WORLD_LAYERS}))
    spoken: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code, language, name in forms:
        english = {form.name for form in own_names()[code]}
        if (code, name_key(name)) not in refused and name not in english:
            spoken[code][name].append(language)
    rows = [row(code, names) for code, names in sorted(spoken.items())]
    text = _HEADER.format(version=version) + "\n".join(rows) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    for (code, key), reason in refused.items():
        print(f"left out: {code} {key}: {reason}")
    print(f"{sum(map(len, spoken.values()))} forms, {TARGET.stat().st_size} bytes")


def row(code: str, names: dict[str, list[str]]) -> str:
    """Return the line of a country."""
    keys = dict.fromkeys(name_key(name) for name in names)
    forms = (f"{name}@{','.join(dict.fromkeys(spoken))}" for name, spoken in names.items())
    return "\t".join((code, ";".join(keys), ";".join(forms)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
