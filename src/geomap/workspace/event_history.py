"""What was decided about events, from what to what, in a form that can be printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geomap.decisions import Ledger, from_text, values_of, words_of_values
from geomap.model import Decision, DecisionKind, TargetKind


def history_of(
    ledger: Ledger, event_id: str | None = None, event: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Return the decisions about an event, or all, the newest first, as values of JSON.

    Parameters
    ----------
    ledger, event_id
        The decisions; the event, None for all of them.
    event
        The event as it was taken in: a correction then says what the source says now.
    """
    chosen = [one for one in ledger.decisions if event_id in {None, event_of(ledger, one)}]
    return [_entry(one, ledger, event) for one in reversed(chosen)]


def event_of(ledger: Ledger, decision: Decision) -> str | None:
    """Return the event that a decision is about, through any withdrawals.

    Parameters
    ----------
    ledger, decision
        A decision may withdraw another one of the ledger.
    """
    followed: Decision | None = decision
    while followed is not None and followed.target_kind is TargetKind.DECISION:
        followed = ledger.by_id.get(followed.target)
    return None if followed is None else followed.target


def _entry(one: Decision, ledger: Ledger, event: Mapping[str, Any] | None) -> dict[str, Any]:
    event_id = event_of(ledger, one)
    state = ledger.state(event_id or "")
    entry: dict[str, Any] = {
        "decision_id": one.decision_id,
        "event_id": event_id,
        "kind": str(one.kind),
        "field": one.field or None,
        "old": one.old or None,
        "new": one.new or None,
        "reason": one.reason or None,
        "author": one.author or None,
        "at": one.at,
        "withdraws": one.target if one.kind is DecisionKind.WITHDRAW else None,
        "withdrawn_by": ledger.withdrawn.get(one.decision_id),
        "in_force": one.decision_id in ledger.in_force,
        "disagrees": one.decision_id in ledger.in_force and one.slot in state.differing,
    }
    if one.kind is not DecisionKind.OVERRIDE:
        return entry
    old, new = from_text(one.old, one.field), from_text(one.new, one.field)
    entry |= {"old": old, "new": new}
    entry["old_words"], entry["new_words"] = (words_of_values(v, one.field) for v in (old, new))
    if event is not None:
        source = values_of(event, one.field)
        entry |= {"source_now": source, "source_changed": source not in (old, new)}
    return entry
