"""`geomap history` and `decisions`: list what was decided, and exchange it with others."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.options import Common, readable
from geomap.cli.terminal import print_json, print_lines
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.workspace import Workspace

MOST_BYTES = 500_000_000


def history(
    event_id: Annotated[
        str | None, typer.Argument(metavar="[EVENT_ID]", help="One event; else all decisions.")
    ] = None,
    *,
    common: Common,
) -> None:
    """List who decided what about an event, when, why, and from what to what, newest first.

    Example: geomap history events:events1 --json
    """
    from geomap.workspace import history_of

    workspace = common.open_workspace()
    event_id = None if event_id is None else readable(event_id)
    event = None if event_id is None else workspace.event_table().ingested(event_id)
    entries = history_of(workspace.ledger(), event_id, event)
    if event_id is not None and event is None and not entries:
        message = f"There is no event {event_id!r}: geomap events --json lists them with ids."
        raise InputError(message)
    if common.json:
        state = {} if event_id is None else _state(workspace, event_id)
        print_json({"event_id": event_id, **state, "history": entries})
    elif entries:
        print_lines(line for entry in entries for line in _lines(entry))
    else:
        common.note("Nothing was decided yet: geomap decide corrects or hides an event.")


def _state(workspace: Workspace, event_id: str) -> dict[str, Any]:
    state = workspace.ledger().state(event_id)
    return {
        "hidden": state.is_hidden,
        "review": str(state.review),
        "corrected": sorted(state.overrides),
        "disagreeing": sorted(state.differing),
    }


def _lines(entry: dict[str, Any]) -> Iterator[str]:
    moment, who = entry["at"][:16].replace("T", " "), entry["author"] or "not stated"
    marks = "" if entry["in_force"] else " (withdrawn)"
    marks += " (decisions disagree)" if entry["disagrees"] else ""
    about = entry["withdraws"] or entry["event_id"]
    yield f"{moment} UTC  {entry['kind']} {about}  by {who}  {entry['decision_id']}{marks}"
    if entry["field"]:
        yield f"  {entry['field']}: {entry['old_words']} -> {entry['new_words']}"
    elif entry["new"]:
        yield f"  {entry['new']}"
    if entry.get("source_changed"):
        from geomap.decisions import words_of_values

        now = words_of_values(entry["source_now"], entry["field"])
        yield f"  The source says something else now: {now}"
    if entry["reason"]:
        yield f"  Reason: {entry['reason']}"


def export_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Where to write them.")],
    *,
    common: Common,
) -> None:
    """Write all decisions to a CSV file that another workspace can take in.

    Example: geomap decisions export decisions.csv
    """
    from geomap.decisions import ledger_csv
    from geomap.files.atomic import write_file

    decisions = common.open_workspace().ledger().decisions
    text = ledger_csv(decisions)
    if str(file) == "-":
        sys.stdout.write(text)
    else:
        write_file(file, text.encode())
    if common.json and str(file) != "-":
        print_json({"path": str(file), "decisions": len(decisions)})
    common.summary(f"{len(decisions):,} decision(s) written to {file}.")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="From decisions export.")],
    *,
    common: Common,
) -> None:
    """Take in the decisions of somebody else; the same decision twice is one.

    Where two people decided differently without knowing of each other, the earlier decision
    holds and the event is flagged.

    Example: geomap decisions import colleague.csv
    """
    from geomap.decisions import read_ledger_csv

    decisions = read_ledger_csv(_text_of(file), file.name)
    report = common.open_workspace().import_decisions(decisions)
    if common.json:
        print_json({"path": str(file), **report._asdict()})
    common.summary(
        f"{report.added:,} decision(s) added, {report.known:,} known already; decisions disagree "
        f"about {len(report.differing):,} more event(s), {len(report.absent):,} event(s) are not "
        "in this workspace."
    )


def _text_of(file: Path) -> str:
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        if file.stat().st_size > MOST_BYTES:
            message = f"{file.name} is larger than {MOST_BYTES // 1_000_000} MB."
            raise InputError(message)
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"{str(file)!r} cannot be read ({error.strerror}): check the name."
        raise InputError(message) from error
    except UnicodeDecodeError as error:
        message = f"{file.name} is not in UTF-8, as an export of decisions is."
        raise InputError(message) from error
