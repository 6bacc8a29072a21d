"""Join events with the dated places of a gazetteer.

An event meets a version of a place only on days on which both are true. It is in a zone,
on or near a road, at a point. What the source names counts as said; what only lies there is
certain when neither the radius of the event, nor the margin of the place, nor the days
that are possible leave room for doubt.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geomap.errors import SchemaError
from geomap.join.day_overlap import cover, event_days, place_days
from geomap.join.geodesy import Floats, Positions, measure, positions_within
from geomap.model import AREA_KINDS, AREA_PRECISIONS, CRS, GeoPrecision
from geomap.tables import JOIN_COLUMNS

NEAR_KM = 1.0
"""How far from a road an event still counts as near it."""

AT_KM = 1.0
"""How far from the point of a town, mine or bridge an event still counts as at it."""

_PAIR = ["event_id", "place_id", "relation"]


def join_places(
    events: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    *,
    near_km: float = NEAR_KM,
    at_km: float = AT_KM,
) -> pd.DataFrame:
    """Return which event lies at which place, one row for each event, place and relation.

    Parameters
    ----------
    events
        Events table. One that is known only by a unit (a province, a country) meets the
        places that it names and, when it has a radius, the zones within it: that it is
        possibly at every town of a province would tell nothing.
    places
        Places table: one row for each dated version of a place.
    near_km, at_km
        How far from a road "near" goes, and from a point "at".

    Returns
    -------
    joins
        Table of `JOIN_COLUMNS`, ordered like the events. `metres` is missing where one of
        both has no geometry.

    Raises
    ------
    SchemaError
        When one of the tables is not in EPSG:4326.
    """
    for name, table in (("events", events), ("places", places)):
        if table.crs != CRS:
            message = f"The {name} are in {table.crs}, not {CRS}; call .to_crs({CRS!r}) first."
            raise SchemaError(message)
    sides = _Sides.of(events)
    starts, ends = place_days(places)
    found = [
        _met(sides, place, int(start), int(end), near_m=near_km * 1000, at_m=at_km * 1000)
        for place, start, end in zip(places.itertuples(), starts, ends, strict=True)
    ]
    return _one_row_each(pd.concat([_no_rows(), *found], ignore_index=True))


@dataclass(frozen=True, slots=True)
class _Sides:
    """What the join needs of the events, taken out of the table once."""

    ids: npt.NDArray[np.object_]
    shapes: npt.NDArray[np.object_]
    bounds: Floats
    radius: Floats  # metres; NaN where the place is not known well enough to measure from
    by_unit: npt.NDArray[np.bool_]
    vague: npt.NDArray[np.bool_]  # near something, without saying how near
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    named: dict[str, Positions]

    @classmethod
    def of(cls, events: gpd.GeoDataFrame) -> _Sides:
        shapes = events.geometry.to_numpy().astype("object")
        shapes[shapely.is_empty(shapes)] = None
        precision = events["geo_precision"]
        known = events["uncertainty_km"].to_numpy(dtype="float64", na_value=np.nan) * 1000
        by_unit = precision.isin([word.value for word in AREA_PRECISIONS]).to_numpy()
        first, last = event_days(events)
        return cls(
            ids=events["event_id"].to_numpy(dtype="object"),
            shapes=shapes,
            bounds=shapely.bounds(shapes),
            radius=np.where(np.isnan(known) & ~by_unit, 0.0, known),
            by_unit=by_unit,
            vague=(precision == GeoPrecision.NEAR.value).to_numpy(dtype=bool, na_value=False)
            & np.isnan(known),
            first=first,
            last=last,
            named=_positions_by_name(events),
        )


def _positions_by_name(events: gpd.GeoDataFrame) -> dict[str, Positions]:
    lists = events["place_ids"].where(events["place_ids"].notna(), events["place_id"])
    said = pd.Series(lists.to_numpy(), np.arange(len(events))).dropna().str.split(";").explode()
    both = pd.concat(
        [said, pd.Series(events["place_id"].to_numpy(), np.arange(len(events))).dropna()]
    )
    return {str(name): np.unique(group.index) for name, group in both.groupby(both)}


def _met(
    sides: _Sides, place: object, start: int, end: int, *, near_m: float, at_m: float
) -> pd.DataFrame:
    """Return the events that meet one version of a place, unlike versions still apart."""
    shape = getattr(place, "geometry")  # noqa: B009  # the row type of itertuples is not known
    place_id, kind = str(getattr(place, "place_id", "")), str(getattr(place, "kind", ""))
    margin = float(getattr(place, "uncertainty_km", np.nan)) * 1000
    dimension = -1 if shape is None or shape.is_empty else int(shapely.get_dimensions(shape))
    measurable = dimension == 2 or (dimension >= 0 and kind not in AREA_KINDS)
    within = {2: 0.0, 1: near_m}.get(dimension, at_m)
    slack = np.nan_to_num(sides.radius) + (0.0 if np.isnan(margin) else margin)
    named = sides.named.get(place_id, np.array([], dtype=np.intp))
    nearby = np.array([], dtype=np.intp)
    if measurable:
        nearby = positions_within(sides.bounds, slack + within, shape)
        nearby = nearby[~np.isnan(sides.radius[nearby])]
        if dimension < 2:
            nearby = nearby[~sides.by_unit[nearby]]
    rows = np.union1d(named, nearby)
    rows = rows[(sides.first[rows] <= end) & (sides.last[rows] >= start)]
    metres, depth = _distances(sides, rows, shape if dimension >= 0 else None)
    said = np.isin(rows, named)
    off = np.where(np.isfinite(depth), -depth, metres)  # below 0: that deep inside
    possible = said | (measurable & (off - slack[rows] <= within))
    sure = said | (measurable & (off + slack[rows] <= within) & ~sides.vague[rows])
    sure = sure & ((dimension != 2) | said | np.isfinite(depth))
    return pd.DataFrame(
        {
            "position": rows,
            "event_id": sides.ids[rows],
            "place_id": place_id,
            "relation": _relations(dimension, kind, metres, said),
            "metres": metres,
            "sure": sure,
            "from": np.maximum(sides.first[rows], start),
            "to": np.minimum(sides.last[rows], end),
            "first": sides.first[rows],
            "last": sides.last[rows],
        }
    )[possible]


def _distances(sides: _Sides, rows: Positions, shape: object) -> tuple[Floats, Floats]:
    metres, depth = np.full(len(rows), np.nan), np.full(len(rows), -np.inf)
    if shape is not None:
        placed = np.flatnonzero(~shapely.is_missing(sides.shapes[rows]))
        if len(placed):
            metres[placed], depth[placed] = measure(sides.shapes[rows[placed]], shape)
    return metres, depth


def _relations(
    dimension: int, kind: str, metres: Floats, said: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    if dimension == 2 or kind in AREA_KINDS:
        return np.full(len(metres), "in", dtype=object)
    if dimension == 1:
        return np.where(said | (metres == 0), "on", "near").astype(object)
    return np.full(len(metres), "at", dtype=object)


def _no_rows() -> pd.DataFrame:
    words = {"event_id": "object", "place_id": "object", "relation": "object"}
    numbers = dict.fromkeys(("position", "from", "to", "first", "last"), "int64")
    dtypes = words | numbers | {"metres": "float64", "sure": "bool"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})


def _one_row_each(found: pd.DataFrame) -> pd.DataFrame:
    """Fold the versions of a place together: sure when sure on every day of the event."""
    whole_time = (found["from"] == found["first"]) & (found["to"] == found["last"])
    found = found.assign(certain=found["sure"] & whole_time)
    pairs = found.groupby(_PAIR, sort=False)
    folded = pairs.agg({"position": "first", "metres": "min", "certain": "any"}).reset_index()
    in_parts = found[found["sure"] & ~whole_time & found.duplicated(_PAIR, keep=False)]
    patched = {
        key
        for key, part in in_parts.groupby(_PAIR)
        if cover(
            zip(part["from"], part["to"], strict=True), part["first"].iloc[0], part["last"].iloc[0]
        )
    }
    if patched:
        keys = folded[_PAIR].itertuples(index=False, name=None)
        folded["certain"] |= np.array([key in patched for key in keys])
    ordered = folded.sort_values(["position", "place_id", "relation"], ignore_index=True)
    return ordered[list(JOIN_COLUMNS)].astype(JOIN_COLUMNS)
