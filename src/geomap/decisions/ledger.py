"""Which decisions of a ledger hold, and what they make of each event.

The order in which decisions came in does not matter, only what each of them had seen: one that
had seen another replaces it. Of decisions that had not seen each other and say different things
the earliest holds, and the event is flagged until somebody settles it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from geomap.model import Decision, DecisionKind, ReviewStatus, TargetKind


@dataclass(frozen=True, slots=True)
class EventState:
    """What the decisions in force make of one event.

    `overrides` has the correction of each corrected field, `differing` the slots (fields,
    "hidden", "review") about which decisions disagree, `notes` the comments, the oldest first.
    """

    overrides: Mapping[str, Decision] = field(default_factory=dict)
    is_hidden: bool = False
    review: ReviewStatus = ReviewStatus.NEW
    differing: frozenset[str] = frozenset()
    notes: tuple[Decision, ...] = ()


NOTHING_DECIDED = EventState()


@dataclass(frozen=True)
class Ledger:
    """Decisions, each once, the oldest first; `Ledger.of` makes one."""

    decisions: tuple[Decision, ...] = ()

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Ledger:
        """Return the ledger of some decisions.

        Parameters
        ----------
        decisions
            In any order; the same one may occur twice.
        """
        once = {one.decision_id: one for one in decisions}
        return cls(tuple(sorted(once.values(), key=_age)))

    def __bool__(self) -> bool:
        """Whether anything was decided."""
        return bool(self.decisions)

    @cached_property
    def by_id(self) -> Mapping[str, Decision]:
        """Each decision by its id."""
        return {one.decision_id: one for one in self.decisions}

    @cached_property
    def in_force(self) -> frozenset[str]:
        """The ids of the decisions that no withdrawal in force takes back."""
        return frozenset(self.by_id) - frozenset(self.withdrawn)

    @cached_property
    def withdrawn(self) -> Mapping[str, str]:
        """The withdrawal in force, by the id of the decision that it takes back."""
        withdrawals: dict[str, list[str]] = defaultdict(list)
        for decision_id, one in self.by_id.items():
            if one.kind is DecisionKind.WITHDRAW:
                withdrawals[one.target].append(decision_id)
        taken_back: dict[str, str] = {}
        # An id is a digest of what it withdraws: no withdrawal takes itself back by any way round.
        open_ = {target: len(many) for target, many in withdrawals.items()}
        settled = [decision_id for decision_id in self.by_id if decision_id not in open_]
        while settled:
            decision_id = settled.pop()
            decision = self.by_id.get(decision_id)
            if decision is None or decision.kind is not DecisionKind.WITHDRAW:
                continue
            if decision_id not in taken_back:
                known = taken_back.get(decision.target)
                first = [self.by_id[i] for i in (decision_id, known) if i is not None]
                taken_back[decision.target] = min(first, key=_age).decision_id
            open_[decision.target] -= 1
            if not open_[decision.target]:
                settled.append(decision.target)
        return {target: by for target, by in taken_back.items() if target in self.by_id}

    @cached_property
    def by_event(self) -> Mapping[str, tuple[Decision, ...]]:
        """The decisions about each event, the oldest first; withdrawals are not among them."""
        events: dict[str, list[Decision]] = defaultdict(list)
        for one in self.decisions:
            if one.target_kind is TargetKind.EVENT:
                events[one.target].append(one)
        return {event_id: tuple(many) for event_id, many in events.items()}

    @cached_property
    def states(self) -> Mapping[str, EventState]:
        """What the decisions in force make of each event about which there are any."""
        states = {}
        for event_id, decisions in self.by_event.items():
            valid = [one for one in decisions if one.decision_id in self.in_force]
            if valid:
                states[event_id] = _state(valid)
        return states

    def state(self, event_id: str) -> EventState:
        """Return what the decisions in force make of an event.

        Parameters
        ----------
        event_id
            Id of an event, of which nothing may be decided.
        """
        return self.states.get(event_id, NOTHING_DECIDED)

    def about(self, event_id: str, slot: str) -> tuple[str, ...]:
        """Return the ids of all decisions about one thing: what a new one has seen.

        Parameters
        ----------
        event_id, slot
            Id of the event; a field, "hidden" or "review".
        """
        decisions = self.by_event.get(event_id, ())
        return tuple(sorted(one.decision_id for one in decisions if one.slot == slot))


def _age(decision: Decision) -> tuple[str, str]:
    return decision.at, decision.decision_id


def _state(valid: Collection[Decision]) -> EventState:
    slots: dict[str, list[Decision]] = defaultdict(list)
    for one in valid:
        slots[one.slot].append(one)
    notes = tuple(slots.pop("", ()))
    standing = {slot: _standing(many) for slot, many in slots.items()}
    differing = frozenset(slot for slot, (_, differ) in standing.items() if differ)
    holds = {slot: one for slot, (one, _) in standing.items()}
    hidden, review = holds.pop("hidden", None), holds.pop("review", None)
    return EventState(
        holds,
        is_hidden=hidden is not None and hidden.kind is DecisionKind.HIDE,
        review=ReviewStatus.NEW if review is None else ReviewStatus(review.new),
        differing=differing,
        notes=notes,
    )


def _standing(decisions: Collection[Decision]) -> tuple[Decision, bool]:
    """Return the decision that holds of those about one thing, and whether others disagree."""
    if len(decisions) == 1:
        return next(iter(decisions)), False
    replaced = {seen for one in decisions for seen in one.seen}
    newest = [one for one in decisions if one.decision_id not in replaced]
    says = {(one.kind, one.new) for one in newest}
    return min(newest, key=_age), len(says) > 1
