"""The filters of a saved map: their words, and the values that its packed events do not hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.maps.filter_component import listed_words
from geomap.vocabulary.criteria import FACETS, Criterion, Kind


def page_filters(events: gpd.GeoDataFrame, rows: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Return the data of the filters of a page that asks no server.

    Parameters
    ----------
    events
        The events that the page has, without what must not be passed on.
    rows
        For each row of the packed events the position of its event.

    Returns
    -------
    filters
        JSON values: `words` and `totals` as for `filters_data`; `values` of each criterion that
        packed events do not answer, as columns with an entry for each row. An entry is the
        position of a word in `words` of the criterion, or a number; null where there is none.
    """
    filters: dict[str, Any] = {"words": {}, "totals": {}, "values": {}}
    for criterion in FACETS:
        if criterion.is_internal:
            continue
        name = criterion.name
        columns = [events[column.name] for column in criterion.columns]
        if criterion.kind is Kind.RANGE:
            words, totals = _extent(columns)
            entries = [[None if pd.isna(n) else int(n) for n in column] for column in columns]
        else:
            words, totals = listed_words(criterion, _counts(criterion, columns))
            at = {word: position for position, word in enumerate(words)}
            entries = [[at.get(word) for word in column] for column in columns]
        filters["words"][name], filters["totals"][name] = words, totals
        if words and not criterion.is_packed:
            filters["values"][name] = [[column[row] for row in rows] for column in entries]
    return filters


def _extent(columns: list[pd.Series]) -> tuple[list[str | None], list[int]]:
    numbers = pd.concat(columns, axis=1)
    known = int(numbers.notna().any(axis=1).sum())
    if not known:
        return [], []
    return [f"{int(numbers.min().min())}..{int(numbers.max().max())}"], [known]


def _counts(criterion: Criterion, columns: list[pd.Series]) -> Mapping[str | None, int]:
    """Return how many events have each word, as `engine.facet_counts.word_counts` does."""
    table = pd.concat([column.reset_index(drop=True) for column in columns]).dropna()
    once = table.rename_axis("event").reset_index(name="word").drop_duplicates()
    counts: dict[str | None, int] = {
        str(word): int(n) for word, n in once["word"].value_counts().items()
    }
    missing = int(pd.concat(columns, axis=1).isna().all(axis=1).sum())
    if missing and not (criterion.words and len(columns) > 1):
        counts[None] = missing
    return counts
