"""Compare a sealed file with the data of the workspace that it was made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from geomap.query import EventQuery
from geomap.query.forms import query_from_json
from geomap.sharing import Redaction, digest_of_events, digest_of_places
from geomap.snapshot.plan.view import View
from geomap.snapshot.proof.seal import Unsealed

Remake = Callable[[EventQuery, int, Redaction], View]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing a manifest with the data of the version it names."""

    compared: bool
    why_not: str = ""
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def compare_with(unsealed: Unsealed, remake: Remake, *, hidden: tuple[str, ...] = ()) -> Comparison:
    """Return how the statements of a file differ from the data of the version it names.

    Parameters
    ----------
    unsealed
        The file, as `unseal` returned it.
    remake
        Returns the view of a query at a version of the workspace, with a redaction.
    hidden
        The sources that the file hides: it states only how many there are.
    """
    manifest = unsealed.manifest
    redaction, data = manifest.get("redaction") or {}, manifest.get("data") or {}
    version = data.get("version")
    if version is None:
        return Comparison(compared=False, why_not="The file does not say which version it shows.")
    if redaction.get("hidden_sources", 0) != len(hidden):
        why = "The file hides sources that it does not name: give them with --hide-source."
        return Comparison(compared=False, why_not=why)
    query = query_from_json(manifest.get("query") or {})
    view = remake(query, int(version), Redaction.from_dict(redaction, hidden))
    faults = []
    counts = view.counts.as_dict()
    for name, number in (manifest.get("counts") or {}).items():
        if counts.get(name) != number:
            faults.append(
                f"The file counts {number:,} {name.replace('_', ' ')}, the data "
                f"{counts.get(name, 0):,}."
            )
    if digest_of_events(view.events) != data.get("events_sha256"):
        faults.append("The events that the file shows are not those of the data.")
    notes = []
    places = data.get("places_sha256")
    if places is not None and digest_of_places(view.places) != places:
        notes.append("Places of the gazetteer have changed since; roads and zones may differ.")
    if view.withheld != (manifest.get("withheld") or {}):
        notes.append("The licences that this workspace knows have changed since.")
    return Comparison(compared=True, faults=faults, notes=notes)


def report_of(name: str, unsealed: Unsealed, comparison: Comparison) -> dict[str, Any]:
    """Return the report on a file, as values of JSON.

    Parameters
    ----------
    name
        Path of the file, as it is printed.
    unsealed, comparison
        The file and its faults; the result of `compare_with`.
    """
    manifest = unsealed.manifest
    data = manifest.get("data") or {}
    return {
        "path": name,
        "intact": not unsealed.faults and not comparison.faults,
        "form": unsealed.form,
        "kind": manifest.get("kind"),
        "title": manifest.get("title"),
        "snapshot_id": manifest.get("snapshot_id"),
        "as_of": manifest.get("as_of"),
        "version": data.get("version"),
        "counts": manifest.get("counts"),
        "faults": [*unsealed.faults, *comparison.faults],
        "data": {
            "compared": comparison.compared,
            "why_not": comparison.why_not or None,
            "notes": comparison.notes,
        },
    }
