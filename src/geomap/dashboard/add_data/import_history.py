"""The files that were taken in: the report of each, and how to undo it."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from geomap.dashboard.add_data import import_words, row_tables
from geomap.dashboard.shared import blocks, cache, components, keys
from geomap.dashboard.shared.cache import Data
from geomap.errors import GeomapError
from geomap.store import Batch

_COUNTS = ("rows", "accepted", "updated", "unchanged", "duplicate", "rejected")


def imported_files(data: Data) -> None:
    """Draw the list of files, and the report of the chosen one."""
    batches = data.workspace.batches()
    if not batches:
        st.info("No file has been taken in yet. Drop one above to see what it holds.")
        return
    st.subheader("Files in this workspace")
    if result := st.session_state.pop(keys.UNDO_RESULT, None):
        components.notice(result, key="add_undo_said", tone="good")
    st.dataframe(_batch_table(data), key="add_batches", hide_index=True)
    by_id = {batch.batch_id: batch for batch in batches}
    chosen = st.selectbox(
        "Report of a file",
        list(by_id),
        key=keys.BATCH,
        index=None,
        placeholder="Choose a file",
        format_func=lambda batch_id: _label(by_id[batch_id]),
    )
    if chosen in by_id:
        _report(data, by_id[chosen])


@st.cache_data(max_entries=4, show_spinner=False)
def _batch_table(data: Data) -> pd.DataFrame:
    """Return the files that were taken in, newest first."""
    rows = [
        {
            "File": batch.file_name,
            "Read as": batch.layout,
            **{name.capitalize(): batch.counts.get(name) for name in _COUNTS},
            "Taken in (UTC)": _minute(batch.created),
            "Undone (UTC)": _minute(batch.undone),
        }
        for batch in data.workspace.batches()
    ]
    return pd.DataFrame(rows).sort_values("Taken in (UTC)", ascending=False)


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _label(batch: Batch) -> str:
    rows, state = batch.counts.get("rows", 0), ", undone" if batch.undone else ""
    return f"{batch.file_name} ({_minute(batch.created)} UTC, {rows:,} rows{state})"


def _report(data: Data, batch: Batch) -> None:
    workspace = data.workspace
    issues = json.loads(workspace.issues(batch.batch_id).to_json(orient="records"))
    facts = [("Import", batch.batch_id), ("File", f"kept as it came, sha256 {batch.sha256}")]
    undone = [blocks.notice(f"Undone on {_minute(batch.undone)} UTC.")] if batch.undone else []
    content = [
        blocks.title(batch.file_name),
        blocks.quiet(f"{batch.layout}: {batch.layout_reason}"),
        blocks.paragraph(import_words.counts_in_words(batch.counts)),
        *undone,
        *(blocks.quiet(message) for _, message in batch.warnings),
        *row_tables.release_blocks(_release(data, batch.batch_id)),
        blocks.facts(facts),
    ]
    with st.container(border=True, key="add_report"):
        components.panel(content, key=f"add_report_about_{batch.batch_id}")
        key = f"add_report_{batch.batch_id}"
        if not batch.undone:
            table_of = partial(_rows, data, batch.batch_id)
            row_tables.numbers_box(_numbers(data, batch.batch_id), table_of, key=key)
        row_tables.issues_box(issues, key=key, name=batch.file_name)
        if not batch.undone:
            _undo(data, batch)


@st.cache_data(max_entries=16, show_spinner=False)
def _release(data: Data, batch_id: str) -> dict[str, Any] | None:
    return data.workspace.release(batch_id)


def _numbers(data: Data, batch_id: str) -> dict[str, tuple[str, int]]:
    """Return how many events an import added and marked as gone: words and number by name."""
    events, gone = (
        cache.words(data, column).get(batch_id, 0) for column in ("batch_id", "gone_batch")
    )
    return {
        "events": ("events that came from it", events),
        "gone": ("events it marked as gone", gone),
    }


def _rows(data: Data, batch_id: str, name: str) -> pd.DataFrame:
    """Return the events behind a number of `_numbers`."""
    events = cache.table(data).where("gone_batch" if name == "gone" else "batch_id", batch_id)
    return import_words.events_list(events.sort_values("row_number"))


def _undo(data: Data, batch: Batch) -> None:
    """Draw a button that shows what undoing would change, and then one that does it."""
    key = batch.batch_id
    if st.session_state.get(keys.UNDO_ASKED) != key:
        st.button("Undo this file", key="add_undo", on_click=_ask, args=(key,))
        return
    try:
        plans = data.workspace.undo(key, with_later=True, dry_run=True)
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
    st.session_state[keys.UNDO_ASKED] = batch_id


def _take_back(data: Data, batch_id: str) -> None:
    _ask(None)
    try:
        reports = data.workspace.undo(batch_id, with_later=True)
    except GeomapError as error:
        st.session_state[keys.UNDO_RESULT] = str(error)
        return
    st.session_state[keys.UNDO_RESULT] = "\n".join(
        f"Undone. {import_words.undo_in_words(report.as_dict())}" for report in reports
    )
