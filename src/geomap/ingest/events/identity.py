"""Rows that are the same event: within one file, and compared with the workspace.

An event keeps its source's own id. Rows without one are distinguished by their content and,
when equal, by their order: two crimes on one corner are two crimes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import PurePath

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.ingest.events.row_report import RowLog
from geomap.tables import EVENT_COLUMNS, is_among
from geomap.typing import Mask

_COPY = re.compile(r"\s*(?:\(\d+\)|- Copy)$")
_NOT_CONTENT = {
    *("event_id", "batch_id", "row_number", "source_timestamp", "flags", "dataset", "gone_batch"),
}
CONTENT_COLUMNS = tuple(name for name in EVENT_COLUMNS if name not in _NOT_CONTENT)
"""The columns that make two versions of an event differ; the mark of being gone is one."""
_FEWEST_DISTINCT = 0.5
_DECIMAL, _BROKEN = r"-?[0-9]+[.,]0+", r"-?[0-9]+[.,]0*[1-9][0-9]*"
_SIBLINGS = 5
_FRACTION = r"[.,]0+$"


def dataset_of(file_name: str) -> str:
    """Return the name of a file without its endings and the mark of a second download."""
    name = PurePath(file_name.replace("\\", "/")).name
    stem = re.sub(
        r"(\.(csv|tsv|tab|txt|psv|xlsx|xlsm|xls|ods|geojson|json|kml|kmz|parquet|gpkg|zip|gz))+$",
        "",
        name,
        flags=re.IGNORECASE,
    )
    return _COPY.sub("", stem).strip(".") or "table"


def is_an_id(cells: pd.Series) -> bool:
    """Return whether a column distinguishes rows: a code shared by many rows is no id."""
    filled = cells.dropna()
    half = filled.head(len(filled) // 2 + 1)
    return len(filled) < 10 or half.is_unique or filled.nunique() >= _FEWEST_DISTINCT * len(filled)


def _plain_ids(cells: pd.Series) -> pd.Series:
    """Return own ids with 100.0 written as 100, unless the column has numbers such as 1.5 too.

    A program that reads numbers, or a spreadsheet with a gap in a column, adds the ".0"; the
    next release of the file may lack it.
    """
    if not cells.str.contains("[.,]0", regex=True).any():
        return cells
    decimal = cells.str.fullmatch(_DECIMAL).fillna(value=False)
    if not decimal.any() or cells.str.fullmatch(_BROKEN).fillna(value=False).any():
        return cells
    return cells.mask(decimal, cells.str.replace(_FRACTION, "", regex=True))


def event_ids(frame: pd.DataFrame, own: pd.Series | None, dataset: str, log: RowLog) -> pd.Series:
    """Return the id of each row, and settle rows of the file that share one.

    Rows that share an own id are left to `settle_versions`. Equal rows without one are all
    kept and flagged; they differ in a number, so that the order of a file's rows, its name
    and its packing change no id.
    """
    own = None if own is None else _plain_ids(own)
    has_own = np.zeros(len(frame), bool) if own is None else own.notna().to_numpy()
    if own is not None and has_own.all():
        return (dataset + ":" + own).astype("str")
    ids = pd.Series(None, frame.index, dtype="object")
    if own is not None:
        ids[has_own] = own[has_own].to_numpy(dtype=object)
    rest = ~has_own
    if rest.any():
        digest = _digests(frame[rest])
        number = digest.groupby(digest).cumcount()
        again = np.zeros(len(frame), bool)
        again[rest] = (number > 0).to_numpy()
        ids[rest] = [
            f"row-{d}-{n}" if n else f"row-{d}" for d, n in zip(digest, number, strict=True)
        ]
        log.add(again, "equal_rows")
    return (dataset + ":" + ids.astype("str")).astype("str")


def _digests(frame: pd.DataFrame) -> pd.Series:
    rows = zip(*(frame[column].fillna("").to_list() for column in frame.columns), strict=True)
    hashes = (hashlib.blake2b("\x1f".join(row).encode(), digest_size=10) for row in rows)
    return pd.Series([one.hexdigest() for one in hashes], frame.index, dtype="object")


def part_ids(
    ids: pd.Series, days: pd.Series, places: Callable[[np.ndarray], pd.Series], log: RowLog
) -> pd.Series:
    """Return the ids with one for each part of an event: its rows at other days or places.

    The earliest part keeps the id of the source, so that an event which gets further parts stays
    the same event; each other part adds a digest of its day and place. Rows of one id, day and
    place stay versions of each other.

    Parameters
    ----------
    ids, days, places
        The id of each row, its first day, and what gives rows by position a text that is the
        same where their place is the same.
    log
        Where the rows that are parts are reported.
    """
    if ids.is_unique:
        return ids
    shared = ids.where(~log.rejected).duplicated(keep=False).to_numpy() & ~log.rejected
    rows = np.flatnonzero(shared)
    day = days.iloc[rows].dt.strftime("%Y-%m-%d").fillna("")
    table = pd.DataFrame(
        {"row": rows, "id": ids.iloc[rows].to_numpy(), "day": day.to_numpy()},
    ).assign(place=places(rows).to_numpy())
    table["part"] = table["day"] + "\x1f" + table["place"]
    several = table.groupby("id")["part"].transform("nunique") > 1
    parts = table[several].sort_values(["id", "part", "row"])
    if parts.empty:
        return ids
    first = parts.groupby("id")["part"].transform("first")
    others = parts[parts["part"] != first]
    digests = [hashlib.blake2b(part.encode(), digest_size=4).hexdigest() for part in others["part"]]
    numbers = parts.groupby("id")["row"].apply(lambda own: [log.rows[row] for row in sorted(own)])
    by_row = dict(zip(parts["row"], parts["id"], strict=True))

    def siblings(row: int) -> dict[str, object]:
        rest = [str(number) for number in numbers[by_row[row]] if number != log.rows[row]]
        shown = ", ".join(rest[:_SIBLINGS]) + (", ..." if len(rest) > _SIBLINGS else "")
        return {"rows": f"row {shown}" if len(rest) == 1 else f"rows {shown}"}

    log.add(_mask(parts["row"], log), "part_of_event", details=siblings)
    changed = ids.astype("object")
    changed.iloc[others["row"].to_numpy()] = [
        f"{own}/{digest}" for own, digest in zip(others["id"], digests, strict=True)
    ]
    return changed.astype("str")


def settle_versions(
    frame: pd.DataFrame,
    ids: pd.Series,
    stamps: pd.Series | None,
    log: RowLog,
    *,
    id_column: str | None = None,
) -> None:
    """Mark all but one row of each id as duplicate; list conflicts with both rows.

    The latest by `stamps` wins, else the row that comes later in the file. How the `id_column`
    writes an id (100, 100.0) is no difference.
    """
    if ids.is_unique:
        return
    double = ids.where(~log.rejected).duplicated(keep=False).to_numpy() & ~log.rejected
    places = np.flatnonzero(double)
    if not len(places):
        return
    stamp = 0 if stamps is None else stamps.fillna(-1).to_numpy(dtype="int64")[places]
    table = pd.DataFrame({"place": places, "id": ids.to_numpy()[places], "stamp": stamp})
    content = frame[double] if id_column is None else frame[double].drop(columns=id_column)
    table["digest"] = _digests(content).to_numpy()
    table = table.sort_values(["stamp", "place"])
    winners = table.groupby("id").last()
    table["winner"] = table["id"].map(winners["place"])
    table["same"] = table["digest"] == table["id"].map(winners["digest"])
    losers = table[table["place"] != table["winner"]]
    _report_losers(losers, log, by_clock=stamps is not None)
    log.duplicate[losers["place"].to_numpy()] = True


def _report_losers(losers: pd.DataFrame, log: RowLog, *, by_clock: bool) -> None:
    winner_of = dict(zip(losers["place"], losers["winner"], strict=True))
    clock = "is the latest by the source's own time of change"
    last = "is the last of them in the file (no column tells when a row was changed)"
    why = clock if by_clock else last

    def winner(place: int) -> dict[str, object]:
        return {"winner": log.rows[winner_of[place]]}

    same, other = losers[losers["same"]], losers[~losers["same"]]
    log.add(_mask(same["place"], log), "duplicate_row", flag=False, details=winner)
    mask = _mask(other["place"], log)
    log.add(mask, "conflicting_version", flag=False, details=winner, why=why)
    conflicts = other.groupby("winner")["place"].apply(list)

    def rows(place: int) -> dict[str, object]:
        numbers = [str(log.rows[loser]) for loser in sorted(conflicts[place])]
        one = len(numbers) == 1
        return {"rows": f"Row {numbers[0]} has" if one else f"Rows {', '.join(numbers)} have"}

    log.add(_mask(other["winner"], log), "conflicting_versions", details=rows, why=why)


def _mask(places: pd.Series, log: RowLog) -> Mask:
    mask = np.zeros(len(log.rows), bool)
    mask[places.to_numpy(dtype=int)] = True
    return mask


def compare(new: gpd.GeoDataFrame, existing: gpd.GeoDataFrame) -> tuple[Mask, Mask, Mask]:
    """Return which new events are known already, which of those differ, and which are older.

    Columns of the file and not of the event (row, batch, flags, time of change) do not count
    as a difference.
    """
    known = is_among(new["event_id"], existing["event_id"])
    differs, older = np.zeros(len(new), bool), np.zeros(len(new), bool)
    if not known.any():
        return known, differs, older
    now = new[known]
    then = existing.set_index("event_id").loc[now["event_id"]]
    changed = np.zeros(len(now), bool)
    for name in (*CONTENT_COLUMNS, "geometry"):
        changed |= unequal(now, then, name)
    differs[known] = changed
    stamp, stored = now["source_timestamp"].to_numpy(), then["source_timestamp"].to_numpy()
    earlier = pd.array(stamp, "Int64") < pd.array(stored, "Int64")
    older[known] = changed & earlier.fillna(value=False).to_numpy(dtype=bool)
    return known, differs, older


def unequal(new: pd.DataFrame, old: pd.DataFrame, column: str) -> Mask:
    """Return in which rows a column differs; two missing values do not."""
    if column == "geometry":
        ours, theirs = (one["geometry"].to_numpy() for one in (new, old))
        differs = np.asarray(shapely.to_wkb(ours) != shapely.to_wkb(theirs), dtype=bool)
        # the order of parts and the way that a ring runs are the format's, not the event's
        ours, theirs = (shapely.normalize(shapes[differs]) for shapes in (ours, theirs))
        differs[differs] = shapely.to_wkb(ours) != shapely.to_wkb(theirs)
        return differs
    left, right = new[column].reset_index(drop=True), old[column].reset_index(drop=True)
    both_missing = (left.isna() & right.isna()).to_numpy()
    same = (left == right).fillna(value=False).to_numpy(dtype=bool)
    return np.asarray(~same & ~both_missing)
