"""Files without a header, recognised by the number and the form of the cells of their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from geomap.layouts.column_values import fits
from geomap.layouts.layout_yaml import layout_specs
from geomap.layouts.spec import Headerless, LayoutSpec

_SHARE = 0.95
_LINES = 200


def shape_of_rows(rows: Sequence[Sequence[str]], specs: Sequence[LayoutSpec]) -> Headerless | None:
    """Return the shape of a layout that nearly all rows have, None when no shape fits."""
    widths = {len(row) for row in rows}
    for spec in specs:
        for shape in spec.headerless:
            if len(shape.columns) in widths and _fits(rows, shape):
                return shape
    return None


def shape_of_text(sample: str, own: Sequence[LayoutSpec] = ()) -> Headerless | None:
    """Return the shape of a text that must be cut in its own way, None for ordinary tables.

    Only shapes that state a delimiter are looked for: a quote in such a file may be a letter
    like any other, so its shape must be known before the text is cut into records.

    Parameters
    ----------
    sample, own
        The first lines of the text; the user's own layouts.
    """
    lines = [line for line in re.split(r"\r\n|\r|\n", sample.lstrip("\ufeff")) if line][:_LINES]
    for spec in (*own, *layout_specs()):
        for shape in spec.headerless:
            if shape.delimiter is not None and lines:
                rows = [line.split(shape.delimiter) for line in lines]
                if _fits(rows, shape):
                    return shape
    return None


def _fits(rows: Sequence[Sequence[str]], shape: Headerless) -> bool:
    whole = [row for row in rows if len(row) == len(shape.columns)]
    good = np.ones(len(whole), dtype=bool)
    for name, pattern in shape.checks.items():
        place = shape.columns.index(name)
        good &= fits(pattern, [row[place].strip() for row in whole])
    return bool(rows) and int(good.sum()) >= _SHARE * len(rows)
