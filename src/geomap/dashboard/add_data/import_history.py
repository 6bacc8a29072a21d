"""The files that were taken in: the report of each, and the way back."""

from __future__ import annotations

import json
from functools import partial

import streamlit as st

from geomap.dashboard.add_data import import_words, row_tables
from geomap.dashboard.shared import cache, components, session
from geomap.dashboard.shared.cache import Data
from geomap.errors import GeomapError
from geomap.store import Batch

CHOSEN = "add_batch"
_ASKED = "geomap_undo_asked"
_SAID = "geomap_undo_said"


def imported_files(data: Data) -> None:
    """Draw the list of files, and the report of the one that is chosen."""
    batches = cache.batch_list(data)
    if batches.empty:
        st.info("No file has been taken in yet. Drop one above to see what it holds.")
        return
    st.subheader("Files in this workspace")
    if said := st.session_state.pop(_SAID, None):
        components.notice(said, key="add_undo_said", tone="good")
    st.dataframe(batches, key="add_batches", hide_index=True)
    known = {batch.batch_id: batch for batch in session.workspace_at(data.folder).batches()}
    chosen = st.selectbox(
        "Report of a file",
        list(known),
        key=CHOSEN,
        index=None,
        placeholder="Choose a file",
        format_func=lambda one: _label(known[one]),
    )
    if chosen in known:
        _report(data, known[chosen])


def _label(batch: Batch) -> str:
    when, rows = batch.created[:16].replace("T", " "), batch.counts.get("rows", 0)
    state = ", undone" if batch.undone else ""
    return f"{batch.file_name} ({when} UTC, {rows:,} rows{state})"


def _report(data: Data, batch: Batch) -> None:
    workspace = session.workspace_at(data.folder)
    release = cache.release(data, batch.batch_id)
    issues = json.loads(workspace.issues(batch.batch_id).to_json(orient="records"))
    with st.container(border=True, key="add_report"):
        blocks: list[components.Block] = [
            {"kind": "title", "text": batch.file_name},
            {"kind": "quiet", "text": f"{batch.layout}: {batch.layout_reason}"},
            {"kind": "text", "text": import_words.counts_in_words(batch.counts)},
        ]
        if batch.undone:
            when = batch.undone[:16].replace("T", " ")
            blocks.append({"kind": "notice", "text": f"Undone on {when} UTC."})
        blocks += [{"kind": "quiet", "text": message} for _, message in batch.warnings]
        facts = [("Import", batch.batch_id), ("File", f"kept as it came, sha256 {batch.sha256}")]
        blocks += [*row_tables.release_blocks(release), {"kind": "facts", "rows": facts}]
        components.panel(blocks, key=f"add_report_about_{batch.batch_id}")
        key = f"add_report_{batch.batch_id}"
        if not batch.undone:
            tables = partial(cache.rows_of_batch, data, batch.batch_id)
            row_tables.numbers_box(cache.numbers_of_batch(data, batch.batch_id), tables, key=key)
        row_tables.issues_box(issues, key=key, name=batch.file_name)
        if not batch.undone:
            _undo(data, batch)


def _undo(data: Data, batch: Batch) -> None:
    """Draw the way back: a button, and a second one below what it would do."""
    key = batch.batch_id
    if st.session_state.get(_ASKED) != key:
        st.button("Undo this file", key="add_undo", on_click=_ask, args=(key,))
        return
    workspace = session.workspace_at(data.folder)
    try:
        plans = workspace.undo(key, with_later=True, dry_run=True)
    except GeomapError as error:
        components.notice(str(error), key="add_undo_refused", tone="problem")
        return
    lines = [import_words.undo_in_words(plan.as_dict()) for plan in plans]
    if len(plans) > 1:
        lines.insert(0, "Later files build on this one and are undone with it:")
    components.notice("\n".join(lines), key="add_undo_plan")
    words = "Undo it" if len(plans) == 1 else f"Undo these {len(plans)} files"
    with st.container(horizontal=True, key="add_undo_answer"):
        st.button(
            words, key="add_undo_confirm", type="primary", on_click=_take_back, args=(data, key)
        )
        st.button("Keep it", key="add_undo_keep", on_click=_ask, args=(None,))


def _ask(batch_id: str | None) -> None:
    st.session_state[_ASKED] = batch_id


def _take_back(data: Data, batch_id: str) -> None:
    st.session_state.pop(_ASKED, None)
    try:
        done = session.workspace_at(data.folder).undo(batch_id, with_later=True)
    except GeomapError as error:
        st.session_state[_SAID] = str(error)
        return
    st.session_state[_SAID] = "\n".join(
        f"Undone. {import_words.undo_in_words(report.as_dict())}" for report in done
    )
