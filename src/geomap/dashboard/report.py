"""What the Report page is made of: settings, the preview, downloads, the caption."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from geomap.dashboard import cache, components, figures, framing
from geomap.dashboard.cache import Data
from geomap.dashboard.state import Camera
from geomap.query import EventQuery
from geomap.snapshot import SIZES_INCHES, SnapshotSettings

PREVIEW_DPI = 110
_SIZE_WORDS = {"a4": "A4", "a5": "A5", "slide": "Slide 16:9", "square": "Square"}
_FRAME_WORDS = {"map": "As on the map", "all": "All events"}
_SHOW_WORDS = {"places": "Roads, zones and sites", "histogram": "Events by day"}
_MIME = {
    "png": "image/png",
    "html": "text/html",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "geojson": "application/geo+json",
}


def report_page(data: Data, query: EventQuery, camera: Camera | None) -> None:
    """Draw the page for the dates, the filters and the camera of the Map page."""
    choices, preview = st.columns([0.3, 0.7], gap="large")
    with choices:
        st.title("Report")
        settings = _settings(data, camera)
        _downloads(data, query, settings)
    with preview:
        components.panel(_what_it_shows(data, query), key="report_query")
        with st.spinner("Drawing the figure", show_time=False):
            image = figures.figure(data, query, replace(settings, dpi=PREVIEW_DPI), "png")
        st.image(image, width="stretch")
        st.subheader("Caption")
        st.code(figures.caption_of(data, query, settings), language=None, wrap_lines=True)


def _what_it_shows(data: Data, query: EventQuery) -> list[components.Block]:
    counts = cache.counts(data, query)
    words = f"{query.in_words().capitalize()}. {counts.sentence()}."
    hint = "These are the dates and filters of the Map page; change them there."
    if counts.shown + counts.possible == 0:
        hint = "Nothing is shown: widen the dates or clear the filters on the Map page."
    return [{"kind": "text", "text": words}, {"kind": "quiet", "text": hint}]


def _settings(data: Data, camera: Camera | None) -> SnapshotSettings:
    st.session_state.setdefault("report_title", "Events by type and date")
    st.session_state.setdefault("report_frame", "map")
    st.session_state.setdefault("report_show", list(_SHOW_WORDS))
    title = st.text_input("Title", key="report_title")
    size = st.selectbox("Size", list(SIZES_INCHES), key="report_size", format_func=_size_words)
    frame = st.segmented_control(
        "Frame", list(_FRAME_WORDS), key="report_frame", format_func=_FRAME_WORDS.__getitem__
    )
    portrait = st.toggle("Portrait", key="report_portrait")
    shown = st.pills(
        "Show",
        list(_SHOW_WORDS),
        key="report_show",
        selection_mode="multi",
        format_func=_SHOW_WORDS.__getitem__,
    )
    return SnapshotSettings(
        title=title.strip() or "Events",
        as_of=figures.read_at(data),
        size=size,
        portrait=portrait,
        version=int(data.version) if data.version.isdigit() else None,
        show_places="places" in shown,
        show_histogram="histogram" in shown,
        frame=_frame(data, camera) if frame == "map" else None,
    )


def _frame(data: Data, camera: Camera | None) -> framing.Bounds | None:
    if camera is not None:
        return framing.bounds_around(camera)
    events = cache.events(data)
    return framing.bounds_of(events) if len(events) else None


def _size_words(size: str) -> str:
    return _SIZE_WORDS.get(size, size)


def _downloads(data: Data, query: EventQuery, settings: SnapshotSettings) -> None:
    st.subheader("Download")
    figure = partial(figures.figure, data, query, settings)
    _download("Figure (PNG)", settings.title, "png", partial(figure, "png"), main=True)
    _download("Map in one file (HTML)", settings.title, "html", partial(figure, "html"))
    with st.container(horizontal=True, key="report_more"):
        _download("SVG", settings.title, "svg", partial(figure, "svg"))
        _download("PDF", settings.title, "pdf", partial(figure, "pdf"))
        for form in ("csv", "geojson"):
            made = partial(figures.events_file, data, query, form)
            _download({"csv": "CSV", "geojson": "GeoJSON"}[form], settings.title, form, made)
    st.caption("CSV and GeoJSON hold the events that are shown, the possible ones with them.")


def _download(
    label: str, title: str, form: str, make: Callable[[], bytes], *, main: bool = False
) -> None:
    st.download_button(
        label,
        data=make,
        file_name=figures.file_name(title, form),
        mime=_MIME[form],
        key=f"report_download_{form}",
        type="primary" if main else "secondary",
        width="stretch" if main or form == "html" else "content",
        on_click="ignore",
    )
