"""Rows without coordinates, placed by the name of their place, and reported when that is unsure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import shapely

from geomap.ingest.events.day_columns import EventDays
from geomap.ingest.events.named_place import Context, NamedPlace
from geomap.ingest.events.place_names import PlaceFinder, day_of
from geomap.ingest.events.positions import Positions
from geomap.ingest.events.row_report import RowLog
from geomap.model import Place
from geomap.typing import Mask

_NAMING = ("place_name", "admin2", "admin1", "country")  # the closest first
_CONTEXT = ("name", *_NAMING[1:])


def place_by_name(
    columns: dict[str, pd.Series],
    positions: Positions,
    days: EventDays,
    finder: PlaceFinder,
    log: RowLog,
) -> tuple[dict[str, pd.Series], Positions]:
    """Return the columns `place_id` and `place_ids`, and the positions with named places in.

    Only rows that are kept and have no geometry are looked up; a name that is not known
    leaves its row unplaced and reported.
    """
    open_rows = ~log.rejected & ~log.duplicate & shapely.is_missing(positions.geometry)
    given = [columns[name] for name in _NAMING if name in columns]
    named = np.zeros(len(open_rows), bool)
    for column in given:
        named |= column.notna().to_numpy()
    log.add(open_rows & ~named, "place_missing")
    if not given:
        return {}, positions
    wanted = open_rows & named
    placed = _look_up(np.flatnonzero(wanted), columns, days, finder)
    _report(_first_name(given), wanted, placed, finder, log)
    return _id_columns(days.start.index, placed), _filled(positions, placed)


def _first_name(given: list[pd.Series]) -> pd.Series:
    """Return the closest name of the place of each row, for the report."""
    names = given[0]
    for column in given[1:]:
        names = names.where(names.notna(), column)
    return names.rename(given[0].name)


def _look_up(
    rows: np.ndarray, columns: dict[str, pd.Series], days: EventDays, finder: PlaceFinder
) -> dict[int, NamedPlace]:
    texts = {
        name: [None if pd.isna(cell) else str(cell) for cell in columns[name].iloc[rows]]
        if name in columns
        else [None] * len(rows)
        for name in _NAMING
    }
    is_one = {"place_name", "admin2"} <= columns.keys() and (
        columns["place_name"].name == columns["admin2"].name
    )
    placed = {}
    for row, *names, moment in zip(rows, *texts.values(), days.start.iloc[rows], strict=True):
        context = Context(**dict(zip(_CONTEXT, names, strict=True)))
        # where one column holds towns and districts a cell does not lie within itself
        town = replace(context, admin2=None) if is_one else context
        named = finder.find(town, day_of(moment))
        if is_one and (named is None or named.is_fallback):
            named = finder.find(context, day_of(moment)) or named
        if named is not None:
            placed[int(row)] = named
    return placed


def _id_columns(index: pd.Index, placed: dict[int, NamedPlace]) -> dict[str, pd.Series]:
    first = np.full(len(index), None, dtype=object)
    every = first.copy()
    for row, named in placed.items():
        first[row] = named.places[0].place_id
        every[row] = ";".join(dict.fromkeys(place.place_id for place in named.places))
    return {
        "place_id": pd.Series(first, index, dtype="str"),
        "place_ids": pd.Series(every, index, dtype="str"),
    }


def _filled(positions: Positions, placed: dict[int, NamedPlace]) -> Positions:
    if not placed:
        return positions
    geometry = positions.geometry.copy()
    precision = positions.precision.to_numpy(dtype=object, copy=True)
    radius = positions.uncertainty_km.to_numpy(copy=True)
    for row, named in placed.items():
        geometry[row] = named.geometry
        precision[row] = named.precision.value
        radius[row] = np.nan if named.uncertainty_km is None else named.uncertainty_km
    index = positions.precision.index
    return replace(
        positions,
        geometry=geometry,
        precision=pd.Series(precision, index, dtype="str"),
        uncertainty_km=pd.Series(radius, index),
    )


def _report(
    names: pd.Series,
    wanted: Mask,
    placed: dict[int, NamedPlace],
    finder: PlaceFinder,
    log: RowLog,
) -> None:
    def where(rows: list[int]) -> Mask:
        mask = np.zeros(len(names), bool)
        mask[rows] = True
        return mask

    def area(row: int) -> dict[str, str]:
        return {"area": _words(placed[row].places[0])}

    def choice(row: int) -> dict[str, str]:
        named = placed[row]
        return {"taken": ", ".join(map(_words, named.places)),
                "others": ", ".join(map(_words, named.rivals[:3]))}  # fmt: skip

    missed = wanted & ~where(list(placed))
    several = {
        name: ", ".join(map(_words, places[:4]))
        for name in names[missed].dropna().unique()
        if len(places := finder.candidates(name)) > 1
    }
    among = missed & names.isin(list(several)).to_numpy(dtype=bool)
    log.add(missed & ~among, "unplaced", cells=names)
    log.add(among, "unplaced/several", cells=names,
            details=lambda row: {"places": several[names.iloc[row]]})  # fmt: skip
    divisions = where([row for row, named in placed.items() if named.is_fallback])
    log.add(divisions, "placed_in_division", cells=names, details=area)
    unsure = where([row for row, named in placed.items() if named.rivals])
    log.add(unsure, "place_ambiguous", cells=names, details=choice)


def _words(place: Place) -> str:
    return f"{place.name} ({place.country_code or place.place_id})"
