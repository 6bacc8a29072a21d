"""The filters of the map: their files for a Streamlit component, and the data it is given.

A choice reaches the map in the browser at once, and Python a quarter of a second after the
last change, as the states `filters` (words by criterion), `colourBy`, `density`, and
`cleared` (a number that grows each time "Clear filters" is pressed); see js/filters/filters.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from geomap.maps.assets import read_asset
from geomap.symbology.map_choices import ColourBy, Density

CRITERIA = ("type", "source", "status", "precision", "batch")
"""What can be filtered by; words of one criterion are alternatives."""

Words = Mapping[str, Sequence[str | None]]


@cache
def filters_js() -> str:
    """Return the script of the component, with a default export as Streamlit wants it."""
    return read_asset("static", "filters.js")


@cache
def filters_css() -> str:
    """Return the style; it takes its colours and typeface from Streamlit's theme."""
    return read_asset("static", "filters.css")


@cache
def filters_html() -> str:
    """Return the markup: room for the criteria, a button that clears, and the choices."""
    return read_asset("static", "filters.html")


def filters_data(
    *,
    channel: str,
    words: Words,
    totals: Mapping[str, Sequence[int]] | None = None,
    chosen: Mapping[str, Iterable[str | None]] | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    colour_by: ColourBy = "type",
    density: Density = "auto",
) -> dict[str, Any]:
    """Return what the filters need: JSON values only.

    Parameters
    ----------
    channel
        Name of the channel, the same as the map's.
    words
        The words of each of `CRITERIA` in the order in which they are listed; None is "not
        stated". A criterion without words is not shown.
    totals
        How many events have each of `words`, whatever the dates: shown until the map has
        counted those of the window.
    chosen
        The words that are asked for; one that is not among `words` is listed all the same.
    labels
        What a person reads for a word that does not say itself; sorted and searched by it.
    colour_by, density
        Which column the colours stand for, and whether crowded views are drawn as a density.

    Returns
    -------
    data
        Data of the component.
    """
    asked = chosen or {}
    counted = totals or {}
    return {
        "channel": channel,
        "words": {name: list(words.get(name, ())) for name in CRITERIA},
        "totals": {name: [int(n) for n in counted.get(name, ())] for name in CRITERIA},
        "chosen": {name: sorted(asked.get(name, ()), key=_with_none_last) for name in CRITERIA},
        "labels": {name: dict((labels or {}).get(name, {})) for name in CRITERIA},
        "colourBy": colour_by,
        "density": density,
    }


def ranked_words(
    counts: Mapping[str | None, int], labels: Mapping[str, str] | None = None
) -> tuple[list[str | None], list[int]]:
    """Return the words with the most events first, None last, and how many each has.

    Parameters
    ----------
    counts, labels
        Events for each word; equal numbers are ordered by what a person reads for the word.

    Returns
    -------
    words, totals
        In step with each other, as `filters_data` wants them.
    """
    shown = labels or {}

    def rank(word: str | None) -> tuple[bool, int, str, str]:
        return word is None, -counts[word], shown.get(word or "", word or ""), word or ""

    ranked = sorted(counts, key=rank)
    return ranked, [int(counts[word]) for word in ranked]


def _with_none_last(word: str | None) -> tuple[bool, str]:
    return word is None, word or ""
