"""The current view as a figure or a file, made once for each version, query and setting."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

from geomap import snapshot
from geomap.dashboard import cache, filters, session, state
from geomap.dashboard.cache import Data
from geomap.query import EventQuery
from geomap.sharing import NO_REDACTION, Redaction, read_terms
from geomap.snapshot import SnapshotSettings, View

WHOLE = "one"
"""A figure of one map, not of panels."""

BUNDLE, ATLAS = "bundle", "atlas"

Progress = Callable[[str, float], None]


@st.cache_data(max_entries=4, show_spinner=False)
def read_at(data: Data) -> datetime:
    """Return when this version of the data came about, which every figure of it states."""
    moment = ""
    if data.version.isdigit():
        batches = session.workspace_at(data.folder).batches()
        moment = snapshot.moment_of(batches, int(data.version))
    found = datetime.fromisoformat(moment) if moment else datetime.now(UTC)
    return found.replace(microsecond=0)


def _made_of(data: Data, redaction: Redaction) -> dict[str, Any]:
    """Return what a view is made of besides the tables."""
    return {
        "joins": cache.joins(data),
        "terms": read_terms(Path(data.folder)),
        "batches": session.workspace_at(data.folder).batches(),
        "redaction": redaction,
    }


@st.cache_resource(max_entries=6, show_spinner=False)
def view(data: Data, query: EventQuery, redaction: Redaction = NO_REDACTION) -> View:
    """Return what a snapshot of `query` shows."""
    made_of = _made_of(data, redaction)
    return snapshot.view_of(cache.events(data), query, cache.places(data), **made_of)


def _parts(
    data: Data, query: EventQuery, redaction: Redaction, unit: str, *, most: int
) -> list[snapshot.Part]:
    whole = view(data, query, redaction)
    made_of = _made_of(data, redaction)
    return snapshot.parts_of(
        whole, cache.events(data), cache.places(data), unit, most=most, **made_of
    )


@st.cache_data(max_entries=12, show_spinner=False)
def figure(
    data: Data,
    query: EventQuery,
    settings: SnapshotSettings,
    form: str,
    redaction: Redaction = NO_REDACTION,
    panels: str = WHOLE,
) -> bytes:
    """Return the snapshot of `query` in the format `form`.

    Raises
    ------
    InputError
        When the view cannot be divided into panels.
    """
    parts: list[snapshot.Part] = []
    if panels != WHOLE and form != "html":
        parts = _parts(data, query, redaction, panels, most=snapshot.MAX_PANELS)
    return snapshot.snapshot_bytes(view(data, query, redaction), settings, form, panels=parts)


def long_file(
    data: Data,
    query: EventQuery,
    settings: SnapshotSettings,
    kind: str,
    redaction: Redaction,
    panels: str,
    progress: Progress,
) -> bytes:
    """Return a bundle, an atlas, or the series of a unit (its word), telling how far it is.

    Raises
    ------
    InputError
        When the view cannot be divided.
    """
    whole = view(data, query, redaction)
    if kind == BUNDLE:
        parts = (
            []
            if panels == WHOLE
            else _parts(data, query, redaction, panels, most=snapshot.MAX_PANELS)
        )
        return snapshot.bundle_bytes(whole, settings, panels=parts, progress=progress)
    unit = "month" if kind == ATLAS else kind
    parts = _parts(data, query, redaction, unit, most=120)
    make = snapshot.atlas_bytes if kind == ATLAS else snapshot.series_bytes
    return make(whole, parts, settings, progress=progress)


@st.cache_data(max_entries=12, show_spinner=False)
def words_of(
    data: Data,
    query: EventQuery,
    settings: SnapshotSettings,
    redaction: Redaction = NO_REDACTION,
) -> tuple[str, str, tuple[str, ...]]:
    """Return the caption, the alternative text, and what is left out, in sentences."""
    drawn = view(data, query, redaction)
    snapshot_id = str(snapshot.manifest_of(drawn, settings)["snapshot_id"])
    return (
        snapshot.caption(drawn, settings, snapshot_id),
        snapshot.alt_text(drawn, settings),
        tuple(snapshot.limits_of(drawn)),
    )


@st.cache_data(max_entries=6, show_spinner=False)
def events_file(
    data: Data, query: EventQuery, form: str, redaction: Redaction = NO_REDACTION
) -> bytes:
    """Return the events that `query` shows and licences let out, in the format `form`."""
    return snapshot.data_bytes(view(data, query, redaction), form)


def link() -> str:
    """Return the address of the current view of the Map page, "" where nobody knows it."""
    url = st.context.url
    if not isinstance(url, str) or not url:
        return ""
    parts = urlsplit(url)
    chosen = replace(filters.current_view(), event_id=None, place_id=None)
    asked = urlencode(state.write_view(chosen), doseq=True)
    path = parts.path.rstrip("/").removesuffix("/report")
    return f"{parts.scheme}://{parts.netloc}{path}/" + (f"?{asked}" if asked else "")


def file_name(title: str, ending: str) -> str:
    """Return a file name made of the letters and digits of a title."""
    words = re.findall(r"\w+", title)[:8]
    return f"{'_'.join(words)[:80] or 'geomap'}.{ending}"
