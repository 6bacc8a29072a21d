"""Decisions as a CSV file that two people can exchange, there and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from geomap.decisions.decided_fields import from_text
from geomap.errors import InputError
from geomap.files.spreadsheet_text import guarded, unguarded
from geomap.model import Decision, DecisionKind, ReviewStatus, TargetKind

COLUMNS = (
    *("decision_id", "target_kind", "target", "kind", "field", "old", "new"),
    *("reason", "author", "at", "seen"),
)
_MOST_FAULTS = 5


def ledger_csv(decisions: Iterable[Decision]) -> str:
    """Return decisions as CSV; text that a spreadsheet would run gets an apostrophe in front.

    Parameters
    ----------
    decisions
        In the order of the lines.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in decisions:
        cells = [";".join(one.seen) if name == "seen" else getattr(one, name) for name in COLUMNS]
        writer.writerow([guarded(str(cell)) for cell in cells])
    return text.getvalue()


def read_ledger_csv(text: str, name: str) -> tuple[Decision, ...]:
    """Return the decisions of a CSV file; a file with any fault is refused as a whole.

    Parameters
    ----------
    text, name
        What `ledger_csv` wrote; the name of the file.

    Raises
    ------
    InputError
        Naming the faults and the lines that have them.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    decisions, faults = list[Decision](), list[str]()
    try:
        if missing := [one for one in COLUMNS if one not in (reader.fieldnames or ())]:
            message = f"{name} is no export of decisions: it lacks {', '.join(missing)}."
            raise InputError(message)
        for row in reader:
            try:
                decisions.append(_decision(row))
            except ValueError as error:
                faults.append(f"line {reader.line_num}: {error}")
    except csv.Error as error:
        message = f"{name}, line {reader.line_num}: it is not CSV ({error})."
        raise InputError(message) from error
    if faults:
        more = f" And {len(faults) - _MOST_FAULTS} more." if len(faults) > _MOST_FAULTS else ""
        message = f"{name} was not taken in: {' '.join(faults[:_MOST_FAULTS])}{more}"
        raise InputError(message)
    return tuple(decisions)


def _decision(row: Mapping[str, str | None]) -> Decision:
    cells = {name: unguarded(row[name] or "") for name in COLUMNS}
    if None in row:
        message = "it has more cells than the header."
        raise ValueError(message)
    given_id, seen = cells.pop("decision_id"), cells.pop("seen")
    kinds = {"kind": DecisionKind, "target_kind": TargetKind}
    for name, words in kinds.items():
        if cells[name] not in set(words):
            message = f"{cells[name]!r} is no {name}: use one of {', '.join(words)}."
            raise ValueError(message)
    decision = Decision(
        DecisionKind(cells.pop("kind")),
        cells.pop("target"),
        TargetKind(cells.pop("target_kind")),
        seen=tuple(sorted(filter(None, seen.split(";")))),
        **cells,
    )
    check_decision(decision)
    if given_id and given_id != decision.decision_id:
        message = f"the decision {given_id} was changed since it was exported: clear its id."
        raise ValueError(message)
    return decision


def check_decision(decision: Decision) -> None:
    """Raise InputError for a decision that no ledger can hold.

    Parameters
    ----------
    decision
        One that somebody else wrote.
    """
    if not decision.target:
        message = "a decision needs a target."
        raise InputError(message)
    if (decision.kind is DecisionKind.WITHDRAW) != (decision.target_kind is TargetKind.DECISION):
        message = "decisions are withdrawn, and only they; all else is about events."
        raise InputError(message)
    try:
        moment = datetime.fromisoformat(decision.at)
    except ValueError as error:
        message = f"at: {decision.at!r} is no moment such as 2026-11-29T21:00:00+00:00."
        raise InputError(message) from error
    if moment.utcoffset() != UTC.utcoffset(None):
        message = f"at: {decision.at!r} is not in UTC; write +00:00 behind it."
        raise InputError(message)
    if decision.kind is DecisionKind.OVERRIDE:
        from_text(decision.old, decision.field)
        from_text(decision.new, decision.field)
    elif decision.kind is DecisionKind.STATUS and decision.new not in set(ReviewStatus):
        message = f"{decision.new!r} is not one of {', '.join(ReviewStatus)}."
        raise InputError(message)
    if decision.kind is not DecisionKind.COMMENT and not decision.reason.strip():
        message = "a decision needs a reason."
        raise InputError(message)
