"""A report bundle: one ZIP with the figure, the page, the data, the sources and the captions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from geomap.basemap.background import DISCLAIMER
from geomap.exports import export_bytes
from geomap.exports.zip_archive import COLUMNS, zip_bytes
from geomap.files.xml_text import xml_text
from geomap.snapshot.output.figure_file import snapshot_bytes
from geomap.snapshot.plan import captions
from geomap.snapshot.plan.parts import Part
from geomap.snapshot.plan.settings import FORMATS, SnapshotSettings
from geomap.snapshot.plan.view import View
from geomap.snapshot.proof.manifest import manifest_of
from geomap.snapshot.proof.seal import sealed_zip
from geomap.typing import Progress, silent

DATA_FORMATS = ("csv", "geojson", "gpkg", "parquet", "kml")
PICTURE_INCHES = 6.3


def bundle_bytes(
    view: View,
    settings: SnapshotSettings,
    *,
    panels: Sequence[Part] = (),
    progress: Progress = silent,
) -> bytes:
    """Return the ZIP; its data have the events that the view shows and licences allow to pass on.

    Parameters
    ----------
    view, settings
        What is shown, and how.
    panels
        The parts that the figure shows beside each other instead of one map (see `parts_of`).
    progress
        Called before each file.
    """
    manifest = manifest_of(view, settings, kind="bundle", parts=panels)
    files: dict[str, bytes] = {}
    for number, form in enumerate(FORMATS):
        progress(f"Drawing {form.upper()}", number / 10)
        name = "map.html" if form == "html" else f"figure.{form}"
        chosen = () if form == "html" else panels
        files[name] = snapshot_bytes(view, settings, form, panels=chosen)
    for number, form in enumerate(DATA_FORMATS, len(FORMATS)):
        progress(f"Writing {form.upper()}", number / 10)
        files[f"data/events.{form}"] = data_bytes(view, form)
    snapshot_id = str(manifest["snapshot_id"])
    files["sources.md"] = sources_markdown(view, settings).encode("utf-8")
    files["captions.md"] = captions_markdown(view, settings, snapshot_id).encode("utf-8")
    files["captions.docx"] = captions_docx(view, settings, snapshot_id, files["figure.png"])
    files["README.txt"] = _readme(view, settings, snapshot_id).encode("utf-8")
    progress("Packing", 1.0)
    return sealed_zip(files, manifest)


def data_bytes(view: View, form: str) -> bytes:
    """Return the events of a view that may be passed on, as a file.

    Parameters
    ----------
    view, form
        What is shown; one of `geomap.exports.FORMATS`.
    """
    rows = view.rows.sort_values(["event_date", "event_id"], kind="stable", ignore_index=True)
    limits = captions.limits_of(view)
    return export_bytes(
        rows, form, query=view.query, counts=view.counts, notes=limits, colours=view.colours
    )


def sources_markdown(view: View, settings: SnapshotSettings) -> str:
    """Return the sources of the shown events as a page of Markdown."""
    title, as_of = _plain(settings.title), captions.as_of_words(settings)
    lines = [f"# Sources of: {title}", "", f"{as_of}.", ""]
    lines += ["| Source | File | Accessed | Licence | Events |", "|---|---|---|---|---|"]
    for origin in view.origins:
        name = origin.term.name or "named in the rows"
        file_name = f"{origin.file_name} [{origin.version}]" if origin.file_name else "not stated"
        licence = origin.term.licence + (f", {origin.term.url}" if origin.term.url else "")
        if not origin.term.redistribute:
            licence += " (rows are not in these files)"
        cells = (name, file_name, origin.accessed or "not stated", licence, f"{origin.events:,}")
        lines.append("| " + " | ".join(map(_plain, cells)) + " |")
    lines += ["", "## Named in the rows", ""]
    counts = view.events["source"].fillna("not stated").value_counts()
    lines += [f"- {_plain(str(name))}: {number:,}" for name, number in counts.items()]
    lines += ["", "## Map", "", *(f"- {line}" for line in captions.CREDIT_LINES), f"- {DISCLAIMER}"]
    limits = captions.limits_of(view)
    if limits:
        lines += ["", "## Limits", "", *(f"- {_plain(line)}" for line in limits)]
    return "\n".join(lines) + "\n"


def captions_markdown(view: View, settings: SnapshotSettings, snapshot_id: str) -> str:
    """Return caption and alternative text, ready to paste into Markdown."""
    alt = _plain(captions.alt_text(view, settings))
    caption = _plain(captions.caption(view, settings, snapshot_id))
    return (
        f"![{alt}](figure.png)\n\n*{caption}*\n\n"
        f"Short: *{_plain(settings.title)}. {captions.window_words(view.query)}. "
        f"Snapshot {snapshot_id}.*\n"
    )


def _plain(text: str) -> str:
    """Return a text in one line that Markdown shows literally."""
    line = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+!|" else c for c in line)


def captions_docx(
    view: View, settings: SnapshotSettings, snapshot_id: str, picture: bytes
) -> bytes:
    """Return a document with the figure, its caption and its alternative text."""
    from docx import Document
    from docx.shared import Inches

    document = Document()
    document.add_heading(xml_text(settings.title), level=1)
    document.add_picture(io.BytesIO(picture), width=Inches(PICTURE_INCHES))
    drawing = document.inline_shapes[0]._inline.docPr  # noqa: SLF001 - python-docx has no other way
    drawing.set("descr", xml_text(captions.alt_text(view, settings)))
    document.add_paragraph(xml_text(captions.caption(view, settings, snapshot_id)), style="Caption")
    for sentence in captions.limits_of(view):
        document.add_paragraph(xml_text(sentence))
    about = document.core_properties
    about.title, about.author = xml_text(settings.title), "geomap"
    about.created = about.modified = settings.as_of.replace(tzinfo=None, second=0, microsecond=0)
    buffer = io.BytesIO()
    document.save(buffer)
    # Written anew: python-docx puts the time of day on every part.
    with zipfile.ZipFile(buffer) as archive:
        return zip_bytes({name: archive.read(name) for name in archive.namelist()})


def _readme(view: View, settings: SnapshotSettings, snapshot_id: str) -> str:
    lines = [
        settings.title,
        "=" * min(len(settings.title), 72),
        "",
        captions.caption(view, settings, snapshot_id),
        "",
        "figure.png, .svg, .pdf   the figure",
        "map.html                 the map in one file; it opens with no network",
        "data/                    the events that are shown, for other tools",
        "sources.md               files, days of access and licences",
        "captions.md, .docx       captions to paste, and the alternative text",
        "manifest.json            what was asked, what is here, and the digest of every file",
        "",
        "geomap verify FILE says whether this archive is as it was made.",
        "",
    ]
    if limits := captions.limits_of(view):
        lines += ["Left out", "--------", *limits, ""]
    lines += [f"Events in data/: {len(view.rows):,}.", "", COLUMNS]
    return "\n".join(lines) + "\n"
