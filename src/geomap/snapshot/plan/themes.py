"""The colours and signs of a figure, on paper (light) and on a dark screen.

Each event type has its own colour, form and hatch, so that types can be told apart in a grey copy
and with any colour vision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geomap.paths import packaged_rows
from geomap.symbology.colours import OTHER_COLOUR

FORMS = ("o", "s", "^", "D", "v", "P", "p", "*")
"""The marker of each type, in the order of the types' frequency in the workspace."""
OTHER_FORM = "h"
HATCHES = ("////", "....", "\\\\\\\\", "xxxx", "||||", "++++", "----", "oooo")
OTHER_HATCH = "//"
FORM_SIZES = {"o": 1.0, "s": 0.86, "^": 1.15, "D": 0.72, "v": 1.15, "P": 1.2, "p": 1.2, "*": 1.75}
"""Area of each marker, relative to the disc that looks as large."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, and the share by which colours of types are lightened."""

    page: str
    ink: str
    quiet: str
    sea: str
    land: str
    water_edge: str
    coast: str
    border: str
    disputed: str
    division: str
    frame: str
    halo: str
    edge: str
    town: str
    road: str
    zone: str
    bar: str
    grid: str
    locator: str
    lighten: float

    def colour(self, colour: str) -> str:
        """Return the colour of a type ("#rrggbb") as it is drawn in this theme."""
        if not self.lighten:
            return colour
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        return "#" + "".join(f"{round(p + (255 - p) * self.lighten):02x}" for p in parts)


def _read_themes() -> dict[str, Theme]:
    """Return the themes by name, from data/themes.tsv."""
    head, *rows = packaged_rows("geomap.snapshot.plan", "themes.tsv")
    columns = zip(*rows, strict=True)
    names = next(columns)
    return {
        theme: Theme(**dict(zip(names[:-1], values[:-1], strict=True)), lighten=float(values[-1]))
        for theme, values in zip(head[1:], columns, strict=True)
    }


THEMES = _read_themes()


@dataclass(frozen=True, slots=True)
class Sign:
    """How one type of events is drawn."""

    colour: str
    form: str
    hatch: str


@dataclass(frozen=True, slots=True)
class Signs:
    """The sign of every type of a workspace, in one theme.

    `other` is for types beyond the palette, `mixed` for an area that several types share.
    """

    theme: Theme
    of_type: Mapping[str, Sign]
    other: Sign
    mixed: Sign

    def get(self, event_type: object) -> Sign:
        """Return the sign of a type."""
        return self.of_type.get(str(event_type), self.other)


def signs_of(colours: Mapping[str, str], theme: Theme) -> Signs:
    """Return the signs of the types that have a colour ("#rrggbb"), in the order of the mapping."""
    return Signs(
        theme,
        {
            word: Sign(theme.colour(colour), FORMS[n % len(FORMS)], HATCHES[n % len(HATCHES)])
            for n, (word, colour) in enumerate(colours.items())
        },
        Sign(theme.colour(OTHER_COLOUR), OTHER_FORM, OTHER_HATCH),
        Sign(theme.quiet, OTHER_FORM, OTHER_HATCH),
    )
