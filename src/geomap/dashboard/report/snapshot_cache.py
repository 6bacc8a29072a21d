"""The view of the Map page as figures and files, made once for each version, query and setting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import geopandas as gpd
import pandas as pd
import streamlit as st

from geomap import snapshot
from geomap.dashboard.shared import cache, view_state, view_url
from geomap.dashboard.shared.cache import Data
from geomap.query import EventQuery
from geomap.sharing import NO_REDACTION, Redaction, Term, read_terms
from geomap.snapshot import SnapshotSettings, View
from geomap.typing import Progress

WHOLE = "one"
"""A figure of one map, not of panels."""

BUNDLE, ATLAS = "bundle", "atlas"
MAX_PICTURES = 120


@dataclass(frozen=True, slots=True)
class ViewRequest:
    """What a snapshot is made from: data, query, redaction, and the licences in force."""

    data: Data
    query: EventQuery
    redaction: Redaction
    terms: tuple[Term, ...]


def view_request(data: Data, query: EventQuery, redaction: Redaction = NO_REDACTION) -> ViewRequest:
    """Return a request under the licences that the workspace states now."""
    return ViewRequest(data, query, redaction, read_terms(Path(data.folder)))


@st.cache_resource(max_entries=2, show_spinner=False)
def events(data: Data) -> gpd.GeoDataFrame:
    """Return every event of the workspace."""
    return data.workspace.events()


@st.cache_resource(max_entries=2, show_spinner=False)
def _joins(data: Data) -> pd.DataFrame:
    return data.workspace.joins()


@st.cache_data(max_entries=4, show_spinner=False)
def as_of(data: Data) -> datetime:
    """Return when this version of the data was written; every figure of it states that."""
    moment = ""
    if data.version.isdigit():
        batches = data.workspace.batches()
        moment = snapshot.moment_of(batches, int(data.version))
    written = datetime.fromisoformat(moment) if moment else datetime.now(UTC)
    return written.replace(microsecond=0)


def _inputs(request: ViewRequest) -> dict[str, Any]:
    """Return what a view is made of besides events and places."""
    return {
        "joins": _joins(request.data),
        "terms": request.terms,
        "batches": request.data.workspace.batches(),
        "redaction": request.redaction,
    }


@st.cache_resource(max_entries=6, show_spinner=False)
def view(request: ViewRequest) -> View:
    """Return the view that a snapshot shows."""
    data = request.data
    return snapshot.view_of(events(data), request.query, cache.places(data), **_inputs(request))


def _parts(request: ViewRequest, unit: str, *, most: int) -> list[snapshot.Part]:
    data = request.data
    whole = view(request)
    return snapshot.parts_of(
        whole, events(data), cache.places(data), unit, most=most, **_inputs(request)
    )


def _panels(request: ViewRequest, unit: str) -> list[snapshot.Part]:
    return [] if unit == WHOLE else _parts(request, unit, most=snapshot.MAX_PANELS)


@st.cache_data(max_entries=12, show_spinner=False)
def figure(
    request: ViewRequest, settings: SnapshotSettings, form: str, panels: str = WHOLE
) -> bytes:
    """Return the snapshot in a format; InputError when it cannot be divided into `panels`."""
    parts = _panels(request, WHOLE if form == "html" else panels)
    return snapshot.snapshot_bytes(view(request), settings, form, panels=parts)


def long_file(
    request: ViewRequest, settings: SnapshotSettings, kind: str, panels: str, progress: Progress
) -> bytes:
    """Return a bundle, an atlas, or the series of a unit such as "week".

    Raises InputError when the view cannot be divided so.
    """
    if kind == BUNDLE:
        parts = _panels(request, panels)
        return snapshot.bundle_bytes(view(request), settings, panels=parts, progress=progress)
    parts = _parts(request, "month" if kind == ATLAS else kind, most=MAX_PICTURES)
    write = snapshot.atlas_bytes if kind == ATLAS else snapshot.series_bytes
    return write(view(request), parts, settings, progress=progress)


@st.cache_data(max_entries=12, show_spinner=False)
def words_of(
    request: ViewRequest, settings: SnapshotSettings, panels: str = WHOLE
) -> tuple[str, str, tuple[str, ...]]:
    """Return the caption, the alternative text, and sentences on what is left out.

    Raises InputError when the view cannot be divided into `panels`.
    """
    whole = view(request)
    parts = _panels(request, panels)
    kind = "panels" if parts else "figure"
    manifest = snapshot.manifest_of(whole, settings, kind=kind, parts=parts)
    return (
        snapshot.caption(whole, settings, str(manifest["snapshot_id"])),
        snapshot.alt_text(whole, settings),
        tuple(snapshot.limits_of(whole)),
    )


@st.cache_data(max_entries=6, show_spinner=False)
def events_file(request: ViewRequest, form: str) -> bytes:
    """Return the shown events, as far as licences allow, in a format."""
    return snapshot.data_bytes(view(request), form)


def link() -> str:
    """Return the address of the current view of the Map page; "" where it is not known."""
    url = st.context.url
    if not isinstance(url, str) or not url:
        return ""
    parts = urlsplit(url)
    current = view_state.without_selection(view_url.current_view())
    query = urlencode(view_state.write_view(current), doseq=True)
    path = parts.path.rstrip("/").removesuffix("/report")
    return f"{parts.scheme}://{parts.netloc}{path}/" + (f"?{query}" if query else "")


def file_name(title: str, ending: str) -> str:
    """Return a file name made of the letters and digits of a title."""
    words = re.findall(r"\w+", title)[:8]
    return f"{'_'.join(words)[:80] or 'geomap'}.{ending}"
