"""The rows behind each number of a file's report: chosen by number, by reason, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from geomap.dashboard.add_data import import_words
from geomap.dashboard.shared import components

PAGE_ROWS = 500


def numbers_box(
    numbers: Mapping[str, tuple[str, int]], tables: import_words.Tables, *, key: str
) -> None:
    """Draw the numbers of a report as buttons; the one that is pressed lists its rows.

    Parameters
    ----------
    numbers
        By name: the words for it, and the number.
    tables
        Returns the table behind a name.
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
    words = import_words.NUMBER_NOTES.get(chosen)
    if words:
        st.caption(words)
    table = tables(chosen)
    _paged(table, key=f"{key}_{chosen}")


def issues_box(issues: Sequence[dict[str, Any]], *, key: str, name: str) -> None:
    """Draw the rows that deserve a look, with a filter by reason and two downloads."""
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
            for form, make in forms.items():
                st.download_button(
                    f"All rows as {form.upper()}",
                    data=make(issues),
                    file_name=f"{stem}_rows.{form}",
                    key=f"{key}_{form}",
                    on_click="ignore",
                )


def release_blocks(release: Mapping[str, Any] | None) -> list[components.Block]:
    """Return what a newer release changes, in words, with examples of old and new values."""
    if release is None:
        return []
    text = import_words.release_in_words(release)
    blocks: list[components.Block] = [{"kind": "text", "text": text}]
    facts = [
        (column["column"].replace("_", " "), import_words.change_in_words(column))
        for column in release["columns"]
    ]
    if facts:
        blocks.append({"kind": "facts", "rows": facts})
    return blocks


def _paged(table: pd.DataFrame, *, key: str) -> None:
    pages = max(1, -(-len(table) // PAGE_ROWS))
    number = 1
    if pages > 1:
        number = int(
            st.number_input(
                f"Page (of {pages:,}, {PAGE_ROWS} rows each)",
                1,
                pages,
                key=f"{key}_page",
                width=260,
            )
        )
    first = (number - 1) * PAGE_ROWS
    st.dataframe(
        table.iloc[first : first + PAGE_ROWS], key=f"{key}_rows_{number}", hide_index=True,
        height="auto" if len(table) < 8 else 280,
    )  # fmt: skip
