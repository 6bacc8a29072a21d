"""Boxes for the panels of a figure, in points."""

from __future__ import annotations

import math

from geomap.snapshot.plan.typesetting import Box

PANEL_HEAD, PANEL_GAP = 12.5, 7.0
GOOD_ASPECT = 1.25  # width by height of a panel that shows most countries well


def panel_boxes(room: Box, number: int, scale: float) -> list[Box]:
    """Return boxes for panels and their heads in rows, of one size, as large as they can be."""
    wide, high = room[2] - room[0], room[3] - room[1]
    gap, head = PANEL_GAP * scale, PANEL_HEAD * scale

    def size_in(columns: int) -> tuple[float, float]:
        rows = math.ceil(number / columns)
        return (wide - gap * (columns - 1)) / columns, (high - gap * (rows - 1)) / rows

    def worth(columns: int) -> float:
        across, up = size_in(columns)
        return min(across, (up - head) * GOOD_ASPECT) if up > head else 0.0

    columns = max(range(1, number + 1), key=worth)
    across, up = size_in(columns)
    boxes = []
    for n in range(number):
        row, column = divmod(n, columns)
        left, top = room[0] + column * (across + gap), room[3] - row * (up + gap)
        boxes.append((left, top - up, left + across, top))
    return boxes
