"""Which folders deltalake, which makes a URL of a path, can address."""

from __future__ import annotations

import re
from pathlib import Path

from geomap.errors import StoreError

_NOT_ADDRESSED = re.compile(r"[][^|\\\x00-\x1f\x7f\ud800-\udfff]|%[0-9A-Fa-f]{2}")
"""What a path cannot hold: `[` ends the process, `%41` becomes `A`."""


def check_address(folder: Path) -> None:
    """Refuse a path that deltalake takes for another one or cannot take.

    Raises
    ------
    StoreError
        Naming the characters that are in the way.
    """
    wrong = _NOT_ADDRESSED.search(folder.absolute().as_posix())
    if wrong is not None:
        message = (
            f"No workspace can be kept in {str(folder.parent)!r}: its tables cannot be addressed "
            f"under a path that holds {wrong[0]!r}. Choose another folder, or rename it."
        )
        raise StoreError(message)
