"""Rows of the small data files that lie in the `data` folder of a room."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from importlib import resources


def read_data_rows(package: str, file: str) -> Iterator[list[str]]:
    """Yield the fields of each row; blank lines and those that begin with "#" are comments.

    Parameters
    ----------
    package
        Dotted name of the package, such as "geomap.dates".
    file
        File name in the package's folder `data`: fields between tabs, packed if it ends in ".gz".

    Returns
    -------
    rows
        The fields of one line after another, as text.
    """
    content = resources.files(package).joinpath("data", file).read_bytes()
    text = gzip.decompress(content) if file.endswith(".gz") else content
    for line in text.decode().splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")
