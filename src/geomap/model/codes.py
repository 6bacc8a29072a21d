"""The register of the codes that reports carry: issues, flags, warnings and refusals.

A code is part of the contract: programs filter by it, and stored events carry it. Every code
that the source uses is a line of codes.tsv; docs/codes.md is written from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "issue": "listed for a single row",
        "flag": "carried by the event of that row, which was kept",
        "warning": "about the whole file",
        "refusal": "the file was not taken in",
        "decision": "carried by an event about which a person decided something",
    }
)
"""What a code can be, and what that means."""


class Code(NamedTuple):
    """One code: where it occurs (`KINDS`), what it means, and what its reader can do."""

    code: str
    kinds: frozenset[str]
    meaning: str
    remedy: str


@cache
def registered_codes() -> Mapping[str, Code]:
    """Return every code of the product by its name, in alphabetical order."""
    text = resources.files("geomap.model").joinpath("codes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    codes = {code: Code(code, frozenset(kinds.split()), *rest) for code, kinds, *rest in rows}
    return MappingProxyType(codes)
