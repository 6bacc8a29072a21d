"""What the Add data page is made of: drop files, look, answer, confirm, read the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geomap.dashboard import cache, components, mapping_form, reports, session
from geomap.dashboard.cache import Data
from geomap.dashboard.picking import GO_TO
from geomap.errors import GeomapError
from geomap.ingest import IngestOptions, Preview, preview_table
from geomap.sources.tables import read_table

_ROUND = "geomap_upload_round"
_DONE = "geomap_upload_done"
ARTICLE = "article"


def upload_page(data: Data) -> None:
    """Draw the page."""
    st.title("Add data")
    st.caption(
        "Event tables (CSV, TSV, XLSX, GeoJSON, KML, Parquet, GeoPackage, also zipped) and "
        "articles (txt, md, html, json). Nothing is taken in before you confirm."
    )
    # A new key empties the box once its files are taken in.
    number = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader("Files", accept_multiple_files=True, key=f"add_files_{number}")
    if not files:
        _done(data)
        return
    st.session_state.pop(_DONE, None)
    ready = [file for file in files if _file_card(data, file)]
    waiting = len(files) - len(ready)
    if waiting:
        st.caption(f"{waiting} of {len(files)} files cannot be taken in as they stand: see above.")
    words = "this file" if len(ready) == 1 else f"these {len(ready)} files"
    if st.button(f"Confirm: add {words}", key="add_confirm", type="primary", disabled=not ready):
        _take_in(ready)
        st.session_state[_ROUND] = number + 1
        st.rerun()


def _file_card(data: Data, file: UploadedFile) -> bool:
    """Draw what one file is and would change; return whether it can be taken in."""
    key = file.file_id
    with st.container(border=True, key=f"add_file_{key}"):
        options = mapping_form.options_of(key)
        try:
            with st.spinner("Reading the file"):
                report = _checked(data, key, options, _file=file)
                preview = _preview(data, key, options, _file=file) if _is_table(report) else None
        except GeomapError as error:
            _refused(file.name, str(error), key)
            return False
        if report["counts"] is None and report["question"] is None:
            _refused(file.name, _reasons(report), key)
            return False
        components.panel(_file_blocks(file.name, report), key=f"add_about_{key}")
        if preview is not None:
            _columns(key, preview, report, options)
        issues_box(report["issues"], key=f"add_{key}", name=file.name)
        return report["counts"] is not None


def _refused(name: str, reason: str, key: str) -> None:
    components.panel(
        [{"kind": "title", "text": name}, {"kind": "notice", "text": reason, "tone": "problem"}],
        key=f"add_refused_{key}",
    )


def _is_table(report: dict[str, Any]) -> bool:
    return report["layout"] not in (ARTICLE, None)


@st.cache_data(max_entries=32, show_spinner=False)
def _checked(
    data: Data,
    file_id: str,  # noqa: ARG001 - the key of the cache stands for the content
    options: IngestOptions,
    *,
    _file: UploadedFile,
) -> dict[str, Any]:
    workspace = session.workspace_at(data.folder)
    report = workspace.ingest(_file.getvalue(), name=_file.name, options=options, dry_run=True)
    shape: dict[str, Any] = report.as_dict()
    return shape


@st.cache_data(max_entries=32, show_spinner=False)
def _preview(
    data: Data,
    file_id: str,  # noqa: ARG001 - the key of the cache stands for the content
    options: IngestOptions,
    *,
    _file: UploadedFile,
) -> Preview:
    layouts = session.workspace_at(data.folder).layouts()
    raw = read_table(_file.getvalue(), name=_file.name, sheet=options.sheet, layouts=layouts)
    return preview_table(raw, options, layouts=layouts)


def _file_blocks(name: str, report: dict[str, Any]) -> list[components.Block]:
    blocks: list[components.Block] = [
        {"kind": "title", "text": name},
        {"kind": "quiet", "text": f"{report['layout'] or 'Unknown'}: {report['layout_reason']}"},
    ]
    if report["question"] is not None:
        blocks.append({"kind": "notice", "text": reports.question_in_words(report["question"])})
    else:
        words = f"What will change: {reports.counts_in_words(report['counts'])}"
        if not reports.is_news(report["counts"]):
            words = f"Nothing new in it: {reports.counts_in_words(report['counts'])}"
        kept = reports.of_kept_in_words(report["of_kept"])
        blocks.append({"kind": "text", "text": f"{words} {kept}".strip()})
    blocks += [{"kind": "quiet", "text": warning["message"]} for warning in report["warnings"]]
    return blocks


def _reasons(report: dict[str, Any]) -> str:
    return " ".join(w["message"] for w in report["warnings"]) or "The file cannot be used."


def _columns(key: str, preview: Preview, report: dict[str, Any], options: IngestOptions) -> None:
    question = report["question"]
    with st.expander("Columns and first rows", key=f"add_columns_{key}"):
        st.dataframe(
            reports.preview_with_fields(preview.head, preview.mapping),
            key=f"add_preview_{key}",
            height=220,
        )
    with st.expander(
        "Read it another way", key=f"add_form_box_{key}", expanded=question is not None
    ):
        mapping_form.form(key, preview, options, question)


def issues_box(issues: Sequence[dict[str, Any]], *, key: str, name: str) -> None:
    """Draw the rows that deserve a look, with a filter by reason and two downloads."""
    if not issues:
        return
    codes = reports.issue_codes(issues)
    with st.expander(f"Rows to look at ({len(issues):,})", key=f"{key}_issues"):
        chosen = st.multiselect(
            "Reason",
            list(codes),
            key=f"{key}_codes",
            placeholder="All reasons",
            format_func=lambda code: f"{code.replace('_', ' ')} ({codes[code]:,})",
        )
        table = reports.issues_table(issues, codes=chosen)
        st.dataframe(table, key=f"{key}_table", hide_index=True, height=260)
        with st.container(horizontal=True, key=f"{key}_files"):
            stem = reports.safe_stem(name)
            for form, make in (("csv", reports.issues_csv), ("json", reports.issues_json)):
                st.download_button(
                    f"All rows as {form.upper()}",
                    data=make(issues),
                    file_name=f"{stem}_rows.{form}",
                    key=f"{key}_{form}",
                    on_click="ignore",
                )


def _take_in(files: Sequence[UploadedFile]) -> None:
    done = []
    with st.status("Taking in the files", expanded=True) as status:
        bar = st.progress(0.0)
        for number, file in enumerate(files):

            def show(words: str, share: float, *, before: int = number) -> None:
                done_share = min(1.0, (before + max(0.0, share)) / len(files))
                bar.progress(done_share, text=components.plain_words(words))

            try:
                report = (
                    session.workspace()
                    .ingest(
                        file.getvalue(),
                        name=file.name,
                        options=mapping_form.options_of(file.file_id),
                        progress=show,
                    )
                    .as_dict()
                )
            except GeomapError as error:
                report = {"path": file.name, "error": str(error), "issues": []}
            done.append({**report, "path": file.name})
        bar.progress(1.0)
        status.update(label="Taken in", state="complete")
    st.session_state[_DONE] = done


def _done(data: Data) -> None:
    for number, report in enumerate(st.session_state.get(_DONE, ())):
        with st.container(border=True, key=f"add_done_{number}"):
            components.panel(_done_blocks(report), key=f"add_done_about_{number}")
            issues_box(report["issues"], key=f"add_done_{number}", name=report["path"])
    if _DONE in st.session_state:
        st.button("Open the map", key="add_open_map", type="primary", on_click=_go_to_map)
    batches = cache.batch_list(data)
    if batches.empty:
        st.info("No file has been taken in yet. Drop one above to see what it holds.")
    else:
        st.subheader("Files in this workspace")
        st.dataframe(batches, key="add_batches", hide_index=True)


def _done_blocks(report: dict[str, Any]) -> list[components.Block]:
    title: components.Block = {"kind": "title", "text": report["path"]}
    if report.get("error") or report["counts"] is None:
        reason = report.get("error") or _reasons(report)
        return [title, {"kind": "notice", "text": reason, "tone": "problem"}]
    start = "Taken in." if reports.is_news(report["counts"]) else "Nothing new in it."
    words = f"{start} {reports.counts_in_words(report['counts'])}"
    kept = reports.of_kept_in_words(report["of_kept"])
    return [title, {"kind": "notice", "text": f"{words} {kept}".strip(), "tone": "good"}]


def _go_to_map() -> None:
    st.session_state.pop(_DONE, None)
    st.session_state[GO_TO] = "map"
