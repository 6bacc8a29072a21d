"""The rows behind each number of a file's report: by number, by reason, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from geomap.dashboard.add_data import import_words
from geomap.dashboard.shared import blocks
from geomap.dashboard.shared.blocks import Block
from geomap.ingest import IngestResult

PAGE_ROWS = 500
_SHORT = 8  # rows that need no scrolling


def report_tables(whole: IngestResult, report: Mapping[str, Any], *, key: str) -> None:
    """Draw the rows behind the numbers of a report, and its issues."""
    if whole.batch.counts:
        numbers_box(import_words.numbers_of(whole), partial(import_words.rows_of, whole), key=key)
    issues_box(report["issues"], key=key, name=report["path"])


def numbers_box(
    numbers: Mapping[str, tuple[str, int]], table_of: Callable[[str], pd.DataFrame], *, key: str
) -> None:
    """Draw numbers as buttons; the one that is pressed lists its rows.

    `numbers` has words and a number by name, `table_of` returns the table behind a name.
    """
    shown = {name: pair for name, pair in numbers.items() if pair[1]}
    if not shown:
        return
    chosen = st.pills(
        "Show the rows",
        list(shown),
        format_func=lambda name: f"{shown[name][1]:,} {shown[name][0]}",
        key=f"{key}_numbers",
    )
    if chosen is None:
        return
    if words := import_words.NUMBER_NOTES.get(chosen):
        st.caption(words)
    _paged(table_of(chosen), key=f"{key}_{chosen}")


def issues_box(issues: Sequence[Mapping[str, Any]], *, key: str, name: str) -> None:
    """Draw the issues of the file `name`, with a filter by reason and two downloads."""
    if not issues:
        return
    codes = import_words.issue_codes(issues)
    with st.expander(f"Rows to look at ({len(issues):,})", key=f"{key}_issues"):
        chosen = st.multiselect(
            "Reason",
            list(codes),
            key=f"{key}_codes",
            placeholder="All reasons",
            format_func=lambda code: f"{code.replace('_', ' ')} ({codes[code]:,})",
        )
        _paged(import_words.issues_table(issues, codes=chosen), key=f"{key}_table")
        with st.container(horizontal=True, key=f"{key}_files"):
            stem = import_words.safe_stem(name)
            forms = {"csv": import_words.issues_csv, "json": import_words.issues_json}
            for form, write in forms.items():
                st.download_button(
                    f"All rows as {form.upper()}",
                    data=write(issues),
                    file_name=f"{stem}_rows.{form}",
                    key=f"{key}_{form}",
                    on_click="ignore",
                )


def release_blocks(release: Mapping[str, Any] | None) -> list[Block]:
    """Return what a newer release changes, with examples of old and new values."""
    if release is None:
        return []
    content = [blocks.paragraph(import_words.release_in_words(release))]
    facts = [
        (column["column"].replace("_", " "), import_words.change_in_words(column))
        for column in release["columns"]
    ]
    return [*content, blocks.facts(facts)] if facts else content


def _paged(table: pd.DataFrame, *, key: str) -> None:
    pages = max(1, -(-len(table) // PAGE_ROWS))
    page = 1
    if pages > 1:
        page = int(
            st.number_input(
                f"Page (of {pages:,}, {PAGE_ROWS} rows each)",
                1,
                pages,
                key=f"{key}_page",
                width=260,
            )
        )
    first = (page - 1) * PAGE_ROWS
    st.dataframe(
        table.iloc[first : first + PAGE_ROWS],
        key=f"{key}_rows_{page}",
        hide_index=True,
        height="auto" if len(table) < _SHORT else 280,
    )
