"""Cells of the mapped columns as typed values: numbers, radii, links, moments."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from geomap.ingest.events.coordinate_text import plain_numbers
from geomap.ingest.events.row_report import RowLog
from geomap.layouts.fields import words_of

_COUNT = r"[0-9]{1,9}(?:\.0*)?"
_GROUPED = r"[0-9]{1,3}(?:([,.'’\u00a0\u202f\u2009 ])[0-9]{3})(?:\1[0-9]{3})*"
"""Digits in groups of three; the sign between them is the same throughout."""
_LINK = r"(https?://[^\s,;|\"<>]+)"
_KILOMETRES = re.compile(r"(\d+(?:[.,]\d+)?)\s*_?\s*(km|kilomet|m\b|met)", re.IGNORECASE)
_EPOCH = r"[0-9]{9,10}(?:\.0*)?"


def count_column(cells: pd.Series, log: RowLog) -> pd.Series:
    """Return whole numbers (fatalities and the like); other cells are reported and NA."""
    cells = _without_groups(cells)
    plain = cells.str.fullmatch(_COUNT).fillna(value=False).to_numpy(dtype=bool)
    numbers = pd.Series(pd.NA, cells.index, dtype="Int64")
    if plain.any():
        numbers = pd.Series(plain_numbers(cells, plain), cells.index).astype("Int64")
    log.add(cells.notna().to_numpy() & ~plain, "count_unreadable", cells=cells)
    return numbers


def _without_groups(cells: pd.Series) -> pd.Series:
    """Return counts without the signs that part their thousands: 1,024 as 1024.

    3.000 is three unless another cell of the column shows that its full stops part thousands.
    """
    grouped = [text for text in cells.dropna().unique() if re.fullmatch(_GROUPED, text)]
    are_decimals = all(re.fullmatch(_COUNT, text) for text in grouped if "." in text)
    plain = {
        text: re.sub(r"\D", "", text) for text in grouped if "." not in text or not are_decimals
    }
    return cells.replace(plain) if plain else cells


def is_in_metres(header: str) -> bool:
    """Return whether bare numbers of a column of radii are metres, by its header.

    An accuracy is what a receiver reports, in metres, unless its header states another unit.
    """
    words = set(words_of(header).split())
    if words & {"km", "kilometers", "kilometres", "kms"}:
        return False
    return bool(words & {"m", "meter", "meters", "metre", "metres", "metros", "accuracy",
                         "precision", "hdop", "genauigkeit", "precisao", "exactitud"})  # fmt: skip


def radius_column(cells: pd.Series, *, in_metres: bool = False) -> pd.Series:
    """Return kilometres from numbers or words such as "Known_within_5_km"; units in cells count.

    Parameters
    ----------
    cells
        Radii as text.
    in_metres
        Whether a number without a unit is in metres.
    """
    numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
    if in_metres:
        numbers /= 1000
    for word in cells[numbers.isna() & cells.notna()].unique():
        match = _KILOMETRES.search(word)
        if match:
            size = float(match[1].replace(",", "."))
            numbers[(cells == word).to_numpy()] = size if match[2][0] in "kK" else size / 1000
    return numbers.where((numbers > 0) & np.isfinite(numbers))


def link_column(*candidates: pd.Series | None) -> pd.Series | None:
    """Return the first http(s) link in each row's cells, NA where there is none."""
    first: pd.Series | None = None
    for cells in candidates:
        if cells is not None:
            links = cells.str.extract(_LINK, expand=False)
            first = links if first is None else first.where(first.notna(), links)
    return first


def source_column(cells: pd.Series) -> pd.Series:
    """Return sources as written; a cell of links becomes the host of the first one."""
    is_link = cells.str.match(r"https?://").fillna(value=False).to_numpy(dtype=bool)
    if not is_link.any():
        return cells
    return cells.where(~is_link, cells[is_link].map(_host).reindex(cells.index))


def _host(link: str) -> str:
    try:
        host = urlsplit(link).hostname
    except ValueError:
        return link
    return host.removeprefix("www.") if host else link


def moment_column(cells: pd.Series) -> pd.Series:
    """Return Unix seconds from epoch numbers or ISO moments; NA where neither is readable."""
    text = cells.fillna("")
    epoch = text.str.fullmatch(_EPOCH).to_numpy(dtype=bool)
    seconds = pd.Series(pd.NA, cells.index, dtype="Int64")
    if epoch.any():
        seconds[epoch] = pd.to_numeric(text[epoch]).astype("int64")
    rest = ~epoch & cells.notna().to_numpy()
    if rest.any():
        moments = pd.to_datetime(text[rest], errors="coerce", utc=True, format="ISO8601")
        known = moments.dropna()
        epoch_day = pd.Timestamp(0, tz="UTC")
        seconds[known.index] = ((known - epoch_day) // pd.Timedelta(seconds=1)).astype("int64")
    return seconds
