"""Deciding about the events of a workspace: correct, hide, note, review, and take back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from geomap.decisions import Ledger, as_text, check_values, values_of
from geomap.errors import InputError, NotFoundError
from geomap.model import Decision, DecisionKind, ReviewStatus, TargetKind
from geomap.store import decision_frame, ledger_batch
from geomap.workspace.contents import Contents
from geomap.workspace.turns import in_turn

_MOST_CHARACTERS = 10_000
_FAILURE = "The decision was not written"


class Edit(NamedTuple):
    """One thing to decide about an event.

    `values` is the new value of `field` for an override; `text` the note, or the status.
    """

    kind: DecisionKind
    field: str = ""
    values: Mapping[str, Any] | None = None
    text: str = ""


class ImportedDecisions(NamedTuple):
    """What became of decisions of another workspace.

    `differing` are the events about which decisions disagree now and did not before, `absent`
    those that are not in the workspace: their decisions wait for them.
    """

    added: int
    known: int
    differing: tuple[str, ...]
    absent: tuple[str, ...]


class DecisionBook(Contents):
    """The contents of a workspace folder, about which people decide."""

    def decide(
        self,
        event_id: str,
        edits: Sequence[Edit],
        *,
        reason: str = "",
        author: str = "",
        seen: Collection[str] | None = None,
    ) -> tuple[Decision, ...]:
        """Write decisions about one event, all or none, and return them.

        Parameters
        ----------
        event_id, edits
            Id of the event; what to decide.
        reason, author
            Why, which only a note may leave out; who, "" where that is not stated.
        seen
            The decisions about the event that the author knows, as `Ledger.by_event` has them;
            by default all that there are.

        Raises
        ------
        NotFoundError
            When there is no such event.
        InputError
            When an edit is not possible or changes nothing, the reason is missing, or somebody
            decided about the same thing meanwhile.
        """
        said = _Said(_clean(reason, "reason"), _clean(author, "author"))
        known = seen

        def attempt(version: int) -> tuple[Decision, ...] | None:
            nonlocal known
            ledger = self.ledger()
            if known is None:
                known = tuple(one.decision_id for one in ledger.by_event.get(event_id, ()))
            event = self._ingested_event(event_id)
            new = tuple(_decision(event, edit, ledger, said, known) for edit in edits)
            return new if self._commit(new, version) else None

        return in_turn(attempt, lambda: self.version, _FAILURE)

    def withdraw(self, decision_id: str, *, reason: str, author: str = "") -> Decision:
        """Take a decision back as if it had never been, and return the withdrawal.

        Parameters
        ----------
        decision_id, reason, author
            The decision, which may be a withdrawal; why; who.

        Raises
        ------
        NotFoundError
            When there is no such decision.
        InputError
            When it is withdrawn already, or the reason is missing.
        """
        said = _Said(_clean(reason, "reason"), _clean(author, "author"))

        def attempt(version: int) -> Decision | None:
            ledger = self.ledger()
            if decision_id not in ledger.by_id:
                message = f"There is no decision {decision_id!r}: geomap history lists them."
                raise NotFoundError(message)
            if decision_id not in ledger.in_force:
                message = f"The decision {decision_id} is withdrawn already."
                raise InputError(message)
            new = said.decision(DecisionKind.WITHDRAW, decision_id, TargetKind.DECISION)
            return new if self._commit([new], version) else None

        return in_turn(attempt, lambda: self.version, _FAILURE)

    def import_decisions(self, decisions: Iterable[Decision]) -> ImportedDecisions:
        """Add the decisions of somebody else; those that are known already change nothing.

        Parameters
        ----------
        decisions
            As `decisions.read_ledger_csv` returns them.
        """
        given = Ledger.of(decisions)

        def attempt(version: int) -> ImportedDecisions | None:
            before = self.ledger()
            new = [one for key, one in given.by_id.items() if key not in before.by_id]
            if new and not self._commit(new, version):
                return None
            after = Ledger.of([*before.decisions, *new])
            differing = {key for key, state in after.states.items() if state.differing}
            differing -= {key for key, state in before.states.items() if state.differing}
            events = set(given.by_event)
            present = set(self.event_table().events(sorted(events))["event_id"])
            return ImportedDecisions(
                len(new),
                len(given.by_id) - len(new),
                tuple(sorted(differing)),
                tuple(sorted(events - present)),
            )

        return in_turn(attempt, lambda: self.version, _FAILURE)

    def _ingested_event(self, event_id: str) -> Mapping[str, Any]:
        event = self.event_table().ingested(event_id)
        if event is None:
            message = f"There is no event {event_id!r}: geomap events --json lists them with ids."
            raise NotFoundError(message)
        return event

    def _commit(self, decisions: Sequence[Decision], version: int) -> bool:
        rows = {"decisions": decision_frame(decisions)}
        return self._store.commit(ledger_batch(version), rows, based_on=version) is not None


class _Said(NamedTuple):
    """Why and by whom something is decided now."""

    reason: str
    author: str

    def decision(
        self, kind: DecisionKind, target: str, target_kind: TargetKind = TargetKind.EVENT,
        **more: Any,
    ) -> Decision:  # fmt: skip
        if not self.reason and kind is not DecisionKind.COMMENT:
            message = "A decision needs a reason, which everybody who reads its history sees."
            raise InputError(message)
        moment = datetime.now(UTC).isoformat(timespec="microseconds")
        return Decision(kind, target, target_kind, **more, **self._asdict(), at=moment)


def _decision(
    event: Mapping[str, Any], edit: Edit, ledger: Ledger, said: _Said, known: Collection[str]
) -> Decision:
    """Return the decision for an edit of an event, given as it was taken in."""
    event_id = event["event_id"]
    _check_edit(event, edit, ledger)
    field = edit.field if edit.kind is DecisionKind.OVERRIDE else ""
    old, new = "", _clean(edit.text, "text")
    if edit.kind is DecisionKind.OVERRIDE:
        old = as_text(values_of(event, field), field)
        new = as_text(check_values(edit.values, field), field)
    made = said.decision(edit.kind, event_id, field=field, old=old, new=new)
    seen = ledger.about(event_id, made.slot) if made.slot else ()
    if unknown := [ledger.by_id[key] for key in seen if key not in set(known)]:
        last = unknown[-1]
        message = (
            f"{last.author or 'Somebody'} decided about the {made.slot} of this event meanwhile "
            f"({last.at[:16].replace('T', ' ')} UTC): read its history, then decide again."
        )
        raise InputError(message)
    return said.decision(edit.kind, event_id, field=field, old=old, new=new, seen=seen)


def _check_edit(event: Mapping[str, Any], edit: Edit, ledger: Ledger) -> None:
    """Refuse an edit that says what holds already."""
    event_id = event["event_id"]
    state = ledger.state(event_id)
    message = ""
    if edit.kind is DecisionKind.OVERRIDE:
        check_values(edit.values, edit.field)
        override = state.overrides.get(edit.field)
        held = as_text(values_of(event, edit.field), edit.field)
        if as_text(edit.values or {}, edit.field) == (override.new if override else held):
            message = f"The {edit.field} of the event is that already: nothing was changed."
    elif edit.kind is DecisionKind.HIDE and state.is_hidden:
        message = f"The event {event_id} is hidden already."
    elif edit.kind is DecisionKind.RESTORE and not state.is_hidden:
        message = f"The event {event_id} is not hidden."
    elif edit.kind is DecisionKind.STATUS and edit.text not in set(ReviewStatus):
        message = f"{edit.text!r} is no status of review: use one of {', '.join(ReviewStatus)}."
    elif edit.kind is DecisionKind.COMMENT and not edit.text.strip():
        message = "A note needs a text."
    if message and not _settles(edit, state.differing):
        raise InputError(message)


def _settles(edit: Edit, differing: Collection[str]) -> bool:
    """Return whether an edit that changes nothing ends a disagreement."""
    slot = edit.field if edit.kind is DecisionKind.OVERRIDE else "hidden"
    return slot in differing and edit.kind is not DecisionKind.STATUS


def _clean(text: str, name: str) -> str:
    """Return a text without what no table can hold, and blanks around it."""
    if len(text) > _MOST_CHARACTERS:
        message = f"The {name} has {len(text):,} characters: {_MOST_CHARACTERS:,} are the most."
        raise InputError(message)
    safe = text.replace("\x00", "").encode("utf-16", "surrogatepass")
    return safe.decode("utf-16", "replace").strip()
