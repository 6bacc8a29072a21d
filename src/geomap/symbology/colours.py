"""The colours of event types: fixed, few, and distinct with any colour vision.

Nine colours chosen from the palettes of Okabe and Ito and of Paul Tol, each with enough contrast on
a light ground. Types beyond them share the grey of "other". Under simulated protanopia,
deuteranopia and tritanopia (Machado et al. 2009, severity 1) the nearest two are 13.9 apart in
CIELAB, the grey 12 from the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

PALETTE = (
    "#0072b2", "#d55e00", "#009e73", "#aa3377", "#e69f00", "#56b4e9", "#332288", "#8c510a",
    "#1b1b1b",
)  # fmt: skip
"""Blue, vermilion, green, purple, orange, sky, indigo, brown, near-black."""

OTHER_COLOUR = "#9c9c9c"

TYPE_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "battles": "#d55e00",
        "explosions/remote violence": "#aa3377",
        "violence against civilians": "#332288",
        "protests": "#0072b2",
        "riots": "#e69f00",
        "strategic developments": "#009e73",
    }
)
"""Types of the ACLED code book have the same colour in every workspace."""


STATUS_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "reported": "#0072b2",
        "claimed": "#e69f00",
        "planned": "#56b4e9",
        "prevented": "#009e73",
        "denied": "#aa3377",
    }
)


def colours_of(types: Iterable[object]) -> dict[str, str]:
    """Return a colour for each of the most frequent types; the others have `OTHER_COLOUR`.

    Pass the types of the whole workspace, so that a filter changes no colour. Ties are ordered
    by name, so the same types always have the same colours.

    Parameters
    ----------
    types
        One entry for each event, for example the column `event_type`; missing ones are
        left out.

    Returns
    -------
    colours
        At most nine types, the most frequent first.
    """
    return colours_by_count(Counter(str(word) for word in types if isinstance(word, str) and word))


def colours_by_count(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the same as `colours_of`, given how often each type occurs.

    Parameters
    ----------
    counts
        Number of events by type.
    """
    ranked = sorted(counts, key=lambda word: (-counts[word], word))[: len(PALETTE)]
    fixed = {word: TYPE_COLOURS[word.lower()] for word in ranked if word.lower() in TYPE_COLOURS}
    free = iter([colour for colour in PALETTE if colour not in fixed.values()])
    return {word: fixed.get(word) or next(free) for word in ranked}
