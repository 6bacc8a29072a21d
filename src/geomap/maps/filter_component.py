"""The filters of the map: their files for a Streamlit component, and the data it is given.

A choice reaches the map in the browser at once, and Python a quarter of a second after the
last change, as the states `filters` (words by criterion), `colourBy`, `density`, and
`cleared` (a number that grows each time "Clear filters" is pressed); see js/filters/filters.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geomap.symbology.map_choices import COLOUR_BY, ColourBy, Density
from geomap.vocabulary.criteria import FACETS, Criterion

_NAMES = tuple(criterion.name for criterion in FACETS)

Words = Mapping[str, Sequence[str | None]]


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
        The words of each of `FACETS` in the order in which they are listed; None is "not
        stated". Of numbers it is one word, from the least to the greatest ("0..12"). A
        criterion without words is not shown.
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
        "words": {name: list(words.get(name, ())) for name in _NAMES},
        "totals": {name: [int(n) for n in counted.get(name, ())] for name in _NAMES},
        "chosen": {name: sorted(asked.get(name, ()), key=_with_none_last) for name in _NAMES},
        "labels": {name: dict((labels or {}).get(name, {})) for name in _NAMES},
        "colourBy": colour_by,
        "density": density,
    }


def listed_words(
    criterion: Criterion,
    counts: Mapping[str | None, int],
    labels: Mapping[str, str] | None = None,
) -> tuple[list[str | None], list[int]]:
    """Return the words that the list of a criterion offers, and how many events have each.

    Those of a closed list are in its order. A list with one word is left out unless it is the
    legend of the colours: there is nothing to choose.

    Parameters
    ----------
    criterion, counts, labels
        A criterion of words; as for `ranked_words`.
    """
    words, totals = ranked_words(counts, labels)
    if criterion.words:
        words = [word for word in (*criterion.words, None) if word in counts]
        totals = [counts[word] for word in words]
    is_legend = criterion.is_packed and criterion.name in COLOUR_BY
    return (words, totals) if len(words) > 1 or is_legend else ([], [])


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
