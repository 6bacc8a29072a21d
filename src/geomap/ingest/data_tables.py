"""Tables of words and points that come with the package, as files of tabs."""

from __future__ import annotations

from importlib import resources


def read_rows(package: str, name: str) -> list[list[str]]:
    """Return the cells of each row of `data/NAME`; lines that begin with "#" are remarks.

    Parameters
    ----------
    package, name
        The dotted name of the package that holds the file; the name of the file.
    """
    text = resources.files(package).joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
