"""Read the licences of sources from YAML.

`terms.yaml` covers well-known datasets; a file `licences.yaml` of the same form in a workspace
takes precedence.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from geomap.errors import InputError
from geomap.sharing.terms import Term
from geomap.yaml_text import read_yaml

FILE = "licences.yaml"
_BYTES = 1_000_000
_KEYS = frozenset({"name", "datasets", "sources", "licence", "url", "redistribute"})


@cache
def bundled_terms() -> tuple[Term, ...]:
    """Return the rules that ship with geomap."""
    text = resources.files("geomap.sharing").joinpath("terms.yaml").read_text("utf-8")
    return _terms_from(text, "terms.yaml")


def read_terms(workspace: Path) -> tuple[Term, ...]:
    """Return the rules that hold in a workspace: its own first, then those of geomap.

    Parameters
    ----------
    workspace
        Folder of the workspace.

    Raises
    ------
    InputError
        Naming every fault of the workspace's file.
    """
    path = workspace / FILE
    if not path.is_file():
        return bundled_terms()
    try:
        if path.stat().st_size > _BYTES:
            message = f"{path} is larger than 1 MB: it is no list of licences."
            raise InputError(message)
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read; save it as UTF-8 text."
        raise InputError(message) from error
    return (*_terms_from(text, str(path)), *bundled_terms())


def _terms_from(text: str, name: str) -> tuple[Term, ...]:
    raw = read_yaml(text, name) or []
    if not isinstance(raw, list):
        message = f"{name} is not a list of rules; begin each with '- name:'."
        raise InputError(message)
    faults = [fault for number, rule in enumerate(raw, 1) for fault in _faults(number, rule)]
    if faults:
        message = f"{name} cannot be used: {'; '.join(faults)}."
        raise InputError(message)
    return tuple(_term(rule) for rule in raw)


def _faults(number: int, rule: Any) -> list[str]:
    if not isinstance(rule, dict):
        return [f"rule {number} is not a mapping"]
    unknown = sorted({*map(str, rule)} - _KEYS)
    faults = [f"rule {number} has the unknown word {key!r}" for key in unknown]
    if not isinstance(rule.get("name"), str) or not rule["name"].strip():
        faults.append(f"rule {number} has no name")
    for key in ("datasets", "sources"):
        words = rule.get(key, [])
        if not (isinstance(words, list) and all(isinstance(word, str) and word for word in words)):
            faults.append(f"rule {number}: {key} is not a list of words")
    faults += [
        f"rule {number}: {key} is not a text"
        for key in ("licence", "url")
        if not isinstance(rule.get(key) or "", str)
    ]
    if not isinstance(rule.get("redistribute", True), bool):
        faults.append(f"rule {number}: redistribute is neither true nor false")
    if not (rule.get("datasets") or rule.get("sources")):
        faults.append(f"rule {number} names neither datasets nor sources")
    return faults


def _term(rule: dict[str, Any]) -> Term:
    return Term(
        str(rule["name"]).strip(),
        str(rule.get("licence") or "licence not stated"),
        str(rule.get("url") or ""),
        bool(rule.get("redistribute", True)),
        tuple(rule.get("datasets", ())),
        tuple(rule.get("sources", ())),
    )
