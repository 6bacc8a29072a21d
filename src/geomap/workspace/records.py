"""What one import writes into the tables: its batch, its issues, the articles it read."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geomap.ingest import IngestOptions
from geomap.store import Batch, article_frames
from geomap.workspace import intake
from geomap.workspace.reports import FileReport


def batch_of(report: FileReport, name: str, kind: str, options: IngestOptions) -> Batch:
    """Return the batch of a report: how the file was read, and what became of its rows."""
    chosen: dict[str, Any] = {
        "layout": options.layout,
        "order": options.order,
        "sheet": options.sheet,
        "swap": options.swap,
    }
    return Batch(
        report.batch_id or "",
        name,
        report.sha256 or "",
        kind,
        report.layout or "",
        report.layout_reason or "",
        report.mapping or {},
        {word: value for word, value in chosen.items() if value},
        report.counts or {},
        report.of_kept or {},
        report.warnings,
    )


def changes_of(reading: intake.Reading, batch_id: str) -> dict[str, pd.DataFrame]:
    """Return the rows to write, by table."""
    changes: dict[str, pd.DataFrame] = {"events": reading.result.events}
    words = ("row", "column", "value", "code", "reason", "remedy", "rejected")
    rows = [{word: getattr(issue, word) for word in words} for issue in reading.result.issues]
    changes["issues"] = pd.DataFrame(rows).assign(batch_id=batch_id)
    frames = [article_frames(parsed, batch_id=batch_id) for parsed in reading.parsed]
    for table in ("articles", "toponyms", "dates"):
        held = [frame[table] for frame in frames if len(frame[table])]
        if held:
            changes[table] = pd.concat(held, ignore_index=True)
    return changes
