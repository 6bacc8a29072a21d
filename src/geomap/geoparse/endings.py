"""Case endings of Azerbaijani, Turkish, Russian and Armenian: the bare forms of a word.

A word is only stripped where its letters tell the language, or where an apostrophe sets
the ending off, so that English words are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.geoparse.wordlist import word_set

_TURKIC = re.compile("[əğışçöüıİŞÇÖÜĞƏ]")
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_ARMENIAN = re.compile("[\u0531-\u0587]")
_TURKIC_ENDINGS = sorted(
    word_set(
        """dan den dən da də de ta te tan ten ya yə ye a ə e nın nin nun nün ın in un ün nı ni nu
        nü ı i u ü daki dəki deki"""
    ),
    key=lambda ending: (-len(ending), ending),
)
_RUSSIAN = (
    ("ом", ("", "о")), ("ем", ("", "ь")), ("ой", ("а",)), ("ей", ("я", "ь")), ("ах", ("ы", "")),
    ("а", ("", "о")), ("у", ("", "а")), ("е", ("", "а", "о", "ь")), ("и", ("ь", "я", "а")),
    ("ы", ("а", "")), ("ю", ("я", "ь", "й")), ("я", ("ь", "й")),
)  # fmt: skip
_ARMENIAN_ENDINGS = ("ներում", "ում", "ից", "ով", "ին", "ուց", "ի", "ը", "ն", "ու")


def bare_forms(word: str) -> Iterator[str]:
    """Yield what a word may be without its case ending, the likeliest first."""
    head, mark, _ = word.replace("’", "'").partition("'")
    if mark and len(head) > 2:
        yield head
    if len(word) < 5:
        return
    if _CYRILLIC.search(word):
        for ending, instead in _RUSSIAN:
            if word.endswith(ending):
                yield from (word[: -len(ending)] + last for last in instead)
    elif _ARMENIAN.search(word):
        yield from (word[: -len(e)] for e in _ARMENIAN_ENDINGS if word.endswith(e))
    elif _TURKIC.search(word):
        yield from (
            word[: -len(e)] for e in _TURKIC_ENDINGS if word.endswith(e) and len(word) - len(e) > 2
        )
