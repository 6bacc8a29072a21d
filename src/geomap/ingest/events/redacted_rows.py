"""Redacted events that come back: they are numbered, and their numbers are no ids.

In the workspace that they were exported from they are forms of events that are there in full. In
another one, events of two exports may bear the same number and are told apart by their content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.ingest.events.row_report import RowLog
from geomap.tables import DAYS, EVENT_COLUMNS

_NUMBERED = r"(?:redacted|not-listed):[0-9]+"
_SIGNS = ("event_date", "event_date_end", "event_type", "dataset", "source", "geometry")
"""Columns whose equality makes two events with one number the same event."""

OMITTED = frozenset(EVENT_COLUMNS) - {
    *("event_id", "event_date", "event_date_end", "last_confirmed", "date_precision"),
    *("geo_precision", "uncertainty_km", "status", "dataset", "batch_id"),
}
"""Columns that an export may leave out; the others are needed to date and draw an event."""


def settle(
    columns: Mapping[str, pd.Series],
    batches: pd.Series,
    existing: gpd.GeoDataFrame,
    log: RowLog,
) -> pd.Series:
    """Return the ids of the rows, those of redacted events unlike all others of the workspace.

    Parameters
    ----------
    columns, batches
        Typed columns of the export; the import that each row came with before.
    existing
        Events of the workspace.
    log
        Rows that are a redacted form of an event of the workspace are reported as duplicates.
    """
    ids = columns["event_id"].astype("str")
    numbered = ids.str.fullmatch(_NUMBERED).fillna(value=False).to_numpy(dtype=bool)
    if not numbered.any() or existing.empty:
        return ids
    own = ~existing["event_id"].str.match(_NUMBERED).fillna(value=False)
    held = numbered & batches.isin(existing.loc[own, "batch_id"].dropna()).to_numpy(dtype=bool)
    held &= ~log.rejected
    log.add(held, "duplicate_row/redacted", cells=ids, flag=False)
    log.duplicate |= held
    signs = _digests(columns, numbered)
    known = existing[existing["event_id"].isin(ids[numbered])]
    taken = dict(zip(known["event_id"], _digests(known, np.ones(len(known), bool)), strict=True))
    settled = ids.to_numpy(dtype=object, copy=True)
    for place, sign in zip(np.flatnonzero(numbered), signs, strict=True):
        if taken.get(settled[place], sign) != sign:
            settled[place] = f"{settled[place]}-{sign}"
    return pd.Series(settled, ids.index, dtype="str")


def _digests(columns: Mapping[str, pd.Series] | pd.DataFrame, rows: np.ndarray) -> list[str]:
    texts = []
    for name in _SIGNS:
        if name not in columns:
            continue
        values = columns[name][rows]
        if name == "geometry":
            shapes = shapely.normalize(values.to_numpy(dtype=object))
            texts.append([shape or b"" for shape in shapely.to_wkb(shapes)])
        elif str(values.dtype) == DAYS:
            texts.append([text.encode() for text in values.dt.strftime("%Y-%m-%d").fillna("")])
        else:
            texts.append([text.encode() for text in values.fillna("")])
    return [
        hashlib.blake2b(b"\x1f".join(row), digest_size=6).hexdigest()
        for row in zip(*texts, strict=True)
    ]
