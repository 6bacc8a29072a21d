"""The limits are stated once: the documents, the page and the settings repeat limits.py."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from geomap.limits import UPLOAD_MB, TableLimits, variable

DEFAULTS = {field.name: int(str(field.default)) for field in fields(TableLimits)}


def in_words(name: str) -> str:
    """Return the default of a limit as the documents write it."""
    value = DEFAULTS[name]
    if "bytes" not in name:
        return f"{value:,}"
    return f"{value / 1e9:g} GB" if value >= 1e9 else f"{value / 1e6:g} MB"


def test_every_limit_has_its_line_in_limits_md(root: Path) -> None:
    """Name, default and variable of each limit, and no line for a limit that is gone."""
    text = (root / "docs" / "limits.md").read_text("utf-8")
    lines = re.findall(r"^\| `(\w+)` \| ([^|]+) \| `(\w+)` \|", text, re.MULTILINE)

    assert lines == [(name, in_words(name), variable(name)) for name in DEFAULTS]


def test_formats_md_repeats_the_limits(root: Path) -> None:
    """Two documents with two numbers are worse than none."""
    text = (root / "docs" / "formats.md").read_text("utf-8")
    (section,) = re.findall(r"^## Limits\n+(.+?)^Not read", text, re.MULTILINE | re.DOTALL)

    stated = re.findall(r"\d[\d,]*(?: [MG]B)?", section)
    assert stated == [
        in_words(name)
        for name in ("bytes", "unpacked_bytes", "unpacked_ratio", "rows", "columns", "cell_chars",
                     "sheet_cells", "article_bytes")
    ]  # fmt: skip


@pytest.mark.parametrize("folder", [".", "src/geomap/dashboard"])
def test_the_page_takes_files_of_the_size_that_it_states(root: Path, folder: str) -> None:
    """The server's own setting decides what can be uploaded; the box repeats it."""
    settings = tomllib.loads((root / folder / ".streamlit" / "config.toml").read_text("utf-8"))

    assert settings["server"]["maxUploadSize"] == UPLOAD_MB
    assert DEFAULTS["bytes"] >= UPLOAD_MB * 1e6
    documents = (root / "docs" / "limits.md").read_text("utf-8")
    assert f"up to {UPLOAD_MB} MB" in documents
