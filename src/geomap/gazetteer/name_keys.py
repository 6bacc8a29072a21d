"""Names as keys: one spelling for every way of writing a name; which names are junk.

Two names have the same key when they differ only in case, accents, hyphens, apostrophes
or letters that keyboards lack ("Xankəndi", "XANKENDI"). Scripts are not mixed: a Cyrillic
form is another name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from geomap.vocabulary import read_data_rows

_NO_PLURAL = ("ese", "ish", "ch", "s")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻʹʾʿ`´′"))
_LETTERS = str.maketrans(
    {"ı": "i", "ə": "e", "ǝ": "e", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
     "æ": "ae", "œ": "oe"}
)  # fmt: skip
# Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels; not the vowel signs
# of Indic scripts, without which words become other words.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]+")
_BREAKS = re.compile(
    "[\\s!-/:-@\\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u2000-\u206f"
    "\u2e00-\u2e7f\u3000-\u303f\u055a-\u055f\u0589\u058a\u060c\u061b\u061f\u30fb"
    "\ud800-\udfff]+"  # halves of surrogate pairs, which no index can hold
)


@lru_cache(maxsize=32_768)
def normalise_name(text: str) -> str:
    """Return the key under which a name is looked up.

    Parameters
    ----------
    text
        Any form of a name in any script.

    Returns
    -------
    key
        Lower case without accents, hyphens and apostrophes; empty for a text without letters
        and digits.
    """
    return name_key(text)


def name_key(text: str) -> str:
    """Return the same as `normalise_name`, without a cache: for a million names."""
    if text.isascii():
        bare = text.lower().replace("'", "").replace("`", "")
        return bare if bare.isalpha() else _BREAKS.sub(" ", bare).strip()
    bare = text.translate(_APOSTROPHES)
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare.casefold()).translate(_LETTERS)
        bare = unicodedata.normalize("NFC", _MARKS.sub("", bare)).translate(_APOSTROPHES)
    return _BREAKS.sub(" ", bare.lower()).strip()


def with_plural(key: str) -> tuple[str, ...]:
    """Return the key of an adjective or a word for people and that of its plural, made by rule."""
    return (key,) if key.endswith(_NO_PLURAL) else (key, key + "s")


def is_code(name: str) -> bool:
    """Return whether a name is like a code (BAK, LED) or too short to be anything else."""
    letters = name.strip()
    return letters.isascii() and (len(letters) <= 2 or (len(letters) == 3 and letters.isupper()))


def is_transliteration(name: str) -> bool:
    """Return whether a name is a machine's spelling of another script ("han ken de")."""
    return name.isascii() and name == name.lower() and any(map(str.isalpha, name))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return the keys of English words that also are names of places somewhere."""
    rows = read_data_rows("geomap.gazetteer", "common_words.txt")
    return frozenset(word for (line,) in rows for word in line.split())
