"""The Report page: choices, the preview with its texts, downloads."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from geomap.dashboard.report import report_choices, snapshot_cache
from geomap.dashboard.report.report_choices import Choice
from geomap.dashboard.shared import blocks, cache, components, keys, view_url
from geomap.dashboard.shared.cache import Data
from geomap.errors import InputError
from geomap.query import EventQuery

PREVIEW_DPI = 110
_LONG_WORDS = {
    snapshot_cache.BUNDLE: "Report bundle (ZIP)",
    snapshot_cache.ATLAS: "Atlas, a page and a table a month (PDF)",
    "week": "Series of pictures, one a week (ZIP)",
    "month": "Series of pictures, one a month (ZIP)",
}
_DATA_WORDS = {
    "csv": "CSV",
    "geojson": "GeoJSON",
    "gpkg": "GeoPackage",
    "parquet": "GeoParquet",
    "kml": "KML",
}
_MIME = {
    "png": "image/png",
    "html": "text/html",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "parquet": "application/vnd.apache.parquet",
    "kml": "application/vnd.google-earth.kml+xml",
    "zip": "application/zip",
}


def report_page(data: Data) -> None:
    """Draw the page for the dates, the filters and the camera of the Map page."""
    query = view_url.query_of(view_url.current_view())
    choices, preview = st.columns([0.3, 0.7], gap="large")
    with choices:
        st.title("Report")
        chosen = report_choices.choose(data, query)
        _downloads(chosen)
    with preview:
        _what_it_shows(data, query)
        try:
            _preview(chosen)
        except InputError as error:  # the view cannot be divided into these panels
            components.notice(str(error), key="report_problem", tone="problem")


def _what_it_shows(data: Data, query: EventQuery) -> None:
    counts = cache.counts(data, query)
    words = f"{query.in_words().capitalize()}. {counts.sentence()}."
    hint = "These are the dates and filters of the Map page; change them there."
    if counts.shown + counts.possible == 0:
        hint = "Nothing is shown: widen the dates or clear the filters on the Map page."
    components.panel([blocks.paragraph(words), blocks.quiet(hint)], key="report_query")


def _preview(chosen: Choice) -> None:
    small = replace(chosen.settings, dpi=PREVIEW_DPI)
    with st.spinner("Drawing the figure", show_time=False):
        image = snapshot_cache.figure(chosen.request, small, "png", chosen.panels)
    caption, alt, limits = snapshot_cache.words_of(chosen.request, chosen.settings, chosen.panels)
    # Streamlit's own image has no alternative text.
    address = f"data:image/png;base64,{base64.b64encode(image).decode('ascii')}"
    components.panel([{"kind": "image", "src": address, "alt": alt}], key="report_preview")
    st.caption(f"Preview; files are drawn at {chosen.settings.dpi} dpi.")
    for number, sentence in enumerate(limits):
        components.notice(sentence, key=f"report_limit_{number}")
    st.subheader("Caption")
    st.code(caption, language=None, wrap_lines=True)
    st.subheader("Alternative text")
    st.code(alt, language=None, wrap_lines=True)


def _downloads(chosen: Choice) -> None:
    st.subheader("Download")
    title = chosen.settings.title

    def figure(form: str) -> bytes:
        return snapshot_cache.figure(chosen.request, chosen.settings, form, chosen.panels)

    _download("Figure (PNG)", title, "png", partial(figure, "png"), main=True)
    _download("Map in one file (HTML)", title, "html", partial(figure, "html"))
    with st.container(horizontal=True, key="report_more"):
        _download("SVG", title, "svg", partial(figure, "svg"))
        _download("PDF", title, "pdf", partial(figure, "pdf"))
        for form, label in _DATA_WORDS.items():
            make = partial(snapshot_cache.events_file, chosen.request, form)
            _download(label, title, form, make)
    st.caption(
        "The data are the events that are shown, the possible ones with them, as far as the "
        "licences of their sources let rows be passed on."
    )
    _long_files(chosen)


def _long_files(chosen: Choice) -> None:
    """Offer the files that take longer in two steps: prepare, with progress, then download."""
    kind = st.selectbox(
        "Larger files", list(_LONG_WORDS), key=keys.REPORT_LONG, format_func=_LONG_WORDS.__getitem__
    )
    if st.button("Prepare", key="report_prepare", width="stretch"):
        _prepare(chosen, kind)
    prepared = st.session_state.get(keys.REPORT_FILE)
    if prepared is not None and prepared[0] == (chosen, kind):
        form = "pdf" if kind == snapshot_cache.ATLAS else "zip"
        content: bytes = prepared[1]
        title = chosen.settings.title
        _download("Download it", title, form, lambda: content, key="long", main=True)


def _prepare(chosen: Choice, kind: str) -> None:
    bar = components.ProgressBar("Beginning")
    try:
        content = snapshot_cache.long_file(
            chosen.request, chosen.settings, kind, chosen.panels, bar.show
        )
    except InputError as error:
        components.notice(str(error), key="report_long_problem", tone="problem")
    else:
        st.session_state[keys.REPORT_FILE] = ((chosen, kind), content)
    bar.close()


def _download(
    label: str,
    title: str,
    form: str,
    make: Callable[[], bytes],
    *,
    main: bool = False,
    key: str = "",
) -> None:
    st.download_button(
        label,
        data=make,
        file_name=snapshot_cache.file_name(title, form),
        mime=_MIME[form],
        key=f"report_download_{key or form}",
        type="primary" if main else "secondary",
        width="stretch" if main or form == "html" else "content",
        on_click="ignore",
    )
