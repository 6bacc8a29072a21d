"""What one import writes into the tables: its batch, its issues, the articles it read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.ingest import IngestOptions, Release
from geomap.ingest.events.releases import changed_cells
from geomap.store import Batch, article_frames
from geomap.workspace import file_intake
from geomap.workspace.file_report import FileReport, release_shape


def batch_of(
    report: FileReport,
    reading: file_intake.Reading,
    *,
    name: str,
    options: IngestOptions,
    base: int,
    builds_on: tuple[str, ...],
) -> Batch:
    """Return the batch of a report: how the file was read, and what became of its rows.

    Parameters
    ----------
    report, reading, name, options
        Of one file.
    base
        The version of the workspace that this import can be taken back to.
    builds_on
        The imports that cannot be taken back before it.
    """
    chosen: dict[str, Any] = {
        "layout": options.layout,
        "order": options.order,
        "sheet": options.sheet,
        "swap": options.swap,
        "dataset": options.dataset,
        "coverage": options.coverage,
        "read_as": options.read_as,
    }
    release = reading.result.release
    return Batch(
        report.batch_id or "",
        name,
        report.sha256 or "",
        reading.kind,
        report.layout or "",
        report.layout_reason or "",
        report.mapping or {},
        {word: value for word, value in chosen.items() if value},
        report.counts or {},
        report.of_kept or {},
        report.warnings,
        dataset=reading.result.dataset or "",
        columns=reading.result.columns,
        builds_on=builds_on,
        release_of=release.of if release else (),
        base=base,
    )


def changes_of(reading: file_intake.Reading, batch_id: str) -> dict[str, pd.DataFrame]:
    """Return the rows to write, by table."""
    events, release = reading.result.events, reading.result.release
    if release is not None and len(release.gone):
        events = (
            pd.concat([events, release.gone], ignore_index=True) if len(events) else release.gone
        )
    changes: dict[str, pd.DataFrame] = {"events": events}
    words = ("row", "column", "value", "code", "reason", "remedy", "rejected")
    rows = [{word: getattr(issue, word) for word in words} for issue in reading.result.issues]
    changes["issues"] = pd.DataFrame(rows).assign(batch_id=batch_id)
    frames = [article_frames(parsed, batch_id=batch_id) for parsed in reading.parsed]
    for table in ("articles", "toponyms", "dates"):
        held = [frame[table] for frame in frames if len(frame[table])]
        if held:
            changes[table] = pd.concat(held, ignore_index=True)
    return changes


def release_in_force(
    batch: Batch, events: gpd.GeoDataFrame, read_events: Callable[..., gpd.GeoDataFrame]
) -> dict[str, Any] | None:
    """Return what an import changed, in the shape of its report, from the tables on disk.

    Parameters
    ----------
    batch, events
        The import, and the events as they are.
    read_events
        Returns the events `at` a version.
    """
    if batch.undone:
        return None
    mine = events[(events["batch_id"] == batch.batch_id).to_numpy(dtype=bool)]
    gone = events[(events["gone_batch"] == batch.batch_id).to_numpy(dtype=bool)]
    if not batch.counts.get("updated") and gone.empty:
        return None
    changes = changed_cells(mine, read_events(at=batch.base))
    returned = int((changes["column"] == "gone_since").sum())
    release = Release(batch.dataset, batch.release_of, changes, gone, returned, 0, 0)
    return release_shape(release, batch.counts)
