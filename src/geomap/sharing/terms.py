"""The licences of sources: which of them let their rows be given to others.

They are data: the file beside this module names the datasets that are well known, and a file
`licences.yaml` in a workspace, in the same form, comes before it. An event that no rule fits
is its owner's to judge: it may be listed, and its licence is said to be not stated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geomap.errors import InputError
from geomap.sharing.redaction import Redaction, hidden_by, redact_events
from geomap.yaml_text import read_yaml

FILE = "licences.yaml"
_BYTES = 1_000_000
_KEYS = frozenset({"name", "datasets", "sources", "licence", "url", "redistribute"})

PUBLIC_COLUMNS = frozenset(
    {
        *("event_date", "event_date_end", "last_confirmed", "date_precision"),
        *("event_type", "geo_precision", "uncertainty_km", "status", "source", "dataset"),
        *("batch_id", "geometry"),
    }
)
"""What a sign on a map needs: all that leaves of an event whose row may not be listed."""


@dataclass(frozen=True, slots=True)
class Term:
    """What one source allows; an empty `datasets` and `sources` fits nothing."""

    name: str
    licence: str = "licence not stated"
    url: str = ""
    redistribute: bool = True
    datasets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def fits(self, events: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """Return which events come from this source."""
        found = events["dataset"].str.lower().isin([d.lower() for d in self.datasets]).to_numpy()
        if self.sources:
            words = "|".join(re.escape(s).replace(r"\*", ".*") for s in self.sources)
            names = events["source"].astype("str")  # matched by RE2, in time linear in the name
            fits = names.str.fullmatch(f"(?s:{words})", case=False, na=False)
            found = found | fits.to_numpy(dtype=bool)
        return np.asarray(found, dtype=bool)


UNKNOWN = Term("")
"""The term of events that no rule fits."""


@cache
def bundled_terms() -> tuple[Term, ...]:
    """Return the rules that ship with geomap."""
    text = resources.files("geomap.sharing").joinpath("terms.yaml").read_text("utf-8")
    return _terms_from(text, "terms.yaml")


def read_terms(workspace: Path) -> tuple[Term, ...]:
    """Return the rules that hold in a workspace: its own first, then those of geomap.

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


def licences_of(events: pd.DataFrame, terms: Sequence[Term]) -> npt.NDArray[np.int64]:
    """Return for each event the place in `terms` of the first rule that fits it, else -1."""
    found = np.full(len(events), -1, dtype="int64")
    for number in reversed(range(len(terms))):
        found[terms[number].fits(events)] = number
    return found


def terms_of(
    events: pd.DataFrame, terms: Sequence[Term]
) -> list[tuple[Term, npt.NDArray[np.bool_]]]:
    """Return the rules that fit some of the events, each with which ones; `UNKNOWN` last."""
    numbers = licences_of(events, terms)
    chosen = sorted(set(numbers.tolist()), key=lambda number: (number < 0, number))
    return [(terms[n] if n >= 0 else UNKNOWN, numbers == n) for n in chosen]


def may_be_listed(events: pd.DataFrame, terms: Sequence[Term]) -> npt.NDArray[np.bool_]:
    """Return which events may leave as rows."""
    allowed = np.array([*(term.redistribute for term in terms), UNKNOWN.redistribute])
    listed: npt.NDArray[np.bool_] = allowed[licences_of(events, terms)]
    return listed


def without_words(events: gpd.GeoDataFrame, listed: npt.NDArray[np.bool_]) -> gpd.GeoDataFrame:
    """Return the table in which the events that may not be listed are signs without words.

    They keep their day, place, type, status and source; their ids, texts, numbers and
    addresses go.
    """
    if listed.all():
        return events
    kept = {"event_id", *PUBLIC_COLUMNS}
    bare = events.copy()
    for name in [column for column in events.columns if column not in kept]:
        bare[name] = bare[name].where(listed)
    signs = pd.Series([f"not-listed:{n}" for n in range(1, len(bare) + 1)], bare.index, dtype="str")
    bare["event_id"] = bare["event_id"].where(listed, signs)
    return bare


def withheld_sentence(held: Mapping[str, int], *, drawn: bool = False) -> str:
    """Return how many events of which sources may not be listed; "" where all may.

    Parameters
    ----------
    held
        Number of events by source.
    drawn
        Whether they are on a map; else they are only counted.
    """
    if not held:
        return ""
    named = ", ".join(f"{name} ({number:,})" for name, number in held.items())
    done = "Counted and drawn but not listed" if drawn else "Counted but not listed"
    return f"{done}, since their licence does not let rows be passed on: {named}."


def own_use_sentence(held: Mapping[str, int]) -> str:
    """Return which rows of a file may not be passed on; "" where all may."""
    if not held:
        return ""
    named = ", ".join(f"{name} ({number:,})" for name, number in held.items())
    return f"For your own use: rows that their licence does not let you pass on are in it: {named}."


def rows_to_give(
    events: gpd.GeoDataFrame,
    terms: Sequence[Term],
    redaction: Redaction,
    *,
    own_use: bool = False,
) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return the events that may leave as rows, redacted, and a sentence for what was done.

    For `own_use` all rows are given, and the sentence says which may not be passed on.
    """
    kept = events[~hidden_by(redaction, events)]
    held: dict[str, int] = {}
    for term, mine in terms_of(kept, terms):
        if not term.redistribute:
            held[term.name] = held.get(term.name, 0) + int(mine.sum())
    # Redacted before anything is taken out: an event has the same number in every file.
    listed = may_be_listed(kept, terms) | own_use
    given = redact_events(kept, redaction)[listed]
    told = own_use_sentence(held) if own_use else withheld_sentence(held)
    said = [told, *redaction.in_words()]
    return given, [sentence for sentence in said if sentence]
