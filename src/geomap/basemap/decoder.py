"""Decode the numbers of data/basemap.json: five bits a letter, low bits first.

The lowest bit of a number is its sign; a letter of the second half of the alphabet (`digits` in
the file) says that the number goes on. `tools/build_basemap.py` writes them.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

Line = list[list[float]]
Whole = npt.NDArray[np.int64]


@cache
def _values(digits: str) -> Whole:
    """Return the value of each ASCII code."""
    values = np.zeros(128, dtype=np.int64)
    values[list(digits.encode("ascii"))] = np.arange(len(digits))
    return values


def decode_numbers(text: str, digits: str) -> Whole:
    """Return the whole numbers of a text.

    Parameters
    ----------
    text
        Numbers as they are stored.
    digits
        The 64 letters of the alphabet, in the order of their values.
    """
    values = _values(digits)[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    starts = np.r_[0, np.flatnonzero(values < 32)[:-1] + 1]
    place = np.arange(len(values)) - np.repeat(starts, np.diff(np.r_[starts, len(values)]))
    numbers = np.add.reduceat((values & 31) << (5 * place), starts)
    return np.where(numbers & 1, -(numbers >> 1), numbers >> 1)


@lru_cache(maxsize=65_536)
def _decode_steps(text: str, digits: str) -> Whole:
    points: Whole = np.cumsum(decode_numbers(text, digits).reshape(-1, 2), axis=0)
    return points


def decode_points(text: str, digits: str, scale: int) -> Line:
    """Return points as [longitude, latitude] in degrees of EPSG:4326.

    Parameters
    ----------
    text, digits
        The steps from each point to the next, as for `decode_numbers`.
    scale
        Steps in one degree.
    """
    points: Line = (_decode_steps(text, digits) / scale).tolist()
    return points
