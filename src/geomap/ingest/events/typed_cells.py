"""Cells of the mapped columns as typed values: texts, numbers, links, moments.

A missing value is NA whatever the file wrote for it; any other text is kept to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from geomap.ingest.events.coordinate_text import plain_numbers
from geomap.ingest.events.row_report import RowLog
from geomap.layouts import Layout
from geomap.layouts.fields import fold

_MISSING = ("", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None", "-")
_WORD_THAT_MAY_BE_MEANT = {"country": ("NA",), "place_name": ("NA",)}  # Namibia; a Swedish town
_COUNT = r"[0-9]{1,9}(?:\.0*)?"
_LINK = r"(https?://[^\s,;|\"<>]+)"
_KILOMETRES = re.compile(r"(\d+(?:[.,]\d+)?)\s*_?\s*(km|kilomet|m\b|met)", re.IGNORECASE)
_EPOCH = r"[0-9]{9,10}(?:\.0*)?"


def text_column(frame: pd.DataFrame, layout: Layout, name: str) -> pd.Series | None:
    """Return the cells of a field without blanks round them, NA where there is no value.

    In the layout of a known dataset the next column of the field is used where the first is
    empty. None when no column is mapped to the field.
    """
    if name not in layout.mapping:
        return None
    columns = [layout.mapping[name]]
    if layout.spec.is_known:
        folded = {fold(column): column for column in reversed(list(frame.columns))}
        columns += [folded[other] for other in layout.spec.fields.get(name, ()) if other in folded]
    cells = _clean(frame[columns[0]], name)
    for other in dict.fromkeys(columns[1:]):
        if other != columns[0] and cells.isna().any():
            cells = cells.where(cells.notna(), _clean(frame[other], name))
    return cells.rename(columns[0])


def coded_column(frame: pd.DataFrame, folded: str | None) -> pd.Series | None:
    """Return the cells of a column of codes, 4.0 written as 4; None where there is no such column.

    `folded` is the name of the column as `fold` gives it.
    """
    column = next((c for c in frame.columns if folded is not None and fold(c) == folded), None)
    if column is None:
        return None
    return frame[column].fillna("").str.strip().str.replace(r"\.0*$", "", regex=True)


def _clean(cells: pd.Series, name: str) -> pd.Series:
    text = cells.str.strip()
    meant = _WORD_THAT_MAY_BE_MEANT.get(name, ())
    return text.mask(text.isin([word for word in _MISSING if word not in meant]))


def count_column(cells: pd.Series, log: RowLog) -> pd.Series:
    """Return whole numbers (fatalities and the like); other cells are reported and NA."""
    plain = cells.str.fullmatch(_COUNT).fillna(value=False).to_numpy(dtype=bool)
    numbers = pd.Series(pd.NA, cells.index, dtype="Int64")
    if plain.any():
        numbers = pd.Series(plain_numbers(cells, plain), cells.index).astype("Int64")
    log.add(cells.notna().to_numpy() & ~plain, "count_unreadable", cells=cells)
    return numbers


def radius_column(cells: pd.Series) -> pd.Series:
    """Return kilometres from numbers (meant as kilometres) or words such as "Known_within_5_km"."""
    numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
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


def worded_column(cells: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """Return the cells with codes replaced by their words; other cells as they are."""
    return cells.map(lambda cell: words.get(cell, cell), na_action="ignore") if words else cells
