"""The form that says which column holds what, when a table is not recognised or read wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from geomap.ingest import IngestOptions, Preview
from geomap.layouts.fields import FIELDS

_OPTIONS = "geomap_upload_options"
NOT_IN_FILE = ""
FIRST_FIELDS = (
    "event_date",
    "event_date_end",
    "latitude",
    "longitude",
    "place_name",
    "event_type",
    "title",
    "notes",
    "source",
    "event_id",
)
_ORDERS: dict[str, Literal["dmy", "mdy"] | None] = {
    "As the column shows": None,
    "Day first (31/12)": "dmy",
    "Month first (12/31)": "mdy",
}
_COVERAGE: dict[str, Literal["full", "part"] | None] = {
    "As its rows show": None,
    "All of it": "full",
    "A part of it": "part",
}

_KINDS: dict[str, Literal["events", "articles"]] = {
    "Rows of events": "events",
    "Texts of articles": "articles",
}


def options_of(file_id: str) -> IngestOptions:
    """Return what the user decided about an uploaded file so far."""
    decided: dict[str, IngestOptions] = st.session_state.setdefault(_OPTIONS, {})
    return decided.get(file_id, IngestOptions())


def form(
    file_id: str, preview: Preview, options: IngestOptions, question: dict[str, Any] | None
) -> None:
    """Draw the form for one table; what is submitted becomes the file's options."""
    with st.form(f"add_form_{file_id}", border=False):
        columns = st.columns(3)
        mapping = {
            field: columns[place % 3].selectbox(
                FIELDS[field],
                [NOT_IN_FILE, *preview.head.columns],
                key=f"add_map_{file_id}_{field}",
                index=_index(preview, field),
                format_func=lambda column: column or "not in this file",
            )
            for place, field in enumerate(FIRST_FIELDS)
        }
        asked_order = question is not None and question["about"] == "date_order"
        order = st.radio(
            "Day and month",
            list(_ORDERS),
            key=f"add_order_{file_id}",
            horizontal=True,
            index=1 if asked_order else list(_ORDERS.values()).index(options.order),
        )
        swap = st.checkbox(
            "Latitude and longitude are swapped", key=f"add_swap_{file_id}", value=options.swap
        )
        coverage = st.radio(
            "What the file holds of its dataset",
            list(_COVERAGE),
            key=f"add_coverage_{file_id}",
            horizontal=True,
            index=list(_COVERAGE.values()).index(options.coverage),
            help="All of it: events of an earlier release that the file lacks are marked as gone.",
        )
        dataset = st.text_input(
            "Dataset that its ids belong to",
            key=f"add_dataset_{file_id}",
            value=options.dataset or "",
            placeholder="As its name or layout says",
        )
        if st.form_submit_button("Read the file this way", key=f"add_read_{file_id}"):
            changed = {
                field: column
                for field, column in mapping.items()
                if column != preview.mapping.get(field, NOT_IN_FILE)
            }
            st.session_state[_OPTIONS][file_id] = replace(
                options,
                mapping={**options.mapping, **changed},
                order=_ORDERS[order],
                swap=swap,
                dataset=dataset.strip() or None,
                coverage=_COVERAGE[coverage],
            )
            st.rerun()


def kind_choice(file_id: str, options: IngestOptions) -> None:
    """Draw the choice between events and articles for a file whose content does not settle it."""
    kinds = list(_KINDS)
    chosen = st.radio(
        "What the file holds",
        kinds,
        key=f"add_kind_{file_id}",
        horizontal=True,
        index=None if options.read_as is None else list(_KINDS.values()).index(options.read_as),
    )
    if chosen is not None and _KINDS[chosen] != options.read_as:
        st.session_state[_OPTIONS][file_id] = replace(options, read_as=_KINDS[chosen])
        st.rerun()


def _index(preview: Preview, field: str) -> int:
    names = list(preview.head.columns)
    column = preview.mapping.get(field)
    return names.index(column) + 1 if column in names else 0
