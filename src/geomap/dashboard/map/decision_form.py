"""Below the card of an event: correct it, hide it, note, its history, and taking things back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from geomap.dashboard.map.callbacks import redraw
from geomap.dashboard.shared import blocks, components, keys
from geomap.dashboard.shared.blocks import Block
from geomap.dashboard.shared.cache import Data
from geomap.decisions import DECIDED
from geomap.errors import GeomapError
from geomap.model import Decision, DecisionKind, Status
from geomap.workspace import Edit, history_of, read_field

_HINTS = {
    "date": "2023-03-05, 2023-03, early March 2023, 2023-03-01..2023-03-07",
    "place": "A name, an id, near NAME, or latitude,longitude,radius in km",
    "actors": "One side; the other side",
    "fatalities": "5, 3..8 or 5 (3..8)",
}
_LABELS = {name: name.replace("_", " ").capitalize() for name in DECIDED}
_MOST_CANDIDATES = 8
_MOST_REASONS = 8
_KINDS = {
    "override": "Corrected",
    "hide": "Hidden",
    "restore": "Restored",
    "status": "Review",
    "comment": "Note",
    "withdraw": "Taken back",
}


def decision_part(data: Data, event_id: str) -> None:
    """Draw the form and the history of the open event."""
    ledger = data.workspace.ledger()
    with st.expander("Correct, hide or note", key=f"{keys.DECIDE}_open"):
        if refused := st.session_state.pop(keys.DECISION_REFUSED, None):
            st.text(refused)  # never Markdown: it may quote what was typed
        _draw_form(data, event_id, is_hidden=ledger.state(event_id).is_hidden)
    entries = history_of(ledger, event_id, data.workspace.event_table().ingested(event_id))
    if not entries:
        return
    with st.expander(f"History ({len(entries)})", key=f"{keys.DECIDE}_history"):
        for entry in entries:
            _draw_entry(data, entry)


def _draw_form(data: Data, event_id: str, *, is_hidden: bool) -> None:
    seen = tuple(one.decision_id for one in data.workspace.ledger().by_event.get(event_id, ()))
    act: Callable[..., Any] = partial(_decide, data, event_id, seen)
    field = st.selectbox("Field", list(DECIDED), key=keys.DECIDE, format_func=_LABELS.__getitem__)
    _value_input(data, field)
    st.text_input("Reason", key=keys.DECISION_REASON, help="Everybody who reads on sees it")
    if reasons := st.session_state.get(keys.LAST_REASONS, ()):
        # Not pills: their labels are read as Markdown.
        st.selectbox(
            "Earlier reasons",
            reasons,
            index=None,
            key=keys.EARLIER_REASON,
            on_change=_take_reason,
        )
    st.text_input("Your name", key=keys.DECISION_AUTHOR, placeholder="not stated")
    st.text_area("Note", key=keys.DECISION_NOTE, height=68)
    with st.container(horizontal=True):
        st.button("Correct", on_click=act, args=("correct",), type="primary")
        st.button("Restore" if is_hidden else "Hide", on_click=act,
                  args=("restore" if is_hidden else "hide",))  # fmt: skip
        st.button("Add note", on_click=act, args=("note",))
        if made := st.session_state.get(keys.DECIDED, ()):
            st.button("Undo", help="Take back your last decision", on_click=_take_back,
                      args=(data, made[-1], "Undone on the page."))  # fmt: skip


def _value_input(data: Data, field: str) -> None:
    """Draw the input of the new value; a place that was searched for offers its candidates."""
    key = f"{keys.DECISION_VALUE}_{field}"
    if field == "status":
        st.selectbox("New value", [word.value for word in Status], key=key)
        return
    text = st.text_input("New value", key=key, help=_HINTS.get(field, "Empty: not known"))
    if field != "place" or not text.strip():
        return
    matches = data.workspace.gazetteer.find(text, limit=_MOST_CANDIDATES)
    names = {
        one.place.place_id: f"{one.place.name}, {one.place.country_code or one.place.kind.value}"
        for one in matches
    }
    if len(names) > 1:
        st.selectbox(
            "Which one", list(names), key=keys.DECISION_PLACE, format_func=names.__getitem__
        )


def _take_reason() -> None:
    """Take an earlier reason as the reason."""
    st.session_state[keys.DECISION_REASON] = st.session_state.get(keys.EARLIER_REASON) or ""


def _decide(data: Data, event_id: str, seen: tuple[str, ...], verb: str) -> None:
    """Write what a button says; what is refused is said above the form."""
    state = st.session_state
    reason = state.get(keys.DECISION_REASON) or ""
    author = state.get(keys.DECISION_AUTHOR, "")
    try:
        edit = _edit(data, event_id, verb)
        made = data.workspace.decide(event_id, [edit], reason=reason, author=author, seen=seen)
    except GeomapError as error:
        state[keys.DECISION_REFUSED] = str(error)
        return
    _remember(made, reason)


def _edit(data: Data, event_id: str, verb: str) -> Edit:
    state = st.session_state
    if verb == "note":
        return Edit(DecisionKind.COMMENT, text=state.get(keys.DECISION_NOTE, ""))
    if verb != "correct":
        return Edit(DecisionKind(verb))
    field = state[keys.DECIDE]
    text = state.get(f"{keys.DECISION_VALUE}_{field}", "")
    if field == "place":
        text = state.get(keys.DECISION_PLACE) or text
    return Edit(DecisionKind.OVERRIDE, field, read_field(data.workspace, event_id, field, text))


def _take_back(data: Data, decision_id: str, reason: str) -> None:
    state = st.session_state
    try:
        author = state.get(keys.DECISION_AUTHOR, "")
        data.workspace.withdraw(decision_id, reason=reason, author=author)
    except GeomapError as error:
        state[keys.DECISION_REFUSED] = str(error)
        return
    state[keys.DECIDED] = tuple(i for i in state.get(keys.DECIDED, ()) if i != decision_id)
    redraw()


def _remember(made: tuple[Decision, ...], reason: str) -> None:
    """Keep what can be undone, and the reason for the next decision; empty the inputs."""
    state = st.session_state
    state[keys.DECIDED] = (*state.get(keys.DECIDED, ()), *(one.decision_id for one in made))
    if reason:
        others = (one for one in state.get(keys.LAST_REASONS, ()) if one != reason)
        state[keys.LAST_REASONS] = (reason, *others)[:_MOST_REASONS]
    for key in [key for key in state if str(key).startswith(keys.DECISION_VALUE)]:
        del state[key]
    state.pop(keys.DECISION_PLACE, None)
    state[keys.DECISION_NOTE] = state[keys.DECISION_REASON] = ""
    state.pop(keys.EARLIER_REASON, None)
    redraw()


def _draw_entry(data: Data, entry: dict[str, Any]) -> None:
    """Draw one line of the history, with a button that takes it back while it holds."""
    decision_id = entry["decision_id"]
    components.panel(
        _entry_blocks(entry),
        key=f"{keys.DECIDE}_{decision_id}",
        label=f"Decision {decision_id}",
        on_action=components.ignore,
    )
    if entry["in_force"] and entry["kind"] != "withdraw":
        st.button(
            "Take back",
            key=f"{keys.DECIDE}_back_{decision_id}",
            on_click=_take_back,
            args=(data, decision_id, "Taken back on the page."),
        )


def _entry_blocks(entry: dict[str, Any]) -> list[Block]:
    what = " ".join(filter(None, (_KINDS[entry["kind"]], (entry["field"] or "").replace("_", " "))))
    state = "" if entry["in_force"] else " (no longer holds)"
    facts = [
        ("From", entry.get("old_words", "")),
        ("To", entry.get("new_words", "")),
        ("Text", entry["new"] if isinstance(entry["new"], str) else ""),
        ("Why", entry["reason"] or ""),
        ("Who", f"{entry['author'] or 'not stated'}, {entry['at'][:16].replace('T', ' ')} UTC"),
    ]
    if entry.get("source_changed"):
        facts.append(("Look at", "the source says something else by now"))
    if entry["disagrees"]:
        facts.append(("Look at", "another decision disagrees; the earlier one holds"))
    return [blocks.heading(what + state), blocks.facts(facts)]
