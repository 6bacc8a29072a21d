"""What the Report page is made of: settings, the preview, downloads, the caption."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from geomap.dashboard.report import snapshot_cache
from geomap.dashboard.shared import cache, components, map_extent, view_url
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.view_state import Camera
from geomap.errors import InputError
from geomap.geo.extent import bounds_of
from geomap.query import EventQuery
from geomap.sharing import DROPPABLE, Redaction
from geomap.snapshot import SIZES_INCHES, THEMES, SnapshotSettings

PREVIEW_DPI = 110
MAX_TITLE = 200
_SIZE_WORDS = {"a4": "A4", "a5": "A5", "slide": "Slide 16:9", "square": "Square"}
_FRAME_WORDS = {"map": "As on the map", "all": "All events"}
_THEME_WORDS = {"light": "Light", "dark": "Dark"}
_SHOW_WORDS = {
    "places": "Roads, zones and sites",
    "histogram": "Events by day",
    "graticule": "Graticule",
}
_SHOWN_FIRST = ("places", "histogram")
_PANEL_WORDS = {
    snapshot_cache.WHOLE: "One map",
    "week": "A panel for each week",
    "month": "A panel for each month",
    "year": "A panel for each year",
    "type": "A panel for each type",
}
_LONG_WORDS = {
    snapshot_cache.BUNDLE: "Report bundle (ZIP)",
    snapshot_cache.ATLAS: "Atlas, a page and a table a month (PDF)",
    "week": "Series of pictures, one a week (ZIP)",
    "month": "Series of pictures, one a month (ZIP)",
}
_GRIDS: dict[float | None, str] = {
    None: "As exact as they are",
    0.05: "Cells of 0.05° (6 km)",
    0.1: "Cells of 0.1° (11 km)",
    0.25: "Cells of 0.25° (28 km)",
    0.5: "Cells of 0.5° (56 km)",
    1.0: "Cells of 1° (111 km)",
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


@dataclass(frozen=True, slots=True)
class Choice:
    """All that a person chose on the page."""

    what: snapshot_cache.Shown
    settings: SnapshotSettings
    panels: str


def report_page(data: Data, query: EventQuery, camera: Camera | None) -> None:
    """Draw the page for the dates, the filters and the camera of the Map page."""
    choices, preview = st.columns([0.3, 0.7], gap="large")
    with choices:
        st.title("Report")
        chosen = _choice(data, query, camera)
        _downloads(chosen)
    with preview:
        components.panel(_what_it_shows(data, query), key="report_query")
        try:
            _preview(chosen)
        except InputError as error:  # the view cannot be divided as it was asked
            components.notice(str(error), key="report_problem", tone="problem")


def _preview(chosen: Choice) -> None:
    small = replace(chosen.settings, dpi=PREVIEW_DPI)
    with st.spinner("Drawing the figure", show_time=False):
        image = snapshot_cache.figure(chosen.what, small, "png", chosen.panels)
    told, alt, limits = snapshot_cache.words_of(chosen.what, chosen.settings, chosen.panels)
    components.picture(image, alt, key="report_preview")
    st.caption(f"Preview; files are drawn at {chosen.settings.dpi} dpi.")
    for number, sentence in enumerate(limits):
        components.notice(sentence, key=f"report_limit_{number}")
    st.subheader("Caption")
    st.code(told, language=None, wrap_lines=True)
    st.subheader("Alternative text")
    st.code(alt, language=None, wrap_lines=True)


def _what_it_shows(data: Data, query: EventQuery) -> list[components.Block]:
    counts = cache.counts(data, query)
    words = f"{query.in_words().capitalize()}. {counts.sentence()}."
    hint = "These are the dates and filters of the Map page; change them there."
    if counts.shown + counts.possible == 0:
        hint = "Nothing is shown: widen the dates or clear the filters on the Map page."
    return [{"kind": "text", "text": words}, {"kind": "quiet", "text": hint}]


def _choice(data: Data, query: EventQuery, camera: Camera | None) -> Choice:
    st.session_state.setdefault("report_title", "Events by type and date")
    st.session_state.setdefault("report_frame", "map")
    st.session_state.setdefault("report_theme", "light")
    st.session_state.setdefault("report_show", list(_SHOWN_FIRST))
    title = st.text_input("Title", key="report_title", max_chars=MAX_TITLE)
    size = st.selectbox("Size", list(SIZES_INCHES), key="report_size", format_func=_size_words)
    frame = st.segmented_control(
        "Frame", list(_FRAME_WORDS), key="report_frame", format_func=_FRAME_WORDS.__getitem__
    )
    portrait = st.toggle("Portrait", key="report_portrait")
    theme = st.segmented_control(
        "Colours", list(THEMES), key="report_theme", format_func=_THEME_WORDS.__getitem__
    )
    shown = st.pills(
        "Show",
        list(_SHOW_WORDS),
        key="report_show",
        selection_mode="multi",
        format_func=_SHOW_WORDS.__getitem__,
    )
    panels = st.selectbox(
        "Maps", list(_PANEL_WORDS), key="report_panels", format_func=_PANEL_WORDS.__getitem__
    )
    redaction = _redaction(data)
    looks = view_url.current_view()  # lines and names as the Map page has them
    settings = SnapshotSettings(
        title=title.strip() or "Events",
        as_of=snapshot_cache.read_at(data),
        size=size,
        portrait=portrait,
        version=int(data.version) if data.version.isdigit() else None,
        show_places="places" in shown,
        show_histogram="histogram" in shown,
        graticule="graticule" in shown,
        theme=theme or "light",
        frame=_frame(data, camera) if frame == "map" else None,
        boundaries=looks.boundaries,
        names=looks.names,
        link=snapshot_cache.link(),
    )
    view = snapshot_cache.shown(data, query, redaction)
    return Choice(view, settings, panels or snapshot_cache.WHOLE)


def _redaction(data: Data) -> Redaction:
    with st.expander("Redaction", key="report_redaction"):
        grid = st.selectbox(
            "How exact places are", list(_GRIDS), key="report_grid", format_func=_GRIDS.__getitem__
        )
        columns = st.multiselect("Columns to leave out", list(DROPPABLE), key="report_drop")
        sources = st.multiselect(
            "Sources to hide", list(cache.words(data, "source")), key="report_hide"
        )
        st.caption("Every file says that it was done. A hidden source is counted, not named.")
    return Redaction(grid, tuple(columns), tuple(sources))


def _frame(data: Data, camera: Camera | None) -> map_extent.Bounds | None:
    if camera is not None:
        return map_extent.bounds_around(camera)
    events = cache.events(data)
    return bounds_of(events) if len(events) else None


def _size_words(size: str) -> str:
    return _SIZE_WORDS.get(size, size)


def _downloads(chosen: Choice) -> None:
    st.subheader("Download")
    title = chosen.settings.title

    def figure(form: str) -> bytes:
        return snapshot_cache.figure(chosen.what, chosen.settings, form, chosen.panels)

    _download("Figure (PNG)", title, "png", partial(figure, "png"), main=True)
    _download("Map in one file (HTML)", title, "html", partial(figure, "html"))
    with st.container(horizontal=True, key="report_more"):
        _download("SVG", title, "svg", partial(figure, "svg"))
        _download("PDF", title, "pdf", partial(figure, "pdf"))
        for form, label in _DATA_WORDS.items():
            _download(label, title, form, partial(snapshot_cache.events_file, chosen.what, form))
    st.caption(
        "The data are the events that are shown, the possible ones with them, as far as the "
        "licences of their sources let rows be passed on."
    )
    _long_files(chosen)


def _long_files(chosen: Choice) -> None:
    """Offer what takes longer in two steps: prepare, with progress, then download."""
    kind = st.selectbox(
        "Larger files", list(_LONG_WORDS), key="report_long", format_func=_LONG_WORDS.__getitem__
    )
    if st.button("Prepare", key="report_prepare", width="stretch"):
        _prepare(chosen, kind)
    made = st.session_state.get("report_made")
    if made is not None and made[0] == (chosen, kind):
        form = "pdf" if kind == snapshot_cache.ATLAS else "zip"
        content: bytes = made[1]
        title = chosen.settings.title
        _download("Download it", title, form, lambda: content, key="long", main=True)


def _prepare(chosen: Choice, kind: str) -> None:
    bar = components.ProgressBar("Beginning")
    try:
        content = snapshot_cache.long_file(
            chosen.what, chosen.settings, kind, chosen.panels, bar.show
        )
    except InputError as error:
        components.notice(str(error), key="report_long_problem", tone="problem")
    else:
        st.session_state["report_made"] = ((chosen, kind), content)
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
