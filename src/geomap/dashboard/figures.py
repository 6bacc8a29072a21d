"""The current view as a figure or a file, made once for each version, query and setting."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import streamlit as st

from geomap.dashboard import cache
from geomap.dashboard.cache import Data
from geomap.query import EventQuery
from geomap.snapshot import SnapshotSettings, View, caption, snapshot_bytes, view_of


@st.cache_data(max_entries=4, show_spinner=False)
def read_at(data: Data) -> datetime:  # noqa: ARG001 - the key of the cache
    """Return when this version of the data was read, which every figure of it states."""
    return datetime.now(UTC).replace(microsecond=0)


def view(data: Data, query: EventQuery) -> View:
    """Return what a snapshot of `query` shows."""
    return view_of(cache.events(data), query, cache.places(data), joins=cache.joins(data))


@st.cache_data(max_entries=12, show_spinner=False)
def figure(data: Data, query: EventQuery, settings: SnapshotSettings, form: str) -> bytes:
    """Return the snapshot of `query` in the format `form`."""
    return snapshot_bytes(view(data, query), settings, form)


@st.cache_data(max_entries=12, show_spinner=False)
def caption_of(data: Data, query: EventQuery, settings: SnapshotSettings) -> str:
    """Return the words to put under the figure."""
    drawn = view(data, query)
    return caption(drawn.events, query, drawn.counts, settings)


@st.cache_data(max_entries=4, show_spinner=False)
def events_file(data: Data, query: EventQuery, form: str) -> bytes:
    """Return the events that `query` shows as a file of the format `form`."""
    from geomap.exports import export_events

    buffer = io.BytesIO()
    export_events(cache.shown(data, query), buffer, form)
    return buffer.getvalue()


def file_name(title: str, ending: str) -> str:
    """Return a file name made of the letters and digits of a title."""
    words = re.findall(r"\w+", title)[:8]
    return f"{'_'.join(words)[:80] or 'geomap'}.{ending}"
