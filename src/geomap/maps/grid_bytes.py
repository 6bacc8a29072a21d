"""Counts on a grid in the form that js/events/grid.js draws."""

from __future__ import annotations

from collections.abc import Mapping

from geomap.geo.grid import Frame, GridCounts
from geomap.maps.assets import json_bytes


def grid_bytes(
    grid: GridCounts,
    frame: Frame,
    *,
    counts: Mapping[str, int],
    window: tuple[str | None, str | None],
) -> bytes:
    """Return the counts of a frame as JSON in UTF-8; positions are shares of the world's side.

    Parameters
    ----------
    grid, frame
        The counts, and the frame that they were counted for.
    counts, window
        The eight counts, and the first and last day (ISO, None where open) for which they hold.
    """
    size = frame.size
    return json_bytes(
        {
            "cells": [
                [x * size, y * size, shown, possible] for x, y, shown, possible in grid.cells
            ],
            "areas": grid.areas,
            "notHappened": grid.not_happened,
            "size": size,
            "counts": dict(counts),
            "window": list(window),
        }
    )
