"""The signs of a legend as values: parts in points around the middle of the sign."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.snapshot.plan.map_background import Dash
from geomap.snapshot.plan.themes import FORM_SIZES, Sign, Theme

QUIET_HATCH = "////"


@dataclass(frozen=True, slots=True)
class Dot:
    """A marker: form, area in square points, fill, edge, width of the edge, shift to the right."""

    form: str
    area: float
    colour: str
    edge: str
    width: float
    at: float = 0.0
    dash: Dash = "solid"


@dataclass(frozen=True, slots=True)
class Swatch:
    """A box with an outline; `tint` is the opacity of its fill as two hexadecimal digits."""

    colour: str
    hatch: str | None
    half: float
    at: float = 0.0
    dash: Dash = "solid"
    tint: str = "14"


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal line, 16 points long."""

    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Number:
    """The letter n in place of a number."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """A marker of what did not take place, over a dot of this area."""

    form: str
    area: float


LegendSign = tuple[Dot | Swatch | Bar | Number | Overlay, ...]


def type_sign(sign: Sign, theme: Theme, *, hatched: bool) -> LegendSign:
    """Return the sign of an event type, with its hatch where areas of it are drawn."""
    area = 38 * FORM_SIZES.get(sign.form, 1.0)
    dot = Dot(sign.form, area, sign.colour, theme.edge, 0.5, at=-5.0 if hatched else 0.0)
    return (dot, Swatch(sign.colour, sign.hatch, 4.0, at=5.0)) if hatched else (dot,)


def precision_signs(theme: Theme) -> dict[str, LegendSign]:
    """Return the sign of each way in which a place may be known."""
    grey = theme.quiet
    return {
        "pin": (_pin(theme),),
        "unknown": (Dot("o", 30, theme.bar, theme.ink, 0.9),),
        "near": (
            Dot("o", 120, grey + "22", grey, 0.7, dash=(0, (1.2, 1.2))),
            Dot("o", 18, grey, theme.edge, 0.4),
        ),
        "line": (Bar(grey, 2.6),),
        "zone": (Swatch(grey, QUIET_HATCH, 8.0), Number()),
        "area": (Swatch(grey, QUIET_HATCH, 8.0, dash=(0, (4, 2.5))), Number()),
    }


def place_signs(theme: Theme) -> dict[str, LegendSign]:
    """Return the signs of roads and zones of the gazetteer, by type of geometry."""
    return {
        "LineString": (Bar(theme.road, 1.5),),
        "Polygon": (Swatch(theme.zone, None, 8.0, dash=(0, (5, 3)), tint="1c"),),
    }


def possible_sign(theme: Theme) -> LegendSign:
    """Return the sign of an event that is only possible in the window."""
    return (Dot("o", 34, theme.page, theme.quiet, 1.2),)


def status_sign(theme: Theme, overlay: str | None) -> LegendSign:
    """Return the sign of a status: a pin, and over it what marks that nothing took place."""
    pin = _pin(theme)
    return (pin, Overlay(overlay, pin.area)) if overlay else (pin,)


def _pin(theme: Theme) -> Dot:
    return Dot("o", 34, theme.quiet, theme.edge, 0.5)
