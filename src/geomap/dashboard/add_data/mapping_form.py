"""The form for the columns of a table that is not recognised, or is read wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from geomap.dashboard.shared import keys
from geomap.ingest import IngestOptions, Preview
from geomap.layouts.fields import FIELDS

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

_ANSWERED_HERE = {
    "date_century": "First year of two digits",
    "date_days": "Day and month of the dates",
    "date_calendar": "Calendar of the years",
}
_COORDINATES = frozenset({"latitude", "longitude", "coordinates", "geometry"})
Kind = Literal["events", "articles", "aggregates"]
KINDS: dict[str, Kind] = {"Rows of events": "events", "Texts of articles": "articles"}
COUNTED: dict[str, Kind] = {"Rows of events": "events", "Counts per unit and period": "aggregates"}
"""What a file may hold, by the words of a choice."""


def options_of(file_id: str) -> IngestOptions:
    """Return the user's decisions about an uploaded file so far."""
    decided: dict[str, IngestOptions] = st.session_state.setdefault(keys.UPLOAD_OPTIONS, {})
    return decided.get(file_id, IngestOptions())


def form(
    file_id: str, preview: Preview, options: IngestOptions, question: dict[str, Any] | None
) -> None:
    """Draw the form for one table; submitting it sets the file's options."""
    with st.form(f"add_form_{file_id}", border=False):
        mapping = _answered(_choose_columns(file_id, preview), preview, question)
        is_order_asked = question is not None and question["about"] == "date_order"
        order = st.radio(
            "Day and month",
            list(_ORDERS),
            key=f"add_order_{file_id}",
            horizontal=True,
            index=1 if is_order_asked else list(_ORDERS.values()).index(options.order),
        )
        answers = {**options.answers, **_answer(file_id, question)}
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
            st.session_state[keys.UPLOAD_OPTIONS][file_id] = replace(
                options,
                mapping={**options.mapping, **mapping},
                order=_ORDERS[order],
                answers=answers,
                swap=swap,
                dataset=dataset.strip() or None,
                coverage=_COVERAGE[coverage],
            )
            st.rerun()


def _answered(
    mapping: dict[str, str], preview: Preview, question: dict[str, Any] | None
) -> dict[str, str]:
    """Return the chosen columns; those that stand there already are an answer, too."""
    if question is not None and question["about"] == "mapping":
        return _with_coordinates(mapping, preview)
    if question is not None and question["about"] == "event_date":
        return {"event_date": preview.mapping.get("event_date", NOT_IN_FILE), **mapping}
    return mapping


def _with_coordinates(mapping: dict[str, str], preview: Preview) -> dict[str, str]:
    """Return the chosen columns; where none holds coordinates, the file has none."""
    st.caption("Where no column holds coordinates, leave both axes as not in this file.")
    if _COORDINATES & {*preview.mapping, *mapping}:
        return mapping
    return {"latitude": NOT_IN_FILE, **mapping}


def _answer(file_id: str, question: dict[str, Any] | None) -> dict[str, str]:
    """Draw the choices of a question about dates that no other field of the form answers."""
    if question is None or question["about"] not in _ANSWERED_HERE:
        return {}
    about = question["about"]
    chosen = st.radio(
        _ANSWERED_HERE[about],
        question["choices"],
        key=f"add_answer_{file_id}_{about}",
        horizontal=True,
        format_func=lambda choice: str(choice).capitalize(),
    )
    return {about: chosen}


def kind_choice(file_id: str, options: IngestOptions, kinds: dict[str, Kind]) -> None:
    """Draw the choice between `kinds` for a file whose content does not settle what it holds."""
    given = list(kinds.values())
    chosen = st.radio(
        "What the file holds",
        list(kinds),
        key=f"add_kind_{file_id}",
        horizontal=True,
        index=given.index(options.read_as) if options.read_as in given else None,
    )
    if chosen is not None and kinds[chosen] != options.read_as:
        st.session_state[keys.UPLOAD_OPTIONS][file_id] = replace(options, read_as=kinds[chosen])
        st.rerun()


def _choose_columns(file_id: str, preview: Preview) -> dict[str, str]:
    """Draw a choice of column for each field; return those that differ from the preview."""
    names = [NOT_IN_FILE, *preview.head.columns]
    sides = st.columns(3)
    changed = {}
    for place, field in enumerate(FIRST_FIELDS):
        current = preview.mapping.get(field, NOT_IN_FILE)
        column = sides[place % 3].selectbox(
            FIELDS[field],
            names,
            key=f"add_map_{file_id}_{field}",
            index=names.index(current) if current in names else 0,
            format_func=lambda column: column or "not in this file",
        )
        if column != current:
            changed[field] = column
    return changed
