"""Lists of words written as running text, so that they can be read and changed with ease."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, white space between them."""
    return frozenset(text.split())
