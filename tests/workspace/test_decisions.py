"""What a person decides about an event holds: over releases, undone imports, crashes and time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.decisions import SOURCE_CHANGED, ledger_csv, read_ledger_csv, read_value
from geomap.errors import InputError, NotFoundError
from geomap.gazetteer import Gazetteer
from geomap.model import DecisionKind
from geomap.query import EventQuery, count_events
from geomap.workspace import Edit, Workspace, history_of, read_field
from geomap.workspace.check_folder import check_folder

HEADER = "id,date,latitude,longitude,type,title,deaths\n"
IDS = tuple(f"log:{n}" for n in range(1, 6))


def log(titles: dict[int, str] | None = None, *, last: int = 5) -> bytes:
    """Return a table of events 1 to `last`, each with a title."""
    words = {n: f"Crowd {n}" for n in range(1, last + 1)} | (titles or {})
    rows = (f"{n},2023-03-{n:02},39.8{n},46.7{n},Protest,{words[n]},{n}\n" for n in words)
    return (HEADER + "".join(rows)).encode()


def title(text: str) -> Edit:
    """Return the correction of a title."""
    return Edit(DecisionKind.OVERRIDE, "title", read_value("title", text))


HIDE, RESTORE = Edit(DecisionKind.HIDE), Edit(DecisionKind.RESTORE)


def rows(workspace: Workspace, at: int | None = None) -> dict[str, dict[str, Any]]:
    """Return the events by id, with missing cells as None."""
    events = pd.DataFrame(workspace.events(at=at)).astype(object)
    return {row["event_id"]: row for row in events.where(events.notna(), None).to_dict("records")}


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Return a workspace with five events."""
    workspace.ingest(log(), name="log.csv")
    return workspace


VALUES = {
    "date": ("2023-04", "event_date_end", pd.Timestamp("2023-04-30")),
    "place": ("40.5,46.5,3", "uncertainty_km", 3.0),
    "event_type": ("Riot", "event_type", "Riot"),
    "status": ("denied", "status", "denied"),
    "actors": ("One; Other", "actor2", "Other"),
    "fatalities": ("7 (5..9)", "fatalities_high", 9),
    "title": ("=1+1", "title", "=1+1"),
    "source": ("A paper", "source", "A paper"),
}


@pytest.mark.parametrize("field", VALUES)
def test_decide_corrects_each_field_through_every_release(filled: Workspace, field: str) -> None:
    """The same file, a newer release, compacted tables and a moved folder keep a correction."""
    text, column, value = VALUES[field]
    edit = Edit(DecisionKind.OVERRIDE, field, read_field(filled, "log:2", field, text))
    filled.decide("log:2", [edit], reason="seen", author="Ann")
    ingested = filled.ingested().set_index("event_id").loc["log:2", column]

    for data in (log(), log({1: "Changed"}, last=6), log()):
        filled.ingest(data, name="log.csv")
        assert rows(filled)["log:2"][column] == value
        assert filled.event_table().event("log:2")[column] == value  # type: ignore[index]
    filled.compact()
    filled.event_table().close()
    moved = filled.folder.rename(filled.folder.with_name("moved"))
    again = Workspace.open(moved, seed=False, gazetteer=filled.gazetteer)

    assert rows(again)["log:2"][column] == value
    assert rows(again)["log:2"]["flags"] == "corrected"
    assert str(again.ingested().set_index("event_id").loc["log:2", column]) == str(ingested)


def test_decide_flags_an_event_whose_source_moved_and_keeps_both_values(filled: Workspace) -> None:
    """Whoever corrected an event learns that its source says something else by now."""
    filled.decide("log:2", [title("Right")], reason="seen")
    filled.ingest(log({2: "Newer"}), name="log.csv")
    event = filled.event_table().ingested("log:2")
    entry = history_of(filled.ledger(), "log:2", event)[0]

    assert rows(filled)["log:2"]["title"] == "Right"
    assert SOURCE_CHANGED in rows(filled)["log:2"]["flags"]
    assert (entry["new_words"], entry["source_now"]) == ("Right", {"title": "Newer"})
    assert entry["source_changed"]


def test_decide_is_a_version_of_its_own_that_older_ones_do_not_see(filled: Workspace) -> None:
    """A figure of last week shows what held last week."""
    before = filled.version
    filled.decide("log:1", [title("Right"), HIDE], reason="seen")

    assert rows(filled, before)["log:1"]["title"] == "Crowd 1"
    assert rows(filled, filled.version)["log:1"]["flags"] == "corrected;hidden"
    assert len(filled.batches()) == 1, "decisions are no imports"
    assert not check_folder(filled.folder).faults


def test_decide_works_in_a_workspace_without_the_table(filled: Workspace) -> None:
    """A workspace of an earlier geomap opens, and can be corrected."""
    assert not (filled.folder / "tables" / "decisions").exists()
    assert not filled.ledger()
    filled.decide("log:1", [HIDE], reason="not an event")

    assert filled.ledger().state("log:1").is_hidden


def test_undo_of_an_import_keeps_decisions_for_its_return(filled: Workspace) -> None:
    """An import that was undone by mistake comes back with its corrections."""
    filled.decide("log:1", [title("Right")], reason="seen")
    filled.undo(filled.batches()[0].batch_id)
    empty = len(filled.events())
    filled.ingest(log(), name="log.csv")

    assert empty == 0
    assert rows(filled)["log:1"]["title"] == "Right"


@pytest.mark.parametrize(
    ("edit", "reason", "words"),
    [
        (RESTORE, "r", "is not hidden"),
        (title("Crowd 1"), "r", "is that already"),
        (HIDE, " ", "needs a reason"),
        (Edit(DecisionKind.STATUS, text="fine"), "r", "no status of review"),
        (Edit(DecisionKind.OVERRIDE, "colour", {}), "r", "no field 'colour'"),
        (Edit(DecisionKind.COMMENT, text=" "), "", "a text"),
    ],
)
def test_decide_refuses_with_a_sentence(
    filled: Workspace, edit: Edit, reason: str, words: str
) -> None:
    """Nothing is written that says nothing, or that nobody can follow."""
    before = filled.version

    with pytest.raises(InputError, match=words):
        filled.decide("log:1", [HIDE if words == "unused" else edit], reason=reason)
    assert filled.version == before


def test_decide_refuses_an_unknown_event_and_withdraw_an_unknown_decision(
    filled: Workspace,
) -> None:
    """A mistyped id corrects nothing."""
    with pytest.raises(NotFoundError, match="no event 'log:9'"):
        filled.decide("log:9", [HIDE], reason="r")
    with pytest.raises(NotFoundError, match="no decision 'x'"):
        filled.withdraw("x", reason="r")


def test_decide_refuses_to_replace_what_somebody_else_decided_meanwhile(filled: Workspace) -> None:
    """Of two who correct the same field at once the second is told."""
    filled.decide("log:1", [title("Hers")], reason="seen", author="Ann")

    with pytest.raises(InputError, match="Ann decided about the title"):
        filled.decide("log:1", [title("His")], reason="heard", author="Bob", seen=())
    filled.decide("log:1", [HIDE], reason="another thing", author="Bob", seen=())


def test_import_decisions_joins_the_work_of_two_people(
    filled: Workspace, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """The same twice is one, different things add up, contradictions are flagged."""
    other = Workspace.open(tmp_path / "other", seed=False, gazetteer=gazetteer)
    other.ingest(log(), name="log.csv")
    filled.decide("log:1", [title("Hers")], reason="seen", author="Ann")
    other.decide("log:1", [title("His")], reason="heard", author="Bob")
    other.decide("log:2", [HIDE], reason="double", author="Bob")
    theirs = read_ledger_csv(ledger_csv(other.ledger().decisions), "b.csv")

    first, second = filled.import_decisions(theirs), filled.import_decisions(theirs)

    assert (first.added, first.known, first.differing) == (2, 0, ("log:1",))
    assert (second.added, second.known) == (0, 2)
    assert rows(filled)["log:1"]["title"] == "Hers"
    assert rows(filled)["log:1"]["flags"] == "corrected;decisions_differ"
    other.import_decisions(filled.ledger().decisions)
    assert rows(other) | {} == rows(filled) | {}


def test_events_lists_and_masks_leave_hidden_ones_out(filled: Workspace) -> None:
    """Table, SQL and counts agree on what is hidden."""
    filled.decide("log:2", [HIDE], reason="double")
    table, query = filled.event_table(), EventQuery()
    with_hidden = EventQuery(with_hidden=True)

    assert table.counts(query) == count_events(filled.events(), query)
    assert table.counts(query).as_dict() | {} == {
        "total": 5, "shown": 4, "possible": 0, "outside_dates": 0, "filtered": 0, "unplaced": 0,
        "undated": 0, "hidden": 1,
    }  # fmt: skip
    assert "log:2" not in set(table.listed(query)["event_id"])
    assert table.listed(query, ["hidden"])["event_id"].tolist() == ["log:2"]
    assert table.counts(with_hidden) == count_events(filled.events(), with_hidden)
    assert len(table.listed(with_hidden)) == 5
    assert table.hidden_ids() == {"log:2"}


SCRIPT = """
import os, signal, sys
from geomap.gazetteer import open_gazetteer
from geomap.model import DecisionKind
from geomap.store import Store
from geomap.workspace import Edit, Workspace
from pathlib import Path

left = [int(sys.argv[2])]
write = Store._write
def dying(*given):
    result = write(*given)
    left[0] -= 1
    return os.kill(os.getpid(), signal.SIGKILL) if not left[0] else result
Store._write = dying
space = Workspace.open(Path(sys.argv[1]), seed=False, gazetteer=open_gazetteer(layers={"curated"}))
space.decide("log:1", [Edit(DecisionKind.HIDE)], reason="r")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("writes", [1, 2])
def test_decide_is_whole_or_not_there_when_it_is_killed(filled: Workspace, writes: int) -> None:
    """A crash leaves no half of a decision, and the next one is written."""
    command = [sys.executable, "-c", SCRIPT, str(filled.folder), str(writes)]
    code = subprocess.run(command, check=False, env={**os.environ}).returncode

    assert code == -signal.SIGKILL
    assert filled.ledger().state("log:1").is_hidden == (writes == 2)
    filled.decide("log:2", [HIDE], reason="r")
    assert filled.ledger().state("log:2").is_hidden
    assert not check_folder(filled.folder).faults


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["title", "hide", "restore", "withdraw", "same", "newer", "undo"]),
        st.integers(0, 4),
        st.sampled_from("XYZ"),
    ),
    max_size=7,
)


class Model:
    """What a workspace should hold, as plain mappings: titles, decisions in order, imports."""

    def __init__(self) -> None:
        self.source: list[dict[str, str]] = [{f"log:{n}": f"Crowd {n}" for n in range(1, 6)}]
        self.decided: list[tuple[str, str, str, str]] = []

    def held(self, event_id: str) -> tuple[str, bool]:
        """Return the title that holds, and whether the event is hidden."""
        words, hidden = self.source[-1][event_id], False
        for _, about, kind, text in self.decided:
            if about == event_id and kind == "title":
                words = text
            elif about == event_id:
                hidden = kind == "hide"
        return words, hidden


@given(ACTIONS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_decisions_and_releases_in_any_order_equal_a_plain_model(
    tmp_path_factory: pytest.TempPathFactory,
    gazetteer: Gazetteer,
    actions: list[tuple[str, int, str]],
) -> None:
    """Nothing is lost or doubled whatever people do, and counts add up to every row."""
    folder = tmp_path_factory.mktemp("model") / "workspace"
    space, model = Workspace.open(folder, seed=False, gazetteer=gazetteer), Model()
    space.ingest(log(), name="log.csv")
    for number, (action, place, word) in enumerate(actions):
        step(space, model, action, IDS[place], f"{word} {number // 3}")

        held = {
            key: (row["title"], "hidden" in (row["flags"] or "").split(";"))
            for key, row in rows(space).items()
        }
        assert held == {key: model.held(key) for key in model.source[-1]}
        counts = space.event_table().counts(EventQuery())
        assert counts == count_events(space.events(), EventQuery())
        assert counts.total == len(model.source[-1])
        assert counts.hidden == sum(hidden for _, hidden in held.values())
        assert counts.shown == counts.total - counts.hidden


def step(space: Workspace, model: Model, action: str, event_id: str, text: str) -> None:
    """Do one thing to the workspace and to its model."""
    words, hidden = model.held(event_id)
    if action == "title" and words != text:
        made = space.decide(event_id, [title(text)], reason="r")
        model.decided.append((made[0].decision_id, event_id, "title", text))
    elif action == "hide" and not hidden:
        made = space.decide(event_id, [HIDE], reason="r")
        model.decided.append((made[0].decision_id, event_id, "hide", ""))
    elif action == "restore" and hidden:
        made = space.decide(event_id, [RESTORE], reason="r")
        model.decided.append((made[0].decision_id, event_id, "restore", ""))
    elif action == "withdraw" and model.decided:
        taken = model.decided.pop(len(text) % len(model.decided))
        space.withdraw(taken[0], reason="r")
    elif action in {"same", "newer"}:
        titles = dict(model.source[-1])
        if action == "newer":
            titles[event_id] = f"Newer {text}"
            if titles != model.source[-1]:
                model.source.append(titles)
        space.ingest(log({int(key[4:]): value for key, value in titles.items()}), name="log.csv")
    elif action == "undo" and len(model.source) > 1:
        space.undo(space.in_force()[0].batch_id)
        model.source.pop()
