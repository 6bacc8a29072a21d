"""Writers of a workspace take turns: one that was overtaken tries again at the newest version."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from geomap.errors import StoreError
from geomap.typing import Progress, silent

_PATIENCE = 600.0
"""Seconds for which a writer waits for its turn."""

Result = TypeVar("Result")


def in_turn(
    attempt: Callable[[int], Result | None],
    version: Callable[[], int],
    failure: str,
    progress: Progress = silent,
) -> Result:
    """Return what an attempt based on the newest version gives; None asks for another try.

    Each failed attempt means that another writer was finished, so that all get their turn.

    Parameters
    ----------
    attempt, version
        Called with the newest version, which the second returns.
    failure
        What was not done, for the message when patience ends.
    progress
        Called while it waits.

    Raises
    ------
    StoreError
        When others kept changing the workspace for ten minutes.
    """
    deadline = time.monotonic() + _PATIENCE
    while (result := attempt(version())) is None:
        if time.monotonic() > deadline:
            message = (
                f"{failure}: other imports kept changing the workspace for "
                f"{_PATIENCE / 60:.0f} minutes; try again when they have ended."
            )
            raise StoreError(message)
        progress("Waiting for other imports into the workspace", 0.0)
    return result
