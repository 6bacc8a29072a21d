"""The current view as a figure or a file, made once for each version, query and setting."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

from geomap import snapshot
from geomap.dashboard.shared import cache, session, view_state, view_url
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
class Shown:
    """What is to be shown: data, query, what is left out, and what licences allow."""

    data: Data
    query: EventQuery
    redaction: Redaction
    terms: tuple[Term, ...]


def shown(data: Data, query: EventQuery, redaction: Redaction = NO_REDACTION) -> Shown:
    """Return what is to be shown, under the licences as the workspace states them now."""
    return Shown(data, query, redaction, read_terms(Path(data.folder)))


@st.cache_data(max_entries=4, show_spinner=False)
def read_at(data: Data) -> datetime:
    """Return when this version of the data came about, which every figure of it states."""
    moment = ""
    if data.version.isdigit():
        batches = session.workspace_at(data.folder).batches()
        moment = snapshot.moment_of(batches, int(data.version))
    found = datetime.fromisoformat(moment) if moment else datetime.now(UTC)
    return found.replace(microsecond=0)


def _made_of(what: Shown) -> dict[str, Any]:
    """Return what a view is made of besides the tables."""
    return {
        "joins": cache.joins(what.data),
        "terms": what.terms,
        "batches": session.workspace_at(what.data.folder).batches(),
        "redaction": what.redaction,
    }


@st.cache_resource(max_entries=6, show_spinner=False)
def view(what: Shown) -> View:
    """Return what a snapshot shows."""
    events, places = cache.events(what.data), cache.places(what.data)
    return snapshot.view_of(events, what.query, places, **_made_of(what))


def _parts(what: Shown, unit: str, *, most: int) -> list[snapshot.Part]:
    events, places = cache.events(what.data), cache.places(what.data)
    return snapshot.parts_of(view(what), events, places, unit, most=most, **_made_of(what))


def _panels(what: Shown, unit: str) -> list[snapshot.Part]:
    return [] if unit == WHOLE else _parts(what, unit, most=snapshot.MAX_PANELS)


@st.cache_data(max_entries=12, show_spinner=False)
def figure(what: Shown, settings: SnapshotSettings, form: str, panels: str = WHOLE) -> bytes:
    """Return the snapshot in the format `form`.

    Raises
    ------
    InputError
        When the view cannot be divided into panels.
    """
    parts = _panels(what, WHOLE if form == "html" else panels)
    return snapshot.snapshot_bytes(view(what), settings, form, panels=parts)


def long_file(
    what: Shown, settings: SnapshotSettings, kind: str, panels: str, progress: Progress
) -> bytes:
    """Return a bundle, an atlas, or the series of a unit (its word), telling how far it is.

    Raises
    ------
    InputError
        When the view cannot be divided.
    """
    if kind == BUNDLE:
        return snapshot.bundle_bytes(
            view(what), settings, panels=_panels(what, panels), progress=progress
        )
    parts = _parts(what, "month" if kind == ATLAS else kind, most=MAX_PICTURES)
    make = snapshot.atlas_bytes if kind == ATLAS else snapshot.series_bytes
    return make(view(what), parts, settings, progress=progress)


@st.cache_data(max_entries=12, show_spinner=False)
def words_of(
    what: Shown, settings: SnapshotSettings, panels: str = WHOLE
) -> tuple[str, str, tuple[str, ...]]:
    """Return the caption, the alternative text, and what is left out, in sentences.

    Raises
    ------
    InputError
        When the view cannot be divided into panels.
    """
    drawn = view(what)
    parts = [(part.name, part.view) for part in _panels(what, panels)]
    kind = "panels" if parts else "figure"
    told = snapshot.manifest_of(drawn, settings, kind=kind, parts=parts)
    return (
        snapshot.caption(drawn, settings, str(told["snapshot_id"])),
        snapshot.alt_text(drawn, settings),
        tuple(snapshot.limits_of(drawn)),
    )


@st.cache_data(max_entries=6, show_spinner=False)
def events_file(what: Shown, form: str) -> bytes:
    """Return the events that are shown and licences let out, in the format `form`."""
    return snapshot.data_bytes(view(what), form)


def link() -> str:
    """Return the address of the current view of the Map page, "" where nobody knows it."""
    url = st.context.url
    if not isinstance(url, str) or not url:
        return ""
    parts = urlsplit(url)
    chosen = replace(view_url.current_view(), event_id=None, place_id=None)
    asked = urlencode(view_state.write_view(chosen), doseq=True)
    path = parts.path.rstrip("/").removesuffix("/report")
    return f"{parts.scheme}://{parts.netloc}{path}/" + (f"?{asked}" if asked else "")


def file_name(title: str, ending: str) -> str:
    """Return a file name made of the letters and digits of a title."""
    words = re.findall(r"\w+", title)[:8]
    return f"{'_'.join(words)[:80] or 'geomap'}.{ending}"
