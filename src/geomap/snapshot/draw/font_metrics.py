"""Widths of texts in the font of figures, measured as matplotlib sets them."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any

from matplotlib.font_manager import FontProperties, findfont, get_font

from geomap.snapshot.plan.typesetting import Typesetter

FAMILY = "DejaVu Sans"


@lru_cache(maxsize=8)
def _font(weight: str) -> Any:
    return get_font(findfont(FontProperties(family=FAMILY, weight=weight)))


@lru_cache(maxsize=20_000)
def _width_at_100(text: str, weight: str) -> float:
    font = _font(weight)
    font.set_size(100.0, 72)
    with warnings.catch_warnings():
        # A character that the font lacks is drawn as a box, and measured as one.
        warnings.simplefilter("ignore")
        font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of text in points."""
    return _width_at_100(text, "bold" if bold else "normal") * size / 100 if text else 0.0


TYPESETTER = Typesetter(text_width)
"""The typesetter of all figures."""
