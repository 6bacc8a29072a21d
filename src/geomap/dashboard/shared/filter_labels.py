"""What a person reads for the words of the filters; links and queries keep the words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from geomap.dashboard.shared import session
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.choices import WORDS
from geomap.dates import words_of_span
from geomap.store import Batch


@st.cache_data(max_entries=4, show_spinner=False)
def labels(data: Data) -> dict[str, dict[str, str]]:
    """Return the labels of the criteria whose words do not say themselves."""
    return {**WORDS, "batch": batch_labels(session.workspace_at(data.folder).batches())}


def batch_labels(batches: Iterable[Batch]) -> dict[str, str]:
    """Return the file and the day of each import by its id.

    Imports of one file name on one day are numbered in the order in which they came.
    """
    told = {batch.batch_id: _label(batch) for batch in sorted(batches, key=lambda b: b.sequence)}
    by_label: dict[str, list[str]] = {}
    for batch_id, label in told.items():
        by_label.setdefault(label, []).append(batch_id)
    for label, ids in by_label.items():
        if len(ids) > 1:
            told |= {batch_id: f"{label} ({n})" for n, batch_id in enumerate(ids, 1)}
    return told


def _label(batch: Batch) -> str:
    name = " ".join(batch.file_name.split()) or "a file without a name"
    try:
        day = datetime.fromisoformat(batch.created).date()
    except ValueError:
        return name
    undone = ", taken back" if batch.undone else ""
    return f"{name}, {words_of_span(day, day, 'day')}{undone}"
