"""How much a file may hold before it is refused whole rather than read.

The defaults admit the largest tables that people really have (UCDP GED: 256 MB, 385,000 rows)
with room to spare. Each can be set by an environment variable, which the refusal names.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from geomap.errors import FileRefusedError, InputError

_PREFIX = "GEOMAP_MAX_"


@dataclass(frozen=True, slots=True)
class TableLimits:
    """The most that one file may hold; a file over a limit is refused whole."""

    bytes: int = 600_000_000
    unpacked_bytes: int = 600_000_000
    unpacked_ratio: int = 200  # real tables shrink 5 to 40 times, bombs 1,000 times
    rows: int = 5_000_000
    columns: int = 20_000
    cell_chars: int = 5_000_000  # the outline of a country has up to a million
    line_bytes: int = 50_000_000
    sheet_cells: int = 20_000_000
    article_bytes: int = 64_000_000
    article_chars: int = 6_000_000  # the longest novels have 3 million
    articles: int = 100_000
    pages: int = 3_000
    place_bytes: int = 16_000_000_000  # the world in GeoNames has under 2
    reader_bytes: int = 950_000_000  # beside the 0.07 GB of the process itself
    reader_seconds: int = 15  # and one more for each MB of the file

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> TableLimits:
        """Return the limits with the values of variables such as GEOMAP_MAX_ROWS.

        Parameters
        ----------
        environment
            The variables; by default those of the process.

        Raises
        ------
        InputError
            When a variable does not hold a whole number above zero.
        """
        variables = os.environ if environment is None else environment
        names = {field.name: variable(field.name) for field in fields(cls)}
        given = {n: variables[key] for n, key in names.items() if variables.get(key, "").strip()}
        for name, text in given.items():
            digits = text.replace("_", "")
            if not (digits.isascii() and digits.isdigit() and int(digits[:20]) > 0):
                message = f"{names[name]} is {text!r}: give a whole number above zero."
                raise InputError(message)
        return cls(**{name: int(text[:20]) for name, text in given.items()})

    def refusal(
        self,
        name: str,
        limit: str,
        amount: str,
        *,
        verb: str = "has",
        remedy: str = "split the file",
        code: str = "too_large",
    ) -> FileRefusedError:
        """Return the error for a file over a limit, with the limit and the way to raise it.

        Parameters
        ----------
        name, limit, amount
            The file; the name of the limit; the amount that is too much, in words.
        verb, remedy, code
            What the file does with it ("has"); what to do about it besides raising the limit;
            the code of the refusal.
        """
        value = getattr(self, limit)
        most = f"{value / 1e6:,.0f} MB" if "bytes" in limit else f"{value:,}"
        message = (
            f"{name} {verb} {amount}; the limit ({limit}) is {most}: {remedy}, or raise the "
            f"limit by setting {variable(limit)}."
        )
        return FileRefusedError(message, code=code)


def variable(limit: str) -> str:
    """Return the name of the environment variable that sets a limit."""
    return _PREFIX + limit.upper()


UPLOAD_MB = 300
"""How large a file the page takes; the setting of the server repeats it."""

DEFAULT = TableLimits()
"""The limits without any setting."""
