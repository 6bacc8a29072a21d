"""The Add data page: drop files, look, answer, confirm, read the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geomap.dashboard.add_data import import_words, mapping_form, row_tables
from geomap.dashboard.add_data.import_history import imported_files
from geomap.dashboard.add_data.import_job import Job, Upload, refusal
from geomap.dashboard.shared import blocks, components, keys, session
from geomap.dashboard.shared.blocks import Block
from geomap.dashboard.shared.cache import Data
from geomap.errors import GeomapError
from geomap.ingest import IngestOptions, IngestResult, Preview
from geomap.ingest.events.result_shape import result_shape
from geomap.limits import TableLimits

_POLL = 0.2  # seconds
ARTICLE = "article"


def upload_page(data: Data) -> None:
    """Draw the page."""
    st.title("Add data")
    here = st.get_option("server.maxUploadSize")
    most = TableLimits.from_environment().bytes / 1e6
    limits = (
        "Event tables (CSV, TSV, XLSX, GeoJSON, KML, Parquet, GeoPackage, also zipped) and "
        "articles (text, web pages, PDF, DOCX, mail, feeds, chats, JSON). "
        f"A file may have up to {here} MB here, up to {most:,.0f} MB with geomap ingest. "
        "Nothing is taken in before you confirm."
    )
    st.caption(limits)
    if (job := st.session_state.get(keys.IMPORT_JOB)) is not None:
        _watch(job)
        return
    # A new key empties the box once its files are taken in.
    number = st.session_state.setdefault(keys.UPLOAD_ROUND, 0)
    files = st.file_uploader("Files", accept_multiple_files=True, key=f"add_files_{number}")
    if not files:
        _results(data)
        return
    st.session_state.pop(keys.IMPORT_REPORTS, None)
    st.session_state.pop(keys.IMPORT_STOPPED, None)
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
                whole, report, preview = _dry_run(data, key, options, _file=file)
        except GeomapError as error:
            components.panel(_refused(file.name, str(error)), key=f"add_refused_{key}")
            return False
        if report["counts"] is None and report["question"] is None:
            components.panel(_refused(file.name, refusal(report) or ""), key=f"add_refused_{key}")
            if _holds_counts(report):
                mapping_form.kind_choice(key, options, mapping_form.COUNTED)
            return False
        components.panel(_plan(file.name, report), key=f"add_about_{key}")
        if _holds_counts(report) or options.read_as == "aggregates":
            mapping_form.kind_choice(key, options, mapping_form.COUNTED)
        elif (report["question"] or {}).get("about") == "kind" or options.read_as is not None:
            mapping_form.kind_choice(key, options, mapping_form.KINDS)
        if preview is not None:
            _columns(key, preview, report, options)
        row_tables.report_tables(whole, report, key=f"add_{key}")
        return report["counts"] is not None


@st.cache_resource(max_entries=16, show_spinner=False)
def _dry_run(
    data: Data,
    file_id: str,  # noqa: ARG001 - the key of the cache stands for the content
    options: IngestOptions,
    *,
    _file: UploadedFile,
) -> tuple[IngestResult, dict[str, Any], Preview | None]:
    """Return the report of a file, the same as JSON values, and for a table its first rows."""
    workspace, content = data.workspace, _file.getvalue()
    whole = workspace.ingest(content, name=_file.name, options=options, dry_run=True)
    shape = result_shape(whole)
    if shape["layout"] in (ARTICLE, None):
        return whole, shape, None
    return whole, shape, workspace.preview(content, name=_file.name, options=options)


def _holds_counts(report: dict[str, Any]) -> bool:
    """Return whether a file is refused because its rows are counts, which can be taken as such."""
    return any("--aggregates" in warning["message"] for warning in report["warnings"])


def _refused(name: str, reason: str) -> list[Block]:
    return [blocks.title(name), blocks.notice(reason, "problem")]


def _plan(name: str, report: dict[str, Any]) -> list[Block]:
    """Return what a file would change, or the question that must be answered first."""
    about = f"{report['layout'] or 'Unknown'}: {report['layout_reason']}"
    warnings = [blocks.quiet(warning["message"]) for warning in report["warnings"]]
    if report["question"] is not None:
        question = import_words.question_in_words(report["question"])
        content = [blocks.notice(question)]
    else:
        words = _change_words(report, "What will change:", "Nothing new in it:")
        content = [blocks.paragraph(words), *row_tables.release_blocks(report["release"])]
    return [blocks.title(name), blocks.quiet(about), *content, *warnings]


def _result(report: dict[str, Any]) -> list[Block]:
    """Return what a file has changed, or why it was refused."""
    if (reason := refusal(report)) is not None:
        return _refused(report["path"], reason)
    notice = blocks.notice(_change_words(report, "Taken in.", "Nothing new in it."), "good")
    return [blocks.title(report["path"]), notice, *row_tables.release_blocks(report["release"])]


def _change_words(report: dict[str, Any], change: str, no_change: str) -> str:
    counts = report["counts"]
    gone = (report["release"] or {}).get("gone")
    start = change if counts.get("accepted") or counts.get("updated") or gone else no_change
    of_kept = import_words.of_kept_in_words(report["of_kept"])
    return f"{start} {import_words.counts_in_words(counts)} {of_kept}".strip()


def _columns(key: str, preview: Preview, report: dict[str, Any], options: IngestOptions) -> None:
    question = report["question"]
    with st.expander("Columns and first rows", key=f"add_columns_{key}"):
        st.dataframe(
            import_words.preview_with_fields(preview.head, preview.mapping),
            key=f"add_preview_{key}",
            height=220,
        )
        st.dataframe(
            import_words.reasons_table(report["columns"]),
            key=f"add_reasons_{key}",
            hide_index=True,
            height="auto",
        )
    with st.expander(
        "Read it another way", key=f"add_form_box_{key}", expanded=question is not None
    ):
        mapping_form.form(key, preview, options, question)


def _start(files: Sequence[UploadedFile]) -> None:
    uploads = [
        Upload(file.name, file.getvalue(), mapping_form.options_of(file.file_id)) for file in files
    ]
    st.session_state[keys.IMPORT_JOB] = Job(session.workspace(), uploads).start()


def _watch(job: Job) -> None:
    """Show how far a job is until it ends; a press of Cancel interrupts this, not the job."""
    with st.container(border=True, key="add_running"):
        bar = components.ProgressBar("Taking in the files")
        st.button("Cancel", key="add_cancel", on_click=job.stop, disabled=job.stopped.is_set())
        if job.stopped.is_set():
            st.caption("Stopping: the step that is under way ends, nothing more is written.")
        while job.is_running(wait=_POLL):
            bar.show(job.words, job.share)
    state = st.session_state
    state.pop(keys.IMPORT_JOB, None)
    state[keys.IMPORT_REPORTS] = [
        (report, {**result_shape(report), "error": error}) for report, error in job.reports
    ]
    state[keys.IMPORT_STOPPED] = (job.left_out(), job.stopped.is_set())
    state[keys.UPLOAD_ROUND] = state.get(keys.UPLOAD_ROUND, 0) + 1
    st.rerun()


def _results(data: Data) -> None:
    left, was_stopped = st.session_state.get(keys.IMPORT_STOPPED, ((), False))
    if left:
        words = "Cancelled." if was_stopped else "The import failed; the server's log says how."
        names = f"{words} Nothing was taken in of: {', '.join(left)}."
        components.notice(names, key="add_stopped", tone="plain" if was_stopped else "problem")
    reports = st.session_state.get(keys.IMPORT_REPORTS, ())
    for number, (whole, report) in enumerate(reports):
        key = f"add_done_{number}"
        with st.container(border=True, key=key):
            components.panel(_result(report), key=f"add_done_about_{number}")
            row_tables.report_tables(whole, report, key=key)
    if reports:
        st.button("Open the map", key="add_open_map", type="primary", on_click=_go_to_map)
    imported_files(data)


def _go_to_map() -> None:
    st.session_state.pop(keys.IMPORT_REPORTS, None)
    st.session_state[keys.GO_TO] = "map"
