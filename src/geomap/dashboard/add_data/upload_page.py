"""What the Add data page is made of: drop files, look, answer, confirm, read the report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geomap.dashboard.add_data import import_words, mapping_form, row_tables
from geomap.dashboard.add_data.import_history import imported_files
from geomap.dashboard.add_data.import_job import Job, Upload, failed
from geomap.dashboard.shared import components, session
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.callbacks import GO_TO
from geomap.errors import GeomapError
from geomap.ingest import IngestOptions, Preview
from geomap.limits import TableLimits
from geomap.workspace import FileReport

_ROUND = "geomap_upload_round"
_DONE = "geomap_upload_done"
_JOB = "geomap_upload_job"
_STOPPED = "geomap_upload_stopped"
_LOOK_EVERY = 0.2
ARTICLE = "article"


def upload_page(data: Data) -> None:
    """Draw the page."""
    st.title("Add data")
    st.caption(
        "Event tables (CSV, TSV, XLSX, GeoJSON, KML, Parquet, GeoPackage, also zipped) and "
        "articles (txt, md, html, json). "
        f"A file may have up to {st.get_option('server.maxUploadSize')} MB here, up to "
        f"{TableLimits.from_environment().bytes / 1e6:,.0f} MB with geomap ingest. "
        "Nothing is taken in before you confirm."
    )
    if (job := st.session_state.get(_JOB)) is not None:
        _watch(job)
        return
    # A new key empties the box once its files are taken in.
    number = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader("Files", accept_multiple_files=True, key=f"add_files_{number}")
    if not files:
        _done(data)
        return
    st.session_state.pop(_DONE, None)
    st.session_state.pop(_STOPPED, None)
    ready = [file for file in files if _file_card(data, file)]
    waiting = len(files) - len(ready)
    if waiting:
        st.caption(f"{waiting} of {len(files)} files cannot be taken in as they stand: see above.")
    words = "this file" if len(ready) == 1 else f"these {len(ready)} files"
    if st.button(f"Confirm: add {words}", key="add_confirm", type="primary", disabled=not ready):
        _start(ready)
        st.rerun()


def _file_card(data: Data, file: UploadedFile) -> bool:
    """Draw what one file is and would change; return whether it can be taken in."""
    key = file.file_id
    with st.container(border=True, key=f"add_file_{key}"):
        options = mapping_form.options_of(key)
        try:
            with st.spinner("Reading the file"):
                whole, report = _checked(data, key, options, _file=file)
                preview = _preview(data, key, options, _file=file) if _is_table(report) else None
        except GeomapError as error:
            _refused(file.name, str(error), key)
            return False
        if report["counts"] is None and report["question"] is None:
            _refused(file.name, failed(report) or "", key)
            return False
        components.panel(_file_blocks(file.name, report), key=f"add_about_{key}")
        if (report["question"] or {}).get("about") == "kind" or options.read_as is not None:
            mapping_form.kind_choice(key, options)
        if preview is not None:
            _columns(key, preview, report, options)
        if whole.counts is not None:
            numbers = import_words.numbers_of(whole)
            row_tables.numbers_box(numbers, partial(import_words.rows_of, whole), key=f"add_{key}")
        row_tables.issues_box(report["issues"], key=f"add_{key}", name=file.name)
        return report["counts"] is not None


def _refused(name: str, reason: str, key: str) -> None:
    components.panel(
        [{"kind": "title", "text": name}, {"kind": "notice", "text": reason, "tone": "problem"}],
        key=f"add_refused_{key}",
    )


def _is_table(report: dict[str, Any]) -> bool:
    return report["layout"] not in (ARTICLE, None)


@st.cache_resource(max_entries=16, show_spinner=False)
def _checked(
    data: Data,
    file_id: str,  # noqa: ARG001 - the key of the cache stands for the content
    options: IngestOptions,
    *,
    _file: UploadedFile,
) -> tuple[FileReport, dict[str, Any]]:
    workspace = session.workspace_at(data.folder)
    report = workspace.ingest(_file.getvalue(), name=_file.name, options=options, dry_run=True)
    return report, report.as_dict()


@st.cache_data(max_entries=32, show_spinner=False)
def _preview(
    data: Data,
    file_id: str,  # noqa: ARG001 - the key of the cache stands for the content
    options: IngestOptions,
    *,
    _file: UploadedFile,
) -> Preview | None:
    workspace = session.workspace_at(data.folder)
    return workspace.preview(_file.getvalue(), name=_file.name, options=options)


def _file_blocks(name: str, report: dict[str, Any]) -> list[components.Block]:
    blocks: list[components.Block] = [
        {"kind": "title", "text": name},
        {"kind": "quiet", "text": f"{report['layout'] or 'Unknown'}: {report['layout_reason']}"},
    ]
    if report["question"] is not None:
        question = import_words.question_in_words(report["question"])
        blocks.append({"kind": "notice", "text": question})
    else:
        words = f"What will change: {import_words.counts_in_words(report['counts'])}"
        gone = (report["release"] or {}).get("gone")
        if not import_words.is_news(report["counts"]) and not gone:
            words = f"Nothing new in it: {import_words.counts_in_words(report['counts'])}"
        kept = import_words.of_kept_in_words(report["of_kept"])
        blocks.append({"kind": "text", "text": f"{words} {kept}".strip()})
        blocks += row_tables.release_blocks(report["release"])
    blocks += [{"kind": "quiet", "text": warning["message"]} for warning in report["warnings"]]
    return blocks


def _columns(key: str, preview: Preview, report: dict[str, Any], options: IngestOptions) -> None:
    question = report["question"]
    with st.expander("Columns and first rows", key=f"add_columns_{key}"):
        st.dataframe(
            import_words.preview_with_fields(preview.head, preview.mapping),
            key=f"add_preview_{key}",
            height=220,
        )
    with st.expander(
        "Read it another way", key=f"add_form_box_{key}", expanded=question is not None
    ):
        mapping_form.form(key, preview, options, question)


def _start(files: Sequence[UploadedFile]) -> None:
    uploads = [
        Upload(file.name, file.getvalue(), mapping_form.options_of(file.file_id)) for file in files
    ]
    st.session_state[_JOB] = Job(session.workspace(), uploads).start()


def _watch(job: Job) -> None:
    """Show how far a job is until it ends; a press of Cancel interrupts this, not the job."""
    with st.container(border=True, key="add_running"):
        bar = components.ProgressBar("Taking in the files")
        st.button("Cancel", key="add_cancel", on_click=job.stop, disabled=job.stopped.is_set())
        if job.stopped.is_set():
            st.caption("Stopping: the step that is under way ends, nothing more is written.")
        while job.is_running(wait=_LOOK_EVERY):
            bar.show(job.words, job.share)
    st.session_state.pop(_JOB, None)
    st.session_state[_DONE] = [
        (report, {**report.as_dict(), "error": error}) for report, error in job.reports
    ]
    st.session_state[_STOPPED] = (job.left_out(), job.stopped.is_set())
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def _done(data: Data) -> None:
    left, was_asked = st.session_state.get(_STOPPED, ((), False))
    if left:
        words = "Cancelled." if was_asked else "The import failed; the server's log says how."
        names = f"{words} Nothing was taken in of: {', '.join(left)}."
        components.notice(names, key="add_stopped", tone="plain" if was_asked else "problem")
    for number, (whole, report) in enumerate(st.session_state.get(_DONE, ())):
        key = f"add_done_{number}"
        with st.container(border=True, key=key):
            components.panel(_done_blocks(report), key=f"add_done_about_{number}")
            if whole.counts is not None:
                numbers = import_words.numbers_of(whole)
                row_tables.numbers_box(numbers, partial(import_words.rows_of, whole), key=key)
            row_tables.issues_box(report["issues"], key=key, name=report["path"])
    if st.session_state.get(_DONE):
        st.button("Open the map", key="add_open_map", type="primary", on_click=_go_to_map)
    imported_files(data)


def _done_blocks(report: dict[str, Any]) -> list[components.Block]:
    title: components.Block = {"kind": "title", "text": report["path"]}
    if (reason := failed(report)) is not None:
        return [title, {"kind": "notice", "text": reason, "tone": "problem"}]
    is_news = import_words.is_news(report["counts"]) or bool((report["release"] or {}).get("gone"))
    start = "Taken in." if is_news else "Nothing new in it."
    words = f"{start} {import_words.counts_in_words(report['counts'])}"
    kept = import_words.of_kept_in_words(report["of_kept"])
    notice: components.Block = {
        "kind": "notice", "text": f"{words} {kept}".strip(), "tone": "good",
    }  # fmt: skip
    return [title, notice, *row_tables.release_blocks(report["release"])]


def _go_to_map() -> None:
    st.session_state.pop(_DONE, None)
    st.session_state[GO_TO] = "map"
