"""Rows without coordinates, placed by the name of their place, and told when that is unsure."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import shapely

from geomap.ingest.events.coordinates import Positions
from geomap.ingest.events.event_days import Days
from geomap.ingest.events.place_names import Context, NamedPlace, PlaceFinder, day_of
from geomap.ingest.events.row_report import RowLog
from geomap.model import Place
from geomap.typing import Mask

_NAMING = ("place_name", "admin2", "admin1", "country")


def place_by_name(
    columns: dict[str, pd.Series],
    positions: Positions,
    days: Days,
    finder: PlaceFinder,
    log: RowLog,
) -> tuple[dict[str, pd.Series], Positions]:
    """Return the columns `place_id` and `place_ids`, and the positions with named places in.

    Only rows that are kept and have no geometry are looked up; a name that is not known
    leaves its row unplaced and told.
    """
    open_rows = ~log.rejected & ~log.duplicate & shapely.is_missing(positions.geometry)
    given = [columns[name] for name in _NAMING if name in columns]
    named = np.zeros(len(open_rows), bool)
    for column in given:
        named |= column.notna().to_numpy()
    reason = "There are no coordinates and no place name; the event is kept without a place."
    remedy = "Give coordinates or the name of the place."
    log.tell(open_rows & ~named, "place_missing", reason, remedy)
    if not given:
        return {}, positions
    wanted = open_rows & named
    found = _look_up(np.flatnonzero(wanted), columns, days, finder)
    _tell(_first_name(given), wanted, found, log)
    return _id_columns(days.start.index, found), _filled(positions, found)


def _first_name(given: list[pd.Series]) -> pd.Series:
    """Return what each row names most closely, for the report."""
    names = given[0]
    for column in given[1:]:
        names = names.where(names.notna(), column)
    return names.rename(given[0].name)


def _look_up(
    rows: np.ndarray, columns: dict[str, pd.Series], days: Days, finder: PlaceFinder
) -> dict[int, NamedPlace]:
    cells = [columns.get(name) for name in _NAMING]
    texts = [
        [None] * len(rows)
        if column is None
        else [None if pd.isna(cell) else str(cell) for cell in column.iloc[rows]]
        for column in cells
    ]
    found = {}
    for row, *names, moment in zip(rows, *texts, days.start.iloc[rows], strict=True):
        name, admin2, admin1, country = names
        context = Context(name, admin1, admin2, country)
        named = finder.find(context, day_of(moment))
        if named is not None:
            found[int(row)] = named
    return found


def _id_columns(index: pd.Index, found: dict[int, NamedPlace]) -> dict[str, pd.Series]:
    main = np.full(len(index), None, dtype=object)
    every = main.copy()
    for row, named in found.items():
        main[row] = named.places[0].place_id
        every[row] = ";".join(dict.fromkeys(place.place_id for place in named.places))
    return {
        "place_id": pd.Series(main, index, dtype="str"),
        "place_ids": pd.Series(every, index, dtype="str"),
    }


def _filled(positions: Positions, found: dict[int, NamedPlace]) -> Positions:
    if not found:
        return positions
    geometry = positions.geometry.copy()
    precision = positions.precision.to_numpy(dtype=object, copy=True)
    radius = positions.uncertainty_km.to_numpy(copy=True)
    for row, named in found.items():
        geometry[row] = named.geometry
        precision[row] = named.precision.value
        radius[row] = np.nan if named.uncertainty_km is None else named.uncertainty_km
    index = positions.precision.index
    return dataclasses.replace(
        positions,
        geometry=geometry,
        precision=pd.Series(precision, index, dtype="str"),
        uncertainty_km=pd.Series(radius, index),
    )


def _tell(names: pd.Series, wanted: Mask, found: dict[int, NamedPlace], log: RowLog) -> None:
    known, unsure = np.zeros(len(names), bool), np.zeros(len(names), bool)
    known[list(found)] = True
    unsure[[row for row, named in found.items() if named.rivals]] = True
    reason = (
        "There are no coordinates and no known place bears this name (in the country or "
        "division that the row states)."
    )
    remedy = "Give coordinates, or add the place to the workspace's own places."
    log.tell(wanted & ~known, "unplaced", reason, remedy, cells=names)
    fallback = np.zeros(len(names), bool)
    fallback[[row for row, named in found.items() if named.is_fallback]] = True

    def where(row: int) -> str:
        area = _words(found[row].places[0])
        return f"No known place there bears this name; it was placed somewhere in {area}."

    log.tell(fallback, "placed_in_division", where, remedy, cells=names)

    def which(row: int) -> str:
        named = found[row]
        taken = ", ".join(map(_words, named.places))
        others = ", ".join(map(_words, named.rivals[:3]))
        return f"Several places bear this name; {taken} was taken, not {others}."

    remedy = "Give coordinates, or the country and province in columns of their own."
    log.tell(unsure, "place_ambiguous", which, remedy, cells=names)


def _words(place: Place) -> str:
    return f"{place.name} ({place.country_code or place.place_id})"
