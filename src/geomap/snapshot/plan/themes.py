"""The colours and signs of a figure, on paper (light) and on a screen in the dark.

A type has a colour and a form of its own, an area a hatch of its own: a copy in shades of
grey, and an eye that sees few colours, can still tell the types apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geomap.symbology.colours import OTHER_COLOUR

FORMS = ("o", "s", "^", "D", "v", "P", "p", "*")
"""The form of each type's sign, in the order of the types' frequency in the workspace."""
OTHER_FORM = "h"
HATCHES = ("////", "....", "\\\\\\\\", "xxxx", "||||", "++++", "----", "oooo")
OTHER_HATCH = "//"
FORM_SIZES = {"o": 1.0, "s": 0.86, "^": 1.15, "D": 0.72, "v": 1.15, "P": 1.2, "p": 1.2, "*": 1.75}
"""How much ground each form needs to look as large as a disc."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme."""

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
    lighten: float

    def colour(self, colour: str) -> str:
        """Return the colour of a type on the ground of this theme."""
        if not self.lighten:
            return colour
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        return "#" + "".join(f"{round(p + (255 - p) * self.lighten):02x}" for p in parts)


THEMES: dict[str, Theme] = {
    "light": Theme(
        page="#ffffff",
        ink="#22262b",
        quiet="#4d5661",
        sea="#dbe9f1",
        land="#f7f5f0",
        water_edge="#9fc4dd",
        coast="#8fa3b0",
        border="#7f7592",
        disputed="#a1517f",
        division="#d6d0dc",
        frame="#8a929c",
        halo="#ffffff",
        edge="#ffffff",
        town="#3a3f45",
        road="#7a5c3e",
        zone="#6b5b95",
        bar="#7d8794",
        grid="#9aa7b0",
        lighten=0.0,
    ),
    "dark": Theme(
        page="#14191c",
        ink="#eef2f3",
        quiet="#b9c2c8",
        sea="#1b2932",
        land="#2c3236",
        water_edge="#3d5c6b",
        coast="#57707e",
        border="#9a92ab",
        disputed="#d488b4",
        division="#474952",
        frame="#5c666d",
        halo="#14191c",
        edge="#14191c",
        town="#d5dbdf",
        road="#d1a97f",
        zone="#b9a8e6",
        bar="#8795a1",
        grid="#5a6870",
        lighten=0.42,
    ),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """How one type of events is drawn."""

    colour: str
    form: str
    hatch: str


@dataclass(frozen=True, slots=True)
class Signs:
    """The sign of every type of a workspace, in one theme."""

    of_type: Mapping[str, Sign]
    other: Sign
    mixed: Sign

    def get(self, event_type: object) -> Sign:
        """Return the sign of a type; those beyond the palette share one."""
        return self.of_type.get(str(event_type), self.other)


def signs_of(colours: Mapping[str, str], theme: Theme) -> Signs:
    """Return the signs of the types that have a colour, in the order of the mapping."""
    return Signs(
        {
            word: Sign(theme.colour(colour), FORMS[n % len(FORMS)], HATCHES[n % len(HATCHES)])
            for n, (word, colour) in enumerate(colours.items())
        },
        Sign(theme.colour(OTHER_COLOUR), OTHER_FORM, OTHER_HATCH),
        Sign(theme.quiet, OTHER_FORM, OTHER_HATCH),
    )
