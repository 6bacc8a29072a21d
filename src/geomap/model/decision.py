"""What a person decided about an event: a correction, a hiding, a note, a status of review.

Decisions are lines of a ledger to which lines are only added. Events as they were taken in are
never rewritten: decisions are applied when events are read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from geomap.files.sha256 import sha256_of

_DIGITS = 16


class DecisionKind(StrEnum):
    """What a decision does.

    `OVERRIDE` gives a field of an event another value; `HIDE` takes an event out of every count
    but that of the hidden, `RESTORE` brings it back; `STATUS` says how far its review is;
    `COMMENT` is a note; `WITHDRAW` takes another decision back.
    """

    OVERRIDE = "override"
    HIDE = "hide"
    RESTORE = "restore"
    STATUS = "status"
    COMMENT = "comment"
    WITHDRAW = "withdraw"


class TargetKind(StrEnum):
    """What a decision is about; pairs of events and names of places may follow."""

    EVENT = "event"
    DECISION = "decision"


class ReviewStatus(StrEnum):
    """How far the review of an event is."""

    NEW = "new"
    IN_REVIEW = "in_review"
    CHECKED = "checked"
    DISPUTED = "disputed"


@dataclass(frozen=True)
class Decision:
    """One line of the ledger.

    `target` is the id of an event or, to withdraw, of a decision. `old` is what the source said
    when it was decided and `new` what holds instead: of an override, JSON with the columns of
    `field`; of a comment, its text. `at` is the moment in UTC, ISO 8601. `seen` are the decisions
    about the same thing that its author knew: those it replaces.
    """

    kind: DecisionKind
    target: str
    target_kind: TargetKind = TargetKind.EVENT
    field: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""
    author: str = ""
    at: str = ""
    seen: tuple[str, ...] = ()

    @classmethod
    def stored(cls, decision_id: str, **fields: Any) -> Decision:
        """Return a decision whose id was worked out when it was stored.

        Parameters
        ----------
        decision_id, fields
            The id; the fields of the class by name.
        """
        decision = cls(**fields)
        vars(decision)["decision_id"] = decision_id
        return decision

    @cached_property
    def decision_id(self) -> str:
        """A digest of all that it says: the same decision has the same id in every workspace."""
        said = [
            *(str(self.target_kind), self.target, str(self.kind), self.field, self.old, self.new),
            *(self.reason, self.author, self.at, sorted(self.seen)),
        ]
        return sha256_of(json.dumps(said, ensure_ascii=True))[:_DIGITS]

    @property
    def slot(self) -> str:
        """The one thing about the target that it settles; "" for a comment and a withdrawal."""
        if self.kind is DecisionKind.OVERRIDE:
            return self.field
        return _SLOTS.get(self.kind, "")


_SLOTS = {
    DecisionKind.HIDE: "hidden",
    DecisionKind.RESTORE: "hidden",
    DecisionKind.STATUS: "review",
}
