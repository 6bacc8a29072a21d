"""`geomap decide`: correct an event, hide it, add a note, and take a decision back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.options import Common, Words, readable
from geomap.cli.terminal import print_json
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.workspace import Edit, Workspace

AUTHOR_VARIABLE = "GEOMAP_AUTHOR"


def decide(
    event_id: Annotated[
        str | None, typer.Argument(metavar="[EVENT_ID]", help="As geomap events --json has it.")
    ] = None,
    *,
    set_: Annotated[
        Words,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="date, place, event_type, status, actors, fatalities, title or source; repeat.",
        ),
    ] = None,
    hide: Annotated[bool, typer.Option("--hide", help="Take it out of the map.")] = False,
    restore: Annotated[bool, typer.Option("--restore", help="Bring a hidden one back.")] = False,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Add a note.")] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", metavar="STATUS", help="Of review: new, in_review, checked, disputed."
        ),
    ] = None,
    withdraw: Annotated[
        str | None,
        typer.Option(
            "--withdraw", metavar="DECISION_ID", help="Take a decision back (geomap history)."
        ),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")] = "",
    author: Annotated[
        str | None, typer.Option("--author", metavar="NAME", help=f"Who; also {AUTHOR_VARIABLE}.")
    ] = None,
    seen: Annotated[
        str | None,
        typer.Option(
            "--seen",
            metavar="DECISION_ID",
            help="The newest decision you know of: newer ones on the same are not replaced.",
        ),
    ] = None,
    common: Common,
) -> None:
    """Correct an event, hide it, add a note, or take a decision back; the source stays as it is.

    A correction holds when the file is taken in again, and for newer releases of it.

    Example: geomap decide events:events1 --set date=2023-03 --reason "The report names no day."
    """
    who = readable(os.environ.get(AUTHOR_VARIABLE, "") if author is None else author)
    why = readable(reason)
    wanted = (set_, hide, restore, note is not None, status is not None)
    if withdraw is not None:
        if event_id is not None or any(wanted):
            message = "--withdraw takes one decision back: give its id, a reason and nothing else."
            raise InputError(message)
        made = [common.open_workspace().withdraw(withdraw, reason=why, author=who)]
    elif event_id is None or not any(wanted):
        message = "Give an event and what to decide: --set, --hide, --restore, --note or --status."
        raise InputError(message)
    else:
        workspace, event_id = common.open_workspace(), readable(event_id)
        edits = [_override(workspace, event_id, readable(text)) for text in set_ or ()]
        edits += _other_edits(hide, restore, note, status)
        made = list(
            workspace.decide(
                event_id, edits, reason=why, author=who, seen=_seen(workspace, event_id, seen)
            )
        )
    _print_made(made, common)


def _override(workspace: Workspace, event_id: str, text: str) -> Edit:
    from geomap.model import DecisionKind
    from geomap.workspace import Edit, read_field

    field, equals, value = text.partition("=")
    if not equals:
        message = f"--set: {text!r} has no '='; write FIELD=VALUE."
        raise InputError(message)
    values = read_field(workspace, event_id, field.strip(), value)
    return Edit(DecisionKind.OVERRIDE, field.strip(), values)


def _other_edits(hide: bool, restore: bool, note: str | None, status: str | None) -> Iterator[Edit]:  # noqa: FBT001
    from geomap.model import DecisionKind
    from geomap.workspace import Edit

    if hide and restore:
        message = "--hide and --restore: give one of them."
        raise InputError(message)
    if hide or restore:
        yield Edit(DecisionKind.HIDE if hide else DecisionKind.RESTORE)
    if status is not None:
        yield Edit(DecisionKind.STATUS, text=status)
    if note is not None:
        yield Edit(DecisionKind.COMMENT, text=readable(note))


def _seen(workspace: Workspace, event_id: str, newest: str | None) -> tuple[str, ...] | None:
    """Return the decisions about an event up to the newest that is known; None for all."""
    if newest is None:
        return None
    about = [one.decision_id for one in workspace.ledger().by_event.get(event_id, ())]
    if newest not in about:
        message = f"--seen: {newest!r} is no decision about this event; geomap history lists them."
        raise InputError(message)
    return tuple(about[: about.index(newest) + 1])


def _print_made(made: list[Any], common: Common) -> None:
    if common.json:
        shapes = [{"decision_id": one.decision_id, "kind": str(one.kind),
                   "field": one.field or None, "at": one.at} for one in made]  # fmt: skip
        print_json({"decisions": shapes})
        return
    for one in made:
        what = f"{one.kind} {one.field}".strip()
        common.note(f"{what}: decision {one.decision_id}; geomap history shows it.")
