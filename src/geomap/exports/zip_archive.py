"""Events as one ZIP archive that explains itself: CSV, GeoJSON and a page of text."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from importlib import resources

import geopandas as gpd

from geomap.exports.csv_table import csv_text
from geomap.json_shapes import feature_collection
from geomap.query import EventCounts, EventQuery

COLUMNS = resources.files("geomap.exports").joinpath("data", "columns.txt").read_text("utf-8")
"""What the columns of a file mean, for its page of text."""

_COMPRESSED = (".png", ".docx", ".gpkg", ".parquet")


def archive_bytes(
    events: gpd.GeoDataFrame,
    query: EventQuery | None,
    counts: EventCounts | None,
    *,
    notes: Sequence[str] = (),
) -> bytes:
    """Return the events as a ZIP archive; the same events give the same bytes."""
    geojson = json.dumps(feature_collection(events), ensure_ascii=False, allow_nan=False)
    texts = {
        "README.txt": _readme(events, query, counts, notes),
        "events.csv": csv_text(events),
        "events.geojson": geojson,
    }
    return zip_bytes({name: text.encode("utf-8", "replace") for name, text in texts.items()})


def _readme(
    events: gpd.GeoDataFrame,
    query: EventQuery | None,
    counts: EventCounts | None,
    notes: Sequence[str],
) -> str:
    selection = query.in_words() if query else "all events"
    lines = ["Events from geomap", "==================", "", f"Asked for: {selection}."]
    lines.append(f"Events in the files: {len(events):,}.")
    if counts is not None:
        lines.append(f"Counts: {counts.sentence()}.")
    if notes:
        lines += ["", "Left out", "--------", *notes]
    lines += ["", "Sources", "-------"]
    sources = events["source"].fillna("(not stated)").value_counts(sort=False).sort_index()
    lines += [f"- {_one_line(name)}: {count:,}" for name, count in sources.items()]
    lines += ["", COLUMNS, "Place names and positions", "-------------------------"]
    lines.append("Towns and their names: GeoNames (geonames.org), CC BY 4.0. Check the terms of")
    lines.append("each source named above before you publish its rows.")
    return "\n".join(lines) + "\n"


def _one_line(text: object) -> str:
    return " ".join(str(text).split())[:300]


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of some files, without the clock and without compressing twice.

    Parameters
    ----------
    files
        Content of each file by its name in the archive, in the order of the archive.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            # The earliest moment of the format, the same for all entries.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            is_packed = name.endswith(_COMPRESSED)
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
